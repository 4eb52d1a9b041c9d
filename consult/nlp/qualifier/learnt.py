"""What a model sees of the words around a drug, or around a drug and a symptom: its features.

The drug that is asked about is told from the others, a symptom is one token whatever its words, a number is one
whatever its figures. tools/training gives each feature its weights, `weights` adds them up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from consult.nlp.line import Line

Feature = tuple[str, int, int]  # its name, and its first and last token
Spans = Sequence[tuple[int, int]]  # offsets into the line
Walk = tuple[int, int, int, int]  # the tokens on a side (by its number), from `at` by `step` up to but without `stop`

NEAR = 3  # tokens
DRUG, SYMPTOM, NUMBER = "+D", "+S", "0"  # no token of a line has two characters and a mark
_NAMES = (DRUG, SYMPTOM)
ENDS = frozenset(".;?!")
SIDES = ("L", "R", *(f"{order}{side}" for order in ("DS", "SD") for side in "-<LR"))
_PAIR = {order: SIDES.index(f"{order}-") for order in ("DS", "SD")}  # the first of the four sides of a pair
ZONES = 4  # of a side: plain, where the sentence has ended, where another drug stands between, or both
TURNS = {**dict.fromkeys(ENDS, 1), DRUG: 2}  # what the zone of the words behind is known by
_WINDOW = 25  # tokens on either side of a drug
REACH = 40  # tokens that the network sees beside the one that it is asked about, at most
_BEFORE = 10  # of them those that stand before a pair
_BETWEEN, _BESIDE = 20, 8  # tokens between a drug and a symptom, and outside of the two


class Marked(NamedTuple):
    """The tokens of a line with each drug and each symptom as one token.

    `firsts` are the tokens of the line that each begins with, `drugs` and `symptoms` the places of each among them, -1
    where it has none.
    """

    tokens: list[str]
    firsts: list[int]
    drugs: list[int]
    symptoms: list[int]


def marked(line: Line, drugs: Spans, symptoms: Spans) -> Marked:
    tokens = [NUMBER if "0" <= low < ":" else low for low in line.lows]
    firsts = list(range(len(tokens)))
    places = [-1] * len(drugs), [-1] * len(symptoms)
    named = [(*span, 0, i) for i, span in enumerate(drugs)] + [(*span, 1, i) for i, span in enumerate(symptoms)]
    over = fewer = 0
    for start, end, kind, i in sorted(named):
        if start < over:
            continue
        first, last = line.at(start), line.at(end)
        at = places[kind][i] = first - fewer
        tokens[at : last - fewer] = [_NAMES[kind]]
        firsts[at : last - fewer] = [first]
        over, fewer = end, fewer + last - first - 1
    return Marked(tokens, firsts, *places)


def told(word: str) -> str:
    """What a word is to the model."""
    return NUMBER if "0" <= word < ":" else word


def around_drug(tokens: Sequence[str], place: int) -> tuple[Walk, ...]:
    left, right = place - 1, place + 1
    return (0, left, -1, max(-1, left - _WINDOW)), (1, right, 1, min(len(tokens), right + _WINDOW))


def around_pair(tokens: Sequence[str], drug: int, symptom: int) -> tuple[Walk, ...]:
    if drug < symptom:
        side, first, last = _PAIR["DS"], drug, symptom
    else:
        side, first, last = _PAIR["SD"], symptom, drug
    return (
        (side, first + 1, 1, min(last, first + 1 + _BETWEEN)),
        (side + 1, last - 1, -1, max(first, last - 1 - NEAR)),
        (side + 2, first - 1, -1, max(-1, first - 1 - _BESIDE)),
        (side + 3, last + 1, 1, min(len(tokens), last + 1 + _BESIDE)),
    )


def window(tokens: Sequence[str], first: int, last: int) -> tuple[int, int]:
    """What the network sees around a drug (`first` is `last`) or around a pair: from where to where, at most REACH + 1
    tokens; (0, 0) where the pair stands too far apart."""
    room = REACH - (last - first)
    if room < 0:
        return 0, 0
    before = REACH // 2 if first == last else min(_BEFORE, room // 2)
    start = max(0, first - before)
    return start, min(len(tokens), start + REACH + 1)


def between(tokens: Sequence[str], drug: int, symptom: int) -> str:
    """The feature of few words between a drug and a symptom, "" where there are more."""
    if drug < symptom:
        return f"DS is {' '.join(tokens[drug + 1 : symptom])}" if symptom - drug <= NEAR + 2 else ""
    return f"SD is {' '.join(tokens[symptom + 1 : drug])}" if drug - symptom <= NEAR + 2 else ""


def as_a_whole(tokens: Sequence[str], drug: int, symptom: int) -> tuple[str, str, int, int, int]:
    """What stands between a drug and a symptom as a whole: the order, an end, other drugs and symptoms, how far."""
    order, first, last = ("DS", drug, symptom) if drug < symptom else ("SD", symptom, drug)
    words = tokens[first + 1 : last]
    ended = "." if ENDS.isdisjoint(words) else ";"
    return order, ended, min(words.count(DRUG), 2), min(words.count(SYMPTOM), 2), min(len(words), 8) // 2


def whole_features(order: str, ended: str, drugs: int, symptoms: int, apart: int) -> list[str]:
    return [f"{order} ended {ended}", f"{order} others {drugs} {symptoms}", f"{order} apart {apart}"]


def zones(side: str) -> tuple[str, str, str, str]:
    """The names of the parts of a side, by what has turned it."""
    return f"{side}.", f"{side};", f"{side}D.", f"{side}D;"


def along(tokens: Sequence[str], walk: Walk) -> Iterator[Feature]:
    """The features of a walk: each word, each with the next, whether it is near, that it stands there at all."""
    number, at, step, stop = walk
    side, zone = SIDES[number], 0
    named = zones(side)
    if at == stop:
        yield nothing(side), at, at
    far = 0
    while at != stop:
        word = tokens[at]
        zone |= TURNS.get(word, 0)
        yield f"{named[zone]} {word}", at, at
        yield f"{named[zone]}{'near' if far < NEAR else 'far'} {word}", at, at
        yield f"{anywhere(side)} {word}", at, at
        first = at
        at += step
        far += 1
        if at != stop:
            yield f"{named[zone]} {word} {tokens[at]}", min(first, at), max(first, at)


def nothing(side: str) -> str:
    return f"{side} nothing"


def anywhere(side: str) -> str:
    return f"{side[:-1]}*"
