"""What is said of a drug in a form that leaves no doubt: it holds against what cues and the second reading gave."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Expressions, Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.again import taken_again
from consult.nlp.qualifier.clauses import listed
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.known import given_for
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.when_taken import is_vaccine
from consult.nlp.sig.read import read_directions

_REACH = 90  # characters before a drug
_OF_ALLERGY = "allergic rhinitis"
_ALLERGIES = re.compile(r"(?:seasonal |known |drug )?(?:allerg(?:y|ies|ic)|all|alg)(?: to)?$")
_CONDITION = re.compile(  # behind "allergic" or "allergy": what is treated, or with what
    r"^(?:,? (?:rhinitis|asthma|conjunctivitis|dermatitis|eczema|sinusitis|cough|season|symptoms|sx|shots?|drops|"
    r"in (?:the )?(?:spring|fall|summer|winter)|flaring|acting up|(?:are |really )?bad|bothering)\b)"
)
_SEASONAL = re.compile(r"\b(?:seasonal|environmental|spring|fall|nasal|pollen|dust|hay fever|pet|cat|dog|chronic) $")
_MEDS = re.compile(r"allerg(?:y|ies) (?:meds?|medications?|medicines?|pills?|drops)$")
_TAKES = re.compile(
    r"\b(?:takes|taking|uses|using|on)(?: \w+)? $|\b(?:controlled|managed|treated|relieved|better|bad|worse|"
    r"flaring|acting)\b"
)
_WORD = re.compile(r"\w")
_DIRECTED = re.compile(r"^\W{0,3}\d[\d.,/]* ?(?:mg|mcg|sprays?|gtts?|drops?|tabs?|puffs?)\b|^ (?:nightly|daily)\b")
_PAST = re.compile(
    r"(?:(?:was|were|had been) (?:once )?(?:on|taking|using)|(?:previously|formerly|prev) (?:on|took|taking)|"
    r"used to (?:be on|take|use))$"
)
_PAST_THEN = re.compile(  # "was on Celexa and then Effexor", "was on Effexor and before that Paxil"
    r"^(?: (?:xl|xr|er|sr|cr|ir))?,? ?(?:(?:and|&) )?((?:(?:and|&) )?(?:then|later|after that|before that|"
    r"prior to that|followed by))(?: (?:on|it was))?(?: the)? $"
)
_KIND_THEN = re.compile(  # "was on a statin years ago, thinks it was Zocor", "was on HRT, Premarin she thinks"
    r"^(?P<when>(?: [\w'/]+){0,4}),? (?:(?P<guess>(?:thinks?|believes?|maybe|possibly|probably|pretty sure|"
    r"guess(?:es)?|might have been|may have been)(?: (?:she|he|pt|i|it|it's|that|was|were|is|been|the|"
    r"name))*) )?(?:the )?$"
)
_GUESSED = re.compile(
    r"^,? ((?:she|he|i|pt|they|maybe)? ?(?:thinks?|believes?|guess(?:es)?|maybe|possibly|i'm guessing))\b"
)
_THEN = Rare(
    r"\b(?:then|later|after that|before that|prior to that|followed by|thinks?|believes?|guess(?:es)?|maybe|possibly|"
    r"probably|pretty sure|might have|may have)\b"
)
_NOT_OVER = re.compile(
    r"^(?: \d[\d.,/]* ?(?:mg|mcg|units?)?\b|,? (?:and )?(?:which|that|is|now|currently|since|still|"
    r"(?:she|he|pt) (?:is )?still)\b)"
)
_FOR_THEM = re.compile(r"^[^.,;]{0,30}\bfor (?:[\w-]+ ){0,2}allerg")
_Said = tuple[str, frozenset[str], re.Pattern[str] | None]  # the status, of which read before, what stands behind


def _rows() -> tuple[Expressions[_Said], Expressions[_Said]]:
    slots = dict(row.split(" | ", 1) for row in wordlist.lines("qualifier", "use_slots.txt"))
    before: list[tuple[_Said, str]] = []
    behind: list[tuple[_Said, str]] = []
    for row in wordlist.lines("qualifier", "settled.txt"):
        told, _, shape = row.partition(" | ")
        status, _, read = told.partition(" of ")
        first, _, last = wordlist.filled(shape, slots).partition("{drug}")
        reads = frozenset(read.split("/")) if read else frozenset()
        if first:
            before.append(((status, reads, re.compile(last) if last else None), f"{first}$"))
        else:
            behind.append(((status, reads, None), last))
    return Expressions(before), Expressions(behind)


_BEFORE, _BEHIND = _rows()


def settle(line: Line, drugs: Sequence[Drug], standings: Sequence[Standing]) -> None:
    """Changes the standings of which the line tells something else in such a form."""
    for index, (drug, standing) in enumerate(zip(drugs, standings, strict=True)):
        if standing.status == "allergy" and _treated(line, drugs, index, standings):
            standing.status, standing.cues = "active", []
        elif (told := _told(line, drug, standing.status)) and not (told[0] == "active" and is_vaccine(drug)):
            status, start, end = told
            standing.status, standing.cues = status, [cue(line, "status", start, end)]  # type: ignore[assignment]
            for i in range(index + 1, len(drugs)):
                if not listed(line, drugs[i - 1].end, drugs[i].start) or start >= drug.end:
                    break
                standings[i].status, standings[i].cues = standing.status, standing.cues
        if standing.status == "stopped" and is_vaccine(drug):
            standing.status = "completed"  # "Zostavax in 2014"
    taken_again(line, drugs, standings)
    if not line.lacks & _THEN.telling:
        _carried(line, drugs, standings)


def _told(line: Line, drug: Drug, read: str) -> tuple[str, int, int] | None:
    """The status, and where the words are that tell it."""
    start = max(0, drug.start - _REACH)
    for (status, reads, behind), shape in _BEFORE.likely(line.lacks):
        if reads and read not in reads:
            continue
        found = shape.search(line.low, start, drug.start)
        more = behind.match(line.low, drug.end) if found and behind else None
        if found and (more or behind is None):
            return status, *(more if more and more.lastindex else found).span(1)
    for (status, reads, _), shape in _BEHIND.likely(line.lacks):
        if (not reads or read in reads) and (found := shape.match(line.low, drug.end)):
            return status, *found.span(1)
    return None


def _treated(line: Line, drugs: Sequence[Drug], index: int, standings: Sequence[Standing]) -> bool:
    """ "Allergies - Zyrtec 10 mg daily, Flonase": what treats allergies, and is said to be taken."""
    drug, cues = drugs[index], standings[index].cues
    said = cues[0].text.lower() if cues else ""
    at = cues[0].start if cues else 0
    condition = _CONDITION.match(line.low[cues[0].end :]) or _SEASONAL.search(line.low[:at]) if cues else None
    if condition and said.startswith("allerg") and not said.endswith(" to"):
        return True  # "perennial allergic rhinitis - Nasonex"
    if not given_for(drug, _OF_ALLERGY) or not (_MEDS.match(said) or _ALLERGIES.match(said)):
        return False
    before, after = line.low[cues[0].end : drug.start], line.low[drug.end :]
    if said.endswith(" to") and not _WORD.search(before):
        return False  # "allergic to Zyrtec 10 mg"
    if _MEDS.match(said) or _FOR_THEM.match(after) or line.low[: cues[0].start].endswith("for "):
        return True
    stop = drugs[index + 1].start - drug.end if index + 1 < len(drugs) else len(after)
    if _DIRECTED.match(after) or _TAKES.search(before):
        return True
    directions = read_directions(after[:stop], drug.ingredients)
    if directions.frequency or directions.as_needed:
        return True
    other = drugs[index - 1] if index else None
    return bool(other and standings[index - 1].status == "active" and given_for(other, _OF_ALLERGY))


def _carried(line: Line, drugs: Sequence[Drug], standings: Sequence[Standing]) -> None:
    """What was taken once holds of what was taken then, too, and of the name of its kind told as an afterthought."""
    for (first, one), (other, then) in pairwise(zip(drugs, standings, strict=True)):
        if one.status != "stopped" or then.status not in ("active", "unknown") or not one.cues:
            continue
        said, after = one.cues[0], line.low[other.end :]
        gap = line.low[first.end : other.start]
        if said.end > first.start or not _PAST.search(said.text.lower()) or _NOT_OVER.match(after):
            continue
        if found := _PAST_THEN.match(gap):
            then.status, then.cues = "stopped", [*one.cues, cue(line, "status", *_at(first.end, found.span(1)))]
        elif first.match == "class" and (named := _KIND_THEN.match(gap)) and (named["guess"] or _GUESSED.match(after)):
            then.status, then.cues = "stopped", one.cues


def _at(offset: int, span: tuple[int, int]) -> tuple[int, int]:
    return offset + span[0], offset + span[1]
