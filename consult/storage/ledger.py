"""The one transaction of a group of appends, written for each database in the way that costs it least.

SQLAlchemy would take a millisecond for these few statements; they are the busiest of the program, so they go to the
driver as they are: one statement a table, with all rows of the group. Each batch of a group stands alone: a stale or
repeated one is told so and leaves the others untouched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import asyncpg
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
# The order in which they are written: what somebody else wrote shows in the first.
TABLES = (("audit", AUDIT), ("events", EVENT), ("commands", COMMAND), ("consults", ROW))
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
    spelled: Spelled = field(init=False)
    done: asyncio.Future[Appended] = field(init=False)


class Spelled(NamedTuple):
    """The rows of a batch as JSON: events with commas between them, the command, the consult's row."""

    events: str
    command: str
    consult: str


Outcome = Appended | ConsultError
Known = dict[tuple[str, str], Appended]
Rows = Sequence[tuple[Any, ...]]
Written = tuple[list[Outcome], "_Insert | None"]


class Ledger(Protocol):
    def spell(self, batch: Pending) -> None:
        """Write down all of a batch but its audit row, ahead of its turn."""

    def commit(self, take: Callable[[], list[Pending]]) -> Awaitable[list[Outcome]]:
        """The outcome of each batch that `take` gives when it is this group's turn, once all are committed. Raises the
        errors of the driver; then none is."""


@dataclass(slots=True)
class _Insert:
    """The rows of the batches that fit, table by table; all but the audit trail as JSON."""

    events: list[str]
    commands: list[str]
    audit: Rows
    consults: list[str]


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
    newest = {batch.consult_id: batch.spelled.consult for batch in fit}
    audit = chain.link(key, seq, mac, (batch.audit for batch in fit))
    return _Insert(
        [batch.spelled.events for batch in fit if batch.events],
        [batch.spelled.command for batch in fit],
        [(number, key.id, made, *values) for number, made, values in audit],
        [newest[consult_id] for consult_id in sorted(newest)],
    )


def _command(batch: Pending) -> tuple[Any, ...]:
    return (batch.command_id, batch.consult_id, batch.reply.first, batch.reply.last)


def _list(rows: Sequence[str]) -> str:
    return f"[{','.join(rows)}]"


def _known(rows: Sequence[Sequence[Any]]) -> Known:
    return {(consult_id, command_id): Appended(first, last, True) for command_id, consult_id, first, last in rows}


class _Memory:
    """The last link of the audit chain as this process knows it without looking.

    It is right as long as nobody else writes, and the keys and guards of the tables tell at the latest: whoever writes
    adds a row to the chain, and a second row of one number is refused, as is a command that stands already or a seq
    that is not the next.
    """

    def __init__(self) -> None:
        self._link: tuple[int, str] | None = None
        self._alone = False  # nobody else wrote between the last two looks

    def plan(self, group: list[Pending], key: chain.Key) -> Written | None:
        """What to insert for `group` if all of it fits; None where somebody has to look first."""
        if not self._alone or self._link is None:
            return None
        outcomes: list[Outcome] = [batch.reply for batch in group]
        return outcomes, _to_insert(group, outcomes, key, *self._link)

    def looked(self, link: tuple[int, str]) -> None:
        """What stands in the database now."""
        self._alone = link == self._link
        self._link = link

    def wrote(self, new: _Insert | None) -> None:
        """These rows are committed, and the last ones."""
        if new is not None and new.audit:
            seq, _, mac, *_ = new.audit[-1]
            self._link = (seq, mac)

    def forget(self) -> None:
        """Somebody else wrote, or nobody knows what became of a commit."""
        self._link, self._alone = None, False


class SqliteLedger:
    """In the thread that writes. Every step of a statement gives the interpreter's lock away and waits to have it back,
    which takes long while the loop is busy. So a group is one statement: its rows go in as JSON, and a trigger of this
    connection puts them into their tables; where somebody has to look first, a transaction is made around it."""

    VIEW = "CREATE TEMP VIEW appends AS SELECT '' AS audit, '' AS events, '' AS commands, '' AS consults"
    INSERT = "INSERT INTO appends (audit, events, commands, consults) VALUES (?, ?, ?, ?)"
    # As JSON in one row. The ids are a JSON array too, so that the statement stays the same and is kept prepared.
    HEADS = "SELECT json_group_array(json_array(id, head)) FROM consults WHERE id IN (SELECT value FROM json_each(?))"
    KNOWN = (
        f"SELECT json_group_array(json_array({', '.join(COMMAND)})) FROM commands "
        "WHERE command_id IN (SELECT value FROM json_each(?))"
    )
    LINK = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1"

    def __init__(self, database: SqliteDatabase) -> None:
        self._database = database
        self._memory = _Memory()
        self._ready: sqlite3.Connection | None = None  # the connection that has the trigger
        parts = []
        for table, columns in TABLES:
            values = ", ".join(f"json_extract(value, '$[{place}]')" for place in range(len(columns)))
            names = ", ".join(f'"{name}"' for name in columns)
            parts.append(f"INSERT INTO {table} ({names}) SELECT {values} FROM json_each(NEW.{table}) WHERE true")
        self._trigger = (
            f"CREATE TEMP TRIGGER appended INSTEAD OF INSERT ON appends BEGIN {'; '.join(parts)} {UPSERT}; END"
        )

    def spell(self, batch: Pending) -> None:
        batch.spelled = Spelled(_text(batch.events)[1:-1], _text(_command(batch)), _text(batch.summary))

    def commit(self, take: Callable[[], list[Pending]]) -> Awaitable[list[Outcome]]:
        return self._database.raw(lambda connection: self._committed(connection, take()))

    def _committed(self, connection: sqlite3.Connection, group: list[Pending]) -> list[Outcome]:
        if not group:
            return []
        try:
            outcomes, new = self._write(connection, group)
        except BaseException:
            self._memory.forget()
            raise
        self._memory.wrote(new)
        return outcomes

    def _write(self, connection: sqlite3.Connection, group: list[Pending]) -> Written:
        if connection is not self._ready:
            connection.execute(self.VIEW)
            connection.execute(self._trigger)
            self._ready = connection
        if (planned := self._memory.plan(group, self._database.audit_key)) is not None:
            try:
                self._insert(connection, planned[1])
            except sqlite3.IntegrityError:
                self._memory.forget()  # the statement is its own transaction: nothing of it stands
            else:
                return planned
        connection.execute("BEGIN IMMEDIATE")
        written = self._look(connection, group)
        connection.execute("COMMIT")
        return written

    def _look(self, connection: sqlite3.Connection, group: list[Pending]) -> Written:
        def ask(statement: str, ids: set[str]) -> Any:
            return orjson.loads(connection.execute(statement, (_text(list(ids)),)).fetchone()[0])

        heads = dict(ask(self.HEADS, {batch.consult_id for batch in group}))
        known = _known(ask(self.KNOWN, {batch.command_id for batch in group}))
        link = connection.execute(self.LINK).fetchone() or (0, chain.START)
        self._memory.looked(link)
        outcomes = _judge(group, heads, known)
        new = _to_insert(group, outcomes, self._database.audit_key, *link)
        self._insert(connection, new)
        return outcomes, new

    def _insert(self, connection: sqlite3.Connection, new: _Insert | None) -> None:
        if new is not None:
            lists = (_list(rows) for rows in (new.events, new.commands, new.consults))
            connection.execute(self.INSERT, (_text(new.audit), *lists))


def _text(value: object) -> str:
    return orjson.dumps(value).decode()


class PostgresqlLedger:
    """On the loop: once to the server and back where this node alone writes, else four times.

    All nodes take turns: the lock of the audit chain is the lock of the log too, and whoever looks while it has it
    sees everything that was committed before.
    """

    LOCK = f"SELECT pg_advisory_xact_lock({AUDIT_LOCK})"
    LOOK = (
        "SELECT (SELECT json_agg(json_build_array(id, head)) FROM consults WHERE id = ANY($1::text[]))::text, "
        f"(SELECT json_agg(json_build_array({', '.join(COMMAND)})) FROM commands "
        "WHERE command_id = ANY($2::text[]))::text, "
        "(SELECT json_build_array(seq, mac) FROM audit ORDER BY seq DESC LIMIT 1)::text"
    )

    def __init__(self, database: PostgresqlDatabase) -> None:
        self._database = database
        self._memory = _Memory()
        self._ready: tuple[Any, Any] = (None, None)  # a connection, and the statement prepared for it
        parts = []
        for place, (table, columns) in enumerate(TABLES, 1):
            names = ", ".join(f'"{name}"' for name in columns)
            shape = ", ".join(f'"{name}" {"bigint" if name in NUMBERS else "text"}' for name in columns)
            rows = f"SELECT {names} FROM turn, json_to_recordset(${place}::json) AS one ({shape})"
            parts.append(f"INSERT INTO {table} ({names}) {rows}")
        # Each part reads from `turn`, so that nothing is written before the lock is held.
        self._insert = (
            f"WITH turn AS MATERIALIZED ({self.LOCK}), "
            f"a AS ({parts[0]}), b AS ({parts[1]}), c AS ({parts[2]}) {parts[3]} {UPSERT}"
        )

    def spell(self, batch: Pending) -> None:
        events = ",".join(_object(EVENT, row) for row in batch.events)
        batch.spelled = Spelled(events, _object(COMMAND, _command(batch)), _object(ROW, batch.summary))

    def commit(self, take: Callable[[], list[Pending]]) -> Awaitable[list[Outcome]]:
        return self._database.raw(lambda connection: self._committed(connection, take()))

    async def _committed(self, connection: Any, group: list[Pending]) -> list[Outcome]:
        if not group:
            return []
        try:
            outcomes, new = await self._write(connection, group)
        except BaseException:
            self._memory.forget()
            raise
        self._memory.wrote(new)
        return outcomes

    async def _write(self, connection: Any, group: list[Pending]) -> Written:
        if (planned := self._memory.plan(group, self._database.audit_key)) is not None:
            try:
                await self._send(connection, planned[1])
            except asyncpg.UniqueViolationError:
                self._memory.forget()  # the statement is its own transaction: nothing of it stands
            else:
                return planned
        await connection.execute(f"BEGIN; {self.LOCK}")
        written = await self._look(connection, group)
        await connection.execute("COMMIT")
        return written

    async def _look(self, connection: Any, group: list[Pending]) -> Written:
        row = await connection.fetchrow(
            self.LOOK,
            list({batch.consult_id for batch in group}),
            list({batch.command_id for batch in group}),
        )
        found, known, newest = (orjson.loads(one) if one is not None else [] for one in row)
        heads, link = dict(found), (newest[0], newest[1]) if newest else (0, chain.START)
        self._memory.looked(link)
        outcomes = _judge(group, heads, _known(known))
        new = _to_insert(group, outcomes, self._database.audit_key, *link)
        await self._send(connection, new)
        return outcomes, new

    async def _send(self, connection: Any, new: _Insert | None) -> None:
        if new is None:
            return
        # As JSON: the driver would take longer for so many arrays than for all else.
        audit = [_object(AUDIT, row) for row in new.audit]
        if self._ready[0] is not connection:
            self._ready = connection, await connection.prepare(self._insert)
        await self._ready[1].fetch(*map(_list, (audit, new.events, new.commands, new.consults)))


def _object(columns: tuple[str, ...], row: tuple[Any, ...]) -> str:
    return _text(dict(zip(columns, row, strict=True)))
