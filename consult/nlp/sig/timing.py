"""When a dose is taken: time of day, meal, weekday."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist
from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.weekdays import LETTERED, days_of
from consult.nlp.sig.wordings import Wordings

_WEEKLY = ("week", "weeks")
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_SLOTS = frozenset(("morning", "noon", "afternoon", "evening", "bedtime", "night"))
_HOUR = r"(?:1[0-2]|0?[1-9])(?::?[0-5]\d)? ?[ap](?:m|\.m\.?|\b)(?![a-z]| (?:day|week))"
_DAY = r"(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)(?:days?|s)?"
_SEVERAL_DAYS = Rare(rf"\b(?:m ?- ?(?:f|th|sat?)|{_DAY} ?(?:-|–|thru|through|to) ?{_DAY}|{LETTERED})\b", DIRECTIONS)
_BEFORE_HOUR = (
    r"(?:\b(?:at|to|around|about|by|daily|day|bid|tid|qid)|@|\d ?mg|mcg|meq|\dml|units?|tabs?|tablets?|caps?|capsules?|"
    r"puffs?|drops?)[ ,(]{0,2}|(?<=@)|(?<=q )"
)
_HOURS = Rare(  # not the first number behind a name: "Lantus 10 am" may be an amount
    rf"(?:{_BEFORE_HOUR})(?P<hours>{_HOUR}(?:[ ,/&+]{{0,3}}(?:and )?(?:at )?(?<=[ ,/&+]){_HOUR}){{0,5}})", DIRECTIONS
)
_ONE = re.compile(r"(\d{1,2})(?::?([0-5]\d))? ?([ap])")


@cache
def timing_wordings() -> Wordings:
    rows = (row.partition(" | ") for row in wordlist.lines("sig", "timing.txt"))
    return Wordings((value.strip(), expression) for value, _, expression in rows)


def read_timing(text: str, lacks: int, often: str | None) -> str | None:
    """All that is said of when, joined by ", " ("8 am, 8 pm, with food"): hours first; None where nothing is.

    `text` is lower case, `lacks` the needs of expressions that it does not meet; `often` the frequency read from it: a
    weekday is kept only with a weekly one ("labs on Monday" is no direction), a time of day only where some frequency
    was read.
    """
    said: list[str] = []
    if _SEVERAL_DAYS.search(text, lacks):  # "Mon-Sat" is six days
        text = _SEVERAL_DAYS.sub(lambda days: " ".join(days_of(days.group())), text, lacks)
        lacks = DIRECTIONS.unmet(text)
    for hours in _HOURS.finditer(text, lacks) if often else ():
        text = text[: hours.start("hours")] + " " * len(hours["hours"]) + text[hours.end() :]
        said += [
            f"{int(hour)}{minutes and ':' + minutes} {half}m" for hour, minutes, half in _ONE.findall(hours["hours"])
        ]
    for found in timing_wordings().all(text, lacks):
        parts = found.value.split(", ")
        if parts[0] in _DAYS and not (often or "").endswith(_WEEKLY):
            continue
        if parts[0] in _SLOTS and often is None:
            continue
        said += [part for part in parts if part not in said]
    return ", ".join(said) or None
