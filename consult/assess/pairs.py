"""Pairs of drugs, or of a drug and food, alcohol or a herb, that a rule brings together."""

from __future__ import annotations

from itertools import combinations

from consult.assess.finding import Finding
from consult.assess.regimen import Taken
from consult.assess.situation import LADDER, Situation, weigh
from consult.knowledge.tables import Knowledge


def pair_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """One finding for each pair of ingredients of different rows and each topic; the first rule of a topic counts.

    A general rule ("the two share a property") counts only where it is graver than what the special rules say.
    """
    found: list[Finding] = []
    for first, second in combinations(situation.regimen.taken, 2):
        rules = knowledge.between(first.ingredient, second.ingredient)
        if not rules or first.medication.id == second.medication.id or first.ingredient == second.ingredient:
            continue
        topics: set[str] = set()
        told = -1
        for rule, turned in rules:
            a, b = (second, first) if turned else (first, second)
            if rule.topic in topics or not (route_fits(rule.route_a, a) and route_fits(rule.route_b, b)):
                continue
            topics.add(rule.topic)
            indicator, factors = weigh(rule, situation, (a,), (b,))
            level = 0 if indicator is None else LADDER.index(indicator)
            if rule.general and level <= told:
                continue
            told = max(told, level)
            if indicator is not None:
                found.append(Finding(rule, indicator, (a, b), tuple(sorted((a.word, b.word))), factors))
    return found


def route_fits(routes: frozenset[str], taken: Taken) -> bool:
    """Whether a rule for these routes is about this drug as it is taken."""
    return "any" in routes or "same" in routes or taken.site in routes or taken.route in routes
