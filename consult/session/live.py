"""One live consult: one queue, one consumer, one command at a time.

decide -> durable append -> evolve -> publish -> acknowledge. Nothing is sent before it is stored.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from consult.domain.commands import Command
from consult.domain.consult import Consult, decide, evolve, fold
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.domain.summary import ConsultRow, follow, summarise
from consult.errors import ConsultError, NotFound, Refused, StaleSequence, Unavailable
from consult.session.wire import NAMES
from consult.storage.events import Append, Appended

log = logging.getLogger("consult.live")
CHUNK = 1000


class Store(Protocol):
    """What a live consult needs of the event store."""

    async def append(self, batch: Append) -> Appended: ...
    async def read(self, consult_id: str, after: int = 0, limit: int = 1000) -> tuple[Event, ...]: ...
    async def command(self, consult_id: str, command_id: str) -> Appended | None: ...


Published = Callable[[Consult, tuple[Event, ...]], Awaitable[None]]
Clock = Callable[[], datetime]
Told = Callable[[int | ConsultError], None]  # the seq of the last event once it is stored, or why it is not
Submit = Callable[[str, Command, Actor, str], Awaitable[int]]  # consult, command, actor, command id: the seq

WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)  # seconds until something that was not saved is tried again


def stamp(now: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, ending in Z."""
    return now.isoformat(timespec="milliseconds")[:23] + "Z"


@dataclass(slots=True)
class _Job:
    command: Command | None  # None: only catch up with the store
    actor: Actor
    command_id: str
    told: Told


class LiveConsult:
    """A consult in memory. `submit` is the only way to change it."""

    def __init__(self, consult_id: str, store: Store, clock: Clock, publish: Published) -> None:
        self.consult = Consult(consult_id)
        self._store = store
        self._clock = clock
        self._publish = publish
        self._queue: deque[_Job | None] = deque()
        self._idle: asyncio.Future[None] | None = None  # the consumer waits for this
        self._row: ConsultRow | None = None  # of the consult as it is
        self._loop = asyncio.get_running_loop()
        self._task: asyncio.Task[None] | None = None
        self.touched = clock()
        self.unsure = False  # something may have been stored of which only a failure was heard

    async def start(self, *, must_exist: bool = True) -> None:
        """Read what is stored and begin to take commands. Raises NotFound for an unknown consult."""
        await self._catch_up(quiet=True)
        if must_exist and self.consult.phase == "none":
            raise NotFound("There is no such consult.")
        self._task = asyncio.create_task(self._consume(), name=f"consult {self.consult.id}")

    async def submit(self, command: Command | None, actor: Actor, command_id: str) -> int:
        """The seq of the last event of this command, once it is stored.

        A repeated command id gives its first result. Raises Refused, or Unavailable when the store fails.
        """
        done: asyncio.Future[int] = self._loop.create_future()

        def told(outcome: int | ConsultError) -> None:
            if done.done():  # nobody waits for it any more
                return
            if isinstance(outcome, ConsultError):
                done.set_exception(outcome)
            else:
                done.set_result(outcome)

        self.enqueue(command, actor, command_id, told)
        return await done

    async def catch_up(self) -> int:
        """Read and publish what another node has written; the present seq."""
        return await self.submit(None, SYSTEM, "")

    async def stop(self) -> None:
        """Finish what is queued, then stop."""
        self._add(None)
        if self._task is not None:
            await self._task

    def enqueue(self, command: Command | None, actor: Actor, command_id: str, told: Told) -> None:
        """Take a place in the queue now; `told` hears what `submit` gives or raises, right behind what is sent."""
        if self._task is None or self._task.done():
            raise Unavailable("The consult is not being served now. Try again.")
        self._add(_Job(command, actor, command_id, told))

    def _add(self, job: _Job | None) -> None:
        self._queue.append(job)
        if self._idle is not None:
            self._idle.set_result(None)
            self._idle = None

    async def _consume(self) -> None:
        while True:
            if not self._queue:
                self._idle = self._loop.create_future()
                await self._idle
            if (job := self._queue.popleft()) is None:
                return
            self.touched = self._clock()
            try:
                seq = await self._handle(job)
            except Unavailable as error:
                self.unsure = True
                self._fail_with_those_behind(job, error)
            except ConsultError as error:
                self._tell(job, error)
            except Exception as error:
                self.unsure = True
                log.error("consult %s: command failed: %s", self.consult.id, type(error).__name__)
                self._fail_with_those_behind(job, Unavailable("This could not be saved now. It will be tried again."))
            else:
                self._tell(job, seq)

    def _tell(self, job: _Job, outcome: int | ConsultError) -> None:
        try:
            job.told(outcome)
        except Exception as error:  # whoever hears it must not stop the consult
            log.error("consult %s: an answer failed: %s", self.consult.id, type(error).__name__)

    def _fail_with_those_behind(self, failed: _Job, error: ConsultError) -> None:
        """What the same person sent behind a command that was not saved is not saved either: a page sends it all
        again, and in its order."""
        self._tell(failed, error)
        waiting, self._queue = self._queue, deque()
        behind = True
        for job in waiting:
            behind = behind and (job is None or job.command_id != failed.command_id)
            if behind and job is not None and job.command is not None and job.actor.id == failed.actor.id:
                self._tell(job, error)
            else:
                self._queue.append(job)

    async def _handle(self, job: _Job) -> int:
        if job.command is None:
            await self._catch_up()
            return self.consult.seq
        while True:
            now = stamp(self.touched)
            try:
                happened = decide(self.consult, job.command, job.actor, now)
            except Refused:
                before = await self._store.command(self.consult.id, job.command_id)
                if before is not None:
                    return before.last
                if await self._catch_up():
                    continue  # what another node wrote meanwhile may allow it
                raise
            if not happened:
                before = await self._store.command(self.consult.id, job.command_id)
                return before.last if before is not None else self.consult.seq
            first = self.consult.seq + 1
            events = tuple(
                Event(first + i, self.consult.id, job.command_id, now, job.actor, data)
                for i, data in enumerate(happened)
            )
            after = fold(self.consult, events)
            row = follow(self._row, after, events) if self._row else summarise(after, now)
            batch = Append(
                consult_id=self.consult.id,
                expected_seq=self.consult.seq,
                command_id=job.command_id,
                events=events,
                actor=job.actor,
                action=NAMES[type(job.command)],
                summary=row,
            )
            try:
                stored = await self._store.append(batch)
            except StaleSequence:
                await self._catch_up()  # another node was first: read what it wrote and decide again
                self.touched = self._clock()
                continue
            if stored.duplicate:
                if stored.last > self.consult.seq:
                    await self._catch_up()
                return stored.last
            self.consult, self._row = after, row
            await self._publish(after, events)
            return stored.last

    async def _catch_up(self, *, quiet: bool = False) -> bool:
        """Read and publish what is stored beyond the present state; whether there was anything."""
        before, self._row = self.consult.seq, None
        while events := await self._store.read(self.consult.id, self.consult.seq, CHUNK):
            for event in events:
                self.consult = evolve(self.consult, event)
            if not quiet:
                await self._publish(self.consult, events)
        return self.consult.seq > before
