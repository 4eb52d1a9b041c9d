"""Which rows of the regimen are checked, as what, and which are not and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from consult.assess.quantity import Amount, amount, parts
from consult.domain.alert import Unchecked
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.tables import Knowledge

Counted = Literal["active", "planned", "unsure", "washout"]
LOCAL = frozenset({"ophthalmic", "topical", "otic", "nasal", "inhaled", "vaginal"})
ORAL_WORDS = frozenset({"", "oral"})
HEAVIEST = "heaviest of its combinations"


@dataclass(frozen=True, slots=True)
class Taken:
    """One ingredient of one row that counts.

    `word` is the ingredient as the row names it, `ingredient` as the tables do; `site` is "systemic", the local
    route, or "bowel" for what is hardly absorbed; `route` the route as known.
    """

    medication: Medication
    word: str
    ingredient: str
    route: str
    site: str
    counted: Counted
    amount: Amount

    @property
    def name(self) -> str:
        """The patient's name for it."""
        return self.medication.name


@dataclass(frozen=True, slots=True)
class Regimen:
    """`taken` in the order of the rows; `checked` counts the rows of which every ingredient is known."""

    taken: tuple[Taken, ...]
    checked: int
    not_checked: tuple[Unchecked, ...]


def read_regimen(facts: Facts, knowledge: Knowledge) -> Regimen:
    """The rows that count. Active, planned and unclear rows do; stopped ones only while their washout lasts."""
    taken: list[Taken] = []
    left: list[Unchecked] = []
    checked = 0
    for row in facts.medications:
        counted = _counted(row, facts.today, knowledge)
        if counted is None or row.review == "rejected":
            continue
        if row.match != "exact" and row.review == "proposed":
            left.append(Unchecked(row.name, "to be confirmed"))
            continue
        if not row.ingredients:
            left.append(Unchecked(row.name, "not recognised"))
            continue
        unknown = [word for word in row.ingredients if knowledge.canonical(word) not in knowledge.known]
        if unknown:
            left.append(Unchecked(row.name, f"no safety data for {', '.join(unknown)}"))
        else:
            checked += 1
        taken += [_taken(row, place, counted, knowledge) for place in range(len(row.ingredients))]
    return Regimen(tuple(taken), checked, tuple(left))


def _counted(row: Medication, today: str, knowledge: Knowledge) -> Counted | None:
    if row.status == "active":
        return "active"
    if row.status == "intended":
        return "planned"
    if row.status == "unknown":
        return "unsure"
    if row.status in ("stopped", "completed"):
        days = max((knowledge.washouts.get(knowledge.canonical(word), 0) for word in row.ingredients), default=0)
        if days and _days_since(row.last_fill, today) <= days:
            return "washout"
    return None


def _days_since(day: str, today: str) -> int:
    """Days between two ISO dates; 0 where one is not known, so that an unknown stop counts as recent."""
    try:
        return (date.fromisoformat(today[:10]) - date.fromisoformat(day[:10])).days
    except ValueError:
        return 0


def _taken(row: Medication, place: int, counted: Counted, knowledge: Knowledge) -> Taken:
    word = row.ingredients[place]
    ingredient = knowledge.canonical(word)
    route = (row.sig.route or "").lower()
    groups = knowledge.groups_of(ingredient)
    if route in ORAL_WORDS:
        for local in ("inhaled", "nasal", "ophthalmic", "topical"):
            if f"usually {local}" in groups:
                route = local
    site = route if route in LOCAL and f"{route} but systemic" not in groups else "systemic"
    if route == "transdermal" and "transdermal but local" in groups:
        site = "topical"
    if route == "oral" and "oral but local" in groups:
        site = "bowel"
    return Taken(row, word, ingredient, route, site, counted, _amount(row, place, knowledge))


def _amount(row: Medication, place: int, knowledge: Knowledge) -> Amount:
    """The amount of one ingredient of the row.

    The parts of "5/325 mg" stand in the order of the product's label, which is not known here; only where one
    ingredient is always the heaviest of its combinations can its part (and, of two, the other) be told.
    """
    if len(row.ingredients) == 1:
        return amount(row.sig)
    strengths = parts(row.sig)
    heavy = [HEAVIEST in knowledge.groups_of(knowledge.canonical(word)) for word in row.ingredients]
    if len(strengths) == len(row.ingredients) and heavy.count(True) == 1:
        if heavy[place]:
            return amount(replace(row.sig, strength=f"{max(strengths):g} mg"))
        if len(strengths) == 2:
            return amount(replace(row.sig, strength=f"{min(strengths):g} mg"))
    return amount(replace(row.sig, strength=None, dose=None))
