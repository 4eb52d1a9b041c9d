"""Readers of the word lists that stand beside the components."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from consult.errors import BadFile


def lines(part: str, name: str) -> Iterator[str]:
    """The entries of consult/nlp/PART/data/NAME without comments; the head must name source, date and reviewer."""
    text = files(f"consult.nlp.{part}").joinpath("data", name).read_text(encoding="utf-8")
    rows = text.splitlines()
    head = " ".join(row for row in rows if row.startswith("#"))
    for word in ("source:", "date:", "reviewer:"):
        if word not in head:
            raise BadFile(f"{part}/data/{name}", 1, f"the head does not name {word}")
    return (row.rstrip() for row in rows if row.strip() and not row.startswith("#"))


def words(part: str, name: str) -> frozenset[str]:
    """A list of single words, any number a line."""
    return frozenset(word for row in lines(part, name) for word in row.split())


def table(part: str, name: str) -> Iterator[dict[str, str]]:
    """A CSV table with a header row."""
    for number, row in enumerate(csv.DictReader(lines(part, name)), start=1):
        if None in row or None in row.values():
            raise BadFile(f"{part}/data/{name}", number, "the row does not fit the header")
        yield {key: value.strip() for key, value in row.items()}
