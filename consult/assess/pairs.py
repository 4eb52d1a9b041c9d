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


def _matches(
    kind: AlertKind, first: Taken, second: Taken, knowledge: Knowledge
) -> list[tuple[Rule, Taken, Taken]]:
    order = {rule.id: n for n, rule in enumerate(knowledge.rules[kind])}
    hits = [(rule, first, second) for rule in knowledge.matching(kind, first.ingredient, second.ingredient)]
    hits += [(rule, second, first) for rule in knowledge.matching(kind, second.ingredient, first.ingredient)]
    fitting = [hit for hit in hits if route_fits(hit[0].route_a, hit[1]) and route_fits(hit[0].route_b, hit[2])]
    return sorted(fitting, key=lambda hit: order[hit[0].id])


def route_fits(routes: frozenset[str], taken: Taken) -> bool:
    """Whether a rule for these routes is about this drug as it is taken."""
    return "any" in routes or "same" in routes or taken.site in routes or taken.route in routes
