"""One walk over a line that follows the phrases of symptoms as typed, by stems, and by stems without filler words."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import NamedTuple

from consult.nlp.effect.stems import stem
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.tree import Node

_ENDS = frozenset('.;:!?()[]{}"“”|,/+&')  # marks over which no phrase goes on
_QUOTES = frozenset('"“')
_REACH = 9  # tokens that a phrase with fillers may span
_MOST = 16_384  # places in the tree that are kept
_LONGEST = 60  # letters of a word that is kept
_NONE: Set[str] = frozenset()


class Meant(NamedTuple):
    """What a sequence means as the words typed, as their stems, and as the stems without filler words."""

    typed: str | None = None
    stems: str | None = None
    kept: str | None = None


class _Place:
    """Where a walk stands in the tree in each of the three ways.

    `concept` is what a phrase means that ends here. `lows`, `stems` and `stems_kept` lead on, and so does a filler
    where `loose`.
    """

    __slots__ = ("after", "concept", "kept", "loose", "lows", "stemmed", "stems", "stems_kept", "typed")

    def __init__(
        self, typed: Node[Meant] | None, stemmed: Node[Meant] | None, kept: Node[Meant] | None, filler: bool
    ) -> None:
        self.typed, self.stemmed, self.kept = typed, stemmed, kept
        concept = typed.says.typed if typed and typed.says else None
        concept = concept or (stemmed.says.stems if stemmed and stemmed.says else None)
        self.concept = concept or (kept.says.kept if kept and kept.says and not filler else None)
        self.lows = _after(typed)
        self.stems = _after(stemmed)
        self.stems_kept = _after(kept) if kept is not stemmed else _NONE
        self.loose = bool(kept and kept.after)
        self.after: dict[str, _Place] = {}  # as far as they were walked


def _after(node: Node[Meant] | None) -> Set[str]:
    """The tokens that lead on."""
    return node.after.keys() if node else _NONE


class PhraseWalk:
    """The tree of all phrases. `fillers` may stand within one; `others` alone are not what their stem means."""

    def __init__(self, tree: Node[Meant], fillers: frozenset[str], others: frozenset[str] = frozenset()) -> None:
        self._tree, self._fillers, self._others = tree, fillers, others
        self.begin: Kept[_Place | None] = Kept(self._first, longest=_LONGEST)
        self._made = 0

    def find(self, line: Line, stems: list[str], corrected: dict[int, str]) -> list[tuple[int, int, str]]:
        """The first and the last token of each phrase, and its concept; `corrected` are the stems of misspelt words."""
        fillers, are_words, lows = self._fillers, line.are_words, [*line.lows, "."]
        words: Sequence[str] = line.lows
        if corrected:
            words = [f"{low} {corrected[i]}" if i in corrected else low for i, low in enumerate(words)]
        stems = [*stems, ""]
        found: list[tuple[int, int, str]] = []
        for i, place in self.begin.told(words) if corrected else line.told(self.begin):
            if place is None:
                continue
            if place.concept is not None:
                found.append((i, i, place.concept))
            for j in range(i + 1, i + _REACH):
                low, meant = lows[j], stems[j]
                if (
                    low in place.lows
                    or meant in place.stems
                    or meant in place.stems_kept
                    or (place.loose and low in fillers)
                ):
                    place = place.after.get(words[j]) or self._next(place, words[j])
                    if place.concept is not None:
                        found.append((i, j, place.concept))
                elif low in _QUOTES and _opens(line, j):
                    continue
                elif low in _ENDS or are_words[j] or (low == "-" and _spaced(line, j)):
                    break
        return found

    def _first(self, word: str) -> _Place | None:
        low, meant = _parts(word)
        typed, stemmed, filler = self._tree.after.get(low), self._tree.after.get(meant), low in self._fillers
        if not typed and not stemmed:
            return None
        place = self._place(typed, stemmed, None if filler else stemmed, filler)
        if low in self._others and not (typed and typed.says and typed.says.typed):
            place.concept = None
        return place

    def _next(self, place: _Place, word: str) -> _Place:
        low, meant = _parts(word)
        filler, kept = low in self._fillers, place.kept
        if kept and not filler:
            kept = kept.after.get(meant)
        typed = place.typed and place.typed.after.get(low)
        stemmed = place.stemmed and place.stemmed.after.get(meant)
        following = place.after[word] = self._place(typed, stemmed, kept, filler)
        return following

    def _place(
        self, typed: Node[Meant] | None, stemmed: Node[Meant] | None, kept: Node[Meant] | None, filler: bool
    ) -> _Place:
        self._made += 1
        if self._made > _MOST:
            self.begin.clear()
            self._made = 0
        return _Place(typed, stemmed, kept, filler)


def _parts(word: str) -> tuple[str, str]:
    """A word and its stem; behind a misspelt word stands the stem of what was meant."""
    low, _, meant = word.partition(" ")
    return low, meant or stem(low)


def _opens(line: Line, index: int) -> bool:
    """Whether a quotation begins within the phrase: 'stomach is "in knots"'."""
    start, end = line.starts[index], line.ends[index]
    return line.low[start - 1 : start] == " " and line.low[end : end + 1] != " "


def _spaced(line: Line, index: int) -> bool:
    start, end = line.starts[index], line.ends[index]
    return line.low[start - 1 : start] == " " and line.low[end : end + 1] == " "
