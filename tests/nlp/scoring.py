"""Scores readings of note lines against gold lines: mentions matched where spans overlap, fields on matched ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
EQUAL = {"every 12 hours": "2/day", "every 8 hours": "3/day", "every 6 hours": "4/day"}
MEDICATION_FIELDS = ("status", "subject", "as_needed", "strength", "dose", "route", "frequency")
EFFECT_FIELDS = ("negated", "uncertain", "historical", "subject", "suspected")


def score(gold: Iterable[Record], found: Iterable[Record]) -> dict[str, float]:
    """F1 of "medication", "ingredients", "effect" and "concept", and the accuracy of each field.

    A field that is null on both sides is not counted.
    """
    counts: Counter[str] = Counter()
    for want, got in zip(gold, found, strict=True):
        _count(counts, "medication", want["medications"], got["medications"], ("ingredients",), MEDICATION_FIELDS)
        _count(counts, "effect", want["effects"], got["effects"], ("concept",), EFFECT_FIELDS)
    out = {}
    for name in ("medication", "ingredients", "effect", "concept"):
        kind = {"ingredients": "medication", "concept": "effect"}.get(name, name)
        out[name] = 2 * counts[f"{name} hit"] / (counts[f"{kind} gold"] + counts[f"{kind} found"])
    for name in [key.removesuffix(" asked") for key in counts if key.endswith(" asked")]:
        out[name] = counts[f"{name} right"] / counts[f"{name} asked"]
    return out


def _count(
    counts: Counter[str],
    kind: str,
    want: list[Record],
    got: list[Record],
    meaning: tuple[str],
    fields: tuple[str, ...],
) -> None:
    counts[f"{kind} gold"] += len(want)
    counts[f"{kind} found"] += len(got)
    for one, other in _paired(want, got):
        counts[f"{kind} hit"] += 1
        counts[f"{meaning[0]} hit"] += one[meaning[0]] == other[meaning[0]]
        for name in fields:
            if one[name] in (None, []) and other[name] in (None, []):
                continue
            label = f"{kind} {name}"
            counts[f"{label} asked"] += 1
            counts[f"{label} right"] += _same(one[name]) == _same(other[name])


def _paired(want: list[Record], got: list[Record]) -> list[tuple[Record, Record]]:
    overlaps = [
        (min(one["end"], other["end"]) - max(one["start"], other["start"]), i, j)
        for i, one in enumerate(want)
        for j, other in enumerate(got)
    ]
    used: set[tuple[str, int]] = set()
    out = []
    for overlap, i, j in sorted(overlaps, key=lambda one: (-one[0], one[1], one[2])):
        if overlap > 0 and ("want", i) not in used and ("got", j) not in used:
            used |= {("want", i), ("got", j)}
            out.append((want[i], got[j]))
    return out


def _same(value: Any) -> Any:
    if isinstance(value, str):
        return EQUAL.get(value, value).replace(" ", "").lower()
    return value
