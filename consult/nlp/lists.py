"""Which of many lists hold a word: it is looked up in all of them only once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import compress

from consult.nlp.kept import Kept


class Lists:
    """Lists that stay loaded, by number. A list may be a rule as well: what it holds is a matter of the word alone."""

    def __init__(self) -> None:
        self.kept = Kept(self.holding)
        self._all: list[Callable[[str], bool]] = []

    def add(self, holds: Callable[[str], bool]) -> int:
        """The number of a list; `holds` tells whether a word is in it."""
        self._all.append(holds)
        self.kept.clear()
        return len(self._all) - 1

    def holding(self, word: str) -> tuple[int, ...]:
        """The numbers of the lists that hold the word."""
        return tuple([number for number, holds in enumerate(self._all) if holds(word)])

    def places(self, numbers: Sequence[tuple[int, ...]]) -> list[list[int]]:
        """For each list by its number the indexes of the words that it holds, given those numbers for each word."""
        found: list[list[int]] = [[] for _ in self._all]
        for i, holding in compress(enumerate(numbers), numbers):
            for number in holding:
                found[number].append(i)
        return found


LISTS = Lists()
