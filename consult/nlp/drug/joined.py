"""Two drugs that are one product: "lisinopril/HCTZ", "losarten HCTZ"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from consult.domain.mention import Match
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.line import Line

_HCTZ = ("hydrochlorothiazide",)  # "losarten HCTZ": typed behind the other
_JOINED = re.compile(r"^(?:/|-| ?/ ?)$")
_SLASHED_STRENGTH = re.compile(r"^[\s,]{0,2}\d{1,4}(?:\.\d+)? ?(?:mg|mcg)?[/-]\d")


@cache
def _apart() -> frozenset[str]:
    return frozenset(wordlist.lines("drug", "apart.txt"))


def joined(line: Line, found: list[Drug], combinations: Collection[tuple[str, ...]]) -> list[Drug]:
    """ "lisinopril/HCTZ" and "losartan-hctz 50/12.5" are one product."""
    out: list[Drug] = []
    for drug in found:
        if (
            out
            and out[-1].ingredients
            and drug.ingredients
            and not drug.brand
            and not out[-1].brand
            and (
                _JOINED.match(gap := line.text[out[-1].end : drug.start]) or (gap == " " and drug.ingredients == _HCTZ)
            )
        ):
            both = tuple(sorted({*out[-1].ingredients, *drug.ingredients}))
            known = both in combinations and "+".join(both) not in _apart()
            if known or _SLASHED_STRENGTH.match(line.low[drug.end :]):
                match: Match = "fuzzy" if "fuzzy" in (out[-1].match, drug.match) else "exact"
                low = min(out[-1].confidence, drug.confidence)
                one = replace(out[-1], end=drug.end, ingredients=both, match=match, confidence=low)
                out[-1] = replace(one, candidates=())
                continue
        out.append(drug)
    return out
