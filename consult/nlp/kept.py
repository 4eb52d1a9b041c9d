"""What was worked out for a word once, kept for the next line that holds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


class Kept(dict[str, Value]):
    """What `of` gives for each word that was asked for; all is forgotten when there are too many."""

    def __init__(self, of: Callable[[str], Value], most: int = 8192) -> None:
        super().__init__()
        self._of = of
        self._most = most

    def __missing__(self, word: str) -> Value:
        value = self._of(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = value
        return value
