"""How bad a symptom is said to be and since when: the words of the line, with their places."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Expressions
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks, sentence
from consult.nlp.qualifier.cue_words import cue

_AHEAD = 70  # characters after a symptom that may speak of its course
_BEFORE = 50
_MOST = 3  # words kept for one symptom and kind
_JOINED = re.compile(r"^[\s\"”]*(?:/|&|\+|,? ?\band\b|\bn\b)[\s\"“]*$")
_STOP = re.compile(
    r"[;!?\n|]|\.(?=\s|$)| but |"
    r", (?!(?:mild|moderate|severe|worse|better|getting|started|began|since|onset|for|x ?\d|\d))"
)
_ENDING = re.compile(
    r"\b(?:stopp\w+|stop|quit|d/c\W?\w*|dc'?e?d|discontinued|held|holding|(?<!and )(?<!or )off|dropped|pulled|ditched|"
    r"tossed|gave up|switch\w*|chang\w+|swapp\w+|swap|replac\w+|moved|cut|lowered|reduced|halved|tapered|weaned)\b"
)
_REASON = re.compile(
    r"\b(?:because|bc|b/c|cuz|due to|d/t|2/2|secondary to|on account of|over|for|from|after|"
    r"as (?:it|she|he|they|i|her|his|my)|since (?:it|she was|he was|she got|he got))\b"
)
_NEXT_CLAUSE = re.compile(r" ?(?:[,(:–-]|->|→|and\b|so\b)")
_UNTIL = re.compile(r"\b(?:until|till?) $")
_DUE_TO = re.compile(r" (?:from|due to|d/t|2/2|caused by|because of|bc of) (?:(?:the|her|his|my) )?$")
_SO_LONG = re.compile(
    r"(?: \d[\d.]*(?: ?m?c?g)?)?,? (?:x ?\d|for (?:\w+ ){0,2}\d|for (?:a|the|two|three|several|weeks|months|days)\b)"
)
_NO_TIME = ("since", "since the", "since the dose", "since her", "since his")  # when that was stands elsewhere
_SINCE = re.compile(r"\b(?:since|after|when|once)\b")


class Course(NamedTuple):
    """`severity` and `onset` as typed, None where not said; `cues` are where they stand."""

    severity: str | None = None
    onset: str | None = None
    cues: tuple[Cue, ...] = ()


_NOTHING_SAID = Course()


def read_courses(line: Line, effects: list[Found], drugs: list[tuple[int, int]]) -> list[Course]:
    """One a symptom, in order. A time after a joined list ("N/V x 3 d") is that of each member."""
    if not effects:
        return []
    breaks = hard_breaks(line)
    likely = _forms().likely(line.lacks)
    if not likely:
        return [_NOTHING_SAID] * len(effects)
    out: list[Course] = []
    for i in range(len(effects)):
        taken = max(cue.end for cue in out[-1].cues) if out and out[-1].cues else 0
        out.append(_course(line, breaks, effects, i, drugs, taken, likely))
    for i in range(len(effects) - 2, -1, -1):
        if out[i].onset is not None or out[i + 1].onset is None:
            continue
        if _JOINED.match(line.low[effects[i].end : effects[i + 1].start]):
            shared = tuple(one for one in out[i + 1].cues if one.sets == "onset" and one.start >= effects[i + 1].end)
            if shared:
                out[i] = Course(out[i].severity, out[i + 1].onset, (*out[i].cues, *shared))
    return out


def _course(
    line: Line,
    breaks: list[int],
    effects: list[Found],
    i: int,
    drugs: list[tuple[int, int]],
    taken: int,
    likely: list[tuple[tuple[str, str], re.Pattern[str]]],
) -> Course:
    one = effects[i]
    begins, right = sentence(line, breaks, one.start)
    left, right = max(begins, taken, one.start - _BEFORE), min(right, one.end + _AHEAD)
    if i:
        left = max(left, effects[i - 1].end)
    if i + 1 < len(effects):
        right = min(right, effects[i + 1].start)
    for start, end in drugs:
        if end <= one.start:
            left = max(left, end)
        elif start >= one.end and not _of_it_so_long(line, one.end, start, end):
            right = min(right, start)
    stop = _STOP.search(line.low, one.end, right)
    places = {
        "before": (left, one.start),
        "inside": (one.start, one.end),
        "after": (one.end, stop.start() if stop else right),
    }
    found: dict[str, list[tuple[int, int]]] = {"severity": [], "onset": []}
    for (sets, where), pattern in likely:
        start, end = places[where]
        if start >= end:
            continue
        spans = found[sets]
        for match in pattern.finditer(line.low[start:end]):
            first, last = start + match.start(), start + match.end()
            if sets == "onset" and where != "inside" and _of_a_drug(line, one, (first, last), begins, drugs):
                continue
            if sets == "onset" and line.low[first:last].strip() in _NO_TIME:
                continue
            if first < last and not any(a < last and first < b for a, b in spans):
                spans.append((first, last))
    if not found["severity"] and not found["onset"]:
        return _NOTHING_SAID
    cues = [cue(line, sets, *_trimmed(line, span)) for sets, spans in found.items() for span in sorted(spans)[:_MOST]]
    said = {sets: ", ".join(one.text for one in cues if one.sets == sets) or None for sets in ("severity", "onset")}
    return Course(said["severity"], said["onset"], tuple(cues))


def _of_a_drug(line: Line, one: Found, span: tuple[int, int], begins: int, drugs: list[tuple[int, int]]) -> bool:
    """ "stopped lisinopril last week bc of cough": whether a time tells when a drug was given up, not since when the
    symptom is there."""
    first, last = span
    if first >= one.end:
        told = _ENDING.search(line.low, one.end, first)  # "rash so stopped it last week"
        return told is not None and not _SINCE.search(line.low, one.end, told.start())
    if not any(begins <= start and end <= first for start, end in drugs):
        return False
    if _REASON.search(line.low, last, one.start) or _UNTIL.search(line.low, begins, first):
        return True
    return bool(_NEXT_CLAUSE.match(line.low, last, one.start) and _ENDING.search(line.low, begins, first))


def _of_it_so_long(line: Line, symptom: int, start: int, end: int) -> bool:
    """ "cough from lisinopril for 2 months": whether the time behind a drug is that of the symptom before it."""
    return bool(_DUE_TO.match(line.low[symptom:start]) and _SO_LONG.match(line.low, end))


def _trimmed(line: Line, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start < end and line.low[start] in " ,(-:":
        start += 1
    while end > start and line.low[end - 1] in " ,)-:":
        end -= 1
    return start, end


@cache
def _forms() -> Expressions[tuple[str, str]]:
    slots: dict[str, str] = {}
    found: list[tuple[tuple[str, str], str]] = []
    for row in wordlist.lines("qualifier", "course.txt"):
        name, _, expression = row.partition(" | ")
        expression = wordlist.filled(expression, slots)
        if name.startswith("$"):
            slots[name[1:]] = expression
            continue
        kind, place = name.split()
        if place == "before":
            expression += r"(?=[\s,]*(?:\w+ ){0,2}$)" if kind == "severity" else ""
        found.append(((kind, place), expression))
    return Expressions(found)


def form_patterns(sets: str, where: str) -> tuple[re.Pattern[str], ...]:
    """The wordings of "severity" or "onset" that stand "before", "inside" or "after" a symptom."""
    return tuple(pattern for key, pattern in _forms() if key == (sets, where))
