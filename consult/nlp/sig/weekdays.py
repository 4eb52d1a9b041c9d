"""Days of the week as they are typed: "mwf", "T/Th/Sat", "Mon-Fri", "weekends", "Tues and Thurs"."""

from __future__ import annotations

import re

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NAMED = r"(?:mon|tues?|weds?|wednes|thurs?|thu|fri|satur|sat|sun)(?:days?|s)?\b"
_LETTER = r"(?:m|tues|tu|thurs|thur|th|t|w|f|sat|sa|sun|su|s)"
# Letters that stand for days: "mwf", "T/Th/Sa", "M-W-F", "m w f". "TTS-2" is the strength of a patch.
LETTERED = (
    rf"(?:mtwthfsa?|mtwthf|mtwtf|mtthf|mwthf|mwfsun?|mwfsat|mwfs|mthf|mwf|tthsasu|tuthsasu|tuthsat?|tthsat?|ttss|tths+|"
    rf"tts(?!-? ?\d)|tth|tuth|m,? w,? f|tu?,? th,? sa?t?|(?:tues?|tu|t) th|m th|"
    rf"{_LETTER}[/-]{_LETTER}(?:[/-]{_LETTER}){{1,5}}|(?:m|tues|tu|t|w)[/-]th(?:urs?)?|(?:tu|tues|th|thur?s?)[/-](?:sat?|sun?|f)|"
    rf"(?:sat|sa)[/-]su)(?![a-z/-])"
)
DAYS = (
    rf"(?:weekdays|weekends?|{_NAMED}(?:(?: thru | through | to |[ ,/&+–-]{{1,3}}(?:and |on )?)(?:{_NAMED}|"
    rf"(?:th|tu|sa|su)\b)){{0,5}}|"
    rf"(?:{LETTERED}|{_LETTER}[/-]{_LETTER})(?:(?: and | ?[&+] ?){_NAMED})?)"
)
HABIT = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days\b"
_ENDING = re.compile(r"(?<=[a-z]{3})(?:nes|ur|urs|rs|s)?days?\b")
_TYPED = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)s\b|mon|tu(?:es?)?|wed|thu(?:rs?)?|th|fri|sat?|sun?|[mtwfs]")
_TO = re.compile(r" ?(?:–|\bthru\b|\bthrough\b|\bto\b) ?")
_PLACES = {"mo": 0, "m": 0, "tu": 1, "t": 1, "we": 2, "w": 2, "th": 3, "fr": 4, "f": 4, "sa": 5, "s": 5, "su": 6}


def days_of(said: str) -> tuple[str, ...]:
    """The days that these lower-case words name, in the order of the week."""
    if "weekday" in said:
        return WEEK[:5]
    if "weekend" in said:
        return WEEK[5:]
    said = _TO.sub("-", said)
    found: list[int] = []
    for typed in _TYPED.findall(_ENDING.sub("", said)):
        place = _PLACES[typed[:2]]
        if place in found and typed in ("t", "s"):
            place += 2 if typed == "t" else 1  # "tts": the second t is Thursday
        found.append(place)
    if len(found) == 2 and "-" in said and found[0] < found[1]:
        found = list(range(found[0], found[1] + 1))
    return tuple(WEEK[place] for place in sorted(set(found)))
