"""What a drug is well known for and what it is given for: which of the two a symptom beside its name is.

"Chantix nightmares" and "metformin: diarrhea" blame by these facts alone; "nauseous w/ Zofran" does not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import listed

_DIRECTIONS = (
    r"(?: \d[\d./]*(?: ?(?:mg|mcg|units?|u|%|g|ml))?| (?:xl|xr|er|sr|ir|cr|hfa|daily|qd|bid|tid|qid|qhs|hs|qam|"
    r"qpm|prn|weekly|"
    r"patch|inhaler|pills?|tabs?|drops|gel|cream|po|shots?|inj|injections?))*"
)
_SO = (
    r"(?:(?:still|some|mild|bad|severe|awful|terrible|horrible|wicked|lots of|a lot of|the|usual|has|had|gets|"
    r"got|caused|having|"
    r"real|really|so|too|very|way|daily|occ|new|her|his|my|more|worse|bad) )*"
)
_SIZE = r"\d[\d./]*(?: ?(?:mg|mcg|units?|u|%|g|ml))?"
_WITH = re.compile(rf"^{_DIRECTIONS} (w/|with)(?: {_SO}| )$")  # "Norvasc 10 w/ ankle edema"
_TOO = re.compile(r"^(?: (?:is|was|are|just|pills?|tabs?))* (?:way |much |just )?(?:too|so) $")
_AFTER_IT = re.compile(r"^ ?(?:[–(=-]|--|<-) ?(?:(?:the|on|her|his|my) )*$")  # "dry cough (lisinopril)"
_CONDITION = Rare(
    r"\b(?:if|unless|should (?:an?|any|he|she|they|pt|there)|were (?:he|she|they|pt|there)|in case|"
    r"watch\w* for|call for)\b"
)
_NO_BETTER = Rare(
    r"\b(?:no better|no diff\w*|no change|unchanged|persist\w*|not (?:any |much )?better|not improv\w*|no improvement|"
    r"didn't help|same (?:off|without|as)|"
    r"still there|either way)\b"
)
_OTHER_CAUSE = Rare(
    r"^(?: \w+){0,2} (?:from|due to|d/t|2/2|after|since|bc of|because of|w/|with|when|"
    r"on) (?!(?:the )?(?:first|start|each|every))"
)
_Rows = tuple[tuple[tuple[str, ...], frozenset[str], frozenset[str]], ...]


def known_for(drug: Drug, concept: str) -> bool:
    return concept in _concepts("known_for.txt", drug.ingredients)


def given_for(drug: Drug, concept: str) -> bool:
    return concept in _concepts("given_for.txt", drug.ingredients)


def likely_its(line: Line, one: Found) -> bool:
    """Whether nothing speaks against the drug: no other cause named, no condition, no change without it."""
    if _CONDITION.search(line.low, line.lacks) or _NO_BETTER.search(line.low, line.lacks):
        return False
    return not _OTHER_CAUSE.match(line.low[one.end :], line.lacks)


def named_with(gap: str, effect: str) -> tuple[int, int] | None:
    """The span of "with" in the gap between a drug and a symptom, or of all of the gap where "too" stands in it.

    Side by side alone says nothing: "Cymbalta 60 qd, sweating a lot" is two findings.
    """
    if found := _WITH.match(gap):
        return found.span(1)
    return (0, len(gap)) if _TOO.match(gap) or (gap == " " and effect.startswith("too ")) else None


def named_after(gap: str) -> bool:
    """Whether a symptom and the drug behind it are side by side: "dry cough (lisinopril)"."""
    return _AFTER_IT.match(gap) is not None


_HEADS = re.compile(r"(?:^|[;|\n]|[.] |^\s*(?:[-*•]|\d+[.)])) ?$")
_ITS_REACTION = re.compile(r"(?: (?:xl|xr|er|sr|ir|cr|la|hfa|generic|brand))?(?: ?: ?| ?[-–—] )$")
_NOTHING_MORE = re.compile(r" ?(?:$|[.;|\n])")


def headed(line: Line, drug: Drug, one: Found, effects: list[Found]) -> tuple[int, int] | None:
    """The dash or colon between a drug and what it is known for, where the line says nothing else: "lisinopril -
    angioedema"."""
    if not (known_for(drug, one.concept) and not given_for(drug, one.concept)):
        return None
    if not _HEADS.search(line.low, 0, drug.start) or not _ITS_REACTION.fullmatch(line.low, drug.end, one.start):
        return None
    end = one.end
    for other in effects:
        if other.start > end and listed(line, end, other.start):
            end = other.end
    return (drug.end, one.start) if _NOTHING_MORE.match(line.low, end) else None


@lru_cache(maxsize=4096)
def _concepts(name: str, ingredients: tuple[str, ...]) -> frozenset[str]:
    firsts = {one.split()[0] for one in ingredients}  # "isosorbide mononitrate" is listed as isosorbide
    return frozenset().union(
        *(
            concepts
            for endings, names, concepts in _rows(name)
            if not names.isdisjoint(firsts) or any(one.endswith(endings) for one in ingredients)
        )
    )


@cache
def _rows(name: str) -> _Rows:
    """Endings of names, whole names, and the concepts of each row."""
    out = []
    for row in wordlist.lines("qualifier", name):
        names, _, concepts = row.partition(": ")
        some = names.split()
        endings = tuple(one[1:] for one in some if one[0] == "-")
        out.append((endings, frozenset(some), frozenset(concepts.split(", "))))
    return tuple(out)
