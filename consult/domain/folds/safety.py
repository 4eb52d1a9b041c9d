"""Alerts, problems, guidance."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import events as ev
from consult.domain.folds.registry import changed, drop, on, put
from consult.domain.state import AlertRow, Checked, Consult


@on(ev.AlertRaised)
@on(ev.AlertChanged)
def _(consult: Consult, event: ev.Event, data: ev.AlertRaised) -> Consult:
    known = consult.alerts.get(data.alert.id)
    again = known is None or isinstance(data, ev.AlertRaised)
    row = AlertRow(data.alert) if again or known is None else replace(known, alert=data.alert)
    return changed(consult, alerts=put(consult.alerts, data.alert.id, row))


def _alert(consult: Consult, alert_id: str, **change: Any) -> Consult:
    row = replace(consult.alerts[alert_id], **change)
    return changed(consult, alerts=put(consult.alerts, alert_id, row))


@on(ev.AlertWithdrawn)
def _(consult: Consult, event: ev.Event, data: ev.AlertWithdrawn) -> Consult:
    return _alert(consult, data.alert_id, stage="withdrawn")


@on(ev.AlertAcknowledged)
def _(consult: Consult, event: ev.Event, data: ev.AlertAcknowledged) -> Consult:
    return _alert(consult, data.alert_id, stage="acknowledged", reason=data.reason, comment=data.comment)


@on(ev.AlertAccepted)
def _(consult: Consult, event: ev.Event, data: ev.AlertAccepted) -> Consult:
    after = _alert(consult, data.alert_id, stage="accepted")
    return changed(after, problems=put(consult.problems, data.problem.id, data.problem))


@on(ev.ProblemAdded)
def _(consult: Consult, event: ev.Event, data: ev.ProblemAdded) -> Consult:
    return changed(consult, problems=put(consult.problems, data.problem.id, data.problem))


@on(ev.ProblemRemoved)
def _(consult: Consult, event: ev.Event, data: ev.ProblemRemoved) -> Consult:
    return changed(consult, problems=drop(consult.problems, data.problem_id))


@on(ev.RegimenAssessed)
def _(consult: Consult, event: ev.Event, data: ev.RegimenAssessed) -> Consult:
    return changed(consult, checked=Checked(data.based_on, data.checked, data.not_checked, data.data_date, data.failed))


@on(ev.ChecksFailed)
def _(consult: Consult, event: ev.Event, data: ev.ChecksFailed) -> Consult:
    return changed(consult, checked=replace(consult.checked, failed=data.code))


@on(ev.GuidanceChanged)
def _(consult: Consult, event: ev.Event, data: ev.GuidanceChanged) -> Consult:
    return changed(consult, guidance=data.guidance)


@on(ev.AlertReopened)
def _(consult: Consult, event: ev.Event, data: ev.AlertReopened) -> Consult:
    return _alert(consult, data.alert_id, stage="raised", reason="", comment="")
