"""A real site on a port of this machine, with a pharmacist, a colleague, a supervisor and two patients."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bench.pages import Page
from consult.app import HereAndNow, build_analysis
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.identity import Account
from consult.domain.patient import Patient
from consult.domain.people import Actor, patient_member
from consult.server import Running, running
from consult.session.door import LIMITS
from consult.session.socket import Limits
from tests.quickly import new_database, quick_hash

PASSWORD = "four quiet herons wade"
BORN = "1951-03-04"
_ids = itertools.count(1)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def line(line_id: str, text: str, base_rev: int = 0, after: str = "") -> dict[str, Any]:
    return {"line_id": line_id, "after": after, "base_rev": base_rev, "text": text}


def command_id() -> str:
    return f"command-{next(_ids):08d}"


@dataclass
class Served:
    """Consult "own" belongs to anna and pat, "foreign" to ben and quinn; sue supervises. Cookies by name."""

    site: Running
    http: aiohttp.ClientSession
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        return self.site.origin

    def query(self, who: str) -> str:
        return f"as={next(iter(self.cookies[who])).removeprefix('consult_')}"

    async def dial(
        self, who: str, headers: Mapping[str, str | None] | None = None, query: str = "", **options: Any
    ) -> aiohttp.ClientWebSocketResponse:
        """A WebSocket after its HTTP handshake; a header that is None is left out. Raises WSServerHandshakeError."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies[who].items())
        sent = {"Origin": self.origin, "Cookie": cookie, **(headers or {})}
        url = f"{self.origin}/socket.io/?EIO=4&transport=websocket&{query or self.query(who)}"
        kept = {name: value for name, value in sent.items() if value is not None}
        return await self.http.ws_connect(url, headers=kept, max_msg_size=0, **options)

    async def raw(self, who: str) -> aiohttp.ClientWebSocketResponse:
        """A WebSocket that has said who it is, for frames that no page sends."""
        ws = await self.dial(who)
        await ws.receive_str()
        await ws.send_str("40{}")
        assert (await ws.receive_str()).startswith("40")
        return ws

    async def page(self, who: str, consult_id: str = "own") -> Page:
        """A well-behaved page that has joined."""
        page = await Page.connect(self.http, self.origin, self.query(who), self.cookies[who])
        answer, _ = await page.ask("join", {"consult_id": consult_id, "since": 0})
        assert answer["ok"], answer
        return page

    async def texts(self, consult_id: str = "own") -> list[str]:
        """The texts of the stored note lines, in the order of their events."""
        events = await self.site.core.store.read(consult_id, 0, 100_000)
        return [event.data.text for event in events if event.data.type == "note_line_put"]  # type: ignore[union-attr]


def limited(**given: Any) -> Limits:
    """The limits of the site with some of them changed."""
    return Limits(**{name: given.get(name, getattr(LIMITS, name)) for name in Limits.__dataclass_fields__})


@contextlib.asynccontextmanager
async def serving(folder: Path, **given: Any) -> AsyncIterator[Served]:
    """A site with some limits changed."""
    settings = Settings(database=new_database(folder / "site.db"), port=free_port())
    workforce = HereAndNow(build_analysis())
    async with (
        running(settings, limits=limited(**given), workforce=workforce) as site,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        served = Served(site, http)
        await _people(served)
        yield served


async def _people(served: Served) -> None:
    core = served.site.core
    hashed = quick_hash(PASSWORD)
    for login, role in (("anna", "pharmacist"), ("ben", "pharmacist"), ("sue", "supervisor")):
        await core.accounts.add(Account(f"a-{login}", login, login.title(), role, hashed))  # type: ignore[arg-type]
        granted = await core.doorkeeper.sign_in(login, PASSWORD, role, "127.0.0.1")  # type: ignore[arg-type]
        served.cookies[login] = {f"consult_{role}": granted.token}
    now = core.clock()
    for consult_id, login, patient in (("own", "anna", "pat"), ("foreign", "ben", "quinn")):
        actor = Actor(f"a-{login}", "pharmacist", login.title())
        person = Patient(f"p-{patient}", patient.title(), BORN)
        await core.hub.submit(consult_id, co.ScheduleConsult(person, actor.id, now.isoformat()), actor, command_id())
        await core.hub.submit(consult_id, co.OpenConsult(), actor, command_id())
        token = await core.doorkeeper.invite(
            consult_id, patient_member(consult_id), patient.title(), BORN, now - timedelta(hours=1), now + timedelta(1)
        )
        granted = await core.doorkeeper.join(token, BORN, "127.0.0.1")
        served.cookies[patient] = {"consult_patient": granted.token}


async def closed(ws: aiohttp.ClientWebSocketResponse, seconds: float = 5.0) -> bool:
    """Whether the server ends the connection within that time, whatever it still sends."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while True:
                message = await ws.receive()
                if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                    return True
                if message.data == "2":
                    await ws.send_str("3")
    return False


async def answer_of(ws: aiohttp.ClientWebSocketResponse, number: int, seconds: float = 5.0) -> dict[str, Any]:
    """The acknowledgement with that number. Raises TimeoutError where none comes."""
    async with asyncio.timeout(seconds):
        while True:
            text = await ws.receive_str()
            if text == "2":
                await ws.send_str("3")
            elif text.startswith(f"43{number}["):
                answer: dict[str, Any] = json.loads(text[text.index("[") :])[0]
                return answer


async def answers_of(ws: aiohttp.ClientWebSocketResponse, count: int, seconds: float = 10.0) -> list[dict[str, Any]]:
    """The acknowledgements 1 to `count`, in whatever order they come."""
    answers: dict[int, dict[str, Any]] = {}
    async with asyncio.timeout(seconds):
        while len(answers) < count:
            text = await ws.receive_str()
            if text.startswith("43"):
                cut = text.index("[")
                answers[int(text[2:cut])] = json.loads(text[cut:])[0]
    return [answers[number] for number in range(1, count + 1)]
