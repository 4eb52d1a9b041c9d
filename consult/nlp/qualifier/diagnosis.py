"""Whether a diagnosis is what a drug did, and not what it is for or only stands beside it."""

from __future__ import annotations

import re

from consult.domain.mention import Cue
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.standing import Standing

_BETTER = re.compile(r"^[\w\s']{0,12}\b(?:better|improved|controlled|stable|good|managed|in check)\b")
_NEVER_TAKEN = ("not-taken", "intended")
_OFF_IT = re.compile(r"\b(?:avoid|against|no|not|stay|steer)\b", re.I)
_SEEN_BY = Rare(
    r"\b(?:egd|endo(?:scopy)?|colo(?:noscopy)?|c-?scope|scopes?|ct|cat scan|scan|mri|mra|us|ultrasound|x-?rays?|cxr|"
    r"echo|ekg|ecg|cath|biopsy|bx|path|dexa|labs?|cultures?|stress test|holter|doppler|imaging|work ?up|eye exam)"
    r" (?:\w+ ){0,2}(?:show(?:s|ed|ing)?|found|finds|reveal(?:s|ed)|confirm(?:s|ed)|w/|with|saw|picked up|positive for|"
    r"pos for|c/w|read as)(?: (?:an?|the|some|old|new|small|big|large|healing))* $"
)
_TREATED = frozenset(
    ("vs", "versus", "on", "for", "with", "w/", "w", "after", "when", "given", "over", "=", "while on", "when on")
)


def holds_for_diagnosis(line: Line, one: Found, cues: list[Cue], standing: Standing) -> bool:
    """ "gout from HCTZ" is an effect; "on lisinopril for hypertension" is what a drug is for, and "told to avoid NSAIDs
    d/t CKD" why none is taken."""
    advised_off = standing.status == "unknown" and any(_OFF_IT.search(one.text) for one in standing.cues)
    if (
        not cues  # "latex (hives); gout": listed beside it, and no word blames
        or advised_off
        or standing.status in _NEVER_TAKEN
        or (cues[0].start > one.end and line.low[: one.start].endswith(" for "))
    ):
        return False
    if cues[0].end < one.start and _SEEN_BY.search(line.low, line.lacks, cues[0].end, one.start):
        return False  # "a GI bleed from Xarelto, EGD showed an ulcer": what was found tells more of it
    return not _BETTER.match(line.low[one.end :]) and any(cue.text.lower() not in _TREATED for cue in cues)
