"""The audit trail: who did or tried what, on what, and how it ended. Ids and codes only; rows are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, insert, select

from consult.domain.people import Actor
from consult.storage import chain, tables
from consult.storage.database import Database

Outcome = Literal["ok", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`seq` orders the rows; `at` is ISO 8601 UTC; `object` is an id; `code` an error code or ""."""

    seq: int
    at: str
    actor_id: str
    role: str
    action: str
    consult_id: str
    object: str
    outcome: str
    code: str


def audit_values(
    at: str,
    actor: Actor,
    action: str,
    consult_id: str,
    object: str = "",
    outcome: Outcome = "ok",
    code: str = "",
    payload: str = "",
) -> tuple[str, ...]:
    """A new row in the order of `chain.COLUMNS`. The name of the actor is left out: the trail holds no names."""
    return (at, actor.id, actor.role, action, consult_id, object, outcome, code, payload)


class AuditTrail:
    """For what stands outside the event log: reads, denials, sign-ins. Appends are recorded by the event store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(
        self,
        at: str,
        actor: Actor,
        action: str,
        consult_id: str = "",
        object: str = "",
        outcome: Outcome = "ok",
        code: str = "",
    ) -> None:
        """Add a row; durable when it returns. Raises Unavailable."""
        values = audit_values(at, actor, action, consult_id, object, outcome, code)
        await self._database.write(lambda connection: _add(connection, self._database.audit_key, values))

    async def read(self, after: int = 0, limit: int = 1000, consult_id: str | None = None) -> tuple[AuditRow, ...]:
        """Rows in order, of one consult or of all."""
        shown = (tables.audit.c[name] for name in AuditRow.__slots__)
        query = select(*shown).where(tables.audit.c.seq > after).order_by(tables.audit.c.seq).limit(limit)
        if consult_id is not None:
            query = query.where(tables.audit.c.consult_id == consult_id)
        rows = await self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(AuditRow(**row) for row in rows)

    async def anchor(self) -> tuple[int, str]:
        """The newest link of the chain: its seq and MAC; (0, "") before the first."""
        return await self._database.read(newest)


NEWEST = select(tables.audit.c.seq, tables.audit.c.mac).order_by(tables.audit.c.seq.desc()).limit(1)


def newest(connection: Connection) -> tuple[int, str]:
    row = connection.execute(NEWEST).one_or_none()
    return (0, chain.START) if row is None else (row.seq, row.mac)


def _add(connection: Connection, key: chain.Key, values: tuple[str, ...]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(tables.AUDIT_LOCK)))
    ((seq, mac, _),) = chain.link(key, *newest(connection), [values])
    row = {"seq": seq, "key_id": key.id, "mac": mac, **dict(zip(chain.COLUMNS, values, strict=True))}
    connection.execute(insert(tables.audit), row)
