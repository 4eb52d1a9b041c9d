"""A note line cut into words, with the places where a thought ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from consult.nlp.effect.stems import stem
from consult.nlp.expressions import LINES

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
_PLAIN_MARKS = ",.;:?!)"
_LONGEST_KEPT = 40  # letters; what is longer is pasted, comes once and would fill the memory
_word = tuple.__new__  # a named tuple of known parts, without the call of its constructor

_WITH_APOSTROPHE = {
    f"{word}nt": f"{word}n't"
    for word in (
        *("are", "ca", "could", "did", "do", "does", "had", "has", "have"),
        *("is", "must", "need", "should", "was", "were", "wo", "would"),
    )
}


def with_apostrophe(word: str) -> str:
    """ "doesnt" as "doesn't"; any other word as it is."""
    return _WITH_APOSTROPHE.get(word, word)


class Word(NamedTuple):
    """One token: offsets into the line, its lower-case form, whether it is a word or a mark; the stem of a word."""

    start: int
    end: int
    low: str
    is_word: bool
    stem: str = ""


def _cut(chunk: str) -> tuple[Word, ...]:
    """The tokens of a text without blanks, with their places in it."""
    if chunk.isalnum():
        return (Word(0, len(chunk), chunk, True, stem(chunk)),)
    if chunk[-1] in _PLAIN_MARKS and chunk[:-1].isalnum():
        return (*_cut(chunk[:-1]), Word(len(chunk) - 1, len(chunk), chunk[-1], False))
    with _VOCAB.memory_zone():  # what a person said does not stay in the shared vocabulary
        spans = [(token.idx, token.idx + len(token)) for token in _CUT(_SURROGATE.sub("\ufffd", chunk))]
    tokens = [(start, end, chunk[start:end], chunk[start].isalnum()) for start, end in spans]
    return tuple(Word(*token, stem(token[2]) if token[3] else "") for token in tokens)


_kept_cut = lru_cache(maxsize=8192)(_cut)


def lowered(text: str) -> str:
    """Lower case of the same length (some letters grow when lowered), with straight apostrophes."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one := char.lower()) == 1 else char for char in text)
    return low.replace("’", "'").replace("‘", "'")


@dataclass
class Line:
    """`low` has the offsets of `text`; `words` are all tokens in order, beside them what they are each alone.

    `whole` are the tokens with the apostrophes that hurried typing leaves out ("dont", "wasnt").
    """

    text: str
    section: str = ""
    low: str = field(init=False)
    words: list[Word] = field(init=False)
    lows: list[str] = field(init=False)
    starts: list[int] = field(init=False)
    stems: list[str] = field(init=False)
    breaks: list[int] | None = field(default=None, init=False)  # where sentences end, once looked for

    def __post_init__(self) -> None:
        self.low = low = lowered(self.text)
        self.words, self.lows, self.starts, self.stems = words, lows, starts, stems = [], [], [], []
        place = 0
        for chunk in low.split():
            place = low.index(chunk, place)
            for start, end, token, is_word, stem_of_it in (
                _kept_cut(chunk) if len(chunk) <= _LONGEST_KEPT else _cut(chunk)
            ):
                start += place
                words.append(_word(Word, (start, place + end, token, is_word, stem_of_it)))
                lows.append(token)
                starts.append(start)
                stems.append(stem_of_it)
            place += len(chunk)

    @cached_property
    def whole(self) -> list[str]:
        return [_WITH_APOSTROPHE.get(low, low) for low in self.lows]

    @cached_property
    def lacks(self) -> int:
        """What the line lacks of the needs of expressions."""
        return LINES.unmet(self.low)

    @cached_property
    def shouted(self) -> bool:
        """The whole line is in capitals: case says nothing."""
        return self.text.isupper()

    def at(self, offset: int) -> int:
        """Index of the first token that starts at or after the offset."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> list[Word]:
        """The tokens that lie inside the two offsets."""
        return [word for word in self.words[self.at(start) :] if word.end <= end] if start < end else []
