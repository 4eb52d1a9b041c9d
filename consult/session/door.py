"""The door: what a socket must satisfy before Socket.IO sees it, and what the library must not do by itself.

WebSocket only, own origin list, a signed-in session at the HTTP handshake, no compression, no binary packets,
no library logger that prints payloads.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import engineio
import orjson
import socketio
from aiohttp import web
from engineio.async_drivers import aiohttp as driver
from socketio.packet import BINARY_ACK, BINARY_EVENT, Packet

from consult.domain.identity import Session
from consult.errors import ConsultError, Forbidden, SignInNeeded, SiteError

MAX_MESSAGE = 64 * 1024  # bytes of one incoming message
MALFORMED = 5  # unreadable packets before a socket is closed
MAX_QUEUED = 1000  # packets waiting for one socket that does not read
SESSION: web.RequestKey[Session] = web.RequestKey("consult_session", Session)
Who = Callable[[web.Request, str], Awaitable[Session]]


class TextPacket(Packet):  # type: ignore[misc]
    """A packet that holds no binary: an attachment header would make the server keep what follows."""

    def decode(self, encoded_packet: Any) -> Any:
        if not isinstance(encoded_packet, str):
            raise ValueError("binary packets are refused")
        result = super().decode(encoded_packet)
        if self.packet_type in (BINARY_EVENT, BINARY_ACK):
            raise ValueError("binary packets are refused")
        return result


class _Json:
    """orjson in the shape that the library calls: extra arguments are dropped, text comes back."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


class _PlainWebSocket(driver.WebSocket):  # type: ignore[misc]
    """The driver's WebSocket without permessage-deflate, which costs four times the memory a connection."""

    async def __call__(self, environ: dict[str, Any]) -> Any:
        request = environ["aiohttp.request"]
        self._sock = web.WebSocketResponse(max_msg_size=MAX_MESSAGE, compress=False)
        await self._sock.prepare(request)
        self.environ = environ
        await self.handler(self)
        return self._sock


class _Server(socketio.AsyncServer):  # type: ignore[misc]
    """Counts packets that cannot be read; the fifth closes the socket. Nothing of a packet is logged."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._malformed: dict[str, int] = {}

    async def _handle_eio_message(self, eio_sid: str, data: Any) -> None:
        try:
            if isinstance(data, bytes):
                raise ValueError("binary packets are refused")
            await super()._handle_eio_message(eio_sid, data)
        except (ValueError, IndexError, KeyError, TypeError):
            self._malformed[eio_sid] = self._malformed.get(eio_sid, 0) + 1
            if self._malformed[eio_sid] >= MALFORMED:
                await self.eio.disconnect(eio_sid)

    async def _handle_eio_disconnect(self, eio_sid: str, reason: Any) -> None:
        self._malformed.pop(eio_sid, None)
        await super()._handle_eio_disconnect(eio_sid, reason)


def make_server(origins: tuple[str, ...]) -> socketio.AsyncServer:
    """The Socket.IO server. Raises SiteError on an origin list that would let everybody in."""
    if not origins or "*" in origins:
        raise SiteError("The list of allowed origins must name this site's own origin, and nothing else.")
    quiet = logging.getLogger("consult.socketio")
    quiet.setLevel(logging.CRITICAL)
    server = _Server(
        async_mode="aiohttp",
        transports=["websocket"],
        cors_allowed_origins=list(origins),
        serializer=TextPacket,
        json=_Json,
        async_handlers=True,
        max_http_buffer_size=MAX_MESSAGE,
        ping_interval=10,
        ping_timeout=10,
        logger=quiet,
        engineio_logger=quiet,
        http_compression=False,
        cookie=None,
    )
    engine: engineio.AsyncServer = server.eio
    engine._async = {**engine._async, "websocket": _PlainWebSocket}
    return server


def guard(path: str, origins: tuple[str, ...], who: Who) -> Any:
    """Middleware: nobody reaches Socket.IO without an allowed origin and a signed-in session."""

    @web.middleware
    async def middleware(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
        if not request.path.startswith(path):
            return await handler(request)
        query = request.query
        if query.get("transport") != "websocket" or query.get("EIO") != "4" or "j" in query:
            return _refuse(400, "websocket-only", "Only WebSocket connections are served here.")
        if request.headers.get("Origin") not in origins:
            return _refuse(403, "foreign-origin", "This origin may not connect.")
        try:
            request[SESSION] = await who(request, query.get("as", ""))
        except (SignInNeeded, Forbidden) as error:
            return _refuse(error.status, error.code, error.message)
        except ConsultError as error:
            return _refuse(error.status, error.code, error.message)
        return await handler(request)

    return middleware


def _refuse(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)


class Bucket:
    """A token bucket: `burst` at once, `rate` a second after that."""

    def __init__(self, rate: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._at = burst, now()

    def take(self) -> bool:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
