"""Events: what has happened in one consult; one module a theme. They carry whole values, so that folding them is
assignment.

Each class is one event; `type` is its wire name. `docs/events.md` and `web/src/shared/protocol.ts` are made
from these classes.
"""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.events.follow_up import *
from consult.domain.events.letters import *
from consult.domain.events.notes import *
from consult.domain.events.people import *
from consult.domain.events.regimen import *
from consult.domain.events.reopening import *
from consult.domain.events.safety import *
from consult.domain.events.script import *
from consult.domain.events.takeaway import *
from consult.domain.events.told import *
from consult.domain.people import Actor

EventData = (
    ConsultScheduled
    | ConsultOpened
    | ConsultClosed
    | ParticipantJoined
    | ParticipantLeft
    | ParticipantAdmitted
    | ParticipantReturned
    | PhoneChosen
    | TranscriptOpened
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
    | EnrollmentRecorded
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
    | LanguageChosen
    | ScriptRecorded
    | ScriptAnswered
    | AnswerProposed
    | AnswerDropped
    | ScriptStepSkipped
    | ScriptStepResumed
    | ChatMessageSent
    | MedicationReported
    | PictureSent
    | VisitRated
    | TodoAdded
    | TodoEdited
    | TodoRemoved
    | TakeawayRequested
    | TakeawayFailed
    | TakeawayDrafted
    | TakeawayReviewed
    | TakeawaySigned
    | TakeawayIssued
    | TakeawayVoided
    | TakeawayRecalled
    | DeliveryRequested
    | DeliveryBegun
    | TakeawayDelivered
    | DeliveryFailed
    | EmailConsentRecorded
    | RepresentativeNamed
    | LetterRequested
    | LetterDrafted
    | LetterFailed
    | LetterSent
    | ProblemAnswered
    | FollowUpPlanned
    | FollowUpPostponed
    | FollowUpDone
    | FollowUpDropped
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
