"""Supervised worker processes with a deadline: killed, hung or crashed ones are replaced, a job is tried again.

The event loop never computes; it sends a job down a socket and waits for the answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import multiprocessing
import os
import resource
import signal
import socket
import struct
import threading
from collections.abc import Callable
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from consult.errors import Unavailable

log = logging.getLogger("consult.workers")
ROOM = 1024**3  # bytes that one worker may take beyond what it has loaded
_SPAWN = multiprocessing.get_context("spawn")
_LENGTH = struct.Struct("!Q")  # bytes of the pickle that follows


class Runner(Protocol):
    def run(self, job: str, argument: object) -> object: ...


class AnalysisFailed(Unavailable):
    """A job did not come back: `code` is "analysis-timeout", "analysis-crash" or "analysis-error"."""


def _packed(message: object) -> bytes:
    pickled = bytes(ForkingPickler.dumps(message))
    return _LENGTH.pack(len(pickled)) + pickled


def _read(pipe: BinaryIO, size: int) -> bytes:
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _serve(end: socket.socket, build: Callable[[], Runner]) -> None:
    """The worker's life: build once, then answer jobs until the socket closes or the parent is gone."""
    end.setblocking(True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    parent = os.getppid()
    threading.Thread(target=_leave_with, args=(parent,), daemon=True).start()
    runner = build()
    _limit_memory()
    with contextlib.suppress(EOFError, OSError):  # the server is gone
        pipe = end.makefile("rb")
        end.sendall(_packed(("ready", None)))
        while True:
            (size,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
            job, argument = ForkingPickler.loads(_read(pipe, size))
            try:
                answer = ("done", runner.run(job, argument))
            except MemoryError:  # what it holds is not to be had back: a new process is better
                os._exit(1)
            except Exception as error:  # the type alone: the text could hold a patient's words
                answer = ("failed", type(error).__name__)
            end.sendall(_packed(answer))


def _limit_memory() -> None:
    """Whoever takes more than `ROOM` fails, and not the machine. Where the system has no such limit, nothing is set."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[5])  # data and stack
        limit = pages * resource.getpagesize() + ROOM
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _leave_with(parent: int) -> None:
    """A worker does not outlive a killed server."""
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(1.0)
    os._exit(0)


class Worker:
    """One process and the socket to it. `run` may be called by one task at a time."""

    def __init__(self, build: Callable[[], Runner], nice: int) -> None:
        self._end, child = socket.socketpair()
        self._process = _SPAWN.Process(target=_serve, args=(child, build), daemon=True)
        self._process.start()
        with contextlib.suppress(OSError):
            if self._process.pid is not None:  # from its first moment: loading takes a core for seconds
                os.setpriority(os.PRIO_PROCESS, self._process.pid, nice)
        child.close()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def run(self, job: str, argument: object, deadline: float, start_deadline: float = 60.0) -> Any:
        """The answer. Raises AnalysisFailed; after anything but "analysis-error" the worker must be replaced."""
        try:
            if self._streams is None:
                async with asyncio.timeout(start_deadline):
                    self._streams = await asyncio.open_unix_connection(sock=self._end)
                    await self._receive(self._streams[0])
            reader, writer = self._streams
            async with asyncio.timeout(deadline):
                writer.write(_packed((job, argument)))
                await writer.drain()
                kind, result = await self._receive(reader)
        except TimeoutError:
            raise AnalysisFailed("The analysis took too long.", code="analysis-timeout") from None
        except (EOFError, OSError) as error:
            raise AnalysisFailed("The analysis process ended.", code="analysis-crash") from error
        if kind == "failed":
            raise AnalysisFailed(f"The analysis failed ({result}).", code="analysis-error")
        return result

    async def _receive(self, reader: asyncio.StreamReader) -> tuple[str, Any]:
        """The next message, whole: a large one comes in several pieces."""
        (size,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        answer: tuple[str, Any] = ForkingPickler.loads(await reader.readexactly(size))
        return answer

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        if self._streams is None:
            self._end.close()
        else:
            self._streams[1].close()
        self._process.join(1.0)


class Workers:
    """A few workers and a line of jobs before them."""

    def __init__(
        self, build: Callable[[], Runner], count: int = 1, deadline: float = 2.0, tries: int = 3, nice: int = 0
    ) -> None:
        self._build = build
        self._count = count
        self._deadline = deadline
        self._tries = tries
        self._nice = nice
        self._free: asyncio.Queue[Worker] = asyncio.Queue()
        self._all: set[Worker] = set()
        self.replaced = 0
        self.waiting = 0  # jobs that wait for a worker

    def start(self) -> None:
        for _ in range(self._count):
            self._add()

    def _add(self) -> None:
        worker = Worker(self._build, self._nice)
        self._all.add(worker)
        self._free.put_nowait(worker)

    async def ready(self) -> None:
        """Return once every worker has built its parts."""
        await asyncio.gather(*(self.run("annotate", "") for _ in range(self._count)))

    async def run(self, job: str, argument: object) -> Any:
        """The answer of a worker; tried again on a fresh one when it hangs or dies. Raises AnalysisFailed."""
        failure: AnalysisFailed | None = None
        for _ in range(self._tries):
            self.waiting += 1
            try:
                worker = await self._free.get()
            finally:
                self.waiting -= 1
            try:
                result = await worker.run(job, argument, self._deadline)
            except AnalysisFailed as error:
                failure = error
                log.warning("%s: %s", job, error.code)
                if error.code == "analysis-error":
                    self._free.put_nowait(worker)
                else:
                    self._replace(worker)
            except BaseException:
                self._replace(worker)  # cancelled half-way: its answer would be taken for the next job's
                raise
            else:
                self._free.put_nowait(worker)
                return result
        assert failure is not None
        raise failure

    @property
    def alive(self) -> int:
        """How many workers live; one that was just started counts."""
        return sum(worker.alive for worker in self._all)

    def _replace(self, worker: Worker) -> None:
        self.replaced += 1
        self._all.discard(worker)
        worker.kill()
        self._add()

    @property
    def pids(self) -> list[int]:
        return [worker.pid for worker in self._all if worker.pid is not None]

    def stop(self) -> None:
        for worker in self._all:
            worker.kill()
        self._all.clear()
