"""Names that count only as they are written: "MOM" is a laxative, mom is a person; and those that mean something else
beside certain words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from consult.domain.lexicon import DrugName
from consult.nlp import wordlist
from consult.nlp.drug.lookalike import in_drug_context
from consult.nlp.line import Line

_SHORT = 3
_NEAR = 80  # characters
_A_WORD = re.compile(r"[a-z]", re.I)


class _Writing(NamedTuple):
    written: str
    stands_for: str
    behind: re.Pattern[str]  # what stands behind it where it is written otherwise


@cache
def _writings() -> dict[str, _Writing]:
    rows = (row.split(" | ", 2) for row in wordlist.lines("drug", "as_written.txt"))
    return {written.lower(): _Writing(written, name, re.compile(behind)) for written, name, behind in rows}


def writings() -> Collection[str]:
    """The writings in lower case."""
    return _writings().keys()


def with_writings(names: Iterable[DrugName]) -> Iterator[DrugName]:
    """The names, and for each writing one more like the name that it stands for."""
    meant = {one.stands_for: low for low, one in _writings().items()}
    for name in names:
        yield name
        if low := meant.get(name.name):
            yield DrugName(low, name.ingredients, "abbreviation", name.route)


@cache
def _other_meanings() -> dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]]:
    meanings: dict[str, list[tuple[re.Pattern[str], re.Pattern[str]]]] = {}
    for row in wordlist.lines("drug", "other_meanings.txt"):
        name, before, behind = row.split(" | ")
        meanings.setdefault(name, []).append((re.compile(before), re.compile(behind)))
    return meanings


def with_other_meaning(line: Line, start: int, end: int) -> bool:
    """The words between the offsets mean something else beside what stands there: "PCN" beside "BIN"."""
    known = _other_meanings().get(line.low[start:end])
    if known is None:
        return False
    before, after = line.low[max(0, start - _NEAR) : start], line.low[end : end + _NEAR]
    return any(left.search(before) and right.search(after) for left, right in known)


def as_written(line: Line, start: int, end: int) -> bool | None:
    """Whether the words between the offsets are the name; None where they are no such writing."""
    low = line.low[start:end].removesuffix("'s")
    one = _writings().get(low)
    if one is None:
        return None
    typed = line.text[start : start + len(low)]
    before, after = line.low[:start], line.low[end:]
    so_written = typed == one.written and not line.shouted and bool(_A_WORD.search(typed))
    if so_written and (len(typed) > _SHORT or in_drug_context(before, after)):
        return True
    return bool(one.behind.match(after))
