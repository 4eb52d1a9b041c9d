"""A note line cut into words, with the places where a thought ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import not_
from typing import Any, NamedTuple

from consult.nlp.effect.stems import stem
from consult.nlp.expressions import LINES
from consult.nlp.kept import Kept
from consult.nlp.lists import LISTS
from consult.nlp.tokenizer import Tokenizer, Vocab

# A point or comma inside a number and an apostrophe inside a word stay; every other mark is a token of its own.
_APART = re.compile(r"(?:(?!(?<=[^\W_])['’](?=[^\W_])|(?<=\d)[.,](?=\d))[^\w\s])|_")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: cannot be encoded
_FIRST = re.compile(r"^(?:[^\w\s]|_)")
_LAST = re.compile(r"(?:[^\w\s]|_)$")
_VOCAB = Vocab()  # no language data: words are only cut here, nothing is looked up
_CUT = Tokenizer(
    _VOCAB,
    rules={},
    prefix_search=_FIRST.search,
    suffix_search=lambda word: _LAST.search(word, max(0, len(word) - 1)),
    infix_finditer=_APART.finditer,
    url_match=None,
)
_MARKS = {"comma": ",", "period": ".", "colon": ":", "semicolon": ";", "full stop": "."}
_SPOKEN_MARKS = re.compile(
    r" (comma|semicolon|full stop|period|colon(?! (?:cancer|polyps?|screening|surgery)))(?=[ ]|$)"
)
_PLAIN_MARKS = ",.;:?!)"
_LONGEST_KEPT = 40  # letters; what is longer is pasted, comes once and would fill the memory
_BLANK = re.compile(r"\s")


class Cut(NamedTuple):
    """The tokens of a text without blanks: their places in it, and what they are, each in order."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    lows: tuple[str, ...] = ()
    are_words: tuple[bool, ...] = ()
    stems: tuple[str, ...] = ()


def _cut(chunk: str) -> Cut:
    if not chunk:
        return Cut()
    if chunk.isalnum():
        return Cut((0,), (len(chunk),), (chunk,), (True,), (stem(chunk),))
    if chunk[-1] in _PLAIN_MARKS and chunk[:-1].isalnum():
        last = len(chunk) - 1
        return Cut((0, last), (last, last + 1), (chunk[:-1], chunk[-1]), (True, False), (stem(chunk[:-1]), ""))
    with _VOCAB.memory_zone():  # what a person said does not stay in the shared vocabulary
        spans = [(token.idx, token.idx + len(token)) for token in _CUT(_SURROGATE.sub("\ufffd", chunk))]
    lows = tuple([chunk[start:end] for start, end in spans])
    are_words = tuple([low[0].isalnum() for low in lows])
    stems = tuple([stem(low) if is_word else "" for low, is_word in zip(lows, are_words, strict=True)])
    return Cut(tuple([start for start, _ in spans]), tuple([end for _, end in spans]), lows, are_words, stems)


_kept_cuts = Kept(_cut)


def unknown(tokens: Sequence[str], known: Container[str]) -> list[int]:
    """The indexes of those tokens that are not among the known."""
    return list(compress(range(len(tokens)), map(not_, map(known.__contains__, tokens))))


def lowered(text: str) -> str:
    """Lower case of the same length (some letters grow when lowered), with straight apostrophes."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    low = low.replace("’", "'").replace("‘", "'")
    return _dictated(low) if " comma " in low else low


def _dictated(low: str) -> str:
    """The marks that were spoken and written out, as marks at the end of the same places: "pain comma denies"."""
    return _SPOKEN_MARKS.sub(lambda said: f"{_MARKS[said[1]]:>{len(said.group())}}", low)


@dataclass
class Line:
    """`low` has the offsets of `text`. All tokens in order: where they start and end, what they are in lower case,
    whether they are words or marks, and the stems of the words.

    `lacks` is what the line lacks of the needs of expressions. `shouted`: all in capitals, so that case says nothing.
    """

    text: str
    section: str = ""
    low: str = field(init=False)
    starts: list[int] = field(init=False)
    ends: list[int] = field(init=False)
    lows: list[str] = field(init=False)
    are_words: list[bool] = field(init=False)
    stems: list[str] = field(init=False)
    lacks: int = field(init=False)
    shouted: bool = field(init=False)
    breaks: list[int] | None = field(default=None, init=False)  # where sentences end, once looked for
    cues: list[list[tuple[int, int, Any]]] | None = field(default=None, init=False, repr=False)
    _places: list[list[int]] = field(default_factory=list, init=False, repr=False)

    def __post_init__(self) -> None:
        self.low = low = lowered(self.text)
        chunks = (low if low.isprintable() else _BLANK.sub(" ", low)).split(" ")
        cut = _kept_cuts.__getitem__ if max(map(len, chunks)) <= _LONGEST_KEPT else _cut
        starts: list[int] = []
        ends: list[int] = []
        lows: list[str] = []
        are_words: list[bool] = []
        stems: list[str] = []
        offset = 0
        for chunk in chunks:
            inner_starts, inner_ends, inner_lows, inner_are_words, inner_stems = cut(chunk)
            if len(inner_starts) == 1:
                starts.append(offset + inner_starts[0])
                ends.append(offset + inner_ends[0])
            else:
                starts += [offset + one for one in inner_starts]
                ends += [offset + one for one in inner_ends]
            lows += inner_lows
            are_words += inner_are_words
            stems += inner_stems
            offset += len(chunk) + 1
        self.starts, self.ends, self.lows, self.are_words, self.stems = starts, ends, lows, are_words, stems
        self.lacks = LINES.unmet(low)
        self.shouted = self.text.isupper()

    def where(self, number: int) -> list[int]:
        """The indexes of the tokens that are in a list, by its number in LISTS."""
        if number >= len(self._places):
            self._places = LISTS.places(self.lows)
        return self._places[number]

    def at(self, offset: int) -> int:
        """Index of the first token that starts at or after the offset."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> list[str]:
        """The tokens that lie inside the two offsets, in lower case."""
        return self.lows[self.at(start) : bisect_right(self.ends, end)] if start < end else []
