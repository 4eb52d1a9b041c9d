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


def step(
    name: str, medications: tuple[str, ...], action: str, spanish: str, topic: str = "Feeling too sleepy"
) -> Alert:
    alert = asking(name, medications, topic, "So.", action)
    return replace(alert, todo_said=(TodoWords("es", f"ES {topic}", spanish),))


TWO = step(
    "interaction:1",
    ("Lantus", "losartan"),
    "Talk with your doctor about Lantus and losartan. Do not drive if you feel sleepy. Have someone call 911.",
    "Hable con su médico sobre Lantus y losartan. No maneje si tiene sueño. Pida que llamen al 911.",
)
TWO_MORE = step(
    "interaction:2",
    ("losartan", "metformin"),
    "Talk with your doctor about losartan and metformin. Do not drive if you feel sleepy. Have someone call 911.",
    "Hable con su médico sobre losartan y metformin. No maneje si tiene sueño. Pida que llamen al 911.",
)
ONE = step(
    "age:1",
    ("losartan",),
    "Talk with your doctor about losartan. Do not drive if you feel sleepy.",
    "Hable con su médico sobre losartan. No maneje si tiene sueño.",
)


@pytest.mark.parametrize("order", [(TWO, ONE, TWO_MORE), (ONE, TWO_MORE, TWO), (TWO_MORE, TWO, ONE)])
def test_a_step_that_another_says_for_more_medicines_is_asked_once(consult: Consult, order: tuple[Alert, ...]) -> None:
    consult = after(consult, found(*order), *(co.AcceptAlert(alert.id) for alert in order))

    item = only_item(consult)
    first, second, third = item.action.split(". ")
    assert {word for word in NAMES if word in first} == {"Lantus", "losartan", "metformin"}
    assert (second, third) == ("Do not drive if you feel sleepy", "Have someone call 911.")
    assert item.said[0].action.endswith("No maneje si tiene sueño. Pida que llamen al 911.")
    assert all(word in item.said[0].action for word in ("Lantus", "losartan", "metformin"))
    assert len(item.problems) == 3


def test_a_shared_step_is_written_anew_when_one_answer_is_taken_back(consult: Consult) -> None:
    consult = after(consult, found(ONE, TWO), co.AcceptAlert(ONE.id), co.AcceptAlert(TWO.id), co.ReopenAlert(TWO.id))

    assert only_item(consult).action == ONE.todo_action


@pytest.mark.parametrize(
    ("one", "other", "spanish"),
    [
        (
            "Take {a} and {b} apart.",
            "Take {c} and {d} apart.",
            "Tome {c} y {d} aparte.",
        ),  # two pairs, nothing in common
        ("Ask if {a} is right for you.", "Ask if {c} is right for you.", "Pregunte."),  # said of one medicine
        ("Ask about {a}. Keep taking it.", "Ask about {c}. Keep taking it.", "Pregunte por {c}."),
        ("Ask about {a} with {b}.", "Ask about {c} with {d}.", "Pregunte por {c} con {d}."),  # two lists differ
        ("Ask about {a}.", "Ask about {c}.", ""),  # not in every language
    ],
)
def test_steps_that_would_say_of_one_medicine_what_holds_for_another_stay_apart(
    consult: Consult, one: str, other: str, spanish: str
) -> None:
    names = dict(zip("abcd", NAMES, strict=True))
    first = step("x:1", (NAMES[0], NAMES[1]), one.format(**names), spanish.format(a=NAMES[0], b=NAMES[1], c="", d=""))
    second = step("x:2", (NAMES[2], NAMES[3]), other.format(**names), spanish.format(**names))
    consult = after(consult, found(first, second), co.AcceptAlert("x:1"), co.AcceptAlert("x:2"))

    assert len(consult.todos) == 2
