"""Who may see what: each event is authorised for its receiver at the moment of sending.

Staff of the consult see every event; a supervisor, where the patient did not want a transcript, only who came and went
until a reason is named. Whoever was invited (the patient, a caregiver, an interpreter) sees only what
the table of the role names, in the form that it gives; while waiting to be let in, only the first few kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from consult.domain import events as ev
from consult.domain.answer import Guidance
from consult.domain.consents import transcript_withheld
from consult.domain.medication import Medication
from consult.domain.patient import Patient
from consult.domain.people import INVITED, STAFF, Actor, patient_member
from consult.domain.state import Consult
from consult.storage.codec import event_bytes

Shape = Callable[[Any], ev.EventData]


def _as_is(data: Any) -> ev.EventData:
    result: ev.EventData = data
    return result


def _nameless(data: ev.ParticipantJoined) -> ev.EventData:
    member = data.participant
    return data if member.role not in INVITED else replace(data, participant=replace(member, name=""))


def _scheduled(data: ev.ConsultScheduled) -> ev.ConsultScheduled:
    name = Patient(id="", name=data.patient.name, birth_date="", language=data.patient.language)
    return replace(data, patient=name, pharmacist_id="")


def _medication(data: ev.MedicationAdded) -> ev.EventData:
    row = data.medication
    shown = Medication(row.id, row.name, row.ingredients, sig=row.sig, status=row.status, why=row.why)
    told = tuple(one for one in row.directions if one.sig == row.sig)
    return replace(data, medication=replace(shown, review=row.review, directions=told))


def _withdrawn(data: ev.MedicationRejected | ev.MedicationReopened) -> ev.EventData:
    return ev.MedicationDropped(data.medication.id)


WAITING: dict[type, Shape] = {
    ev.ConsultScheduled: _scheduled,
    ev.ConsultOpened: _as_is,
    ev.ConsultClosed: lambda data: ev.ConsultClosed(),
    ev.ParticipantJoined: _as_is,
    ev.ParticipantLeft: _as_is,
    ev.ParticipantAdmitted: lambda data: ev.ParticipantAdmitted(data.member_id),
    ev.ParticipantReturned: _as_is,
    ev.PhoneChosen: _as_is,
}
ADMITTED: dict[type, Shape] = {
    **WAITING,
    ev.ScriptStepEntered: _as_is,
    ev.ChatMessageSent: _as_is,
    ev.MedicationConfirmed: _medication,
    ev.MedicationEdited: _medication,
    ev.MedicationAdded: _medication,
    ev.MedicationRejected: _withdrawn,
    ev.MedicationReopened: _withdrawn,
    ev.MedicationDropped: _as_is,
    ev.MedicationReported: _as_is,
    ev.PictureSent: _as_is,
    ev.VisitRated: _as_is,
    ev.TakeawayIssued: lambda data: ev.TakeawayIssued(data.version, data.sha256),
    ev.TakeawayVoided: _as_is,
    ev.TakeawayRecalled: lambda data: ev.TakeawayRecalled(data.version, ""),
}

# A guest who waits learns with whom the visit is, not whose it is.
GUEST_WAITING: dict[type, Shape] = {
    **WAITING,
    ev.ConsultScheduled: lambda data: replace(_scheduled(data), patient=Patient(id="", name="", birth_date="")),
    ev.ParticipantJoined: _nameless,
}
INTERPRETER: dict[type, Shape] = {**WAITING, ev.ScriptStepEntered: _as_is, ev.ChatMessageSent: _as_is}
_OF_THE_PATIENT_ALONE = (ev.TakeawayIssued, ev.TakeawayVoided, ev.TakeawayRecalled, ev.VisitRated)
CAREGIVER: dict[type, Shape] = {kind: form for kind, form in ADMITTED.items() if kind not in _OF_THE_PATIENT_ALONE}
WAITING_BY_ROLE = {"patient": WAITING, "caregiver": GUEST_WAITING, "interpreter": GUEST_WAITING}
ADMITTED_BY_ROLE = {"patient": ADMITTED, "caregiver": CAREGIVER, "interpreter": INTERPRETER}


# What a supervisor sees of a visit whose transcript the patient refused, before naming a reason.
WITHHELD: dict[type, Shape] = {
    ev.ConsultScheduled: _as_is,
    ev.ConsultOpened: _as_is,
    ev.ConsultClosed: lambda data: ev.ConsultClosed(),
    ev.ParticipantJoined: _as_is,
    ev.ParticipantLeft: _as_is,
    ev.ParticipantAdmitted: _as_is,
    ev.ParticipantReturned: _as_is,
    ev.PhoneChosen: _as_is,
    ev.TranscriptOpened: _as_is,
    ev.GuidanceChanged: lambda data: ev.GuidanceChanged(Guidance(refused=data.guidance.refused)),
}


def may_see(consult: Consult, actor: Actor) -> bool:
    """Whether this member has a place in this consult at all."""
    if actor.role == "supervisor":
        return True
    if actor.role == "pharmacist":
        return consult.pharmacist_id == actor.id
    if actor.role == "patient":
        return actor.id == patient_member(consult.id)
    return actor.role in INVITED and actor.id.startswith(f"{actor.role}:{consult.id}:")


def visible(consult: Consult, actor: Actor, event: ev.Event) -> ev.Event | None:
    """The event as this member may see it now; None where it may not."""
    if not may_see(consult, actor):
        return None
    if actor.role == "supervisor" and transcript_withheld(consult, actor.id):
        shape = WITHHELD.get(type(event.data))
        return None if shape is None else replace(event, data=shape(event.data))
    if actor.role in STAFF:
        return event
    known = consult.participants.get(actor.id)
    admitted = known is not None and known.state == "admitted"
    former = (ADMITTED_BY_ROLE if admitted else WAITING_BY_ROLE)[actor.role].get(type(event.data))
    if former is None or (isinstance(event.data, ev.TakeawayVoided) and not _was_issued(consult, event.data.version)):
        return None
    # Who else acted is told by name only where the others are part of the conversation.
    named = ("pharmacist", *INVITED) if admitted or actor.role == "patient" else ("pharmacist",)
    by = event.actor if event.actor.role in named or event.actor.id == actor.id else Actor("", "system")
    return replace(event, actor=by, command_id="", data=former(event.data))


def _was_issued(consult: Consult, version: int) -> bool:
    return any(one.version == version and one.issued_at for one in consult.takeaways)


def encoded(consult: Consult, actor: Actor, events: Iterable[ev.Event]) -> list[bytes]:
    """All that this member may see of `events`, each as JSON."""
    seen = (visible(consult, actor, event) for event in events)
    return [event_bytes(one) for one in seen if one is not None]
