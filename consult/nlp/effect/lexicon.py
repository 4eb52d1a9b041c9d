"""The symptom words: phrases by stem, body-part pairs, wordings with numbers, and traps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from consult.nlp import wordlist
from consult.nlp.effect.stems import stem

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def key_of(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in _WORD.findall(phrase.lower()))


@dataclass(frozen=True)
class Written:
    """A short form that counts only in this writing and not beside certain words."""

    concept: str
    not_after: frozenset[str]
    not_before: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """`exact` maps words, `phrases` and `loose` stems to a concept; `loose` keys have the filler words taken out;
    `alone` are words that count only where no other wording takes them in."""

    exact: dict[tuple[str, ...], str]
    phrases: dict[tuple[str, ...], str]
    loose: dict[tuple[str, ...], str]
    traps: frozenset[tuple[str, ...]]
    fillers: frozenset[str]
    regions: dict[str, str]
    problems: dict[str, str]
    pairs: dict[tuple[str, str], str]
    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    written: dict[str, Written]
    letters: dict[str, str]
    alone: dict[str, str]
    longest: int
    vocabulary: frozenset[str]

    def pair(self, region: str, problem: str) -> str | None:
        return self.pairs.get((region, problem)) or self.pairs.get(("*", problem))


@cache
def lexicon(added: tuple[tuple[str, str], ...] = ()) -> Lexicon:
    """The lists, read once; `added` are (phrase, concept) pairs of a site, which win over ours."""
    fillers = wordlist.words("effect", "fillers.txt")
    exact: dict[tuple[str, ...], str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    loose: dict[tuple[str, ...], str] = {}
    alone: dict[str, str] = {}
    vocabulary: set[str] = set()
    for phrase, concept in added:
        phrases[key_of(phrase)] = concept
        vocabulary.update(_WORD.findall(phrase.lower()))
    for row in wordlist.lines("effect", "concepts.txt"):
        concept, _, rest = row.partition(": ")
        for phrase in rest.split("; "):
            if phrase.startswith("~"):
                alone[phrase[1:]] = concept
                continue
            if phrase.startswith("="):
                exact.setdefault(tuple(_WORD.findall(phrase.lower())), concept)
                vocabulary.update(_WORD.findall(phrase.lower()))
                continue
            key = key_of(phrase)
            phrases.setdefault(key, concept)
            kept = tuple(stem(word) for word in _WORD.findall(phrase.lower()) if word not in fillers)
            if len(kept) > 1:
                loose.setdefault(kept, concept)
            vocabulary.update(_WORD.findall(phrase.lower()))
    regions = {row["word"]: row["region"] for row in wordlist.table("effect", "parts.csv")}
    problems = {row["word"]: row["problem"] for row in wordlist.table("effect", "problems.csv")}
    pairs = {(row["region"], row["problem"]): row["concept"] for row in wordlist.table("effect", "part_problems.csv")}
    written = {
        row["written"]: Written(
            row["concept"], frozenset(row["not_after"].split()), frozenset(row["not_before"].split())
        )
        for row in wordlist.table("effect", "abbreviations.csv")
    }
    patterns = []
    for row in wordlist.lines("effect", "patterns.txt"):
        concept, _, expression = row.partition(" | ")
        patterns.append((concept.strip(), re.compile(expression)))
    return Lexicon(
        exact=exact,
        phrases=phrases,
        loose=loose,
        traps=frozenset(key_of(row) for row in wordlist.lines("effect", "traps.txt")),
        fillers=fillers,
        regions=regions,
        problems=problems,
        pairs=pairs,
        patterns=tuple(patterns),
        written=written,
        letters={row["letter"]: row["concept"] for row in wordlist.table("effect", "letters.csv")},
        alone=alone,
        longest=max(len(key) for key in phrases),
        vocabulary=frozenset(vocabulary) | frozenset(regions) | frozenset(problems),
    )
