"""Commands: what a member, or the program itself, asks of one consult.

Each class is one command; its wire name is the class name in snake case (`PutNoteLine` -> `put_note_line`).
Limits stand in the types. Who may send which is in `consult.auth.access`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.alert import Alert, Unchecked
from consult.domain.answer import Answer, Guidance
from consult.domain.fill import FILLS, Fill
from consult.domain.medication import Medication
from consult.domain.mention import Findings
from consult.domain.patient import Allergy, Condition, Lab, Patient
from consult.domain.plan import Copy, Edition, TodoItem, Way
from consult.domain.problem import Need, Problem
from consult.domain.text import Code, Id, Limit, LineText, LongText, Short, TimeText


class Command:
    """Base of all commands. Unknown fields are refused wherever a command is parsed."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the parser at the edge


# --- the consult and its members


@dataclass(frozen=True, slots=True)
class ScheduleConsult(Command):
    """Make a consult for a patient, with what is already known from the history."""

    patient: Patient
    pharmacist_id: Id
    planned_at: TimeText
    kind: Literal["cmr", "tmr", "adherence", "discharge", "caregiver", "education"] = "cmr"
    modality: Literal["video", "phone"] = "video"
    script_id: Id = "cmr"
    medications: Annotated[tuple[Medication, ...], Limit(100)] = ()
    conditions: Annotated[tuple[Condition, ...], Limit(100)] = ()
    allergies: Annotated[tuple[Allergy, ...], Limit(100)] = ()
    labs: Annotated[tuple[Lab, ...], Limit(200)] = ()
    fills: Annotated[tuple[Fill, ...], Limit(FILLS)] = ()


@dataclass(frozen=True, slots=True)
class ImportHistory(Command):
    """Add what another system knows of the patient; what stands is completed, never overwritten.

    `plan_name` and `member_id` fill what is empty. Sent by the server for the pharmacist who gave it a file.
    """

    medications: Annotated[tuple[Medication, ...], Limit(100)] = ()
    conditions: Annotated[tuple[Condition, ...], Limit(100)] = ()
    allergies: Annotated[tuple[Allergy, ...], Limit(100)] = ()
    labs: Annotated[tuple[Lab, ...], Limit(200)] = ()
    fills: Annotated[tuple[Fill, ...], Limit(FILLS)] = ()
    plan_name: Short = ""
    member_id: Short = ""


@dataclass(frozen=True, slots=True)
class OpenConsult(Command):
    """Begin the consult."""


@dataclass(frozen=True, slots=True)
class CloseConsult(Command):
    """Finish the consult; leaving a page is not finishing."""

    reason: Short = ""


@dataclass(frozen=True, slots=True)
class JoinConsult(Command):
    """A member's page has connected (sent by the server for the member)."""


@dataclass(frozen=True, slots=True)
class LeaveConsult(Command):
    """The member's last page has gone for longer than the grace (sent by the server for the member)."""


@dataclass(frozen=True, slots=True)
class AdmitParticipant(Command):
    """Let a waiting member in."""

    member_id: Id


@dataclass(frozen=True, slots=True)
class ReturnParticipant(Command):
    """Send an admitted member back to the waiting room."""

    member_id: Id


@dataclass(frozen=True, slots=True)
class ConfirmIdentity(Command):
    """Record that two identifiers were checked aloud; the takeaway cannot be signed before."""

    method: Literal["video", "phone", "phone_callback", "in_person"]
    identifiers: Annotated[tuple[Short, ...], Limit(6, 2)]


# --- notes


@dataclass(frozen=True, slots=True)
class TakeWriter(Command):
    """This tab becomes the writer of the notes; the others read."""

    tab_id: Id


@dataclass(frozen=True, slots=True)
class PutNoteLine(Command):
    """Write a line: a new one (base_rev 0) below `after` ("" = at the top), or the next revision of one.

    `open` says that the cursor is still in the line. A base_rev that is not current keeps both lines.
    `epoch` is the writer's lease of the tab; another epoch than the current one is refused.
    """

    line_id: Id
    after: Annotated[str, Limit(80)]
    base_rev: int
    text: LineText
    open: bool = False
    speaker: Literal["pharmacist", "patient", "caregiver"] = "pharmacist"
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class MoveNoteLine(Command):
    """Place a line below `after` ("" = at the top)."""

    line_id: Id
    after: Annotated[str, Limit(80)]


@dataclass(frozen=True, slots=True)
class RemoveNoteLine(Command):
    """Take a line out of the notes; the transcript keeps it as removed."""

    line_id: Id


# --- regimen, conditions, allergies, labs, effects


@dataclass(frozen=True, slots=True)
class ConfirmMedication(Command):
    """Accept a proposed row; `ingredients` picks the reading of a misspelling or names the drug of a class word."""

    medication_id: Id
    ingredients: Annotated[tuple[Short, ...], Limit(12)] = ()
    name: Short = ""


@dataclass(frozen=True, slots=True)
class RejectMedication(Command):
    """This is not a medication of this patient."""

    medication_id: Id


@dataclass(frozen=True, slots=True)
class EditMedication(Command):
    """Replace a row by what the pharmacist wrote; the row counts as confirmed."""

    medication: Medication


@dataclass(frozen=True, slots=True)
class AddMedication(Command):
    """Add a row by hand; it counts as confirmed."""

    medication: Medication


@dataclass(frozen=True, slots=True)
class ConfirmEffect(Command):
    """Accept a side effect for the record and the takeaway."""

    effect_id: Id


@dataclass(frozen=True, slots=True)
class RejectEffect(Command):
    """Not a side effect of this patient."""

    effect_id: Id


@dataclass(frozen=True, slots=True)
class RecordCondition(Command):
    condition: Condition


@dataclass(frozen=True, slots=True)
class RemoveCondition(Command):
    condition_id: Id


@dataclass(frozen=True, slots=True)
class RecordAllergy(Command):
    """Record, correct or confirm an allergy; it counts as confirmed."""

    allergy: Allergy


@dataclass(frozen=True, slots=True)
class RemoveAllergy(Command):
    allergy_id: Id


@dataclass(frozen=True, slots=True)
class RecordLab(Command):
    lab: Lab


# --- alerts and problems


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
    """Make the alert a medication therapy problem, and put its draft to-do item on the plan where it has one."""

    alert_id: Id
    need: Need = "safety"
    title: Short = ""


@dataclass(frozen=True, slots=True)
class AddProblem(Command):
    problem: Problem


@dataclass(frozen=True, slots=True)
class RemoveProblem(Command):
    problem_id: Id


# --- script


@dataclass(frozen=True, slots=True)
class EnterStep(Command):
    step_id: Id


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    answer: Answer


@dataclass(frozen=True, slots=True)
class SkipStep(Command):
    step_id: Id
    reason: Annotated[str, Limit(200, 1)]


# --- taking the last word back


@dataclass(frozen=True, slots=True)
class ReopenMedication(Command):
    """Take back what was said to a row: it waits again as the notes or the record suggest it."""

    medication_id: Id


@dataclass(frozen=True, slots=True)
class ReopenEffect(Command):
    effect_id: Id


@dataclass(frozen=True, slots=True)
class ReopenAllergy(Command):
    allergy_id: Id


@dataclass(frozen=True, slots=True)
class ReopenAlert(Command):
    """Take back an answer to an alert, with the problem and the to-do item that it had made."""

    alert_id: Id


@dataclass(frozen=True, slots=True)
class ResumeStep(Command):
    """Open a skipped step or question again, without going there."""

    step_id: Id


# --- chat and plan


@dataclass(frozen=True, slots=True)
class SendChat(Command):
    message_id: Id
    text: Annotated[str, Limit(2000, 1)]


@dataclass(frozen=True, slots=True)
class AddTodo(Command):
    item: TodoItem


@dataclass(frozen=True, slots=True)
class EditTodo(Command):
    item: TodoItem


@dataclass(frozen=True, slots=True)
class RemoveTodo(Command):
    item_id: Id


# --- takeaway


@dataclass(frozen=True, slots=True)
class DraftTakeaway(Command):
    """Ask for a new version of the document from what is accepted now; `language` "" is the patient's own."""

    language: Literal["", "en", "es"] = ""


@dataclass(frozen=True, slots=True)
class SignTakeaway(Command):
    """Sign the version whose bytes have this hash."""

    version: int
    sha256: Code


@dataclass(frozen=True, slots=True)
class IssueTakeaway(Command):
    """Give the signed version to the patient. One that fails the format's points needs an `override` reason."""

    version: int
    sha256: Code
    override: Short = ""


@dataclass(frozen=True, slots=True)
class RecallTakeaway(Command):
    """Take an issued version back; it stays visible to staff with the reason."""

    version: int
    reason: Annotated[str, Limit(200, 1)]


@dataclass(frozen=True, slots=True)
class DeliverTakeaway(Command):
    """Send an issued version, or record that it was handed over (print, mail, portal).

    E-mail goes only to the address that the patient agreed to; `to` is then that address or empty.
    """

    delivery_id: Id
    version: int
    by: Way
    to: Short = ""
    edition: Edition = "standard"


@dataclass(frozen=True, slots=True)
class RecordEmailConsent(Command):
    """Record whether the patient agrees to papers by e-mail, and for which address."""

    address: Short
    agreed: bool


@dataclass(frozen=True, slots=True)
class NameRepresentative(Command):
    """Name who takes part in the patient's place; an empty name says that nobody does."""

    name: Short
    relation: Short = ""


# --- the program's own (never accepted from a socket)


@dataclass(frozen=True, slots=True)
class RecordFindings(Command):
    """What the analysis read out of one revision of a line."""

    line_id: Id
    rev: int
    findings: Findings


@dataclass(frozen=True, slots=True)
class RecordFailure(Command):
    """The analysis of one revision of a line failed for good; `code` says how."""

    line_id: Id
    rev: int
    code: Code


@dataclass(frozen=True, slots=True)
class RecordAssessment(Command):
    """The result of the checks and of the script for the state at `based_on`."""

    based_on: int
    alerts: tuple[Alert, ...]
    checked: int
    not_checked: tuple[Unchecked, ...]
    data_date: str
    guidance: Guidance


@dataclass(frozen=True, slots=True)
class RecordCheckFailure(Command):
    """The checks did not come back; `code` says how."""

    code: Code


@dataclass(frozen=True, slots=True)
class RecordTakeaway(Command):
    """A rendered version, stored under its hashes, of the state at `based_on`."""

    based_on: int
    sha256: Code
    html_sha256: Code
    copies: tuple[Copy, ...] = ()
    failing: tuple[Short, ...] = ()
    grade: float = 0.0
    language: Code = ""


@dataclass(frozen=True, slots=True)
class RecordDelivery(Command):
    """A carrier took the version; `proof` is what the receiving side answered."""

    delivery_id: Id
    proof: Short


@dataclass(frozen=True, slots=True)
class RecordDeliveryFailure(Command):
    """A carrier could not deliver; `code` says how."""

    delivery_id: Id
    code: Code


@dataclass(frozen=True, slots=True)
class RecordTakeawayFailure(Command):
    """The document could not be made; `code` says how."""

    code: Code
