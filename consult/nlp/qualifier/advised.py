"""What a person is to do if a symptom comes: "knows to call for fever or chills", "hold it on days he throws up"."""

from __future__ import annotations

import re

from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks, sentence

_LEARNT = (
    r"(?:knows?|told|aware|understands?|instructed|advised|reminded|remembers?|taught|educated|counsel\w+|reviewed)"
)
_TO_CALL = Rare(  # not "told to see her PCP for the rash"
    rf"\b{_LEARNT} (?:\w+ ){{0,3}}?to ("
    r"(?:(?:call|page|ring|phone|message|notify|contact|report|seek|go to (?:the )?(?:er|ed))\b[^.;,]{0,45}?) "
    r"(?:for|with|w/)(?= (?!the\b|her\b|his\b|this\b|that\b))|"
    r"(?:call|page|ring|phone|message|notify|contact|report|seek|go|come|see|head)\b[^.;,]{0,45}? "
    r"(?:if|when|whenever|any ?time|should)(?= ))"
)
_TO_HOLD = Rare(
    rf"\b{_LEARNT} (?:\w+ ){{0,3}}?to ((?:hold|skip|pause|stop|not take|omit)\b[^.;,]{{0,45}}?) "
    r"(?:if|when|whenever|any ?time|should|on (?:any )?days?|on sick days|during)(?= )"
)
_HOLD_WITH = Rare(  # not "told to hold Coreg for dizziness": she may have been dizzy
    r"(?:\b(?:knows?|aware|understands?|taught|reminded) (?:\w+ ){0,3}?to |"
    r"sick ?-?day\w* (?:\w+ )?(?:plan|rules?)?[:-]? ?)((?:hold|skip|pause|omit|stop)\b[^.;,]{0,45}?) "
    r"(?:w/|with|for)(?= )"
)
_HOLD_ON_DAYS = Rare(
    r"(?:^|[,;:.–-] ?)((?:hold|skip|pause|omit)\b[^.;,]{1,40}?) (?:on (?:any )?(?:sick )?days?|any ?time|whenever)(?= )"
)
_ADVICE = (_TO_CALL, _TO_HOLD, _HOLD_WITH, _HOLD_ON_DAYS)
_OF_ADVICE = any_of(*_ADVICE)
_TURNS = re.compile(
    r"\b(?:but|however|because|bc|b/c|since|after|has had|has been|had|was|yesterday|today|now)\b|"
    r", (?:says|has|c/o|still)\b"
)
_WENT = re.compile(
    r"\b(?:went|sent|taken|came|rushed|brought|been|was|trips?|visits?|seen|drove|admitted|ended up|"
    r"landed)\b[\w ]{0,12}$"
)
_CALLED = re.compile(r"\b(?:calls?|called|calling|phoned|phones|rang|here|came in|in|msg|messaged)(?: \w+)? (?:to )?$")
_TO_A_PLACE = re.compile(r"(?:go )?to (?:the )?(?:er|ed|hospital)\b|(?:er|ed) for\b")


def advice(line: Line) -> list[tuple[int, int, int, int]]:
    """Where the line tells what to do in a case: the words of that, and what stands in the case."""
    if line.lacks & _OF_ADVICE:
        return []
    out = []
    for one in _ADVICE:
        for said in one.finditer(line.low, line.lacks):
            _, stop = sentence(line, hard_breaks(line), said.end())
            turn = _TURNS.search(line.low, said.end(), stop)
            out.append((*said.span(1), said.end(), turn.start() if turn else stop))
    return out


def went(line: Line, start: int, said: str) -> bool:
    """ "went to ER for chest pain", "calls to report a rash": it has come."""
    if said.startswith(("to report", "report")):
        return bool(_CALLED.search(line.low, max(0, start - 30), start))
    return bool(_TO_A_PLACE.match(said)) and bool(_WENT.search(line.low, max(0, start - 30), start))
