"""A line as it was meant: slips of hurried typing in plain words are put right before it is read, Spanish words put
into English.

What is found in the line as meant is told by its place in the line as typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, TypeVar

from consult.domain.mention import Cue, EffectMention, MedicationMention
from consult.domain.text import unaccented
from consult.nlp import wordlist
from consult.nlp.kept import Kept
from consult.nlp.line import Line, Words

_WITH_APOSTROPHE = {
    f"{word}nt": f"{word}n't"
    for word in (
        *("are", "ca", "could", "did", "do", "does", "had", "has", "have"),
        *("is", "must", "need", "should", "was", "were", "wo", "would"),
    )
} | {one.replace("'", ""): one for one in ("she's", "he's", "that's", "what's", "i've", "they're")}
_GLUED = re.compile(r"([a-z]{3,})(\d{2,4}(?:mg|mcg)?)")
_LEAST_MISTYPED = 5  # letters
_ANY_DRUG = "{drug}"

Told = TypeVar("Told", MedicationMention, EffectMention)


def _one_slip(word: str) -> Iterator[str]:
    """The word with one letter left out or doubled, or two that changed places; the first letter stands."""
    for i in range(1, len(word)):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i] + word[i:]
        yield word[:i] + word[i : i + 2][::-1] + word[i + 2 :]
    if word.endswith("ing"):
        yield word[:-3] + "eing"


def _spanish() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Spanish phrases by their first two words, the longest first, each with the English for it."""
    english: dict[tuple[str, ...], str] = {}
    for row in wordlist.lines("qualifier", "spanish.txt"):
        meant, _, said = row.partition(" | ")
        for typed in said.split("; "):
            english |= {tuple(typed.split()): meant, tuple(unaccented(typed).split()): meant}  # as many type it
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words in sorted(english, key=len, reverse=True):
        out.setdefault(" ".join(words[:2]), []).append((words, english[words]))
    return out


class _Beside(NamedTuple):
    """A word that is a slip only beside certain words: "form it", "last weak"."""

    meant: str
    step: int  # to the word beside it
    words: frozenset[str]
    unless: frozenset[str]  # words right before the two


class Slips:
    """The words that are typed for others; `known` are words of their own, `drugs` the names of drugs, and `names`
    those of them that mean nothing else."""

    def __init__(
        self, known: Collection[str], drugs: Collection[str] = (), names: frozenset[str] = frozenset()
    ) -> None:
        self._beside: dict[str, _Beside] = {}
        self._words: dict[str, str] = {}
        listed: dict[str, str] = {}
        for row in wordlist.lines("qualifier", "slips.txt"):
            meant, typed, *beside = row.split(" | ")
            if beside:
                where, words = beside[0].split(": ")
                unless = frozenset(beside[1].removeprefix("unless: ").split()) if beside[1:] else frozenset()
                near = frozenset(words.split()) | (names if _ANY_DRUG in words else frozenset())
                self._beside[typed] = _Beside(meant, 1 if where == "before" else -1, near, unless)
            else:
                listed |= dict.fromkeys(typed.split(), meant)
        often = wordlist.words("qualifier", "often_mistyped.txt")
        own = often | wordlist.words("qualifier", "no_slips.txt") | wordlist.words("drug", "ordinary_words.txt")
        for word in sorted(often):
            for typed in _one_slip(word):
                if len(typed) >= _LEAST_MISTYPED and typed not in own and typed not in known:
                    self._words[typed] = word
        for word in wordlist.words("qualifier", "dropped_g.txt"):
            if word[:-1] not in own and word[:-1] not in known:
                self._words[word[:-1]] = word
        self._words |= _WITH_APOSTROPHE
        self._words |= listed
        self._phrases = _spanish()
        slips = self._words.keys() | self._beside.keys() | {phrase.split()[0] for phrase in self._phrases}
        self._known, self._drugs = known, drugs
        self.begins = Kept(lambda word: word in slips or self._apart(word) is not None)

    def _apart(self, word: str) -> str | None:
        """ "asa81": the name and the number, where they were typed as one word."""
        glued = _GLUED.fullmatch(word)
        if glued is None or word in self._known or glued[1] not in self._drugs:
            return None
        return f"{glued[1]} {glued[2]}"

    def read(self, text: str, section: str, words: Words) -> tuple[Line, list[int] | None]:
        """The line as meant, and for each of its offsets that in the text as typed where the two differ."""
        line = Line(text, section, words)
        meant, places, at = "", [], 0
        for i, _ in line.told(self.begins):
            start = line.starts[i]
            if start < at:
                continue  # within a phrase that was put into English
            instead, last = self._meant(line.lows, i)
            if instead is None:
                continue
            end = line.ends[last]
            meant += text[at:start] + instead
            places += [*range(at, start), *(min(start + k, end) for k in range(len(instead)))]
            at = end
        if not at:
            return line, None
        return Line(meant + text[at:], section, words), [*places, *range(at, len(text) + 1)]

    def _meant(self, lows: list[str], i: int) -> tuple[str | None, int]:
        """What stands for the word, or for the phrase that begins with it, and the last word of that."""
        two = " ".join(lows[i : i + 2])
        for words, english in (*self._phrases.get(two, ()), *self._phrases.get(lows[i], ())):
            if tuple(lows[i : i + len(words)]) == words:
                return english, i + len(words) - 1
        beside = self._beside.get(lows[i])
        if beside is None:
            return self._words.get(lows[i]) or self._apart(lows[i]), i
        near = i + beside.step
        if not 0 <= near < len(lows) or lows[near] not in beside.words:
            return None, i
        before = min(i, near) - 1
        return None if before >= 0 and lows[before] in beside.unless else beside.meant, i


def as_typed(found: Iterable[Told], text: str, places: list[int]) -> tuple[Told, ...]:
    """What was found in the line as meant, with the places and words of the line as typed."""
    return tuple([_placed(one, text, places) for one in found])


def _placed(one: Told, text: str, places: list[int]) -> Told:
    cues = tuple(
        Cue(cue.sets, places[cue.start], places[cue.end], text[places[cue.start] : places[cue.end]]) for cue in one.cues
    )
    start, end = places[one.start], places[one.end]
    return replace(one, start=start, end=end, text=text[start:end], cues=cues)
