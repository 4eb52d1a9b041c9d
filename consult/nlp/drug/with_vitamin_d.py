"""Calcium with vitamin D in one tablet, as it is typed: "calcuim + D", "Ca w/ D", "calcium plus vit D"."""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.line import Line

_CALCIUM, _BOTH = ("calcium",), ("calcium", "vitamin d")
_D = r"d(?: ?-?[23])?\b(?![.'&/]\w|-)"
_VIT = r"(?:vit(?:amin)?\.? ?-?)?"
WITH_D = rf"(?: ?(?:\+|/|w/) ?| (?:w|with|plus) ){_VIT}{_D}"
_MORE = re.compile(rf"{WITH_D}|(?: and | ?& ?){_D}(?! ?[\d,.]+ ?k? ?(?:ius?|units?))")
_PLAIN = "&a"  # what a brand is not joined by: "Tums and D3" are two


def with_vitamin_d(line: Line, found: list[Drug]) -> list[Drug]:
    """The drugs, with the D behind a calcium in its name; an amount between the two makes them two."""
    if _CALCIUM not in [drug.ingredients for drug in found]:
        return found
    out: list[Drug] = []
    for drug in found:
        if out and drug.start < out[-1].end:
            continue  # "vit D", now part of the name before it
        more = _MORE.match(line.low, drug.end) if drug.ingredients == _CALCIUM else None
        if more and not (drug.brand and more.group().lstrip()[0] in _PLAIN):
            drug.end, drug.ingredients, drug.candidates = more.end(), _BOTH, ()
        out.append(drug)
    return out
