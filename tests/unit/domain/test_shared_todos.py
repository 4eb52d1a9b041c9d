"""Alerts that ask the patient for the same step share one to-do item, which keeps all their problems."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.domain import commands as co
from consult.domain.alert import Alert
from consult.domain.answer import Guidance
from consult.domain.consult import Consult
from consult.domain.medication import Medication
from consult.domain.patient import Patient
from consult.domain.plan import TodoItem, TodoWords
from tests.unit.domain.test_reopening import after

NAMES = ("metformin", "Lantus", "insulin glargine", "losartan")


def asking(name: str, medications: tuple[str, ...], topic: str, why: str, action: str = "Ask for a test.") -> Alert:
    spanish = TodoWords("es", f"ES {topic}".replace(" and ", " y "), "Pida una prueba.")
    return Alert(
        name,
        "monitoring",
        medications,
        "moderate",
        "warning",
        name,
        "why",
        "act",
        "source",
        medications=medications,
        todo_topic=topic,
        todo_action=action,
        todo_why=why,
        todo_said=(spanish,),
    )


A1C = asking("monitoring:a1c", ("metformin",), "Blood test for metformin", "It is safer with metformin.")
KIDNEY = asking("monitoring:egfr", ("losartan",), "Blood test for losartan", "It is safer with losartan.")
BOTH = asking("monitoring:k", ("Lantus", "losartan"), "Blood test for Lantus and losartan", "You need it.")


@pytest.fixture
def consult() -> Consult:
    return after(
        Consult("c"),
        co.ScheduleConsult(
            Patient("p", "Maria Lopez", "1952-03-14"),
            pharmacist_id="staff-1",
            planned_at="2026-11-23T15:00:00Z",
            medications=tuple(Medication(name, name, (name,)) for name in NAMES),
        ),
        co.OpenConsult(),
        found(A1C, KIDNEY, BOTH),
    )


def found(*alerts: Alert) -> co.RecordAssessment:
    return co.RecordAssessment(2, alerts, len(alerts), (), "2026-11-23", Guidance())


def only_item(consult: Consult) -> TodoItem:
    (item,) = consult.todos.values()
    return item


def test_the_same_step_is_asked_once_and_names_every_medicine(consult: Consult) -> None:
    consult = after(consult, *(co.AcceptAlert(alert.id) for alert in (A1C, KIDNEY, BOTH)))

    item = only_item(consult)
    assert item.topic == "Blood test for metformin, losartan and Lantus"
    assert item.why == "It is safer with metformin and losartan."
    assert item.said[0].topic == "ES Blood test for metformin, losartan y Lantus"
    assert item.problems == tuple(f"problem:{alert.id}" for alert in (A1C, KIDNEY, BOTH))
    assert len(consult.problems) == 3


def test_topics_that_differ_in_more_than_the_medicines_stand_one_after_the_other(consult: Consult) -> None:
    other = asking("age:x", ("metformin",), "Low blood sugar", "Older people feel it late.")
    consult = after(consult, found(A1C, other))
    consult = after(consult, co.AcceptAlert(A1C.id), co.AcceptAlert(other.id))

    assert only_item(consult).topic == "Blood test for metformin; Low blood sugar"
    assert only_item(consult).why == "It is safer with metformin."


def test_another_step_is_an_item_of_its_own(consult: Consult) -> None:
    other = asking("age:x", ("metformin",), "Blood test for metformin", "So.", action="Eat at the same times.")
    consult = after(consult, found(A1C, other))
    consult = after(consult, co.AcceptAlert(A1C.id), co.AcceptAlert(other.id))

    assert len(consult.todos) == 2


@pytest.mark.parametrize("gone", [A1C, KIDNEY, BOTH])
def test_taking_one_answer_back_leaves_what_the_others_ask(consult: Consult, gone: Alert) -> None:
    rest = [alert for alert in (A1C, KIDNEY, BOTH) if alert is not gone]
    without = after(consult, *(co.AcceptAlert(alert.id) for alert in rest))
    consult = after(consult, *(co.AcceptAlert(alert.id) for alert in (A1C, KIDNEY, BOTH)), co.ReopenAlert(gone.id))

    assert replace(only_item(consult), id="") == replace(only_item(without), id="")


def test_taking_all_answers_back_leaves_no_item(consult: Consult) -> None:
    accepted = (co.AcceptAlert(A1C.id), co.AcceptAlert(KIDNEY.id))
    consult = after(consult, *accepted, co.ReopenAlert(KIDNEY.id), co.ReopenAlert(A1C.id))

    assert (consult.todos, consult.problems) == ({}, {})


def test_words_that_the_pharmacist_changed_are_kept_when_an_answer_is_taken_back(consult: Consult) -> None:
    consult = after(consult, co.AcceptAlert(A1C.id), co.AcceptAlert(KIDNEY.id))
    mine = replace(only_item(consult), topic="Your blood tests")
    consult = after(consult, co.EditTodo(mine), co.ReopenAlert(A1C.id))

    assert only_item(consult) == replace(mine, problem_id=f"problem:{KIDNEY.id}", also=())
