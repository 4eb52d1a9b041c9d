"""The symptom words: phrases by stem, body-part pairs, wordings with numbers, and traps."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

from consult.nlp import wordlist
from consult.nlp.effect.phrases import Meant, PhraseWalk
from consult.nlp.effect.stems import stem
from consult.nlp.expressions import Expressions, Rare
from consult.nlp.kept import Kept
from consult.nlp.lists import LISTS
from consult.nlp.tree import Node, shared

_FUNCTION = frozenset(
    [
        "not",
        "no",
        "can't",
        "cannot",
        "couldn't",
        "don't",
        "doesn't",
        "didn't",
        "isn't",
        "won't",
        "never",
        "nothing",
        "it",
        "up",
        "down",
        "off",
        "out",
        "to",
        "go",
        "good",
        "well",
        "right",
        "all",
        "me",
        "about",
        "over",
        "like",
        "then",
        "more",
        "less",
        "too",
        "as",
        "at",
        "my",
        "down",
        "that",
        "one",
    ]
)
_TROUBLE = (
    r"\b(?:trouble|difficulty|difficulties|problems?|issues?|inability|unable|struggl(?:es?|ing|ed)|can'?t seem|"
    r"not able|hard time|difficult|impossible|hardly able|could(?:n'?t| not)(?: even)?|can'?t even) "
    r"(?:(?:to|with|in|at|w/|my|her|his|the|even|really|ever|be able to) ){0,3}"
)
_LEAST_KEPT = 2
_TELLING = frozenset(  # fillers without which two other words say nothing: "renal function worse", "can't keep still"
    [
        "too",
        "all",
        "both",
        "worse",
        "bad",
        "terrible",
        "awful",
        "always",
        "constantly",
        "often",
        "still",
        "just",
        "more",
    ]
)
_MANY = 10  # phrases that a word is part of
_DIAGNOSES = "diagnoses.txt"
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


def key_of(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in _WORD.findall(phrase.lower()))


_TO_PROBLEM = frozenset(
    [
        "began",
        "begun",
        "begin",
        "begins",
        "started",
        "starts",
        "start",
        "to",
        "go",
        "goes",
        "going",
        "went",
        "turn",
        "turns",
        "turned",
        "up",
        "all",
        "keep",
        "keeps",
        "give",
        "gives",
        "do",
        "does",
        "did",
        "area",
        "region",
        '"',
        "“",
    ]
)


Sense = tuple[bool, re.Pattern[str]]  # whether it stands before the mention, and what stands there


@dataclass(frozen=True)
class Written:
    """A short form that counts only in this writing and not beside certain words."""

    concept: str
    not_after: frozenset[str]
    not_before: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """`exact` maps words, `phrases` stems to a concept.

    `walk` follows all phrases: in these words, by these stems, and by the stems without filler words.
    `trouble` finds what a person has trouble with, its groups in the order of the concepts in `troubled`. `alone` are
    words that count only where no other wording takes them in, and `beside` says what such a word is in a line that
    holds one of certain words. `other_sense` tells what before or behind a mention makes it none.
    `details` tells, by concept, wordings that count only where no plainer one stands in the line.
    `diagnoses` are concepts that are an effect only where a line blames a drug for them. `vocabulary` are all words of
    the lists, `telling` those that carry a symptom: alone, as the part or problem of a pair, or in many phrases.
    `whole` gives a part or problem by its stem, `trapping` where a trap goes on behind a word. The numbers in LISTS:
    `parts` of parts and problems, `short` of short forms, letters and words that count alone.
    """

    exact: dict[tuple[str, ...], str]
    phrases: dict[tuple[str, ...], str]
    walk: PhraseWalk
    traps: Node[bool]
    fillers: frozenset[str]
    regions: dict[str, str]
    problems: dict[str, str]
    to_problem: frozenset[str]
    pairs: dict[tuple[str, str], str]
    patterns: Expressions[str]
    trouble: Rare
    troubled: tuple[str, ...]
    written: dict[str, Written]
    written_low: frozenset[str]
    letters: dict[str, str]
    alone: dict[str, str]
    beside: dict[str, list[tuple[frozenset[str], str]]]
    other_sense: dict[str, list[Sense]]
    details: dict[str, re.Pattern[str]]
    vocabulary: frozenset[str]
    telling: frozenset[str]
    diagnoses: frozenset[str]
    whole: dict[str, str]
    trapping: Kept[Node[bool] | None]
    parts: int
    short: int

    def pair(self, region: str, problem: str) -> str | None:
        return self.pairs.get((region, problem)) or self.pairs.get(("*", problem))


def families(row: str) -> Iterator[str]:
    """Every phrase of a row in which braces hold the words of which one stands there: "blister {pack card}"."""
    parts = [part.split() if i % 2 else [part] for i, part in enumerate(re.split(r"[{}]", row))]
    return ("".join(chosen).replace("_", " ") for chosen in product(*parts))


def phrases_of(row: str) -> Iterator[str]:
    """The phrases of the row of a concept, each in full: "tongue like {leather sandpaper}; no spit"."""
    for one in row.split("; "):
        yield from _members(one)


def _members(one: str) -> Iterable[str]:
    return families(one) if "{" in one else (one,)


def _rows(name: str) -> Iterator[tuple[str, str, bool]]:
    """Each phrase with its concept, and whether it is the first of its family."""
    for row in wordlist.lines("effect", name):
        concept, _, rest = row.partition(": ")
        for one in rest.split("; "):
            for i, phrase in enumerate(_members(one)):
                yield concept, phrase, i == 0


@cache
def regions_of_words() -> dict[str, str]:
    """The region of the body by the word for a part of it."""
    return {row["word"]: row["region"] for row in wordlist.table("effect", "parts.csv")}


@cache
def lexicon(added: tuple[tuple[str, str], ...] = ()) -> Lexicon:
    """The lists, read once; `added` are (phrase, concept) pairs of a site, which win over ours."""
    fillers = wordlist.words("effect", "fillers.txt")
    exact: dict[tuple[str, ...], str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    loose: dict[tuple[str, ...], str] = {}
    alone: dict[str, str] = {}
    vocabulary: set[str] = set()
    diagnoses: set[str] = set()
    uses: Counter[str] = Counter()
    for phrase, concept in added:
        typed = tuple(_WORD.findall(phrase.lower()))
        exact[typed] = phrases[key_of(phrase)] = concept
        vocabulary.update(typed)
    for name in wordlist.folder("effect", "concepts"):
        for concept, phrase, first in _rows(name):
            if name.endswith(_DIAGNOSES):
                diagnoses.add(concept)
            typed = tuple(_WORD.findall(phrase.lower()))
            if phrase.startswith("~"):
                alone[phrase[1:]] = concept
                continue
            vocabulary.update(typed)
            if first or len(typed) == 1:  # a family counts once
                uses.update(typed if name.endswith(_DIAGNOSES) or len(typed) > 1 else typed * _MANY)
            key = typed if phrase.startswith("=") else key_of(phrase)
            (exact if phrase.startswith("=") else phrases).setdefault(key, concept)
            if not phrase.startswith("="):
                kept = tuple(stem(word) for word in typed if word not in fillers)
                whole = len(kept) > _LEAST_KEPT or _TELLING.isdisjoint(typed)
                if len(kept) > 1 and whole and not _FUNCTION.issuperset(kept):
                    loose.setdefault(kept, concept)
    telling = {word for word, count in uses.items() if count >= _MANY}
    regions = regions_of_words()
    problems = {row["word"]: row["problem"] for row in wordlist.table("effect", "problems.csv")}
    pairs = {(row["region"], row["problem"]): row["concept"] for row in wordlist.table("effect", "part_problems.csv")}
    written = {
        row["written"]: Written(
            row["concept"], frozenset(row["not_after"].split()), frozenset(row["not_before"].split())
        )
        for row in wordlist.table("effect", "abbreviations.csv")
    }
    letters = {row["letter"]: row["concept"] for row in wordlist.table("effect", "letters.csv")}
    beside: dict[str, list[tuple[frozenset[str], str]]] = {}
    for entry in wordlist.table("effect", "beside.csv"):
        for word in entry["words"].split():
            beside.setdefault(word.replace("_", " "), []).append((frozenset(entry["beside"].split()), entry["concept"]))
    other_sense: dict[str, list[Sense]] = {}
    for row in wordlist.lines("effect", "other_sense.txt"):
        meant, side, expression = row.split(" | ", 2)
        for word in meant.split("; "):
            other_sense.setdefault(word, []).append((side == "before", re.compile(expression)))
    patterns = []
    for row in wordlist.lines("effect", "patterns.txt"):
        concept, _, expression = row.partition(" | ")
        patterns.append((concept.strip(), expression))
    traps: Node[bool] = Node()
    for row in wordlist.lines("effect", "traps.txt"):
        for phrase in families(row):
            traps.put(key_of(phrase)).says = True
    traps = shared(traps)
    tree: Node[Meant] = Node()
    for field, keys in (("typed", exact), ("stems", phrases), ("kept", loose)):
        for key, concept in keys.items():
            node = tree.put(key)
            node.says = (node.says or Meant())._replace(**{field: concept})
    trouble = [(row.split(" | ", 1)[0], row.split(" | ", 1)[1]) for row in wordlist.lines("effect", "trouble.txt")]
    details = [row.split(" | ", 1) for row in wordlist.lines("effect", "details.txt")]
    written_low = frozenset(map(str.lower, written))
    return Lexicon(
        exact=exact,
        phrases=phrases,
        walk=PhraseWalk(shared(tree), fillers, wordlist.words("effect", "other_words.txt")),
        traps=traps,
        fillers=fillers,
        regions=regions,
        problems=problems,
        to_problem=fillers | _TO_PROBLEM,
        pairs=pairs,
        patterns=Expressions(patterns),
        trouble=Rare(_TROUBLE + "(?:" + "|".join(f"({expression})" for _, expression in trouble) + r")\b"),
        troubled=tuple(concept for concept, _ in trouble),
        written=written,
        written_low=written_low,
        letters=letters,
        alone=alone,
        beside=beside,
        other_sense=other_sense,
        details={concept: re.compile(expression) for concept, expression in details},
        vocabulary=frozenset(vocabulary) | frozenset(regions) | frozenset(problems),
        telling=frozenset(telling) | frozenset(regions) | frozenset(problems),
        diagnoses=frozenset(diagnoses),
        whole={stem(word): word for word in sorted((*regions, *problems), reverse=True)},
        trapping=Kept(lambda word: traps.after.get(stem(word))),
        parts=LISTS.add(frozenset((*regions, *problems)).__contains__),
        short=LISTS.add(frozenset((*written_low, *alone, *letters)).__contains__),
    )
