"""What another system knows joins what stands; nothing that stands is lost."""

import pytest

from consult.domain import commands as co
from consult.domain.consult import Consult, decide
from consult.domain.fill import Fill, with_fills
from consult.domain.history import Outcome, join
from consult.domain.medication import Medication, Sig
from consult.domain.mention import MedicationMention
from consult.domain.patient import Allergy, Condition, Lab, Patient
from consult.domain.people import Actor
from consult.errors import Refused
from tests.unit.domain.test_notes import AT, after, put, read

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
ELIQUIS = Medication("med:apixaban", "Eliquis", ("apixaban",), sig=Sig(strength="5 mg"), why="heart rhythm")


def scheduled(**known: object) -> Consult:
    patient = Patient("p1", "Maria Lopez", "1952-03-14", plan_name="Prairie")
    return after(Consult("c1"), co.ScheduleConsult(patient, ME.id, AT, **known))  # type: ignore[arg-type]


def fates(consult: Consult, **known: object) -> list[Outcome]:
    return join(consult, co.ImportHistory(**known)).outcomes  # type: ignore[arg-type]


def test_a_proposed_row_is_completed_and_keeps_what_it_says() -> None:
    consult = scheduled(medications=(ELIQUIS,))
    new = Medication(
        "med:apixaban", "apixaban", ("apixaban",), sig=Sig("2.5 mg", frequency="2/day"), prescriber="Dr. Patel"
    )

    row = after(consult, co.ImportHistory(medications=(new,))).medications["med:apixaban"]

    assert (row.name, row.why, row.prescriber) == ("Eliquis", "heart rhythm", "Dr. Patel")
    assert (row.sig.strength, row.sig.frequency) == ("5 mg", "2/day")
    assert (row.review, row.source) == ("proposed", "history")


def test_the_last_fill_becomes_the_newer_of_the_two() -> None:
    consult = scheduled(medications=(Medication("m", "Eliquis", ("apixaban",), last_fill="2026-10-01"),))

    later = after(consult, co.ImportHistory(medications=(Medication("m", "x", ("apixaban",), last_fill="2026-11-01"),)))
    older = after(consult, co.ImportHistory(medications=(Medication("m", "x", ("apixaban",), last_fill="2026-09-01"),)))

    assert (later.medications["m"].last_fill, older.medications["m"].last_fill) == ("2026-11-01", "2026-10-01")


@pytest.mark.parametrize("decision", [co.ConfirmMedication("med:apixaban"), co.RejectMedication("med:apixaban")])
def test_a_row_that_the_pharmacist_decided_on_is_left(decision: co.Command) -> None:
    consult = after(scheduled(medications=(ELIQUIS,)), co.OpenConsult(), decision)

    outcome = join(consult, co.ImportHistory(medications=(ELIQUIS,)))

    assert outcome.events == []
    assert outcome.outcomes[0].fate == "left"
    assert "the pharmacist has" in outcome.outcomes[0].why


def test_a_row_that_the_notes_suggest_is_left_to_be_confirmed_there() -> None:
    consult = after(scheduled(), co.OpenConsult(), put("a", "Eliquis 5 mg"))
    consult = read(consult, "a", MedicationMention(0, 7, "Eliquis", ("apixaban",), "exact"))

    outcome = join(consult, co.ImportHistory(medications=(ELIQUIS,)))

    assert (outcome.events, outcome.outcomes[0].fate) == ([], "left")


def test_an_older_laboratory_value_does_not_take_the_place_of_a_newer_one() -> None:
    consult = scheduled(labs=(Lab("egfr", 58, "", "2026-09-01"),))
    old, same, new = (
        Lab("egfr", 70, "", "2024-01-01"),
        Lab("egfr", 58, "", "2026-09-01"),
        Lab("egfr", 51, "", "2026-11-01"),
    )

    outcomes = fates(consult, labs=(new, same, old))
    consult = after(consult, co.ImportHistory(labs=(new, same, old)))

    assert [(one.fate, one.why) for one in outcomes] == [
        ("left", "older than the value of 2026-09-01"),
        ("merged", "the same value stands already"),
        ("taken", ""),
    ]
    assert consult.facts(AT).lab("egfr") == 51


def test_one_dispensing_told_by_two_sources_is_one_fill() -> None:
    claim = Fill("ELIQUIS 5MG TAB", "2026-10-20", 30, ("apixaban",), 60, "claims.csv")
    dispense = Fill("apixaban 5 mg tablet", "2026-10-20", 30, ("apixaban",), None, "MedicationDispense")
    other_day = Fill("apixaban 5 mg tablet", "2026-09-20", 30, ("apixaban",))

    consult = after(scheduled(fills=(claim,)), co.ImportHistory(fills=(dispense, other_day)))

    assert consult.fills == (other_day, claim)
    assert [one.fate for one in fates(consult, fills=(dispense, other_day))] == ["merged", "merged"]


def test_fills_without_a_known_drug_are_told_apart_by_their_name() -> None:
    first, second = Fill("mystery capsule", "2026-10-20", 30), Fill("Other Capsule", "2026-10-20", 30)

    assert with_fills((first,), (second, Fill("MYSTERY capsule ", "2026-10-20", 30))) == (first, second)


def test_coverage_fills_what_is_empty_and_contradicts_nothing() -> None:
    outcomes = fates(scheduled(), plan_name="Another Plan", member_id="PH-1")
    consult = after(scheduled(), co.ImportHistory(plan_name="Another Plan", member_id="PH-1"))

    assert [(one.name, one.fate) for one in outcomes] == [("plan name", "left"), ("member id", "taken")]
    assert consult.patient is not None
    assert (consult.patient.plan_name, consult.patient.member_id) == ("Prairie", "PH-1")


def test_conditions_and_allergies_stand_once_and_a_removed_allergy_does_not_come_back() -> None:
    penicillin = Allergy("allergy:penicillin", "penicillin", ("penicillin",))
    consult = after(
        scheduled(conditions=(Condition("condition:gout", "gout"),), allergies=(penicillin,)),
        co.OpenConsult(),
        co.RemoveAllergy("allergy:penicillin"),
    )

    outcomes = fates(
        consult,
        conditions=(Condition("condition:gout", "gout"), Condition("condition:copd", "COPD")),
        allergies=(penicillin, Allergy("allergy:latex", "latex")),
    )

    assert [(one.name, one.fate) for one in outcomes] == [
        ("gout", "merged"),
        ("COPD", "taken"),
        ("penicillin", "left"),
        ("latex", "taken"),
    ]


def test_the_same_import_twice_changes_nothing_the_second_time() -> None:
    whole = co.ImportHistory(
        medications=(ELIQUIS,),
        conditions=(Condition("c", "gout"),),
        allergies=(Allergy("a", "latex"),),
        labs=(Lab("inr", 2.4, "", "2026-11-01"),),
        fills=(Fill("Eliquis", "2026-11-01", 30, ("apixaban",)),),
        member_id="PH-1",
    )
    consult = after(scheduled(), whole)

    assert decide(consult, whole, ME, AT) == ()


def test_a_closed_consult_takes_no_import() -> None:
    consult = after(scheduled(), co.OpenConsult(), co.CloseConsult())

    with pytest.raises(Refused, match="closed"):
        decide(consult, co.ImportHistory(conditions=(Condition("c", "gout"),)), ME, AT)
