"""Readings of a misspelt drug name, nearest first; never an answer by itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain
from operator import attrgetter

from rapidfuzz import process
from rapidfuzz.distance import OSA

from consult.domain.lexicon import DrugName
from consult.domain.mention import Candidate
from consult.nlp import wordlist
from consult.nlp.drug.index import DrugIndex

_LEAST_SECOND, _SECOND_SCORE = 5, 0.8  # letters of the second word of a name
_LEAST = 5
_LONG = 8
_VERY_LONG = 11
_KEEP = 3
_MEANT_LONG = 8  # an ordinary word of this length with a strength behind it ...
_MEANT_SCORE = 0.9  # ... and this near may be meant for a drug
_SHORT_NAME = 5  # a name this short must be one letter away
_RARE_LONG = 10  # a drug seldom dispensed must be nearer, unless its name is long
_LEAST_SCORE = 0.7
_NEAR = 0.15  # candidates within this of the best are kept for the pharmacist to see
_FOLDS = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("z", "s"), ("y", "i"), ("c", "k"), ("v", "b"))
_SOFT = re.compile(r"c(?=[eiy])")
_SHORT_TYPO = 6
_NO_DRUG_END = re.compile(
    r"(?:ists?|olog(?:y|ies|ical)|ing|ings|ness|ments?|tions?|ously|fully|ably|ibly|ships?|hoods?)$"
)
_DOUBLE = re.compile(r"(.)\1")
_FIRST = {"k": "c", "q": "c", "x": "z", "s": "z", "f": "p", "e": "a", "i": "a", "j": "g", "y": "a", "o": "a", "u": "a"}
_USUAL = 0.04  # a name that is often met wins over one seldom met at the same distance
_TWICE = 0.03  # the nearest name is itself a misspelling
_LEAST_CUT = 4  # letters of a name cut short
_LEAST_CUTSELDOM = 6
_CUT_SCORE = 0.8
SELDOM = "rare name"
_NAME = attrgetter("name")
_LAST_LETTER = "\uffff"


@cache
def _near_words() -> frozenset[str]:
    return wordlist.words("drug", "near_words.txt")


@cache
def often_named() -> frozenset[str]:
    """Names that note lines have."""
    return wordlist.words("drug", "often_named.txt")


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """The word as it sounds, roughly."""
    word = _SOFT.sub("s", word)
    for old, new in _FOLDS:
        word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


def _groups(word: str) -> tuple[str, ...]:
    """The letters that a name may begin with which sounds as the word does."""
    first = _FIRST.get(word[0], word[0])
    return (first, "z") if _SOFT.match(word) else (first, "c") if word[0] == "s" else (first,)


class Misspellings:
    """Candidates of an unknown word among the names; `common` ingredients win over rare ones at the same distance."""

    def __init__(
        self,
        index: DrugIndex,
        confused: Iterable[tuple[str, str]],
        common: Iterable[str],
        blocked: frozenset[str],
        never: frozenset[str] = frozenset(),
    ) -> None:
        common = tuple(common)
        self._common = frozenset(common)
        self._blocked, self._never = blocked, never
        self._names = frozenset(index.single)
        self._confused: set[frozenset[str]] = {frozenset((a.lower(), b.lower())) for a, b in confused}
        self._buckets: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._drugs, self._all, self._seconds = index.single, index.names, index.seconds
        for word in index.single:
            if len(word) >= _LEAST - 1 and word.isalpha():
                self._buckets[(_groups(word)[0], len(word))].append(word)
        self._often: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(often_named()):
            if word.isalpha() and word in index.single and index.single[word].ingredients:
                self._often[(_groups(word)[0], len(word))].append(word)
        self._ordinary: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in blocked:
            if len(word) >= _LEAST - 1:
                self._ordinary[(word[0], len(word))].append(word)
        self._rank = {name: place for place, name in enumerate(common)}
        generics = (one for one in index.single.values() if one.kind == "generic" and len(one.ingredients) == 1)
        self._generics = sorted(generics, key=_NAME)
        self._read = lru_cache(maxsize=4096)(self._candidates)
        self._kept = lru_cache(maxsize=8192)(self._meant)
        self._two_words = lru_cache(maxsize=4096)(self._meant_by_two)
        self._slips = lru_cache(maxsize=4096)(self._near_ordinary)

    def is_ordinary(self, word: str, dosed: bool) -> bool:
        """No reading of the word can be a drug: known words are only looked at where a strength stands behind."""
        return word in self._never or (word in self._blocked and (not dosed or len(word) < _MEANT_LONG))

    def candidates(self, word: str, in_context: bool, dosed: bool = False) -> tuple[Candidate, ...]:
        """At most three readings, best first; empty where the word is no likely misspelling of a drug.

        `dosed`: a strength stands right behind, so even an ordinary word may be a drug ("Singular 10 mg"). What has no
        reading `in_context` of a drug has none elsewhere.
        """
        return self._kept(word, in_context, dosed)

    def _meant(self, word: str, in_context: bool, dosed: bool) -> tuple[Candidate, ...]:
        if len(word) < _LEAST - in_context or not word.isalpha() or not word.isascii() or word in self._never:
            return ()
        if _NO_DRUG_END.search(word) and word[:-1] not in self._names:
            return ()
        if len(word) <= _SHORT_TYPO and any(OSA.distance(word, one, score_cutoff=1) <= 1 for one in _near_words()):
            return ()
        if word in self._blocked:
            near = self._read(word, in_context) if dosed and len(word) >= _MEANT_LONG else ()
            return near if near and near[0].score >= _MEANT_SCORE else ()
        return self._read(word, in_context)

    def is_common(self, name: DrugName) -> bool:
        """It holds what is dispensed often."""
        return any(one in self._common for one in name.ingredients)

    def one_slip(self, word: str) -> Candidate | None:
        """The name that notes often have which the word is but for one letter."""
        near = chain.from_iterable(
            self._often.get((first, len(word) + more), ()) for first in _groups(word) for more in (0, -1, 1)
        )
        found = process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1)
        if found is None:
            return None
        return Candidate(found[0], self._drugs[found[0]].ingredients, round(1 - found[1] / len(word), 3))

    def second_word(self, first: str, typed: str) -> Candidate | None:
        """The name of two words whose second is misspelt: "black cohush"."""
        return self._two_words(first, typed)

    def _meant_by_two(self, first: str, typed: str) -> Candidate | None:
        if len(typed) < _LEAST_SECOND or not typed.isalpha() or self.is_ordinary(typed, False):
            return None
        most = 1 if len(typed) < _LEAST_SECOND + 2 else 2
        for meant in sorted(self._seconds.get(first, ())):
            name = self._all.get(f"{first} {meant}")
            if name is None or not name.ingredients or meant[0] != typed[0] or len(meant) < _LEAST_SECOND:
                continue
            if meant != typed and OSA.distance(meant, typed, score_cutoff=most) <= most:
                return Candidate(name.name, name.ingredients, _SECOND_SCORE)
        return None

    def is_slip(self, word: str, nearest: Candidate) -> bool:
        """One letter makes it an ordinary word ("explaned"), and no name that notes often have is as near."""
        if nearest.name in often_named() and OSA.distance(word, nearest.name) <= 1:
            return False
        return self._slips(word)

    def _near_ordinary(self, word: str) -> bool:
        near = chain.from_iterable(self._ordinary.get((word[0], len(word) + more), ()) for more in (-1, 0, 1))
        return process.extractOne(word, near, scorer=OSA.distance, score_cutoff=1) is not None

    def truncated(self, word: str) -> tuple[Candidate, ...]:
        """The drugs whose generic name begins so, most dispensed first: "sert 50 mg". At most three.

        A drug seldom dispensed is one only where no other begins so.
        """
        if len(word) < _LEAST_CUT or word in self._blocked or word in self._never or not word.isalpha():
            return ()
        first, last = (bisect_right(self._generics, end, key=_NAME) for end in (word, word + _LAST_LETTER))
        found = sorted(self._generics[first:last], key=lambda one: self._rank.get(one.name, len(self._rank)))
        usual = [one for one in found if any(part in self._common for part in one.ingredients)]
        if not usual and (len(found) > 1 or len(word) < _LEAST_CUTSELDOM):
            return ()
        found = usual or found
        return tuple(Candidate(one.name, one.ingredients, _CUT_SCORE) for one in found[:_KEEP])

    def confused(self, one: Candidate, other: Candidate) -> bool:
        """The two are a published look-alike pair, by name or by ingredient."""
        mine, theirs = {one.name, *one.ingredients}, {other.name, *other.ingredients}
        return any(frozenset((a, b)) in self._confused for a in mine for b in theirs if a != b)

    def _candidates(self, word: str, in_context: bool) -> tuple[Candidate, ...]:
        allowed = 1 if len(word) < _LONG else 2 if len(word) < _VERY_LONG else 3
        if in_context and _LEAST < len(word) < _LONG:
            allowed += 1
        sound = folded(word)
        best: dict[tuple[str, ...], Candidate] = {}
        places = [
            (first, length) for first in _groups(word) for length in range(len(word) - allowed, len(word) + allowed + 1)
        ]
        for place in places:
            near = process.extract(
                word, self._buckets.get(place, ()), scorer=OSA.distance, score_cutoff=allowed + 1, limit=None
            )
            for name, typed, _ in sorted(near, key=lambda one: one[2]):
                if typed > 1 and len(name) <= _SHORT_NAME:
                    continue
                drug = self._drugs[name]
                heard = OSA.distance(sound, folded(name), score_cutoff=allowed + 1)
                distance = min(float(typed), (typed + heard) / 2 + 0.25)
                if distance > allowed or (word[0] != name[0] and typed > 1 and heard > 0):
                    continue
                score = 1 - distance / max(len(word), len(name))
                usual = drug.note != SELDOM and any(one in self._common for one in drug.ingredients)
                if (
                    score < _LEAST_SCORE
                    or (not usual and len(word) < _LEAST)
                    or (not usual and typed > (1 if len(word) < _RARE_LONG else 2))
                ):
                    continue
                score += _USUAL if usual else 0.0
                if drug.kind == "misspelling":
                    score, name = score - _TWICE, "+".join(drug.ingredients)
                score = round(min(score, 0.99), 3)
                held = best.get(drug.ingredients)
                if held is None or held.score < score:
                    best[drug.ingredients] = Candidate(name, drug.ingredients, score)
        ranked = sorted(best.values(), key=lambda one: (-one.score, one.name))
        return tuple(one for one in ranked[:_KEEP] if one.score >= ranked[0].score - _NEAR)
