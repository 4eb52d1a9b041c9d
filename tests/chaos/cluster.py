"""A site with people in it, and nodes of it: real `consult serve` processes that are killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select

from consult.app import HereAndNow, open_core
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.consult import Consult, fold
from consult.domain.identity import Account
from consult.domain.patient import Patient
from consult.domain.people import Actor as Person
from consult.domain.people import patient_member
from consult.storage import tables
from consult.storage.database import open_database
from consult.storage.events import EventStore
from consult.storage.verify import verify
from tests.chaos.actors import Actor
from tests.chaos.checker import Dump, Stored
from tests.chaos.node import forked, light
from tests.quickly import quick_hash

_LOADED = multiprocessing.get_context("forkserver")
_LOADED.set_forkserver_preload(["tests.chaos.loaded"])
ROOT = Path(__file__).parents[2]
ORIGIN = "http://127.0.0.1:9"  # what the pages say; they reach the nodes by their ports
BORN = "1951-03-04"


@dataclass
class Site:
    """A database with people. `cookies` by name: anna has the consults, ben none, sue supervises, pat is in c0."""

    database: str
    consults: list[str]
    cookies: dict[str, str] = field(default_factory=dict)


async def build(database: str, consults: int, sessions: int = 0) -> Site:
    """Fill an empty database."""
    site = Site(database, [f"c{number}" for number in range(consults)])
    settings = Settings(database=database)
    hashed = quick_hash("four quiet herons wade")
    async with open_core(settings, workforce=HereAndNow(light()), create=True) as core:
        now = core.clock()
        numbers = iter(range(10_000))

        async def do(consult_id: str, command: co.Command, person: Person) -> None:
            await core.hub.submit(consult_id, command, person, f"setup-{next(numbers):05}")

        for login, role in (("anna", "pharmacist"), ("ben", "pharmacist"), ("sue", "supervisor")):
            await core.accounts.add(Account(f"a-{login}", login, login, role, hashed))  # type: ignore[arg-type]
            granted = await core.doorkeeper.sign_in(login, "four quiet herons wade", role, "here")  # type: ignore[arg-type]
            site.cookies[login] = f"consult_{role}={granted.token}"
        for number in range(sessions):
            granted = await core.doorkeeper.sign_in("sue", "four quiet herons wade", "supervisor", "here")
            site.cookies[f"sue{number}"] = f"consult_supervisor={granted.token}"
        anna = Person("a-anna", "pharmacist", "anna")
        for consult_id in site.consults:
            planned = co.ScheduleConsult(Patient(f"p-{consult_id}", "Pat", BORN), anna.id, now.isoformat())
            await do(consult_id, planned, anna)
            await do(consult_id, co.OpenConsult(), anna)
        pat = Person(patient_member("c0"), "patient", "Pat")
        await do("c0", co.JoinConsult(), pat)
        await do("c0", co.AdmitParticipant(pat.id), anna)
        token = await core.doorkeeper.invite(
            "c0", pat.id, "Pat", BORN, now - timedelta(hours=1), now + timedelta(days=1)
        )
        site.cookies["pat"] = f"consult_patient={(await core.doorkeeper.join(token, BORN, 'here')).token}"
    return site


class Process(Protocol):
    """A process that runs."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def kill(self) -> None: ...

    def send_signal(self, number: int, /) -> None: ...

    async def wait(self) -> object: ...


class Forked:
    """A forked process as asyncio shows its own."""

    def __init__(self, process: BaseProcess) -> None:
        assert process.pid is not None
        self._process, self.pid = process, process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, number: int, /) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> None:
        while self._process.is_alive():
            await asyncio.sleep(0.01)


class Node:
    """One server process. `said` is the file that holds everything it wrote."""

    def __init__(self, site: Site, port: int, folder: Path, fault: str = "", **environment: str) -> None:
        self.site, self.port, self.fault = site, port, fault
        self.said = folder / f"node-{port}.txt"
        self.starts: list[float] = []
        self.serving = False
        self._environment = environment
        self._process: Process | None = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, database: str = "") -> None:
        """Return when it serves."""
        began = time.monotonic()
        environment = {
            **os.environ,
            "CONSULT_PUBLIC_ORIGIN": ORIGIN,
            "CONSULT_ANALYSTS": "1",
            "PYTHONUNBUFFERED": "1",
            **self._environment,
        }
        words = ["serve", "--database", database or self.site.database, "--port", str(self.port)]
        self._process = await (self._fork if self._forks else self._run)(words, environment)
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                break
            if self._process.returncode is not None or time.monotonic() - began > 90:
                raise RuntimeError(f"the node did not start: {self.said.read_text()[-2000:]}")
            await asyncio.sleep(0.02)
        self.serving = True
        self.starts.append(time.monotonic() - began)

    @property
    def _forks(self) -> bool:
        """Whether it may begin as a copy of a process that has loaded the program: its fault is put in afterwards.
        Most of a start is loading, which no drill is about; one without a fault is started as anybody would."""
        return self.fault == "none" or self.fault.startswith("fail_every")

    async def _fork(self, words: list[str], environment: dict[str, str]) -> Process:
        process = _LOADED.Process(target=forked, args=(self.fault, words, str(self.said), environment))
        await asyncio.to_thread(process.start)  # the first one waits until all is loaded
        return Forked(process)

    async def _run(self, words: list[str], environment: dict[str, str]) -> Process:
        program = ["tests.chaos.node", self.fault] if self.fault else ["consult.cli"]
        with self.said.open("ab") as said:
            return await asyncio.create_subprocess_exec(
                sys.executable, "-m", *program, *words, stdout=said, stderr=said, env=environment, cwd=ROOT
            )

    async def kill9(self) -> None:
        assert self._process is not None
        self.serving = False
        self._process.kill()
        await self._process.wait()

    async def terminate(self) -> float:
        """SIGTERM; the seconds until it was gone. Raises TimeoutError after twelve."""
        assert self._process is not None
        began, self.serving = time.monotonic(), False
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._process.wait(), 12)
        except TimeoutError:
            await self.kill9()
            raise
        return time.monotonic() - began

    def children(self) -> list[int]:
        """The process ids of its analysis processes."""
        found = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [int(one) for one in found if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


async def quiet(actors: list[Actor], seconds: float = 40.0, *, analysed: bool = True) -> None:
    """Return when everything is answered and analysed, all pages of a consult stand at one seq, and none has
    moved for a while; at the latest after `seconds`. Without `analysed` a longer while shows that nothing comes."""
    still = 0.7 if analysed else 3.0
    end = time.monotonic() + seconds
    moved, before = time.monotonic(), [0] * len(actors)
    while (now := time.monotonic()) < end:
        lasts = [actor.last for actor in actors]
        done = all(not actor.outbox and actor.connected and not (analysed and actor.unread) for actor in actors)
        equal = len({(actor.consult, actor.last) for actor in actors}) == len({actor.consult for actor in actors})
        if lasts != before or not done or not equal:
            moved, before = now, lasts
        if now - moved > still:
            return
        await asyncio.sleep(0.05)


async def dump(site: Site, actors: list[Actor], patients: frozenset[str] = frozenset()) -> Dump:
    """What the database holds, read with no server running on it, and what the actors show."""
    database = await open_database(site.database)
    store = EventStore(database)
    logs: dict[str, list[Stored]] = {}
    unread: list[str] = []
    try:
        for consult_id in site.consults:
            events = await store.read(consult_id, 0, 1_000_000)
            logs[consult_id] = [
                Stored(event.seq, event.command_id, event.data.type, getattr(event.data, "text", ""))
                for event in events
            ]
            state = fold(Consult(consult_id), events)
            unread += [f"{consult_id} {line.id}" for line in state.lines.values() if line.analysed != line.rev]
        audited = select(tables.audit.c.object)
        broken = tuple((await verify(database)).findings)
        rows: list[Any] = await database.read(lambda connection: connection.execute(audited).all())
    finally:
        await store.close()
        await database.close()
    views = {(actor.name, actor.consult): actor.view for actor in actors}
    return Dump(logs, Counter(row[0] for row in rows), broken, tuple(unread), views, patients)
