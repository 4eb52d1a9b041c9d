"""Names that were typed or heard with blanks in them: "hydro chlorothiazide", "zep bound", "gabba penten"."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from consult.domain.lexicon import DrugName
from consult.domain.mention import Candidate
from consult.nlp.drug.found import Drug
from consult.nlp.drug.index import DrugIndex
from consult.nlp.drug.lookalike import dosed_or_taken, in_drug_context
from consult.nlp.drug.misspelling import SELDOM, Misspellings, often_named
from consult.nlp.line import Line

_LEAST, _LEAST_SLIP = 6, 7  # letters of the whole; with a slip in it
_SHORT = 3  # letters of a part that say nothing by themselves
_MOST_PARTS = 3
_KEPT = 4096  # pairs of words
_SCORE, _TRUST, _SLIP_TRUST = 0.95, 0.9, 0.75
_LEAST_SOUNDED = 8  # letters of a name heard as two words
_SOUNDED_SCORE = 0.8


class Parted:
    """Looks at words beside each other as one name."""

    def __init__(self, index: DrugIndex, misspellings: Misspellings, everyday: frozenset[str]) -> None:
        self._names, self._single = index.names, index.single
        self._misspellings, self._everyday = misspellings, everyday
        self._one_slip = lru_cache(_KEPT)(misspellings.one_slip)
        self._sorted = sorted(one for one in index.single if len(one) >= _LEAST)

    def may_begin(self, word: str) -> bool:
        """A name goes on behind the word."""
        at = bisect_right(self._sorted, word)
        return len(word) > 1 and at < len(self._sorted) and self._sorted[at].startswith(word)

    def find(self, line: Line, i: int) -> tuple[Drug, int] | None:
        """The name that the words from there make, the longest first."""
        lows = line.lows
        both = "".join(lows[i : i + 2])
        longest = _MOST_PARTS if self.may_begin(both) else 2
        if longest == 2 and both not in self._single:
            return None
        for count in range(min(longest, len(lows) - i), 1, -1):
            name = self._single.get("".join(lows[i : i + count]))
            if name is not None and self._is_meant(line, i, count, name):
                called = "+".join(name.ingredients) if name.kind == "misspelling" else name.name
                meant = Candidate(called, name.ingredients, _SCORE)
                return _drug(line, i, count, (meant,), _TRUST), i + count
        return None

    def with_slip(self, line: Line, i: int, after: int) -> tuple[Drug, int] | None:
        """An unknown word that makes an often met name, but for one letter, with the word behind it or the one before
        it, which nothing was read of: `after` is behind what was read."""
        for first in (i, i - 1):
            if first < after or first + 1 >= len(line.lows):
                continue
            parts = line.lows[first : first + 2]
            both = "".join(parts)
            if len(both) < _LEAST_SLIP or not both.isalpha() or not _are_parts(line, first, 2):
                continue
            if any(self._is_drug(part) for part in parts):
                continue
            meant = self._one_slip(both)
            if meant is None or self._misspellings.is_ordinary(both, False):
                continue
            near = [part for part in parts if OSA.distance(part, meant.name, score_cutoff=1) <= 1]
            if near and any(self._is_plain(part) for part in parts if part not in near):
                continue  # "losarta in the morning"
            return _drug(line, first, 2, (meant,), _SLIP_TRUST), first + 2
        return None

    def sounded(self, line: Line, i: int) -> tuple[Drug, int] | None:
        """A name heard as two words: "gabba penten". Only where the two together are near to one name."""
        if i + 1 >= len(line.lows):
            return None
        after = line.lows[i + 1]
        both = line.lows[i] + after
        if (
            line.text[line.ends[i] : line.starts[i + 1]] != " "
            or not both.isalpha()
            or len(both) < _LEAST_SOUNDED
            or len(after) <= _SHORT
        ):
            return None
        if self._misspellings.is_ordinary(after, False) or after in self._names:
            return None
        candidates = self._misspellings.candidates(both, False)
        if not candidates or candidates[0].score < _SOUNDED_SCORE:
            return None
        return _drug(line, i, 2, candidates, candidates[0].score * _SLIP_TRUST), i + 2

    def _is_drug(self, word: str) -> bool:
        name = self._names.get(word)
        return name is not None and bool(name.ingredients) and len(word) > _SHORT and word not in self._everyday

    def _is_plain(self, word: str) -> bool:
        return len(word) <= _SHORT or word in self._everyday or self._misspellings.is_ordinary(word, False)

    def _is_meant(self, line: Line, i: int, count: int, name: DrugName) -> bool:
        """Words that are none by themselves make a name; plain words and other drugs only one that is often met."""
        parts = line.lows[i : i + count]
        if not (name.name.isalpha() and name.ingredients) or not _are_parts(line, i, count):
            return False
        drugs = [part for part in parts if self._is_drug(part)]
        plain = [part for part in parts if part not in drugs and self._is_plain(part)]
        before, after = line.low[: line.starts[i]], line.low[line.ends[i + count - 1] :]
        if len(drugs) + len(plain) < count:
            return name.note != SELDOM or in_drug_context(before, after)
        if not plain:
            return name.kind == "generic" or self._is_usual(name)
        if not self._is_usual(name):
            return False
        if drugs and not any(part in self._names for part in plain):
            return all(self._names[part].ingredients != name.ingredients for part in drugs)  # "losart an hour ago"
        known = all(self._misspellings.is_ordinary(part, False) for part in plain)
        return dosed_or_taken(before, after) if known else in_drug_context(before, after)

    def _is_usual(self, name: DrugName) -> bool:
        return name.name in often_named() or (
            name.kind in ("generic", "misspelling") and self._misspellings.is_common(name)
        )


def _are_parts(line: Line, i: int, count: int) -> bool:
    """The words are of two letters or more, with one blank between."""
    if any(len(part) < 2 or not part.isalpha() for part in line.lows[i : i + count]):
        return False
    return all(line.text[line.ends[a] : line.starts[b]] == " " for a, b in pairwise(range(i, i + count)))


def _drug(line: Line, i: int, count: int, candidates: tuple[Candidate, ...], trust: float) -> Drug:
    start, end = line.starts[i], line.ends[i + count - 1]
    return Drug(start, end, candidates[0].ingredients, "fuzzy", None, round(trust, 2), candidates)
