"""What is known from the earlier consults of the same patient, for preparing the next one; and ending a join link."""

from __future__ import annotations

from dataclasses import asdict

from aiohttp import web

from consult.api.bodies import read_object
from consult.api.parts import PARTS, Json
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import note, session_of
from consult.domain.people import patient_member
from consult.domain.state import Consult
from consult.domain.summary import ConsultRow
from consult.storage.codec import to_json

MOST = 3


async def earlier(request: web.Request) -> web.Response:
    """The caller's own last consults with this patient, newest first: same name (in any case) and date of birth."""
    parts, row = request.app[PARTS], await consult_row(request)
    rows = await parts.store.rows(session_of(request).member_id)
    same = [one for one in rows if _person(one) == _person(row) and one.id != row.id and one.opened_at]
    same.sort(key=lambda one: one.opened_at, reverse=True)
    await note(request, "http_earlier", row.id)
    found = [_told(one, await consult_at(parts.store, one.id)) for one in same[:MOST]]
    return web.json_response({"earlier": found, "more": max(0, len(same) - MOST)})


async def revoke(request: web.Request) -> web.Response:
    """End the patient's join link without making another. Who is in the visit stays there."""
    await read_object(request)
    row = await consult_row(request)
    ended = await request.app[PARTS].doorkeeper.revoke(row.id, patient_member(row.id))
    await note(request, "http_revoke_link", row.id)
    return web.json_response({"ended": ended})


def _person(row: ConsultRow) -> tuple[str, str]:
    return (" ".join(row.patient_name.casefold().split()), row.birth_date)


def _told(row: ConsultRow, consult: Consult) -> Json:
    """One earlier consult: problems, follow-ups, to-do list, the medications it left confirmed, its newest document."""
    takeaway = consult.takeaway()
    return {
        "id": row.id,
        "opened_at": row.opened_at,
        "kind": row.kind,
        "problems": [problem.title for problem in consult.problems.values()],
        "follow_ups": [to_json(one) for one in sorted(consult.follow_ups.values(), key=lambda one: one.due)],
        "todos": [{"topic": item.topic, "action": item.action} for item in consult.todos.values()],
        "medications": [asdict(one) for one in consult.medications.values() if one.review == "confirmed"],
        "takeaway": {"version": takeaway.version, "stage": takeaway.stage} if takeaway is not None else None,
    }
