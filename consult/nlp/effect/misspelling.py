"""Misspelt symptom words: the stem that was most likely meant."""

from __future__ import annotations

from collections import defaultdict

from rapidfuzz import process
from rapidfuzz.distance import OSA

from consult.nlp.effect.lexicon import Lexicon
from consult.nlp.effect.stems import stem
from consult.nlp.kept import Kept
from consult.nlp.line import Line

_LEAST = 5
_LEAST_EXPECTED = 4  # letters, where the word before makes a symptom likely
_EXPECTING = frozenset(
    (
        "no",
        "nil",
        "denies",
        "denied",
        "neg",
        "has",
        "have",
        "having",
        "had",
        "get",
        "gets",
        "got",
        "bad",
        "some",
        "any",
        "c/o",
        "reports",
        "w/",
        "with",
        "from",
        "my",
        "her",
        "his",
        "or",
        "and",
        "&",
        "feels",
        "feel",
        "feeling",
        "o",
    )
)
_LONG = 9
_NAMED = frozenset(  # a name follows: "niece Patty", "Mr. Fallon"
    (
        *("mr", "mrs", "ms", "miss", "dr", "doctor", "nurse", "aide", "sitter", "caregiver", "tech", "np", "rn", "rph"),
        *("niece", "nephew", "daughter", "dtr", "son", "wife", "husband", "hubby", "aunt", "uncle", "cousin", "sister"),
        *("brother", "mom", "mother", "dad", "father", "grandma", "grandson", "granddaughter", "neighbor", "friend"),
    )
)


class EffectSpelling:
    """Corrects words that nobody knows (`ordinary` words and `drugs` are known).

    A word that is nearer to an `ordinary` word, or to one that only fills a phrase, is left as it was typed; so is one
    that is as near to an `everyday` word as to that of a symptom ("weely").
    """

    def __init__(
        self, words: Lexicon, drugs: frozenset[str], ordinary: frozenset[str], everyday: frozenset[str]
    ) -> None:
        self._telling, self._everyday = words.telling, everyday
        self._known = drugs | ordinary | words.vocabulary
        self._stems = frozenset(key[0] for key in words.phrases if len(key) == 1)  # "sweated" is no "sweater"
        self._buckets: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(words.vocabulary | ordinary):
            if len(word) >= _LEAST_EXPECTED and word.isalpha():
                self._buckets[(word[0], len(word))].append(word)
        self.meant = Kept(self._nearest)

    def corrected(self, line: Line, drugs: list[tuple[int, int]]) -> dict[int, str]:
        """Stems by token index."""
        out: dict[int, str] = {}
        for i, meant in line.told(self.meant):
            low, start = line.lows[i], line.starts[i]
            if len(low) < _LEAST and not (i > 0 and line.lows[i - 1] in _EXPECTING):
                continue
            if i and line.text[start].isupper() and not line.shouted and _is_name(line.lows, i):
                continue
            if OSA.distance(meant, low) == 1 or all(start != drug for drug, _ in drugs):
                out[i] = stem(meant)
        return out

    def _nearest(self, word: str) -> str:
        """The word that was most likely meant, "" where the word is known or none is near."""
        if word in self._known or stem(word) in self._stems:
            return ""
        if len(word) < _LEAST_EXPECTED or not word.isalpha() or not word.isascii():
            return ""
        allowed = 1 if len(word) < _LONG else 2
        best: tuple[int, int, str] | None = None
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            near = process.extract(
                word, self._buckets.get((word[0], length), ()), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            for known, distance, _ in sorted(near, key=lambda one: one[2]):
                rank = 1 if known in self._telling else 0 if known in self._everyday else 2
                if best is None or (distance, rank) < best[:2]:
                    best = (int(distance), rank, known)
        return best[2] if best and best[1] == 1 else ""


def _is_name(lows: list[str], i: int) -> bool:
    before = i - 2 if lows[i - 1] == "." else i - 1
    return before >= 0 and lows[before].rstrip(".") in _NAMED
