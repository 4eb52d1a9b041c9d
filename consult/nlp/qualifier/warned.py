"""Warnings: what a patient was told to look out for is blamed on no drug that merely stands beside it."""

from __future__ import annotations

from consult.domain.mention import Cue
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line

_TOLD_OF = Rare(  # "warned her about serotonin syndrome"
    r"\b(?:warn\w*|caution\w*|counsel\w*|advis\w*|educat\w*|remind\w*|told|explain\w*|taught|teaching|talk\w*|"
    r"discuss\w*|"
    r"review\w*|went over|handout|info|watch(?:ing)?|look(?:ing)? out|monitor(?:ing)?|aware|knows)(?: (?!has|had|from|"
    r"since)"
    r"[\w']+){0,3}? (?:about|of|on|re|re:|for|regarding|against)(?: (?!has|had|from|since|after|because)[\w']+){0,4} $"
)
_IF_IT_COMES = Rare(  # "ER if rash or mouth sores w Lamictal"
    r"\b(?:call|ring|phone|page|er|ed|911|stop|hold|go|come|seek|tell|notify|contact|return|let (?:us|me|md) know|"
    r"head)\b"
    r"(?: [\w'/]+){0,5}? (?:if|should|in case)(?: [\w'/,]+){0,6} $|\b(?:call|report|notify)\b(?: [\w']+){0,3}? (?:for|"
    r"any|"
    r"new)(?: [\w'/,]+){0,5} $"
)
_SAYS_WHY = Rare(
    r"\b(?:caus\w*|ma[kd]\w*|g[ai]v\w*|from|due|d/t|side effects?|ses?|s/e|scared|afraid|fear\w*|since|blam\w*|"
    r"lead\w*|led|"
    r"trigger\w*|br(?:ing|ought)\w*|result\w*|because|bc)\b"
)


def only_warned(line: Line, one: Found, said: Cue) -> bool:
    """Whether the line only warns of the symptom, and the cue of blame does not itself tell of cause."""
    before = line.low[max(0, one.start - 90) : one.start]
    if not (_TOLD_OF.search(before, line.lacks) or _IF_IT_COMES.search(before, line.lacks)):
        return False
    return not _SAYS_WHY.search(said.text.lower(), line.lacks)
