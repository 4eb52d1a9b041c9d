"""What a line without a drug name says of the drug that was named before it: "actually stopped it"."""

from __future__ import annotations

import re

from consult.domain.mention import Cue, MedicationMention, Status
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.blame import VERBS
from consult.nlp.qualifier.headings import Heading
from consult.nlp.qualifier.status import read_status
from consult.nlp.sig.read import Directions, read_directions
from consult.nlp.sig.zones import zones

_PRONOUN = re.compile(
    r"\b(?:that one|this one|the same one|same one|that (?:med|pill|drug|medicine|rx|inhaler|shot)|"
    r"the (?:med|pill|rx)|it|them|same)\b"
    r"(?! (?:is|was|rains|seems|looks|hurts|burns|started|happens|happened|comes|goes|depends|all)\b)"
)
_NAMED_SO = r"(?:med|pill|drug|medicine|stuff|inhaler|shot)"
_IT = rf"(?:it|that one|this one|that {_NAMED_SO}|this {_NAMED_SO}|the (?:med|pill|rx|new (?:med|pill)))"
_IT_DOES = Rare(
    rf"(?:^|[.;!\"“] ?|\b(?:says?|states?|reports?|feels?|thinks?|that|but|and|because|bc) ){_IT}(?:'s| is)?"
    r"(?: (?:just|really|also|always|sometimes|still|usually))? (?:makes?|made|making|gives?|gave|giving|causes?|"
    r"caused|causing|leaves?|left|keeps?|kept)(?: (?:me|her|him|my|pt|his))?"
    r"(?: (?:a|an|the|so|too|very|really|kind of|a little|a bit|bad|some|feel|all|awful|terrible|get|have)){0,3} $"
)
_FROM_IT = Rare(
    r"^(?: (?!better|gone|resolved|improved|less|settled|no)\w+){0,2}? (?:since|ever since|after|from|with|w/|on|"
    r"while on|(?:when|whenever|every time|each time) (?:she|he|i|pt) takes?)(?: starting| taking| using)? "
    rf"{_IT}\b(?! (?:is|was|started|began|happen\w*|rain\w*|got|gets))"
)
_BY_VERB = Rare(rf"(?:^|[.;!\"“] ?|\b(?:says?|but|and) ){_IT} $")
_LESS = Rare(r"\b(?:less|fewer|better|no|not|never|improved) (?:\w+ )?$")
_TAKEN = re.compile(r"\b(?:takes?|taking|took|uses?|using|gets|inject\w*|on)(?: only)? $")
_CONFIDENCE = 0.6
_NEAR = 60  # characters beside a symptom in which "it" may be blamed


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


def blamed_on_it(line: Line, one: Found) -> tuple[int, int] | None:
    """The words by which a line without a drug blames the one named before: "it makes me dizzy"."""
    before = line.low[max(0, one.start - _NEAR) : one.start]
    if _LESS.search(before, line.lacks):
        return None
    does = _IT_DOES.search(before, line.lacks)
    if does is None and line.low[one.start : one.end].split()[0] in VERBS:
        does = _BY_VERB.search(before, line.lacks)
    if does is not None:
        return one.start - len(before) + does.start(), one.start
    since = _FROM_IT.match(line.low[one.end : one.end + _NEAR], line.lacks)
    return (one.end, one.end + since.end()) if since else None


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
