"""Commands about alerts, medication therapy problems, and letters about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.commands.kind import Command
from consult.domain.plan import Way
from consult.domain.problem import Need, Problem, Rationale
from consult.domain.text import Code, DateText, Id, Limit, LongText, Short


@dataclass(frozen=True, slots=True)
class AcknowledgeAlert(Command):
    """Answer an alert with a reason; it stays visible, quiet, and comes back when a fact changes."""

    alert_id: Id
    reason: Literal[
        "monitoring-arranged",
        "dose-adjusted",
        "tolerated",
        "benefit-outweighs-risk",
        "prescriber-contacted",
        "not-taking",
        "rule-wrong",
        "other",
    ]
    comment: LongText = ""


@dataclass(frozen=True, slots=True)
class AcceptAlert(Command):
    """Make the alert a medication therapy problem, and put its draft to-do item on the plan where it has one.

    Without `need` and `rationale` the problem has those that the kind of alert stands for.
    """

    alert_id: Id
    need: Need | None = None
    title: Short = ""
    rationale: Rationale = ""


@dataclass(frozen=True, slots=True)
class AddProblem(Command):
    """Write a problem, or write it anew under the same id; where it stands in its course is kept."""

    problem: Problem


@dataclass(frozen=True, slots=True)
class RemoveProblem(Command):
    problem_id: Id


@dataclass(frozen=True, slots=True)
class WriteLetter(Command):
    """Ask for a letter about problems that have a recommendation, or for it anew under the same id until it is sent."""

    letter_id: Id
    prescriber: Annotated[str, Limit(200, 1)]
    problems: Annotated[tuple[Id, ...], Limit(20, 1)]
    address: Annotated[str, Limit(400)] = ""
    reply_by: DateText = ""


@dataclass(frozen=True, slots=True)
class SendLetter(Command):
    """Sign the letter whose bytes have this hash and send it, or record that it was handed over.

    `to` is the e-mail address or the fax number of the prescriber; the record keeps it masked.
    """

    delivery_id: Id
    letter_id: Id
    sha256: Code
    by: Way
    to: Short = ""


@dataclass(frozen=True, slots=True)
class RecordResponse(Command):
    """What became of a problem: the prescriber's answer, or its end; `outcome` in words."""

    problem_id: Id
    stage: Literal["open", "accepted", "changed", "declined", "resolved"]
    outcome: LongText = ""
