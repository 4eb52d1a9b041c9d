"""The names of drugs as keys of words, for lookup by n-gram."""

from __future__ import annotations

import re
from collections.abc import Iterable
from sys import intern

from consult.domain.lexicon import DrugName

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_RANK = {"generic": 0, "brand": 1, "abbreviation": 2, "salt": 3, "synonym": 4, "class": 5, "misspelling": 6}
_LEAST_SQUASHED = 6
_LEAST_MISSPELT = 8  # a known misspelling this long is itself misspelt now and then ("propananol")


def key_words(name: str) -> tuple[str, ...]:
    return tuple(intern(word.replace("'", "")) for word in _WORD.findall(name.lower().replace("’", "'")))


class DrugIndex:
    """Names by their words; a name with a hyphen or space is also found written as one word."""

    def __init__(self, names: Iterable[DrugName]) -> None:
        self.names: dict[str, DrugName] = {}  # by their words with one blank between
        self.starts: set[str] = set()  # the first words of all keys
        self.seconds: dict[str, set[str]] = {}  # the second words of longer keys by the first
        self.beginnings: set[str] = set()  # what a longer key begins with
        self.single: dict[str, DrugName] = {}
        self.combinations: set[tuple[str, ...]] = set()
        self.words: set[str] = set()
        for name in names:
            key = key_words(name.name)
            if not key:
                continue
            self._put(key, name)
            if len(key) > 1 and len("".join(key)) >= _LEAST_SQUASHED and name.kind != "class":
                self._put(("".join(key),), name, weak=True)
            if len(name.ingredients) > 1:
                self.combinations.add(tuple(sorted(name.ingredients)))
        for words, name in self.names.items():
            self.words.update(words.split(" "))
            least = _LEAST_MISSPELT if name.kind == "misspelling" else 1
            if " " not in words and name.kind not in ("class", "abbreviation") and len(words) >= least:
                self.single[words] = name

    def _put(self, key: tuple[str, ...], name: DrugName, weak: bool = False) -> None:
        words = " ".join(key)
        held = self.names.get(words)
        if held is None or (not weak and _RANK[name.kind] < _RANK[held.kind]):
            self.names[words] = name
        self.starts.add(key[0])
        if len(key) > 1:
            self.seconds.setdefault(key[0], set()).add(key[1])
        self.beginnings.update(" ".join(key[:count]) for count in range(1, len(key)))
