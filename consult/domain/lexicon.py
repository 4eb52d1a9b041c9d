"""A drug name and what it stands for: the shape in which the vocabulary is handed to the extraction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

NameKind = Literal["generic", "brand", "abbreviation", "salt", "synonym", "misspelling", "class"]


@dataclass(frozen=True, slots=True)
class DrugName:
    """`name` is lower case as typed; `ingredients` are canonical, sorted, empty for a class word."""

    name: str
    ingredients: tuple[str, ...]
    kind: NameKind
    route: str | None = None
    note: str = ""
