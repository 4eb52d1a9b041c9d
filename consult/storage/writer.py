"""Group commit: one task takes everything that waits, commits it in one transaction, and repeats. There is no timer."""

from __future__ import annotations

import asyncio
import sqlite3

import asyncpg

from consult.errors import ConsultError, Unavailable
from consult.storage.database import FAILURES, Database, unavailable
from consult.storage.ledger import Appended, Outcome, Pending

LARGEST_GROUP = 500
# A batch that meets other nodes again and again finds its answer (stale or duplicate) at the second look.
TRIES = 4
# PostgreSQL: serialization failure, deadlock found. Somebody else was at the same rows; nothing was written.
CROSSED = {"40001", "40P01"}
# A row that stands already, or not where it should: another node was there, or a batch is wrong.
CLASHES = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
# The connection is gone: it is not known whether the commit went through; the command ids tell.
LOST = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError)


class GroupWriter:
    """Gives each caller the outcome of its batch after the commit, never before."""

    def __init__(self, database: Database) -> None:
        self._ledger = database.ledger
        self._waiting: list[Pending] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self.groups = 0  # committed so far

    async def write(self, batch: Pending) -> Appended:
        """Wait for the batch to be committed. A caller that gives up does not take its batch back."""
        if self._closed:
            raise Unavailable("The server is stopping; try again.")
        batch.done = asyncio.get_running_loop().create_future()
        self._waiting.append(batch)
        self._wake.set()
        if self._task is None:
            self._task = asyncio.create_task(self._run(), name="consult-event-writer")
        return await batch.done

    @property
    def waiting(self) -> int:
        """How many batches wait for their commit to begin."""
        return len(self._waiting)

    async def close(self) -> None:
        self._closed = True
        self._wake.set()
        if self._task is not None:
            await self._task
            self._task = None

    async def _run(self) -> None:
        while True:
            if not self._waiting:
                if self._closed:
                    return
                self._wake.clear()
                await self._wake.wait()
                continue
            await asyncio.sleep(0)  # whatever has arrived in this very moment comes along
            group, self._waiting = self._waiting[:LARGEST_GROUP], self._waiting[LARGEST_GROUP:]
            try:
                await self._commit(group)
                self.groups += 1
            except BaseException as error:
                # Whoever still waits must hear of it; the writer itself goes on unless it was cancelled.
                for batch in group:
                    _answer(batch, unavailable(error))
                if not isinstance(error, Exception):
                    raise

    async def _commit(self, group: list[Pending]) -> None:
        try:
            outcomes = await self._ledger.commit(group)
        except Exception as error:
            if not (isinstance(error, (*CLASHES, *LOST)) or getattr(error, "sqlstate", None) in CROSSED):
                raise
            await self._one_by_one(group)
        else:
            for batch, outcome in zip(group, outcomes, strict=True):
                _answer(batch, outcome)

    async def _one_by_one(self, group: list[Pending]) -> None:
        """The whole group was rolled back, or nobody knows: find out for each batch alone."""
        for batch in group:
            outcome: Outcome | None = None
            for _ in range(TRIES):
                try:
                    (outcome,) = await self._ledger.commit([batch])
                    break
                except FAILURES as error:
                    outcome = unavailable(error)
            if outcome is not None:
                _answer(batch, outcome)


def _answer(batch: Pending, outcome: Appended | ConsultError) -> None:
    if batch.done.done():
        return
    if isinstance(outcome, Appended):
        batch.done.set_result(outcome)
    else:
        batch.done.set_exception(outcome)
