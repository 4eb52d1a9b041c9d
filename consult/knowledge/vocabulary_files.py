"""Reading the files of the vocabulary: each row checked, each fault named by file, line and reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import get_args

from consult.domain.lexicon import DrugName, NameKind
from consult.errors import BadFile

PROVENANCE = ("source", "date", "reviewer")
INGREDIENT_KINDS = ("rx", "otc", "vitamin", "mineral", "herbal", "food", "contrast", "vaccine", "other")
PART_KINDS = ("salt", "release", "device", "form", "route", "lead")
_KINDS: dict[str, NameKind] = {kind: kind for kind in get_args(NameKind)}
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODE = re.compile(r"(?:\d{1,8})?")
_UNII = re.compile(r"(?:[A-Z0-9]{10})?")


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A substance by its lower-case generic name without salt. `routes` are the usual ones; codes may be empty."""

    name: str
    rxcui: str
    unii: str
    kind: str
    routes: tuple[str, ...]
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class NamePart:
    """A word around a drug name that does not change the drug; `route` where the word implies one."""

    part: str
    kind: str
    route: str | None


def rows_of(
    path: Path, columns: tuple[str, ...], faults: list[BadFile] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The rows after the header with their line numbers; the last three cells are the provenance, checked here.

    Where `faults` is given, a row that does not hold is left out and its fault added; else the fault is raised.
    """
    if not path.is_file():
        raise BadFile(path, None, "the file is missing")
    header = [*columns, *PROVENANCE]
    known: set[tuple[str, str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        try:
            first = next(reader, None)
            if first != header:
                raise BadFile(path, 1, f"the header is not {','.join(header)}")
            for row in reader:
                origin = (row[-3], row[-2], row[-1]) if len(row) == len(header) else None
                if origin is None or origin not in known:
                    fault = _fault(path, reader.line_num, row, header)
                    if fault is not None and faults is not None:
                        faults.append(fault)
                        continue
                    if fault is not None:
                        raise fault
                    known.add((row[-3], row[-2], row[-1]))
                yield reader.line_num, row
        except (csv.Error, UnicodeDecodeError) as fault:
            raise BadFile(path, reader.line_num, f"not a readable CSV row: {fault}") from fault


def _fault(path: Path, line: int, row: list[str], header: list[str]) -> BadFile | None:
    if len(row) != len(header):
        return BadFile(path, line, f"{len(row)} cells, not {len(header)}")
    source, date, reviewer = row[-3:]
    if not (source.strip() and reviewer.strip() and _DATE.fullmatch(date)):
        return BadFile(path, line, "source, date (YYYY-MM-DD) and reviewer are needed")
    return None


def _require(holds: bool, path: Path, line: int, reason: str) -> None:
    if not holds:
        raise BadFile(path, line, reason)


def read_ingredients(path: Path) -> dict[str, Ingredient]:
    """The ingredients by name."""
    found: dict[str, Ingredient] = {}
    for line, (name, rxcui, unii, kind, routes, source, date, _) in rows_of(
        path, ("ingredient", "rxcui", "unii", "kind", "routes")
    ):
        _require(bool(name) and name == name.strip().lower(), path, line, "ingredient is not a lower-case name")
        _require(name not in found, path, line, f"ingredient {name!r} stands twice")
        _require("+" not in name, path, line, "an ingredient name holds no +")
        _require(kind in INGREDIENT_KINDS, path, line, f"unknown kind {kind!r}")
        _require(bool(_CODE.fullmatch(rxcui)), path, line, f"rxcui {rxcui!r} is not a number")
        _require(bool(_UNII.fullmatch(unii)), path, line, f"unii {unii!r} is not ten letters and digits")
        _require(bool(routes), path, line, "routes are missing")
        found[name] = Ingredient(name, rxcui, unii, kind, tuple(routes.split("|")), source, date)
    return found


def read_names(
    path: Path,
    ingredients: Mapping[str, Ingredient],
    into: dict[str, DrugName],
    sources: dict[str, str],
    taken: Container[str] = (),
) -> None:
    """Adds the names of a file to `into` and their sources to `sources`; a name stands once in all files."""
    shared: dict[str, tuple[str, ...]] = {"": ()}
    for line, row in rows_of(path, ("name", "ingredients", "kind", "route", "note")):
        name = row[0]
        if name in into or name in taken:
            raise BadFile(path, line, f"name {name!r} stands twice")
        into[name] = name_of_row(path, line, row, ingredients, shared)
        sources[name] = intern(row[5])  # thousands of rows share one


def name_of_row(
    path: Path,
    line: int,
    row: list[str],
    ingredients: Mapping[str, Ingredient],
    shared: dict[str, tuple[str, ...]] | None = None,
) -> DrugName:
    """The name that a row of a list of names gives; `shared` keeps the ingredients of rows that were read before."""
    name, listed, kind, route, note = row[:5]
    shared = {"": ()} if shared is None else shared
    parts = shared.get(listed)
    if parts is None:
        parts = tuple(listed.split("+"))
        unknown = [part for part in parts if part not in ingredients]
        _require(not unknown, path, line, f"unknown ingredient {', '.join(unknown)}")
        _require(list(parts) == sorted(set(parts)), path, line, "ingredients are not sorted")
        shared[listed] = parts
    known_kind = _KINDS.get(kind)
    if known_kind is None:
        raise BadFile(path, line, f"unknown kind {kind!r}")
    if not name or name != name.lower():
        raise BadFile(path, line, "name is not lower case")
    if (known_kind == "class") is not (not parts):
        raise BadFile(path, line, "a class word has no ingredients, every other name has some")
    return DrugName(intern(name), parts, known_kind, intern(route) if route else None, intern(note))


def read_pairs(path: Path) -> tuple[tuple[str, str], ...]:
    """Names that are confused with each other, each pair once and in order."""
    found: dict[tuple[str, str], None] = {}
    for line, (a, b, *_) in rows_of(path, ("a", "b")):
        _require(bool(a) and a < b and a == a.lower() and b == b.lower(), path, line, "a and b are not in order")
        _require((a, b) not in found, path, line, f"the pair {a}, {b} stands twice")
        found[a, b] = None
    return tuple(found)


def read_parts(path: Path) -> dict[str, NamePart]:
    """The words around names."""
    found: dict[str, NamePart] = {}
    for line, (part, kind, route, *_) in rows_of(path, ("part", "kind", "route")):
        _require(kind in PART_KINDS, path, line, f"unknown kind {kind!r}")
        _require(bool(part) and part not in found, path, line, f"part {part!r} is empty or stands twice")
        found[part] = NamePart(part, kind, route or None)
    return found


def read_top300(path: Path) -> tuple[str, ...]:
    """The ingredients of the most dispensed medicines by rank; several rows may share a rank."""
    found: dict[str, None] = {}
    for line, (rank, ingredient, *_) in rows_of(path, ("rank", "ingredient")):
        _require(rank.isdecimal() and 1 <= int(rank) <= 300, path, line, f"rank {rank!r} is not 1 to 300")
        _require(bool(ingredient), path, line, "ingredient is missing")
        found[ingredient] = None
    return tuple(found)
