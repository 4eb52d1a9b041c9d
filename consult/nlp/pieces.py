"""A text longer than a note line, cut so that each piece costs no more than a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_LONGEST = 2000
_BREAK = re.compile(r"[.;\n]\s|\s")


def pieces(text: str) -> Sequence[tuple[int, str]]:
    """(offset, piece): whole lines, cut at a sentence or space where a line is longer than 2000 characters."""
    if text and len(text) <= _LONGEST and "\n" not in text:
        return [(0, text)]
    return list(_cut(text))


def _cut(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        newline = text.find("\n", start, start + _LONGEST)
        stop = newline + 1 if newline >= 0 else start + _LONGEST
        if newline < 0 and stop < len(text):
            tail = text[stop - 200 : stop]
            space = max((match.end() for match in _BREAK.finditer(tail)), default=0)
            stop = stop - len(tail) + space if space else stop
        yield start, text[start:stop]
        start = stop
