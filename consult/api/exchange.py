"""A consult for another system, and what another system knows for a consult."""

from __future__ import annotations

import json

from aiohttp import web

from consult.api.parts import PARTS
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import note

FHIR = "application/fhir+json"


async def export(request: web.Request) -> web.Response:
    """The consult as a bundle, to be saved; `draft=1` also where nothing is signed."""
    parts, kind = request.app[PARTS], request.match_info["kind"]
    row = await consult_row(request)
    consult = await consult_at(parts.store, row.id)
    bundle = await parts.export_fhir(consult, kind, request.query.get("draft") == "1")
    await note(request, "http_fhir_export", row.id, kind)
    day = (consult.opened_at or consult.planned_at)[:10]
    return web.Response(
        body=json.dumps(bundle, ensure_ascii=False).encode(),
        content_type=FHIR,
        charset="utf-8",
        headers={"Content-Disposition": f'attachment; filename="medication-review-{day}.{kind}.json"'},
    )
