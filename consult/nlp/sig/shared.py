"""Directions told once for several drugs: "Tylenol and Benadryl at night", "metformin (Glucophage) 500 mg"."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.domain.mention import MedicationMention
from consult.nlp.line import Line

_AND = re.compile(r"^(?:,? (?:and|plus|&|\+|w/|with) (?:(?:her|his|the|my|otc|daily) )?| ?[&+] ?)$")
_COMMA = re.compile(r"^, ?$")
_SAME_DRUG = re.compile(r"^ ?(?:\(|/|=|-|,| aka | generic for | \(generic )$")
_ALL = re.compile(r"^\W{0,3}(?:both|all|each)\b")


def shared(line: Line, medications: list[MedicationMention]) -> list[MedicationMention]:
    """The mentions, with what a later one of the same list says of when and how often."""
    out = list(medications)
    for i in range(len(out) - 2, -1, -1):
        one, after = out[i], out[i + 1]
        gap = line.low[one.end : after.start]
        if one.strength or one.dose or one.frequency or one.as_needed:
            continue
        if one.ingredients and one.ingredients == after.ingredients and _SAME_DRUG.match(gap):
            out[i] = replace(
                one,
                strength=after.strength,
                dose=after.dose,
                route=one.route or after.route,
                frequency=after.frequency,
                as_needed=after.as_needed,
                duration=after.duration,
                timing=after.timing,
            )
        elif one.status == after.status and one.subject == after.subject and _joined(line, out, i, gap):
            out[i] = replace(
                one,
                frequency=after.frequency,
                as_needed=after.as_needed,
                duration=one.duration or after.duration,
                timing=after.timing,
            )
    return out


def _joined(line: Line, medications: list[MedicationMention], i: int, gap: str) -> bool:
    """Joined by "and", or by a comma in a list that ends so or stands under "both" or "all"."""
    last = len(medications) - 1
    if _AND.match(gap):
        return True
    if not _COMMA.match(gap):
        return False
    for j in range(i + 1, last + 1):
        after = line.low[medications[j].end : medications[j + 1].start] if j < last else line.low[medications[j].end :]
        if j < last and (_AND.match(after) or _COMMA.match(after)):
            if _AND.match(after):
                return True
            continue
        return bool(_ALL.match(after))
    return False
