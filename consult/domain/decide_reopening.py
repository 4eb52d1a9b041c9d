"""Decisions that take the pharmacist's last word back: what was answered by a slip waits for an answer again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain import gather
from consult.domain.people import Actor
from consult.domain.shared_todo import without_problem
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def reopen_medication(consult: Consult, command: co.ReopenMedication, actor: Actor, at: str) -> Happened:
    """A row from the notes is what the lines say of it now, and goes where none says it any more."""
    row = consult.medications.get(command.medication_id)
    if row is None:
        raise Refused("There is no such medication on the list.", code="no-such-medication")
    if row.review == "proposed":
        return ()
    if row.source != "note":
        return (ev.MedicationReopened(replace(row, review="proposed")),)
    others = {key: one for key, one in consult.settled.items() if key != row.id}
    suggested = gather.regimen(replace(consult, settled=others)).get(row.id)
    reopened = ev.MedicationReopened(suggested or replace(row, review="proposed"))
    return (reopened,) if suggested else (reopened, ev.MedicationDropped(row.id))


def reopen_effect(consult: Consult, command: co.ReopenEffect, actor: Actor, at: str) -> Happened:
    row = consult.effects.get(command.effect_id)
    if row is None:
        raise Refused("There is no such side effect on the list.", code="no-such-effect")
    return () if row.review == "proposed" else (ev.EffectReviewed(replace(row, review="proposed")),)


def reopen_allergy(consult: Consult, command: co.ReopenAllergy, actor: Actor, at: str) -> Happened:
    row = consult.allergies.get(command.allergy_id)
    if row is None:
        raise Refused("There is no such allergy on the list.", code="no-such-allergy")
    if row.source != "note":
        raise Refused("This allergy is not from the notes. Record or remove it instead.", code="not-from-the-notes")
    return () if row.review == "proposed" else (ev.AllergyRecorded(replace(row, review="proposed")),)


def reopen_alert(consult: Consult, command: co.ReopenAlert, actor: Actor, at: str) -> Happened:
    """What accepting it had put on the plan goes with the answer."""
    row = consult.alerts.get(command.alert_id)
    if row is None or row.stage == "withdrawn":
        raise Refused("There is no such alert now.", code="no-such-alert")
    if row.stage == "raised":
        return ()
    mine = [problem.id for problem in consult.problems.values() if problem.alert_id == command.alert_id]
    happened: list[ev.EventData] = [ev.AlertReopened(command.alert_id)]
    for problem_id in mine:
        for item in consult.todos.values():
            if problem_id in item.problems:
                left = without_problem(consult, item, problem_id)
                happened.append(ev.TodoEdited(left) if left else ev.TodoRemoved(item.id))
        happened.append(ev.ProblemRemoved(problem_id))
    return tuple(happened)


def resume_step(consult: Consult, command: co.ResumeStep, actor: Actor, at: str) -> Happened:
    return (ev.ScriptStepResumed(command.step_id),) if command.step_id in consult.skipped else ()


DECISIONS: dict[type[co.Command], Any] = {
    co.ReopenMedication: reopen_medication,
    co.ReopenEffect: reopen_effect,
    co.ReopenAllergy: reopen_allergy,
    co.ReopenAlert: reopen_alert,
    co.ResumeStep: resume_step,
}
