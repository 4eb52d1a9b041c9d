"""evolve: the state after one more event. Assignment only; every decision was made before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from consult.domain import events as ev
from consult.domain.patient import EmailConsent
from consult.domain.plan import Takeaway, TakeawayStage
from consult.domain.state import AlertRow, ChatMessage, Checked, Consult, NoteLine

V = TypeVar("V")
Fold = Callable[[Consult, ev.Event, Any], Consult]
FOLDS: dict[type, Fold] = {}

# Events after which the document would say something else.
DRAWN = (
    ev.MedicationAdded,
    ev.MedicationConfirmed,
    ev.MedicationRejected,
    ev.MedicationEdited,
    ev.MedicationReopened,
    ev.EffectReviewed,
    ev.AllergyRecorded,
    ev.AllergyRemoved,
    ev.TodoAdded,
    ev.TodoEdited,
    ev.TodoRemoved,
    ev.RepresentativeNamed,
    ev.PatientCompleted,
)


def evolve(consult: Consult, event: ev.Event) -> Consult:
    """The consult after `event`. Raises ValueError where the event is not the next one."""
    if event.seq != consult.seq + 1:
        raise ValueError(f"event {event.seq} does not follow {consult.seq}")
    after = FOLDS[type(event.data)](consult, event, event.data)
    drawn = event.seq if isinstance(event.data, DRAWN) else consult.drawn
    return replace(after, seq=event.seq, drawn=drawn)


def fold(consult: Consult, events: Iterable[ev.Event]) -> Consult:
    """The consult after all `events`, in order."""
    for event in events:
        consult = evolve(consult, event)
    return consult


def _on(kind: type) -> Callable[[Fold], Fold]:
    def register(function: Fold) -> Fold:
        FOLDS[kind] = function
        return function

    return register


def _put(rows: Mapping[str, V], key: str, value: V) -> dict[str, V]:
    return {**rows, key: value}


def _drop(rows: Mapping[str, V], key: str) -> dict[str, V]:
    return {k: v for k, v in rows.items() if k != key}


def _place(order: tuple[str, ...], line_id: str, after: str) -> tuple[str, ...]:
    """`order` with the line below `after`; at the top for "", at the end where `after` is gone."""
    rest = [one for one in order if one != line_id]
    if after == "":
        at = 0
    elif after in rest:
        at = rest.index(after) + 1
    else:
        at = len(rest)
    return (*rest[:at], line_id, *rest[at:])


# --- the consult and its members


@_on(ev.ConsultScheduled)
def _(consult: Consult, event: ev.Event, data: ev.ConsultScheduled) -> Consult:
    return replace(
        consult,
        phase="scheduled",
        kind=data.kind,
        modality=data.modality,
        script_id=data.script_id,
        patient=data.patient,
        pharmacist_id=data.pharmacist_id,
        planned_at=data.planned_at,
    )


@_on(ev.ConsultOpened)
def _(consult: Consult, event: ev.Event, data: ev.ConsultOpened) -> Consult:
    return replace(consult, phase="open", opened_at=event.at)


@_on(ev.ConsultClosed)
def _(consult: Consult, event: ev.Event, data: ev.ConsultClosed) -> Consult:
    return replace(consult, phase="closed", closed_at=event.at)


@_on(ev.ParticipantJoined)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantJoined) -> Consult:
    return replace(consult, participants=_put(consult.participants, data.participant.id, data.participant))


def _member(consult: Consult, member_id: str, **change: Any) -> Consult:
    known = consult.participants.get(member_id)
    if known is None:
        return consult
    changed = replace(known, **change)
    return replace(consult, participants=_put(consult.participants, member_id, changed))


@_on(ev.ParticipantLeft)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantLeft) -> Consult:
    return _member(consult, data.member_id, present=False)


@_on(ev.ParticipantAdmitted)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantAdmitted) -> Consult:
    return _member(consult, data.member_id, state="admitted")


@_on(ev.ParticipantReturned)
def _(consult: Consult, event: ev.Event, data: ev.ParticipantReturned) -> Consult:
    return _member(consult, data.member_id, state="waiting")


@_on(ev.IdentityConfirmed)
def _(consult: Consult, event: ev.Event, data: ev.IdentityConfirmed) -> Consult:
    return replace(consult, identity=data.identity)


# --- notes


@_on(ev.WriterTaken)
def _(consult: Consult, event: ev.Event, data: ev.WriterTaken) -> Consult:
    return replace(consult, writer_tab=data.tab_id, writer_epoch=data.epoch)


@_on(ev.NoteLinePut)
def _(consult: Consult, event: ev.Event, data: ev.NoteLinePut) -> Consult:
    known = consult.lines.get(data.line_id)
    line = NoteLine(
        id=data.line_id,
        rev=data.rev,
        text=data.text,
        open=data.open,
        speaker=data.speaker,
        author=event.actor,
        at=event.at,
        conflicts_with=data.conflicts_with or (known.conflicts_with if known else ""),
        analysed=known.analysed if known else 0,
        medications=known.medications if known else (),
        effects=known.effects if known else (),
        heard=known.heard if known else (),
    )
    order = consult.order if known else _place(consult.order, data.line_id, data.after)
    return replace(consult, lines=_put(consult.lines, line.id, line), order=order)


@_on(ev.NoteLineMoved)
def _(consult: Consult, event: ev.Event, data: ev.NoteLineMoved) -> Consult:
    return replace(consult, order=_place(consult.order, data.line_id, data.after))


@_on(ev.NoteLineRemoved)
def _(consult: Consult, event: ev.Event, data: ev.NoteLineRemoved) -> Consult:
    order = tuple(one for one in consult.order if one != data.line_id)
    return replace(consult, lines=_drop(consult.lines, data.line_id), order=order)


@_on(ev.MentionsFound)
def _(consult: Consult, event: ev.Event, data: ev.MentionsFound) -> Consult:
    known = consult.lines.get(data.line_id)
    if known is None:
        return consult
    line = replace(
        known, analysed=data.rev, failed="", medications=data.medications, effects=data.effects, heard=data.heard
    )
    return replace(consult, lines=_put(consult.lines, line.id, line))


@_on(ev.LineNotAnalysed)
def _(consult: Consult, event: ev.Event, data: ev.LineNotAnalysed) -> Consult:
    known = consult.lines.get(data.line_id)
    if known is None:
        return consult
    line = replace(known, analysed=data.rev, failed=data.code, medications=(), effects=(), heard=())
    return replace(consult, lines=_put(consult.lines, line.id, line))


# --- regimen, effects, conditions, allergies, labs


@_on(ev.MedicationProposed)
def _(consult: Consult, event: ev.Event, data: ev.MedicationProposed) -> Consult:
    return replace(consult, medications=_put(consult.medications, data.medication.id, data.medication))


@_on(ev.MedicationDropped)
def _(consult: Consult, event: ev.Event, data: ev.MedicationDropped) -> Consult:
    return replace(consult, medications=_drop(consult.medications, data.medication_id))


def _settle(consult: Consult, event: ev.Event, data: ev.MedicationAdded) -> Consult:
    row = data.medication
    return replace(
        consult,
        medications=_put(consult.medications, row.id, row),
        settled=_put(consult.settled, row.id, row),
    )


for _kind in (ev.MedicationAdded, ev.MedicationConfirmed, ev.MedicationRejected, ev.MedicationEdited):
    FOLDS[_kind] = _settle


@_on(ev.MedicationReopened)
def _(consult: Consult, event: ev.Event, data: ev.MedicationReopened) -> Consult:
    row = data.medication
    settled = _drop(consult.settled, row.id)
    return replace(
        consult,
        medications=_put(consult.medications, row.id, row),
        settled=settled if row.source == "note" else _put(settled, row.id, row),
    )


@_on(ev.EffectProposed)
@_on(ev.EffectReviewed)
def _(consult: Consult, event: ev.Event, data: ev.EffectProposed) -> Consult:
    return replace(consult, effects=_put(consult.effects, data.effect.id, data.effect))


@_on(ev.EffectDropped)
def _(consult: Consult, event: ev.Event, data: ev.EffectDropped) -> Consult:
    return replace(consult, effects=_drop(consult.effects, data.effect_id))


@_on(ev.ConditionRecorded)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRecorded) -> Consult:
    return replace(consult, conditions=_put(consult.conditions, data.condition.id, data.condition))


@_on(ev.ConditionRemoved)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRemoved) -> Consult:
    return replace(consult, conditions=_drop(consult.conditions, data.condition_id))


@_on(ev.AllergyProposed)
@_on(ev.AllergyRecorded)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRecorded) -> Consult:
    return replace(consult, allergies=_put(consult.allergies, data.allergy.id, data.allergy))


@_on(ev.AllergyRemoved)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRemoved) -> Consult:
    return replace(consult, allergies=_drop(consult.allergies, data.allergy_id))


@_on(ev.LabRecorded)
def _(consult: Consult, event: ev.Event, data: ev.LabRecorded) -> Consult:
    return replace(consult, labs=(*consult.labs, data.lab))


@_on(ev.FillsRecorded)
def _(consult: Consult, event: ev.Event, data: ev.FillsRecorded) -> Consult:
    return replace(consult, fills=data.fills)


@_on(ev.PatientCompleted)
def _(consult: Consult, event: ev.Event, data: ev.PatientCompleted) -> Consult:
    return replace(consult, patient=data.patient)


# --- alerts, problems, guidance


@_on(ev.AlertRaised)
@_on(ev.AlertChanged)
def _(consult: Consult, event: ev.Event, data: ev.AlertRaised) -> Consult:
    known = consult.alerts.get(data.alert.id)
    again = known is None or isinstance(data, ev.AlertRaised)
    row = AlertRow(data.alert) if again or known is None else replace(known, alert=data.alert)
    return replace(consult, alerts=_put(consult.alerts, data.alert.id, row))


def _alert(consult: Consult, alert_id: str, **change: Any) -> Consult:
    row = replace(consult.alerts[alert_id], **change)
    return replace(consult, alerts=_put(consult.alerts, alert_id, row))


@_on(ev.AlertWithdrawn)
def _(consult: Consult, event: ev.Event, data: ev.AlertWithdrawn) -> Consult:
    return _alert(consult, data.alert_id, stage="withdrawn")


@_on(ev.AlertAcknowledged)
def _(consult: Consult, event: ev.Event, data: ev.AlertAcknowledged) -> Consult:
    return _alert(consult, data.alert_id, stage="acknowledged", reason=data.reason, comment=data.comment)


@_on(ev.AlertAccepted)
def _(consult: Consult, event: ev.Event, data: ev.AlertAccepted) -> Consult:
    after = _alert(consult, data.alert_id, stage="accepted")
    return replace(after, problems=_put(consult.problems, data.problem.id, data.problem))


@_on(ev.AlertReopened)
def _(consult: Consult, event: ev.Event, data: ev.AlertReopened) -> Consult:
    return _alert(consult, data.alert_id, stage="raised", reason="", comment="")


@_on(ev.ProblemAdded)
def _(consult: Consult, event: ev.Event, data: ev.ProblemAdded) -> Consult:
    return replace(consult, problems=_put(consult.problems, data.problem.id, data.problem))


@_on(ev.ProblemRemoved)
def _(consult: Consult, event: ev.Event, data: ev.ProblemRemoved) -> Consult:
    return replace(consult, problems=_drop(consult.problems, data.problem_id))


@_on(ev.RegimenAssessed)
def _(consult: Consult, event: ev.Event, data: ev.RegimenAssessed) -> Consult:
    return replace(consult, checked=Checked(data.based_on, data.checked, data.not_checked, data.data_date))


@_on(ev.ChecksFailed)
def _(consult: Consult, event: ev.Event, data: ev.ChecksFailed) -> Consult:
    return replace(consult, checked=replace(consult.checked, failed=data.code))


@_on(ev.GuidanceChanged)
def _(consult: Consult, event: ev.Event, data: ev.GuidanceChanged) -> Consult:
    return replace(consult, guidance=data.guidance)


# --- script, chat, plan


@_on(ev.ScriptStepEntered)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepEntered) -> Consult:
    return replace(consult, step_id=data.step_id, skipped=_drop(consult.skipped, data.step_id))


@_on(ev.ScriptAnswered)
@_on(ev.AnswerProposed)
def _(consult: Consult, event: ev.Event, data: ev.ScriptAnswered) -> Consult:
    return replace(consult, answers=_put(consult.answers, data.answer.key, data.answer))


@_on(ev.AnswerDropped)
def _(consult: Consult, event: ev.Event, data: ev.AnswerDropped) -> Consult:
    return replace(consult, answers=_drop(consult.answers, data.key))


@_on(ev.ScriptStepSkipped)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepSkipped) -> Consult:
    return replace(consult, skipped=_put(consult.skipped, data.step_id, data.reason))


@_on(ev.ScriptStepResumed)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepResumed) -> Consult:
    return replace(consult, skipped=_drop(consult.skipped, data.step_id))


@_on(ev.ChatMessageSent)
def _(consult: Consult, event: ev.Event, data: ev.ChatMessageSent) -> Consult:
    return replace(consult, chat=(*consult.chat, ChatMessage(data.message_id, event.actor, data.text, event.at)))


@_on(ev.TodoAdded)
@_on(ev.TodoEdited)
def _(consult: Consult, event: ev.Event, data: ev.TodoAdded) -> Consult:
    return replace(consult, todos=_put(consult.todos, data.item.id, data.item))


@_on(ev.TodoRemoved)
def _(consult: Consult, event: ev.Event, data: ev.TodoRemoved) -> Consult:
    return replace(consult, todos=_drop(consult.todos, data.item_id))


# --- takeaway


@_on(ev.TakeawayRequested)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayRequested) -> Consult:
    return replace(consult, takeaway_pending=True, takeaway_failed="", takeaway_language=data.language)


@_on(ev.TakeawayFailed)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayFailed) -> Consult:
    return replace(consult, takeaway_pending=False, takeaway_failed=data.code)


@_on(ev.TakeawayDrafted)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayDrafted) -> Consult:
    draft = Takeaway(
        data.version,
        "drafted",
        data.sha256,
        data.html_sha256,
        data.based_on,
        event.at,
        language=data.language,
        copies=data.copies,
        failing=data.failing,
        grade=data.grade,
    )
    return replace(consult, takeaways=(*consult.takeaways, draft), takeaway_pending=False)


def _stage(consult: Consult, version: int, stage: TakeawayStage, **change: Any) -> Consult:
    takeaways = tuple(
        replace(one, stage=stage, **change) if one.version == version else one for one in consult.takeaways
    )
    return replace(consult, takeaways=takeaways)


@_on(ev.TakeawaySigned)
def _(consult: Consult, event: ev.Event, data: ev.TakeawaySigned) -> Consult:
    return _stage(consult, data.version, "signed", signed_by=event.actor.name, signed_at=event.at)


@_on(ev.TakeawayIssued)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayIssued) -> Consult:
    after = consult
    for one in consult.takeaways:
        if one.stage == "issued" and one.version != data.version:
            after = _stage(after, one.version, "superseded")
    return _stage(after, data.version, "issued", issued_at=event.at, override=data.override)


@_on(ev.TakeawayVoided)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayVoided) -> Consult:
    return _stage(consult, data.version, "voided", voided_because=data.because)


@_on(ev.TakeawayRecalled)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayRecalled) -> Consult:
    return _stage(consult, data.version, "recalled", recalled_because=data.reason)


@_on(ev.DeliveryRequested)
@_on(ev.TakeawayDelivered)
@_on(ev.DeliveryFailed)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayDelivered) -> Consult:
    delivery = replace(data.delivery, at=event.at)
    return replace(consult, deliveries=_put(consult.deliveries, delivery.id, delivery))


@_on(ev.EmailConsentRecorded)
def _(consult: Consult, event: ev.Event, data: ev.EmailConsentRecorded) -> Consult:
    return replace(consult, email=EmailConsent(data.address, data.agreed, event.at))


@_on(ev.RepresentativeNamed)
def _(consult: Consult, event: ev.Event, data: ev.RepresentativeNamed) -> Consult:
    return replace(consult, representative=data.representative)
