"""A drug name found in a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.mention import Candidate, Match


@dataclass(slots=True)
class Drug:
    """A name found. `form` is the name's own route where the lexicon gives one."""

    start: int
    end: int
    ingredients: tuple[str, ...]
    match: Match
    route: str | None = None
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    brand: bool = False


def spans(drugs: Iterable[Drug]) -> list[tuple[int, int]]:
    return [(drug.start, drug.end) for drug in drugs]
