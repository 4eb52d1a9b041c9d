"""One walk over a line that follows the cues of all lists at once."""

from __future__ import annotations

from collections.abc import Container, Set

from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.tree import Node

Says = tuple[tuple[str, str], ...]
Tree = Node[Says]
Ending = tuple[int, int, Says]  # the tokens of a cue (end exclusive) and what it says
_MOST = 16_384  # places in the trees that are kept


class _Place:
    """Where a walk stands in several trees: what the cues that end here say, by the number of their list."""

    __slots__ = ("after", "going", "says", "words")

    def __init__(self, stands: list[tuple[int, Tree, bool]]) -> None:
        self.says = [(number, node.says) for number, node, came in stands if came and node.says is not None]
        self.going = [(number, node) for number, node, _ in stands if node.after]
        self.after: dict[str, _Place] = {}  # as far as they were walked
        self.words: Set[str] = frozenset()  # that lead on
        if len(self.going) == 1:
            self.words = self.going[0][1].after.keys()
        elif self.going:
            self.words = frozenset().union(*(node.after for _, node in self.going))


class CueWalk:
    """The trees of all lists. `between` are words that may stand within any cue."""

    def __init__(self, between: Container[str]) -> None:
        self._between = between
        self._trees: list[Tree] = []
        self.begin: Kept[_Place | None] = Kept(self._first)
        self._places: dict[tuple[tuple[int, int, bool], ...], _Place] = {}

    def add(self, tree: Tree) -> int:
        """The number of a list, by the tree of its cues."""
        self._trees.append(tree)
        self._forget()
        return len(self._trees) - 1

    def endings(self, line: Line, number: int) -> list[Ending]:
        """Where the cues of a list may end, in order of their first token, the shorter first."""
        if line.cues is None or number >= len(line.cues):
            line.cues = self._walked(line)
        return line.cues[number]

    def _walked(self, line: Line) -> list[list[Ending]]:
        found: list[list[Ending]] = [[] for _ in self._trees]
        between, following = self._between, [*line.lows[1:], ""]  # no cue goes on with the end
        for i, place in line.told(self.begin):
            stop = i
            while place is not None:
                low = following[stop]
                stop += 1
                for number, says in place.says:
                    found[number].append((i, stop, says))
                if low in place.words or (low in between and place.going):
                    place = place.after.get(low) or self._next(place, low)
                else:
                    break
        return found

    def _first(self, low: str) -> _Place | None:
        stands = [(number, tree.after[low], True) for number, tree in enumerate(self._trees) if low in tree.after]
        return self._place(stands) if stands else None

    def _next(self, place: _Place, low: str) -> _Place:
        stands = []
        for number, node in place.going:
            longer = node.after.get(low)
            if longer is not None:
                stands.append((number, longer, True))
            elif low in self._between:
                stands.append((number, node, False))
        following = place.after[low] = self._place(stands)
        return following

    def _place(self, stands: list[tuple[int, Tree, bool]]) -> _Place:
        key = tuple([(number, id(node), came) for number, node, came in stands])
        place = self._places.get(key)
        if place is None:
            if len(self._places) >= _MOST:
                self._forget()
            place = self._places[key] = _Place(stands)
        return place

    def _forget(self) -> None:
        self.begin.clear()
        self._places.clear()
