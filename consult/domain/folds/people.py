"""The consult and its members."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import events as ev
from consult.domain.folds.registry import changed, on, put
from consult.domain.state import Consult


@on(ev.ConsultScheduled)
def _(consult: Consult, event: ev.Event, data: ev.ConsultScheduled) -> Consult:
    return changed(
        consult,
        phase="scheduled",
        kind=data.kind,
        modality=data.modality,
        script_id=data.script_id,
        patient=data.patient,
        pharmacist_id=data.pharmacist_id,
        planned_at=data.planned_at,
    )


@on(ev.ConsultOpened)
def _(consult: Consult, event: ev.Event, data: ev.ConsultOpened) -> Consult:
    return changed(consult, phase="open", opened_at=event.at)


@on(ev.ConsultClosed)
def _(consult: Consult, event: ev.Event, data: ev.ConsultClosed) -> Consult:
    return changed(consult, phase="closed", closed_at=event.at)


@on(ev.ParticipantJoined)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantJoined) -> Consult:
    return changed(consult, participants=put(consult.participants, data.participant.id, data.participant))


def _member(consult: Consult, member_id: str, **change: Any) -> Consult:
    known = consult.participants.get(member_id)
    if known is None:
        return consult
    renewed = replace(known, **change)
    return changed(consult, participants=put(consult.participants, member_id, renewed))


@on(ev.ParticipantLeft)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantLeft) -> Consult:
    return _member(consult, data.member_id, present=False)


@on(ev.ParticipantAdmitted)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantAdmitted) -> Consult:
    return _member(consult, data.member_id, state="admitted")


@on(ev.TranscriptOpened)
def _(consult: Consult, event: ev.Event, data: ev.TranscriptOpened) -> Consult:
    opened = put(consult.transcript_opened, event.actor.id, data.reason)
    return changed(consult, transcript_opened=opened)


@on(ev.ParticipantReturned)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantReturned) -> Consult:
    return _member(consult, data.member_id, state="waiting")


@on(ev.PhoneChosen)
def _(consult: Consult, event: ev.Event, data: ev.PhoneChosen) -> Consult:
    return _member(consult, data.member_id, by_phone=data.wanted)


@on(ev.IdentityConfirmed)
def _(consult: Consult, event: ev.Event, data: ev.IdentityConfirmed) -> Consult:
    return changed(consult, identity=data.identity)
