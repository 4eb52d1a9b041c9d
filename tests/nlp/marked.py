"""Note lines with marks: a readable form of what the annotator should find.

A line of its own is the note line; under it, indented, "+ NAME = ingredient+ingredient; field value; ..." is a
medication and "! WORDS = concept; negated; by ingredient; ..." an effect. What is not marked is not said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from consult.domain.mention import EffectMention, Findings, MedicationMention

_FIELDS = ("match", "strength", "dose", "route", "frequency", "status", "subject", "duration", "timing", "previous")
_USUAL = {"match": "exact", "status": "active", "subject": "patient"}


@dataclass
class Example:
    """One note line and its marks, in the order of the text."""

    where: str
    text: str
    medications: list[str] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)


def read(path: Path) -> Iterator[Example]:
    example: Example | None = None
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not row.strip() or row.startswith("#"):
            continue
        if not row.startswith("  "):
            if example is not None:
                yield example
            example = Example(f"{path.stem}:{number}", row)
        elif example is not None:
            kind, mark = row.strip().split(" ", 1)
            (example.medications if kind == "+" else example.effects).append(mark)
    if example is not None:
        yield example


def marks_of(findings: Findings) -> tuple[list[str], list[str]]:
    """The marks of what was found."""
    return [_medication(one) for one in findings.medications], [_effect(one) for one in findings.effects]


def _medication(one: MedicationMention) -> str:
    said = [f"{one.text} = {'+'.join(one.ingredients) or '?'}"]
    for name in _FIELDS:
        value = getattr(one, name)
        if value is not None and value != _USUAL.get(name):
            said.append(f"{name} {value}")
    if one.as_needed:
        said.append("as needed")
    return "; ".join(said)


def _effect(one: EffectMention) -> str:
    said = [f"{one.text} = {one.concept}"]
    said += [name for name in ("negated", "uncertain", "historical") if getattr(one, name)]
    if one.subject == "other":
        said.append("subject other")
    if one.suspected:
        said.append("by " + "+".join(one.suspected))
    return "; ".join(said)
