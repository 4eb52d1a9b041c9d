"""The guard before every route: default deny by name, own origin for changes, the session of the role asked for."""

from __future__ import annotations

from aiohttp import web

from consult.api.headers import Handler
from consult.api.parts import PARTS
from consult.api.sessions import SESSION, who_of
from consult.auth.access import ACTIONS, ANYONE, may
from consult.domain.people import Actor
from consult.errors import ConsultError, Forbidden, NotFound

READS = ("GET", "HEAD")
PAGE_ROLES = {"http_pharmacist_page": "pharmacist", "http_supervisor_page": "supervisor"}
OWN_REPORTS = frozenset({"http_csp_report"})  # the browser sends them by itself, without our header
NOTHING_HERE = "There is nothing at this address, or it is not for this person."
LONGEST_BODY = 64 * 1024  # bytes
LARGER = {  # bytes
    "http_send_picture": 240 * 1024,
    **dict.fromkeys(("http_read_history", "http_import_history"), 20 * 1024 * 1024),
}


class ForeignRequest(Forbidden):
    """A change that was not sent by a page of this site."""

    code = "foreign-request"


class TooLarge(ConsultError):
    code = "too-large"
    status = 413


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets a request through to a route that the table of actions names for its role; refuses all others."""
    parts = request.app[PARTS]
    if request.path.startswith(parts.own_doors):
        return await handler(request)
    if request.match_info.http_exception is not None:
        raise request.match_info.http_exception
    resource = request.match_info.route.resource
    action = (resource.name if resource is not None else None) or ""
    if action not in ACTIONS:
        raise NotFound(NOTHING_HERE)
    longest = LARGER.get(action, LONGEST_BODY)
    if (request.content_length or 0) > longest:
        raise TooLarge(f"The request is too large: at most {longest} bytes.")
    if request.method not in READS and action not in OWN_REPORTS:
        _check_origin(request, parts.allowed_origins)
    if may(ANYONE, action):
        return await handler(request)
    session = await who_of(parts)(request, PAGE_ROLES.get(action, request.query.get("as", "")))
    request[SESSION] = session
    try:
        if not may(session.role, action):
            raise Forbidden("Your role may not do this.")
        return await handler(request)
    except (Forbidden, NotFound) as error:
        actor = Actor(session.member_id, session.role)
        await parts.audit.record(parts.now(), actor, action, session.consult_id, outcome="denied", code=error.code)
        raise


def _check_origin(request: web.Request, allowed: tuple[str, ...]) -> None:
    """A change comes from a page of ours: named origin, and a header that a foreign form cannot send."""
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    if request.headers.get("Origin") not in allowed or fetched != "same-origin":
        raise ForeignRequest("This request did not come from a page of this site.")
    if request.headers.get("Consult-Request") != "1":
        raise ForeignRequest("The header Consult-Request is missing.")
