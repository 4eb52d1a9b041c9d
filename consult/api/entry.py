"""Coming in and going out: sign-in of staff, join of patients, who one is, sign-out."""

from __future__ import annotations

from aiohttp import web

from consult.api.bodies import iso_day, read_object, texts
from consult.api.parts import PARTS, Json
from consult.api.sessions import ROLES, cookie_name, drop_cookie, session_of, set_cookie
from consult.domain.people import INVITED, STAFF
from consult.errors import BadCommand


async def sign_in(request: web.Request) -> web.Response:
    """A session for an account of a role, as a cookie; a session that the browser had in this role ends."""
    parts = request.app[PARTS]
    body = await read_object(request)
    login, password, role = texts(body, login=80, password=128, **{"as": 20})
    if role not in STAFF:
        raise BadCommand("as must be pharmacist or supervisor.", code="bad-field", field="as")
    granted = await parts.doorkeeper.sign_in(login, password, role, parts.client_of(request))
    await _end(request, role)
    response = web.json_response({"role": granted.session.role, "name": granted.session.name})
    set_cookie(response, parts, granted)
    return response


async def join(request: web.Request) -> web.Response:
    """A session for whoever has a link: the patient after the date of birth, a caregiver or an interpreter without.

    The link's token comes in the body only.
    """
    parts = request.app[PARTS]
    body = await read_object(request)
    token, *dates = texts(body, token=200, **({"birth_date": 10} if "birth_date" in body else {}))
    birth_date = iso_day(dates[0], "birth_date") if dates else ""
    granted = await parts.doorkeeper.join(token, birth_date, parts.client_of(request))
    await _end(request, "patient")
    response = web.json_response({"consult_id": granted.session.consult_id, "name": granted.session.name})
    set_cookie(response, parts, granted)
    return response


async def sign_out(request: web.Request) -> web.Response:
    """End the session of a role. It answers the same whether there was one."""
    role = request.query.get("as", "")
    if role not in ROLES:
        raise BadCommand("as must be a role.", code="bad-field", field="as")
    await _end(request, role)
    response = web.json_response({})
    drop_cookie(response, request.app[PARTS], role)
    return response


async def me(request: web.Request) -> web.Response:
    """Who the caller is; a patient is also told when the visit is and with whom."""
    session = session_of(request)
    answer: Json = {
        "id": session.member_id,
        "role": session.role,
        "name": session.name,
        "consult_id": session.consult_id,
    }
    if session.role == "pharmacist":
        answer["mail"] = request.app[PARTS].send_mail is not None
    if session.role in INVITED:
        answer["visit"] = await _visit(request, session.consult_id)
    return web.json_response(answer)


async def _visit(request: web.Request, consult_id: str) -> Json:
    parts = request.app[PARTS]
    row = await parts.store.row(consult_id)
    account = await parts.accounts.by_id(row.pharmacist_id) if row is not None else None
    return {
        "planned_at": row.planned_at if row is not None else "",
        "phase": row.phase if row is not None else "",
        "pharmacist_name": account.name if account is not None else "",
        "pharmacist_title": account.title if account is not None else "",
    }


async def _end(request: web.Request, role: str) -> None:
    token = request.cookies.get(cookie_name(role))
    if token:
        await request.app[PARTS].doorkeeper.sign_out(token)
