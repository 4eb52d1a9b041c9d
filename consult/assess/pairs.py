"""Pairs of drugs, or of a drug and food, alcohol or a herb, that a rule brings together."""

from __future__ import annotations

from itertools import combinations

from consult.assess.finding import Finding
from consult.assess.regimen import Taken
from consult.assess.situation import Situation, weigh
from consult.domain.alert import AlertKind
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge

PAIR_KINDS: tuple[AlertKind, ...] = ("interaction", "food_herb")


def pair_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """One finding for each pair of ingredients of different rows and each topic; the first rule of a topic counts."""
    found: list[Finding] = []
    for first, second in combinations(situation.regimen.taken, 2):
        if first.medication.id == second.medication.id or first.ingredient == second.ingredient:
            continue
        topics: set[str] = set()
        for kind in PAIR_KINDS:
            for rule, a, b in _matches(kind, first, second, knowledge):
                if rule.topic in topics:
                    continue
                topics.add(rule.topic)
                indicator, factors = weigh(rule, situation, (a,), (b,))
                if indicator is not None:
                    found.append(Finding(rule, indicator, (a, b), tuple(sorted((a.word, b.word))), factors))
    return found


def _matches(kind: AlertKind, first: Taken, second: Taken, knowledge: Knowledge) -> list[tuple[Rule, Taken, Taken]]:
    """The rules that fit the pair, either way round, in the order of the file."""
    hits = [
        (place, a, b)
        for a, b in ((first, second), (second, first))
        for place in knowledge.matching(kind, a.ingredient, b.ingredient)
    ]
    rules = knowledge.rules[kind]
    return [
        (rules[place], a, b)
        for place, a, b in sorted(hits, key=lambda hit: hit[0])
        if route_fits(rules[place].route_a, a) and route_fits(rules[place].route_b, b)
    ]


def route_fits(routes: frozenset[str], taken: Taken) -> bool:
    """Whether a rule for these routes is about this drug as it is taken."""
    return "any" in routes or "same" in routes or taken.site in routes or taken.route in routes
