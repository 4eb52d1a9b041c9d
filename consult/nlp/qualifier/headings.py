"""What the heading over a line, or at its start, says of everything under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from consult.nlp import wordlist
from consult.nlp.line import Line

_LONGEST = 45  # characters of a heading with what it names beside
_ALONE = re.compile(r"[a-z][a-z /&'-]{1,30}:")  # any other heading ends the section before it
# What may follow the name of a heading: "On hold per MD (pre-op):", "To start 3/1:", "Recs to PCP:"
_TAIL = re.compile(
    r"\(|(?:per|by|since|until|till?|from|for|to|as|w/|with|on|at|after|before|pre|post|prior|pending|due|d/t|x|\d\S*|"
    r"list|meds?|medications?|medicines?|drugs?|rx|today|tonight|tomorrow|now|currently|only|this|next|last|recently|"
    r"so|in|patient|pt|md|pcp|intolerances?|and|or|&)\b"
)
_LEAD = re.compile(
    r"^(?:pt'?s?|patient'?s?|her|his|my|known|current|new|updated|reported|documented|listed|other|medication|med|"
    r"drug|the|meds?|medications?|drugs) "
)
_BARE = frozenset(("all", "alg", "dx", "fh", "tried", "failed", "rec", "completed", "plan"))  # begin sentences, too
_SURE = frozenset(
    ("allergies", "drug allergies", "current medications", "home meds", "family history", "past medical history")
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`status` holds for drugs, `effects` is "drop" or "other" or ""; offsets of a heading in the line, else -1."""

    status: str = ""
    effects: str = ""
    start: int = -1
    end: int = -1


_NONE = Heading()


@cache
def _headings() -> dict[str, tuple[str, str]]:
    return {
        row["heading"]: (row["status"].replace("-", "") if row["status"] == "-" else row["status"], row["effects"])
        for row in wordlist.table("qualifier", "headings.csv")
    }


def section_of(line: Line) -> tuple[str, str, str]:
    """(text, status, effects) of a line that is only a heading, empty strings for any other line."""
    text = line.low.strip()
    name = text.strip(" -*#:=_")
    known = _known(name)
    if known and (text.endswith(":") or text.startswith("#") or line.text.strip().isupper() or name in _SURE):
        return name, *known
    return (name, "", "") if _ALONE.fullmatch(text) else ("", "", "")


def _known(name: str) -> tuple[str, str] | None:
    """What a heading says, whoever or whatever time it names beside: "on hold per MD", "known allergies"."""
    known = _headings().get(name)
    if known or len(name) > _LONGEST:
        return known
    words = _LEAD.sub("", name).split()
    for count in range(len(words), 0, -1):
        core = " ".join(words[:count]).rstrip(" ,-/")
        if core in _headings() and core not in _BARE and (count == len(words) or _TAIL.match(words[count])):
            return _headings()[core]
    return None


def heading_of(line: Line) -> Heading:
    """The heading at the line's start ("Allergies: ..."), else the section that the line stands under."""
    colon = line.low.find(":")
    if colon > 0:
        known = _known(line.low[:colon].strip(" -*#"))
        if known:
            return Heading(*known, start=0, end=colon)
    known = _known(line.section.strip().lower().rstrip(":")) if line.section else None
    return Heading(*known) if known else _NONE
