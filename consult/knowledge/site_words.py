"""Words that a site adds to the built-in lists: drug names and lay words, and the patients' words for symptoms.

The folder may hold drug_names.csv (the columns of data/names.csv: a class word such as "sugar pill" has the kind
"class" and no ingredients) and effect_phrases.csv (phrase, concept). Each row names its source, date and reviewer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from consult.domain.lexicon import DrugName
from consult.errors import BadFile
from consult.knowledge.vocabulary_files import Ingredient, name_of_row, rows_of

NAMES, PHRASES = "drug_names.csv", "effect_phrases.csv"
NAME_COLUMNS = ("name", "ingredients", "kind", "route", "note")
PHRASE_COLUMNS = ("phrase", "concept")
_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile(r"[^\W_][\w' -]{1,60}")
_CONCEPT = re.compile(r"[a-z][a-z' /-]{1,60}")


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What a site added: names with their sources, (phrase, concept) pairs, and the faults that were left out."""

    names: Mapping[str, DrugName]
    sources: Mapping[str, str]
    phrases: tuple[tuple[str, str], ...]
    faults: tuple[BadFile, ...]


def read_site_words(folder: Path, ingredients: Mapping[str, Ingredient], taken: Mapping[str, DrugName]) -> SiteWords:
    """All good rows and all faults of a folder; a name that stands in the built-in lists for other drugs is a fault."""
    faults: list[BadFile] = []
    names: dict[str, DrugName] = {}
    sources: dict[str, str] = {}
    phrases: dict[str, str] = {}
    if not folder.is_dir():
        return SiteWords({}, {}, (), (BadFile(folder, None, "is no folder"),))
    others = [one.name for one in folder.glob("*.csv") if one.name not in (NAMES, PHRASES)]
    faults += [BadFile(folder / one, None, f"unknown list; known are {NAMES} and {PHRASES}") for one in sorted(others)]
    known = {_words(one): name for one, name in taken.items()}
    path = folder / NAMES
    for line, cells in _rows(path, NAME_COLUMNS, faults):
        try:
            name = name_of_row(path, line, cells, ingredients)
            held = known.get(_words(name.name))
            if held is not None:
                meant = "+".join(held.ingredients) or "a class word"
                raise BadFile(path, line, f"{name.name!r} is known already, for {meant}: leave the row out")
        except BadFile as fault:
            faults.append(fault)
            continue
        names[name.name], sources[name.name] = name, cells[5]
        known[_words(name.name)] = name
    path = folder / PHRASES
    for line, (phrase, concept, *_) in _rows(path, PHRASE_COLUMNS, faults):
        if not _PHRASE.fullmatch(phrase) or phrase != phrase.lower():
            faults.append(
                BadFile(path, line, f"phrase {phrase!r} is not 2 to 61 lower-case letters, spaces and hyphens")
            )
        elif not _CONCEPT.fullmatch(concept):
            faults.append(BadFile(path, line, f"concept {concept!r} is not a lower-case name"))
        elif phrase in phrases:
            faults.append(BadFile(path, line, f"phrase {phrase!r} stands twice"))
        else:
            phrases[phrase] = concept
    return SiteWords(names, sources, tuple(phrases.items()), tuple(faults))


def _words(name: str) -> str:
    """The name as a note is searched for it: hyphens and marks say nothing."""
    return " ".join(_WORD.findall(name))


def _rows(path: Path, columns: tuple[str, ...], faults: list[BadFile]) -> list[tuple[int, list[str]]]:
    """The rows of a list, none where the file is not there; what ends the reading is a fault."""
    rows: list[tuple[int, list[str]]] = []
    if path.is_file():
        try:
            rows.extend(rows_of(path, columns, faults))
        except BadFile as fault:
            faults.append(fault)
    return rows
