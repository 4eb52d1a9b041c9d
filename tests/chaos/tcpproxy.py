"""A TCP proxy between two parts, which passes, swallows or cuts what goes through it. No root needed."""

from __future__ import annotations

import asyncio
import contextlib


class Proxy:
    """`mode` is pass, slow (2 KB a second), hole (nothing gets through, connections stay), away (nothing gets through
    to the target, what it says does) or refuse (new connections are closed)."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.port = 0
        self.mode = "pass"
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self.cut()
        if self._server is not None:
            self._server.close()

    def cut(self) -> None:
        """Reset every connection."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.mode == "refuse":
            writer.transport.abort()
            return
        try:
            there, back = await asyncio.open_connection(*self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, back}
        try:
            await asyncio.gather(self._pump(reader, back, "hole", "away"), self._pump(there, writer, "hole"))
        finally:
            self._writers -= {writer, back}

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *stopped: str) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(512 if self.mode == "slow" else 65536):
                while self.mode in stopped:
                    await asyncio.sleep(0.05)
                if self.mode == "slow":
                    await asyncio.sleep(0.25)
                writer.write(data)
                await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.close()
