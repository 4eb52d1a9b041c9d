"""Security headers: on every response, errors included. Recipe and measurements: docs/security.md."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web

from consult.api.parts import PARTS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

NONCE: web.RequestKey[str] = web.RequestKey("nonce", str)
IMMUTABLE = "public, max-age=31536000, immutable"
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)


def page_policy(nonce: str) -> str:
    """The policy of a page: own scripts, styles and connections only, nothing inline without the nonce."""
    return (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; report-uri /csp-report"
    )


def document_policy(html: bytes) -> str:
    """The policy of a stored document. Its bytes are signed and cannot take a nonce, so its styles go by hash."""
    hashes = " ".join(f"'sha256-{_digest(style)}'" for style in _STYLE.findall(html)) or "'none'"
    return (
        f"default-src 'none'; style-src {hashes}; img-src data:; font-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-modals"
    )


PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"


def _digest(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def nonce_of(request: web.Request) -> str:
    """The nonce of this response, made once."""
    if NONCE not in request:
        request[NONCE] = secrets.token_urlsafe(18)
    return request[NONCE]


@web.middleware
async def security_headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Adds what the handler has not set itself; leaves a response alone that is already on its way."""
    response = await handler(request)
    if not response.prepared:
        _protect(request, response)
    return response


def _protect(request: web.Request, response: web.StreamResponse) -> None:
    is_page = response.content_type == "text/html"
    headers = response.headers
    headers.setdefault("Content-Security-Policy", page_policy(nonce_of(request)) if is_page else NOTHING)
    headers["Server"] = "consult"  # not which library in which version
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers["Permissions-Policy"] = (
        "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()"
    )
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers.setdefault("Cache-Control", "no-store")
    headers.setdefault("X-Robots-Tag", "noindex")
    if request.app[PARTS].secure_cookies:
        headers["Strict-Transport-Security"] = "max-age=31536000"
