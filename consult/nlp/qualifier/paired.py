"""A line that tells drug by drug what each does: "amlodipine - swelling, metformin - runs, losartan - ok"."""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.qualifier.known import given_for, known_for

_ITS = re.compile(  # between a drug and what it does
    r"(?: \d[\d./]*(?: ?(?:mg|mcg|units?|u|%|g))?| (?:daily|bid|tid|qd|hs|qhs|xl|xr|er|sr|patch|pills?))* ?"
    r"(?:[-–—:=(]|-+>|→|=>) ?(?:(?:(?:is|was|gets|got|has|had|made|makes|gave|gives|her|him|me|very|so|really|too|bad|"
    r"severe|mild|terrible|awful|some) )*)"
)
_FINE = re.compile(r"[^,.;]{0,20}?\b(?:no|ok|okay|fine|good|tolerat\w+|nothing|none|well)\b")


def paired(line: Line, effects: list[Found], drugs: list[Drug]) -> dict[int, tuple[int, tuple[int, int]]]:
    """By the index of a symptom the drug whose own it is and the span of the mark between them.

    At least two drugs are told of so, one of them is well known for what stands behind it, and none is given for that.
    """
    if len(drugs) < 2:
        return {}
    out: dict[int, tuple[int, tuple[int, int]]] = {}
    rows, sure = 0, False
    for i, drug in enumerate(drugs):
        until = drugs[i + 1].start if i + 1 < len(drugs) else len(line.low)
        found = _ITS.match(line.low, drug.end, until)
        if found is None:
            continue
        j = next((k for k, one in enumerate(effects) if one.start == found.end() and one.start < until), None)
        if j is None:
            rows += bool(_FINE.match(line.low, found.end(), until))
            continue
        if given_for(drug, effects[j].concept):
            return {}  # a list of what each is for
        rows += 1
        sure = sure or known_for(drug, effects[j].concept)
        out[j] = i, (drug.end, found.end())
    return out if sure and rows > 1 else {}
