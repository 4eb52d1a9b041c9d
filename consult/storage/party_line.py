"""What nodes say to each other at once, by NOTIFY of PostgreSQL: heard by those who listen now, stored nowhere.

A message is cut to the size that NOTIFY takes and put together again. Whoever is not connected misses it, so nothing
may depend on it that is not said again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

log = logging.getLogger("consult.party_line")
CHANNEL = "consult_nodes"
SIZE = 7000  # characters of ASCII; NOTIFY takes less than 8000 bytes
MOST_PARTS = 20
MOST_OPEN = 200  # messages of which parts are missing
LONGEST_WAIT = 2.0
TROUBLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
Heard = Callable[[dict[str, Any]], Awaitable[None]]


class PartyLine:
    """`heard` is called with each message of another node, one after the other."""

    def __init__(self, address: str, heard: Heard) -> None:
        self.node = uuid.uuid4().hex[:12]
        self._address = address
        self._heard = heard
        self._number = 0
        self._out: asyncio.Queue[str] = asyncio.Queue(1000)
        self._in: asyncio.Queue[str] = asyncio.Queue(1000)
        self._parts: OrderedDict[str, dict[int, str]] = OrderedDict()

    def say(self, message: dict[str, Any]) -> None:
        """Tell all other nodes, soon; dropped where the line is down or full."""
        text = json.dumps(message)
        pieces = [text[at : at + SIZE] for at in range(0, len(text), SIZE)]
        if len(pieces) > MOST_PARTS:
            return
        self._number += 1
        for part, piece in enumerate(pieces):
            with contextlib.suppress(asyncio.QueueFull):
                self._out.put_nowait(f"{self.node} {self._number} {part} {len(pieces)} {piece}")

    async def run(self) -> None:
        """Speak and listen until cancelled."""
        wait = 0.1
        while True:
            try:
                connection = await asyncpg.connect(self._address, timeout=5)
                try:
                    await connection.add_listener(CHANNEL, self._arrived)
                    wait = 0.1
                    async with asyncio.TaskGroup() as group:
                        group.create_task(self._speak(connection))
                        group.create_task(self._listen())
                finally:
                    connection.terminate()
            except* TROUBLE as errors:
                log.info("party line: %s", type(errors.exceptions[0]).__name__)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _speak(self, connection: Any) -> None:
        while True:
            try:  # silence is broken now and then, so that a line that is dead is noticed
                text = await asyncio.wait_for(self._out.get(), 10)
            except TimeoutError:
                await connection.execute("SELECT 1", timeout=5)
            else:
                await connection.execute("SELECT pg_notify($1, $2)", CHANNEL, text, timeout=5)

    def _arrived(self, connection: Any, process: int, channel: str, text: str) -> None:
        if not text.startswith(self.node):
            with contextlib.suppress(asyncio.QueueFull):
                self._in.put_nowait(text)

    async def _listen(self) -> None:
        while True:
            message = self._put_together(await self._in.get())
            if message is not None:
                try:
                    await self._heard(message)
                except Exception as error:
                    log.warning("party line: %s", type(error).__name__)

    def _put_together(self, text: str) -> dict[str, Any] | None:
        try:
            node, number, part, count, piece = text.split(" ", 4)
            have = self._parts.setdefault(f"{node} {number}", {})
            have[int(part)] = piece
            if len(have) < int(count):
                if len(self._parts) > MOST_OPEN:
                    self._parts.popitem(last=False)
                return None
            del self._parts[f"{node} {number}"]
            message = json.loads("".join(have[at] for at in range(len(have))))
        except (ValueError, KeyError):
            return None
        return {**message, "node": node} if isinstance(message, dict) else None
