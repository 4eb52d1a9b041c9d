"""Patients made for a rule of the tables, so that it fires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from consult.domain.facts import Facts
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Lab
from consult.knowledge.clauses import Clause, Test
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge

STEP = {">": 1.05, ">=": 1.0, "<": 0.95, "<=": 1.0, "=": 1.0}


def row(place: int, ingredient: str, routes: frozenset[str], sig: Sig | None = None) -> Medication:
    named = sorted(routes - {"systemic", "any", "same"})
    route = "" if routes & {"systemic", "any", "same"} or not named else named[0]
    sig = replace(sig or Sig(), route=route)
    return Medication(f"med:{place}", ingredient, (ingredient,), sig=sig, review="confirmed")


def sigs(rule: Rule) -> list[Sig]:
    """No directions, and directions that exceed the dose or the frequency that a rule names."""
    tests = [test for clause in rule.context.clauses for test in clause.tests] + ([rule.gate] if rule.gate else [])
    limits = {test.limit for test in tests if test.what == "dose"}
    made = [Sig(strength=f"{limit * 1.05:.4f} mg", frequency="1/day") for limit in sorted(limits)]
    made += [Sig(strength=f"{limit * 0.95:.4f} mg", frequency="1/day") for limit in sorted(limits)]
    return [Sig(), *made, Sig(strength="2.5 mg", frequency="1/day")]


def with_facts(facts: Facts, test: Test, knowledge: Knowledge) -> Facts:
    """The facts changed so that a test about the patient holds."""
    if test.negated:
        return facts
    value = test.limit * STEP.get(test.compare, 1.0)
    if test.what == "age":
        return replace(facts, age=round(value + (test.compare == ">") - (test.compare == "<")))
    if test.what == "lab":
        return replace(facts, labs=(*facts.labs, Lab(test.name, value)))
    if test.what == "has":
        return replace(facts, conditions=(*facts.conditions, sorted(test.values)[0]))
    if test.what == "sex":
        return replace(facts, sex="f" if test.name == "f" else "m")
    if test.what == "taking":
        extra = Medication("med:9", "extra", (sorted(test.values)[0],), review="confirmed")
        return replace(facts, medications=(*facts.medications, extra))
    return facts


def patients(rule: Rule, knowledge: Knowledge) -> Iterator[Facts]:
    clauses: list[tuple[Test, ...]] = [(), *(clause.tests for clause in rule.context.clauses if _shows(clause))]
    seconds = sorted(rule.b) if rule.b else [""]
    if rule.kind == "duplication":
        seconds = sorted(rule.a)
    labs: tuple[Lab, ...] = ()
    for first, second, sig, tests in product(sorted(rule.a), seconds, sigs(rule), clauses):
        if rule.kind in ("interaction", "food_herb") and first == second:
            continue
        medications = [row(1, first, rule.route_a, sig)]
        if second:
            medications.append(row(2, second, rule.route_a if rule.kind == "duplication" else rule.route_b, sig))
        condition = rule.keys[:1] if rule.kind == "condition" else ()
        allergy = rule.keys[:1] if rule.kind == "allergy" else ()
        if rule.kind == "allergy" and not rule.keys:
            allergy = (first,)
        facts = Facts(50, "", tuple(condition), tuple(allergy), labs, tuple(medications), "2026-11-01")
        for test in ((rule.gate,) if rule.gate else ()) + tests:
            facts = with_facts(facts, test, knowledge)
        yield facts


def _shows(clause: Clause) -> bool:
    return clause.outcome in ("critical", "warning", "info", "up")
