"""For whoever runs the site: is it well, and did a page try what its policy forbids."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from consult.api.guard import LONGEST_BODY
from consult.api.parts import PARTS

log = logging.getLogger("consult.csp")
ONCE_IN = timedelta(minutes=1)
TOLD: web.AppKey[dict[str, datetime]] = web.AppKey("csp_told", dict)  # when each directive was last logged
DIRECTIVES = frozenset(
    {
        "base-uri",
        "connect-src",
        "default-src",
        "font-src",
        "form-action",
        "frame-ancestors",
        "frame-src",
        "img-src",
        "media-src",
        "object-src",
        "require-trusted-types-for",
        "script-src",
        "script-src-attr",
        "script-src-elem",
        "style-src",
        "style-src-attr",
        "style-src-elem",
        "worker-src",
    }
)


async def health(request: web.Request) -> web.Response:
    """The process lives and answers; nothing else is asked. For whoever restarts it."""
    return web.json_response({"status": "ok"})


async def ready(request: web.Request) -> web.Response:
    """`status` is "ok" or "failing" (503). A check says "ok", "failing: ..." or something the operator should know.
    For whoever sends pages here."""
    checks = dict(await request.app[PARTS].ready())
    failing = any(text.startswith("failing") for text in checks.values())
    answer = {"status": "failing" if failing else "ok", "checks": checks}
    return web.json_response(answer, status=503 if failing else 200)


async def csp_report(request: web.Request) -> web.Response:
    """Logs the directive alone, once a minute: addresses and samples in a report may hold anything, in any number."""
    directive = _directive(await request.content.read(LONGEST_BODY))
    now, told = request.app[PARTS].clock(), request.app[TOLD]
    if directive not in told or now - told[directive] >= ONCE_IN:
        told[directive] = now
        log.warning("content policy report: %s", directive)
    return web.Response(status=204)


def _directive(raw: bytes) -> str:
    try:
        report: Any = json.loads(raw)["csp-report"]
        named = report.get("effective-directive") or report.get("violated-directive", "").partition(" ")[0]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "unreadable"
    return named if named in DIRECTIVES else "unknown"
