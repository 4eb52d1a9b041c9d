"""Readers of the word lists that stand beside the components."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files

from consult.errors import BadFile


def numbered(part: str, name: str) -> list[tuple[int, str]]:
    """The entries of consult/nlp/PART/data/NAME with their line numbers; the head must name source, date, reviewer."""
    text = files(f"consult.nlp.{part}").joinpath("data", name).read_text(encoding="utf-8")
    rows = text.splitlines()
    head = " ".join(row for row in rows if row.startswith("#"))
    for word in ("source:", "date:", "reviewer:"):
        if word not in head:
            raise BadFile(f"{part}/data/{name}", 1, f"the head does not name {word}")
    return [
        (number, row.rstrip()) for number, row in enumerate(rows, start=1) if row.strip() and not row.startswith("#")
    ]


def lines(part: str, name: str) -> Iterator[str]:
    """The entries of a list without comments."""
    return (row for _, row in numbered(part, name))


def folder(part: str, name: str) -> list[str]:
    """The lists of a folder of consult/nlp/PART/data, as names for `lines`, in order."""
    inside = files(f"consult.nlp.{part}").joinpath("data", name)
    return sorted(f"{name}/{one.name}" for one in inside.iterdir() if one.name.endswith(".txt"))


def words(part: str, name: str) -> frozenset[str]:
    """A list of single words, any number a line."""
    return frozenset(word for row in lines(part, name) for word in row.split())


def table(part: str, name: str) -> Iterator[dict[str, str]]:
    """A CSV table with a header row."""
    rows = numbered(part, name)
    for (number, _), row in zip(rows[1:], csv.DictReader(row for _, row in rows), strict=True):
        if None in row or None in row.values():
            raise BadFile(f"{part}/data/{name}", number, "the row does not fit the header")
        yield {key: value.strip() for key, value in row.items()}


def filled(expression: str, slots: Mapping[str, str]) -> str:
    """A regular expression with each {name} as the expression that it stands for."""
    for name, words in slots.items():
        expression = expression.replace(f"{{{name}}}", f"(?:{words})")
    return expression
