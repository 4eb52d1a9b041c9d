"""Finds the cue words of a list in a line; the longest cue wins where cues overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.line import Line
from consult.nlp.lists import LISTS
from consult.nlp.tree import Node

_FAMILY = re.compile(r"\{(\w+)\}")
_FILLERS = wordlist.words("qualifier", "fillers.txt")  # may stand within a cue: "hasn't really been taking"
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[^\w\s]")  # as Line cuts words


class Hit(NamedTuple):
    """A cue found: token indexes (end exclusive), offsets, and the (what, where) pairs of its list."""

    first: int
    last: int
    start: int
    end: int
    low: str
    says: tuple[tuple[str, str], ...]

    def side(self, what: str) -> str | None:
        for name, where in self.says:
            if name == what:
                return where
        return None


class CueList:
    """Cues by their first token. A cue may hold a family of words as {name}; one written out wins over one so made.

    `size` is how many there are, families filled.
    """

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows` are each a cue, what it says and where it stands."""
        written: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        made: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for text, what, where in rows:
            gathered = made if "{" in text else written
            for key in keys_of(text):
                says = gathered.setdefault(key, [])
                if gathered is written or not says:
                    says.append((what, where))
        self._tree: Node[tuple[tuple[str, str], ...]] = Node()
        for key, found in {**made, **written}.items():
            self._tree.put(key).says = tuple(found)
        self._number = LISTS.add(self._tree.after.__contains__)
        self.size = sum(map(len, {**made, **written}.values()))
        self.meanings = {tuple(found) for found in (*made.values(), *written.values())}

    def find(self, line: Line, blocked: Iterable[tuple[int, int]] = ()) -> list[Hit]:
        """Hits outside the blocked spans (the mentions themselves), in order."""
        lows, starts = line.lows, self._tree.after
        spans = list(blocked)
        out: list[Hit] = []
        after, count = 0, len(lows)
        for i in line.where(self._number):
            if i < after:
                continue
            node, stop = starts[lows[i]], i + 1
            if node.says is None and (stop == count or (lows[stop] not in node.after and lows[stop] not in _FILLERS)):
                continue
            known: list[tuple[int, tuple[tuple[str, str], ...]]] = []
            if node.says is not None:
                known.append((stop, node.says))
            while node.after and stop < count:
                low = lows[stop]
                stop += 1
                longer = node.after.get(low)
                if longer is None:
                    if low in _FILLERS:
                        continue
                    break
                node = longer
                if node.says is not None:
                    known.append((stop, node.says))
            for stop, says in reversed(known):
                start, end = line.starts[i], line.ends[stop - 1]
                for left, right in spans:
                    if start < right and left < end:
                        break
                else:
                    after = stop
                    out.append(Hit(i, stop, start, end, line.low[start:end], says))
                    break
        return out


@cache
def _families() -> dict[str, tuple[str, ...]]:
    rows = (row.split(": ", 1) for row in wordlist.lines("qualifier", "families.txt"))
    return {name: tuple(word.strip() for word in words.split("|")) for name, words in rows}


def family_names() -> frozenset[str]:
    return frozenset(_families())


def keys_of(cue: str) -> list[tuple[str, ...]]:
    """The tokens of a cue, once for each way to fill its families, their apostrophes put in."""
    return [tuple(_TOKEN.findall(text)) for text in _filled(cue)]


def _filled(cue: str) -> list[str]:
    match = _FAMILY.search(cue)
    if match is None:
        return [cue]
    rest = _filled(cue[match.end() :])
    return [cue[: match.start()] + word + end for word in _families()[match[1]] for end in rest]


def _rows(name: str, what: str, where: str) -> Iterable[tuple[str, str, str]]:
    return ((row["cue"], row[what], row[where]) for row in wordlist.table("qualifier", name))


@cache
def effect_cues() -> CueList:
    return CueList(_rows("cues.csv", "sets", "side"))


@cache
def status_cues() -> CueList:
    return CueList(_rows("status.csv", "status", "side"))


@cache
def blame_cues() -> CueList:
    return CueList(_rows("blame.csv", "order", "order"))


def cue(line: Line, sets: str, start: int, end: int) -> Cue:
    return Cue(sets, start, end, line.text[start:end])
