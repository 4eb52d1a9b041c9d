"""What a model sees of the words around a drug, or around a drug and a symptom: its features.

The drug that is asked about is told from the others, a symptom is one token whatever its words, a number is one
whatever its figures. tools/training gives each feature its weights, `second_reading` adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from consult.nlp.line import Line

Feature = tuple[str, int, int]  # its name, and its first and last token
Spans = Sequence[tuple[int, int]]  # offsets into the line

NEAR = 3  # tokens
DRUG, SYMPTOM, _NUMBER = "+D", "+S", "0"  # no token of a line has two characters and a mark
_NAMES = (DRUG, SYMPTOM)
ENDS = frozenset(".;?!")
SIDES = ("L", "R", *(f"{order}{side}" for order in ("DS", "SD") for side in "-<LR"))
_WINDOW = 25  # tokens on either side of a drug
_BETWEEN, _BESIDE = 20, 8  # tokens between a drug and a symptom, and outside of the two


class Marked(NamedTuple):
    """The tokens of a line with each drug and each symptom as one token.

    `spans` are the tokens of the line that each stands for (end exclusive), `drugs` and `symptoms` the places of each
    among them, -1 where it has none.
    """

    tokens: list[str]
    spans: list[tuple[int, int]]
    drugs: list[int]
    symptoms: list[int]


def marked(line: Line, drugs: Spans, symptoms: Spans) -> Marked:
    tokens = [_NUMBER if "0" <= low < ":" else low for low in line.lows]
    spans = [(i, i + 1) for i in range(len(tokens))]
    places = [-1] * len(drugs), [-1] * len(symptoms)
    named = [(*span, 0, i) for i, span in enumerate(drugs)] + [(*span, 1, i) for i, span in enumerate(symptoms)]
    over = fewer = 0
    for start, end, kind, i in sorted(named):
        if start < over:
            continue
        first, last = line.at(start), line.at(end)
        at = places[kind][i] = first - fewer
        tokens[at : last - fewer] = [_NAMES[kind]]
        spans[at : last - fewer] = [(first, last)]
        over, fewer = end, fewer + last - first - 1
    return Marked(tokens, spans, *places)


class Walk(NamedTuple):
    """The tokens on one side, from `at` by `step` up to but without `stop`."""

    side: str
    at: int
    step: int
    stop: int


def around_drug(tokens: Sequence[str], place: int) -> tuple[Walk, ...]:
    left, right = place - 1, place + 1
    return (
        Walk("L", left, -1, max(-1, left - _WINDOW)),
        Walk("R", right, 1, min(len(tokens), right + _WINDOW)),
    )


def around_pair(tokens: Sequence[str], drug: int, symptom: int) -> tuple[Walk, ...]:
    order = "DS" if drug < symptom else "SD"
    first, last = min(drug, symptom), max(drug, symptom)
    return (
        Walk(f"{order}-", first + 1, 1, min(last, first + 1 + _BETWEEN)),
        Walk(f"{order}<", last - 1, -1, max(first, last - 1 - NEAR)),
        Walk(f"{order}L", first - 1, -1, max(-1, first - 1 - _BESIDE)),
        Walk(f"{order}R", last + 1, 1, min(len(tokens), last + 1 + _BESIDE)),
    )


def as_a_whole(tokens: Sequence[str], drug: int, symptom: int) -> list[str]:
    """The features of what stands between a drug and a symptom as a whole."""
    order = "DS" if drug < symptom else "SD"
    between = tokens[min(drug, symptom) + 1 : max(drug, symptom)]
    ended = ";" if not ENDS.isdisjoint(between) else "."
    names = [
        f"{order} ended {ended}",
        f"{order} others {min(between.count(DRUG), 2)} {min(between.count(SYMPTOM), 2)}",
        f"{order} apart {min(len(between), 8) // 2}",
    ]
    return [*names, f"{order} is {' '.join(between)}"] if len(between) <= NEAR + 1 else names


@cache
def zones(side: str) -> tuple[str, str, str, str]:
    """The names of the parts of a side: plain, where the sentence has ended, another drug stands between, or both."""
    return f"{side}.", f"{side};", f"{side}D.", f"{side}D;"


def along(tokens: Sequence[str], walk: Walk) -> Iterator[Feature]:
    """The features of a walk: each word, each with the next, whether it is near, that it stands there at all."""
    side, at, step, stop = walk
    named, other, ended = zones(side), 0, 0
    if at == stop:
        yield f"{side} nothing", at, at
    far = 0
    while at != stop:
        word = tokens[at]
        if word in ENDS:
            ended = 1
        elif word == DRUG:
            other = 2
        zone = named[other | ended]
        yield f"{zone} {word}", at, at
        yield f"{zone}{'near' if far < NEAR else 'far'} {word}", at, at
        yield f"{side[:-1]}* {word}", at, at
        first = at
        at += step
        far += 1
        if at != stop:
            yield f"{zone} {word} {tokens[at]}", min(first, at), max(first, at)
