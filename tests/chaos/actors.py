"""Actors: pages without a browser that send, resend, follow by seq and write down what they see.

They do what the browser's outbox and follower do: everything without an answer goes out again in order, with its
command id; a gap is fetched; the page comes back by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.chaos.history import History, Seen

AGAIN = {"unavailable", "stale-sequence", "too-many", "internal"}
Where = Callable[[], str]  # the address (host:port) of a node, asked at each connection


@dataclass
class Entry:
    id: str
    kind: str
    data: dict[str, Any]
    text: str
    sent: bool = False
    tries: int = 0  # an answer to an earlier one than the last says nothing


@dataclass
class Actor:
    """One page in one consult. `view` is what it shows: (seq, command id, type) in order."""

    name: str
    cookie: str  # "consult_pharmacist=TOKEN"
    consult: str
    where: Where
    origin: str
    history: History
    seed: int = 0
    answer_seconds: float = 4.0
    view: list[tuple[int, str, str]] = field(default_factory=list)
    last: int = 0
    head: int = 0
    connected: bool = False
    connections: int = 0
    away_since: float = 0.0
    interruptions: list[float] = field(default_factory=list)  # seconds without a joined connection
    latencies: list[float] = field(default_factory=list)
    outbox: list[Entry] = field(default_factory=list)
    forgets: float = 0.0  # the share of answers that get lost on their way to it
    drained: bool = False  # was told that the server goes

    def __post_init__(self) -> None:
        self.chance = random.Random(f"{self.seed} {self.name}")
        self._number = 0
        self._acks: dict[int, asyncio.Future[Any]] = {}
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._catching = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self.joined = asyncio.Event()
        self._sent_at: dict[str, float] = {}
        self._pausing = False
        self._life: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._life = asyncio.create_task(self._live(), name=self.name)

    async def stop(self) -> None:
        for task in (*self._tasks, *([self._life] if self._life else [])):
            task.cancel()
        if self._life:
            await asyncio.gather(self._life, *self._tasks, return_exceptions=True)

    @property
    def unread(self) -> int:
        """How many of the lines that it shows are neither analysed nor marked; each line is written once."""
        kinds = Counter(kind for _, _, kind in self.view)
        return kinds["note_line_put"] - kinds["mentions_found"] - kinds["line_not_analysed"]

    # --- sending

    def put(self, kind: str, data: dict[str, Any], text: str) -> Entry:
        entry = Entry(f"{self.name}-{uuid.uuid4().hex[:12]}", kind, data, text)
        self.outbox.append(entry)
        self.history.step(self.name, self.consult, entry.id, "invoke", text=text)
        self._pump()
        return entry

    def note(self, text: str) -> Entry:
        line_id = f"l-{uuid.uuid4().hex[:10]}"
        return self.put("put_note_line", {"line_id": line_id, "after": "", "base_rev": 0, "text": text}, text)

    def chat(self, text: str) -> Entry:
        message_id = f"m-{uuid.uuid4().hex[:10]}"
        return self.put("send_chat", {"message_id": message_id, "text": text}, text)

    def _pump(self) -> None:
        for entry in list(self.outbox):
            if self.connected and not self._pausing and not entry.sent:
                entry.sent = True
                entry.tries += 1
                self._sent_at[entry.id] = time.monotonic()
                self._spawn(self._transmit(entry, self.connections, entry.tries))

    async def _transmit(self, entry: Entry, connection: int, attempt: int) -> None:
        message = {"consult_id": self.consult, "command_id": entry.id, "type": entry.kind, "data": entry.data}
        try:
            answer = await self._ask("command", message)
        except (TimeoutError, ConnectionError, OSError):
            answer = None
        if answer is not None and self.chance.random() < self.forgets:
            answer = None
        if entry not in self.outbox or connection != self.connections or attempt != entry.tries:
            return
        if answer is not None and answer["ok"]:
            self.outbox.remove(entry)
            self.latencies.append(time.monotonic() - self._sent_at[entry.id])
            self.history.step(self.name, self.consult, entry.id, "ok", answer["seq"])
        elif answer is not None and answer["code"] not in AGAIN:
            self.outbox.remove(entry)
            self.history.step(self.name, self.consult, entry.id, "fail", code=answer["code"])
        else:
            self.history.step(self.name, self.consult, entry.id, "info", code=answer["code"] if answer else "")
            for one in self.outbox[self.outbox.index(entry) :]:
                one.tries += one.sent and one is not entry
                one.sent = False
            if not self._pausing:
                self._spawn(self._pause())
        self._changed.set()

    async def _pause(self) -> None:
        self._pausing = True
        await asyncio.sleep(0.1 + 0.2 * self.chance.random())
        self._pausing = False
        self._pump()

    async def emptied(self) -> None:
        """Return when everything is answered."""
        while self.outbox:
            self._changed.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), 0.2)

    # --- the connection

    async def _live(self) -> None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            while True:
                self.away_since = self.away_since or time.monotonic()
                with contextlib.suppress(
                    aiohttp.ClientError, aiohttp.WSMessageTypeError, OSError, TimeoutError, ValueError
                ):
                    await self._connection(http)
                self.connected = False
                for waiting in self._acks.values():
                    if not waiting.done():
                        waiting.set_exception(ConnectionError())
                        waiting.exception()  # nobody may be waiting any more
                self._acks.clear()
                await asyncio.sleep(0.05 + 0.25 * self.chance.random())

    async def _connection(self, http: aiohttp.ClientSession) -> None:
        role = self.cookie.partition("=")[0].removeprefix("consult_")
        url = f"http://{self.where()}/socket.io/?EIO=4&transport=websocket&as={role}"
        async with asyncio.timeout(5):
            ws = await http.ws_connect(
                url, headers={"Origin": self.origin, "Cookie": self.cookie}, compress=0, max_msg_size=0
            )
        async with ws:
            self._ws = ws
            self.connections += 1
            async with asyncio.timeout(5):
                await ws.receive_str()
                await ws.send_str("40{}")
                if not (await ws.receive_str()).startswith("40"):
                    return
            self._spawn(self._join())
            while True:
                message = await asyncio.wait_for(ws.receive(), 25)  # ping 10 + 10, and some
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return
                text: str = message.data
                if text == "2":
                    await ws.send_str("3")
                elif text.startswith("43"):
                    cut = text.index("[")
                    waiting = self._acks.pop(int(text[2:cut]), None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(json.loads(text[cut:])[0])
                elif text.startswith("42"):
                    self._heard(*json.loads(text[2:]))
                elif text.startswith("41") or text == "1":
                    return

    async def _ask(self, name: str, data: Any) -> Any:
        ws = self._ws
        if ws is None or ws.closed:
            raise ConnectionError
        self._number += 1
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._acks[self._number] = waiting
        await ws.send_str(f"42{self._number}" + json.dumps([name, data]))
        return await asyncio.wait_for(waiting, self.answer_seconds)

    async def _join(self) -> None:
        connection = self.connections
        while connection == self.connections:
            with contextlib.suppress(TimeoutError, ConnectionError):
                answer = await self._ask("join", {"consult_id": self.consult, "since": self.last})
                if answer["ok"]:
                    break
                if answer["code"] not in AGAIN:
                    return
            await asyncio.sleep(0.2)
        if connection != self.connections:
            return
        self._take(answer)
        self.connected = True
        self.joined.set()
        if self.away_since and self.connections > 1:
            self.interruptions.append(time.monotonic() - self.away_since)
        self.away_since = 0.0
        for entry in self.outbox:
            entry.sent = False
        self._pump()
        if answer["more"]:
            self._gap()

    # --- following

    def _heard(self, name: str, data: Any) -> None:
        if name == "events":
            keys = tuple((e["seq"], e["command_id"], e["data"]["type"]) for e in data["events"])
            self.history.seen.append(
                Seen(time.monotonic(), self.name, data["consult_id"], self.connections, data["from"], data["to"], keys)
            )
            if data["from"] == self.last + 1:
                self.view += keys
                self.last = data["to"]
            elif data["to"] > self.last:
                self._gap()
        elif name == "head" and data["seq"] > self.last:
            self._gap()
        elif name == "draining":
            self.drained = True

    def _take(self, answer: dict[str, Any]) -> None:
        for event in answer["events"]:
            if event["seq"] > self.last:
                self.view.append((event["seq"], event["command_id"], event["data"]["type"]))
        self.last = max(self.last, answer["to"])

    def _gap(self) -> None:
        if not self._catching:
            self._catching = True
            self._spawn(self._catch_up())

    async def _catch_up(self) -> None:
        try:
            more = True
            while more:
                answer = await self._ask("fetch", {"consult_id": self.consult, "since": self.last})
                if not answer["ok"]:
                    await asyncio.sleep(0.2)
                    continue
                self._take(answer)
                more = answer["more"]
        except (TimeoutError, ConnectionError, OSError):
            pass
        finally:
            self._catching = False

    def _spawn(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class Intruder(Actor):
    """Somebody signed in who has no place in the consult, and tries."""

    def _heard(self, name: str, data: Any) -> None:
        if "consult_id" in data:
            self.history.intruder_frames.append(f"{name} of {data['consult_id']}")

    def _take(self, answer: dict[str, Any]) -> None:
        self.history.intruder_frames.append(f"an answer with {len(answer['events'])} events")
