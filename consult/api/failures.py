"""Errors become responses here and nowhere else: coded JSON, or a page in plain words where a person looks."""

from __future__ import annotations

import asyncio
import json
import logging

from aiohttp import web

from consult.api.guard import PAGE_ROLES
from consult.api.headers import Handler
from consult.api.pages import error_page, redirect
from consult.api.parts import PARTS
from consult.errors import ConsultError, SignInNeeded

log = logging.getLogger("consult.api")

CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    411: "length-needed",
    413: "too-large",
    415: "json-needed",
}
MESSAGES = {
    404: "There is nothing at this address, or it is not for this person.",
    405: "This address does not take that method.",
    413: "The request is too large.",
}


@web.middleware
async def failures(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Catches everything below. An unforeseen error is logged by id, type and place: its text may quote a patient."""
    try:
        return await handler(request)
    except SignInNeeded as error:
        role = PAGE_ROLES.get(_route_name(request))
        return redirect(f"/signin?as={role}") if role else failure(request, error.status, error.code, error.message)
    except ConsultError as error:
        return failure(request, error.status, error.code, error.message)
    except web.HTTPException as error:
        if error.status < 400:
            return web.Response(status=error.status, headers={"Location": error.headers.get("Location", "/")})
        code = CODES.get(error.status, "bad-request")
        return failure(request, error.status, code, MESSAGES.get(error.status, "The request is not understood."))
    except (asyncio.CancelledError, ConnectionResetError):
        raise
    except Exception as error:
        reference = request.app[PARTS].new_id()
        log.error("internal error %s: %s at %s", reference, type(error).__name__, _place(error))
        return failure(request, 500, "internal", f"Something went wrong on our side. Reference: {reference}")


def failure(request: web.Request, status: int, code: str, message: str) -> web.Response:
    """The error response: a page for a person's navigation, JSON for a program."""
    if request.method in ("GET", "HEAD") and "text/html" in request.headers.get("Accept", ""):
        return error_page(request, status, code, message)
    body = json.dumps({"code": code, "message": message})
    return web.Response(text=body, status=status, content_type="application/json")


def _route_name(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return (resource.name or "") if resource is not None else ""


def _place(error: BaseException) -> str:
    """Where it was raised, as module file and line; no values."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown"
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
