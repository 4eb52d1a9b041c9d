"""The event log: appended in order, durably, once; read back in order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import bindparam, select, text

from consult.domain.events import Event
from consult.domain.people import Actor
from consult.domain.summary import ConsultRow
from consult.errors import BadCommand, ConsultError
from consult.storage import chain, tables
from consult.storage.audit import audit_values
from consult.storage.codec import decode, decode_data, encode
from consult.storage.database import Database
from consult.storage.ledger import Appended, Pending
from consult.storage.writer import GroupWriter

__all__ = ["Append", "Appended", "EventStore"]

# Built once: to build a statement takes longer than to run it.
_READ = (
    select(tables.events)
    .where(tables.events.c.consult_id == bindparam("consult"), tables.events.c.seq > bindparam("after"))
    .order_by(tables.events.c.seq)
    .limit(bindparam("most"))
)
# As JSON in one row: it is asked every second for all consults in memory.
_HEADS = {
    "sqlite": text(
        "SELECT json_group_array(json_array(id, head)) FROM consults WHERE id IN (SELECT value FROM json_each(:ids))"
    ),
    "postgresql": text(
        "SELECT coalesce(json_agg(json_build_array(id, head)), '[]')::text FROM consults "
        "WHERE id IN (SELECT json_array_elements_text(CAST(:ids AS json)))"
    ),
}
_COMMAND = select(tables.commands).where(
    tables.commands.c.command_id == bindparam("command"), tables.commands.c.consult_id == bindparam("consult")
)


@dataclass(frozen=True, slots=True)
class Append:
    """What one command did to one consult.

    `events` continue at `expected_seq` + 1 and may be none (a command that changed nothing is still remembered
    and audited); `action` is the command's wire name; `summary` the consult's row after the events. `at` is the
    time for the audit row, left out where there are events.
    """

    consult_id: str
    expected_seq: int
    command_id: str
    events: tuple[Event, ...]
    actor: Actor
    action: str
    summary: ConsultRow
    at: str = ""


class EventStore:
    """The log of all consults. All appends that wait at one moment share one commit; there is no timer."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.writer = GroupWriter(database)

    def append(self, batch: Append) -> Awaitable[Appended]:
        """Append the events with the command id, the audit row and the consult's row; durable when it is done.

        A command id that is known already gives its old seqs with `duplicate`, and changes nothing. Raises
        StaleSequence where the head is not `expected_seq`, BadCommand (bad-text) for text that is not Unicode,
        Unavailable where it is not known whether it was saved: append again with the same command id.
        """
        try:
            return self.writer.write(_pending(batch))
        except ConsultError as error:
            failed: asyncio.Future[Appended] = asyncio.get_running_loop().create_future()
            failed.set_exception(error)
            return failed

    async def read(self, consult_id: str, after: int = 0, limit: int = 1000) -> tuple[Event, ...]:
        """At most `limit` events with a seq above `after`, in order."""
        given = {"consult": consult_id, "after": after, "most": limit}
        rows = await self._database.read(lambda connection: connection.execute(_READ, given).all())
        return tuple(
            Event(seq, consult_id, command_id, at, _read_actor(actor), decode_data(kind, data))
            for consult_id, seq, command_id, at, actor, kind, data in rows
        )

    async def head(self, consult_id: str) -> int:
        """The seq of the newest event, 0 for a consult that is not known."""
        return (await self.heads((consult_id,)))[consult_id]

    async def heads(self, consult_ids: Iterable[str]) -> dict[str, int]:
        """The heads of several consults by one query."""
        wanted = dict.fromkeys(consult_ids, 0)
        query, given = _HEADS[self._database.dialect], {"ids": orjson.dumps(list(wanted)).decode()}
        found = await self._database.read(lambda connection: connection.scalar(query, given))
        return wanted | dict(orjson.loads(found))

    async def command(self, consult_id: str, command_id: str) -> Appended | None:
        """What became of a command: its seqs (with `duplicate`), or None where it was never saved."""
        given = {"command": command_id, "consult": consult_id}
        row = await self._database.read(lambda connection: connection.execute(_COMMAND, given).one_or_none())
        return None if row is None else Appended(row.first_seq, row.last_seq, True)

    async def rows(self, pharmacist_id: str | None = None) -> list[ConsultRow]:
        """The consults of one pharmacist, or all; the last planned first."""
        table = tables.consults
        query = select(table.c.row)
        if pharmacist_id is not None:
            query = query.where(table.c.pharmacist_id == pharmacist_id)
        texts = await self._database.read(lambda connection: connection.scalars(query).all())
        found = [decode(ConsultRow, text) for text in texts]
        return sorted(found, key=lambda row: (row.planned_at, row.id), reverse=True)

    async def row(self, consult_id: str) -> ConsultRow | None:
        """The row of one consult."""
        table = tables.consults
        query = select(table.c.row).where(table.c.id == consult_id)
        text = await self._database.read(lambda connection: connection.scalar(query))
        return None if text is None else decode(ConsultRow, text)

    async def pending_analysis(self) -> tuple[str, ...]:
        """Ids of the consults that are not closed: after a restart their lines may still wait for analysis."""
        table = tables.consults
        query = select(table.c.id).where(table.c.phase.in_(("open", "scheduled"))).order_by(table.c.id)
        return tuple(await self._database.read(lambda connection: connection.scalars(query).all()))

    async def close(self) -> None:
        """Finish what was handed over; later appends are refused."""
        await self.writer.close()


def _pending(batch: Append) -> Pending:
    first, last = batch.expected_seq, batch.expected_seq + len(batch.events)
    rows: list[tuple[Any, ...]] = []
    for seq, event in enumerate(batch.events, first + 1):
        if (event.seq, event.consult_id, event.command_id) != (seq, batch.consult_id, batch.command_id):
            raise ValueError(f"event {event.seq} does not belong at {seq} of this append")
        actor, data = _actor(event.actor), encode(event.data)
        rows.append((event.consult_id, seq, event.command_id, event.at, actor, event.data.type, data))
    at = batch.at or (batch.events[-1].at if batch.events else batch.summary.last_at)
    said = chain.digest((row[1], row[5], row[4], row[6]) for row in rows)
    audit = audit_values(at, batch.actor, batch.action, batch.consult_id, f"{batch.command_id}@{last}", payload=said)
    row = batch.summary
    summary = (batch.consult_id, last, row.phase, row.pharmacist_id, encode(row))
    _refuse_unfit(f"{at}{batch.command_id}{batch.consult_id}{batch.actor.id}{row.pharmacist_id}")
    reply = Appended(first + 1 if rows else first, last, False)
    return Pending(batch.consult_id, batch.command_id, first, reply, rows, summary, audit)


@lru_cache(1000)
def _actor(actor: Actor) -> str:
    return encode(actor)


@lru_cache(1000)
def _read_actor(text: str) -> Actor:
    return decode(Actor, text)


def _refuse_unfit(keys: str) -> None:
    """Ids stand as they are, not as JSON; PostgreSQL refuses NUL in them and no database takes a lone surrogate."""
    if "\x00" in keys or (not keys.isascii() and not _encodable(keys)):
        raise BadCommand("An id holds a character that no id may hold.", code="bad-text")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
