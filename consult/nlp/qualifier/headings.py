"""What the heading over a line, or at its start, says of everything under it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from consult.nlp import wordlist
from consult.nlp.line import Line


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


def heading_of(line: Line) -> Heading:
    """The heading at the line's start ("Allergies: ..."), else the section that the line stands under."""
    colon = line.low.find(":")
    if colon > 0:
        known = _headings().get(line.low[:colon].strip(" -*#"))
        if known:
            return Heading(*known, start=0, end=colon)
    known = _headings().get(line.section.strip().lower().rstrip(":"))
    return Heading(*known) if known else Heading()
