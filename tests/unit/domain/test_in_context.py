"""What a line takes from the lines before it: the heading over it, and the drug that "it" stands for."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain import gather
from consult.domain.consult import Consult
from consult.domain.people import SYSTEM
from consult.nlp.annotate import Annotator
from tests.unit.domain.test_notes import after, opened


@pytest.fixture(scope="module")
def reader() -> Annotator:
    from consult.app import annotator

    return annotator()


def typed(reader: Annotator, *lines: str) -> Consult:
    consult = opened()
    above = ""
    for place, text in enumerate(lines):
        consult = after(consult, co.PutNoteLine(f"l{place}", above, 0, text))
        consult = after(consult, co.RecordFindings(f"l{place}", 1, reader.annotate(text)), actor=SYSTEM)
        above = f"l{place}"
    return consult


def statuses(consult: Consult) -> dict[str, str]:
    return {row.name: row.status for row in consult.medications.values()}


def test_a_later_line_without_a_name_speaks_of_the_drug_named_last(reader: Annotator) -> None:
    consult = typed(reader, "on metoprolol 25 mg bid", "lisinopril 10 mg daily", "actually stopped it in June")

    row = next(one for one in consult.medications.values() if one.name == "lisinopril")
    assert statuses(consult) == {"metoprolol": "active", "lisinopril": "stopped"}
    assert (row.previous, row.review) == ("active", "proposed")
    assert [one.line_id for one in row.evidence] == ["l1", "l2"]


def test_the_directions_of_it_complete_the_row(reader: Annotator) -> None:
    consult = typed(reader, "started Eliquis 5 mg", "takes it twice a day")

    (row,) = consult.medications.values()
    assert (row.sig.strength, row.sig.frequency) == ("5 mg", "2/day")


def test_it_means_nothing_where_no_drug_was_named_shortly_before(reader: Annotator) -> None:
    alone = typed(reader, "stopped it last week")
    far = typed(reader, "on Eliquis 5 mg bid", "BP 120/80", "lives with son", "walks daily", "stopped it last week")

    assert statuses(alone) == {}
    assert statuses(far) == {"Eliquis": "active"}


def test_a_later_line_with_the_name_updates_the_status_and_both_lines_stay_linked(reader: Annotator) -> None:
    consult = typed(reader, "Lipitor 40 mg qhs", "quit the Lipitor 2 wks ago")

    (row,) = consult.medications.values()
    assert (row.status, row.sig.strength) == ("stopped", "40 mg")
    assert [one.line_id for one in row.evidence] == ["l0", "l1"]


def test_an_edited_line_changes_what_it_governs(reader: Annotator) -> None:
    consult = typed(reader, "amlodipine 5 mg daily", "she never filled it")

    consult = after(consult, co.PutNoteLine("l0", "", 1, "losartan 50 mg daily"))
    consult = after(consult, co.RecordFindings("l0", 2, reader.annotate("losartan 50 mg daily")), actor=SYSTEM)

    assert statuses(consult) == {"losartan": "not-taken"}


def test_a_heading_alone_sets_what_stands_under_it(reader: Annotator) -> None:
    consult = typed(reader, "Allergies:", "penicillin", "sulfa", "Meds:", "lisinopril 10 mg")

    assert {row.substance for row in gather.allergies(consult).values()} == {"penicillin", "sulfa"}
    assert statuses(consult) == {"lisinopril": "active"}


def test_directions_under_allergies_end_the_section(reader: Annotator) -> None:
    consult = typed(reader, "Allergies:", "codeine", "metformin 500 mg 1 tab bid", "aspirin")

    assert {row.substance for row in gather.allergies(consult).values()} == {"codeine"}
    assert statuses(consult) == {"metformin": "active", "aspirin": "active"}


def test_a_heading_that_is_edited_away_gives_its_lines_back(reader: Annotator) -> None:
    consult = typed(reader, "Allergies:", "codeine")

    consult = after(consult, co.PutNoteLine("l0", "", 1, "Meds:"))
    consult = after(consult, co.RecordFindings("l0", 2, reader.annotate("Meds:")), actor=SYSTEM)

    assert gather.allergies(consult) == {}
    assert statuses(consult) == {"codeine": "active"}


def test_what_a_line_says_itself_wins_over_its_heading(reader: Annotator) -> None:
    consult = typed(reader, "Plan:", "start Jardiance 10 mg daily", "continue metformin 500 mg bid", "Trulicity")

    assert statuses(consult) == {"Jardiance": "intended", "metformin": "active", "Trulicity": "intended"}


def test_conditions_of_the_past_and_of_the_family_are_no_effects_now(reader: Annotator) -> None:
    past = typed(reader, "PMH:", "depression, migraines")
    family = typed(reader, "Family history:", "mom on Coumadin", "stroke, dizziness")

    assert gather.effects(past) == {}
    assert gather.effects(family) == {}
    assert statuses(family) == {}


def test_a_denial_under_the_past_history_ends_it(reader: Annotator) -> None:
    consult = typed(reader, "PMH:", "migraines", "denies falls, has dizziness on standing")

    assert set(gather.effects(consult)) == {"effect:orthostatic dizziness"}


def test_a_part_of_its_name_speaks_of_the_one_combination_that_holds_it(reader: Annotator) -> None:
    consult = typed(reader, "oxycodone/apap 5/325 1 tab q6h prn pain", "keeps the oxycodone on the kitchen counter")

    (row,) = consult.medications.values()
    assert [one.line_id for one in row.evidence] == ["l0", "l1"]


def test_a_part_with_directions_of_its_own_is_another_product(reader: Annotator) -> None:
    consult = typed(reader, "losartan/hctz 100/12.5 daily", "losartan 50 mg at night")

    assert len(consult.medications) == 2


def test_a_part_that_two_combinations_hold_stays_by_itself(reader: Annotator) -> None:
    consult = typed(reader, "losartan/hctz 100/12.5 daily", "triamterene/hctz 37.5/25 daily", "hctz makes her pee")

    assert len(consult.medications) == 3


def test_an_effect_keeps_how_bad_it_is_and_since_when_and_a_later_line_adds_to_it(reader: Annotator) -> None:
    consult = typed(reader, "severe headache since March", "headache 4/10 today", "headache again")

    (row,) = consult.effects.values()
    assert (row.severity, row.onset) == ("4/10", "today")
    assert [one.line_id for one in row.evidence] == ["l0", "l1", "l2"]


@pytest.mark.parametrize("words", ["it makes me dizzy", "dizzy since starting it", "says it makes her so dizzy"])
def test_a_symptom_that_is_blamed_on_it_is_blamed_on_the_drug_named_before(reader: Annotator, words: str) -> None:
    consult = typed(reader, "lisinopril 10 mg daily", words)

    (row,) = consult.effects.values()
    assert (row.concept, row.suspected) == ("dizziness", ("lisinopril",))


@pytest.mark.parametrize("words", ["dizzy this morning", "less dizzy since starting it"])
def test_a_symptom_that_nothing_blames_on_it_is_blamed_on_no_drug(reader: Annotator, words: str) -> None:
    consult = typed(reader, "lisinopril 10 mg daily", words)

    (row,) = consult.effects.values()
    assert row.suspected == ()


def test_what_it_does_is_blamed_on_nothing_where_no_drug_was_named_before(reader: Annotator) -> None:
    consult = typed(reader, "it makes me dizzy")

    (row,) = consult.effects.values()
    assert row.suspected == ()
