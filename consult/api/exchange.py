"""A consult for another system, and what another system knows for a consult."""

from __future__ import annotations

import json

from aiohttp import web

from consult.api.bodies import read_bytes
from consult.api.guard import LARGER
from consult.api.parts import PARTS
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import actor_of, note
from consult.domain.days import day_of

FHIR = "application/fhir+json"


async def export(request: web.Request) -> web.Response:
    """The consult as a bundle, to be saved; `draft=1` also where nothing is signed."""
    parts, kind = request.app[PARTS], request.match_info["kind"]
    row = await consult_row(request)
    consult = await consult_at(parts.store, row.id)
    bundle = await parts.export_fhir(consult, kind, request.query.get("draft") == "1")
    await note(request, "http_fhir_export", row.id, kind)
    day = day_of(consult.opened_at or consult.planned_at, parts.zone)
    return web.Response(
        body=json.dumps(bundle, ensure_ascii=False).encode(),
        content_type=FHIR,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="medication-review-{day}.{kind}.json"'},
    )


async def read_history(request: web.Request) -> web.Response:
    """What a patient's bundle or a CSV of fills holds, as the body of a new consult, and a report. Stores nothing."""
    parts = request.app[PARTS]
    content = await read_bytes(request, LARGER["http_read_history"])
    found = await parts.read_history(content, _name(request))
    await note(request, "http_read_history")
    return web.json_response(found)


async def import_history(request: web.Request) -> web.Response:
    """Add what a file holds to a consult; with `try=1` only say what would become of it."""
    parts, actor = request.app[PARTS], actor_of(request)
    row = await consult_row(request)
    content = await read_bytes(request, LARGER["http_import_history"])
    stored = request.query.get("try") != "1"
    report = await parts.import_history(row.id, content, _name(request), actor, stored)
    await note(request, "http_import_history", row.id, "stored" if stored else "tried")
    return web.json_response({"stored": stored, "report": report})


def _name(request: web.Request) -> str:
    """The name of the file as the page tells it, for the messages and for the source of the fills."""
    return "".join(char for char in request.query.get("name", "") if char.isprintable())[:80] or "the file"
