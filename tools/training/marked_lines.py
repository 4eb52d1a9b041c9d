"""Note lines with marks that the second reading is learnt from. The format is told in README.md."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.nlp import marked

ROOT = Path(__file__).resolve().parents[2]
LINES = ROOT / "tools/training/lines"
BLIND = ROOT / "tests/nlp/blind"
EXAMPLES = ROOT / "tests/nlp/examples"
STATUSES = ("active", "stopped", "not-taken", "on-hold", "intended", "completed", "unknown", "allergy")
_MADE_BY = (
    Path(__file__).with_name("train.py"),
    Path(__file__).with_name("network.py"),
    ROOT / "consult/nlp/qualifier/learnt.py",
)
_MARK = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]")


@dataclass
class Marks:
    """A line with its marks: (start, end, status) of each drug, (start, end, starts of the drugs blamed) of effects."""

    writer: str
    text: str
    drugs: list[tuple[int, int, str]] = field(default_factory=list)
    effects: list[tuple[int, int, set[int]]] = field(default_factory=list)
    ruled: bool = False  # rules were made for it
    promised: bool = False  # it is an example of what is to be read


def marked_lines(path: Path) -> Iterator[Marks]:
    """The lines of a file as "{Lasix|stopped} made her [dizzy|Lasix]"; ValueError where a mark does not fit."""
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if row.strip() and not row.startswith("#"):
            try:
                yield unmarked(path.stem, row)
            except ValueError as error:
                raise ValueError(f"{path.name}, line {number}: {error}") from error


def unmarked(writer: str, row: str) -> Marks:
    line, at = Marks(writer, ""), 0
    blamed: list[tuple[int, int, set[str]]] = []
    for mark in _MARK.finditer(row):
        line.text += row[at : mark.start()]
        at, start = mark.end(), len(line.text)
        words, *said = (mark[2] if mark[1] is None else mark[1]).split("|")
        line.text += words
        if mark[1] is None:
            names = {one.strip().lower() for one in said[0].split(",")} if said else set()
            blamed.append((start, len(line.text), names))
        elif said and said[0] not in STATUSES:
            raise ValueError(f"{said[0]!r} is no status; they are {', '.join(STATUSES)}")
        else:
            line.drugs.append((start, len(line.text), said[0] if said else "active"))
    line.text += row[at:]
    named = {line.text[start:end].lower() for start, end, _ in line.drugs}
    for start, end, names in blamed:
        if not names <= named:
            raise ValueError(f"{', '.join(sorted(names - named))} is blamed, but not marked as a drug")
        drugs = {first for first, last, _ in line.drugs if line.text[first:last].lower() in names}
        line.effects.append((start, end, drugs))
    if set("{}[]|") & set(line.text):
        raise ValueError("a bracket or a bar stands outside of a mark")
    return line


def gold_lines(path: Path) -> Iterator[Marks]:
    """Lines in the format of `consult analyze`, as in tests/nlp/blind."""
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.strip():
            said = json.loads(row)
            drugs = said["medications"]
            effects = [
                (one["start"], one["end"], {d["start"] for d in drugs if set(d["ingredients"]) & set(one["suspected"])})
                for one in said["effects"]
            ]
            yield Marks(path.stem, said["text"], [(d["start"], d["end"], d["status"]) for d in drugs], effects)


def example_lines(path: Path) -> Iterator[Marks]:
    """Lines in the format of tests/nlp/marked.py."""
    for example in marked.read(path):
        line, named = Marks(path.stem, example.text, ruled=True, promised=True), dict[str, set[int]]()
        for start, end, ingredients, fields in _placed(example.text, example.medications):
            line.drugs.append((start, end, fields.get("status", "active")))
            for ingredient in ingredients.split("+"):
                named.setdefault(ingredient, set()).add(start)
        for start, end, _, fields in _placed(example.text, example.effects):
            blamed = (named.get(ingredient, set()) for ingredient in fields.get("by", "").split("+"))
            line.effects.append((start, end, set().union(*blamed)))
        yield line


def _placed(text: str, marks: list[str]) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """Of marks in the order of a text: where the words stand, what they are, and the fields that are told."""
    end = 0
    for mark in marks:
        words, _, said = mark.partition(" = ")
        start = text.find(words, end)
        if start >= 0:
            what, *fields = said.split("; ")
            end = start + len(words)
            yield start, end, what, dict(field.partition(" ")[::2] for field in fields)


def corpus() -> Iterator[Marks]:
    """All lines that are learnt from."""
    for path in sorted(LINES.glob("*.txt")):
        yield from marked_lines(path)
    for path in sorted(EXAMPLES.glob("*.txt")):
        yield from example_lines(path)
    for path in sorted(BLIND.glob("*.jsonl")):
        for line in gold_lines(path):
            line.ruled = True
            yield line


def _lines() -> list[Path]:
    return [*sorted(LINES.glob("*.txt")), *sorted(EXAMPLES.glob("*.txt")), *sorted(BLIND.glob("*.jsonl"))]


def fingerprint() -> str:
    """Of the lines and of the code that the weights are made by."""
    hashed = hashlib.sha256()
    for path in (*_MADE_BY, Path(__file__), *_lines()):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]
