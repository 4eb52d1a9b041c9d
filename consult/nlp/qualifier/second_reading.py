"""The second reading: what the words around a drug make likely, where the cues said nothing or little.

The cues are read first. A model that was trained on note lines of this project, and that also sees what the cues
gave, then weighs all words of the line; only where it is sure enough of something else does that hold instead. What
tells most for it is its cue. The weights are data (`learnt_status.txt`, `learnt_blame.txt`), made by tools/training.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from math import exp
from struct import Struct

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.drug.find import Drug, spans
from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.known import given_for, known_for
from consult.nlp.qualifier.learnt import (
    DRUG,
    ENDS,
    NEAR,
    SIDES,
    Marked,
    Spans,
    Walk,
    along,
    around_drug,
    around_pair,
    as_a_whole,
    marked,
    zones,
)
from consult.nlp.qualifier.standing import Standing

Link = tuple[list[int], list[Cue]]
_Words = dict[str, int]
Zone = tuple[_Words, _Words, _Words, dict[str, _Words]]  # words, near ones, far ones, and pairs of words

_SURE = 0.6  # of another status, where no cue tells one
_SURER = 0.8  # where a cue does
_SUREST = 0.9  # that a drug is taken of which a cue says something else
_BLAMES, _BLAMES_TOO = 0.6, 0.8  # of a drug where the cues blame none, and where they blame another
_CLEARS = 0.7  # that a drug is not to blame which they blame
_FAR = 40  # characters from a cue to its drug
_MOST = 12  # drugs or symptoms in a line: more is a list, and lists are not told in words
_OF_A_ZONE, _OF_A_WORD = (".", ";"), (".", ";", "near", "far", "*")  # endings of the names of features
_TURNS = {**dict.fromkeys(ENDS, 1), DRUG: 2}  # what the zone of the words behind is known by
_SCALE = 100  # weights are written as whole hundredths
_LANE = 32  # bits: the weights of all classes are one number, so that they are added at once
_MIDDLE = 1 << _LANE - 1  # added to each, so that none is below nought
_MIDDLES = [sum(_MIDDLE << _LANE * i for i in range(classes)) for classes in range(9)]
_LANES = [Struct(f"<{classes}I") for classes in range(9)]


class Weights:
    """What each feature speaks for, one number a class; the numbers of all classes are packed into one.

    The features of words are kept by where they stand, so that a walk along a line only looks words up.
    """

    def __init__(self, name: str) -> None:
        (_, classes), (_, first), *rows = (row.split("\t") for row in wordlist.lines("qualifier", name))
        self.classes = tuple(classes.split())
        self._first = packed(first)
        self._names: dict[str, int] = {}
        self._words: dict[str, dict[str, int]] = {}
        self._pairs: dict[str, dict[str, dict[str, int]]] = {}
        known: dict[str, str] = {}  # one object for each word
        for feature, numbers in rows:
            head, *words = (known.setdefault(word, word) for word in feature.split(" "))
            if len(words) == 1 and head.endswith(_OF_A_WORD):
                self._words.setdefault(head, {})[words[0]] = packed(numbers)
            elif head.endswith(_OF_A_ZONE):
                self._pairs.setdefault(head, {}).setdefault(words[0], {})[words[1]] = packed(numbers)
            else:
                self._names[feature] = packed(numbers)
        self._zones = {side: [self._zone(name) for name in zones(side)] for side in SIDES}

    def _zone(self, name: str) -> Zone:
        here, near, far = (self._words.get(f"{name}{which}", {}) for which in ("", "near", "far"))
        return here, near, far, self._pairs.get(name, {})

    def sums(self, tokens: Sequence[str], walks: Iterable[Walk], names: Iterable[str]) -> list[int]:
        """What the features of `learnt.along` and the names speak for, in hundredths, a class each."""
        total, by_name = self._first, self._names
        for side, at, step, stop in walks:
            if at == stop:
                total += by_name.get(f"{side} nothing", 0)
                continue
            its_zones, anywhere = self._zones[side], self._words.get(f"{side[:-1]}*", {})
            zone, away = 0, at + step * NEAR
            here, by_distance, far, pairs = its_zones[0]
            while at != stop:
                word = tokens[at]
                if word in _TURNS:
                    zone |= _TURNS[word]
                    here, near, far, pairs = its_zones[zone]
                    by_distance = near if (at - away) * step < 0 else far
                elif at == away:
                    by_distance = far
                if said := here.get(word):
                    total += said
                if said := by_distance.get(word):
                    total += said
                if said := anywhere.get(word):
                    total += said
                at += step
                if (seconds := pairs.get(word)) and at != stop and (said := seconds.get(tokens[at])):
                    total += said
        for name in names:
            if said := by_name.get(name):
                total += said
        return unpacked(total, len(self.classes))

    def spoken_for(self, name: str) -> list[int]:
        """What one feature speaks for, in hundredths, a class each."""
        head, *words = name.split(" ")
        if len(words) == 1 and head.endswith(_OF_A_WORD):
            said = self._words.get(head, {}).get(words[0], 0)
        elif head.endswith(_OF_A_ZONE):
            said = self._pairs.get(head, {}).get(words[0], {}).get(words[1], 0)
        else:
            said = self._names.get(name, 0)
        return unpacked(said, len(self.classes))

    def cues(self, line: Line, said: Marked, sets: str, walks: Iterable[Walk], chosen: int, other: int) -> list[Cue]:
        """The words that speak most for one class against another, if any do."""
        most, begin, end = 0, 0, 0
        for walk in walks:
            for name, first, last in along(said.tokens, walk) if walk.at != walk.stop else ():
                by = self.spoken_for(name)
                if by[chosen] - by[other] > most:
                    most, begin, end = by[chosen] - by[other], said.spans[first][0], said.spans[last][1]
        return [cue(line, sets, line.starts[begin], line.ends[end - 1])] if most else []


def packed(numbers: str) -> int:
    return sum(int(number) << _LANE * i for i, number in enumerate(numbers.split()))


def unpacked(total: int, classes: int) -> list[int]:
    """The sum of each class in a sum of packed weights."""
    lanes = (total + _MIDDLES[classes]).to_bytes(4 * classes, "little")
    return [lane - _MIDDLE for lane in _LANES[classes].unpack(lanes)]


@cache
def _weights(name: str) -> Weights:
    return Weights(name)


class SecondReading:
    """Weighs what was read once more. tools/training has one that only notes the features."""

    def __init__(self) -> None:
        self._status, self._blame = _weights("learnt_status.txt"), _weights("learnt_blame.txt")

    def standings(self, line: Line, drugs: Sequence[Drug], symptoms: Spans, standings: Sequence[Standing]) -> None:
        """Changes the standings of which all the words of the line say something else."""
        if not 0 < len(drugs) <= _MOST:
            return
        said = marked(line, spans(drugs), symptoms)
        for place, drug, standing in zip(said.drugs, drugs, standings, strict=True):
            if place >= 0:
                self.standing(line, said, drug, standing, around_drug(said.tokens, place))

    def standing(self, line: Line, said: Marked, drug: Drug, standing: Standing, walks: Sequence[Walk]) -> None:
        weights = self._status
        scores = weights.sums(said.tokens, walks, standing_features(standing, drug))
        best = max(range(len(scores)), key=scores.__getitem__)
        status = weights.classes[best]
        if status == standing.status or _share(scores, best) < enough_to_change(status, bool(standing.cues)):
            return
        before = weights.classes.index(standing.status)
        standing.status = status  # type: ignore[assignment]
        standing.cues = [] if status == "active" else weights.cues(line, said, "status", walks, best, before)

    def blame(
        self,
        line: Line,
        effects: Sequence[Found],
        drugs: Sequence[Drug],
        standings: Sequence[Standing],
        links: Sequence[Link],
        denied: Sequence[int],
    ) -> list[Link]:
        """The links of symptoms to drugs, with those that all the words of the line tell, without those they do not."""
        out = list(links)
        if not 0 < len(drugs) <= _MOST or not 0 < len(effects) <= _MOST:
            return out
        said = marked(line, spans(drugs), [(one.start, one.end) for one in effects])
        for j, one in enumerate(effects):
            if j in denied or one.form == "diagnosis" or said.symptoms[j] < 0:
                continue
            sources, cues = list(links[j][0]), list(links[j][1])
            for i, drug in enumerate(drugs):
                if said.drugs[i] < 0 or not drug.ingredients:
                    continue
                blamed = i in links[j][0]
                pair = said.drugs[i], said.symptoms[j]
                names = as_a_whole(said.tokens, *pair) + link_features(drug, one, standings[i].status, links[j], blamed)
                likely, told = self.link(line, said, one, drug, around_pair(said.tokens, *pair), names, blamed)
                if blamed:
                    if 1 - likely >= enough_to_blame(cued=True):
                        sources.remove(i)
                elif likely >= (_BLAMES_TOO if links[j][0] else enough_to_blame(cued=False)):
                    sources.append(i)
                    cues += told
            out[j] = (sources, cues if sources else [])
        return out

    def link(
        self, line: Line, said: Marked, one: Found, drug: Drug, walks: Sequence[Walk], names: list[str], blamed: bool
    ) -> tuple[float, list[Cue]]:
        """How likely it is that the line blames a drug for a symptom, and the words that tell it."""
        likely = _share(self._blame.sums(said.tokens, walks, names), 1)
        return likely, [] if blamed or likely < _BLAMES else self._blame.cues(line, said, "suspected", walks, 1, 0)


def enough_to_change(status: str, cued: bool) -> float:
    """How sure the second reading must be of a status that the cues did not give; `cued`: they gave another."""
    if not cued:
        return _SURE
    return _SUREST if status == "active" else _SURER


def enough_to_blame(cued: bool) -> float:
    """How sure it must be that a drug is to blame or, where the cues blame it (`cued`), that it is not."""
    return _CLEARS if cued else _BLAMES


def standing_features(standing: Standing, drug: Drug) -> list[str]:
    """What the cues gave of a drug, as features."""
    status, told = standing.status, standing.cues
    if not told:
        return [f"read {status}", f"read {status} without a cue"]
    said = told[0].text.lower()
    side = "before" if told[0].start < drug.start else "behind"
    far = "far" if abs(told[0].start - drug.start) > _FAR else "near"
    names = [f"read {status}", f"read {status} by a cue", f"read {status}: {said}", f"read {status} {side} {far}"]
    return names + [f"read {status}: *{word}" for word in said.split()]


def link_features(drug: Drug, one: Found, status: str, link: Link, blamed: bool) -> list[str]:
    """What the cues gave of a drug and a symptom, and what is known of the two, as features."""
    known, given = known_for(drug, one.concept), given_for(drug, one.concept)
    names = [f"status {status}", f"known {known:d}", f"given {given:d}", f"known {known:d} given {given:d}"]
    names += [f"blamed {blamed:d}", f"blamed any {bool(link[0]):d}"]
    return [*names, f"blamed {blamed:d}: {link[1][0].text.lower()}"] if link[1] else names


def _share(scores: Sequence[int], chosen: int) -> float:
    """How likely one class is beside all of them."""
    whole = 0.0
    for score in scores:
        whole += exp(min(5000, score - scores[chosen]) / _SCALE)
    return 1 / whole
