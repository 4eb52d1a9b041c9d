"""One socket: what it may send and how much may wait for it. Frames are judged here, before any library reads them.

A frame that no page of ours sends is dropped and counted; the fifth cuts the socket. A socket that sends too fast
is read more slowly, so that nothing is lost and only the sender waits. A socket that does not read is cut.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any, Protocol

from aiohttp import WSMsgType, web
from engineio.async_drivers import aiohttp as driver
from engineio.packet import PING

TEXT_FRAME = 0x81  # a whole message of text, RFC 6455


@dataclass(frozen=True, slots=True)
class Limits:
    """What one socket may do. Sizes in bytes, rates a second, times in seconds."""

    message: int = 64 * 1024  # one incoming message
    malformed: int = 5  # unreadable frames until the socket is cut
    frames: float = 200.0  # frames that are read
    frames_burst: float = 400.0
    messages: float = 20.0  # events that are answered
    messages_burst: float = 60.0
    waiting: int = 2 * 1024 * 1024  # bytes waiting to be read by the page
    kernel: int = 128 * 1024  # bytes that the operating system may hold back for one socket
    stalled: float = 10.0  # that something may wait without all of it being taken
    connect: float = 10.0  # until a socket has said who it is
    recheck: float = 3.0  # between two looks at whether a session still counts
    sockets: int = 20  # open at once for one session
    grace: float = 8.0  # that a member may be away before the others are told
    ping: float = 5.0  # about the time between two pings; twice that in silence ends the socket: 10 + 8 stays below 20


class Bucket:
    """A token bucket: `burst` at once, `rate` a second after that.

    Once empty it stays shut until a quarter is back: what a page sent behind a refused message is refused with
    it, and so a page that sends all of it again keeps its order.
    """

    def __init__(self, rate: float, burst: float, now: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._at, self._shut = burst, now(), False

    def take(self) -> bool:
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < (self._burst / 4 if self._shut else 1):
            self._shut = True
            return False
        self._shut = False
        self._left -= 1
        return True


class Takes(Protocol):
    """Where the messages of the sockets go. `plain` holds the open ones by Engine.IO session."""

    plain: dict[str, PlainSocket]

    def take(self, socket: PlainSocket, text: str) -> bool: ...

    def written(self, socket: PlainSocket) -> None:
        """The socket has something to send, and asks to be flushed at the end of this moment."""


class PlainSocket(driver.WebSocket):  # type: ignore[misc]
    """The driver's WebSocket with limits, its own reading and writing, and without permessage-deflate.

    The library would make four tasks for each message and take the clock of the wall for its pings; here frames go
    straight to the transport, one task reads, and time is monotonic. Compression costs four times the memory.
    """

    def __init__(self, handler: Any, server: Any, limits: Limits, door: Takes) -> None:
        super().__init__(handler, server)
        self._limits = limits
        self._door = door
        self._line: Any = handler.__self__  # the Engine.IO session
        self._transport: asyncio.Transport | None = None
        self._frames_out: list[bytes] = []
        self._bytes_out = 0
        self._held = 0  # bytes that the transport had at the first frame of this moment
        self._malformed = 0
        self._frames = Bucket(limits.frames, limits.frames_burst)
        self._pinged = self._heard = self._flowing = time.monotonic()
        self._asked = False  # a ping is out
        self.page = ""  # the Socket.IO session, once it has said who it is
        self.round_trip: float | None = None  # seconds, of the last ping

    async def __call__(self, environ: dict[str, Any]) -> Any:
        request: web.Request = environ["aiohttp.request"]
        self._sock = web.WebSocketResponse(max_msg_size=self._limits.message, compress=False)
        self.environ = environ
        await self._sock.prepare(request)
        self._transport = request.transport
        if self._transport is not None and (raw := self._transport.get_extra_info("socket")) is not None:
            raw.setsockopt(SOL_SOCKET, SO_SNDBUF, self._limits.kernel)
        line = self._line
        self._door.plain[line.sid] = self
        line.connected = line.upgraded = True
        line.last_ping = None
        line.send = self._take  # what the library itself wants to say
        while not line.queue.empty():
            await self._take(line.queue.get_nowait())
        reading = asyncio.create_task(self._read())  # of its own: the calls around this one cost at each step
        try:
            await reading
        finally:
            reading.cancel()
            self.cut()
            try:
                await line.close(wait=False, abort=True, reason=line.server.reason.TRANSPORT_CLOSE)
            finally:
                del self._door.plain[line.sid]
        return self._sock

    async def _read(self) -> None:
        """Hand each message on, in order, until the other side ends or is cut off."""
        while True:
            if not self._frames.take():
                await asyncio.sleep(1 / self._limits.frames)
            message = await self._sock.receive()
            self._heard = time.monotonic()
            if message.type is WSMsgType.TEXT:
                text: str = message.data
                kind = text[:1]
                if kind == "4":
                    if not self._door.take(self, text[1:]):
                        self.count_malformed()
                elif kind == "1":
                    return
                elif kind == "3":
                    if self._asked:
                        self._asked, self.round_trip = False, self._heard - self._pinged
                else:
                    self.count_malformed()
            elif message.type is WSMsgType.BINARY:
                self.count_malformed()
            else:
                return

    async def _take(self, packet: Any) -> None:
        if packet.packet_type != PING:
            self._write(packet.encode())

    def push(self, text: str) -> None:
        """Send one message, without waiting; the socket is cut where the page does not read."""
        if not self._line.closed:
            self._write("4" + text)

    @property
    def sid(self) -> str:
        """The Engine.IO session."""
        return str(self._line.sid)

    @property
    def waiting(self) -> int:
        """Bytes that the page has not read and the system does not take."""
        transport = self._transport
        return 0 if transport is None else self._bytes_out + transport.get_write_buffer_size()

    def _write(self, text: str) -> None:
        """Keep a frame until the end of this moment: an event and the answer to the command that made it then cost
        one call of the system. The limit keeps small what a page is too slow for."""
        if not self._frames_out:  # the transport is looked at once a moment
            if self._transport is None or self._transport.is_closing():
                return
            self._held = self._transport.get_write_buffer_size()
        if self._held + self._bytes_out > self._limits.waiting:
            self.cut()
            return
        data = text.encode()
        size = len(data)
        if size < 126:
            head = bytes((TEXT_FRAME, size))
        elif size < 65536:
            head = bytes((TEXT_FRAME, 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((TEXT_FRAME, 127)) + size.to_bytes(8, "big")
        if not self._frames_out:
            self._door.written(self)
        self._frames_out += (head, data)
        self._bytes_out += len(head) + size

    def flush(self) -> None:
        """Give what was written to the transport, which keeps what the page is too slow for."""
        frames, self._frames_out, self._bytes_out = self._frames_out, [], 0
        if frames and self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"".join(frames))

    def count_malformed(self) -> None:
        self._malformed += 1
        if self._malformed >= self._limits.malformed:
            self.cut()

    def silent(self, now: float) -> float:
        """Seconds since the page was heard."""
        return now - self._heard

    def look(self, now: float) -> None:
        """Ask for a sign of life in time; cut the socket where there is none, or where nothing flows for too long."""
        if not self.waiting:
            self._flowing = now
        if self.silent(now) > 2 * self._limits.ping or now - self._flowing > self._limits.stalled:
            self.cut()
        else:
            self.ask(now, 1.2)

    def ask(self, now: float, share: float) -> None:
        """Ping where that share of the time between two pings has gone."""
        if now - self._pinged >= share * self._limits.ping:
            self._pinged, self._asked = now, True
            self._write("2")

    def cut(self) -> None:
        """End the connection now; what waits for it is dropped, the page comes back and reads by seq."""
        if self._transport is not None:
            self._transport.abort()
