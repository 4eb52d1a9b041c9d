"""Commands about the consult itself and its members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.answer import Answer
from consult.domain.commands.kind import Command
from consult.domain.fill import FILLS, STAYS, Fill, Stay
from consult.domain.medication import Medication
from consult.domain.patient import Allergy, Condition, Lab, MtmEnrollment, Patient
from consult.domain.text import Id, Limit, Short, TimeText


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

    `plan_name` and `member_id` fill what is empty; `answers` to the script are proposed, as the patient's. Sent by
    the server for the pharmacist who gave it a file.
    """

    medications: Annotated[tuple[Medication, ...], Limit(100)] = ()
    conditions: Annotated[tuple[Condition, ...], Limit(100)] = ()
    allergies: Annotated[tuple[Allergy, ...], Limit(100)] = ()
    labs: Annotated[tuple[Lab, ...], Limit(200)] = ()
    fills: Annotated[tuple[Fill, ...], Limit(FILLS)] = ()
    stays: Annotated[tuple[Stay, ...], Limit(STAYS)] = ()
    answers: Annotated[tuple[Answer, ...], Limit(500)] = ()
    plan_name: Short = ""
    member_id: Short = ""


@dataclass(frozen=True, slots=True)
class RecordEnrollment(Command):
    """Record the member's place in the plan's program; `plan_name` and `member_id` are kept where they are left out."""

    enrollment: MtmEnrollment
    plan_name: Short | None = None
    member_id: Short | None = None


@dataclass(frozen=True, slots=True)
class OpenConsult(Command):
    """Begin the consult."""


@dataclass(frozen=True, slots=True)
class CloseConsult(Command):
    """Finish the consult; leaving a page is not finishing. Where consent was never asked it needs a `reason`."""

    reason: Short = ""


@dataclass(frozen=True, slots=True)
class JoinConsult(Command):
    """A member's page has connected (sent by the server for the member)."""


@dataclass(frozen=True, slots=True)
class LeaveConsult(Command):
    """The member's last page has gone for longer than the grace (sent by the server for the member)."""


@dataclass(frozen=True, slots=True)
class AdmitParticipant(Command):
    """Let a waiting member in. A caregiver without the patient's consent needs an `override` reason."""

    member_id: Id
    override: Short = ""


@dataclass(frozen=True, slots=True)
class OpenTranscript(Command):
    """A supervisor reads the transcript although the patient did not want one kept, for this reason."""

    reason: Annotated[str, Limit(200, 1)]


@dataclass(frozen=True, slots=True)
class ReturnParticipant(Command):
    """Send an admitted member back to the waiting room."""

    member_id: Id


@dataclass(frozen=True, slots=True)
class ChoosePhone(Command):
    """The patient would rather talk by phone, or after all not (`wanted` false)."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ConfirmIdentity(Command):
    """Record that two identifiers were checked aloud; the takeaway cannot be signed before."""

    method: Literal["video", "phone", "phone_callback", "in_person"]
    identifiers: Annotated[tuple[Short, ...], Limit(6, 2)]
