"""What shares a card: one mechanism, one measured state, one pair of products."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

from consult.assess import assess
from consult.domain.alert import Alert, Factor
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.domain.patient import Lab
from consult.knowledge.tables import Knowledge

PRESSURE = ("amlodipine", "lisinopril", "metoprolol", "tamsulosin")


def regimen(*names: str) -> tuple[Medication, ...]:
    return tuple(Medication(f"med:{name}", name, tuple(name.split("/")), review="confirmed") for name in names)


def shown(facts: Facts, knowledge: Knowledge) -> list[Alert]:
    return [alert for alert in assess(facts, knowledge).alerts if alert.indicator != "info"]


def test_low_blood_pressure_is_one_card_that_names_every_drug_that_lowers_it(knowledge: Knowledge) -> None:
    low = Facts(age=60, labs=(Lab("systolic", 84.0),), medications=regimen(*PRESSURE, "atorvastatin"))

    (card,) = shown(low, knowledge)

    assert set(card.between) == {*PRESSURE, "hypotension"}
    assert set(card.medications) == {f"med:{name}" for name in PRESSURE}
    assert "amlodipine, lisinopril and metoprolol can lower the blood pressure" in card.why
    assert ("systolic", "84") in {(factor.name, factor.value) for factor in card.factors}


def test_low_blood_pressure_card_goes_with_the_cause(knowledge: Knowledge) -> None:
    well = Facts(age=60, labs=(Lab("systolic", 84.0), Lab("systolic", 118.0)), medications=regimen(*PRESSURE))

    assert shown(well, knowledge) == []


def test_high_potassium_is_one_card_of_the_gravest_indicator(knowledge: Knowledge) -> None:
    facts = Facts(age=60, labs=(Lab("potassium", 5.8),), medications=regimen("ibuprofen", "spironolactone"))

    (card,) = [alert for alert in shown(facts, knowledge) if alert.kind == "condition"]

    assert card.indicator == "critical"
    assert card.between == ("hyperkalemia", "ibuprofen", "spironolactone")


def test_pair_is_not_told_again_beside_the_measured_state_that_makes_it_grave(knowledge: Knowledge) -> None:
    pair = Facts(age=60, medications=regimen("lisinopril", "spironolactone"))
    high = replace(pair, labs=(Lab("potassium", 5.8),))

    before, after = shown(pair, knowledge), shown(high, knowledge)

    assert [alert.id for alert in before] == ["interaction:lisinopril+spironolactone"]
    assert [alert.between for alert in after] == [("hyperkalemia", "lisinopril", "spironolactone")]
    assert Factor("potassium", "5.8", "raises") in after[0].factors


def test_title_of_many_drugs_still_says_what_can_happen(knowledge: Knowledge) -> None:
    many = Facts(
        age=60, labs=(Lab("systolic", 84.0),), medications=regimen(*PRESSURE, "furosemide", "isosorbide mononitrate")
    )

    (card,) = shown(many, knowledge)

    assert (
        card.title == "amlodipine + lisinopril + metoprolol + tamsulosin + 2 more + hypotension: blood pressure too low"
    )
    assert len(card.medications) == 6


def test_bleeding_of_three_drugs_is_one_card(knowledge: Knowledge) -> None:
    facts = Facts(age=60, medications=regimen("apixaban", "meloxicam", "sertraline"))

    (card,) = shown(facts, knowledge)

    assert (card.indicator, card.between) == ("critical", ("apixaban", "meloxicam", "sertraline"))
    assert "sertraline adds" in card.why
    assert "avoiding NSAIDs on top" not in card.action  # the advice of a pair that alone would be a warning


def test_two_products_that_double_two_ingredients_are_one_card(knowledge: Knowledge) -> None:
    facts = Facts(age=60, medications=regimen("acetaminophen/hydrocodone", "acetaminophen/oxycodone"))

    (card,) = [alert for alert in shown(facts, knowledge) if alert.kind == "duplication"]

    assert card.between == ("acetaminophen", "acetaminophen", "hydrocodone", "oxycodone")


def test_two_of_one_class_with_the_same_partners_are_named_together(knowledge: Knowledge) -> None:
    facts = Facts(age=60, medications=regimen("meloxicam", "naproxen", "lisinopril"))

    (card,) = [alert for alert in shown(facts, knowledge) if "lisinopril" in alert.between]

    assert "meloxicam and naproxen can weaken lisinopril" in card.why


def test_two_hundred_rows_are_checked_in_a_moment_even_where_all_double_each_other(knowledge: Knowledge) -> None:
    names = ("lisinopril", "metformin", "warfarin", "aspirin") * 50
    rows = tuple(Medication(f"med:{n}", name, (name,), review="confirmed") for n, name in enumerate(names))
    start = process_time()

    alerts = assess(Facts(age=70, medications=rows), knowledge).alerts

    assert process_time() - start < 5  # seconds; a fraction of one
    assert [len(alert.medications) for alert in alerts if alert.id == "duplication:lisinopril"] == [50]


def test_card_of_a_measured_state_stays_the_same_card_when_a_drug_joins(knowledge: Knowledge) -> None:
    low = Facts(age=60, labs=(Lab("systolic", 84.0),), medications=regimen("amlodipine"))

    ids = [
        shown(facts, knowledge)[0].id for facts in (low, replace(low, medications=regimen("amlodipine", "lisinopril")))
    ]

    assert ids == ["condition:orthostatic-drug+hypotension"] * 2


def test_weak_kidneys_by_name_and_by_egfr_are_one_card(knowledge: Knowledge) -> None:
    facts = Facts(age=60, conditions=("ckd stage 3b",), labs=(Lab("egfr", 38.0),), medications=regimen("naproxen"))

    (card,) = shown(facts, knowledge)

    assert card.between == ("ckd stage 3b", "naproxen", "renal")


def test_one_condition_by_two_rules_is_one_card(knowledge: Knowledge) -> None:
    facts = Facts(age=60, conditions=("heart failure",), medications=regimen("naproxen"))

    assert [alert.between for alert in shown(facts, knowledge)] == [("heart failure", "naproxen")]


def test_card_of_one_pair_gives_the_advice_that_is_as_urgent_as_it_is(knowledge: Knowledge) -> None:
    card, *_ = shown(Facts(age=50, medications=regimen("pimozide", "sertraline")), knowledge)

    assert card.indicator == "critical"
    assert "sertraline blocks the enzyme that clears pimozide" in card.why
    assert card.action.startswith("Consider calling the prescriber today.")
    assert "the dose of pimozide" not in card.action


def test_drugs_of_a_card_are_no_facts_beside_it(knowledge: Knowledge) -> None:
    (card,) = shown(Facts(age=50, medications=regimen("oxycodone", "alprazolam", "gabapentin")), knowledge)

    assert card.between == ("alprazolam", "gabapentin", "oxycodone")
    assert [factor.name for factor in card.factors] == ["egfr"]


def test_one_fact_stands_once_with_its_unit(knowledge: Knowledge) -> None:
    facts = Facts(50, "", ("severe kidney disease",), labs=(Lab("egfr", 20.0),), medications=regimen("magnesium oxide"))

    (card,) = shown(facts, knowledge)

    assert [factor.value for factor in card.factors] == ["20 mL/min/1.73 m\N{SUPERSCRIPT TWO}"]
    assert card.why.count("cannot pass") == 1
