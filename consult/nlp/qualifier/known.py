"""What a drug is well known for and what it is given for: which of the two a symptom beside its name is.

"Chantix nightmares" and "metformin: diarrhea" blame by these facts alone; "nauseous w/ Zofran" does not.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from consult.nlp import wordlist
from consult.nlp.drug.find import Drug

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
_NAMED = re.compile(rf"^(?: (?:{_SIZE}))?(?: ?(?:[:=–-]|--))? {_SO}$")  # "Chantix nightmares", "metformin: diarrhea"
_ON = re.compile(r"(?:^|[.;:] )\"?(?:(?:while|when|since) )?on (?:(?:the|her|his|my) )*$")
_TOO = re.compile(r"^(?: (?:is|was|are|just|pills?|tabs?))* (?:way |much |just )?(?:too|so) $")
_SO_THAT = re.compile(
    r"^[^.;]{0,40}?\b(?:so bad|quit\w*|stop\w*|toss\w*|d/c\w*|dc'?d|off|ditch\w*|dropp\w*|hates?|hated|"
    r"can't (?:handle|take|stand|"
    r"deal)|couldn't (?:handle|take|stand|deal)|sick of|tired of|fed up|wants? (?:to (?:try|switch|change|come|"
    r"stop|get|go)|"
    r"something|smthg|smth|another|a different|diff\w*|out)|asks? (?:to|for) (?:switch|change|stop|another|"
    r"something)|switch\w*|"
    r"chang\w+|swapp\w+|held|lower\w*|reduc\w+|cut|halv\w+|helps|(?:takes?|uses?|treats?|using|taking)\b[^.;]{0,20}\b(?:w|w/|with|for|"
    r"it))\b"
)
_AFTER_IT = re.compile(r"^ ?(?:[–(=-]|--|<-) ?(?:(?:the|on|her|his|my) )*$")  # "dry cough (lisinopril)"
_LIST = tuple[tuple[tuple[str, ...], frozenset[str], frozenset[str]], ...]


def known_for(drug: Drug, concept: str) -> bool:
    return concept in _concepts("known_for.txt", drug.ingredients)


def given_for(drug: Drug, concept: str) -> bool:
    return concept in _concepts("given_for.txt", drug.ingredients)


def named_with(before: str, gap: str, effect: str, after: str) -> tuple[int, int] | None:
    """The span of "with" in the gap between a drug and a symptom, or of all of it where they stand side by side.

    Side by side alone says nothing ("Cymbalta 60 qd, sweating a lot" is two findings): the line has to begin with "on",
    to say "too" or what came of it.
    """
    if found := _WITH.match(gap):
        return found.span(1)
    too = _TOO.match(gap) or (gap == " " and effect.startswith("too "))
    if too or (_NAMED.match(gap) and (_ON.search(before) or _SO_THAT.match(after))):
        return 0, len(gap)
    return None


def named_after(gap: str) -> bool:
    """Whether a symptom and the drug behind it are side by side: "dry cough (lisinopril)"."""
    return _AFTER_IT.match(gap) is not None


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
def _rows(name: str) -> _LIST:
    """Endings of names, whole names, and the concepts of each row."""
    out = []
    for row in wordlist.lines("qualifier", name):
        names, _, concepts = row.partition(": ")
        some = names.split()
        endings = tuple(one[1:] for one in some if one[0] == "-")
        out.append((endings, frozenset(some), frozenset(concepts.split(", "))))
    return tuple(out)
