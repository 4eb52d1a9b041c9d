"""The one transaction of a group of appends, written for each database in the way that costs it least.

SQLAlchemy would take a millisecond for these few statements; they are the busiest of the program, so they go to the
driver as they are: one statement a table, with all rows of the group. Each batch of a group stands alone: a stale or
repeated one is told so and leaves the others untouched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from consult.errors import ConsultError, StaleSequence
from consult.storage import chain
from consult.storage.tables import AUDIT_LOCK

if TYPE_CHECKING:
    import asyncio

    from consult.storage.database import PostgresqlDatabase, SqliteDatabase

EVENT = ("consult_id", "seq", "command_id", "at", "actor", "type", "data")
COMMAND = ("command_id", "consult_id", "first_seq", "last_seq")
AUDIT = ("seq", "key_id", "mac", *chain.COLUMNS)
ROW = ("id", "head", "phase", "pharmacist_id", "row")
UPSERT = "ON CONFLICT (id) DO UPDATE SET " + ", ".join(f'"{name}" = excluded."{name}"' for name in ROW[1:])
NUMBERS = {"seq", "first_seq", "last_seq", "head"}  # all else is text


@dataclass(frozen=True, slots=True)
class Appended:
    """The seqs of a command's events; `first` = `last` = the expected seq for one without events."""

    first: int
    last: int
    duplicate: bool


@dataclass(slots=True, eq=False)
class Pending:
    """A batch as rows in the order of the columns above, and the caller who waits for it."""

    consult_id: str
    command_id: str
    expected_seq: int
    reply: Appended
    events: list[tuple[Any, ...]]
    summary: tuple[Any, ...]
    audit: tuple[str, ...]
    done: asyncio.Future[Appended] = field(init=False)


Outcome = Appended | ConsultError
Known = dict[tuple[str, str], Appended]
Rows = Sequence[tuple[Any, ...]]


class Ledger(Protocol):
    async def commit(self, group: list[Pending]) -> list[Outcome]:
        """The outcome of each batch, once all are committed. Raises the errors of the driver; then none is."""


@dataclass(slots=True)
class _Insert:
    """The rows of the batches that fit, table by table."""

    events: Rows
    commands: Rows
    audit: Rows
    rows: Rows


def _judge(group: list[Pending], heads: dict[str, int], known: Known) -> list[Outcome]:
    """The outcome of each batch after those before it in the group."""
    outcomes: list[Outcome] = []
    for batch in group:
        key = (batch.consult_id, batch.command_id)
        if key in known:
            outcomes.append(known[key])
        elif heads.get(batch.consult_id, 0) != batch.expected_seq:
            outcomes.append(StaleSequence("Somebody else wrote first; read what was missed and decide again."))
        else:
            heads[batch.consult_id] = batch.reply.last
            known[key] = Appended(batch.reply.first, batch.reply.last, True)
            outcomes.append(batch.reply)
    return outcomes


def _to_insert(group: list[Pending], outcomes: list[Outcome], key: chain.Key, seq: int, mac: str) -> _Insert | None:
    fit = [one for one, said in zip(group, outcomes, strict=True) if isinstance(said, Appended) and not said.duplicate]
    if not fit:
        return None
    # Of several batches of one consult the last one says what its row is.
    newest = {batch.consult_id: batch.summary for batch in fit}
    audit = chain.link(key, seq, mac, (batch.audit for batch in fit))
    return _Insert(
        [row for batch in fit for row in batch.events],
        [(batch.command_id, batch.consult_id, batch.reply.first, batch.reply.last) for batch in fit],
        [(number, key.id, made, *values) for number, made, values in audit],
        [newest[consult_id] for consult_id in sorted(newest)],
    )


def _known(rows: Sequence[Sequence[Any]]) -> Known:
    return {(consult_id, command_id): Appended(first, last, True) for command_id, consult_id, first, last in rows}


class SqliteLedger:
    """In the thread that writes. Every step of a statement gives the interpreter's lock away and waits to have it
    back, so there are few steps: answers come as one row of JSON, rows go in by the dozen."""

    # As JSON in one row. The ids are a JSON array too, so that the statement stays the same and is kept prepared.
    HEADS = "SELECT json_group_array(json_array(id, head)) FROM consults WHERE id IN (SELECT value FROM json_each(?))"
    KNOWN = (
        f"SELECT json_group_array(json_array({', '.join(COMMAND)})) FROM commands "
        "WHERE command_id IN (SELECT value FROM json_each(?))"
    )
    LINK = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1"
    SIZES = (64, 16, 4, 1)

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database

    async def commit(self, group: list[Pending]) -> list[Outcome]:
        return await self._database.transact_raw(lambda connection: self._write(connection, group))

    def _write(self, connection: sqlite3.Connection, group: list[Pending]) -> list[Outcome]:
        def ask(statement: str, ids: set[str]) -> Any:
            return orjson.loads(connection.execute(statement, (orjson.dumps(list(ids)).decode(),)).fetchone()[0])

        heads = dict(ask(self.HEADS, {batch.consult_id for batch in group}))
        known = _known(ask(self.KNOWN, {batch.command_id for batch in group}))
        seq, mac = connection.execute(self.LINK).fetchone() or (0, chain.START)
        outcomes = _judge(group, heads, known)
        new = _to_insert(group, outcomes, self._database.audit_key, seq, mac)
        if new is not None:
            self.insert(connection, "events", EVENT, new.events)
            self.insert(connection, "commands", COMMAND, new.commands)
            self.insert(connection, "audit", AUDIT, new.audit)
            self.insert(connection, "consults", ROW, new.rows, UPSERT)
        return outcomes

    def insert(
        self, connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Rows, rest: str = ""
    ) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        places = f"({', '.join('?' * len(columns))})"
        for part in _parts(rows, self.SIZES):
            values = ", ".join([places] * len(part))
            statement = f"INSERT INTO {table} ({names}) VALUES {values} {rest}"
            connection.execute(statement, [value for row in part for value in row])


def _parts(rows: Rows, sizes: tuple[int, ...]) -> Iterator[Rows]:
    """`rows` in parts of few different sizes, so that few statements have to be kept prepared."""
    at = 0
    for size in sizes:
        while len(rows) - at >= size:
            yield rows[at : at + size]
            at += size


class PostgresqlLedger:
    """On the loop, four times to the server and back. All nodes take turns: the lock of the audit chain is the lock
    of the log too, and whoever has it sees everything that was committed before."""

    BEGIN = f"BEGIN; SELECT pg_advisory_xact_lock({AUDIT_LOCK})"
    LOOK = (
        "SELECT (SELECT json_agg(json_build_array(id, head)) FROM consults WHERE id = ANY($1::text[]))::text, "
        f"(SELECT json_agg(json_build_array({', '.join(COMMAND)})) FROM commands "
        "WHERE command_id = ANY($2::text[]))::text, "
        "(SELECT json_build_array(seq, mac) FROM audit ORDER BY seq DESC LIMIT 1)::text"
    )

    def __init__(self, database: PostgresqlDatabase) -> None:
        self._database = database
        tables = (("events", EVENT), ("commands", COMMAND), ("audit", AUDIT), ("consults", ROW))
        parts, place = [], 0
        for table, columns in tables:
            names = ", ".join(f'"{name}"' for name in columns)
            arrays = []
            for name in columns:
                place += 1
                arrays.append(f"${place}::{'bigint' if name in NUMBERS else 'text'}[]")
            parts.append(f"INSERT INTO {table} ({names}) SELECT * FROM unnest({', '.join(arrays)})")
        self._insert = f"WITH a AS ({parts[0]}), b AS ({parts[1]}), c AS ({parts[2]}) {parts[3]} {UPSERT}"

    async def commit(self, group: list[Pending]) -> list[Outcome]:
        return await self._database.transact_raw(self.BEGIN, lambda connection: self._write(connection, group))

    async def _write(self, connection: Any, group: list[Pending]) -> list[Outcome]:
        row = await connection.fetchrow(
            self.LOOK,
            list({batch.consult_id for batch in group}),
            list({batch.command_id for batch in group}),
        )
        heads, known, newest = (orjson.loads(one) if one is not None else [] for one in row)
        seq, mac = newest or (0, chain.START)
        outcomes = _judge(group, dict(heads), _known(known))
        new = _to_insert(group, outcomes, self._database.audit_key, seq, mac)
        if new is not None:
            await connection.fetch(
                self._insert,
                *_columns(new.events, EVENT),
                *_columns(new.commands, COMMAND),
                *_columns(new.audit, AUDIT),
                *_columns(new.rows, ROW),
            )
        return outcomes


def _columns(rows: Rows, columns: tuple[str, ...]) -> list[list[Any]]:
    """The rows turned on their side, a list a column; empty lists where there are none."""
    return [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in columns]
