"""Which drug a coded concept means: by code where a table has it, else by its words; never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from consult.domain.lexicon import DrugName
from consult.fhir.codes import NDC, RXNORM
from consult.fhir.make import clean

_STRENGTH = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?(?:\s*[-/]\s*\d+(?:\.\d+)?)?)\s*(mg|mcg|g|meq|unt|units?|iu|%|mg/ml|unt/ml|mg/actuat)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_BRAND = re.compile(r"\[([^\[\]]+)\]")
_UNITS = {"unt": "unit", "units": "unit", "iu": "unit", "unt/ml": "unit/mL", "meq": "mEq", "mg/ml": "mg/mL"}


class Names(Protocol):
    """What resolves a drug name: the vocabulary."""

    def resolve(self, name: str) -> DrugName | None: ...


CodeReader = Callable[[str, str], tuple[str, ...]]  # system and code -> ingredients, () where not known


@dataclass(frozen=True, slots=True)
class Drug:
    """`name` is what a person reads; `ingredients` are empty where nothing is known; `route` what the name implies."""

    name: str
    ingredients: tuple[str, ...] = ()
    strength: str | None = None
    route: str | None = None


class DrugReader:
    """Reads the concepts of other systems with our names and, where a site has loaded them, with code tables."""

    def __init__(self, names: Names, codes: CodeReader = lambda system, code: ()) -> None:
        self._names = names
        self._codes = codes

    def concept(self, value: Any) -> Drug | None:
        """The drug of a CodeableConcept; None where it has neither words nor a known code."""
        if not isinstance(value, dict):
            return None
        listed = value.get("coding")
        codings = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
        words = [said for said in self._words(value, codings) if said]
        route = next((known.route for said in words if (known := self._names.resolve(said)) is not None), None)
        for one in codings:
            system, code = str(one.get("system") or ""), str(one.get("code") or "")
            if system in (RXNORM, NDC) and (ingredients := self._codes(system, code)):
                return self._named(words or [" / ".join(ingredients)], ingredients, route)
        for said in words:
            known = self._names.resolve(said)
            if known is not None and known.ingredients:
                return self._named([said], known.ingredients, known.route, known)
        return Drug(words[0]) if words else None

    def words(self, said: str) -> Drug:
        """The drug of a name as a claim or a list writes it."""
        found = self.concept({"text": said})
        return found if found is not None else Drug(said)

    def ndc(self, code: str) -> tuple[str, ...]:
        """The ingredients of an NDC, where a table of the site has it."""
        return self._codes(NDC, code)

    def _words(self, value: dict[str, Any], codings: list[dict[str, Any]]) -> Iterator[str]:
        yield _tidy(value.get("text"))
        for one in codings:
            yield _tidy(one.get("display"))

    def _named(
        self, words: list[str], ingredients: tuple[str, ...], route: str | None, known: DrugName | None = None
    ) -> Drug:
        said = words[0]
        strengths = [
            f"{found[1]} {_UNITS.get(found[2].lower(), found[2].lower())}" for found in _STRENGTH.finditer(said)
        ]
        name = said
        if strengths or len(said) > 40:  # "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"
            brand = _BRAND.search(said)
            plain = known.name.title() if known is not None and known.kind == "brand" else " / ".join(ingredients)
            name = brand[1] if brand else plain
        return Drug(name[:200], ingredients, strengths[0] if len(strengths) == 1 else None, route)


def _tidy(words: Any) -> str:
    return " ".join(clean(words).split())[:200] if isinstance(words, str) else ""
