"""What was worked out for a word once, kept for the next line that holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import compress
from typing import Any, TypeVar
from weakref import ref

Value = TypeVar("Value")


class Kept(dict[str, Value]):
    """What `of` gives for each word that was asked for; all is forgotten when there are too many.

    What is longer than `longest` letters is not kept: it was pasted, comes once and would fill the memory.
    """

    def __init__(self, of: Callable[[str], Value], most: int = 16_384, longest: int = 40) -> None:
        super().__init__()
        self.of = of  # what is kept, without keeping it
        self._most, self._longest = most, longest
        self._feeds: list[ref[Kept[Any]]] = []

    def feeds(self, other: Kept[Any]) -> None:
        """What the other keeps is worked out from this, and forgotten with it."""
        self._feeds.append(ref(other))

    def clear(self) -> None:
        """Forgets all, and what was worked out from it."""
        super().clear()
        for one in self._feeds:
            if (other := one()) is not None:
                other.clear()

    def told(self, words: Iterable[str]) -> Iterator[tuple[int, Value]]:
        """Of the words for which there is anything: the index, and what there is."""
        values = list(map(self.__getitem__, words))
        return compress(enumerate(values), values)

    def __missing__(self, word: str) -> Value:
        value = self.of(word)
        if len(word) > self._longest:
            return value
        if len(self) >= self._most:
            self.clear()
        self[word] = value
        return value
