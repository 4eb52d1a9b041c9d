"""Faults of the word lists: double entries, a name for two drugs, cues that shadow each other, names nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from consult.domain.lexicon import DrugName
from consult.errors import BadFile
from consult.nlp import wordlist
from consult.nlp.drug.index import key_words
from consult.nlp.effect.lexicon import key_of, phrases_of
from consult.nlp.qualifier.cue_words import family_names, keys_of
from consult.nlp.qualifier.shape import NAMED, kinds_in

_PARTS = ("drug", "sig", "effect", "qualifier")
_LINES = {  # lists with one entry a line
    "drug": ("traps.txt", "general_words.txt"),
    "effect": ("traps.txt",),
    "qualifier": ("near_cues.txt", "resumed.txt", "blame_shapes.txt"),
}
_TABLES = {  # a table and the columns that make an entry
    ("qualifier", "status.csv"): ("cue", "status", "side"),
    ("qualifier", "cues.csv"): ("cue", "sets", "side"),
    ("qualifier", "headings.csv"): ("heading",),
    ("sig", "units.csv"): ("word",),
}
_PATTERNS = (
    ("sig", "frequencies.txt"),
    ("sig", "routes.txt"),
    ("sig", "timing.txt"),
    ("sig", "error_prone.txt"),
    ("effect", "patterns.txt"),
    ("effect", "trouble.txt"),
    ("effect", "other_sense.txt"),
    ("qualifier", "elsewhere.txt"),
    ("qualifier", "use_slots.txt"),
    ("qualifier", "use_behind.txt"),
    ("qualifier", "use_before.txt"),
    ("qualifier", "settled.txt"),
)
_SLOT = re.compile(
    r"\{(?:n2?|m|cue|ending|who|while|begins|soon|drug|missed|except|meds|vital|pulse|below|shot|kinds|size|paused)\}"
)


def faults(names: Iterable[DrugName]) -> list[BadFile]:
    """Every fault of the lists beside the components, and of the names as they are looked up."""
    return [
        *_heads(),
        *(fault for part, lists in _LINES.items() for one in lists for fault in _twice(part, one)),
        *(fault for (part, one), columns in _TABLES.items() for fault in _same_entry(part, one, columns)),
        *_cues(),
        *_shapes(),
        *_concepts(),
        *(fault for part, one in _PATTERNS for fault in _patterns(part, one)),
        *_names(names),
    ]


def _where(part: str, name: str) -> Path:
    return Path("consult", "nlp", part, "data", name)


def _heads() -> Iterator[BadFile]:
    """A list without source, date and reviewer."""
    for part in _PARTS:
        for one in sorted(item.name for item in files(f"consult.nlp.{part}").joinpath("data").iterdir()):
            if one.endswith((".txt", ".csv")):
                try:
                    wordlist.numbered(part, one)
                except BadFile as fault:
                    yield fault


def _twice(part: str, name: str) -> Iterator[BadFile]:
    seen: dict[str, int] = {}
    for number, row in wordlist.numbered(part, name):
        if row in seen:
            yield BadFile(_where(part, name), number, f"{row!r} stands in line {seen[row]} too")
        seen.setdefault(row, number)


def _same_entry(part: str, name: str, columns: tuple[str, ...]) -> Iterator[BadFile]:
    seen: dict[tuple[str, ...], int] = {}
    numbers = [number for number, _ in wordlist.numbered(part, name)][1:]
    for number, row in zip(numbers, wordlist.table(part, name), strict=True):
        entry = tuple(row[column] for column in columns)
        if entry in seen:
            yield BadFile(_where(part, name), number, f"{', '.join(entry)} stands in line {seen[entry]} too")
        seen.setdefault(entry, number)


def _cues() -> Iterator[BadFile]:
    """A family that is not there or not used; a written cue that only repeats one made of families; two meanings."""
    used: set[str] = set()
    made: dict[tuple[str, ...], tuple[str, str, int]] = {}
    written: dict[tuple[str, ...], dict[str, tuple[str, int]]] = {}
    where = _where("qualifier", "status.csv")
    numbers = [number for number, _ in wordlist.numbered("qualifier", "status.csv")][1:]
    for number, row in zip(numbers, wordlist.table("qualifier", "status.csv"), strict=True):
        named = set(re.findall(r"\{(\w+)\}", row["cue"]))
        used |= named
        if unknown := named - family_names():
            yield BadFile(where, number, f"no family {', '.join(sorted(unknown))} in families.txt")
            continue
        for key in keys_of(row["cue"]):
            if named:
                made.setdefault(key, (row["status"], row["side"], number))
                continue
            sides = written.setdefault(key, {})
            held = sides.setdefault(row["side"], (row["status"], number))
            if held[0] != row["status"]:
                yield BadFile(where, number, f"{row['cue']!r} says {row['status']}, in line {held[1]} {held[0]}")
    for key, sides in written.items():
        if key in made and made[key][1] in sides and sides[made[key][1]][0] == made[key][0]:
            number = sides[made[key][1]][1]
            yield BadFile(where, number, f"{' '.join(key)!r} is said by the families of line {made[key][2]} already")
    for _, entry in wordlist.numbered("qualifier", "blame_words.txt"):
        used |= set(re.findall(r"\{(\w+)\}", entry))
    for name in ("cues.csv", "blame.csv"):
        for row in wordlist.table("qualifier", name):
            used |= set(re.findall(r"\{(\w+)\}", row["cue"]))
    for number, entry in wordlist.numbered("qualifier", "families.txt"):
        name = entry.split(":", 1)[0]
        if name not in used:
            yield BadFile(_where("qualifier", "families.txt"), number, f"no cue uses the family {name}")
    for number, entry in wordlist.numbered("qualifier", "near_cues.txt"):
        if tuple(entry.split()) not in written:
            yield BadFile(_where("qualifier", "near_cues.txt"), number, f"{entry!r} is no cue of status.csv")


def _shapes() -> Iterator[BadFile]:
    """A kind of words in a row that no list holds; a kind that no row uses."""
    rows = wordlist.numbered("qualifier", "blame_shapes.txt")
    used = {"DROP", *NAMED, *(name for _, row in rows for name in kinds_in(row))}
    known = {row.partition(": ")[0] for _, row in wordlist.numbered("qualifier", "blame_words.txt")}
    for number, row in rows:
        for name in kinds_in(row):
            if name not in known and name not in NAMED:
                yield BadFile(_where("qualifier", "blame_shapes.txt"), number, f"no kind of words {name}")
    for number, row in wordlist.numbered("qualifier", "blame_words.txt"):
        if (kind := row.partition(": ")[0]) not in used:
            yield BadFile(_where("qualifier", "blame_words.txt"), number, f"no row uses the kind {kind}")


def _concepts() -> Iterator[BadFile]:
    """A phrase under two concepts, where only the first would count, or twice under one."""
    seen: dict[tuple[str, ...], tuple[str, str, int]] = {}
    written: dict[tuple[str, str], tuple[str, int]] = {}
    for name in wordlist.folder("effect", "concepts"):
        for number, row in wordlist.numbered("effect", name):
            concept, _, rest = row.partition(": ")
            for phrase in phrases_of(rest):
                key = ("=", *phrase.lower().split()) if phrase.startswith(("~", "=")) else key_of(phrase)
                held = seen.setdefault(key, (concept, name, number))
                if held[0] != concept:
                    reason = f"{phrase!r} of {concept} is shadowed by {held[0]} in {held[1]}, line {held[2]}"
                    yield BadFile(_where("effect", name), number, reason)
                elif (concept, phrase) in written:
                    file, line = written[concept, phrase]
                    yield BadFile(_where("effect", name), number, f"{phrase!r} stands in {file}, line {line} too")
                written.setdefault((concept, phrase), (name, number))


def _patterns(part: str, name: str) -> Iterator[BadFile]:
    for number, row in wordlist.numbered(part, name):
        value, bar, expression = row.partition(" | ")
        if not bar or not value.strip():
            yield BadFile(_where(part, name), number, "not of the form: value | regular expression")
            continue
        try:
            re.compile(_SLOT.sub("x", expression))
        except re.error as fault:
            yield BadFile(_where(part, name), number, f"no regular expression ({fault})")


def _names(names: Iterable[DrugName]) -> Iterator[BadFile]:
    """Two names that are looked up by the same words and stand for different drugs."""
    seen: dict[tuple[str, ...], DrugName] = {}
    for one in names:
        held = seen.setdefault(key_words(one.name), one)
        if held.ingredients != one.ingredients:
            mine, theirs = "+".join(one.ingredients) or "a class", "+".join(held.ingredients) or "a class"
            reason = f"{one.name!r} ({mine}) and {held.name!r} ({theirs}) are one word in a note"
            yield BadFile("names", None, reason)
