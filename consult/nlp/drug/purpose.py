"""Drugs that are only said by their purpose: "water pill", "a pill for her blood pressure"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from consult.nlp import wordlist
from consult.nlp.expressions import Rare
from consult.nlp.line import Line

_NO_PURPOSE = frozenset(  # what is as well a symptom, or no purpose by itself: "a pill for pain"
    ("water", "fluid", "pain", "cough", "headache", "migraine", "nausea", "cold", "heartburn", "breathing", "muscle")
) | {"rescue", "diet"}


@cache
def class_words() -> tuple[frozenset[str], frozenset[str]]:
    rows = dict(row.split(": ", 1) for row in wordlist.lines("drug", "class_words.txt"))
    return frozenset(rows["purpose"].split()), frozenset(rows["form"].split())


@cache
def _turned() -> Rare:
    purposes, forms = class_words()
    return Rare(
        r"\b(?:takes?|taking|on|her|his|my|the|an?|old|new|some|that|this|daily) "
        rf"(?P<name>(?:{'|'.join(sorted(forms))}) for (?:the |her |his |my )?(?:high )?"
        rf"(?:{'|'.join(sorted(purposes - _NO_PURPOSE))})(?: (?:pressure|acid|sugar))?)\b"
        r"(?! ?(?:pills?|meds?|attack|flare))"
    )


def may_name_purpose(line: Line) -> bool:
    """Whether the line may name a drug by what it is for."""
    return _turned().possible(line.lacks)


def for_purpose(line: Line, known: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of "a pill for her blood pressure" where no drug is known to stand."""
    found = [match.span("name") for match in _turned().finditer(line.low, line.lacks)]
    return [(left, right) for left, right in found if not any(start < right and left < end for start, end in known)]
