"""Short ways to write events and appends down."""

from __future__ import annotations

import uuid

from consult.domain.events import Event, EventData, NoteLinePut
from consult.domain.people import Actor
from consult.domain.summary import ConsultRow
from consult.storage.events import Append

ANN = Actor("staff-1", "pharmacist", "Ann Lee")
AT = "2026-03-02T10:00:00.000Z"


def line(text: str = "takes metoprolol 25 mg twice daily", line_id: str = "line-1") -> NoteLinePut:
    return NoteLinePut(line_id, "", 1, text, False, "pharmacist")


def batch(
    consult_id: str,
    expected_seq: int = 0,
    *data: EventData,
    command_id: str = "",
    pharmacist_id: str = "staff-1",
    phase: str = "open",
    planned_at: str = "",
) -> Append:
    """An append of `data` (a new id for the command where none is given)."""
    command_id = command_id or str(uuid.uuid4())
    events = tuple(Event(seq, consult_id, command_id, AT, ANN, one) for seq, one in enumerate(data, expected_seq + 1))
    summary = ConsultRow(
        consult_id, phase=phase, pharmacist_id=pharmacist_id, planned_at=planned_at, lines=expected_seq + len(data)
    )
    return Append(consult_id, expected_seq, command_id, events, ANN, "put_note_line", summary, AT)
