"""One consult in one row: what the lists of consults show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo

from consult.domain.days import day_of
from consult.domain.events import Event, NoteLinePut
from consult.domain.follow_up import FollowUp
from consult.domain.state import Consult

DAYS_ALLOWED = 14  # calendar days from the review to its written summary (42 CFR 423.153(d)(1)(vii))


@dataclass(frozen=True)  # no slots: most rows are the one before with another time
class ConsultRow:
    """`medications` counts confirmed rows, `to_confirm` proposals of any kind, `alerts_open` alerts nobody answered.

    `takeaway_due` is the last day (YYYY-MM-DD, of UTC until `told_in`) for the written summary, "" where none is due or
    it went out, which
    `takeaway_sent` (a time) says. `waiting` says that the patient is here and not let in; `unfinished` that a
    document is still to be made or sent. `pharmacist_name` is
    filled by whoever knows the accounts; `last_at` is the time of the newest change; `follow_ups` are those still
    planned, the first due first.
    """

    id: str
    patient_name: str = ""
    birth_date: str = ""
    kind: str = "cmr"
    modality: str = "video"
    planned_at: str = ""
    phase: str = "none"
    opened_at: str = ""
    closed_at: str = ""
    pharmacist_id: str = ""
    pharmacist_name: str = ""
    lines: int = 0
    medications: int = 0
    to_confirm: int = 0
    alerts_critical: int = 0
    alerts_open: int = 0
    problems: int = 0
    waiting: bool = False
    takeaway_stage: str = ""
    takeaway_due: str = ""
    takeaway_sent: str = ""
    unfinished: bool = False
    last_at: str = ""
    follow_ups: tuple[FollowUp, ...] = ()


def summarise(consult: Consult, last_at: str = "") -> ConsultRow:
    """The row of `consult`. `last_at` is the time of its newest event; without it the newest time in the state."""
    patient, takeaway = consult.patient, consult.takeaway()
    reviews = [row.review for row in consult.medications.values()]
    proposable = (
        *reviews,
        *(row.review for row in consult.effects.values()),
        *(row.review for row in consult.allergies.values()),
    )
    raised = [row.alert for row in consult.alerts.values() if row.stage == "raised"]
    return ConsultRow(
        id=consult.id,
        patient_name=patient.name if patient else "",
        birth_date=patient.birth_date if patient else "",
        kind=consult.kind,
        modality=consult.modality,
        planned_at=consult.planned_at,
        phase=consult.phase,
        opened_at=consult.opened_at,
        closed_at=consult.closed_at,
        pharmacist_id=consult.pharmacist_id,
        lines=len(consult.order),
        medications=reviews.count("confirmed"),
        to_confirm=proposable.count("proposed"),
        alerts_critical=sum(alert.indicator == "critical" for alert in raised),
        alerts_open=len(raised),
        problems=len(consult.problems),
        waiting=consult.phase != "closed"
        and any(
            one.role == "patient" and one.present and one.state == "waiting" for one in consult.participants.values()
        ),
        takeaway_stage=takeaway.stage if takeaway else "",
        takeaway_due=due_on(consult),
        takeaway_sent=consult.provided_at(),
        unfinished=consult.takeaway_pending
        or any(one.stage == "requested" for one in consult.letters.values())
        or any(one.waiting for one in consult.deliveries.values()),
        last_at=last_at or _newest(consult),
        follow_ups=tuple(
            sorted((one for one in consult.follow_ups.values() if one.stage == "planned"), key=lambda one: one.due)
        ),
    )


def follow(before: ConsultRow, consult: Consult, events: Sequence[Event]) -> ConsultRow:
    """The row of `consult` after `events`, where `before` was its row. Most are written lines, which change little."""
    if any(type(event.data) is not NoteLinePut for event in events):
        return summarise(consult, events[-1].at)
    row = object.__new__(ConsultRow)
    row.__dict__.update(before.__dict__, lines=len(consult.order), last_at=events[-1].at)
    return row


def due_on(consult: Consult) -> str:
    """The last day for the written summary of a comprehensive review that was held: 14 days after the service.

    "" where none is due: another kind of consult, one not held, or a summary that went out. Source: 42 CFR 423.153(d).
    """
    if consult.kind != "cmr" or not consult.opened_at or consult.provided_at():
        return ""
    return _last_day(consult.opened_at[:10])


def told_in(row: ConsultRow, zone: tzinfo | None) -> ConsultRow:
    """The row with its last day as it is where the site is; None for the zone of the machine."""
    return replace(row, takeaway_due=_last_day(day_of(row.opened_at, zone))) if row.takeaway_due else row


def _last_day(service: str) -> str:
    return (date.fromisoformat(service) + timedelta(days=DAYS_ALLOWED)).isoformat()


def _newest(consult: Consult) -> str:
    takeaway = consult.takeaway()
    return max(
        consult.opened_at,
        consult.closed_at,
        *(line.at for line in consult.lines.values()),
        *(message.at for message in consult.chat),
        *((takeaway.signed_at, takeaway.issued_at) if takeaway else ()),
    )
