"""Many wordings looked for at once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from consult.nlp.expressions import DIRECTIONS, Expressions


class Wording(NamedTuple):
    """One wording found: its value and the match."""

    value: str
    match: re.Match[str]


class Wordings:
    """Patterns with their values. At one place the longest counts, at equal length the one listed first."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._patterns = Expressions(((value, re.compile(expression)) for value, expression in rows), DIRECTIONS)

    def first(self, text: str, lacks: int) -> Wording | None:
        """The first wording of a text; `lacks` is what it lacks of their needs."""
        return _first(self._patterns.likely(lacks), text, 0)

    def all(self, text: str, lacks: int) -> list[Wording]:
        """All wordings that do not overlap, from the left."""
        likely = self._patterns.likely(lacks)
        out: list[Wording] = []
        start = 0
        while (found := _first(likely, text, start)) is not None:
            out.append(found)
            start = max(found.match.end(), start + 1)
        return out


def _first(patterns: list[tuple[str, re.Pattern[str]]], text: str, start: int) -> Wording | None:
    best: Wording | None = None
    for value, pattern in patterns:
        match = pattern.search(text, start)
        if match is not None and (
            best is None or (match.start(), -match.end()) < (best.match.start(), -best.match.end())
        ):
            best = Wording(value, match)
    return best
