"""Many expressions over one text, of which most need words that the text does not hold.

For each expression it is worked out once what every match must hold, and for each word once which of these needs it
meets; an expression is tried only on a text that meets its needs. This is the way of filtered matching in RE2.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, reduce
from itertools import groupby, product
from operator import or_
from re import _constants as code  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from consult.nlp.beginnings import parse, quick
from consult.nlp.kept import Kept
from consult.nlp.known_needs import Strings, forget, known_needs

Value = TypeVar("Value")
Pattern = re.Pattern[str]
_MOST = 400  # different strings that are looked for in place of one part of an expression
_MOST_TOLD = 1024  # sets of telling needs whose rows are kept
_EDGE = "\x01"  # stands in a string where a word begins or ends
_ANY_DIGIT = "N"  # no capital stands in a lower-case text
_DIGIT = re.compile(r"\d")
_EDGES = re.compile(r"\b")
_INNER_EDGES = re.compile(rf"(?<=[^{_EDGE}])\b(?=[^{_EDGE}])")
_LETTERS = 3
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT)
_MOST_REPEATED = 6
_NO_EDGE = re.compile(rf"^{_EDGE}(?!\w)|(?<!\w){_EDGE}$")  # beside a mark there may be none
_EMPTY: Strings = frozenset([""])
_BEGINS: Strings = frozenset([_EDGE])
_NOTHING: Strings = frozenset()
_COMMON = frozenset(
    (
        *("a", "an", "and", "as", "at", "for", "from", "had", "has", "have", "he", "her", "his", "i", "in", "is", "it"),
        *("my", "no", "of", "on", "or", "she", "so", "the", "to", "was", "with"),
    )
)
_SHARE_OF_COMMON = 0.12  # of the texts that hold one of these


class Needs:
    """The needs of the expressions of one kind of text: sets of strings of which a text must hold one.

    Each need has a bit of its own. `telling` has for each expression the bit of what is met the most seldom: a text
    that meets none of them holds a match of none.
    """

    def __init__(self) -> None:
        self.telling = 0
        self._bits: dict[Strings, int] = {}
        self._met_by: dict[str, dict[str, int]] = {}  # by their first three letters: strings, and the bits they meet
        self._all = 0
        self.kept = Kept(self.met)

    def add(self, needs: Iterable[Strings]) -> int:
        """The bits of these needs together."""
        bits = 0
        for strings in needs:
            bit = self._bits.setdefault(strings, 1 << len(self._bits))
            bits |= bit
            for one in strings:
                alike = self._met_by.setdefault(one[:_LETTERS], {})
                alike[one] = alike.get(one, 0) | bit
        self._all |= bits
        self.kept.clear()
        return bits

    def tell(self, tells: list[Strings]) -> int:
        """The bit of the most telling needs of all alternatives together; none where one has no need."""
        if not all(tells):
            self.telling = -1
            return 0
        telling = self.one_of(tells)
        self.telling |= telling
        return telling

    def one_of(self, needs: Iterable[Strings]) -> int:
        """The bit of a need that any of these meets."""
        return self.add([_shortest(frozenset().union(*needs))])

    def unmet(self, text: str) -> int:
        """The bits of the needs that a lower-case text does not meet; a need added afterwards is none of them."""
        return self.unmet_by(map(self.kept.__getitem__, text.split()))

    def unmet_by(self, met: Iterable[int]) -> int:
        """The bits of the needs that none of the words meets of which these are the bits that each meets."""
        return self._all ^ reduce(or_, met, 0)

    def met(self, word: str) -> int:
        """The bits of the needs that a lower-case word meets."""
        met = 0
        for form in {word, _DIGIT.sub(_ANY_DIGIT, word)}:
            edged = _EDGES.sub(_EDGE, form)
            for start in range(len(edged)):
                for end in range(start + 1, min(len(edged), start + _LETTERS) + 1):
                    for one, bits in self._met_by.get(edged[start:end], {}).items():
                        if edged.startswith(one, start):
                            met |= bits
        return met


LINES = Needs()
DIRECTIONS = Needs()


class Rare:
    """One expression that costs more to try than to see that a text holds nothing of it.

    `lacks` is what `unmet` of its kind gives for the text in lower case, or for a text that it is a part of. A text
    that lacks what is `telling` holds no match. It is compiled for the first text that may hold one.
    """

    __slots__ = ("_compiled", "_needs", "expression", "kind", "telling", "tells")

    def __init__(self, expression: str, kind: Needs = LINES) -> None:
        every = needed(expression)
        self.expression = expression
        self._compiled: Pattern | None = None
        self.kind = kind
        self._needs = tuple(kind.add(needs) for needs in every)
        self.tells = _tells(every)
        if not all(self.tells):
            raise ValueError("an expression that needs no words is not rare")
        self.telling = kind.tell(self.tells)

    @property
    def pattern(self) -> Pattern:
        """The expression, to be tried on any text."""
        compiled = self._compiled
        if compiled is None:
            compiled = self._compiled = re.compile(quick(self.expression))
        return compiled

    def possible(self, lacks: int) -> bool:
        """Whether the text may hold a match."""
        if lacks & self.telling:
            return False
        for needs in self._needs:  # noqa: SIM110  (a plain loop takes half the time)
            if not lacks & needs:
                return True
        return False

    def search(self, text: str, lacks: int, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between the two offsets."""
        if lacks & self.telling:
            return None
        for needs in self._needs:
            if not lacks & needs:
                return (self._compiled or self.pattern).search(text, start, end)
        return None

    def match(self, text: str, lacks: int) -> re.Match[str] | None:
        """The match at the start of the text."""
        if lacks & self.telling:
            return None
        for needs in self._needs:
            if not lacks & needs:
                return (self._compiled or self.pattern).match(text)
        return None

    def finditer(self, text: str, lacks: int) -> Iterable[re.Match[str]]:
        """All matches."""
        if lacks & self.telling:
            return ()
        for needs in self._needs:
            if not lacks & needs:
                return (self._compiled or self.pattern).finditer(text)
        return ()

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str, lacks: int) -> str:
        """The text with each match replaced."""
        if lacks & self.telling:
            return text
        for needs in self._needs:
            if not lacks & needs:
                return (self._compiled or self.pattern).sub(by, text)
        return text


class Expressions(Generic[Value]):
    """Expressions with what they stand for, in order."""

    def __init__(self, rows: Iterable[tuple[Value, str]], kind: Needs = LINES) -> None:
        self.kind = kind
        self.tells: list[Strings] = []
        self._written: list[tuple[Value, str]] = []
        self._compiled: list[tuple[Value, Pattern] | None] = []  # once a text may hold a match
        self._always: list[int] = []
        self._telling = 0
        self._told_by: dict[int, list[tuple[int, int]]] = {}  # what lines told before
        self._places: dict[int, list[tuple[int, int]]] = defaultdict(list)  # by that bit: place of the row, all needs
        for place, (value, expression) in enumerate(rows):
            every = needed(expression)
            tells = _tells(every)
            self.tells += tells
            self._written.append((value, expression))
            self._compiled.append(None)
            if not all(tells):
                self._always.append(place)
                kind.tell(tells)
                continue
            for needs, told in zip(every, tells, strict=True):
                telling = kind.tell([told])
                self._telling |= telling
                self._places[telling].append((place, kind.add(needs)))
        self._needless = [self._row(place) for place in self._always]

    def __iter__(self) -> Iterator[tuple[Value, Pattern]]:
        return map(self._row, range(len(self._written)))

    def _row(self, place: int) -> tuple[Value, Pattern]:
        row = self._compiled[place]
        if row is None:
            value, expression = self._written[place]
            row = self._compiled[place] = value, re.compile(quick(expression))
        return row

    def likely(self, lacks: int) -> list[tuple[Value, Pattern]]:
        """Those that may match in a text of which `unmet` gives this; none that matches is left out."""
        telling = self._telling & ~lacks
        if not telling:
            return self._needless
        told = self._told_by.get(telling)
        if told is None:
            told = self._told(telling)
        out: list[tuple[Value, Pattern]] = []
        last = -1
        for place, needs in told:
            if place != last and not needs & lacks:
                out.append(self._compiled[place] or self._row(place))
                last = place
        return out

    def _told(self, telling: int) -> list[tuple[int, int]]:
        """In order the places of rows with one of these telling needs, each with all that one way to match it needs."""
        found, left = [(place, 0) for place in self._always], telling
        while left:
            one = left & -left
            left ^= one
            found += self._places[one]
        if len(self._told_by) >= _MOST_TOLD:
            self._told_by.clear()
        self._told_by[telling] = found = sorted(found)
        return found


def any_of(*some: Rare | Expressions[Any]) -> int:
    """The need of several: a text of which `lacks & any_of(...)` is not 0 holds a match of none.

    ValueError where one of them may match without any words.
    """
    if any(not all(one.tells) for one in some):
        raise ValueError("an expression that needs no words has no part in this")
    return some[0].kind.one_of(needs for one in some for needs in one.tells)


def _tells(every: list[list[Strings]]) -> list[Strings]:
    """The most telling need of each alternative, none of one that needs nothing."""
    return [min(needs, key=_often, default=_NOTHING) for needs in every]


def needed(expression: str) -> list[list[Strings]]:
    """For each alternative of an expression sets of strings: every match of it holds one of each set.

    The strings are in lower case, with N for a digit where any will do; each lies within one word of the text.
    """
    known = known_needs(expression)
    return worked_out(expression) if known is None else known


def worked_out(expression: str) -> list[list[Strings]]:
    """As `needed`, whether it is known or not."""
    parsed = parse(expression)
    if parsed.state.flags & re.IGNORECASE:
        return [[]]
    every = [list(_needs(one)) for one in _alternatives(parsed)]
    single = frozenset(string for needs in every if len(needs) == 1 for string in needs[0])
    return [*(needs for needs in every if len(needs) != 1), *([list(_worth(single))] if single else [])]


def _alternatives(sequence: Any) -> list[Any]:
    items = list(sequence)
    wide = [place for place, (kind, _) in enumerate(items) if kind not in (code.AT, code.ASSERT, code.ASSERT_NOT)]
    if len(wide) != 1 or items[wide[0]][0] is not code.BRANCH:
        return [items]
    before, after = items[: wide[0]], items[wide[0] + 1 :]
    return [one for branch in items[wide[0]][1][1] for one in _alternatives([*before, *branch, *after])]


def _parts(sequence: Any) -> Iterator[tuple[Any, Any, Strings | None]]:
    """The parts of a sequence with all strings that each may match, where they are few; letters in a row are one."""
    letters = ""
    for kind, value in sequence:
        if kind is code.LITERAL and value != ord(" "):
            letters += chr(value).lower()
            continue
        if letters:
            yield code.LITERAL, letters, frozenset([letters])
            letters = ""
        yield kind, value, _spelled(kind, value)
    if letters:
        yield code.LITERAL, letters, frozenset([letters])


def _needs(sequence: Any) -> Iterator[Strings]:
    run = _EMPTY
    for kind, value, spelled in _parts(sequence):
        if spelled is not None and len(run) * len(spelled) <= _MOST:
            run = _joined(run, spelled)
            if any(" " in one for one in spelled):  # words end here and others begin
                yield from _worth(run)
                run = frozenset(_EDGE + one.rpartition(" ")[2] if " " in one else one for one in run)
            continue
        if kind in _REPEATS and not value[0] and run == _BEGINS and _at_blank(value[-1], -1):
            continue  # left out or not, a word begins behind it
        yield from _worth(_joined(run, _BEGINS) if _held_to_blank(kind, value, 0) else run)
        run = _BEGINS if _held_to_blank(kind, value, -1) else _EMPTY
        yield from _inner(kind, value) if spelled is None else _worth(spelled)
    yield from _worth(run)


def _held_to_blank(kind: Any, value: Any, place: int) -> bool:
    """Whether a part cannot be left out and begins (0) or ends (-1) with a blank."""
    if kind in _REPEATS:
        return value[0] > 0 and _at_blank(value[-1], place)
    if kind is code.SUBPATTERN:
        return _at_blank(value[-1], place)
    if kind is code.BRANCH:
        return all(_at_blank(branch, place) for branch in value[1])
    return (kind, value) == (code.LITERAL, ord(" "))


def _at_blank(sequence: Any, place: int) -> bool:
    items = list(sequence)
    if not items:
        return False
    kind, value = items[place]
    return _held_to_blank(kind, value, place)


def _worth(strings: Strings) -> Iterator[Strings]:
    """The strings cut to their most telling words, without those that hold another; nothing where one is empty."""
    words = {_edged(_most_telling(one)) for one in strings}
    words = {_DIGIT.sub(_ANY_DIGIT, one) if _ANY_DIGIT in one else one for one in words}
    if all(one.strip(_EDGE) for one in words):
        yield _shortest(frozenset(words))


def _edged(word: str) -> str:
    """The word with all its inner edges, and without those that need not be there."""
    return word if word.isalnum() else _INNER_EDGES.sub(_EDGE, _NO_EDGE.sub("", word))


def _most_telling(string: str) -> str:
    """Of the words of a string the one that tells most."""
    if " " not in string:
        return string
    return max(string.replace(" ", f"{_EDGE} {_EDGE}").replace(_EDGE * 2, _EDGE).split(), key=_telling, default="")


def _shortest(strings: Strings) -> Strings:
    """The strings without those that hold another."""
    kept: list[str] = []
    for _, alike in groupby(sorted(strings, key=len), key=len):
        kept += [one for one in alike if not any(map(one.__contains__, kept))]
    return frozenset(kept)


def _joined(run: Strings, spelled: Strings) -> Strings:
    return frozenset((a + b).replace(_EDGE * 2, _EDGE) for a, b in product(run, spelled))


def _spelled(kind: Any, value: Any) -> Strings | None:
    """All strings that a part may match, where they are few."""
    if kind is code.LITERAL:
        return frozenset([chr(value).lower()])
    if kind is code.AT:
        return frozenset([_EDGE]) if value is code.AT_BOUNDARY else _EMPTY
    if kind is code.ASSERT_NOT:
        return _EMPTY
    if kind is code.CATEGORY:
        return frozenset([_ANY_DIGIT]) if value is code.CATEGORY_DIGIT else None
    if kind is code.RANGE:
        return frozenset([_ANY_DIGIT]) if all(chr(one).isdecimal() for one in value) else None
    if kind is code.IN:
        each = [_spelled(*one) for one in value]
    elif kind is code.BRANCH:
        each = [_spelled_all(branch) for branch in value[1]]
    elif kind is code.SUBPATTERN:
        return None if value[1] & re.IGNORECASE else _spelled_all(value[-1])
    elif kind in _REPEATS and value[:2] == (0, 1):
        each = [_EMPTY, _spelled_all(value[-1])]
    else:
        return None
    union = frozenset(string for one in each if one for string in one)
    return union if all(each) and len(union) <= _MOST else None


def _spelled_all(sequence: Any) -> Strings | None:
    run = _EMPTY
    for _, _, spelled in _parts(sequence):
        if spelled is None or len(run) * len(spelled) > _MOST:
            return None
        run = _joined(run, spelled)
    return run


def _inner(kind: Any, value: Any) -> Iterator[Strings]:
    """The needs of a part that may match too many strings to list."""
    if kind in _REPEATS and value[0] > 0:
        yield from _needs(list(value[-1]) * min(value[0], _MOST_REPEATED))
    elif kind is code.SUBPATTERN and not value[1] & re.IGNORECASE:
        yield from _needs(value[-1])
    elif kind is code.ASSERT:
        yield from _needs(value[1])
    elif kind is code.BRANCH:
        each = [min(_needs(branch), key=_often, default=None) for branch in value[1]]
        if all(each):
            yield from _worth(frozenset(one for part in each if part for one in part))


def forget_estimates() -> None:
    """What was estimated while lists were loaded; it is hardly asked for again."""
    forget()
    _often.cache_clear()
    _telling.cache_clear()


@lru_cache(maxsize=8192)
def _often(strings: Strings) -> float:
    """About how often a text meets a need: the shorter its strings, the more of them and the more common."""
    return sum(_SHARE_OF_COMMON if one.strip(_EDGE) in _COMMON else 2 * 0.25 ** _telling(one) for one in strings)


@lru_cache(maxsize=8192)
def _telling(word: str) -> float:
    """About how many letters a word is worth: a digit or an edge tells half as much, a rare mark twice."""
    digits = sum(map(str.isdecimal, word)) + word.count(_ANY_DIGIT)
    letters = sum(map(str.isalpha, word)) - word.count(_ANY_DIGIT)
    edges, usual = word.count(_EDGE), word.count(",") + word.count(".")
    rare = len(word) - letters - digits - edges - usual
    return letters + digits / 2 + edges / 2 + usual + 2 * rare
