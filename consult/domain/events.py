"""Events: what has happened in one consult. They carry whole values, so that folding them is assignment.

Each class is one event; `type` is its wire name. `docs/events.md` and `web/src/shared/protocol.ts` are made
from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.alert import Alert, Unchecked
from consult.domain.answer import Answer, Guidance
from consult.domain.fill import Fill
from consult.domain.medication import Medication
from consult.domain.mention import EffectMention, Heard, MedicationMention
from consult.domain.patient import Allergy, Condition, Effect, Lab, Patient
from consult.domain.people import Actor, Identity, Participant
from consult.domain.plan import TodoItem
from consult.domain.problem import Problem
from consult.domain.reopening_events import (
    AlertReopened as AlertReopened,
)
from consult.domain.reopening_events import (
    MedicationReopened as MedicationReopened,
)
from consult.domain.reopening_events import (
    ScriptStepResumed as ScriptStepResumed,
)
from consult.domain.takeaway_events import (
    DeliveryFailed as DeliveryFailed,
)
from consult.domain.takeaway_events import (
    DeliveryRequested as DeliveryRequested,
)
from consult.domain.takeaway_events import (
    EmailConsentRecorded as EmailConsentRecorded,
)
from consult.domain.takeaway_events import (
    RepresentativeNamed as RepresentativeNamed,
)
from consult.domain.takeaway_events import (
    TakeawayDelivered as TakeawayDelivered,
)
from consult.domain.takeaway_events import (
    TakeawayDrafted as TakeawayDrafted,
)
from consult.domain.takeaway_events import (
    TakeawayFailed as TakeawayFailed,
)
from consult.domain.takeaway_events import (
    TakeawayIssued as TakeawayIssued,
)
from consult.domain.takeaway_events import (
    TakeawayRecalled as TakeawayRecalled,
)
from consult.domain.takeaway_events import (
    TakeawayRequested as TakeawayRequested,
)
from consult.domain.takeaway_events import (
    TakeawaySigned as TakeawaySigned,
)
from consult.domain.takeaway_events import (
    TakeawayVoided as TakeawayVoided,
)


@dataclass(frozen=True, slots=True)
class ConsultScheduled:
    patient: Patient
    pharmacist_id: str
    planned_at: str
    kind: str
    modality: str
    script_id: str
    type: Literal["consult_scheduled"] = "consult_scheduled"


@dataclass(frozen=True, slots=True)
class ConsultOpened:
    type: Literal["consult_opened"] = "consult_opened"


@dataclass(frozen=True, slots=True)
class ConsultClosed:
    reason: str = ""
    type: Literal["consult_closed"] = "consult_closed"


@dataclass(frozen=True, slots=True)
class ParticipantJoined:
    participant: Participant
    type: Literal["participant_joined"] = "participant_joined"


@dataclass(frozen=True, slots=True)
class ParticipantLeft:
    member_id: str
    type: Literal["participant_left"] = "participant_left"


@dataclass(frozen=True, slots=True)
class ParticipantAdmitted:
    member_id: str
    type: Literal["participant_admitted"] = "participant_admitted"


@dataclass(frozen=True, slots=True)
class ParticipantReturned:
    member_id: str
    type: Literal["participant_returned"] = "participant_returned"


@dataclass(frozen=True, slots=True)
class IdentityConfirmed:
    identity: Identity
    type: Literal["identity_confirmed"] = "identity_confirmed"


@dataclass(frozen=True, slots=True)
class WriterTaken:
    tab_id: str
    epoch: int
    type: Literal["writer_taken"] = "writer_taken"


@dataclass(frozen=True, slots=True)
class NoteLinePut:
    """`conflicts_with` names the line that was changed by somebody else meanwhile; both stand."""

    line_id: str
    after: str
    rev: int
    text: str
    open: bool
    speaker: Literal["pharmacist", "patient", "caregiver"]
    conflicts_with: str = ""
    type: Literal["note_line_put"] = "note_line_put"


@dataclass(frozen=True, slots=True)
class NoteLineMoved:
    line_id: str
    after: str
    type: Literal["note_line_moved"] = "note_line_moved"


@dataclass(frozen=True, slots=True)
class NoteLineRemoved:
    line_id: str
    type: Literal["note_line_removed"] = "note_line_removed"


@dataclass(frozen=True, slots=True)
class MentionsFound:
    """Everything read out of one revision of a line; replaces what was read before."""

    line_id: str
    rev: int
    medications: tuple[MedicationMention, ...]
    effects: tuple[EffectMention, ...]
    heard: tuple[Heard, ...] = ()
    type: Literal["mentions_found"] = "mentions_found"


@dataclass(frozen=True, slots=True)
class LineNotAnalysed:
    line_id: str
    rev: int
    code: str
    type: Literal["line_not_analysed"] = "line_not_analysed"


@dataclass(frozen=True, slots=True)
class MedicationProposed:
    """A row that the notes suggest, new or changed, for the pharmacist to confirm."""

    medication: Medication
    type: Literal["medication_proposed"] = "medication_proposed"


@dataclass(frozen=True, slots=True)
class MedicationDropped:
    """The words that suggested the row are gone."""

    medication_id: str
    type: Literal["medication_dropped"] = "medication_dropped"


@dataclass(frozen=True, slots=True)
class MedicationAdded:
    medication: Medication
    type: Literal["medication_added"] = "medication_added"


@dataclass(frozen=True, slots=True)
class MedicationConfirmed:
    medication: Medication
    type: Literal["medication_confirmed"] = "medication_confirmed"


@dataclass(frozen=True, slots=True)
class MedicationRejected:
    medication: Medication
    type: Literal["medication_rejected"] = "medication_rejected"


@dataclass(frozen=True, slots=True)
class MedicationEdited:
    medication: Medication
    type: Literal["medication_edited"] = "medication_edited"


@dataclass(frozen=True, slots=True)
class EffectProposed:
    effect: Effect
    type: Literal["effect_proposed"] = "effect_proposed"


@dataclass(frozen=True, slots=True)
class EffectDropped:
    effect_id: str
    type: Literal["effect_dropped"] = "effect_dropped"


@dataclass(frozen=True, slots=True)
class EffectReviewed:
    effect: Effect
    type: Literal["effect_reviewed"] = "effect_reviewed"


@dataclass(frozen=True, slots=True)
class ConditionRecorded:
    condition: Condition
    type: Literal["condition_recorded"] = "condition_recorded"


@dataclass(frozen=True, slots=True)
class ConditionRemoved:
    condition_id: str
    type: Literal["condition_removed"] = "condition_removed"


@dataclass(frozen=True, slots=True)
class AllergyProposed:
    allergy: Allergy
    type: Literal["allergy_proposed"] = "allergy_proposed"


@dataclass(frozen=True, slots=True)
class AllergyRecorded:
    allergy: Allergy
    type: Literal["allergy_recorded"] = "allergy_recorded"


@dataclass(frozen=True, slots=True)
class AllergyRemoved:
    allergy_id: str
    type: Literal["allergy_removed"] = "allergy_removed"


@dataclass(frozen=True, slots=True)
class LabRecorded:
    lab: Lab
    type: Literal["lab_recorded"] = "lab_recorded"


@dataclass(frozen=True, slots=True)
class FillsRecorded:
    """All fills that are known now, the oldest first."""

    fills: tuple[Fill, ...]
    type: Literal["fills_recorded"] = "fills_recorded"


@dataclass(frozen=True, slots=True)
class PatientCompleted:
    """What was empty in the patient's particulars is filled in."""

    patient: Patient
    type: Literal["patient_completed"] = "patient_completed"


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
    """What was checked, with data of which date, and what was not."""

    based_on: int
    checked: int
    not_checked: tuple[Unchecked, ...]
    data_date: str
    type: Literal["regimen_assessed"] = "regimen_assessed"


@dataclass(frozen=True, slots=True)
class ChecksFailed:
    """The checks do not run now; the alerts shown may be old."""

    code: str
    type: Literal["checks_failed"] = "checks_failed"


@dataclass(frozen=True, slots=True)
class GuidanceChanged:
    guidance: Guidance
    type: Literal["guidance_changed"] = "guidance_changed"


@dataclass(frozen=True, slots=True)
class ScriptStepEntered:
    step_id: str
    type: Literal["script_step_entered"] = "script_step_entered"


@dataclass(frozen=True, slots=True)
class ScriptAnswered:
    answer: Answer
    type: Literal["script_answered"] = "script_answered"


@dataclass(frozen=True, slots=True)
class AnswerProposed:
    """The notes answer a question; it waits for the pharmacist's yes."""

    answer: Answer
    type: Literal["answer_proposed"] = "answer_proposed"


@dataclass(frozen=True, slots=True)
class AnswerDropped:
    """No line says it any more."""

    key: str
    type: Literal["answer_dropped"] = "answer_dropped"


@dataclass(frozen=True, slots=True)
class ScriptStepSkipped:
    step_id: str
    reason: str
    type: Literal["script_step_skipped"] = "script_step_skipped"


@dataclass(frozen=True, slots=True)
class ChatMessageSent:
    message_id: str
    text: str
    type: Literal["chat_message_sent"] = "chat_message_sent"


@dataclass(frozen=True, slots=True)
class TodoAdded:
    item: TodoItem
    type: Literal["todo_added"] = "todo_added"


@dataclass(frozen=True, slots=True)
class TodoEdited:
    item: TodoItem
    type: Literal["todo_edited"] = "todo_edited"


@dataclass(frozen=True, slots=True)
class TodoRemoved:
    item_id: str
    type: Literal["todo_removed"] = "todo_removed"


EventData = (
    ConsultScheduled
    | ConsultOpened
    | ConsultClosed
    | ParticipantJoined
    | ParticipantLeft
    | ParticipantAdmitted
    | ParticipantReturned
    | IdentityConfirmed
    | WriterTaken
    | NoteLinePut
    | NoteLineMoved
    | NoteLineRemoved
    | MentionsFound
    | LineNotAnalysed
    | MedicationProposed
    | MedicationDropped
    | MedicationAdded
    | MedicationConfirmed
    | MedicationRejected
    | MedicationEdited
    | MedicationReopened
    | EffectProposed
    | EffectDropped
    | EffectReviewed
    | ConditionRecorded
    | ConditionRemoved
    | AllergyProposed
    | AllergyRecorded
    | AllergyRemoved
    | LabRecorded
    | FillsRecorded
    | PatientCompleted
    | AlertRaised
    | AlertChanged
    | AlertWithdrawn
    | AlertAcknowledged
    | AlertAccepted
    | AlertReopened
    | ProblemAdded
    | ProblemRemoved
    | RegimenAssessed
    | ChecksFailed
    | GuidanceChanged
    | ScriptStepEntered
    | ScriptAnswered
    | AnswerProposed
    | AnswerDropped
    | ScriptStepSkipped
    | ScriptStepResumed
    | ChatMessageSent
    | TodoAdded
    | TodoEdited
    | TodoRemoved
    | TakeawayRequested
    | TakeawayFailed
    | TakeawayDrafted
    | TakeawaySigned
    | TakeawayIssued
    | TakeawayVoided
    | TakeawayRecalled
    | DeliveryRequested
    | TakeawayDelivered
    | DeliveryFailed
    | EmailConsentRecorded
    | RepresentativeNamed
)


@dataclass(frozen=True, slots=True)
class Event:
    """An event in its envelope. `seq` counts from 1 without gaps within a consult; `at` is ISO 8601 UTC."""

    seq: int
    consult_id: str
    command_id: str
    at: str
    actor: Actor
    data: EventData
