"""What is told of others than the patient: of whom they care for, of the family's illnesses, of one who is named."""

from __future__ import annotations

import re

from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks, sentence

_CARED_FOR = re.compile(
    r"\b(?:(?P<lives>liv(?:es|ing) (?:with|w/)|shares? [\w ]{1,20} (?:with|w/))|car(?:es|ing) for|"
    r"(?:tak(?:es|ing)|took) care of|caregiver (?:for|to))(?: (?:her|his|my|the|a|an|elderly|older|adult|disabled))* $"
)
_TAKES_IT = re.compile(
    r"^(?P<who>,? (?:who|that)(?='s\b| )|, (?P<he>he|she)(?='s\b| ))?(?:'s)?(?: (?:also|now|is|has been))* "
    r"(?P<does>takes|on|uses|with|w/|taking|using|gets|has|had)(?=[ /])"
    r"(?! (?:care|over|charge|part|turns|her|him|his|pt)\b)"
)
_COMMA = re.compile(r", ?(?:and |& )?")
_FEELS = re.compile(  # "son anxious about mom's meds", "daughter worried and tearful"
    r"^(?:'s)?(?: (?:is|was|seems?|sounds?|feels?|very|really|so|quite|also))*"
    r"(?: (?:and |& )?(?:worried|concerned|anxious|nervous|upset|tearful|crying|stressed|overwhelmed|exhausted|"
    r"frustrated),?)+"
    r"(?= |$|[.;,])(?! (?:on|from|with|w/|since|when) (?!phone))"
)
_TELLS_MORE = re.compile(
    r",? ?(?:and |& )?(?:reports?|says?|states?|asks?|notes?|thinks|wants|calls|called|told|wonders)\b|"
    r",? (?:to|about|that|of|over|re|for|by) "
)
_LISTED_KIN = re.compile(  # as in a list of the family's illnesses
    r"^: ?(?![\"'“‘])(?!.*(?:\b(?:he|she|i|pt|patient|her|his|him|says|said|states|reports|asks|wants|thinks|mom|dad|"
    r"brought|brings|gives?|gave|fills?|manages|sets|helps|calls?|called|present|reporting|bottles?|list|"
    r"we)\b|[\"“?]))"
)
_BEGINS = re.compile(r"(?:^|[.;,] ?)(?:maternal |paternal )?$")
_LISTABLE = frozenset(("mother", "father", "brother", "sister", "grandmother", "grandfather", "aunt", "uncle"))
_OF_FAMILY = Rare(
    r"\bfam(?:ily|\.)? ?(?:med(?:ical)? )?(?:hx|hist|history|h/o)\b|\b(?:fhx|fmhx|famhx|fmh)\b|"
    r"(?<![\w/])fh ?(?=\+|pos\b|of\b|for\b|sig)"
)
_FAMILY_ENDS = re.compile(
    r"[,–-] ?(?:but |and |so )?(?:on|takes?|taking|she|he|pt|patient|now|started|denies|c/o|reports|has|wants|"
    r"worried|asks|no|not|tried|uses|current\w*|her|his|due|check)\b|\b(?:pt|patient|she|he)\b"
)
_HERSELF = Rare(
    r"(?:^|[.;,] )(?!(?:pt|patient|member|client|vet|veteran|resident|man|woman|lady|she|he|i|we|they|and|but|"
    r"by|for|gives?|only|not)\b)([a-z]+) (?:herself|himself) (?:(?:also|now) )?(?:is (?:on|taking|"
    r"using)|takes|uses|has been on|was on|had been on)\b"
)
_WORN = Rare(  # "caregiver tired, 'I haven't slept'"
    r"\b(?:caregiver|carer) (?:(?:is|was|feels?|seems?|very|so|also|admits?|being) )*(?:tired|exhausted|worn out|"
    r"burn(?:ed|t) out|overwhelmed|stressed|anxious|tearful|depressed|fatigued|not sleeping|sleep deprived)\b"
)
_OTHERS = any_of(_OF_FAMILY, _HERSELF, _WORN)


def told_of(line: Line, i: int) -> tuple[int, str] | None:
    """ "cares for wife on Aricept", "lives w/ son, he takes Suboxone": where it is told what the other one takes, by
    which pronoun; "" for none."""
    found = _TAKES_IT.match(line.low[line.ends[i] :])
    cared = _CARED_FOR.search(line.low[: line.starts[i]]) if found else None
    if found is None or cared is None:
        return None
    if not found["who"] and (cared["lives"] or found["does"] not in ("on", "with", "w/", "takes")):
        return None
    return line.ends[i] + found.end(), found["he"] or ""


def of_theirs(line: Line, mentions: list[tuple[int, int]], start: int, stop: int) -> int:
    """Where what is told of another ends: at the first comma behind which no drug is named."""
    for found in _COMMA.finditer(line.low, start, stop):
        if not any(first == found.end() for first, _ in mentions):
            return found.start()
    return stop


def not_patient(line: Line, mentions: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """What is told of the family's illnesses, of somebody who is named, and of who cares for the patient."""
    out: list[tuple[int, int, int, int]] = []
    if line.lacks & _OTHERS:
        return out
    breaks = hard_breaks(line)
    for family in _OF_FAMILY.finditer(line.low, line.lacks):
        stop = sentence(line, breaks, family.end() - 1)[1]
        ends = _FAMILY_ENDS.search(line.low, family.end(), stop)
        stop = ends.start() if ends else stop
        named = [first for first, _ in mentions if family.end() < first and line.low[first - 2 : first] == ", "]
        out.append((family.end(), min([stop, *named]), family.start(), family.end()))
    for found in (*_HERSELF.finditer(line.low, line.lacks), *_WORN.finditer(line.low, line.lacks)):
        first = found.start(found.lastindex or 0)
        stop = sentence(line, breaks, found.end() - 1)[1]
        out.append((first, stop, first, found.end()))
    return out


def feels(line: Line, end: int) -> int:
    """Where the words end that tell how somebody feels who else only reports; the offset itself for none."""
    found = _FEELS.match(line.low[end:])
    return end + found.end() if found else end


def tells_more(line: Line, end: int) -> bool:
    """ "son tearful, reports mom is confused", "wife nervous to give it": who feels so only reports."""
    return _TELLS_MORE.match(line.low, end) is not None


def in_a_list(line: Line, person: str, start: int, end: int) -> bool:
    """ "mother: dizzy on HCTZ", as the family's illnesses are listed."""
    return (
        person in _LISTABLE
        and _BEGINS.search(line.low[:start]) is not None
        and _LISTED_KIN.match(line.low[end:]) is not None
    )
