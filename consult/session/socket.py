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
from typing import Any

from aiohttp import WSMsgType, web
from engineio.async_drivers import aiohttp as driver

FROM_PAGES = "134"  # Engine.IO packets that a client of ours sends: close, pong, message
SENDING: web.RequestKey[PlainSocket] = web.RequestKey("consult_socket")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one socket may do. Sizes in bytes, rates a second, times in seconds."""

    message: int = 64 * 1024  # one incoming message
    malformed: int = 5  # unreadable frames until the socket is cut
    frames: float = 200.0  # frames that are read
    frames_burst: float = 400.0
    messages: float = 20.0  # events that are answered
    messages_burst: float = 60.0
    packets: int = 1000  # waiting to be read by the page
    waiting: int = 2 * 1024 * 1024  # bytes waiting to be read by the page
    kernel: int = 128 * 1024  # bytes that the operating system may hold back for one socket
    stalled: float = 10.0  # one write that does not end
    connect: float = 10.0  # until a socket has said who it is
    recheck: float = 3.0  # between two looks at whether a session still counts
    sockets: int = 20  # open at once for one session
    grace: float = 15.0  # that a member may be away before the others are told
    ping: float = 10.0  # between two pings, and until a missing answer ends the socket


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


class PlainSocket(driver.WebSocket):  # type: ignore[misc]
    """The driver's WebSocket with limits, and without permessage-deflate, which costs four times the memory."""

    def __init__(self, handler: Any, server: Any, limits: Limits) -> None:
        super().__init__(handler, server)
        self._limits = limits
        self._malformed = 0
        self._frames = Bucket(limits.frames, limits.frames_burst)
        self._writing_since: float | None = None
        self.waiting = 0  # bytes handed over and not yet written

    async def __call__(self, environ: dict[str, Any]) -> Any:
        request: web.Request = environ["aiohttp.request"]
        self._sock = web.WebSocketResponse(max_msg_size=self._limits.message, compress=False)
        self._request = request
        self.environ = environ
        await self._sock.prepare(request)
        if request.transport is not None and (raw := request.transport.get_extra_info("socket")) is not None:
            raw.setsockopt(SOL_SOCKET, SO_SNDBUF, self._limits.kernel)
        request[SENDING] = self
        await self.handler(self)
        return self._sock

    async def wait(self) -> str:
        """The next frame that can be read. Raises OSError when there will be none."""
        while True:
            if not self._frames.take():
                await asyncio.sleep(1 / self._limits.frames)
            message = await self._sock.receive()
            if message.type is WSMsgType.TEXT and message.data and message.data[0] in FROM_PAGES:
                text: str = message.data
                return text
            if message.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                raise OSError
            self.count_malformed()

    async def send(self, message: str) -> None:
        self._writing_since = time.monotonic()
        try:
            await self._sock.send_str(message)
        finally:
            self._writing_since = None
            if message[0] == "4":
                self.waiting -= len(message) - 1

    def count_malformed(self) -> None:
        self._malformed += 1
        if self._malformed >= self._limits.malformed:
            self.cut()

    def accepts(self, size: int, packets: int) -> bool:
        """Take `size` bytes more to send; False, and the socket is cut, where the page does not read."""
        if self.waiting > self._limits.waiting or packets > self._limits.packets:
            self.cut()
            return False
        self.waiting += size
        return True

    def stalled(self, now: float) -> bool:
        """Whether one write has lasted too long: nobody reads at the other end."""
        return self._writing_since is not None and now - self._writing_since > self._limits.stalled

    def cut(self) -> None:
        """End the connection now; what waits for it is dropped, the page comes back and reads by seq."""
        if self._request.transport is not None:
            self._request.transport.abort()
