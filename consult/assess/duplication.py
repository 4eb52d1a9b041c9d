"""The same ingredient, or two of one kind, in different rows."""

from __future__ import annotations

from itertools import combinations

from consult.assess.finding import Finding
from consult.assess.pairs import route_fits
from consult.assess.regimen import Taken
from consult.assess.situation import LADDER, Situation, weigh
from consult.domain.alert import Indicator
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge


def duplication_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """One finding for each group of doubled drugs; a pair that an earlier rule named or allowed is not named again."""
    found: list[Finding] = []
    done: set[frozenset[tuple[str, str]]] = set()
    grouped: dict[int, list[Taken]] = {}
    for taken in situation.regimen.taken:
        for place in knowledge.doubling(taken.ingredient):
            grouped.setdefault(place, []).append(taken)
    for place in sorted(place for place, members in grouped.items() if len(members) > 1):
        rule = knowledge.rules["duplication"][place]
        members = [t for t in grouped[place] if route_fits(rule.route_a, t)]
        pairs = []
        for first, second in combinations(members, 2):
            key = frozenset({(first.medication.id, first.ingredient), (second.medication.id, second.ingredient)})
            if key in done or first.medication.id == second.medication.id or not _alike(rule, first, second):
                continue
            done.add(key)
            if not any(_allowed(pair, first, second) for pair in rule.allowed):
                pairs.append((first, second))
        found += _of_rule(rule, pairs, situation)
    return found


def _alike(rule: Rule, first: Taken, second: Taken) -> bool:
    if "any" not in rule.route_a and first.site != second.site:
        return False
    same = first.ingredient == second.ingredient
    return same if rule.topic == "same ingredient" else True


def _allowed(pair: tuple[frozenset[str], frozenset[str]], first: Taken, second: Taken) -> bool:
    left, right = pair
    return (first.ingredient in left and second.ingredient in right) or (
        second.ingredient in left and first.ingredient in right
    )


def _of_rule(rule: Rule, pairs: list[tuple[Taken, Taken]], situation: Situation) -> list[Finding]:
    """Pairs that share a drug and an indicator become one finding, unless two of its drugs may stand together."""
    weighed = []
    for first, second in pairs:
        indicator, factors = weigh(rule, situation, (first,), (second,))
        if indicator is not None:
            weighed.append((indicator, factors, [first, second]))
    doubled = {frozenset(map(id, pair)) for pair in pairs}
    clusters: list[tuple[Indicator, dict[int, Taken], dict[object, None]]] = []
    for indicator, factors, both in weighed:
        near = next((c for c in clusters if c[0] == indicator and _joins(c[1], both, doubled)), None)
        if near is None:
            near = (indicator, {}, {})
            clusters.append(near)
        near[1].update((id(t), t) for t in both)
        near[2].update(dict.fromkeys(factors))
    clusters.sort(key=lambda c: -LADDER.index(c[0]))
    return [
        Finding(rule, indicator, tuple(taken.values()), tuple(sorted(t.word for t in taken.values())), tuple(factors))  # type: ignore[arg-type]
        for indicator, taken, factors in clusters
    ]


def _joins(cluster: dict[int, Taken], both: list[Taken], doubled: set[frozenset[int]]) -> bool:
    """Whether a pair shares a drug with the cluster and each of its drugs is a double of all the others."""
    new = [id(t) for t in both if id(t) not in cluster]
    if len(new) == len(both):
        return False
    return all(frozenset({one, other}) in doubled for one in new for other in cluster)
