"""Strengths in which an ingredient is commonly sold, for completing what is typed; never for checking a dose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from consult.errors import BadFile
from consult.knowledge.rows import read_rows, terms

FILE = Path(__file__).parent / "data" / "strengths.csv"


def read_strengths(path: Path = FILE) -> Mapping[str, tuple[str, ...]]:
    """By ingredient, weakest first; of two in one product ("amlodipine+benazepril", in order) as labels write them
    ("5-10 mg"). Raises BadFile with file, line and reason."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows(path, ("ingredient", "strengths"), []):
        strengths = terms(row["strengths"])
        if not row["ingredient"] or not strengths or len(set(strengths)) != len(strengths):
            raise BadFile(path, row.line, "a row needs an ingredient and strengths, each once")
        if row["ingredient"] in found:
            raise BadFile(path, row.line, f"{row['ingredient']} stands twice")
        found[row["ingredient"]] = strengths
    return MappingProxyType(found)
