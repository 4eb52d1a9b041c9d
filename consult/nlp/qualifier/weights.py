"""What the words around a drug speak for: the weights that tools/training has made, and their sums."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from struct import Struct
from sys import intern

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.learnt import (
    DRUG,
    NEAR,
    SIDES,
    SYMPTOM,
    TURNS,
    ZONES,
    Marked,
    Walk,
    anywhere,
    nothing,
    told,
    zones,
)

_LANE = 32  # bits: the weights of all classes are one number, so that they are added at once
_MIDDLE = 1 << _LANE - 1  # added to each, so that none is below nought
_MOST_CLASSES = 8
_MIDDLES = sum(_MIDDLE << _LANE * i for i in range(_MOST_CLASSES))
_MASK = (1 << _LANE) - 1
_LANES = Struct(f"<{_MOST_CLASSES}I")
_Slots = tuple[int, tuple[int, ...]]  # of a side: 2 * zone + 1 if far


def _heads() -> dict[str, list[_Slots]]:
    """What the features of words begin with, and where those stand that they hold for."""
    out: dict[str, list[_Slots]] = {}
    for number, side in enumerate(SIDES):
        for zone, name in enumerate(zones(side)):
            out[name] = [(number, (2 * zone, 2 * zone + 1))]
            out[f"{name}near"], out[f"{name}far"] = [(number, (2 * zone,))], [(number, (2 * zone + 1,))]
        out.setdefault(anywhere(side), []).append((number, tuple(range(2 * ZONES))))
    return out


_HEADS = _heads()


class Speaks:
    """What a word speaks for on one side: by zone and nearness, and with the word behind it by zone."""

    __slots__ = ("alone", "with_next")

    def __init__(self) -> None:
        self.alone = [0] * (2 * ZONES)
        self.with_next: dict[str, list[int]] | None = None


class Record:
    """What a word speaks for on each side, None where it speaks for nothing, and what it turns in a slot."""

    __slots__ = ("sides", "turns")

    def __init__(self, word: str) -> None:
        self.turns = 2 * TURNS.get(word, 0)
        self.sides: list[Speaks | None] = [None] * len(SIDES)

    def side(self, number: int) -> Speaks:
        speaks = self.sides[number]
        if speaks is None:
            speaks = self.sides[number] = Speaks()
        return speaks


class Weights:
    """What each feature speaks for, one number a class; the numbers of all classes are packed into one.

    The rows of a word are read when a line holds it.
    """

    def __init__(self, name: str) -> None:
        classes, first, *rows = wordlist.lines("qualifier", name)
        self.classes = tuple(classes.split("\t")[1].split())
        self._first = packed(first.split("\t")[1])
        self._names: dict[str, int] = {}
        self._rows: dict[str, list[str]] = {word: [] for word in TURNS}  # of words that no line has held yet
        self._read: dict[str, Record] = {}
        for row in rows:
            head, _, words = row.partition(" ")
            if head in _HEADS:
                self._rows.setdefault(words.partition("\t")[0].partition(" ")[0], []).append(row)
            else:
                feature, numbers = row.split("\t")
                self._names[feature] = packed(numbers)
        self.records: Kept[Record | None] = Kept(self._record)
        self._drug, self._symptom = self._record(DRUG), self._record(SYMPTOM)
        self._nothing = [self.of([nothing(side)]) for side in SIDES]

    def _record(self, word: str) -> Record | None:
        known = told(word)
        rows = self._rows.get(known)
        if rows is not None:
            self._read[known] = self._built(known, rows)
            self._rows.pop(known, None)  # last, so that another thread finds the one or the other
        return self._read.get(known)

    def _built(self, word: str, rows: list[str]) -> Record:
        record, one_for_each = Record(word), dict[int, int]()
        for row in rows:
            feature, numbers = row.split("\t")
            head, *words = feature.split(" ")
            said = packed(numbers)
            for side, slots in _HEADS[head]:
                speaks = record.side(side)
                if len(words) == 1:
                    for slot in slots:
                        number = speaks.alone[slot] + said
                        speaks.alone[slot] = one_for_each.setdefault(number, number)
                else:
                    if speaks.with_next is None:
                        speaks.with_next = {}
                    speaks.with_next.setdefault(intern(words[1]), [0] * ZONES)[slots[0] // 2] += said
        return record

    def recorded(self, line: Line, said: Marked) -> list[Record | None]:
        """What is known of each token."""
        column = line.known(self.records)
        records = [column[first] for first in said.firsts]
        for place in said.drugs:
            if place >= 0:
                records[place] = self._drug
        for place in said.symptoms:
            if place >= 0:
                records[place] = self._symptom
        return records

    def sums(self, tokens: list[str], records: list[Record | None], walks: Iterable[Walk], named: int) -> list[int]:
        """What the features of `learnt.along` speak for, in hundredths, a class each; `named` is added."""
        total = self._first + named
        for side, at, step, stop in walks:
            if at == stop:
                total += self._nothing[side]
            slot, away = 0, at + step * NEAR
            while at != stop:
                record = records[at]
                if at == away:
                    slot |= 1
                at += step
                if record is None:
                    continue
                slot |= record.turns
                speaks = record.sides[side]
                if speaks is None:
                    continue
                total += speaks.alone[slot]
                after = speaks.with_next
                if after is not None and at != stop and (said := after.get(tokens[at])) is not None:
                    total += said[slot >> 1]
        return unpacked(total, len(self.classes))

    def of(self, names: Iterable[str]) -> int:
        """What features that are no words speak for, packed."""
        total = 0
        for name in names:
            total += self._names.get(name, 0)
        return total

    def cues(
        self,
        line: Line,
        said: Marked,
        records: list[Record | None],
        sets: str,
        walks: Iterable[Walk],
        pro: int,
        con: int,
        least: int = 0,
    ) -> list[Cue]:
        """The words that speak most for the class `pro` against `con`, if any speak for more than `least`."""
        most, begin, end = least, 0, 0
        silent = _no_cues() if sets == "status" else _no_causes()
        for walk in walks:
            for speaks, first, last in _each(said.tokens, records, walk):
                by = _lane(speaks, pro) - _lane(speaks, con)
                words = said.tokens[first : last + 1]
                if by > most and all(map(str.isalpha, words)) and not silent.issuperset(words):
                    most, begin, end = by, first, last + 1
        firsts = [*said.firsts, len(line.lows)]
        return [cue(line, sets, line.starts[firsts[begin]], line.ends[firsts[end] - 1])] if most > least else []


def _each(tokens: list[str], records: list[Record | None], walk: Walk) -> Iterator[tuple[int, int, int]]:
    """What each word of a walk speaks for, and each with the next; and its first and last token."""
    side, at, step, stop = walk
    slot = steps = 0
    while at != stop:
        record, after = records[at], at + step
        slot |= steps >= NEAR
        if record is not None:
            slot |= record.turns
            if (speaks := record.sides[side]) is not None:
                yield speaks.alone[slot], at, at
                said = speaks.with_next.get(tokens[after]) if speaks.with_next is not None and after != stop else None
                if said is not None:
                    yield said[slot >> 1], min(at, after), max(at, after)
        at, steps = after, steps + 1


@cache
def _no_cues() -> frozenset[str]:
    """Words that tell nothing by themselves: "mg", "tid"."""
    return wordlist.words("qualifier", "no_cues.txt")


@cache
def _no_causes() -> frozenset[str]:
    """Words that blame nothing by themselves: "food", "last fall"."""
    return _no_cues() | wordlist.words("qualifier", "no_causes.txt")


def packed(numbers: str) -> int:
    total = 0
    for i, number in enumerate(numbers.split()):
        total += int(number) << _LANE * i
    return total


def unpacked(total: int, classes: int) -> list[int]:
    """The sum of each class in a sum of packed weights."""
    lanes = _LANES.unpack((total + _MIDDLES).to_bytes(_LANES.size, "little"))
    return [lane - _MIDDLE for lane in lanes[:classes]]


def _lane(total: int, number: int) -> int:
    return (total + _MIDDLES >> _LANE * number & _MASK) - _MIDDLE
