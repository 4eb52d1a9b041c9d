"""The drug vocabulary: ingredients, the names that people type for them, and what each name stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from consult.domain.lexicon import DrugName
from consult.knowledge.naming import around_brackets, pieces, tidy, without_number, without_strength
from consult.knowledge.site_words import read_site_words
from consult.knowledge.vocabulary_files import (
    Ingredient,
    NamePart,
    read_ingredients,
    read_names,
    read_pairs,
    read_parts,
    read_top300,
)

DATA = Path(__file__).parent / "data"
_MOST_PIECES = 8
_SEVERAL_NAMES = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Read-only. `names` are drugs and class words by their name; `foods` are what only a check of interactions
    needs (alcohol, grapefruit, contrast): no note line is searched for them. `common` are the ingredients that are
    dispensed most, by rank, then those that go by several names. `phrases` are words for symptoms that a site added,
    each with its concept."""

    ingredients: Mapping[str, Ingredient]
    names: Mapping[str, DrugName]
    foods: Mapping[str, DrugName]
    name_sources: Mapping[str, str]
    confused_pairs: tuple[tuple[str, str], ...]
    top300: tuple[str, ...]
    common: tuple[str, ...]
    parts: Mapping[str, NamePart]
    phrases: tuple[tuple[str, str], ...] = ()

    def resolve(self, name: str) -> DrugName | None:
        """What a typed name stands for, or None. Case, strength, salt, release form and device do not matter;
        a combination of known names gives the union of their ingredients. Spelling is never guessed."""
        text = tidy(name)
        if not text or len(text) > 200:
            return None
        for reading in (text, *around_brackets(text)):
            found = self._single(reading)
            if found is not None:
                return found
        for reading in (text, without_strength(text), without_number(without_strength(text))):
            found = self._combination(reading)
            if found is not None:
                return found
        return None

    def rxcui(self, ingredient: str) -> str:
        """The RxNorm code of an ingredient, "" where none is known."""
        known = self.ingredients.get(ingredient)
        return known.rxcui if known is not None else ""

    def _single(self, text: str) -> DrugName | None:
        for reading, part in self._readings(text):
            found = self.names.get(reading) or self.foods.get(reading)
            if found is not None:
                route = found.route or part
                return found if route == found.route else replace(found, route=route)
        return None

    def _readings(self, text: str) -> Iterator[tuple[str, str | None]]:
        """The text with less and less around the name, each with the route that a word left out implied."""
        plain = without_strength(text)
        yield text, None
        for start in dict.fromkeys((text, plain, without_number(plain))):
            words = start.split()
            route: str | None = None
            while words:
                yield " ".join(words), route
                part = self.parts.get(words[-1].strip(".,()"))
                if part is not None and part.kind != "lead" and len(words) > 1:
                    route = route or part.route
                    words = words[:-1]
                    continue
                part = self.parts.get(words[0])
                if part is None or part.kind != "lead" or len(words) == 1:
                    break
                words = words[1:]

    def _combination(self, text: str) -> DrugName | None:
        for parts in pieces(text):
            if len(parts) > _MOST_PIECES:
                continue
            found = [self._single(part) for part in parts]
            if all(one is not None and one.ingredients for one in found):
                known = [one for one in found if one is not None]
                routes = {one.route for one in known if one.route}
                ingredients = tuple(sorted({ingredient for one in known for ingredient in one.ingredients}))
                return DrugName(text, ingredients, "generic", routes.pop() if len(routes) == 1 else None)
        return None


def _often_named(names: Iterable[DrugName]) -> list[str]:
    """Ingredients that go by several names which are not rare: the sign of a drug in wide use."""
    count: Counter[str] = Counter()
    for name in names:
        if name.note != "rare name" and name.kind not in ("class", "misspelling"):
            count.update(name.ingredients)
    return [ingredient for ingredient, times in count.most_common() if times >= _SEVERAL_NAMES]


def load_vocabulary(folder: Path | None = None, site: Path | None = None) -> Vocabulary:
    """The vocabulary in a folder, ours by default, and what the lists of a site add to it.

    Raises BadFile with file, line and reason.
    """
    folder = folder or DATA
    ingredients = read_ingredients(folder / "ingredients.csv")
    names: dict[str, DrugName] = {}
    sources: dict[str, str] = {}
    for path in sorted(folder.glob("names_*.csv"), key=lambda one: one.name):
        read_names(path, ingredients, names, sources)
    read_names(folder / "names.csv", ingredients, names, sources)
    phrases: tuple[tuple[str, str], ...] = ()
    if site is not None:
        added = read_site_words(site, ingredients, names)
        if added.faults:
            raise added.faults[0]
        names.update(added.names)
        sources.update(added.sources)
        phrases = added.phrases
    foods: dict[str, DrugName] = {}
    read_names(folder / "foods.csv", ingredients, foods, {}, taken=names)
    top300 = read_top300(folder / "top300.csv")
    return Vocabulary(
        ingredients=MappingProxyType(ingredients),
        names=MappingProxyType(names),
        foods=MappingProxyType(foods),
        name_sources=MappingProxyType(sources),
        confused_pairs=read_pairs(folder / "confused_pairs.csv"),
        top300=top300,
        common=tuple(dict.fromkeys((*top300, *_often_named(names.values())))),
        parts=MappingProxyType(read_parts(folder / "name_parts.csv")),
        phrases=phrases,
    )
