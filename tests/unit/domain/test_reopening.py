"""Taking back the last word: what was answered by a slip waits again, and what the answer had made goes."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain.alert import Alert
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.medication import Medication
from consult.domain.mention import Candidate, Findings, MedicationMention
from consult.domain.patient import Allergy, Patient
from consult.domain.people import SYSTEM, Actor
from consult.errors import Refused

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
FUZZY = MedicationMention(
    0,
    8,
    "gabapntn",
    ("gabapentin",),
    "fuzzy",
    confidence=0.8,
    candidates=(Candidate("gabapentin", ("gabapentin",), 0.9),),
)
BLEEDING = Alert(
    "interaction:x+y",
    "interaction",
    ("x", "y"),
    "major",
    "critical",
    "x + y",
    "why",
    "act",
    "source",
    todo_topic="Bleeding",
    todo_action="Stop y.",
)


def after(consult: Consult, *commands: co.Command) -> Consult:
    for command in commands:
        actor = SYSTEM if type(command).__name__.startswith("Record") else ME
        happened = decide(consult, command, actor, "2026-11-23T15:00:00Z")
        events = tuple(
            Event(consult.seq + 1 + place, consult.id, "c", "2026-11-23T15:00:00Z", actor, data)
            for place, data in enumerate(happened)
        )
        consult = fold(consult, events)
    return consult


@pytest.fixture
def held() -> Consult:
    history = Medication("med:warfarin", "warfarin", ("warfarin",))
    return after(
        Consult("c"),
        co.ScheduleConsult(
            Patient("p", "Maria Lopez", "1952-03-14"),
            ME.id,
            "2026-11-23T15:00:00Z",
            medications=(history,),
            allergies=(Allergy("allergy:penicillin", "penicillin", ("penicillin",)),),
        ),
        co.OpenConsult(),
        co.TakeWriter("tab"),
        co.PutNoteLine("l1", "", 0, "gabapntn", epoch=1),
        co.RecordFindings("l1", 1, Findings((FUZZY,))),
    )


def test_a_confirmed_row_from_the_notes_is_read_anew_with_its_candidates(held: Consult) -> None:
    confirmed = after(held, co.ConfirmMedication("med:gabapentin", ("gabapentin",), "gabapentin"))

    reopened = after(confirmed, co.ReopenMedication("med:gabapentin"))

    assert reopened.medications == held.medications
    assert "med:gabapentin" not in reopened.settled


def test_a_reopened_row_whose_words_are_gone_goes(held: Consult) -> None:
    confirmed = after(held, co.ConfirmMedication("med:gabapentin"), co.RemoveNoteLine("l1"))
    assert confirmed.medications["med:gabapentin"].review == "confirmed"

    reopened = after(confirmed, co.ReopenMedication("med:gabapentin"))

    assert "med:gabapentin" not in reopened.medications


def test_a_row_of_the_record_stays_and_waits_again(held: Consult) -> None:
    rejected = after(held, co.RejectMedication("med:warfarin"))

    reopened = after(rejected, co.ReopenMedication("med:warfarin"), co.RemoveNoteLine("l1"))

    assert reopened.medications["med:warfarin"].review == "proposed"


def test_taking_back_an_accepted_alert_takes_its_problem_and_its_item_too(held: Consult) -> None:
    raised = after(held, co.RecordAssessment(held.seq, (BLEEDING,), 2, (), "2026-11-23", held.guidance))
    accepted = after(raised, co.AcceptAlert(BLEEDING.id))
    assert accepted.problems
    assert accepted.todos

    reopened = after(accepted, co.ReopenAlert(BLEEDING.id))

    assert reopened.alerts[BLEEDING.id].stage == "raised"
    assert not reopened.problems
    assert not reopened.todos


def test_an_acknowledged_alert_is_open_again_without_its_reason(held: Consult) -> None:
    raised = after(held, co.RecordAssessment(held.seq, (BLEEDING,), 2, (), "2026-11-23", held.guidance))

    reopened = after(raised, co.AcknowledgeAlert(BLEEDING.id, "tolerated"), co.ReopenAlert(BLEEDING.id))

    assert reopened.alerts == raised.alerts


def test_an_allergy_of_the_record_is_not_reopened(held: Consult) -> None:
    with pytest.raises(Refused, match="not from the notes"):
        after(held, co.ReopenAllergy("allergy:penicillin"))


def test_a_resumed_step_does_not_move_the_talk(held: Consult) -> None:
    here = after(held, co.EnterStep("brown-bag"), co.SkipStep("cost", "no time"))

    resumed = after(here, co.ResumeStep("cost"))

    assert (resumed.step_id, resumed.skipped) == ("brown-bag", {})
