"""What the heading over a line, or at its start, says of everything under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from consult.nlp import wordlist
from consult.nlp.line import Line

_ALONE = re.compile(r"[a-z][a-z /&'-]{1,30}:")  # any other heading ends the section before it
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
    known = _headings().get(name)
    if known and (text.endswith(":") or text.startswith("#") or line.text.strip().isupper() or name in _SURE):
        return name, *known
    return (name, "", "") if _ALONE.fullmatch(text) else ("", "", "")


def heading_of(line: Line) -> Heading:
    """The heading at the line's start ("Allergies: ..."), else the section that the line stands under."""
    colon = line.low.find(":")
    if colon > 0:
        known = _headings().get(line.low[:colon].strip(" -*#"))
        if known:
            return Heading(*known, start=0, end=colon)
    known = _headings().get(line.section.strip().lower().rstrip(":"))
    return Heading(*known) if known else Heading()
