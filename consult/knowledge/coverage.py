"""What the vocabulary holds, counted, and what of the most dispensed medicines it lacks."""

from __future__ import annotations

from collections import Counter

from consult.knowledge.vocabulary import Vocabulary


def missing_of_top300(vocabulary: Vocabulary) -> list[str]:
    """Ingredients of the 300 most dispensed medicines that are no ingredient here or have no name."""
    return [
        name for name in vocabulary.top300 if name not in vocabulary.ingredients or vocabulary.resolve(name) is None
    ]


def report(vocabulary: Vocabulary) -> list[str]:
    """The counts as lines of text."""
    ingredients, names = vocabulary.ingredients.values(), vocabulary.names.values()
    missing = missing_of_top300(vocabulary)
    return [
        f"ingredients: {len(vocabulary.ingredients)}",
        *(f"  {kind}: {count}" for kind, count in Counter(one.kind for one in ingredients).most_common()),
        f"  with RxCUI: {sum(bool(one.rxcui) for one in ingredients)}",
        f"  with UNII: {sum(bool(one.unii) for one in ingredients)}",
        f"names: {len(vocabulary.names)}",
        *(f"  {kind}: {count}" for kind, count in Counter(one.kind for one in names).most_common()),
        f"  of several ingredients: {sum(len(one.ingredients) > 1 for one in names)}",
        "sources of names:",
        *(f"  {source}: {count}" for source, count in Counter(vocabulary.name_sources.values()).most_common()),
        f"names for checks only (foods, contrast): {len(vocabulary.foods)}",
        f"confused pairs: {len(vocabulary.confused_pairs)}",
        f"top 300: {len(vocabulary.top300)} ingredients, missing: {', '.join(missing) or 'none'}",
    ]
