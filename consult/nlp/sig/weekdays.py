"""Days of the week as they are typed: "mwf", "T/Th/Sat", "Mon-Fri", "weekends", "Tues and Thurs"."""

from __future__ import annotations

import re
from collections.abc import Sequence

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NAMED = r"(?:mon|tues?|weds?|wednes|thurs?|thu|fri|satur|sat|sun)(?:days?|s)?\b"
_LETTER = r"(?:m|tues|tu|thurs|thur|th|t|w|f|sat|sa|sun|su|s)"
# Letters that stand for days: "mwf", "T/Th/Sa", "M-W-F", "m w f". "TTS-2" is the strength of a patch.
LETTERED = (
    rf"(?:s(?:un?)?mwf|mtwthfsa?|mtwthf|mtwtf|mtthf|mwthf|mwfsun?|mwfsat|mwfs|mthf|mwf|tthsasu|tuthsasu|tuthsat?|tthsat?|ttss|tths+|"
    rf"tts(?!-? ?\d)|tth|tuth|m,? w,? f|tu?,? th,? sa?t?|(?:tues?|tu|t) th|m th|"
    rf"{_LETTER}[/-]{_LETTER}(?:[/-]{_LETTER}){{1,5}}|{_LETTER},{_LETTER}(?:,{_LETTER}){{1,5}}|(?:m|tues|tu|t|w)[/-]th(?:urs?)?|(?:tu|tues|th|"
    rf"thur?s?)[/-](?:sat?|sun?|f)|"
    rf"(?:sat|sa)[/-]su|(?:m|tu|w|th|f|su|sun)-(?:m|tu|w|th|f|fri|sat?|su|sun))(?![a-z/-])"
)
DAYS = (
    rf"(?:w(?:ee)?kdays?|w(?:ee)?ke?nds?|{NAMED}(?:(?: thru | through | to |[ ,/&+–-]{{1,3}}(?:and |on )?)(?:{NAMED}|"
    rf"(?:th|tu|sa|su)\b)){{0,5}}|"
    rf"(?:{LETTERED}|{_LETTER}[/-]{_LETTER})(?:(?: and | ?[&+] ?){NAMED})?)"
)
HABIT = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
_WEEKEND = re.compile(r"w(?:ee)?ke?nd")
_SUNDAY_FIRST = re.compile(r"\bs(?=m)")  # "smwf"
_ENDING = re.compile(r"(?<=[a-z]{3})(?:nes|ur|urs|rs|s)?days?\b")
_TYPED = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)s\b|mon|tu(?:es?)?|wed|thu(?:rs?)?|th|fri|sat?|sun?|[mtwfs]")
_TO = re.compile(r" ?(?:–|\bthru\b|\bthrough\b|\bto\b) ?")
_APART = re.compile(r"[,/&+]|\band\b")
_TWO = (1, 3)  # "T-Th" is Tuesday and Thursday; any other two are from the first to the last
_SATURDAY, _SUNDAY = 5, 6
_PLACES = {"mo": 0, "m": 0, "tu": 1, "t": 1, "we": 2, "w": 2, "th": 3, "fr": 4, "f": 4, "sa": 5, "s": 5, "su": 6}


def days_of(said: str, before: Sequence[str] = ()) -> tuple[str, ...]:
    """The days that these lower-case words name, in the order of the week; `before`: those another amount has."""
    if "kday" in said:
        return WEEK[:5]
    if _WEEKEND.search(said):
        return WEEK[5:]
    known = {WEEK.index(day) for day in before}
    found: set[int] = set()
    for part in _APART.split(_TO.sub("-", said)):
        again = part.strip() in ("sa", "sat") and _SATURDAY in found  # "s/t/th/sa": the first is Sunday
        found.update((_SUNDAY,) if again else _places(part, found | known))
    return tuple(WEEK[place] for place in sorted(found))


def _places(said: str, before: set[int]) -> list[int]:
    """The places in the week of the days that one part of a list names: "m", "mwf", "su-th"."""
    found: list[int] = []
    for typed in _TYPED.findall(_ENDING.sub("", _SUNDAY_FIRST.sub("su", said))):
        place = _PLACES[typed[:2]]
        if (place in found or place in before) and typed in ("t", "s"):
            place += 2 if typed == "t" else 1  # "tts": the second t is Thursday
        found.append(place)
    if len(found) == 2 and "-" in said and tuple(found) != _TWO:
        first, last = found
        return [place % len(WEEK) for place in range(first, last + 1 + (len(WEEK) if last < first else 0))]
    return found
