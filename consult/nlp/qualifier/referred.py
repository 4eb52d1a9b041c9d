"""What a line without a drug name says of the drug that was named before it: "actually stopped it"."""

from __future__ import annotations

import re

from consult.domain.mention import Cue, MedicationMention, Status
from consult.nlp.drug.find import Drug
from consult.nlp.line import Line
from consult.nlp.qualifier.headings import Heading
from consult.nlp.qualifier.status import read_status
from consult.nlp.sig.read import Directions, read_directions
from consult.nlp.sig.zones import zones

_PRONOUN = re.compile(
    r"\b(?:that one|this one|the same one|same one|that (?:med|pill|drug|medicine|rx|inhaler|shot)|"
    r"the (?:med|pill|rx)|it|them|same)\b"
    r"(?! (?:is|was|rains|seems|looks|hurts|burns|started|happens|happened|comes|goes|depends|all)\b)"
)
_TAKEN = re.compile(r"\b(?:takes?|taking|took|uses?|using|gets|inject\w*|on)(?: only)? $")
_CONFIDENCE = 0.6


def may_refer(text: str) -> bool:
    """A quick look, before the line is read."""
    return bool(_PRONOUN.search(text.lower()))


def referred(line: Line) -> tuple[MedicationMention, ...]:
    """At most one mention without a name and ingredients; its span is that of the pronoun."""
    for match in _PRONOUN.finditer(line.low):
        drug = Drug(match.start(), match.end(), (), "class", None, _CONFIDENCE)
        (standing,) = read_status(line, [drug], [(drug.start, drug.end)], Heading())
        ((before, after, _, _),) = zones(line, [(drug.start, drug.end)], [])
        sig = read_directions(after, ()).filled(read_directions(before, ()))
        taken = bool(_TAKEN.search(line.low[: drug.start]))
        status = standing.status != "active" or any(one.text.lower() not in ("on", "takes") for one in standing.cues)
        if (standing.cues and status) or (taken and (sig.frequency or sig.dose or sig.strength)):
            return (_mention(line, drug, standing.status, sig, tuple(standing.cues)),)
    return ()


def _mention(line: Line, drug: Drug, status: Status, sig: Directions, cues: tuple[Cue, ...]) -> MedicationMention:
    return MedicationMention(
        drug.start,
        drug.end,
        line.text[drug.start : drug.end],
        (),
        "class",
        sig.strength,
        sig.dose,
        sig.route,
        sig.frequency,
        sig.as_needed,
        sig.duration,
        sig.timing,
        sig.previous,
        status=status,
        confidence=drug.confidence,
        cues=cues,
    )
