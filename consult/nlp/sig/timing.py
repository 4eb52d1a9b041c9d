"""When a dose is taken: time of day, meal, weekday."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist

_WEEKLY = ("week", "weeks")
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_SLOTS = frozenset(("morning", "noon", "afternoon", "evening", "bedtime", "night"))


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for row in wordlist.lines("sig", "timing.txt"):
        value, _, expression = row.partition(" | ")
        out.append((value.strip(), re.compile(expression)))
    return tuple(out)


def read_timing(text: str, often: str | None) -> str | None:
    """All that is said of when, in its order and joined by ", " ("morning, with food"); None where nothing is.

    `text` is lower case; `often` the frequency read from it: a weekday is kept only with a weekly one ("labs on
    Monday" is no direction), a time of day only where some frequency was read.
    """
    found = []
    for value, pattern in _patterns():
        for match in pattern.finditer(text):
            found.append((match.start(), match.start() - match.end(), match.end(), value))
    said: list[str] = []
    reach = -1
    for start, _, end, value in sorted(found):
        if start < reach:
            continue
        reach = end
        parts = value.split(", ")
        if parts[0] in _DAYS and not (often or "").endswith(_WEEKLY):
            continue
        if parts[0] in _SLOTS and often is None:
            continue
        said += [part for part in parts if part not in said]
    return ", ".join(said) or None
