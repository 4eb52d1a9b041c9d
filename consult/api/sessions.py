"""The cookie of a role, and the session behind it. One browser may hold one session of each role."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web

from consult.api.parts import PARTS, ApiParts
from consult.auth.sessions import Pass
from consult.domain.identity import Session
from consult.domain.people import Actor, Role, door_of
from consult.errors import SignInNeeded

SESSION: web.RequestKey[Session] = web.RequestKey("api_session", Session)
ROLES: tuple[Role, ...] = ("pharmacist", "supervisor", "patient")  # the doors: `as=` names one of them
LONGEST_TOKEN = 200


def cookie_name(role: str) -> str:
    return f"consult_{door_of(role)}"


def set_cookie(response: web.Response, parts: ApiParts, granted: Pass) -> None:
    """The session's cookie: unreadable for scripts, never sent by another site, gone when the session ends."""
    ends = datetime.fromisoformat(granted.session.expires_at)
    response.set_cookie(
        cookie_name(granted.session.role),
        granted.token,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=parts.secure_cookies,
        max_age=max(0, int((ends - parts.clock()).total_seconds())),
    )


def drop_cookie(response: web.Response, parts: ApiParts, role: str) -> None:
    response.del_cookie(cookie_name(role), path="/", httponly=True, samesite="Strict", secure=parts.secure_cookies)


def who_of(parts: ApiParts) -> Callable[[web.Request, str], Awaitable[Session]]:
    """A function that names the session of a request in a role. It raises SignInNeeded where there is none."""

    async def who(request: web.Request, role: str) -> Session:
        token = request.cookies.get(cookie_name(role), "")
        if role in ROLES and token and len(token) <= LONGEST_TOKEN:
            session = await parts.doorkeeper.who(token, role)
            if session is not None:
                return session
        raise SignInNeeded("Sign in first.")

    return who


def session_of(request: web.Request) -> Session:
    """The session that the guard has found. Raises SignInNeeded on a route that needs none."""
    session: Session | None = request.get(SESSION)
    if session is None:
        raise SignInNeeded("Sign in first.")
    return session


def actor_of(request: web.Request) -> Actor:
    session = session_of(request)
    return Actor(session.member_id, session.role, session.name)


async def note(request: web.Request, action: str, consult_id: str = "", object: str = "") -> None:
    """Record a read in the audit trail; done before the bytes leave."""
    parts = request.app[PARTS]
    await parts.audit.record(parts.now(), actor_of(request), action, consult_id, object)
