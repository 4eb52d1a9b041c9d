"""The published look-alike pairs: no misspelling of one is ever read as the other without a person's word."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp.annotate import Annotator

LETTERS = "aeiourlnst"


def pairs() -> list[tuple[str, str]]:
    text = files("consult.knowledge").joinpath("data", "confused_pairs.csv").read_text(encoding="utf-8")
    return [(row["a"], row["b"]) for row in csv.DictReader(text.splitlines())]


def one_letter(word: str, step: int) -> Iterator[str]:
    """Misspellings by one letter: left out, doubled, swapped, replaced; every `step`-th place."""
    for i in range(1, len(word), step):
        yield word[:i] + word[i + 1 :]
        yield word[:i] + word[i] + word[i:]
        if i + 1 < len(word):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        yield word[:i] + LETTERS[(i + len(word)) % len(LETTERS)] + word[i + 1 :]


def misspellings(word: str) -> set[str]:
    """All by one letter, and a sample by two."""
    once = set(one_letter(word, 1))
    return once | {twice for one in sorted(once)[::9] for twice in one_letter(one, 6)}


def test_no_misspelling_of_a_look_alike_is_accepted_as_the_other(annotator: Annotator) -> None:
    names = load_vocabulary().names
    known = {name.name.lower() for name in names.values()}
    ingredients = {name.name.lower(): name.ingredients for name in names.values()}
    accepted, read, across = [], 0, 0

    for a, b in pairs():
        for meant, other in ((a, b), (b, a)):
            if not meant.isalpha() or ingredients.get(meant) == ingredients.get(other):
                continue
            for typed in sorted(misspellings(meant) - known)[::2]:
                for drug in annotator.annotate(f"takes {typed} daily").medications:
                    read += 1
                    if drug.ingredients != ingredients.get(other):
                        continue
                    across += 1
                    if drug.match != "fuzzy" or not drug.candidates or drug.confidence >= 0.9:
                        accepted.append((meant, typed, other, drug.match))

    assert read > 5_000
    assert accepted == []
    assert across / read < 0.005
