"""With which characters the matches of an expression begin.

To look at one character costs much less than to try an expression whose first part is a test or a repetition.
"""

from __future__ import annotations

import re
from functools import lru_cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_TESTS = (code.AT, code.ASSERT, code.ASSERT_NOT)
_CATEGORIES = {code.CATEGORY_DIGIT: r"\d", code.CATEGORY_SPACE: r"\s", code.CATEGORY_WORD: r"\w"}


@lru_cache(maxsize=1)
def parse(expression: str) -> Any:
    """The parts of an expression."""
    return _parser.parse(expression)


def quick(expression: str) -> str:
    """The expression, with a look at the first character before all else where that makes a search quicker."""
    parsed = parse(expression)
    told_at_once = parsed[0][0] in (code.LITERAL, code.IN, code.AT)
    first = None if told_at_once or parsed.state.flags & re.IGNORECASE else _first(parsed)
    if first is None or "" in first:
        return expression
    return f"(?=[{''.join(sorted(first))}])(?:{expression})"


def _first(sequence: Any) -> set[str] | None:
    """What a match may begin with, as written within brackets; "" where it may be empty; None for anything."""
    out: set[str] = set()
    for kind, value in sequence:
        if kind in _TESTS:
            continue
        items = _of_part(kind, value)
        if items is None:
            return None
        out |= items - {""}
        if "" not in items:
            return out
    return out | {""}


def _of_part(kind: Any, value: Any) -> set[str] | None:
    if kind is code.LITERAL:
        return {re.escape(chr(value))}
    if kind is code.RANGE:
        return {"-".join(re.escape(chr(one)) for one in value)}
    if kind is code.CATEGORY:
        return {_CATEGORIES[value]} if value in _CATEGORIES else None
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
        repeated = _first(value[2])
        return repeated if repeated is None or value[0] else repeated | {""}
    if kind is code.SUBPATTERN:
        return _first(value[-1])
    if kind is code.BRANCH:
        parts = [_first(branch) for branch in value[1]]
    elif kind is code.IN:
        parts = [_of_part(*one) for one in value]
    else:
        return None
    return None if None in parts else set().union(*(part for part in parts if part))
