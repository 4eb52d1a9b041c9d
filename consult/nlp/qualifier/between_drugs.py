"""What stands between two drugs or beside both tells of their use: an arrow, "vs", "before the", "now on the other"."""

from __future__ import annotations

import re
from itertools import pairwise

from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.standing import Standing

_ARROW = Rare(r"^[ \w.,/]{0,40}?(->|-->|=>|→| >>? ) ?$")
_OUT = Rare(r"^[ \w./]{0,20}? (out|off),? (?:and |& |w/ |with )?(?:the |her |his )?$")  # "Paxil out, Effexor in"
_IN = re.compile(r"^[\w ./%]{0,30}? (?:in\b(?! (?:the|a|am|pm|her|his)\b)|instead\b)")
_LATER = re.compile(
    r"if\b|pending\b|(?:to )?(?:start(?:s|ing)?|begin(?:s|ning)?) (?:on |in )?(?:\d|mon|tue|wed|thu|fri|sat|sun|"
    r"tom|tmrw|next|when|"
    r"once|after|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
)
_SWAPPED_FOR = Rare(  # "simvastatin swapped out years ago for pravastatin"
    r"^[^.;,]{0,30}? (swapped|traded|exchanged|replaced|switched|changed)(?: out)?(?: \w+){0,3} (?:for|by|with) "
    r"(?:the )?$"
)
_SO_PUT_ON = Rare(  # "verapamil -> constipated, so cards put her on diltiazem"
    r"(?:->|→|=|\b(?:made|gave|caused|hurt|bothered|upset|kept|messed|gives|makes|"
    r"causes)\b)[^.;]{2,60}\b(so) (?:\w+ ){0,2}?"
    r"(?:put|started|placed|moved|changed|switched)(?: (?:her|him|me|pt|them))?(?: (?:on|to|over to))?(?: the)? $"
)
_TOGETHER = re.compile(r"^ ?(?:\+|&|/|and) ?$")  # "A+B -> C"
_OF_CAUSES = re.compile(r"(?:\b(?:from|due to|d/t|2/2|caused by|because of)|\?)(?: (?:the|her|his|my))? ?$")
_VERSUS = Rare(r"^ ?(vs\.?|versus) ?$")
_NOT_THIS = Rare(r"[,(] ?(not) (?:the )?$")  # "hydralazine (not hydroxyzine)": which of two that sound alike
_CLOSED = re.compile(r"^ ?(?:[),;.]|$)")
_BETWEEN = any_of(_VERSUS, _NOT_THIS, _ARROW, _OUT, _SWAPPED_FOR, _SO_PUT_ON)
_TOOK = Rare(r"\b(?:took|tried|was on|used|had been on|did|had)(?: [\w./%-]+){0,3} $")
_DID = re.compile(r"\b(?:didn'?t|did|made|gave|failed|hurt|bothered|caused|was|stopped)\b")
_BEFORE_NEXT = Rare(  # "took Celexa before the Wellbutrin"
    r"^[^.;,]{0,40}? (before|prior to) (?:(?:the|her|his|my|they|starting|trying|tried|going|getting|switching|"
    r"changing|on|to) )*$"
)
_DID_THEN = Rare(
    r"^ (?:(?:just|really|had|always) )?(gave|made|caused|messed|hurt|bothered|upset|kept|put|tore|wrecked|knocked|"
    r"killed|raised|dropped|swelled)\b"
)
_NOW_ON = re.compile(r"\bnow (?:on|takes|taking|using|uses) (?:(?:the|just|only) )?$")
_NOW = re.compile(r"^(?: [\d./]+(?: ?(?:mg|mcg|units?))?)? now\b")
_NEAR_NOW = 20  # characters before a drug
_REACH = 60  # characters before a drug
OF_BOTH = (_BEFORE_NEXT, _DID_THEN)


def first_meant(line: Line, drugs: list[Drug], standings: list[Standing]) -> None:
    """ "was on lisinopril before Entresto, stopped 36 h prior": what is said to have stopped is the first."""
    if line.lacks & _BEFORE_NEXT.telling:
        return
    for i, (one, other) in enumerate(pairwise(standings)):
        if (
            one.status == other.status == "stopped"
            and other.cues[0].start >= drugs[i + 1].end
            and before_another(line, drugs[i], drugs[i + 1])
        ):
            other.status, other.cues = "active", []


def switched(line: Line, drugs: list[Drug], standings: list[Standing]) -> None:
    """ "Trulicity -> Mounjaro" is a switch where nothing else is said of either."""
    if line.lacks & _BETWEEN:
        return
    for i in range(len(drugs) - 1):
        gap = line.low[drugs[i].end : drugs[i + 1].start]
        other = _VERSUS.match(gap, line.lacks)
        causes = other and _OF_CAUSES.search(line.low[: drugs[i].start])  # "2/2 chemo vs metoprolol": both are taken
        if other and not causes and not standings[i].cues and not standings[i + 1].cues:
            for one in standings[i : i + 2]:
                one.status = "unknown"
                one.cues = [cue(line, "status", drugs[i].end + other.start(1), drugs[i].end + other.end(1))]
        instead = _NOT_THIS.search(gap, line.lacks)
        if instead and standings[i + 1].status == "active" and _CLOSED.match(line.low[drugs[i + 1].end :]):
            standings[i + 1].status = "not-taken"
            standings[i + 1].cues = [
                cue(line, "status", drugs[i].end + instead.start(1), drugs[i].end + instead.end(1))
            ]
        match = _ARROW.match(gap, line.lacks)
        if match is None and _IN.match(line.low[drugs[i + 1].end :]):
            match = _OUT.match(gap, line.lacks)
        match = match or _SWAPPED_FOR.match(gap, line.lacks) or _SO_PUT_ON.search(gap, line.lacks)
        ours = {*drugs[i].ingredients} != {*drugs[i + 1].ingredients}
        first = i
        while first and _TOGETHER.match(line.low[drugs[first - 1].end : drugs[first].start]):
            first -= 1
        if match and standings[i + 1].cues and _LATER.match(standings[i + 1].cues[0].text.lower()):
            continue  # "Tradjenta -> Rybelsus starting Monday": until then the first is taken
        after = standings[i + 1]
        if match and after.status == "intended" and after.cues and after.cues[0].start < drugs[i].start:
            continue  # "plan: swap lisinopril → losartan"
        if match and ours and standings[i].status == "active" and standings[i + 1].status in ("active", "intended"):
            place = drugs[i].end + match.start(1)
            for one in standings[first : i + 1]:
                if one.status == "active":
                    one.status = "stopped"
                    one.cues = [cue(line, "status", place, place + len(match[1]))]


def before_another(line: Line, drug: Drug, following: Drug) -> tuple[int, int] | None:
    """ "took Celexa before the Wellbutrin": the place of the word that tells that one came before the other."""
    found = _BEFORE_NEXT.match(line.low[drug.end : following.start], line.lacks)
    if found is None:
        return None
    past = _TOOK.search(line.low, line.lacks, max(0, drug.start - _REACH), drug.start) or _DID.search(found.group())
    return (drug.end + found.start(1), drug.end + found.end(1)) if past else None


def left_for_another(line: Line, drugs: list[Drug], index: int) -> tuple[int, int] | None:
    """ "now on losartan, lisinopril gave him a cough": the place of the verb by which the drug was left for another."""
    drug = drugs[index]
    found = _DID_THEN.match(line.low[drug.end :], line.lacks)
    if found is None:
        return None
    for other in drugs:
        now = _NOW_ON.search(line.low[max(0, other.start - _NEAR_NOW) : other.start]) or _NOW.match(
            line.low[other.end :]
        )
        if other is not drug and other.ingredients != drug.ingredients and now:
            return drug.end + found.start(1), drug.end + found.end(1)
    return None
