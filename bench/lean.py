"""The leanest Socket.IO client: frames written and read on an asyncio protocol, a few microseconds an event.

A load generator that costs as much as the server would measure itself. It speaks only what a benchmark needs:
one namespace, text frames, acknowledgements. For correctness the tests use a client of their own.
"""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

import orjson

_UNMASKED = bytes(4)  # a mask of zeros leaves the text as it is


class Refused(RuntimeError):
    """The server did not take the connection; `status` is the line that it answered with."""


class Lean(asyncio.Protocol):
    """One connected socket. `heard(name, data, at)` is called for each event; `ask` gives an acknowledgement."""

    def __init__(self, head: bytes) -> None:
        self._head = head
        self._got = b""
        self._acks: dict[int, asyncio.Future[tuple[Any, float]]] = {}
        self._number = 0
        self._open = False
        self.connected: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None
        self.heard: Callable[[str, Any, float], None] | None = None

    @classmethod
    async def dial(cls, origin: str, query: str = "", cookie: str = "") -> Lean:
        """A socket that has said who it is. Raises Refused, OSError."""
        where = urlsplit(origin)
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [
            f"GET /socket.io/?EIO=4&transport=websocket&{query} HTTP/1.1",
            f"Host: {where.netloc}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13",
            f"Origin: {origin}",
            *([f"Cookie: {cookie}"] if cookie else []),
        ]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode()
        _, lean = await asyncio.get_running_loop().create_connection(lambda: cls(head), where.hostname, where.port)
        await lean.connected
        return lean

    # --- asyncio's side

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self._head)

    def data_received(self, data: bytes) -> None:
        got = self._got + data if self._got else data
        if not self._open:
            end = got.find(b"\r\n\r\n")
            if end < 0:
                self._got = got
                return
            if b" 101 " not in got[:20]:
                self.connected.set_exception(Refused(got[: got.find(b"\r")].decode()))
                return
            self._open, got = True, got[end + 4 :]
        at, size = 0, len(got)
        while size - at >= 2:
            length, start = got[at + 1], at + 2
            if length == 126:
                if size - at < 4:
                    break
                length, start = int.from_bytes(got[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                if size - at < 10:
                    break
                length, start = int.from_bytes(got[at + 2 : at + 10], "big"), at + 10
            if size - start < length:
                break
            if got[at] == 0x81:
                self._text(got[start : start + length])
            at = start + length
        self._got = got[at:]

    def connection_lost(self, error: Exception | None) -> None:
        for waiting in (*self._acks.values(), self.connected):
            if not waiting.done():
                waiting.set_exception(ConnectionResetError("the socket was closed"))
                waiting.exception()

    # --- Socket.IO's side

    def _text(self, text: bytes) -> None:
        kind = text[:2]
        if kind == b"43":
            cut = text.index(b"[")
            waiting = self._acks.pop(int(text[2:cut]), None)
            if waiting is not None and not waiting.done():
                waiting.set_result((orjson.loads(text[cut:])[0], time.perf_counter()))
        elif kind == b"42":
            if self.heard is not None:
                name, data = orjson.loads(text[2:])
                self.heard(name, data, time.perf_counter())
        elif text == b"2":
            self.write(b"3")
        elif kind[:1] == b"0":
            self.write(b"40{}")
        elif kind == b"40" and not self.connected.done():
            self.connected.set_result(None)

    def write(self, text: bytes) -> None:
        size = len(text)
        if size < 126:
            head = bytes((0x81, 0x80 | size))
        elif size < 65536:
            head = bytes((0x81, 0xFE)) + size.to_bytes(2, "big")
        else:
            head = bytes((0x81, 0xFF)) + size.to_bytes(8, "big")
        if self.transport is None or self.transport.is_closing():
            raise ConnectionResetError("the socket is closed")
        self.transport.write(head + _UNMASKED + text)

    async def ask(self, name: str, data: Any) -> tuple[Any, float]:
        """Emit and wait: the acknowledgement, and the seconds it took."""
        self._number += 1
        waiting: asyncio.Future[tuple[Any, float]] = asyncio.get_running_loop().create_future()
        self._acks[self._number] = waiting
        sent = time.perf_counter()
        self.write(b"42%d" % self._number + orjson.dumps([name, data]))
        answer, at = await waiting
        return answer, at - sent

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()
