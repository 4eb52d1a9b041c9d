"""When a dose is taken: time of day, meal, weekday."""

from __future__ import annotations

from functools import cache

from consult.nlp import wordlist
from consult.nlp.sig.wordings import Wordings

_WEEKLY = ("week", "weeks")
_DAYS = frozenset(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
_SLOTS = frozenset(("morning", "noon", "afternoon", "evening", "bedtime", "night"))


@cache
def timing_wordings() -> Wordings:
    rows = (row.partition(" | ") for row in wordlist.lines("sig", "timing.txt"))
    return Wordings((value.strip(), expression) for value, _, expression in rows)


def read_timing(text: str, lacks: int, often: str | None) -> str | None:
    """All that is said of when, in its order and joined by ", " ("morning, with food"); None where nothing is.

    `text` is lower case, `lacks` the needs of expressions that it does not meet; `often` the frequency read from it: a
    weekday is kept only with a weekly one ("labs on Monday" is no direction), a time of day only where some frequency
    was read.
    """
    said: list[str] = []
    for found in timing_wordings().all(text, lacks):
        parts = found.value.split(", ")
        if parts[0] in _DAYS and not (often or "").endswith(_WEEKLY):
            continue
        if parts[0] in _SLOTS and often is None:
            continue
        said += [part for part in parts if part not in said]
    return ", ".join(said) or None
