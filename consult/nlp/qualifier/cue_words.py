"""Finds the cue words of a list in a line; the longest cue wins where cues overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.line import Line


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: token indexes (end exclusive), offsets, and the (what, where) pairs of its list."""

    first: int
    last: int
    start: int
    end: int
    low: str
    says: tuple[tuple[str, str], ...]

    def side(self, what: str) -> str | None:
        return next((where for name, where in self.says if name == what), None)


class CueList:
    """Cues by their first token."""

    def __init__(self, name: str, what: str, where: str) -> None:
        self._cues: dict[str, list[tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]] = {}
        gathered: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for row in wordlist.table("qualifier", name):
            key = tuple(word.low for word in Line(row["cue"]).words)
            gathered.setdefault(key, []).append((row[what], row[where]))
        for key, says in gathered.items():
            self._cues.setdefault(key[0], []).append((key, tuple(says)))
        for options in self._cues.values():
            options.sort(key=lambda one: -len(one[0]))

    def find(self, line: Line, blocked: Iterable[tuple[int, int]] = ()) -> list[Hit]:
        """Hits outside the blocked spans (the mentions themselves), in order."""
        lows = [word.low for word in line.words]
        spans = list(blocked)
        out: list[Hit] = []
        i = 0
        while i < len(lows):
            step = 1
            for key, says in self._cues.get(lows[i], ()):
                if tuple(lows[i : i + len(key)]) != key:
                    continue
                start, end = line.words[i].start, line.words[i + len(key) - 1].end
                if all(end <= a or start >= b for a, b in spans):
                    out.append(Hit(i, i + len(key), start, end, line.low[start:end], says))
                    step = len(key)
                    break
            i += step
        return out


@cache
def effect_cues() -> CueList:
    return CueList("cues.csv", "sets", "side")


@cache
def status_cues() -> CueList:
    return CueList("status.csv", "status", "side")


@cache
def blame_cues() -> CueList:
    return CueList("blame.csv", "order", "order")


def cue(line: Line, sets: str, start: int, end: int) -> Cue:
    return Cue(sets, start, end, line.text[start:end])
