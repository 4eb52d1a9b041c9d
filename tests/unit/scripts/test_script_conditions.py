from __future__ import annotations

from dataclasses import replace

import pytest

from consult.domain.alert import Alert
from consult.domain.medication import Sig
from consult.domain.patient import Lab
from consult.scripts import View
from consult.scripts.conditions import Known
from consult.scripts.schema import Behavior, Condition, Guard
from tests.unit.scripts.script_talk import classes_of, medication, with_answer

ALERT = Alert(
    "interaction:ibuprofen+warfarin", "interaction", ("ibuprofen", "warfarin"), "major", "warning",
    "Warfarin + Advil", "why", "consider", "source", medications=("med:warfarin",),
)  # fmt: skip
VIEW = View(
    medications=(
        medication("warfarin", source="history"),
        medication("ibuprofen", name="Advil", sig=Sig(route="oral", as_needed=True), status="unknown"),
        medication("oxycodone", status="stopped"),
    ),
    conditions=("chronic heart failure", "type 2 diabetes"),
    effects=("dizziness",),
    alerts=(ALERT,),
    labs=(Lab("egfr", 62), Lab("egfr", 41), Lab("a1c", 7.5)),
    age=74,
    sex="f",
)
VIEW = with_answer(with_answer(VIEW, "falls", "2"), "kinds", "herbal", "patch")
VIEW = with_answer(VIEW, "works", "partly", medication_id="med:warfarin")


def fact(name: str, operator: str, *answers: str, names: tuple[str, ...] = ()) -> Condition:
    return Condition(operator, answers, fact=name, names=names)  # type: ignore[arg-type]


def question(link_id: str, operator: str, *answers: str) -> Condition:
    return Condition(operator, answers, question=link_id)  # type: ignore[arg-type]


def holds(condition: Condition, medication_id: str = "", view: View = VIEW) -> bool:
    known, guard = Known(view, classes_of, {}), Guard((condition,))
    assert known.holds(guard, medication_id) == (known.why(guard, medication_id) is not None)
    return known.holds(guard, medication_id)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (fact("class", "=", "nonselective nsaid"), True),
        (fact("class", "=", "statin", "vitamin k antagonist"), True),
        (fact("class", "=", "opioid phenanthrene"), False),  # stopped
        (fact("class", "!=", "statin"), True),
        (fact("class", "!=", "nonselective nsaid"), False),
        (fact("class", "exists", "yes"), True),
        (fact("ingredient", "=", "warfarin"), True),
        (fact("ingredient", "=", "oxycodone"), False),
        (fact("class_count", ">=", "2", names=("nonselective nsaid", "vitamin k antagonist")), True),
        (fact("class_count", ">=", "2", names=("nonselective nsaid",)), False),
        (fact("class_count", "=", "0", names=("statin",)), True),
        (fact("medication_count", "=", "2"), True),
        (fact("medication_count", ">", "2"), False),
        (fact("condition", "=", "type 2 diabetes"), True),
        (fact("condition", "=", "diabetes"), False),
        (fact("condition", "contains", "diabetes"), True),
        (fact("condition", "contains", "heart fail"), False),  # whole words
        (fact("condition", "!=", "type 2 diabetes"), False),
        (fact("effect", "=", "dizziness", "fall"), True),
        (fact("effect", "=", "fall"), False),
        (fact("alert", "=", "interaction:ibuprofen+warfarin"), True),
        (fact("alert", "contains", "warfarin"), True),
        (fact("alert", "contains", "apixaban"), False),
        (fact("alert_kind", "=", "interaction"), True),
        (fact("alert_kind", "!=", "interaction"), False),
        (fact("alert_indicator", "=", "critical"), False),
        (fact("lab", "<", "45", names=("egfr",)), True),  # the newest
        (fact("lab", ">=", "60", names=("egfr",)), False),
        (fact("lab", "exists", "yes", names=("inr",)), False),
        (fact("lab", "<", "5", names=("inr",)), False),
        (fact("age", ">=", "74"), True),
        (fact("age", "<", "74"), False),
        (fact("sex", "=", "f"), True),
        (fact("sex", "=", "m"), False),
        (question("falls", ">=", "2"), True),
        (question("falls", "<", "2"), False),
        (question("kinds", "=", "patch"), True),
        (question("kinds", "!=", "patch"), False),
        (question("kinds", ">", "1"), False),  # words are no number
        (question("gone", "!=", "patch"), True),
        (question("gone", "exists", "no"), True),
        (question("falls", "exists", "yes"), True),
        (question("falls", "exists", "no"), False),
        (question("works", "=", "partly"), True),  # asked of one medication, looked at from outside
    ],
    ids=str,
)
def test_a_condition_holds_or_not(condition: Condition, expected: bool) -> None:
    assert holds(condition) is expected


@pytest.mark.parametrize(
    ("condition", "warfarin", "ibuprofen"),
    [
        (fact("medication_class", "=", "nonselective nsaid"), False, True),
        (fact("medication_route", "=", "oral"), False, True),
        (fact("medication_source", "=", "history"), True, False),
        (fact("medication_status", "=", "unknown"), False, True),
        (fact("medication_as_needed", "=", "yes"), False, True),
        (question("works", "=", "partly"), True, False),
        (question("falls", "=", "2"), True, True),  # an answer of the whole consult counts for each
    ],
    ids=str,
)
def test_a_condition_of_one_medication_looks_at_that_one(condition: Condition, warfarin: bool, ibuprofen: bool) -> None:
    assert holds(condition, "med:warfarin") is warfarin
    assert holds(condition, "med:ibuprofen") is ibuprofen


@pytest.mark.parametrize(
    ("behavior", "answers", "expected"),
    [("all", ("egfr", "inr"), False), ("any", ("egfr", "inr"), True), ("any", ("inr", "qtc"), False)],
)
def test_conditions_combine_as_all_or_any(behavior: Behavior, answers: tuple[str, ...], expected: bool) -> None:
    guard = Guard(tuple(fact("lab", ">", "0", names=(name,)) for name in answers), behavior)

    assert Known(VIEW, classes_of, {}).holds(guard) is expected
    assert (Known(VIEW, classes_of, {}).why(guard) is not None) is expected


def test_an_unknown_age_meets_no_age_condition() -> None:
    unknown = replace(VIEW, age=None)

    assert not holds(fact("age", "<", "200"), view=unknown)
    assert not holds(fact("age", "exists", "yes"), view=unknown)


@pytest.mark.parametrize(
    ("condition", "words", "rows"),
    [
        (fact("class", "=", "nonselective nsaid"), "Advil is on the list", ("med:ibuprofen",)),
        (
            fact("class", "=", "nonselective nsaid", "vitamin k antagonist"),
            "Warfarin and Advil are on the list",
            ("med:warfarin", "med:ibuprofen"),
        ),
        (fact("condition", "contains", "failure"), "chronic heart failure is on record", ()),
        (fact("effect", "=", "dizziness"), "dizziness was noted", ()),
        (fact("condition", "exists", "yes"), "chronic heart failure and type 2 diabetes are on record", ()),
        (fact("lab", "<", "45", names=("egfr",)), "egfr is 41", ()),
        (fact("age", ">", "65"), "age 74", ()),
        (fact("alert_kind", "=", "interaction"), "alert: Warfarin + Advil", ("med:warfarin",)),
    ],
    ids=str,
)
def test_the_reason_says_what_was_found(condition: Condition, words: str, rows: tuple[str, ...]) -> None:
    reason = Known(VIEW, classes_of, {}).why(Guard((condition,)))

    assert reason is not None
    assert (reason.words, reason.medications) == (words, rows)
