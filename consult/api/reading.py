"""Finding a consult for a caller. An id that does not exist and one that is somebody else's give the same answer."""

from __future__ import annotations

from aiohttp import web

from consult.api.guard import NOTHING_HERE
from consult.api.parts import PARTS, Store
from consult.api.sessions import session_of
from consult.domain.consult import Consult, fold
from consult.domain.identity import Session
from consult.domain.summary import ConsultRow
from consult.errors import NotFound

PAGE = 1000  # events read at a time
LONGEST_ID = 80


async def consult_row(request: web.Request) -> ConsultRow:
    """The row of the consult in the address, if it is the caller's to see. Raises NotFound."""
    consult_id = request.match_info["consult_id"]
    row = await request.app[PARTS].store.row(consult_id) if len(consult_id) <= LONGEST_ID else None
    if row is None or not may_see(session_of(request), row):
        raise NotFound(NOTHING_HERE)
    return row


def may_see(session: Session, row: ConsultRow) -> bool:
    """A pharmacist sees the consults that are theirs, a supervisor all, whoever was invited the one of the session."""
    match session.role:
        case "pharmacist":
            return row.pharmacist_id == session.member_id
        case "supervisor":
            return True
        case "patient" | "caregiver" | "interpreter":
            return session.consult_id == row.id
    return False


async def consult_at(store: Store, consult_id: str, until: int | None = None) -> Consult:
    """The state of a consult after the event `until`, the newest where it is left out."""
    consult = Consult(consult_id)
    while until is None or consult.seq < until:
        limit = PAGE if until is None else min(PAGE, until - consult.seq)
        events = await store.read(consult_id, consult.seq, limit)
        if not events:
            break
        consult = fold(consult, events)
    return consult
