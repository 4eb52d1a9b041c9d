"""What cannot be used as it stands is named, with the reason, and nothing is guessed from it."""

from __future__ import annotations

import pytest

from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Lab
from consult.knowledge.tables import Knowledge


def row(name: str, sig: Sig | None = None) -> Medication:
    return Medication(f"med:{name}", name, (name,), sig=sig or Sig(), review="confirmed")


def left(facts: Facts, knowledge: Knowledge) -> dict[str, str]:
    return {one.name: one.reason for one in assess(facts, knowledge).not_checked}


@pytest.mark.parametrize("lab", [Lab("egfr", -5), Lab("potassium", 45), Lab("inr", 230), Lab("qtc", 4), Lab("a1c", 70)])
def test_impossible_value_is_named_and_raises_nothing(lab: Lab, knowledge: Knowledge) -> None:
    facts = Facts(age=60, labs=(lab,), medications=(row("metformin"), row("lisinopril"), row("warfarin")))

    result = assess(facts, knowledge)

    assert [one.name for one in result.not_checked] == [lab.name]
    assert "not possible" in result.not_checked[0].reason
    assert result.alerts == assess(Facts(age=60, medications=facts.medications), knowledge).alerts


def test_value_in_a_unit_that_the_rules_do_not_use_is_named(knowledge: Knowledge) -> None:
    facts = Facts(age=60, labs=(Lab("a1c", 53, "mmol/mol"),), medications=(row("metformin"),))

    assert left(facts, knowledge) == {"a1c": "53 mmol/mol: the unit is not one of %"}


@pytest.mark.parametrize("unit", ["", "mEq/L", "mmol/L", "MEQ / L"])
def test_value_in_a_known_unit_is_used(unit: str, knowledge: Knowledge) -> None:
    facts = Facts(age=60, labs=(Lab("potassium", 5.8, unit),), medications=(row("spironolactone"),))

    result = assess(facts, knowledge)

    assert result.not_checked == ()
    assert result.alerts[0].indicator == "critical"


def test_value_under_another_name_of_the_test_is_used(knowledge: Knowledge) -> None:
    result = assess(Facts(age=60, labs=(Lab("K+", 5.8),), medications=(row("spironolactone"),)), knowledge)

    assert result.alerts[0].between == ("hyperkalemia", "spironolactone")


def test_laboratory_name_that_no_rule_knows_is_named(knowledge: Knowledge) -> None:
    assert "creatinin" in left(Facts(labs=(Lab("creatinin", 1.2),), medications=(row("naproxen"),)), knowledge)


def test_dose_without_unit_is_named_and_no_limit_is_guessed(knowledge: Knowledge) -> None:
    facts = Facts(age=50, medications=(row("acetaminophen", Sig(dose="5000 daily")),))

    result = assess(facts, knowledge)

    assert [alert.kind for alert in result.alerts] == []
    assert "has no unit" in result.not_checked[0].reason


@pytest.mark.parametrize(
    "sig", [Sig(strength="500 mg", dose="2"), Sig(dose="2"), Sig(dose="500 mg"), Sig(dose="2 tabs")]
)
def test_dose_that_can_be_read_is_not_named(sig: Sig, knowledge: Knowledge) -> None:
    assert left(Facts(age=50, medications=(row("acetaminophen", sig),)), knowledge) == {}


def test_route_that_is_none_is_named_and_the_drug_is_checked_all_the_same(knowledge: Knowledge) -> None:
    facts = Facts(age=50, medications=(row("ibuprofen", Sig(route="sideways")), row("warfarin")))

    result = assess(facts, knowledge)

    assert result.alerts[0].between == ("ibuprofen", "warfarin")
    assert "sideways" in result.not_checked[0].reason


def test_allergy_that_is_not_understood_is_named(knowledge: Knowledge) -> None:
    facts = Facts(age=50, allergies=("flurbinol", "sulfa", "nkda"), medications=(row("naproxen"),))

    assert list(left(facts, knowledge)) == ["allergy: flurbinol"]


def test_two_hundred_medications_are_checked(knowledge: Knowledge) -> None:
    names = sorted(knowledge.known)[::8][:200]

    result = assess(Facts(age=70, medications=tuple(map(row, names))), knowledge)

    assert result.checked == 200
    assert result.alerts


def test_condition_that_is_not_understood_is_named(knowledge: Knowledge) -> None:
    facts = Facts(
        age=50, conditions=("hart failure", "heart failure", "hyperlipidemia"), medications=(row("naproxen"),)
    )

    assert left(facts, knowledge) == {"condition: hart failure": "not recognised; it is compared with no medication"}


@pytest.mark.parametrize(
    "said", ["family history of asthma", "asthma (mother)", "no asthma", "gerd, no asthma", "asthma ruled out"]
)
def test_condition_of_somebody_else_or_denied_is_not_this_patients(said: str, knowledge: Knowledge) -> None:
    result = assess(Facts(age=40, conditions=(said,), medications=(row("propranolol"),)), knowledge)

    assert (result.alerts, result.not_checked) == ((), ())


@pytest.mark.parametrize(
    ("said", "drug"),
    [
        ("s/p mi", "sumatriptan"),
        ("family history of medullary thyroid cancer", "semaglutide"),
        ("asthma, no copd", "propranolol"),
        ("nursing mother", "lithium"),
    ],
)
def test_condition_said_with_more_words_counts(said: str, drug: str, knowledge: Knowledge) -> None:
    result = assess(Facts(age=40, conditions=(said,), medications=(row(drug),)), knowledge)

    assert [alert.kind for alert in result.alerts if alert.indicator != "info"] == ["condition"]


@pytest.mark.parametrize("said", ["no known allergies", "bee stings", "mother is allergic to penicillin"])
def test_allergy_that_no_medication_shares_is_nothing_unchecked(said: str, knowledge: Knowledge) -> None:
    result = assess(Facts(age=40, allergies=(said,), medications=(row("amoxicillin"),)), knowledge)

    assert (result.alerts, result.not_checked) == ((), ())


@pytest.mark.parametrize("name", ["heart_rate", "Heart rate", "pulse", "HR"])
def test_value_is_known_by_its_other_names_however_they_are_joined(name: str, knowledge: Knowledge) -> None:
    result = assess(Facts(age=60, labs=(Lab(name, 44),), medications=(row("metoprolol"),)), knowledge)

    assert (result.not_checked, result.alerts[0].indicator) == ((), "critical")
