"""A line as a row of kinds of words, so that a wording is written once for all the words that may stand in it.

"quit the Lipitor last fall, awful leg cramps" is STOP DRUG MARK EFFECT: articles, amounts, times and words of degree
are left out. `data/blame_words.txt` tells the kinds, `data/blame_shapes.txt` the rows by which a line blames a drug.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, reduce
from operator import itemgetter, or_
from typing import NamedTuple

from consult.nlp import wordlist
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_walk import Says
from consult.nlp.qualifier.cue_words import CueList

_MARKS = {
    **dict.fromkeys(",-–—:(=>→", ","),
    **dict.fromkeys(("/", "&", "+", "and", "n", "or"), "&"),
    **dict.fromkeys(".;!\n|", "."),
    "?": "?",
}
_LEFT_OUT = frozenset(")\"”“'[]~*%")
_UNKNOWN = "x"
NAMED = {
    "DRUG": "(D(?:&D)*)",
    "EFFECT": "E",
    "OTHER": "D",
    "SYMPTOM": "E(?:[,&]+E)*",
    "AND": "&",
    "ELSE": _UNKNOWN,
    "MARK": ",+",
    "END": "\\.",
    "ASKED": "\\?+",
    "ANY": "[^DE.?]",
}
_SINGLE = {"MARK": ",", "END": "\\.", "ASKED": "\\?", "AND": "&", "ELSE": _UNKNOWN}
_NEEDED = ("MARK", "END", "AND", "ASKED")  # marks
_FIRST_LETTER = 0x4E00  # one letter for each set of kinds that a word may be of
_NOTHING = "DROP"
_LETTER = itemgetter(2)  # of a piece
_KNOWN = "KNOWN "  # before a row that holds only for what a drug is well known for


class Told(NamedTuple):
    """A list of drugs and a list of effects by their indexes, and the offsets of the words that link them."""

    drugs: tuple[int, ...]
    effects: tuple[int, ...]
    start: int
    end: int
    known: bool  # it only holds where the drug is known for the effect


class _Kinds(NamedTuple):
    """Words by kind, the letter of each set of kinds, and the expressions over rows of letters."""

    words: CueList
    letters: dict[Says, str]
    shapes: tuple[tuple[int, str, bool], ...]  # needs, as bits; the expression; if only of what is known
    bits: dict[Says, int]  # the kinds of a word
    marks: dict[str, int]  # and of a mark, by its letter
    alone: Kept[str]  # the letter of a word or mark that is in no list, "" for what is left out wherever it stands


Span = tuple[int, int]
_Piece = tuple[int, int, str, int]  # offsets, letter, index among drugs or effects or -1


def told(line: Line, drugs: Sequence[Span], effects: Sequence[Span]) -> Iterator[Told]:
    """Each place where the row of the line blames drugs for effects."""
    kinds = _kinds()
    row = [*line.known(kinds.alone), ""]
    holds = reduce(or_, map(kinds.marks.__getitem__, kinds.marks.keys() & row), 0)
    shapes = _likely(reduce(or_, map(kinds.bits.__getitem__, kinds.words.said(line)), holds))
    if not shapes or not drugs or not effects:
        return
    named = [(start, end, "D", i) for i, (start, end) in enumerate(drugs)]
    named += [(start, end, "E", i) for i, (start, end) in enumerate(effects)]
    hits = kinds.words.find(line, [*drugs, *effects])
    if "/" in line.lows:
        row = [at if not _in_a_date(line, i) else "" for i, at in enumerate(row)]
    placed = _put_in(line, row, sorted([*named, *((hit.start, hit.end, kinds.letters[hit.says], -1) for hit in hits)]))
    letters = "".join(row)
    for shape, known in shapes:
        for match in shape.finditer(letters):
            spans = sorted((match.span(1), match.span(2)))
            if letters[spans[0][0]] == "E":
                spans.reverse()
            words = [i for i in range(*match.span()) if letters[i] not in "DE&,."]
            if words and letters[match.start()] == "D" and words[0] < min(spans)[0]:
                words = [i for i in words if i > min(spans)[0]]  # those before speak of another drug
            says = words or [i for i in range(*match.span()) if letters[i] not in "DE"]
            if says:
                pieces = _pieces(line, row, placed)
                lists = [tuple(pieces[i][3] for i in range(*span) if letters[i] in "DE") for span in spans]
                yield Told(lists[0], lists[1], *pieces[says[0]][:2], known)


def _in_a_date(line: Line, i: int) -> bool:
    """The mark of "5/2023" joins nothing; that of "5/7" is left."""
    lows = line.lows
    return 0 < i < len(lows) - 1 and lows[i] == "/" and lows[i - 1].isdigit() and lows[i + 1][:2] in ("19", "20")


@lru_cache(maxsize=4096)
def _likely(holds: int) -> list[tuple[re.Pattern[str], bool]]:
    """The rows that a line may be of which holds these kinds."""
    return [(_compiled(shape), known) for needs, shape, known in _kinds().shapes if not needs & ~holds]


@cache
def _compiled(shape: str) -> re.Pattern[str]:
    """Once a line may be of the row, not at the start: so many sets of letters take a sixth of a second."""
    return re.compile(shape)


def _put_in(line: Line, row: list[str], pieces: list[_Piece]) -> dict[int, list[_Piece]]:
    """Puts the letters of drugs, effects and words of a kind in place of those of their tokens; gives the pieces by
    the token before which they stand."""
    placed: dict[int, list[_Piece]] = {}
    for piece in pieces:
        first, last = line.at(piece[0]), line.at(piece[1])
        if piece[2]:
            placed.setdefault(first, []).append(piece)
        row[first:last] = [""] * (last - first)
    for i, some in placed.items():
        row[i] = "".join([*map(_LETTER, some), row[i]])
    return placed


def _pieces(line: Line, row: list[str], placed: dict[int, list[_Piece]]) -> list[_Piece]:
    """The piece of each letter of the row."""
    out: list[_Piece] = []
    for i, letters in enumerate(row):
        some = placed.get(i, [])
        out += some
        if len(letters) > len(some):
            out.append((line.starts[i], line.ends[i], letters[-1], -1))
    return out


def letters_alone() -> Kept[str]:
    """The letter of each word or mark that is in no list."""
    return _kinds().alone


@cache
def _kinds() -> _Kinds:
    kinds_of: dict[str, set[str]] = defaultdict(set)
    for kind, listed in _lists():
        for word in listed.split(" | "):
            kinds_of[word].add(kind)
    plain = {word for word, kinds in kinds_of.items() if kinds == {_NOTHING} and word.isalpha()}
    words = CueList((word, kind, "") for word, kinds in kinds_of.items() if word not in plain for kind in sorted(kinds))
    letters: dict[Says, str] = {}
    of_kind: dict[str, str] = {}
    for says in sorted(words.meanings):
        kinds = sorted({kind for kind, _ in says})
        if kinds == [_NOTHING]:
            letters[says] = ""
            continue
        letters[says] = chr(_FIRST_LETTER + len(letters))
        for kind in kinds:
            of_kind[kind] = of_kind.get(kind, "") + letters[says]
    needed: dict[str, int] = {}  # a bit for each item that a row cannot be without
    shapes = []
    for row in wordlist.lines("qualifier", "blame_shapes.txt"):
        needs = 0
        known = row.startswith(_KNOWN)
        row = row.removeprefix(_KNOWN)
        for item in row.split():
            if item[0] != "!" and item[-1] not in "?*" and (item in _NEEDED or item not in NAMED):
                needs |= 1 << needed.setdefault(item, len(needed))
        shapes.append((needs, _shape(row, of_kind), known))
    bits: dict[str, int] = defaultdict(int)
    for item, bit in needed.items():
        for letter in _letters_of(item, of_kind):
            bits[letter] |= 1 << bit
    left_out = plain | _LEFT_OUT
    alone = Kept(lambda low: "" if low in left_out or low[0].isdigit() else _MARKS.get(low, _UNKNOWN))
    of_words = {says: bits[letter] for says, letter in letters.items()}
    marks = {mark: bits[mark] for mark in set(_MARKS.values())}
    return _Kinds(words, letters, tuple(shapes), of_words, marks, alone)


def _lists() -> Iterator[tuple[str, str]]:
    for row in wordlist.lines("qualifier", "blame_words.txt"):
        kind, _, words = row.partition(": ")
        yield kind, words


def kinds_in(row: str) -> list[str]:
    """The kinds that a row names."""
    return re.findall(r"[A-Z]+", row.removeprefix(_KNOWN))


def _letters_of(item: str, of_kind: dict[str, str]) -> str:
    return "".join(_SINGLE.get(name) or of_kind[name] for name in kinds_in(item))


def _shape(row: str, of_kind: dict[str, str]) -> str:
    empty = f"[{of_kind.get(_NOTHING, '')}]*"
    gets = f"[{of_kind['GETS']}]?"
    items = row.split()
    out = ""
    for item, following in zip(items, [*items[1:], ""], strict=True):
        names = kinds_in(item)
        if names == ["EFFECT"]:
            one = f"(E(?:{empty}[,&]+{empty}{gets}{empty}E)*)"
        elif names[0] in NAMED and len(names) == 1:
            one = NAMED[names[0]]
        else:
            one = f"[{_letters_of(item, of_kind)}]"
        if names == ["ANY"]:
            out += f"{one}*"
            continue
        between = "" if following.startswith("!") else empty
        if item.startswith("!"):
            out += f"(?!{empty}{one}){between}"
        else:
            out += f"(?:{one}{between}){item[-1] if item[-1] in '?*' else ''}"
    return out
