"""The patient as the rules see them: which conditions hold, what the labs say, and what context makes of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.assess.regimen import Regimen, Taken
from consult.domain.alert import Factor, Indicator
from consult.domain.facts import Facts
from consult.knowledge.clauses import COMPARE, Clause, Test
from consult.knowledge.rules import Pattern, Rule
from consult.knowledge.tables import Knowledge

Effect = Literal["raises", "lowers", "missing", "neutral"]
EGFR_UNIT = " mL/min/1.73 m\N{SUPERSCRIPT TWO}"
CLEARANCE = "creatinine clearance"
LADDER: tuple[Indicator, ...] = ("info", "warning", "critical")


@dataclass(frozen=True, slots=True)
class Situation:
    """`conditions` maps each condition key that holds to the patient's own words for it."""

    facts: Facts
    regimen: Regimen
    conditions: dict[str, str]
    egfr: float | None
    egfr_from: str

    def egfr_words(self, unit: str = "") -> str:
        """The eGFR as a fact is told: what a diagnosis implies is no measured value."""
        if self.egfr_from == "laboratory":
            return f"{self.egfr:g}{unit}"
        if self.egfr_from == CLEARANCE:
            return f"{self.egfr:g} (creatinine clearance)"
        return f"at most {self.egfr:g}{unit}, from: {self.egfr_from}"


def read_situation(facts: Facts, regimen: Regimen, knowledge: Knowledge) -> Situation:
    """Conditions come from the words and from laboratory values; an eGFR that is missing, from the diagnosis."""
    held: dict[str, str] = {}
    for text in facts.conditions:
        words = " ".join(text.lower().split())
        for key in knowledge.conditions_in(words):
            held.setdefault(key, words)
    if facts.labs:
        for pattern in knowledge.conditions_by_lab:
            if pattern.key not in held and any(_lab_holds(test, facts) for test in pattern.labs):
                held[pattern.key] = pattern.key
    egfr, origin = facts.lab("egfr"), "laboratory"
    if egfr is None:
        egfr, origin = facts.lab("crcl"), CLEARANCE
    if egfr is None:
        patterns = ((knowledge.conditions[key], words) for key, words in held.items())
        implied = [(pattern.egfr, words) for pattern, words in patterns if pattern.egfr is not None]
        if implied:
            egfr, origin = min(implied)
    return Situation(facts, regimen, held, egfr, origin)


def words_for(pattern: Pattern, said: tuple[str, ...]) -> str | None:
    """The patient's own words that a pattern fits."""
    for text in said:
        lower = " ".join(text.lower().split())
        if pattern.fits(lower):
            return lower
    return None


def _lab_holds(test: Test, facts: Facts) -> bool:
    value = facts.lab(test.name)
    return value is not None and COMPARE[test.compare](value, test.limit)


def weigh(
    rule: Rule, situation: Situation, a: tuple[Taken, ...], b: tuple[Taken, ...] = ()
) -> tuple[Indicator | None, tuple[Factor, ...]]:
    """The indicator of a rule for these drugs in this patient (None: nothing to say), and the facts weighed."""
    level = LADDER.index(rule.indicator)
    silent = False
    factors: list[Factor] = []
    for clause in rule.context.clauses:
        facts = _held(clause, situation, a, b)
        if facts is None:
            continue
        before = level
        if clause.outcome == "silent":
            silent = True
        elif clause.outcome == "up":
            level = min(level + 1, 2)
        elif clause.outcome == "down":
            level = max(level - 1, 0)
        elif clause.outcome in LADDER:
            level, silent = LADDER.index(clause.outcome), False
        effect = _effect(clause.outcome, before, level)
        factors += [Factor(name, value, effect) for name, value in facts]
    factors += [Factor(name, "not known", "missing") for name in rule.context.need if _value(name, situation) is None]
    for taken in (*a, *b):
        if taken.counted == "unsure":
            level = max(level - 1, 0)
            factors.append(Factor(taken.name, "not sure whether it is taken", "lowers"))
        elif taken.counted == "planned":
            factors.append(Factor(taken.name, "planned", "neutral"))
        elif taken.counted == "washout":
            date = taken.medication.last_fill
            factors.append(Factor(taken.name, f"stopped, last filled {date}; still acts", "raises"))
            if not date:
                factors[-1] = Factor("stop date", f"{taken.name} was stopped; when is not known", "missing")
    return (None if silent else LADDER[level]), tuple(dict.fromkeys(factors))


def _effect(outcome: str, before: int, after: int) -> Effect:
    if outcome == "neutral":
        return "neutral"
    if outcome == "raises":
        return "raises"
    if outcome in ("lowers", "silent", "down", "info"):
        return "lowers"
    return "lowers" if after < before else "raises"


def _held(
    clause: Clause, situation: Situation, a: tuple[Taken, ...], b: tuple[Taken, ...]
) -> list[tuple[str, str]] | None:
    """The facts that make all tests of a clause true, or None."""
    found: list[tuple[str, str]] = []
    for test in clause.tests:
        fact = holds(test, situation, a, b)
        if test.negated:
            if fact is not None:
                return None
            continue
        if fact is None:
            return None
        if fact[0]:
            found.append(fact)
    return found


def holds(
    test: Test, situation: Situation, a: tuple[Taken, ...] = (), b: tuple[Taken, ...] = ()
) -> tuple[str, str] | None:
    """The name and value of the fact that makes the test true (negation apart); a fact not known makes none true."""
    side = a if test.side == "a" else b
    match test.what:
        case "always":
            return "", ""
        case "age" | "lab":
            value = _value(test.name or "age", situation)
            if value is None or not COMPARE[test.compare](value, test.limit):
                return None
            return test.name, situation.egfr_words() if test.name == "egfr" else f"{value:g}"
        case "apart":
            return ("", "") if len({_name_of(t).split()[0] for t in (*a, *b)}) > 1 else None
        case "one named":
            rows = {t.medication.id: _bears(_name_of(t), test.values) for t in (*a, *b)}
            return ("", "") if len(rows) > 1 and sum(rows.values()) == 1 else None
        case "unknown":
            return (test.name, "not known") if _value(test.name, situation) is None else None
        case "sex":
            return ("sex", test.name) if situation.facts.sex == test.name else None
        case "has":
            key = next((key for key in sorted(test.values) if key in situation.conditions), None)
            return ("condition", situation.conditions[key]) if key is not None else None
        case "taking":
            hit = next((t for t in situation.regimen.taken if t.ingredient in test.values and t not in (*a, *b)), None)
            return ("also takes", hit.word) if hit else None
        case "is":
            return ("", "") if any(t.ingredient in test.values for t in (*a, *b)) else None
        case "route":
            hit = next((t for t in side if t.route in test.values or t.site in test.values), None)
            return ("route", f"{hit.word}: {hit.route or hit.site}") if hit else None
        case "dose":
            total = sum(t.amount.daily_mg or 0.0 for t in side)
            unsure = ", if once a day" if any(t.amount.assumed for t in side) else ""
            over = total > 0 and COMPARE[test.compare](total, test.limit)
            return ("dose", f"{total:g} mg a day{unsure}") if over else None
        case _:
            weekly = max((t.amount.a_week or 0.0 for t in side), default=0.0)
            over = weekly > 0 and COMPARE[test.compare](weekly, test.limit)
            return ("how often", f"{weekly:g} times a week") if over else None


def _value(name: str, situation: Situation) -> float | None:
    if name == "age":
        return None if situation.facts.age is None else float(situation.facts.age)
    if name == "egfr":
        return situation.egfr
    return situation.facts.lab(name)


def _name_of(taken: Taken) -> str:
    return taken.name.lower().strip() or taken.ingredient


def _bears(name: str, words: frozenset[str]) -> bool:
    """Whether a word of the name is one of these, or ends in one of more than three letters ("OxyContin")."""
    return any(part == word or (len(word) > 3 and part.endswith(word)) for part in name.split() for word in words)
