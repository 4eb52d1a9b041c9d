"""Events of alerts and medication therapy problems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.alert import Alert, Unchecked
from consult.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class AlertRaised:
    alert: Alert
    type: Literal["alert_raised"] = "alert_raised"


@dataclass(frozen=True, slots=True)
class AlertChanged:
    """The same finding with other facts; an acknowledged alert whose indicator rose is raised again."""

    alert: Alert
    type: Literal["alert_changed"] = "alert_changed"


@dataclass(frozen=True, slots=True)
class AlertWithdrawn:
    alert_id: str
    type: Literal["alert_withdrawn"] = "alert_withdrawn"


@dataclass(frozen=True, slots=True)
class AlertAcknowledged:
    alert_id: str
    reason: str
    comment: str
    type: Literal["alert_acknowledged"] = "alert_acknowledged"


@dataclass(frozen=True, slots=True)
class AlertAccepted:
    alert_id: str
    problem: Problem
    type: Literal["alert_accepted"] = "alert_accepted"


@dataclass(frozen=True, slots=True)
class ProblemAdded:
    problem: Problem
    type: Literal["problem_added"] = "problem_added"


@dataclass(frozen=True, slots=True)
class ProblemRemoved:
    problem_id: str
    type: Literal["problem_removed"] = "problem_removed"


@dataclass(frozen=True, slots=True)
class RegimenAssessed:
    """What was checked, with data of which date, and what was not; `failed` is a code where it cannot be relied on."""

    based_on: int
    checked: int
    not_checked: tuple[Unchecked, ...]
    data_date: str
    failed: str = ""
    type: Literal["regimen_assessed"] = "regimen_assessed"


@dataclass(frozen=True, slots=True)
class ChecksFailed:
    """The checks do not run now; the alerts shown may be old."""

    code: str
    type: Literal["checks_failed"] = "checks_failed"
