"""Supervised worker processes with a deadline: killed, hung or crashed ones are replaced, a job is tried again.

The event loop never computes; it sends a job down a socket and waits for the answer.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import multiprocessing
import os
import resource
import signal
import socket
import struct
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from consult.errors import Unavailable
from consult.session.large_pages import settle
from consult.session.pickles import packed, unpacked
from consult.session.priority import stand_back

log = logging.getLogger("consult.workers")
START_SECONDS = 60.0  # until a worker has built its parts
AHEAD = 3  # jobs on their way to one worker at once
ROOM = 1024**3  # bytes that one worker may take beyond what it has loaded
_SPAWN = multiprocessing.get_context("spawn")
_LENGTH = struct.Struct("!Q")  # bytes of the pickle that follows


class Runner(Protocol):
    def run(self, job: str, argument: object) -> object: ...


class AnalysisFailed(Unavailable):
    """A job did not come back: `code` is "analysis-timeout", "analysis-crash" or "analysis-error"."""


def _packed(message: object) -> bytes:
    pickled = packed(message)
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
    gc.freeze()  # what was built stays: going through it takes as long as a hundred lines
    gc.set_threshold(100_000, 50, 50)  # what a line leaves behind is next to nothing
    _limit_memory()
    settle()
    stand_back(os.getpid())  # only now: on a busy machine it would load for minutes
    with contextlib.suppress(EOFError, OSError):  # the server is gone
        pipe = end.makefile("rb")
        end.sendall(_packed(("ready", None)))  # the deadline of the first job runs from now on
        while True:
            (size,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
            job, argument = unpacked(_read(pipe, size))
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


class Displaced(Exception):
    """The worker ended over a job that stood before this one, which nothing is known against."""


class Worker:
    """One process and the socket to it. Several jobs may be on their way at once: while one is done the next already
    waits in the socket, so that the process need not wait for the event loop between two."""

    def __init__(self, build: Callable[[], Runner], deadline: float) -> None:
        self._end, child = socket.socketpair()
        self._process = _SPAWN.Process(target=_serve, args=(child, build), daemon=True)
        self._process.start()
        child.close()
        self._deadline = deadline
        self._jobs: deque[asyncio.Future[Any]] = deque()  # without an answer, in their order
        self._unsent: list[bytes] = []  # until it is ready
        self._writer: asyncio.StreamWriter | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._code = "analysis-crash"
        self._task: asyncio.Task[None] | None = None

    async def run(self, job: str, argument: object) -> Any:
        """The answer. Raises AnalysisFailed or Displaced; after anything but "analysis-error" the worker must be
        replaced."""
        if self._task is None:
            self._task = asyncio.create_task(self._answer(), name="analysis worker")
        elif self._task.done():
            raise Displaced
        message = _packed((job, argument))
        place = asyncio.get_running_loop().create_future()
        self._jobs.append(place)
        if self._writer is None:
            self._unsent.append(message)
        else:
            if len(self._jobs) == 1:
                self._watch()
            self._writer.write(message)
        kind, result = await place
        if kind == "failed":
            raise AnalysisFailed(f"The analysis failed ({result}).", code="analysis-error")
        return result

    async def _answer(self) -> None:
        """Hand each answer to its job until the process ends, or does not answer in time."""
        try:
            async with asyncio.timeout(START_SECONDS):
                reader, writer = await asyncio.open_unix_connection(sock=self._end)
                await self._receive(reader)
            self._writer = writer
            self._watch()
            writer.write(b"".join(self._unsent))
            while True:
                answer = await self._receive(reader)
                place = self._jobs.popleft()
                self._watch()
                if not place.done():  # nobody waits for a job that was cancelled
                    place.set_result(answer)
        except TimeoutError:
            self._code = "analysis-timeout"
        except Exception as error:
            log.info("an analysis process is gone: %s", type(error).__name__)
        finally:
            self._end_jobs()

    def _watch(self) -> None:
        """The job that is done now has its deadline from now on."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._deadline, self._late) if self._jobs else None

    def _late(self) -> None:
        self._code = "analysis-timeout"
        self._process.kill()

    def _end_jobs(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        jobs, self._jobs = self._jobs, deque()
        for place in jobs:
            if not place.done():
                words = "The analysis took too long." if self._code == "analysis-timeout" else "The analysis ended."
                place.set_exception(AnalysisFailed(words, code=self._code) if place is jobs[0] else Displaced)

    async def _receive(self, reader: asyncio.StreamReader) -> tuple[str, Any]:
        """The next message, whole: a large one comes in several pieces."""
        (size,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
        answer: tuple[str, Any] = unpacked(await reader.readexactly(size))
        return answer

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        if self._writer is None:
            self._end.close()
        else:
            self._writer.close()
        self._process.join(1.0)


class Workers:
    """A few workers and a line of jobs before them."""

    def __init__(self, build: Callable[[], Runner], count: int = 1, deadline: float = 2.0, tries: int = 3) -> None:
        self._build = build
        self._count = count
        self._deadline = deadline
        self._tries = tries
        self._places: asyncio.Queue[Worker] = asyncio.Queue()  # each worker as often as it has room for a job
        self._all: set[Worker] = set()
        self.replaced = 0
        self.waiting = 0  # jobs that wait for a worker

    def start(self) -> None:
        self._add(self._count)

    def _add(self, count: int) -> None:
        added = [Worker(self._build, self._deadline) for _ in range(count)]
        self._all.update(added)
        for worker in added * AHEAD:
            self._places.put_nowait(worker)

    async def ready(self) -> None:
        """Return once every worker has built its parts."""
        await asyncio.gather(*(self.run("annotate", "") for _ in range(self._count)))

    async def run(self, job: str, argument: object) -> Any:
        """The answer of a worker; tried again on a fresh one when it hangs or dies. Raises AnalysisFailed."""
        failure: AnalysisFailed | None = None
        left = self._tries
        while left:
            worker = await self._place()
            try:
                return await worker.run(job, argument)
            except AnalysisFailed as error:
                failure, left = error, left - 1
                log.warning("%s: %s", job, error.code)
                if error.code != "analysis-error":
                    self._replace(worker)
            except Displaced:
                self._replace(worker)
            finally:
                if worker in self._all:
                    self._places.put_nowait(worker)
        assert failure is not None
        raise failure

    async def _place(self) -> Worker:
        """A worker that has room."""
        self.waiting += 1
        try:
            while (worker := await self._places.get()) not in self._all:
                pass  # one that was replaced meanwhile
            return worker
        finally:
            self.waiting -= 1

    @property
    def alive(self) -> int:
        """How many workers live; one that was just started counts."""
        return sum(worker.alive for worker in self._all)

    def _replace(self, worker: Worker) -> None:
        if worker in self._all:
            self.replaced += 1
            self._all.discard(worker)
            worker.kill()
            self._add(1)

    @property
    def pids(self) -> list[int]:
        return [worker.pid for worker in self._all if worker.pid is not None]

    def stop(self) -> None:
        for worker in self._all:
            worker.kill()
        self._all.clear()
