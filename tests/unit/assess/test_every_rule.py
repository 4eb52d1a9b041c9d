"""Every rule of the tables fires for a patient made for it, and stays silent for one who differs in one thing only.

No dead row, no rule hidden behind another, no rule that fires at everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice

import pytest

from consult.assess import assess
from consult.assess.regimen import read_regimen
from consult.assess.situation import read_situation
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.domain.patient import Lab
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge, load_knowledge
from tests.unit.assess.made import patients

KINDS = sorted(load_knowledge().rules)


def fires(rule: Rule, facts: Facts, knowledge: Knowledge) -> bool:
    return any(rule.id in alert.rule.split("+") for alert in assess(facts, knowledge).alerts)


def with_drug(facts: Facts, place: int, ingredient: str) -> Facts:
    rows = list(facts.medications)
    rows[place] = replace(rows[place], name=ingredient, ingredients=(ingredient,))
    return replace(facts, medications=tuple(rows))


def siblings(row: Medication, outside: frozenset[str], knowledge: Knowledge) -> list[str]:
    """Ingredients outside the rule, those that share most groups with this one first."""
    own = knowledge.groups_of(row.ingredients[0])
    others = knowledge.known - outside
    return sorted(others, key=lambda other: (-len(own & knowledge.groups_of(other)), other))


def near_misses(rule: Rule, facts: Facts, knowledge: Knowledge) -> Iterator[Facts]:
    """The patient with one thing changed, the nearest change first."""
    if rule.context.ask:  # speaks of a food that nobody named, so only the drug can miss it
        for other in siblings(facts.medications[0], rule.a | rule.b, knowledge)[:1]:
            yield with_drug(facts, 0, other)
    elif rule.kind in ("interaction", "food_herb"):
        for other in siblings(facts.medications[1], rule.a | rule.b, knowledge)[:1]:
            yield with_drug(facts, 1, other)
    elif rule.kind == "duplication":
        outside = rule.a if rule.topic != "same ingredient" else frozenset(facts.medications[0].ingredients)
        for other in siblings(facts.medications[1], outside, knowledge)[:1]:
            yield with_drug(facts, 1, other)
    elif rule.kind == "allergy":
        for other in siblings(facts.medications[0], rule.a if rule.keys else frozenset(facts.allergies), knowledge)[:1]:
            yield with_drug(facts, 0, other)
    elif rule.kind == "condition":
        yield near_condition(rule, facts, knowledge)
    elif rule.kind == "monitoring":
        possible = knowledge.labs[rule.keys[0]]
        yield replace(facts, labs=(Lab(rule.keys[0], (possible.low + possible.high) / 2, at="2026-10-31"),))
    else:
        yield beyond_the_limit(rule, facts)


def near_condition(rule: Rule, facts: Facts, knowledge: Knowledge) -> Facts:
    """The most alike condition that is none of the rule's, instead of the rule's."""
    rest = tuple(word for word in facts.conditions if word != rule.keys[0])
    others = sorted(knowledge.conditions, key=lambda key: -SequenceMatcher(None, key, rule.keys[0]).ratio())
    for key in others:
        changed = replace(facts, conditions=(key,), labs=())
        held = read_situation(changed, read_regimen(changed, knowledge), knowledge).conditions
        if not set(rule.keys) & set(held):
            return replace(changed, conditions=(key, *(word for word in rest if word not in rule.keys)))
    raise AssertionError("every condition is the rule's")


def beyond_the_limit(rule: Rule, facts: Facts) -> Facts:
    """The patient just on the other side of the rule's limit."""
    gate = rule.gate
    assert gate is not None
    low = gate.compare in (">", ">=")
    if gate.what == "age":
        return replace(facts, age=round(gate.limit) - (gate.compare == ">=") + (gate.compare == "<="))
    if gate.what == "lab":
        value = gate.limit - (gate.compare == ">=") + (gate.compare == "<=")
        return replace(facts, labs=(*(lab for lab in facts.labs if lab.name != gate.name), Lab(gate.name, value)))
    if gate.what == "often":
        sig = replace(facts.medications[0].sig, strength=None, dose=None, frequency="1/week" if low else "1/day")
    else:
        amount = gate.limit * (0.99 if low else 1.01)
        sig = replace(facts.medications[0].sig, strength=f"{amount:.5f} mg", dose=None, frequency="1/day")
    return replace(facts, medications=(replace(facts.medications[0], sig=sig), *facts.medications[1:]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_rule_fires_when_it_should_and_is_silent_when_just_missed(kind: str, knowledge: Knowledge) -> None:
    never, always, untried = [], [], []
    for rule in knowledge.rules[kind]:
        made = islice(patients(rule, knowledge), 4000)
        hit = next((facts for facts in made if fires(rule, facts, knowledge)), None)
        if hit is None:
            never.append(rule.id)
            continue
        missed = list(near_misses(rule, hit, knowledge))
        untried += [rule.id] * (not missed)
        always += [(rule.id, facts) for facts in missed if fires(rule, facts, knowledge)]

    assert knowledge.rules[kind]
    assert (never, always, untried) == ([], [], [])
