"""One drug beside a fact of the patient: a condition, the age, the kidneys, an allergy, its dose, a laboratory test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from consult.assess.finding import Finding
from consult.assess.pairs import route_fits
from consult.assess.regimen import Taken
from consult.assess.situation import EGFR_UNIT, LADDER, Situation, holds, weigh, words_for
from consult.domain.alert import AlertKind, Factor, Indicator
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge


def condition_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A drug and a condition of the patient that do not go together."""
    found = []
    for taken, rule in _applying("condition", situation, knowledge):
        key = next(key for key in rule.keys if key in situation.conditions)
        measured = (holds(test, situation) for test in knowledge.conditions[key].labs)
        factors = (Factor(*fact, "raises") for fact in measured if fact is not None)
        found += _finding(rule, taken, situation.conditions[key], situation, *factors)
    return found


def age_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A drug that the patient's age makes riskier."""
    found = []
    for taken, rule in _applying("age", situation, knowledge):
        if rule.gate is not None and holds(rule.gate, situation) is not None:
            found += _finding(rule, taken, "age", situation, Factor("age", str(situation.facts.age), "raises"))
    return found


def renal_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A drug whose dose or use the kidneys limit; the eGFR may be implied by the diagnosis."""
    found = []
    for taken, rule in _applying("renal", situation, knowledge):
        if rule.gate is None or holds(rule.gate, situation) is None or situation.egfr is None:
            continue
        value = situation.egfr_words(EGFR_UNIT)
        found += _finding(rule, taken, "renal", situation, Factor("egfr", value, "raises"))
    return found


def allergy_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A drug that is the named allergen, of its kind, or known to cross-react."""
    found = []
    each = (knowledge.words.own(" ".join(text.lower().split())) for text in situation.facts.allergies)
    said = tuple(text for text in each if text)
    named = {knowledge.canonical(text): text for text in said}
    own = next((rule for rule in knowledge.rules["allergy"] if not rule.keys), None)
    for taken in situation.regimen.taken:
        if own is not None and taken.ingredient in named:
            found += _finding(own, taken, named[taken.ingredient], situation)
            continue
        topics: set[str] = set()
        for rule in knowledge.naming("allergy", taken.ingredient):
            if rule.topic in topics or rule is own or not route_fits(rule.route_a, taken):
                continue
            for key in rule.keys:
                words = words_for(knowledge.allergens[key], said)
                if words is not None:
                    topics.add(rule.topic)
                    found += _finding(rule, taken, words, situation)
                    break
    return found


def dose_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """More a day than the ceiling, summed over all rows with the ingredient; or oftener than it should be."""
    found = []
    for ingredient in dict.fromkeys(taken.ingredient for taken in situation.regimen.taken):
        rows = tuple(t for t in situation.regimen.taken if t.ingredient == ingredient)
        topics: set[str] = set()
        for rule in knowledge.naming("dose", ingredient):
            fitting = tuple(t for t in rows if route_fits(rule.route_a, t))
            if rule.gate is None or rule.topic in topics or not fitting:
                continue
            fact = holds(rule.gate, situation, fitting)
            if fact is None:
                continue
            indicator, factors = weigh(rule, situation, fitting)
            if indicator is not None:
                topics.add(rule.topic)
                words = ("dose", fitting[0].word)
                found.append(
                    Finding(rule, indicator, fitting, words, (Factor(fact[0], fact[1], "raises"), *factors), "dose")
                )
    return found


def diet_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A drug beside a food that its label rules out and that nobody has spoken of: one step below what it would be."""
    found = []
    eaten = {taken.ingredient for taken in situation.regimen.taken}
    for taken, rule in _applying("food_herb", situation, knowledge):
        food = rule.context.ask
        if rule.b & eaten:
            continue
        for finding in _finding(rule, taken, food, situation, Factor(food, "not known", "missing")):
            below = LADDER[max(LADDER.index(finding.indicator) - 1, 0)]
            found.append(replace(finding, indicator=below))
    return found


def monitoring_findings(situation: Situation, knowledge: Knowledge) -> list[Finding]:
    """A laboratory test that a drug asks for and that is not known (info) or older than the interval (warning)."""
    found = []
    for taken, rule in _applying("monitoring", situation, knowledge):
        lab = rule.keys[0]
        known = [entry for entry in situation.facts.labs if entry.name == lab]
        factor: Factor
        level: Indicator
        if not known:
            factor, level = Factor(lab, "not known", "missing"), "info"
        else:
            age = _age_of(known[-1].at, situation.facts.today)
            if age is None or age <= rule.days:
                continue
            factor, level = Factor(lab, f"{age} days old ({known[-1].value:g})", "raises"), rule.indicator
        indicator, factors = weigh(rule, situation, (taken,))
        if indicator is not None:
            shown = min(level, indicator, key=LADDER.index)
            found.append(Finding(rule, shown, (taken,), tuple(sorted((taken.word, lab))), (factor, *factors), lab))
    return found


def _age_of(day: str, today: str) -> int | None:
    try:
        return (date.fromisoformat(today[:10]) - date.fromisoformat(day)).days
    except ValueError:
        return None


def _applying(kind: AlertKind, situation: Situation, knowledge: Knowledge) -> list[tuple[Taken, Rule]]:
    """Each drug with each rule that may apply; of one topic only the first rule whose gate and conditions hold."""
    hits = []
    for taken in situation.regimen.taken:
        topics: set[str] = set()
        for rule in knowledge.naming(kind, taken.ingredient):
            if rule.topic in topics or not route_fits(rule.route_a, taken):
                continue
            if rule.gate is not None and holds(rule.gate, situation, (taken,)) is None:
                continue
            if kind == "condition" and not any(key in situation.conditions for key in rule.keys):
                continue
            topics.add(rule.topic)
            hits.append((taken, rule))
    return hits


def _finding(rule: Rule, taken: Taken, other: str, situation: Situation, *extra: Factor) -> list[Finding]:
    indicator, factors = weigh(rule, situation, (taken,))
    if indicator is None:
        return []
    words = tuple(sorted((taken.word, other)))
    return [Finding(rule, indicator, (taken,), words, (*extra, *factors), other)]
