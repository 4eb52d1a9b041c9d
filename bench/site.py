"""Sites and servers for benchmarks: filled quickly, started beside a bare echo, measured by their processor time."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.note_to_alert import ECHO, PASSWORD, free_port, until_served
from consult.app import calm_interpreter, new_id, open_core
from consult.auth.passwords import hash_password
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.identity import Account
from consult.domain.patient import Patient
from consult.domain.people import Actor

HERE = Path(__file__).resolve().parent


class Never:
    """An analysis that does not come back."""

    async def run(self, job: str, argument: object) -> Any:
        await asyncio.Event().wait()


async def fill(database: str, count: int, lines: int = 0) -> str:
    """Open consults c0, c1, ... with so many note lines each; the cookie of their pharmacist."""
    settings = Settings(database=database)
    async with open_core(settings, workforce=Never(), create=True) as core:
        await core.accounts.add(Account("staff-1", "bench", "Bench", "pharmacist", hash_password(PASSWORD)))
        me = Actor("staff-1", "pharmacist", "Bench")

        async def one(number: int) -> None:
            patient = Patient(f"p{number}", f"Patient {number}", "1950-01-01")
            for command in (co.ScheduleConsult(patient, me.id, "2026-11-23T15:00:00Z"), co.OpenConsult()):
                await core.hub.submit(f"c{number}", command, me, new_id())
            for at in range(lines):
                line = co.PutNoteLine(f"l{at}", f"l{at - 1}" if at else "", 0, f"talks about her week {at}")
                await core.hub.submit(f"c{number}", line, me, new_id())

        for first in range(0, count, 100):
            await asyncio.gather(*(one(number) for number in range(first, min(count, first + 100))))
        granted = await core.doorkeeper.sign_in("bench", PASSWORD, "pharmacist", "127.0.0.1")
    return f"consult_pharmacist={granted.token}"


@contextlib.asynccontextmanager
async def new_database(postgres: str) -> AsyncIterator[str]:
    """The address of an empty database: a SQLite file, or a database of its own on the server at `postgres`."""
    if not postgres:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/bench.db"
        return
    name = f"consult_bench_{uuid.uuid4().hex[:10]}"
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{postgres.rsplit('/', 1)[0]}/{name}"
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


class Server:
    """A process that serves on `origin`."""

    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self._process = process
        self.origin = f"http://127.0.0.1:{port}"

    def cpu(self) -> float:
        """Seconds of processor time so far, all threads."""
        words = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self) -> int:
        """Bytes of memory."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    async def stop(self) -> None:
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
            await self._process.wait()


async def start(*words: str) -> Server:
    """`sys.executable WORDS PORT ...`, where "PORT" stands for a free port; returns when it serves."""
    port = free_port()
    given = [str(port) if word == "PORT" else word for word in words]
    process = await asyncio.create_subprocess_exec(sys.executable, *given, stdout=asyncio.subprocess.DEVNULL)
    await until_served(port)
    return Server(process, port)


@contextlib.asynccontextmanager
async def serving(database: str, analysis: str = "none", redis: str = "") -> AsyncIterator[Server]:
    """The real server with open limits on that database. What this process holds is kept from its collector: a look at
    all that was imported takes a tenth of a second, which the server would be blamed for."""
    calm_interpreter()
    server = await start(str(HERE / "_session_server.py"), "PORT", database, analysis, *([redis] if redis else []))
    try:
        yield server
    finally:
        await server.stop()


@contextlib.asynccontextmanager
async def echoing() -> AsyncIterator[Server]:
    """A bare python-socketio echo, as the library comes."""
    server = await start("-c", ECHO, "PORT")
    try:
        yield server
    finally:
        await server.stop()
