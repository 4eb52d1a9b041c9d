"""Finds the cue words of a list in a line; the longest cue wins where cues overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_walk import CueWalk, Says, Tree
from consult.nlp.tree import shared

_FAMILY = re.compile(r"\{(\w+)\}")
_WALK = CueWalk(wordlist.words("qualifier", "fillers.txt"))  # within a cue: "hasn't really been taking"
_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*|[^\w\s]")  # as Line cuts words


CUE_BEGINS: Kept[Any] = _WALK.begin


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
        tree = Tree()
        for key, found in {**made, **written}.items():
            tree.put(key).says = tuple(found)
        self._number = _WALK.add(shared(tree))
        self.size = sum(map(len, {**made, **written}.values()))
        self.meanings = {tuple(found) for found in (*made.values(), *written.values())}

    def said(self, line: Line) -> set[Says]:
        """What the cues say that may be in a line, wherever the mentions stand."""
        return {says for _, _, says in _WALK.endings(line, self._number)}

    def find(self, line: Line, blocked: Iterable[tuple[int, int]] = ()) -> list[Hit]:
        """Hits outside the blocked spans (the mentions themselves), in order."""
        endings = _WALK.endings(line, self._number)
        if not endings:
            return []
        spans = list(blocked)
        starts, ends = line.starts, line.ends
        out: list[Hit] = []
        at = after = -1  # the first token of the last hit, and the first behind it
        for first, last, says in endings:
            if first < after and first != at:
                continue
            start, end = starts[first], ends[last - 1]
            for left, right in spans:
                if start < right and left < end:
                    break
            else:
                hit = Hit(first, last, start, end, line.low[start:end], says)
                if first == at:
                    out[-1] = hit  # the same cue with more words
                else:
                    out.append(hit)
                at, after = first, last
        return out


@cache
def _families() -> dict[str, tuple[str, ...]]:
    rows = (row.split(": ", 1) for row in wordlist.lines("qualifier", "families.txt"))
    return {name: tuple(word.strip() for word in words.split("|")) for name, words in rows}


def family_names() -> frozenset[str]:
    return frozenset(_families())


def keys_of(cue: str) -> list[tuple[str, ...]]:
    """The tokens of a cue, once for each way to fill its families, their apostrophes put in."""
    return [tuple(_TOKEN.findall(text)) for text in filled(cue)]


def filled(cue: str) -> list[str]:
    """The cue once for each way to fill its families."""
    match = _FAMILY.search(cue)
    if match is None:
        return [cue]
    rest = filled(cue[match.end() :])
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
