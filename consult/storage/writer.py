"""Group commit: one task takes everything that waits, commits it in one transaction, and repeats.

Each batch of a group stands alone: a stale or repeated one is told so and leaves the others untouched.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from consult.errors import ConsultError, StaleSequence, Unavailable
from consult.storage import tables
from consult.storage.database import Database, unavailable

LARGEST_GROUP = 500
# A batch that meets other nodes again and again finds its answer (stale or duplicate) at the second look.
TRIES = 4
# PostgreSQL: serialization failure, deadlock found. Somebody else was at the same rows; nothing was written.
CROSSED = {"40001", "40P01"}

# Built once: SQLAlchemy then finds the compiled form without walking the statement again.
INSERT_EVENTS, INSERT_COMMANDS, INSERT_AUDIT = insert(tables.events), insert(tables.commands), insert(tables.audit)
KNOWN = select(tables.commands).where(tables.commands.c.command_id.in_(bindparam("ids", expanding=True)))
HEADS = select(tables.consults.c.id, tables.consults.c.head).where(
    tables.consults.c.id.in_(bindparam("ids", expanding=True))
)
# Writers of one consult queue up here; one order for all nodes, so that none waits in a circle.
HEADS_LOCKED = HEADS.order_by(tables.consults.c.id).with_for_update()


@dataclass(frozen=True, slots=True)
class Appended:
    """The seqs of a command's events; `first` = `last` = the expected seq for one without events."""

    first: int
    last: int
    duplicate: bool


@dataclass(slots=True, eq=False)
class Pending:
    """A batch as rows, and the caller who waits for it."""

    consult_id: str
    command_id: str
    expected_seq: int
    reply: Appended
    events: list[dict[str, Any]]
    summary: dict[str, Any]
    audit: dict[str, Any]
    done: asyncio.Future[Appended] = field(init=False)


class GroupWriter:
    """Gives each caller the outcome of its batch after the commit, never before."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[Pending] = []
        self._wake = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        dialect = postgresql if database.dialect == "postgresql" else sqlite
        upsert = dialect.insert(tables.consults)
        self._upsert = upsert.on_conflict_do_update(
            index_elements=["id"],
            set_={name: upsert.excluded[name] for name in ("head", "phase", "pharmacist_id", "row")},
        )

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
            group, self._waiting = self._waiting[:LARGEST_GROUP], self._waiting[LARGEST_GROUP:]
            try:
                await self._commit(group)
            except BaseException as error:
                # Whoever still waits must hear of it; the writer itself goes on unless it was cancelled.
                for batch in group:
                    _answer(batch, unavailable(error))
                if not isinstance(error, Exception):
                    raise

    async def _commit(self, group: list[Pending]) -> None:
        try:
            outcomes = await self._transaction(group)
        except IntegrityError:
            await self._one_by_one(group)
        except DBAPIError as error:
            # After a lost connection it is not known whether the commit went through; the command ids tell.
            if error.connection_invalidated or getattr(error.orig, "sqlstate", None) in CROSSED:
                await self._one_by_one(group)
            else:
                raise
        else:
            for batch, outcome in zip(group, outcomes, strict=True):
                _answer(batch, outcome)

    async def _one_by_one(self, group: list[Pending]) -> None:
        """Another node was at the same rows and the whole group was rolled back: find out which batch it was."""
        for batch in group:
            outcome: Appended | ConsultError | None = None
            for _ in range(TRIES):
                try:
                    (outcome,) = await self._transaction([batch])
                    break
                except SQLAlchemyError as error:
                    outcome = unavailable(error)
            if outcome is not None:
                _answer(batch, outcome)

    async def _transaction(self, group: list[Pending]) -> list[Appended | ConsultError]:
        return await self._database.transact(lambda connection: self._judge_and_insert(connection, group))

    def _judge_and_insert(self, connection: Connection, group: list[Pending]) -> list[Appended | ConsultError]:
        heads = _heads(connection, group)
        known = _known(connection, group)
        outcomes = [_judge(batch, heads, known) for batch in group]
        fit = [
            batch
            for batch, outcome in zip(group, outcomes, strict=True)
            if isinstance(outcome, Appended) and not outcome.duplicate
        ]
        if fit:
            self._insert(connection, fit)
        return outcomes

    def _insert(self, connection: Connection, fit: list[Pending]) -> None:
        events = [row for batch in fit for row in batch.events]
        commands = [
            {
                "consult_id": batch.consult_id,
                "command_id": batch.command_id,
                "first_seq": batch.reply.first,
                "last_seq": batch.reply.last,
            }
            for batch in fit
        ]
        # Of several batches of one consult the last one says what its row is.
        newest = {batch.consult_id: batch.summary for batch in fit}
        if events:
            events.sort(key=lambda row: (row["consult_id"], row["seq"]))
            connection.execute(INSERT_EVENTS, events)
        commands.sort(key=lambda row: (row["command_id"], row["consult_id"]))
        connection.execute(INSERT_COMMANDS, commands)
        connection.execute(INSERT_AUDIT, [batch.audit for batch in fit])
        connection.execute(self._upsert, [newest[consult_id] for consult_id in sorted(newest)])


def _heads(connection: Connection, group: list[Pending]) -> dict[str, int]:
    query = HEADS_LOCKED if connection.dialect.name == "postgresql" else HEADS
    rows = connection.execute(query, {"ids": list({batch.consult_id for batch in group})})
    return {row[0]: row[1] for row in rows}


def _known(connection: Connection, group: list[Pending]) -> dict[tuple[str, str], Appended]:
    rows = connection.execute(KNOWN, {"ids": list({batch.command_id for batch in group})})
    return {(consult_id, command_id): Appended(first, last, True) for command_id, consult_id, first, last in rows}


def _judge(batch: Pending, heads: dict[str, int], known: dict[tuple[str, str], Appended]) -> Appended | ConsultError:
    """The outcome of a batch after those before it in the group; remembers it in `heads` and `known`."""
    key = (batch.consult_id, batch.command_id)
    if key in known:
        return known[key]
    if heads.get(batch.consult_id, 0) != batch.expected_seq:
        return StaleSequence("Somebody else wrote first; read what was missed and decide again.")
    heads[batch.consult_id] = batch.reply.last
    known[key] = Appended(batch.reply.first, batch.reply.last, True)
    return batch.reply


def _answer(batch: Pending, outcome: Appended | ConsultError) -> None:
    if batch.done.done():
        return
    if isinstance(outcome, Appended):
        batch.done.set_result(outcome)
    else:
        batch.done.set_exception(outcome)
