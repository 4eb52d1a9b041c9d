"""Where what is only supposed ends: "if she misses one gets zaps" tells of what comes, "call if dizzy" of what may."""

from __future__ import annotations

import re

from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import Hit

_IN_PASSING = re.compile(r"\w[^.;]{0,80}\b(?:only )?$")
_GOES_ON_TO_SAY = re.compile(
    r"(?:[,–-] ?|\band (?:says? |reports? |feels )?)"
    r"(?:it|she|he|i|this|that|which|they|makes?|gives?|leaves?|but|now|(?:the )?last time)\b"
)
_TELLS = re.compile(  # "asked about Chantix, his brother had wild dreams on it"
    r"[,–-] ?(?:(?:because|bc|b/c|since|as|says|but|and|cuz) )?(?:his|her|my|their|an?|the|one|pt'?s) "
    r"(?:[\w'/-]+ ){1,2}?"
    r"(?:had|got|did|gained|lost|went|was|were|swelled|took|broke|threw|fell|blew|put|couldn'?t|ended up)\b"
)
_ASKS = ("ask", "wonder", "inquir", "question", "wants to know")
_REASON = re.compile(
    r"\b(?:since|because|bc|b/c|cuz|as) (?:(?:the|her|his|my|she|he|they|i|pt|has|have|gets?|is|was|'s|keeps?|had|"
    r"having|getting|so|really|very|bad|some|all|of|this|these) ?)*$"
)
_EACH_TIME = re.compile(
    r" (?:she|he|pt|they|i)(?:'s)? (?:ever |even )?(?:miss\w*|skip\w*|forget\w*|forgot|is late|goes without|"
    r"run(?:s)? (?:out|late)|takes? (?:it|them) (?:late|early|on an? empty|w/?o|without|too))\b[^.;]{0,40}$"
)
_ADVISED = re.compile(
    r"\b(?:told|advis\w+|warn\w+|counsel\w+|call|report|instruct\w+|educat\w+|ask\w*|wonder\w*|worr\w+|afraid|scared|"
    r"discussed|review\w*|expect|may|might|could|can|will)\b"
)
_SO_OFTEN = re.compile(
    r" (?:about |around |~ ?|maybe |only )?(?:once|twice|\d+ ?x|x ?\d|(?:\d|two|three|four|several|a few) times|"
    r"most|every|daily|weekly)\b"
)


def turned(line: Line, hits: list[Hit], start: int, end: int) -> bool:
    """Whether a word between the two places turns to what is so."""
    return any(start <= hit.start < end and hit.low in ("but", "however", "currently has", "still has") for hit in hits)


def said_after(line: Line, hit: Hit, one: Found) -> bool:
    """ "25 mg only if the pollen is bad, it leaves me groggy": the condition ended at the comma."""
    if _TELLS.search(line.low, hit.end, one.end):
        return True
    if hit.low.startswith(_ASKS) and _REASON.search(line.low, hit.end, one.start):
        return True  # "asked if biotin is ok since her hair is thinning"
    if hit.low == "if" and (
        (_EACH_TIME.match(line.low, hit.end, one.start) and not _ADVISED.search(line.low, 0, hit.start))
        or (" / " in line.low[hit.end : one.start] and line.low.endswith("only ", 0, hit.start))
    ):
        return True  # "if she misses one gets zaps": it has come; "only if wt > 200 / calves cramp": another item
    if hit.low in ("if", "when") and "," in line.low[hit.end : one.start] and _SO_OFTEN.match(line.low, one.end):
        return True  # "skips it if not eating, lows about twice monthly"
    if hit.low not in ("if", "in case", "when") or not _GOES_ON_TO_SAY.search(line.low, hit.end, one.start):
        return False
    return bool(_IN_PASSING.search(line.low[: hit.start]))
