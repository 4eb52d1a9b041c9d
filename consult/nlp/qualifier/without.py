"""A symptom that came when less of a drug was taken or none, and which drug of a switch it came with."""

from __future__ import annotations

from consult.domain.mention import Cue
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.blame_wordings import TO_ANOTHER
from consult.nlp.qualifier.cue_words import Hit
from consult.nlp.qualifier.known import given_for

_WITHOUT_IT = Rare(  # "since Lasix was cut she is more swollen", "after stopping lisinopril, still coughing"
    r"\b(?:since|after|when|once|as soon as)\b(?: [\w.']+){0,3}? (?:stopp\w+|quit\w*|d/c'?d?|dc'?d|cut\w*|lower\w*|"
    r"reduc\w+|decreas\w+|halv\w+|taper\w*|wean\w*|coming off|came off|going off|went off|ran out|running out)\b"
)
_BETTER = Rare(
    r"\b(?:gone|better|resolv\w+|clear\w*|improv\w+|less|fewer|eas\w+|settl\w+|went (?:away|down)|goes away|down|"
    r"subsid\w+|disappear\w*|fad\w+|stopped|quit|let up|fine|ok|okay|normal|vanish\w*|no more|no longer|not as bad)\b"
)
_FROM = Rare(r"\b(?:switch\w*|chang\w+|swap\w*|mov\w+|went|going)(?: \w+){0,2}? from (?:(?:the|her|his|my) )?$")
_STOP_WORDS = Rare(
    r"^(?:-? ?)?(?:off|stop\w*|quit|held|hold\w*|on hold|d/c\S*|dc\S*|discontinued|came off|weaned|tapered)\b"
)
_TELLS_WHY = Rare(
    r"\b(?:because|bc|b/c|cuz|due to|d/t|2/2|as|caus\w*|ma[kd]e\w*|g[ai]v\w*|from|for|couldn't|can't|"
    r"over|side effects?)\b"
)
_AHEAD, _NEXT = 40, 15  # characters before a drug in which it is told, at most so far from it, that it was left
_CLOSE = 30  # characters around a symptom in which it is told that it is better


def came_without(line: Line, one: Found, drug: Drug) -> bool:
    """Whether a symptom came, or went on, once less of the drug or none was taken."""
    if drug.end > one.start:
        return False
    found = _WITHOUT_IT.search(line.low, line.lacks, max(0, drug.start - _AHEAD), one.start)
    if found is None or found.start() > drug.start or found.end() < drug.start - _NEXT:
        return False
    if _TELLS_WHY.search(line.low, line.lacks, max(found.end(), drug.end), one.start):
        return False  # "once she stopped the Lipitor because of cramps"
    return not _BETTER.search(line.low, line.lacks, max(found.end(), drug.end), one.end + _CLOSE)


def purpose_back(line: Line, drug: Drug, one: Found, said: Cue) -> bool:
    """ "omeprazole stopped in May, heartburn": what a drug was given for is back without it. Nor is "pregnant so
    losartan stopped" a reaction."""
    if one.concept == "pregnancy":
        return True
    return (
        given_for(drug, one.concept)
        and _STOP_WORDS.match(said.text.lower(), line.lacks) is not None
        and not _TELLS_WHY.search(line.low, line.lacks, min(said.start, drug.end), one.start)
    )


def new_one(line: Line, one: Found, drugs: list[Drug], index: int, hit: Hit) -> int:
    """ "dizzy since switching from A to B" speaks of B, "cough better since the switch from A to B" of A."""
    if index + 1 == len(drugs) or not _FROM.search(
        line.low, line.lacks, max(0, min(hit.start, drugs[index].start - _AHEAD)), drugs[index].start
    ):
        return index
    if not TO_ANOTHER.match(line.low[drugs[index].end : drugs[index + 1].start]):
        return index
    around = max(0, one.start - _CLOSE), max(one.end, hit.start)
    if one.start >= hit.end:
        around = drugs[index + 1].end, one.end + _CLOSE
    return index if _BETTER.search(line.low, line.lacks, *around) else index + 1
