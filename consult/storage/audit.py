"""The audit trail: who did or tried what, on what, and how it ended. Ids and codes only; rows are never changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import insert, select

from consult.domain.people import Actor
from consult.storage import tables
from consult.storage.database import Database

Outcome = Literal["ok", "denied", "failed"]


@dataclass(frozen=True, slots=True)
class AuditRow:
    """`seq` orders the rows (it may have gaps); `at` is ISO 8601 UTC; `object` is an id; `code` an error code or ""."""

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
    at: str, actor: Actor, action: str, consult_id: str, object: str = "", outcome: Outcome = "ok", code: str = ""
) -> dict[str, Any]:
    """The columns of a new row. The name of the actor is left out: the trail holds no names."""
    return {
        "at": at,
        "actor_id": actor.id,
        "role": actor.role,
        "action": action,
        "consult_id": consult_id,
        "object": object,
        "outcome": outcome,
        "code": code,
    }


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
        await self._database.write(lambda connection: connection.execute(insert(tables.audit), values) and None)

    async def read(self, after: int = 0, limit: int = 1000, consult_id: str | None = None) -> tuple[AuditRow, ...]:
        """Rows in order, of one consult or of all."""
        query = select(tables.audit).where(tables.audit.c.seq > after).order_by(tables.audit.c.seq).limit(limit)
        if consult_id is not None:
            query = query.where(tables.audit.c.consult_id == consult_id)
        rows = await self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(AuditRow(**row) for row in rows)
