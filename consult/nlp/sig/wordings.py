"""Many wordings looked for at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from consult.nlp import wordlist
from consult.nlp.expressions import DIRECTIONS, Expressions, Needs


def listed(name: str, kind: Needs) -> Expressions[str]:
    """The rows "value | expression" of a list."""
    rows = (row.partition(" | ") for row in wordlist.lines("sig", name))
    return Expressions(((value.strip(), expression) for value, _, expression in rows), kind)


class Wording(NamedTuple):
    """One wording found: its value and the match."""

    value: str
    match: re.Match[str]


class Wordings:
    """Patterns with their values. At one place the longest counts, at equal length the one listed first."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._patterns = Expressions(rows, DIRECTIONS)

    def first(self, text: str, lacks: int) -> Wording | None:
        """The first wording of a text; `lacks` is what it lacks of their needs."""
        likely = self._patterns.likely(lacks)
        if not likely:
            return None
        found = [(value, match) for value, pattern in likely if (match := pattern.search(text))]
        return Wording(*min(found, key=_leftmost)) if found else None

    def all(self, text: str, lacks: int) -> list[Wording]:
        """All wordings that do not overlap, from the left."""
        likely = self._patterns.likely(lacks)
        if not likely:
            return []
        ahead = [(value, match) for value, pattern in likely if (match := pattern.search(text))]
        out: list[Wording] = []
        while ahead:
            value, found = min(ahead, key=_leftmost)
            out.append(Wording(value, found))
            start = max(found.end(), found.start() + 1)
            later = ((value, one if one.start() >= start else one.re.search(text, start)) for value, one in ahead)
            ahead = [(value, one) for value, one in later if one]
        return out


def _leftmost(found: tuple[str, re.Match[str]]) -> tuple[int, int]:
    """Where it stands; of those at one place the longest comes first."""
    return found[1].start(), -found[1].end()
