"""Where a thought ends: sentences, clauses, and what stands between two places of a line."""

from __future__ import annotations

import re
from bisect import bisect_right

from consult.nlp.line import Line

_HARD = re.compile(r"[;\n!|?.](?<!\.(?!\s|$|[\"”')]))")
_NOT_END = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|vs|approx|st|wt|temp|appt|q\.d|q\.h\.s|h\.s|q\.[ap]\.m|p\.r\.n|q\.\d{1,2} ?h|"
    r"q\.o\.d|q\.i\.d|b\.i\.d|t\.i\.d|p\.o|a\.m|p\.m|i\.e|e\.g|mg|tab|cap|poss|"
    r"prob|susp|hx|freq|assoc|incl))\.$"
)
_SOFT = re.compile(r"[,;\n!?|]|\.(?=\s|$)| - | -- |—|–|:(?=\s)")
_LIST_GAP = re.compile(
    r"^[\s,/&+\"”“]*(?:(?:and|or|nor|n|plus|both|vs|versus)\b)?[\s/&+\"”“]*(?:the |her |his |some |any )?$"
)


def hard_breaks(line: Line) -> list[int]:
    """Offsets just after the marks that end a sentence."""
    if line.breaks is None:
        line.breaks = _breaks(line)
    return line.breaks


def _breaks(line: Line) -> list[int]:
    return [
        match.end()
        for match in _HARD.finditer(line.low)
        if not (match.group() == "." and _NOT_END.search(line.low[max(0, match.end() - 10) : match.end()]))
    ]


def same_sentence(breaks: list[int], one: int, other: int) -> bool:
    return not breaks or bisect_right(breaks, one) == bisect_right(breaks, other)


def sentence(line: Line, breaks: list[int], offset: int) -> tuple[int, int]:
    """Start and end of the sentence around an offset."""
    place = bisect_right(breaks, offset)
    return breaks[place - 1] if place else 0, breaks[place] if place < len(breaks) else len(line.low)


def clause(line: Line, start: int, end: int) -> tuple[int, int]:
    """Start and end of the clause (between commas, dashes, colons) around a span."""
    left = 0
    for match in _SOFT.finditer(line.low, 0, start):
        left = match.end()
    match_right = _SOFT.search(line.low, end)
    return left, match_right.end() if match_right else len(line.low)


def listed(line: Line, end: int, start: int) -> bool:
    """Only list marks (comma, slash, and, or) stand between the two."""
    return bool(_LIST_GAP.match(line.low[end:start]))
