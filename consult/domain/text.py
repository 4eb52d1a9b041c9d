"""Text limits of the contract, as types, and a word without its accents.

A limit is read by whatever checks input at the edges (it speaks pydantic's core-schema protocol without
needing pydantic) and by the generated documents.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from unicodedata import combining, normalize


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `longest` characters (of a text) or entries (of a list)."""

    longest: int
    shortest: int = 0

    def __get_pydantic_core_schema__(self, source: Any, make: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
        schema = dict(make(source))
        schema["max_length"] = self.longest
        if self.shortest:
            schema["min_length"] = self.shortest
        return schema


Id = Annotated[str, Limit(80, 1)]
Code = Annotated[str, Limit(80)]
Short = Annotated[str, Limit(200)]
LineText = Annotated[str, Limit(2000)]
LongText = Annotated[str, Limit(8000)]
DateText = Annotated[str, Limit(10)]  # YYYY-MM-DD
TimeText = Annotated[str, Limit(32)]  # ISO 8601, UTC, ends in Z


def unaccented(word: str) -> str:
    """The word without accents: "losartan" for "losartán"."""
    return "".join(char for char in normalize("NFD", word) if not combining(char))
