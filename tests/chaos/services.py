"""Servers of our own that can be killed: Redis, and PostgreSQL as another user where this one is root."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pwd
import shutil
import tempfile
from pathlib import Path

from tests.session.served import free_port


class OwnRedis:
    """`redis-server` that keeps nothing."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: asyncio.subprocess.Process | None = None

    @staticmethod
    def found() -> bool:
        return shutil.which("redis-server") is not None

    async def start(self) -> None:
        words = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self._process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.DEVNULL)
        for _ in range(200):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return
        raise RuntimeError("redis-server did not start")

    async def kill(self) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


def _programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: of the path, or where Debian keeps the newest."""
    found = shutil.which("pg_ctl")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((one for one in places if (one / "initdb").exists() and (one / "pg_ctl").exists()), None)


class OwnPostgres:
    """A cluster that is restarted without warning. PostgreSQL does not run as root: then as the user `postgres`."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        self._folder = Path(tempfile.mkdtemp(prefix="consult-chaos-pg-"))
        self._data = self._folder / "data"
        self._bin = _programs()
        self._as: tuple[str, ...] = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()

    @staticmethod
    def found() -> bool:
        if _programs() is None:
            return False
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            return os.geteuid() != 0
        return os.geteuid() != 0 or shutil.which("runuser") is not None

    async def _run(self, program: str, *words: str) -> None:
        assert self._bin is not None
        nothing = asyncio.subprocess.DEVNULL
        done = await asyncio.create_subprocess_exec(
            *self._as, str(self._bin / program), *words, stdin=nothing, stdout=nothing, stderr=nothing
        )
        if await done.wait():
            raise RuntimeError(f"{program} failed")

    async def start(self) -> None:
        if self._as:
            shutil.chown(self._folder, "postgres")
        await self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust")
        await self.up()

    async def up(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k {self._data} -c max_connections=60"
        await self._run("pg_ctl", "-D", str(self._data), "-w", "-o", options, "-l", str(self._data / "log"), "start")

    async def down(self) -> None:
        """As a crash: nothing is finished, the log is read again at the next start."""
        await self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "-w", "stop")

    async def remove(self) -> None:
        with contextlib.suppress(RuntimeError):
            await self.down()
        shutil.rmtree(self._folder, ignore_errors=True)
