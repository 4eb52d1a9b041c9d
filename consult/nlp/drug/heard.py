"""Names that were heard as several plain words: "El a quiz 2.5 mg", "Laura to dean 10 mg".

Speech recognition writes what it knows. Only words right before a strength or an amount are looked at, and only where
all of them together sound exactly as one name does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA

from consult.domain.lexicon import DrugName
from consult.domain.mention import Candidate
from consult.nlp.drug.misspelling import folded
from consult.nlp.line import Line
from consult.nlp.lists import LISTS

_MOST_WORDS = 4
_LEAST_LETTERS = 6
_LEAST_SOUND = 4  # consonants: fewer are common to too many names
_KEEP = 3
_LEAST_ALIKE, _LONG_ALIKE = 0.45, 0.4  # in letters; of names that sound long
_LONG_SOUND = 5
_TRUST = 0.5  # of that likeness: a suggestion at most
_NO_END = frozenset(("to", "the", "on", "at", "is", "that", "plus", "now", "of", "with", "one", "two", "three", "for"))
_AMOUNTS = frozenset(
    (
        *("mg", "mcg", "meq", "unit", "units", "ml", "spray", "sprays", "puff", "puffs", "drop", "drops"),
        *("tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap", "caps"),
    )
)
_COUNTS = frozenset(("one", "two", "three", "four", "half", "a"))
_FORMS = frozenset(("xl", "xr", "er", "sr", "cr", "dr", "ec", "la", "hfa"))
_UNITS = LISTS.add(_AMOUNTS.__contains__)
_VOWELS = re.compile(r"[aeiouhwy]+")
_SOUNDS = (
    (re.compile(r"d(?:ge?|j)|g(?=[ei])"), "j"),
    (re.compile(r"[bpv]"), "p"),
    (re.compile(r"[td]"), "t"),
    (re.compile(r"[kg]"), "k"),
    (re.compile(r"er$"), ""),
)
_DOUBLE = re.compile(r"(.)\1")


def sound(word: str) -> str:
    """The consonants of a word as they sound, with an "a" for the vowel that it begins with."""
    word = folded(word)
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return ("a" if word[:1] in "aeiou" else "") + _DOUBLE.sub(r"\1", _VOWELS.sub("", word))


class Heard:
    """Names by how they sound."""

    def __init__(self, names: Iterable[DrugName]) -> None:
        self._sounds: dict[str, list[DrugName]] = defaultdict(list)
        for one in names:
            if one.ingredients and len(one.name) >= _LEAST_LETTERS and one.name.isalpha():
                key = sound(one.name)
                if len(key) >= _LEAST_SOUND:
                    self._sounds[key].append(one)

    def find(self, line: Line, known: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
        """First and last token (exclusive) of each, with at most three readings, nearest first.

        `known` are the places of the names that are known; an amount close behind one is its own.
        """
        lows, starts, ends = line.lows, line.starts, line.ends
        named = {end for _, end in known}
        for unit in line.where(_UNITS):
            last = unit - 1
            if last < 2 or ends[last - 1] in named or not (lows[last][0].isdigit() or lows[last] in _COUNTS):
                continue
            if lows[last - 1] in _FORMS:
                last -= 1
            if lows[last - 1] in _NO_END:
                continue  # "bumped to 40 mg"
            first = last
            while first and last - first < _MOST_WORDS and lows[first - 1].isalpha() and ends[first - 1] not in named:
                first -= 1
            if last - first < _MOST_WORDS and first and ends[first - 1] in named:
                continue
            if any(start < ends[last - 1] and starts[first] < end for start, end in known):
                continue
            yield from self._named(lows, first, last)

    def _named(self, lows: list[str], first: int, last: int) -> Iterator[tuple[int, int, tuple[Candidate, ...]]]:
        """The longest row of words that ends there and sounds as a name does."""
        for start in range(first, last - 1):
            said = "".join(lows[start:last])
            if len(said) >= _LEAST_LETTERS and said.isascii() and (readings := self._readings(said)):
                yield start, last, readings
                return

    def _readings(self, said: str) -> tuple[Candidate, ...]:
        key = sound(said)
        least = _LONG_ALIKE if len(key) >= _LONG_SOUND else _LEAST_ALIKE
        best: dict[tuple[str, ...], Candidate] = {}
        for one in self._sounds.get(key, ()):
            alike = OSA.normalized_similarity(said, one.name)
            if alike < least:
                continue
            score = round(_TRUST * alike, 3)
            held = best.get(one.ingredients)
            if held is None or held.score < score:
                best[one.ingredients] = Candidate(one.name, one.ingredients, score)
        return tuple(sorted(best.values(), key=lambda one: (-one.score, one.name))[:_KEEP])
