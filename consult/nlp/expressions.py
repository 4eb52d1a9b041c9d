"""Many expressions over one text, of which most need words that the text does not hold.

For each expression the letters that any match must contain are worked out once; an expression is tried only on a text
that holds them. This is the way of filtered matching in RE2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
Pattern = re.Pattern[str]
_MOST = 40  # different strings that are looked for in place of one expression


class Expressions(Generic[Value]):
    """Expressions with what they stand for, in order."""

    def __init__(self, rows: Iterable[tuple[Value, Pattern]]) -> None:
        self._rows = list(rows)
        self._always: list[int] = []
        places: dict[str, list[int]] = defaultdict(list)
        for place, (_, pattern) in enumerate(self._rows):
            strings = needed(pattern)
            if strings is None:
                self._always.append(place)
            for one in strings or ():
                places[one].append(place)
        self._places = tuple(places.items())

    def __iter__(self) -> Iterator[tuple[Value, Pattern]]:
        return iter(self._rows)

    def likely(self, text: str) -> list[tuple[Value, Pattern]]:
        """Those that may match somewhere in the text; none that matches is left out."""
        found = {place for one, places in self._places if one in text for place in places}
        return [self._rows[place] for place in sorted(found.union(self._always))]


class Rare:
    """One expression that costs more to try than to see that a text holds nothing of it."""

    def __init__(self, expression: str) -> None:
        self.pattern = re.compile(expression)
        self._needed = tuple(needed(self.pattern) or ("",))

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        for one in self._needed:
            if one in text:
                return self.pattern.search(text)
        return None


def needed(pattern: Pattern) -> frozenset[str] | None:
    """Strings of which every match holds at least one; None where there are none worth looking for."""
    return None if pattern.flags & re.IGNORECASE else _best(_parser.parse(pattern.pattern, pattern.flags))


def _best(sequence: Any) -> frozenset[str] | None:
    """Of the parts that a match must have, the one whose strings are the longest and fewest."""
    parts: list[frozenset[str]] = []
    run = ""
    for kind, value in sequence:
        if kind is code.LITERAL:
            run += chr(value)
            continue
        if kind is code.AT:
            continue
        parts.append(frozenset([run]))
        run = ""
        inner = _inner(kind, value)
        if inner is not None:
            parts.append(inner)
    parts.append(frozenset([run]))
    parts = [part for part in parts if len(part) <= _MOST and all(part)]
    return max(parts, key=lambda part: (min(map(len, part)), -len(part)), default=None)


def _inner(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is code.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _best(value[-1])
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT) and value[0] > 0:
        return _best(value[-1])
    if kind is code.BRANCH:
        each = [_best(branch) for branch in value[1]]
        return frozenset(one for part in each if part for one in part) if all(each) else None
    return None
