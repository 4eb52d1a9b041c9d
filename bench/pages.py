"""A page without a browser: the smallest Socket.IO client that a benchmark needs, on aiohttp's WebSocket."""

from __future__ import annotations

import asyncio
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import aiohttp


class Page:
    """One connected page. `heard` is called with (name, data, time) for each event that arrives."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        self._ws = ws
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._number = 0
        self.heard: Callable[[str, Any, float], None] = lambda name, data, at: None
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def connect(cls, http: aiohttp.ClientSession, origin: str, query: str, cookies: dict[str, str]) -> Page:
        headers = {"Origin": origin, "Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items())}
        url = f"{origin}/socket.io/?EIO=4&transport=websocket&{query}"
        ws = await http.ws_connect(url, headers=headers, compress=0, max_msg_size=0)
        page = cls(ws)
        assert (await ws.receive_str()).startswith("0")
        await ws.send_str("40{}")
        assert (await ws.receive_str()).startswith("40")
        page._task = asyncio.create_task(page._read())
        return page

    async def _read(self) -> None:
        async for message in self._ws:
            text, at = message.data, time.perf_counter()
            if text == "2":
                await self._ws.send_str("3")
            elif text.startswith("43"):
                cut = text.index("[")
                waiting = self._acks.pop(int(text[2:cut]), None)
                if waiting is not None and not waiting.done():
                    waiting.set_result((json.loads(text[cut:])[0], at))
            elif text.startswith("42"):
                name, data = json.loads(text[2:])
                self.heard(name, data, at)

    async def ask(self, name: str, data: Any) -> tuple[Any, float]:
        """Emit and wait: the acknowledgement, and the seconds it took."""
        self._number += 1
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[self._number] = waiting
        sent = time.perf_counter()
        await self._ws.send_str(f"42{self._number}" + json.dumps([name, data]))
        answer, at = await asyncio.wait_for(waiting, 30)
        return answer, at - sent

    async def command(self, consult_id: str, kind: str, data: dict[str, Any]) -> tuple[Any, float]:
        message = {"consult_id": consult_id, "command_id": str(uuid.uuid4()), "type": kind, "data": data}
        answer, took = await self.ask("command", message)
        if not answer["ok"]:
            raise RuntimeError(f"{kind}: {answer['code']}")
        return answer, took

    async def close(self) -> None:
        await self._ws.close()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)


def percentile(values: list[float], share: float) -> float:
    """In milliseconds."""
    ordered = sorted(values)
    return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]
