"""The second reading: what the words around a drug make likely, where the cues said nothing or little.

The cues are read first. A model that was trained on note lines of this project, and that also sees what the cues
gave, then weighs all words of the line; only where it is sure enough of something else does that hold instead. What
tells most for it is its cue. The weights are data (`learnt_status.txt`, `learnt_blame.txt`), made by tools/training.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug, spans
from consult.nlp.effect.find import Found
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.qualifier.known import given_for, known_for
from consult.nlp.qualifier.learnt import (
    Marked,
    Spans,
    around_drug,
    around_pair,
    as_a_whole,
    between,
    marked,
    whole_features,
    window,
)
from consult.nlp.qualifier.net import Net, Vectors, as_shares, stored
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.weights import Record, Weights

Link = tuple[list[int], list[Cue]]
Records = list[Record | None]
MarkedLine = tuple[Spans, Marked]  # the symptoms, and the line with them as one token each

_ASKS = 0.9  # the network too, where the sums of weights are less sure of what the cues gave
_SURE = 0.5  # of another status, where no cue tells one
_SURER = 0.6  # where a cue does, and of an allergy
_SUREST = 0.85  # that a drug is taken of which a cue says something else
_BLAMES, _BLAMES_TOO = 0.65, 0.8  # of a drug where the cues blame none, and where they blame another
_LEAST = 40  # hundredths that the word that blames must weigh: many weak ones only tell what stands beside what
_CLEARS = 0.7  # that a drug is not to blame which they blame
_OVER = ("stopped", "completed")
_FAR = 40  # characters from a cue to its drug
_MOST = 12  # drugs or symptoms in a line: more is a list, and lists are not told in words
_BESIDE = 20  # characters between a symptom and the drug right behind that is blamed for it
_SCALE = 100  # weights are written as whole hundredths


@cache
def _weights(name: str) -> Weights:
    return Weights(name)


@cache
def _networks() -> tuple[Net, Net]:
    """For status and for blame."""
    arrays = stored()
    vectors = Vectors(arrays)
    return Net(arrays, "status", vectors), Net(arrays, "blame", vectors)


@cache
def _printed() -> frozenset[str]:
    return wordlist.words("qualifier", "printed.txt")


def _words(cues: Sequence[Cue]) -> list[str]:
    return cues[0].text.lower().split() if cues else []


class SecondReading:
    """Weighs what was read once more. tools/training has one that only notes the features."""

    def __init__(self) -> None:
        self._status, self._blame = _weights("learnt_status.txt"), _weights("learnt_blame.txt")
        self._nets = _networks()
        self.records: tuple[Kept[Record | None], ...] = (self._status.records, self._blame.records)
        self._links: dict[tuple[str, bool, bool, bool, bool], int] = {}
        self._wholes: dict[tuple[str, str, int, int, int], int] = {}

    def standings(
        self, line: Line, drugs: Sequence[Drug], symptoms: Spans, standings: Sequence[Standing]
    ) -> MarkedLine | None:
        """Changes the standings of which all the words of the line say something else; gives what it saw."""
        if not 0 < len(drugs) <= _MOST:
            return None
        said = marked(line, spans(drugs), symptoms)
        records = self._status.recorded(line, said)
        for place, drug, standing in zip(said.drugs, drugs, standings, strict=True):
            if place >= 0:
                self.standing(line, said, records, place, drug, standing)
        return symptoms, said

    def standing(self, line: Line, said: Marked, records: Records, place: int, drug: Drug, standing: Standing) -> None:
        weights, told = self._status, standing_features(standing, drug)
        walks = around_drug(said.tokens, place)
        shares = as_shares(weights.sums(said.tokens, records, walks, weights.of(told)), _SCALE)
        before = weights.classes.index(standing.status)
        if asks(shares, before):
            shares = _mixed(shares, self._nets[0], said.tokens, (place,), told)
        best = shares.index(max(shares))
        status = weights.classes[best]
        if best == before or shares[best] < enough_to_change(status, bool(standing.cues)):
            return
        cues = [] if status == "active" else weights.cues(line, said, records, "status", walks, best, before)
        if status in _OVER and not standing.cues and _printed().issuperset(_words(cues)):
            return  # "90 day supply", "2-Pak": what is printed beside a name
        standing.status, standing.cues = status, cues  # type: ignore[assignment]

    def blame(
        self,
        line: Line,
        effects: Sequence[Found],
        drugs: Sequence[Drug],
        standings: Sequence[Standing],
        links: Sequence[Link],
        denied: Sequence[int],
        seen: MarkedLine | None = None,
    ) -> list[Link]:
        """The links of symptoms to drugs, with those that all the words of the line tell, without those they do not."""
        out = list(links)
        if not 0 < len(drugs) <= _MOST or not 0 < len(effects) <= _MOST:
            return out
        symptoms = [(one.start, one.end) for one in effects]
        said = seen[1] if seen is not None and seen[0] == symptoms else marked(line, spans(drugs), symptoms)
        records = self._blame.recorded(line, said)
        for j, one in enumerate(effects):
            if j in denied or one.form == "diagnosis" or said.symptoms[j] < 0:
                continue
            sources, cues = list(links[j][0]), list(links[j][1])
            more: dict[int, list[Cue]] = {}
            for i, drug in enumerate(drugs):
                if said.drugs[i] < 0 or not drug.ingredients:
                    continue
                blamed = i in links[j][0]
                pair = said.drugs[i], said.symptoms[j]
                likely, told = self.link(line, said, records, pair, drug, one, standings[i].status, links[j], blamed)
                if blamed:
                    if 1 - likely >= enough_to_blame(cued=True):
                        sources.remove(i)
                elif likely >= (_BLAMES_TOO if links[j][0] else enough_to_blame(cued=False)):
                    more[i] = told
            kept = [drugs[i] for i in sources]
            for i, told in more.items():
                if not kept or not _own_one(one, drugs[i], kept, links[j][1]):
                    sources.append(i)
                    cues += told
            out[j] = (sources, cues if sources else [])
        return out

    def link(
        self,
        line: Line,
        said: Marked,
        records: Records,
        pair: tuple[int, int],
        drug: Drug,
        one: Found,
        status: str,
        link: Link,
        blamed: bool,
    ) -> tuple[float, list[Cue]]:
        """How likely it is that the line blames a drug for a symptom, and the words that tell it."""
        weights, walks = self._blame, around_pair(said.tokens, *pair)
        words = said_of_blame(link, blamed)
        named = weights.of([between(said.tokens, *pair), words])
        whole = as_a_whole(said.tokens, *pair)
        if whole not in self._wholes:
            self._wholes[whole] = weights.of(whole_features(*whole))
        facts = status, known_for(drug, one.concept), given_for(drug, one.concept), blamed, bool(link[0])
        if facts not in self._links:
            self._links[facts] = weights.of(link_features(*facts))
        named += self._wholes[whole] + self._links[facts]
        shares = as_shares(weights.sums(said.tokens, records, walks, named), _SCALE)
        if asks(shares, int(blamed)):
            shares = _mixed(shares, self._nets[1], said.tokens, pair, [*link_features(*facts), words])
        likely = shares[1]
        if blamed or likely < _BLAMES:
            return likely, []
        told = weights.cues(line, said, records, "suspected", walks, 1, 0, _LEAST)
        return (likely, told) if told else (0.0, [])  # no word of the line blames it


def _own_one(one: Found, drug: Drug, blamed: Sequence[Drug], cues: Sequence[Cue]) -> bool:
    """ "itchy from A and constipated from B", "dizzy since switching from A to B": A is not also to blame."""
    if drug.end <= one.start and all(one.end <= other.start < one.end + _BESIDE for other in blamed):
        return True
    return bool(cues) and cues[0].text.lower().endswith(" from") and all(drug.end <= other.start for other in blamed)


def enough_to_change(status: str, cued: bool) -> float:
    """How sure the second reading must be of a status that the cues did not give; `cued`: they gave another."""
    if not cued:
        return _SURER if status == "allergy" else _SURE
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


def link_features(status: str, known: bool, given: bool, blamed: bool, blamed_any: bool) -> list[str]:
    """What the cues gave of a drug and a symptom, and what is known of the two, as features."""
    names = [f"status {status}", f"known {known:d}", f"given {given:d}", f"known {known:d} given {given:d}"]
    return [*names, f"blamed {blamed:d}", f"blamed any {blamed_any:d}"]


def said_of_blame(link: Link, blamed: bool) -> str:
    """The words by which a cue blames a drug for a symptom, as a feature; "" if there is none."""
    return f"blamed {blamed:d}: {link[1][0].text.lower()}" if link[1] else ""


def asks(shares: Sequence[float], read: int) -> bool:
    """Whether the network is asked too: the sums are not sure of what the cues gave (`read`)."""
    return shares[read] < _ASKS


def _mixed(
    shares: list[float], net: Net, tokens: Sequence[str], places: tuple[int, ...], named: Sequence[str]
) -> list[float]:
    """How likely each class is to the sums and to the network, half and half."""
    start, stop = window(tokens, min(places), max(places))
    if start == stop:
        return shares
    told = net.likely(tokens[start:stop], [place - start for place in places], named)
    return [(one + other) / 2 for one, other in zip(shares, told, strict=True)]
