"""What is taken again after it was stopped or held: "quit Celexa in July, restarted 2 wks ago"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks, listed, sentence
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.when_taken import usual_course

_WHO = (
    r"(?:she|he|pt|patient|they|i|we|mom|dad|pcp|md|np|dr|doc|cards|cardiology|gi|neuro|psych|pulm|endo|rheum|onc|"
    r"surgeon|hospital|snf|rehab|er)"
)
_AGAIN = Rare(
    rf"(?:[,;:–-] ?|\b(?:and|but|then|now|so|yet|{_WHO}) |& )"
    rf"(?:(?:and|but|then|now|so|yet|{_WHO}|has|had|have|was|were|is|been|just|finally|since|later|recently|eventually|"
    r"decided to|put (?:her|him|me|pt)|got put) )*"
    r"((?:re-?started|resumed|re-?initiated|reinstated|(?:started|began|begun|started taking|on) "
    r"(?:it |them |taking it )?(?:again|back(?: up)?|up again)|"
    r"(?:went|gone|got|came|is|now|put|been|put (?:her|him|me)) back (?:on|to)|"
    r"(?P<only>back on|back to (?=it|taking|using))|"
    r"took (?:it|them) back up|picked (?:it|them) back up|(?:taking|takes|using|uses) (?:it|them) (?:again|once more)|"
    r"(?:giving|gave|gives) (?:it|them) (?:another|a second) (?:go|try|shot|chance))"
    r"(?: (?:it|them|taking(?: it| them)?|using(?: it| them)?))?)"
    r"(?=\s*(?:$|[.,;)]|& )| (?:in|last|this|since|on \d|\d|an?|about|around|~|at|for|by|per|after|when|once|now|later|"
    r"yesterday|yest|today|with|w/|due|as|and|because|bc|half|lower|mid)(?![a-z])|"
    r"(?:(?<=ed)|(?<=ed it)) (?:mon|tue|wed|thu|fri|sat|sun|pod|post))"
)
_NOW = re.compile(r"\b(?:now|is|has|had|was|been|put|got) ")
_SINCE = re.compile(r" (?:since|now|again|already|yesterday|last|as of)\b")
_LATER = re.compile(  # "back on when they call", but "back on it when the trial closed"
    r" (?:(?:when|once|after)(?! (?:(?:the|her|his|it|they|that) )*(?:\w+ )?(?:[a-z]{3,}ed|was|came|got|ran|"
    r"were)\b)|in|next|by|"
    r"if|on) "
)
_ENDED_ANEW = re.compile(r"\b(?:stopp?ed|quit|d/c'?d?|dc'?d|held|off|ended|until|till?|if|pulled)\b")


def taken_again(line: Line, drugs: Sequence[Drug], standings: Sequence[Standing]) -> None:
    """Changes the standings of what is told to be taken again behind the words that told its end."""
    if line.lacks & _AGAIN.telling:
        return
    for index, (drug, standing) in enumerate(zip(drugs, standings, strict=True)):
        ended = standing.status in ("stopped", "on-hold") or (standing.status == "completed" and not usual_course(drug))
        if not ended:
            continue
        stop = sentence(line, hard_breaks(line), drug.end)[1]
        for before, after in zip(drugs[index:], drugs[index + 1 :], strict=False):
            if not listed(line, before.end, after.start):
                stop = min(stop, after.start)
                break
        start = max([drug.end, *(one.end for one in standing.cues if one.end <= stop)])
        found = _AGAIN.search(line.low, line.lacks, start)
        if found is None or found.end() > stop or _ENDED_ANEW.search(line.low, found.end(), stop):
            continue
        if not found["only"] or _NOW.search(found.group()) or _already(line, found.end(), standing.status):
            standing.status, standing.cues = "active", [cue(line, "status", *found.span(1))]


def _already(line: Line, end: int, status: str) -> bool:
    """Whether "back on" tells what is: "quit in spring, back on 20 mg", but "held, back on Friday"."""
    if _SINCE.match(line.low, end):
        return True
    return status != "on-hold" and not _LATER.match(line.low, end)
