"""Decisions about alerts and medication therapy problems."""

from __future__ import annotations

from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.alert import Alert, Indicator
from consult.domain.decide_follow_ups import without_subject
from consult.domain.decide_letters import kept
from consult.domain.medication import prescriber_of
from consult.domain.people import Actor
from consult.domain.problem import FROM_ALERT, Problem
from consult.domain.shared_todo import item_of, joined, names_of, same_step
from consult.domain.state import AlertRow, Consult
from consult.domain.to_prescriber import for_prescriber
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]
RANK: dict[Indicator, int] = {"info": 0, "warning": 1, "critical": 2}


def record_assessment(consult: Consult, command: co.RecordAssessment, actor: Actor, at: str) -> Happened:
    """Raise, change and withdraw alerts so that they equal the newest check; older results are dropped."""
    if command.based_on < consult.checked.based_on:
        return ()
    happened: list[ev.EventData] = []
    found = {alert.id: alert for alert in command.alerts}
    for alert in command.alerts:
        happened += _alert(consult.alerts.get(alert.id), alert)
    happened += [
        ev.AlertWithdrawn(alert_id)
        for alert_id, row in consult.alerts.items()
        if alert_id not in found and row.stage != "withdrawn"
    ]
    known = consult.checked
    checked = (command.checked, command.not_checked, command.data_date, command.failed)
    before = (known.checked, known.not_checked, known.data_date, known.failed)
    if checked != before or happened or not known.based_on:
        happened.append(ev.RegimenAssessed(command.based_on, *checked))
    if command.guidance != consult.guidance:
        happened.append(ev.GuidanceChanged(command.guidance))
    return tuple(happened)


def record_check_failure(consult: Consult, command: co.RecordCheckFailure, actor: Actor, at: str) -> Happened:
    return () if consult.checked.failed == command.code else (ev.ChecksFailed(command.code),)


def _alert(row: AlertRow | None, alert: Alert) -> Happened:
    if row is None or row.stage == "withdrawn":
        return (ev.AlertRaised(alert),)
    if row.alert == alert:
        return ()
    rose = RANK[alert.indicator] > RANK[row.alert.indicator]
    grew = not set(alert.between) <= set(row.alert.between)  # another drug that lowers the low blood pressure
    if row.stage == "acknowledged" and (rose or grew):
        return (ev.AlertRaised(alert),)
    return (ev.AlertChanged(alert),)


def acknowledge(consult: Consult, command: co.AcknowledgeAlert, actor: Actor, at: str) -> Happened:
    row = _row(consult, command.alert_id)
    if row.stage == "acknowledged" and (row.reason, row.comment) == (command.reason, command.comment):
        return ()
    if command.reason == "other" and not command.comment.strip():
        raise Refused("Say in the comment what the other reason is.", code="comment-missing")
    return (ev.AlertAcknowledged(command.alert_id, command.reason, command.comment),)


def accept(consult: Consult, command: co.AcceptAlert, actor: Actor, at: str) -> Happened:
    row = _row(consult, command.alert_id)
    if row.stage == "accepted":
        return ()
    alert = row.alert
    need, rationale = FROM_ALERT[alert.kind]
    if command.need is not None and command.need != need:
        need, rationale = command.need, ""
    problem = Problem(
        id=f"problem:{alert.id}"[:80],
        need=need,
        title=command.title or alert.title,
        detail=alert.why,
        alert_id=alert.id,
        medications=alert.medications,
        rationale=command.rationale or rationale,
        recommendation=for_prescriber(alert.action),
        evidence=alert.source,
        prescriber=prescriber_of(consult.medications[key] for key in alert.medications if key in consult.medications),
    )
    happened: list[ev.EventData] = [ev.AlertAccepted(alert.id, problem)]
    item = item_of(alert, problem)
    known = same_step(consult, item, problem)
    if known is not None:
        problems = (consult.problems[key] for key in known.problems if key in consult.problems)
        both = joined(known, item, names_of(consult, (*problems, problem)))
        happened += [ev.TodoEdited(both)] if both != known else []
    elif item.action and item.id not in consult.todos:
        happened.append(ev.TodoAdded(item))
    return tuple(happened)


def add_problem(consult: Consult, command: co.AddProblem, actor: Actor, at: str) -> Happened:
    problem = kept(consult, command.problem)
    return () if consult.problems.get(problem.id) == problem else (ev.ProblemAdded(problem),)


def remove_problem(consult: Consult, command: co.RemoveProblem, actor: Actor, at: str) -> Happened:
    if command.problem_id not in consult.problems:
        return ()
    return (ev.ProblemRemoved(command.problem_id), *without_subject(consult, command.problem_id))


def _row(consult: Consult, alert_id: str) -> AlertRow:
    row = consult.alerts.get(alert_id)
    if row is None or row.stage == "withdrawn":
        raise Refused("There is no such alert now.", code="no-such-alert")
    return row


DECISIONS: dict[type[co.Command], Any] = {
    co.RecordAssessment: record_assessment,
    co.RecordCheckFailure: record_check_failure,
    co.AcknowledgeAlert: acknowledge,
    co.AcceptAlert: accept,
    co.AddProblem: add_problem,
    co.RemoveProblem: remove_problem,
}
