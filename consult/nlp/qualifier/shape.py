"""A line as a row of kinds of words, so that a wording is written once for all the words that may stand in it.

"quit the Lipitor last fall, awful leg cramps" is STOP DRUG MARK EFFECT: articles, amounts, times and words of degree
are left out. `data/blame_words.txt` tells the kinds, `data/blame_shapes.txt` the rows by which a line blames a drug.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from consult.nlp import wordlist
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import CueList

_MARKS = dict.fromkeys(",-–—:(=>→", ",") | dict.fromkeys(("/", "&", "+", "and", "n", "or"), "&")
_MARKS |= dict.fromkeys(".;!\n|", ".") | {"?": "?"}
_LEFT_OUT = frozenset(")\"”“'[]~*")
_UNKNOWN = "x"
NAMED = {
    "DRUG": "(D(?:&D)*)",
    "EFFECT": "E",
    "OTHER": "D",
    "AND": "&",
    "ELSE": _UNKNOWN,
    "MARK": ",+",
    "END": "\\.",
    "ASKED": "\\?+",
    "ANY": "[^DE.?]",
}
_SINGLE = {"MARK": ",", "END": "\\.", "AND": "&", "ELSE": _UNKNOWN}
_FIRST_LETTER = 0x4E00  # one letter for each set of kinds that a word may be of
_NOTHING = "DROP"


class Told(NamedTuple):
    """A list of drugs and a list of effects by their indexes, and the offsets of the words that link them."""

    drugs: tuple[int, ...]
    effects: tuple[int, ...]
    start: int
    end: int


class _Kinds(NamedTuple):
    """Words by kind, the letter of each set of kinds, and the expressions over rows of letters."""

    words: CueList
    letters: dict[tuple[tuple[str, str], ...], str]
    shapes: tuple[tuple[int, re.Pattern[str]], ...]  # with the kinds that each needs, as bits
    bits: dict[str, int]  # the kinds of a letter
    plain: frozenset[str]  # words and marks that are left out wherever they stand


Span = tuple[int, int]


def told(line: Line, drugs: Sequence[Span], effects: Sequence[Span]) -> Iterator[Told]:
    """Each place where the row of the line blames drugs for effects."""
    row, pieces = _row(line, drugs, effects)
    if "D" not in row or "E" not in row:
        return
    kinds = _kinds()
    holds = reduce(or_, (kinds.bits[letter] for letter in set(row) if letter in kinds.bits), 0)
    for needs, shape in kinds.shapes:
        if needs & ~holds:
            continue
        for match in shape.finditer(row):
            spans = sorted((match.span(1), match.span(2)))
            if row[spans[0][0]] == "E":
                spans.reverse()
            words = [i for i in range(*match.span()) if row[i] not in "DE&,."]
            if words and row[match.start()] == "D" and words[0] < min(spans)[0]:
                words = [i for i in words if i > min(spans)[0]]  # those before speak of another drug
            says = words or [i for i in range(*match.span()) if row[i] not in "DE"]
            if says:
                named = [tuple(pieces[i][0] for i in range(*span) if row[i] in "DE") for span in spans]
                yield Told(named[0], named[1], pieces[says[0]][1], pieces[says[0]][2])


def _row(line: Line, drugs: Sequence[Span], effects: Sequence[Span]) -> tuple[str, list[tuple[int, int, int]]]:
    """A letter for each piece of the line, and for each its index among drugs or effects and its offsets."""
    kinds = _kinds()
    named = sorted(
        [(start, end, "D", i) for i, (start, end) in enumerate(drugs)]
        + [(start, end, "E", i) for i, (start, end) in enumerate(effects)]
    )
    letters: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    lows, plain = line.lows, kinds.plain
    hits = [(hit.start, hit.end, kinds.letters[hit.says], -1) for hit in kinds.words.find(line, [*drugs, *effects])]
    at = 0
    for start, end, letter, index in sorted([*named, *hits, (len(line.low), len(line.low), "", -1)]):
        first = line.at(start)
        for i in range(at, first):
            low = lows[i]
            if low not in plain and not low[0].isdigit():
                letters.append(_MARKS.get(low, _UNKNOWN))
                pieces.append((-1, line.starts[i], line.ends[i]))
        if letter:
            letters.append(letter)
            pieces.append((index, start, end))
        at = max(at, line.at(end))
    return "".join(letters), pieces


@cache
def _kinds() -> _Kinds:
    kinds_of: dict[str, set[str]] = defaultdict(set)
    for kind, listed in _lists():
        for word in listed.split(" | "):
            kinds_of[word].add(kind)
    plain = {word for word, kinds in kinds_of.items() if kinds == {_NOTHING} and word.isalpha()}
    words = CueList((word, kind, "") for word, kinds in kinds_of.items() if word not in plain for kind in sorted(kinds))
    letters: dict[tuple[tuple[str, str], ...], str] = {}
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
        for item in row.split():
            if item[0] != "!" and item[-1] not in "?*" and item not in NAMED:
                needs |= 1 << needed.setdefault(item, len(needed))
        shapes.append((needs, _shape(row, of_kind)))
    bits: dict[str, int] = defaultdict(int)
    for item, bit in needed.items():
        for letter in _letters_of(item, of_kind):
            bits[letter] |= 1 << bit
    return _Kinds(words, letters, tuple(shapes), dict(bits), frozenset(plain) | _LEFT_OUT)


def _lists() -> Iterator[tuple[str, str]]:
    for row in wordlist.lines("qualifier", "blame_words.txt"):
        kind, _, words = row.partition(": ")
        yield kind, words


def kinds_in(row: str) -> list[str]:
    """The kinds that a row names."""
    return re.findall(r"[A-Z]+", row)


def _letters_of(item: str, of_kind: dict[str, str]) -> str:
    return "".join(_SINGLE.get(name) or of_kind[name] for name in kinds_in(item))


def _shape(row: str, of_kind: dict[str, str]) -> re.Pattern[str]:
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
    return re.compile(out)
