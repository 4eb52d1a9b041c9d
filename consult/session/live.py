"""One live consult: one queue, one command at a time.

decide -> durable append -> evolve -> publish -> acknowledge. Nothing is sent before it is stored; what will be sent is
written down while the store works.
A command that nothing stands before is begun in the next turn of the loop, and ends where its append does. All else is
done by a task: what had to queue, and what was not simply stored.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
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

    def append(self, batch: Append) -> Awaitable[Appended]: ...
    async def read(self, consult_id: str, after: int = 0, limit: int = 1000) -> tuple[Event, ...]: ...
    async def command(self, consult_id: str, command_id: str) -> Appended | None: ...


class Sending(Protocol):
    """What the pages are to see of events that are stored, or soon will be."""

    def make_ready(self) -> None:
        """Write it down now, while there is time."""

    def send(self) -> None:
        """The events are stored: send them."""


Publish = Callable[[Consult, tuple[Event, ...]], Sending]
Clock = Callable[[], datetime]
Told = Callable[[int | ConsultError], None]  # the seq of the last event once it is stored, or why it is not
Submit = Callable[[str, Command, Actor, str], Awaitable[int]]  # consult, command, actor, command id: the seq

WAITS = (0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)  # seconds until something that was not saved is tried again


def stamp(now: datetime) -> str:
    """ISO 8601 in UTC with milliseconds, ending in Z."""
    return now.isoformat(timespec="milliseconds")[:23] + "Z"


@dataclass(slots=True)
class _Step:
    """The consult after a command, and the append that makes it so."""

    after: Consult
    row: ConsultRow
    sending: Sending
    stored: asyncio.Future[Appended]


@dataclass(slots=True)
class _Job:
    command: Command | None  # None: only catch up with the store
    actor: Actor
    command_id: str
    told: Told
    step: _Step | None = None  # begun already


class LiveConsult:
    """A consult in memory. `submit` is the only way to change it."""

    def __init__(self, consult_id: str, store: Store, clock: Clock, publish: Publish) -> None:
        self.consult = Consult(consult_id)
        self._store = store
        self._clock = clock
        self._publish = publish
        self._queue: deque[_Job | None] = deque()
        self._idle: asyncio.Future[None] | None = None  # the consumer waits for this
        self._begun: _Job | None = None  # its append is on its way, without the consumer
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
        job = _Job(command, actor, command_id, told)
        if self._idle is None or self._begun or self._queue:
            self._add(job)
        else:
            # Not at once: what came in one moment is parsed, then decided, then answered, each for all consults. With
            # small caches that is a tenth cheaper than the whole way of one command after that of the other.
            self._begun = job
            self._loop.call_soon(self._begin, job)

    def _add(self, job: _Job | None) -> None:
        self._queue.append(job)
        self._wake()

    def _wake(self) -> None:
        """Have the consumer go on with what is queued, unless a command is under way without it."""
        if self._idle is not None and self._queue and self._begun is None:
            self._idle.set_result(None)
            self._idle = None

    def _begin(self, job: _Job) -> None:
        """Decide and append without the consumer, which has the command where that is not all it needs."""
        self.touched = self._clock()
        with contextlib.suppress(Exception):  # the consumer meets the same, and says so
            job.step = self._decided(job, job.command) if job.command else None
        if job.step is None:
            self._leave(job)
        else:
            job.step.stored.add_done_callback(partial(self._ended, job, job.step))
            self._loop.call_soon(job.step.sending.make_ready)

    def _ended(self, job: _Job, step: _Step, stored: asyncio.Future[Appended]) -> None:
        if stored.cancelled() or stored.exception() is not None or stored.result().duplicate:
            self._leave(job)
            return
        self._begun = None
        try:
            self._take(step)
        except Exception as error:
            self._fail(job, error)
        else:
            self._tell(job, stored.result().last)
        self._wake()

    def _leave(self, job: _Job) -> None:
        """To the consumer, before all that is queued."""
        self._begun = None
        self._queue.appendleft(job)
        self._wake()

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
            except Exception as error:
                self._fail(job, error)
            else:
                self._tell(job, seq)

    def _fail(self, job: _Job, error: Exception) -> None:
        if isinstance(error, ConsultError) and not isinstance(error, Unavailable):
            self._tell(job, error)
            return
        self.unsure = True
        if not isinstance(error, Unavailable):
            log.error("consult %s: command failed: %s", self.consult.id, type(error).__name__)
            error = Unavailable("This could not be saved now. It will be tried again.")
        self._fail_with_those_behind(job, error)

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
            try:
                step, job.step = job.step or self._decided(job, job.command), None
            except Refused:
                before = await self._store.command(self.consult.id, job.command_id)
                if before is not None:
                    return before.last
                if await self._catch_up():
                    continue  # what another node wrote meanwhile may allow it
                raise
            if step is None:
                before = await self._store.command(self.consult.id, job.command_id)
                return before.last if before is not None else self.consult.seq
            try:
                stored = await step.stored
            except StaleSequence:
                await self._catch_up()  # another node was first: read what it wrote and decide again
                self.touched = self._clock()
                continue
            if stored.duplicate:
                if stored.last > self.consult.seq:
                    await self._catch_up()
                return stored.last
            self._take(step)
            return stored.last

    def _decided(self, job: _Job, command: Command) -> _Step | None:
        """What the command does, with its append begun; None where it changes nothing. Raises Refused."""
        now, consult = stamp(self.touched), self.consult
        happened = decide(consult, command, job.actor, now)
        if not happened:
            return None
        events = tuple(
            Event(seq, consult.id, job.command_id, now, job.actor, data)
            for seq, data in enumerate(happened, consult.seq + 1)
        )
        after = fold(consult, events)
        row = follow(self._row, after, events) if self._row else summarise(after, now)
        batch = Append(
            consult_id=consult.id,
            expected_seq=consult.seq,
            command_id=job.command_id,
            events=events,
            actor=job.actor,
            action=NAMES[type(command)],
            summary=row,
        )
        stored = asyncio.ensure_future(self._store.append(batch))
        return _Step(after, row, self._publish(after, events), stored)

    def _take(self, step: _Step) -> None:
        """It is stored: so it is now."""
        self.consult, self._row = step.after, step.row
        step.sending.send()

    async def _catch_up(self, *, quiet: bool = False) -> bool:
        """Read and publish what is stored beyond the present state; whether there was anything."""
        before, self._row = self.consult.seq, None
        while events := await self._store.read(self.consult.id, self.consult.seq, CHUNK):
            for event in events:
                self.consult = evolve(self.consult, event)
            if not quiet:
                self._publish(self.consult, events).send()
        return self.consult.seq > before
