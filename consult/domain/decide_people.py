"""Decisions about the consult itself, its members and the patient's identity."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.consents import check_admission, check_asked, transcript_withheld
from consult.domain.fill import with_fills
from consult.domain.history import join as join_history
from consult.domain.people import INVITED, Actor, Identity, Participant
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]

ANY_PHASE = frozenset({co.ScheduleConsult})
BEFORE_OPENING = frozenset(
    {
        co.ImportHistory,
        co.OpenConsult,
        co.CloseConsult,
        co.JoinConsult,
        co.LeaveConsult,
        co.AdmitParticipant,
        co.ReturnParticipant,
        co.ChoosePhone,
        co.RecordEnrollment,
        co.RecordAssessment,
        co.RecordCheckFailure,
        co.RecordFindings,
        co.RecordFailure,
    }
)
ONLY_OPEN = frozenset(
    {
        co.ImportHistory,
        co.OpenConsult,
        co.CloseConsult,
        co.AdmitParticipant,
        co.ReturnParticipant,
        co.ChoosePhone,
        co.TakeWriter,
        co.PutNoteLine,
        co.MoveNoteLine,
        co.RemoveNoteLine,
        co.EnterStep,
        co.ResumeStep,
        co.SendChat,
        co.ReportMedication,
        co.SendPicture,
    }
)


def schedule(consult: Consult, command: co.ScheduleConsult, actor: Actor, at: str) -> Happened:
    if consult.phase != "none":
        raise Refused("A consult with this id exists already.", code="consult-exists")
    rows = [replace(row, source="history", review="proposed") for row in command.medications]
    return (
        ev.ConsultScheduled(
            patient=command.patient,
            pharmacist_id=command.pharmacist_id,
            planned_at=command.planned_at,
            kind=command.kind,
            modality=command.modality,
            script_id=command.script_id,
        ),
        *(ev.MedicationAdded(row) for row in rows),
        *(ev.ConditionRecorded(condition) for condition in command.conditions),
        *(ev.AllergyRecorded(replace(one, review="confirmed", source="history")) for one in command.allergies),
        *(ev.LabRecorded(lab) for lab in command.labs),
        *((ev.FillsRecorded(with_fills((), command.fills)),) if command.fills else ()),
    )


def import_history(consult: Consult, command: co.ImportHistory, actor: Actor, at: str) -> Happened:
    return tuple(join_history(consult, command).events)


def open_consult(consult: Consult, command: co.OpenConsult, actor: Actor, at: str) -> Happened:
    return () if consult.phase == "open" else (ev.ConsultOpened(),)


def close(consult: Consult, command: co.CloseConsult, actor: Actor, at: str) -> Happened:
    if not command.reason.strip():
        check_asked(consult)
    return (ev.ConsultClosed(command.reason.strip()),)


def join(consult: Consult, command: co.JoinConsult, actor: Actor, at: str) -> Happened:
    known = consult.participants.get(actor.id)
    if known is not None and known.present and known.name == actor.name:
        return ()
    admitted = actor.role not in INVITED or (known is not None and known.state == "admitted")
    by_phone = known is not None and known.by_phone
    member = Participant(actor.id, actor.role, actor.name, "admitted" if admitted else "waiting", by_phone=by_phone)
    return (ev.ParticipantJoined(member),)


def leave(consult: Consult, command: co.LeaveConsult, actor: Actor, at: str) -> Happened:
    known = consult.participants.get(actor.id)
    if known is None or not known.present:
        return ()
    if actor.id == consult.pharmacist_id and consult.writer_tab:
        # The next tab writes at once. The epoch stays: what the one that is away has not sent yet still counts when it
        # comes back, unless another has taken over meanwhile.
        return (ev.ParticipantLeft(actor.id), ev.WriterTaken("", consult.writer_epoch))
    return (ev.ParticipantLeft(actor.id),)


def admit(consult: Consult, command: co.AdmitParticipant, actor: Actor, at: str) -> Happened:
    known = _known(consult, command.member_id)
    if known.state == "admitted":
        return ()
    override = command.override.strip()
    if not override:
        check_admission(consult, known.role)
    return (ev.ParticipantAdmitted(known.id, override),)


def open_transcript(consult: Consult, command: co.OpenTranscript, actor: Actor, at: str) -> Happened:
    if not command.reason.strip():
        raise Refused("Say why you read it.", code="reason-missing")
    withheld = transcript_withheld(consult, actor.id)
    return (ev.TranscriptOpened(command.reason.strip()),) if withheld else ()


def send_back(consult: Consult, command: co.ReturnParticipant, actor: Actor, at: str) -> Happened:
    known = _known(consult, command.member_id)
    if known.role not in INVITED:
        raise Refused("Only a patient or a guest can be sent back to the waiting room.", code="not-a-guest")
    return () if known.state == "waiting" else (ev.ParticipantReturned(known.id),)


def choose_phone(consult: Consult, command: co.ChoosePhone, actor: Actor, at: str) -> Happened:
    known = _known(consult, actor.id)
    return () if known.by_phone == command.wanted else (ev.PhoneChosen(known.id, command.wanted),)


def confirm_identity(consult: Consult, command: co.ConfirmIdentity, actor: Actor, at: str) -> Happened:
    if len({one.strip().lower() for one in command.identifiers if one.strip()}) < 2:
        raise Refused("Name two different identifiers that were checked.", code="two-identifiers-needed")
    return (ev.IdentityConfirmed(Identity(command.method, command.identifiers, actor.id, at)),)


def _known(consult: Consult, member_id: str) -> Participant:
    known = consult.participants.get(member_id)
    if known is None:
        raise Refused("Nobody with this id is in the consult.", code="no-such-member")
    return known


DECISIONS: dict[type[co.Command], Any] = {
    co.ScheduleConsult: schedule,
    co.ImportHistory: import_history,
    co.OpenConsult: open_consult,
    co.CloseConsult: close,
    co.JoinConsult: join,
    co.LeaveConsult: leave,
    co.AdmitParticipant: admit,
    co.OpenTranscript: open_transcript,
    co.ReturnParticipant: send_back,
    co.ChoosePhone: choose_phone,
    co.ConfirmIdentity: confirm_identity,
}
