"""What a plan is given: one row a member, as CSV or JSON."""

from __future__ import annotations

from aiohttp import web

from consult.api.parts import PARTS
from consult.api.reading import consult_at
from consult.api.sessions import note
from consult.domain.days import day_of
from consult.takeaway.partd import as_csv, as_json, member_rows


async def report(request: web.Request) -> web.Response:
    """The members with a consult held from `from` to `to` (YYYY-MM-DD, both included)."""
    parts, kind = request.app[PARTS], request.match_info["form"]
    start, end = request.query.get("from", ""), request.query.get("to", "")
    held = [
        row for row in await parts.store.rows() if row.opened_at and start <= day_of(row.opened_at, parts.zone) <= end
    ]
    consults = [await consult_at(parts.store, row.id) for row in held]
    rows = member_rows(consults, start, end, parts.zone)
    await note(request, "http_plan_report", "", f"{start} to {end}: {len(rows)} members")
    text, media = (as_csv(rows), "text/csv") if kind == "csv" else (as_json(rows), "application/json")
    headers = {"Content-Disposition": f'attachment; filename="part-d-{start}-{end}.{kind}"'}
    return web.Response(text=text, content_type=media, charset="utf-8", headers=headers)
