"""Events of the consult itself and its members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.patient import Patient
from consult.domain.people import Identity, Participant


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
    """`override` says why a caregiver was let in without the patient's consent."""

    member_id: str
    override: str = ""
    type: Literal["participant_admitted"] = "participant_admitted"


@dataclass(frozen=True, slots=True)
class TranscriptOpened:
    """A supervisor reads although the patient did not want a transcript."""

    reason: str
    type: Literal["transcript_opened"] = "transcript_opened"


@dataclass(frozen=True, slots=True)
class ParticipantReturned:
    member_id: str
    type: Literal["participant_returned"] = "participant_returned"


@dataclass(frozen=True, slots=True)
class PhoneChosen:
    """The member would rather talk by phone; after all not, where `wanted` is false."""

    member_id: str
    wanted: bool
    type: Literal["phone_chosen"] = "phone_chosen"


@dataclass(frozen=True, slots=True)
class IdentityConfirmed:
    identity: Identity
    type: Literal["identity_confirmed"] = "identity_confirmed"
