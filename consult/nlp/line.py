"""A note line cut into words, with the places where a thought ends."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, pairwise
from operator import add
from typing import Any, NamedTuple, TypeVar

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
_COLUMNS = 3  # of a word, before what else is known
_MARKS = {"comma": ",", "period": ".", "colon": ":", "semicolon": ";", "full stop": "."}
_SPOKEN_MARKS = re.compile(
    r" (comma|semicolon|full stop|period|colon(?! (?:cancer|polyps?|screening|surgery)))(?=[ ]|$)"
)
_PLAIN_MARKS = ",.;:?!)"
_BLANK = re.compile(r"\s")
Value = TypeVar("Value")
_NEXT = re.compile(r" (?=[^ ])")


class Cut(NamedTuple):
    """The tokens of a text without blanks but at its end, and the needs of expressions that it meets.

    Of each token: how far it is to the next, its length, what it is, and the record of the word. From the last one it
    is as far as to the text behind the next blank.
    """

    tokens: tuple[tuple[int, int, str, tuple[Any, ...]], ...]
    met: int


class Words:
    """All that is known of each word, in one record: a line looks each of its words up only once.

    `known` is what the readers of a line ask of a word by itself.
    """

    def __init__(self, *known: Kept[Any]) -> None:
        self._known = known
        self.columns = {id(one): number for number, one in enumerate(known)}
        self.cuts = Kept(self._cut)
        self._records = Kept(self._record)
        sources: tuple[Kept[Any], ...] = (LINES.kept, LISTS.kept, *known)
        for one in sources:
            one.feeds(self.cuts)
            one.feeds(self._records)

    def _cut(self, chunk: str) -> Cut:
        records = self._records
        tokens = tuple((step, length, low, records[low]) for step, length, low in _tokens(chunk))
        return Cut(tokens, LINES.met(chunk))

    def _record(self, low: str) -> tuple[Any, ...]:
        """Of a token: whether it is a word, its stem, the numbers of its lists, and what else is known of it."""
        is_word = low[0].isalnum()
        return (is_word, stem(low) if is_word else "", LISTS.kept.of(low), *(one.of(low) for one in self._known))


def _tokens(chunk: str) -> Iterator[tuple[int, int, str]]:
    text = chunk.rstrip(" ")
    if text.isalnum():
        starts, ends = [0], [len(text)]
    elif text[-1:] in _PLAIN_MARKS and text[:-1].isalnum():
        starts, ends = [0, len(text) - 1], [len(text) - 1, len(text)]
    else:
        with _VOCAB.memory_zone():  # what a person said does not stay in the shared vocabulary
            spans = [(token.idx, token.idx + len(token)) for token in _CUT(_SURROGATE.sub("\ufffd", text))]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
    for (start, after), end in zip(pairwise([*starts, len(chunk) + 1]), ends, strict=True):
        yield after - start, end - start, text[start:end]


_PLAIN = Words()


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


class Line:
    """`low` has the offsets of `text`. All tokens in order: where they start and end, what they are in lower case,
    whether they are words or marks, and the stems of the words.

    `lacks` is what the line lacks of the needs of expressions. `shouted`: all in capitals, so that case says nothing.
    """

    __slots__ = (
        *(
            "_columns",
            "_known",
            "_places",
            "are_words",
            "breaks",
            "cues",
            "ends",
            "lacks",
            "low",
            "lows",
            "section",
            "shouted",
            "starts",
        ),
        *("stems", "text"),
    )

    def __init__(self, text: str, section: str = "", words: Words = _PLAIN) -> None:
        self.text, self.section = text, section
        self.low = low = lowered(text)
        self.shouted = text.isupper()
        self.breaks: list[int] | None = None  # where sentences end, once looked for
        self.cues: list[list[tuple[int, int, Any]]] | None = None  # as the walk over all lists found them
        plain = low if low.isprintable() else _BLANK.sub(" ", low)
        begun = plain.lstrip(" ")
        chunks = _NEXT.split(begun) if "  " in begun else begun.split(" ")
        tokens, met = zip(*map(words.cuts.__getitem__, chunks), strict=True)
        cut = list(chain.from_iterable(tokens))
        steps, lengths, lows, records = zip(*cut, strict=True) if cut else ((), (), (), ())
        columns: list[Sequence[Any]] = list(zip(*records, strict=True)) or [()] * (_COLUMNS + len(words.columns))
        are_words, stems, numbers, *self._known = columns
        self._columns = words.columns
        self.starts: list[int] = list(accumulate(steps, initial=len(plain) - len(begun)))
        self.starts.pop()  # where a token behind the last would start
        self.ends: list[int] = list(map(add, self.starts, lengths))
        self.lows: list[str] = list(lows)
        self.are_words: list[bool] = list(are_words)
        self.stems: list[str] = list(stems)
        self.lacks = LINES.unmet_by(met)
        self._places = LISTS.places(numbers)

    def where(self, number: int) -> list[int]:
        """The indexes of the tokens that are in a list, by its number in LISTS."""
        if number >= len(self._places):  # a list that was added since
            self._places = LISTS.places(list(map(LISTS.holding, self.lows)))
        return self._places[number]

    def known(self, kept: Kept[Value]) -> Sequence[Value]:
        """What is known of each token."""
        number = self._columns.get(id(kept))
        return self._known[number] if number is not None else list(map(kept.__getitem__, self.lows))

    def told(self, kept: Kept[Value]) -> Iterator[tuple[int, Value]]:
        """Of the tokens of which anything is known: the index, and what is known."""
        column = self.known(kept)
        return compress(enumerate(column), column)

    def at(self, offset: int) -> int:
        """Index of the first token that starts at or after the offset."""
        return bisect_left(self.starts, offset)

    def between(self, start: int, end: int) -> list[str]:
        """The tokens that lie inside the two offsets, in lower case."""
        return self.lows[self.at(start) : bisect_right(self.ends, end)] if start < end else []
