"""The door: what a socket must satisfy before Socket.IO sees it, and what the library must not do by itself.

WebSocket only, own origin list, a signed-in session at the HTTP handshake, no compression, no binary packets,
no library logger that prints payloads.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

import engineio
import orjson
import socketio
from aiohttp import web
from socketio.packet import BINARY_ACK, BINARY_EVENT, CONNECT, DISCONNECT, EVENT, Packet

from consult.domain.identity import Session
from consult.errors import ConsultError, SiteError, TooMany
from consult.session.socket import Limits, PlainSocket

LIMITS = Limits()
CLOSE_SECONDS = 1.0  # that a page has to go by itself
RESERVED = ("connect", "disconnect", "*")  # events of the library itself, never of a page
PLAIN_EVENT = re.compile(r"2([0-9]{0,15})(?=\[)")  # an event of "/" with the number of its acknowledgement
SESSION: web.RequestKey[Session] = web.RequestKey("consult_session", Session)
Who = Callable[[web.Request, str], Awaitable[Session]]
Reply = Callable[[dict[str, Any]], None]
AtOnce = Callable[[str, object, Reply], None]  # socket id, data, where the answer goes


class TextPacket(Packet):  # type: ignore[misc]
    """A packet that holds no binary: an attachment header would make the server keep what follows.

    An event has a name that is text, and none of the library's own.
    """

    uses_binary_events = False  # what is sent is not searched for bytes; JSON would refuse them

    def decode(self, encoded_packet: Any) -> Any:
        if not isinstance(encoded_packet, str):
            raise ValueError("binary packets are refused")
        result = super().decode(encoded_packet)
        if self.packet_type in (BINARY_EVENT, BINARY_ACK):
            raise ValueError("binary packets are refused")
        if self.packet_type == EVENT and not _is_named(self.data):
            raise ValueError("an event needs a name")
        return result


def _is_named(data: Any) -> bool:
    """Whether it begins with the name of an event that a page may send."""
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in RESERVED


class _Json:
    """orjson in the shape that the library calls: extra arguments are dropped, text comes back."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        return orjson.dumps(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_: Any) -> Any:
        return orjson.loads(text)


def event_text(name: str, data: Any) -> str:
    """An event of "/" as the protocol has it."""
    return f"2{_Json.dumps([name, data])}"


class Members(socketio.AsyncManager):  # type: ignore[misc]
    """The library's list of who is connected, without its rooms: it would make one for each socket, and look through
    all of them whenever one goes, so that many who go at once would hold up the loop."""

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        if room is None:  # everybody
            super().basic_enter_room(sid, namespace, None, eio_sid=eio_sid)


class Door(socketio.AsyncServer):  # type: ignore[misc]
    """The Socket.IO server. Packets that cannot be read are counted; nothing of a packet is logged."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.plain: dict[str, PlainSocket] = {}
        self.at_once: dict[str, AtOnce] = {}  # events that need no task to be answered
        self._tasks: set[asyncio.Task[None]] = set()
        self._to_flush: list[PlainSocket] = []

    def take(self, socket: PlainSocket, text: str) -> bool:
        """One message of a page: events are begun in the order of the messages, each by a task or by `at_once`.
        False for a message that cannot be read."""
        if not text:  # the library takes it for an event without a name
            return False
        try:
            if plain := PLAIN_EVENT.match(text):
                number, data = plain[1], orjson.loads(text[plain.end() :])
                if not _is_named(data):
                    return False
            else:
                packet = self.packet_class(encoded_packet=text)
                if packet.packet_type != EVENT:
                    self._begin(self._control(socket, packet))
                    return True
                if packet.namespace not in (None, "/"):
                    return True
                number, data = "" if packet.id is None else str(packet.id), packet.data
        except Exception:
            return False
        if not (sid := socket.page):
            return True

        def reply(answer: dict[str, Any]) -> None:
            if number:
                socket.push(f"3{number}{_Json.dumps([answer])}")
                if work is not None:  # many are answered in one moment: a page need not wait for the others' answers
                    socket.flush()

        if (work := self.at_once.get(data[0])) is not None:
            work(sid, data[1] if len(data) > 1 else None, reply)
        else:
            self._begin(self._answer(sid, data, reply))
        return True

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, sid: str, data: list[Any], reply: Reply) -> None:
        handlers = self.handlers["/"]
        handler = handlers.get(data[0])
        reply(await (handler(sid, *data[1:]) if handler else handlers["*"](data[0], sid, *data[1:])))

    async def _control(self, socket: PlainSocket, packet: Any) -> None:
        eio_sid = socket.sid
        try:
            if packet.packet_type == CONNECT:
                await self._handle_connect(eio_sid, packet.namespace, packet.data)
            elif packet.packet_type == DISCONNECT:
                await self._handle_disconnect(eio_sid, packet.namespace, self.reason.CLIENT_DISCONNECT)
            else:
                raise ValueError("a page sends no such packet")
        except Exception:
            socket.count_malformed()

    async def _handle_connect(self, eio_sid: str, namespace: str | None, data: Any) -> None:
        if self.manager.sid_from_eio_sid(eio_sid, namespace or "/") is not None:
            raise ValueError("a socket says once who it is")
        await super()._handle_connect(eio_sid, namespace, data)

    async def _send_packet(self, eio_sid: str, packet: Any) -> None:
        self.push(eio_sid, packet.encode())

    def push(self, eio_sid: str, text: str) -> None:
        """Hand over one packet for a socket, unless too much waits for it already."""
        if (socket := self.plain.get(eio_sid)) is not None:
            socket.push(text)

    def written(self, socket: PlainSocket) -> None:
        if not self._to_flush:
            self._soon(self._soon, self._flush)
        self._to_flush.append(socket)

    def _soon(self, work: Callable[..., None], *arguments: Any) -> None:
        asyncio.get_running_loop().call_soon(work, *arguments)

    def _flush(self) -> None:
        """An answer is given one turn of the loop after its event was sent; both leave here, in one call each."""
        sockets, self._to_flush = self._to_flush, []
        for socket in sockets:
            socket.flush()

    def line(self, sid: str) -> PlainSocket | None:
        """The open socket of a connected page."""
        return self.plain.get(self.manager.eio_sid_from_sid(sid, "/"))

    async def end(self, eio_sid: str) -> None:
        """Close a socket; a page that does not go by itself is cut off soon after."""
        line, socket = self.eio.sockets.get(eio_sid), self.plain.get(eio_sid)
        if socket is not None:
            asyncio.get_running_loop().call_later(CLOSE_SECONDS, socket.cut)
        if line is not None:
            await line.close(wait=False)


def make_server(origins: tuple[str, ...], limits: Limits = LIMITS) -> Door:
    """The Socket.IO server. Raises SiteError on an origin list that would let everybody in."""
    if not origins or "*" in origins:
        raise SiteError("The list of allowed origins must name this site's own origin, and nothing else.")
    quiet = logging.getLogger("consult.socketio")
    quiet.setLevel(logging.CRITICAL)
    server = Door(
        client_manager=Members(),
        async_mode="aiohttp",
        transports=["websocket"],
        cors_allowed_origins=list(origins),
        serializer=TextPacket,
        json=_Json,
        monitor_clients=False,  # see PlainSocket
        max_http_buffer_size=limits.message,
        ping_interval=limits.ping,
        ping_timeout=limits.ping,
        logger=quiet,
        engineio_logger=quiet,
        http_compression=False,
        cookie=None,
    )
    engine: engineio.AsyncServer = server.eio
    engine._async = {**engine._async, "websocket": partial(PlainSocket, limits=limits, door=server)}
    return server


def guard(path: str, origins: tuple[str, ...], who: Who, limits: Limits = LIMITS) -> Any:
    """Middleware: nobody reaches Socket.IO without an allowed origin and a signed-in session.

    A page whose WebSocket was refused is not told why by its browser: it asks by a POST, answered like the WebSocket.
    """
    open_sockets: Counter[str] = Counter()

    @web.middleware
    async def middleware(request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> Any:
        if not request.path.startswith(path):
            return await handler(request)
        query = request.query
        upgrade = request.headers.get("Upgrade", "").lower() == "websocket"
        asked = request.method == "POST" and {*query} <= {"as"}
        plain = upgrade and query.get("transport") == "websocket" and query.get("EIO") == "4"
        if not asked and (not plain or {"j", "sid"} & {*query}):
            return _refuse(400, "websocket-only", "Only WebSocket connections are served here.")
        if request.headers.getall("Origin", []) not in ([one] for one in origins):
            return _refuse(403, "foreign-origin", "This origin may not connect.")
        try:
            session = request[SESSION] = await who(request, query.get("as", ""))
            if open_sockets[session.token_hash] >= limits.sockets:
                raise TooMany("Too many pages are open at once. Close some of them.")
        except ConsultError as error:
            return _refuse(error.status, error.code, error.message)
        if asked:
            return web.Response(status=204)
        open_sockets[session.token_hash] += 1
        try:
            return await handler(request)
        finally:
            open_sockets[session.token_hash] -= 1
            if not open_sockets[session.token_hash]:
                del open_sockets[session.token_hash]

    return middleware


def _refuse(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"code": code, "message": message}, status=status)
