"""An acknowledged alert comes back only where it says more than what was acknowledged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.domain import commands as co
from consult.domain.alert import Alert
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.patient import Patient
from consult.domain.people import SYSTEM, Actor

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
LOW = Alert(
    "condition:orthostatic-drug+hypotension",
    "condition",
    ("amlodipine", "hypotension", "lisinopril"),
    "moderate",
    "warning",
    "amlodipine + lisinopril + hypotension: blood pressure too low",
    "why",
    "act",
    "source",
)


def after(consult: Consult, *commands: co.Command) -> Consult:
    for command in commands:
        actor = SYSTEM if type(command).__name__.startswith("Record") else ME
        happened = decide(consult, command, actor, "2026-11-23T15:00:00Z")
        events = (
            Event(consult.seq + 1 + n, consult.id, "c", "2026-11-23T15:00:00Z", actor, data)
            for n, data in enumerate(happened)
        )
        consult = fold(consult, tuple(events))
    return consult


def checked(consult: Consult, alert: Alert) -> Consult:
    return after(consult, co.RecordAssessment(consult.seq, (alert,), 2, (), "2026-11-23", consult.guidance))


@pytest.fixture
def acknowledged() -> Consult:
    patient = Patient("p", "Maria Lopez", "1952-03-14")
    opened = after(Consult("c"), co.ScheduleConsult(patient, ME.id, "2026-11-23T15:00:00Z"), co.OpenConsult())
    return after(checked(opened, LOW), co.AcknowledgeAlert(LOW.id, "monitoring"))


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (replace(LOW, between=("hypotension", "lisinopril")), "acknowledged"),
        (replace(LOW, why="other words"), "acknowledged"),
        (replace(LOW, between=(*LOW.between, "metoprolol")), "raised"),
        (replace(LOW, indicator="critical"), "raised"),
    ],
    ids=["a drug less", "other words", "a drug more", "graver"],
)
def test_acknowledged_alert_is_raised_again_only_where_it_says_more(
    acknowledged: Consult, now: Alert, stage: str
) -> None:
    row = checked(acknowledged, now).alerts[LOW.id]

    assert row.stage == stage
    assert row.alert == now
