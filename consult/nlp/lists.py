"""Where a line holds a word of each of many lists, told in one pass: a word is looked up in all lists only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from consult.nlp.kept import Kept


class Lists:
    """Lists that stay loaded, by number. A list may be a rule as well: what it holds is a matter of the word alone."""

    def __init__(self) -> None:
        self._all: list[Callable[[str], bool]] = []
        self._numbers = Kept(self._search)

    def add(self, holds: Callable[[str], bool]) -> int:
        """The number of a list; `holds` tells whether a word is in it."""
        self._all.append(holds)
        self._numbers.clear()
        return len(self._all) - 1

    def _search(self, word: str) -> tuple[int, ...]:
        return tuple(number for number, holds in enumerate(self._all) if holds(word))

    def places(self, words: Iterable[str]) -> list[list[int]]:
        """For each list by its number the indexes of the words that it holds."""
        found: list[list[int]] = [[] for _ in self._all]
        for i, numbers in enumerate(map(self._numbers.__getitem__, words)):
            for number in numbers:
                found[number].append(i)
        return found


LISTS = Lists()
