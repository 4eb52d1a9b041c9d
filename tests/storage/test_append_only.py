"""The log, the commands, the audit trail and the documents can be added to and not be changed."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from consult.errors import Unavailable
from consult.storage.audit import AuditTrail
from consult.storage.database import Database
from consult.storage.documents import DocumentStore
from consult.storage.events import EventStore
from tests.storage.building import AT, batch, line

COLUMN = {"events": "data", "commands": "last_seq", "audit": "code", "documents": "media_type"}
NEW_EVENT = (
    "INTO events (consult_id, seq, command_id, at, actor, type, data) "
    "VALUES ('{id}', {seq}, 'forged', 'now', '{{}}', 'consult_opened', '{{}}')"
)


@pytest.fixture
async def filled(store: EventStore, database: Database, consult_id: str) -> str:
    await store.append(batch(consult_id, 0, line("first"), line("second")))
    await DocumentStore(database).put(consult_id.encode(), "text/plain")
    return consult_id


async def _refused(database: Database, *statements: str) -> str:
    def work(connection: object) -> None:
        for statement in statements:
            connection.execute(text(statement))  # type: ignore[attr-defined]

    with pytest.raises(Unavailable) as caught:
        await database.write(work)
    return str(caught.value.detail["state"])


@pytest.mark.parametrize("table", COLUMN)
async def test_rows_cannot_be_updated(database: Database, filled: str, table: str) -> None:
    state = await _refused(database, f"UPDATE {table} SET {COLUMN[table]} = {COLUMN[table]}")

    assert state in ("42501", "SQLITE_CONSTRAINT_TRIGGER")


@pytest.mark.parametrize("table", COLUMN)
async def test_rows_cannot_be_deleted(database: Database, filled: str, table: str) -> None:
    state = await _refused(database, f"DELETE FROM {table}")

    assert state in ("42501", "SQLITE_CONSTRAINT_TRIGGER")


@pytest.mark.parametrize("seq", [2, 4, 0], ids=["taken", "gap", "before the first"])
async def test_event_with_another_seq_than_the_next_is_refused(database: Database, filled: str, seq: int) -> None:
    state = await _refused(database, "INSERT " + NEW_EVENT.format(id=filled, seq=seq))

    assert state in ("23505", "SQLITE_CONSTRAINT_TRIGGER")


@pytest.mark.parametrize("seq", [-1, 0, 2])
async def test_a_log_begins_with_one(database: Database, consult_id: str, seq: int) -> None:
    state = await _refused(database, "INSERT " + NEW_EVENT.format(id=consult_id, seq=seq))

    assert state in ("23505", "SQLITE_CONSTRAINT_TRIGGER")


async def test_one_statement_with_a_gap_is_refused_whole(
    store: EventStore, database: Database, filled: str, consult_id: str
) -> None:
    rows = ", ".join(
        f"('{one}', {seq}, 'forged', 'now', '{{}}', 'consult_opened', '{{}}')"
        for one, seq in ((filled, 3), ("other" + consult_id, 1), ("other" + consult_id, 3))
    )

    state = await _refused(
        database, f"INSERT INTO events (consult_id, seq, command_id, at, actor, type, data) VALUES {rows}"
    )

    assert state in ("23505", "SQLITE_CONSTRAINT_TRIGGER")
    assert await store.heads([filled, "other" + consult_id]) == {filled: 2, "other" + consult_id: 0}
    assert [event.seq for event in await store.read(filled)] == [1, 2]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_replace_cannot_overwrite_a_row_of_sqlite(database: Database, filled: str) -> None:
    states = [
        await _refused(database, "INSERT OR REPLACE " + NEW_EVENT.format(id=filled, seq=1)),
        await _refused(
            database, "INSERT OR REPLACE INTO commands SELECT command_id, consult_id, 7, 7 FROM commands LIMIT 1"
        ),
        await _refused(
            database,
            "INSERT OR REPLACE INTO audit (seq, at, actor_id, role, action, consult_id, object, outcome, code) "
            "SELECT seq, at, 'x', role, action, '', '', '', '' FROM audit LIMIT 1",
        ),
        await _refused(database, "INSERT OR REPLACE INTO documents SELECT sha256, 'x', content FROM documents LIMIT 1"),
    ]

    assert states == ["SQLITE_CONSTRAINT_TRIGGER"] * 4


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", COLUMN)
async def test_truncate_is_refused_by_postgresql(database: Database, filled: str, table: str) -> None:
    assert await _refused(database, f"TRUNCATE {table}") == "42501"


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_replica_mode_does_not_switch_the_guards_of_postgresql_off(database: Database, filled: str) -> None:
    state = await _refused(database, "SET LOCAL session_replication_role = replica", "DELETE FROM events")

    assert state == "42501"


async def test_after_all_refusals_the_log_takes_the_next_event(
    store: EventStore, database: Database, filled: str
) -> None:
    await _refused(database, "DELETE FROM events")

    appended = await store.append(batch(filled, 2, line("third")))

    assert appended.last == 3


async def test_audit_rows_come_back_in_order(database: Database, consult_id: str) -> None:
    trail = AuditTrail(database)
    actor = batch(consult_id).actor
    await trail.record(AT, actor, "http_takeaway", consult_id, "version-1")
    await trail.record(AT, actor, "http_takeaway", consult_id, "version-2", "denied", "forbidden")

    first, second = await trail.read(consult_id=consult_id)

    assert (first.object, first.outcome, first.code) == ("version-1", "ok", "")
    assert (second.object, second.outcome, second.code) == ("version-2", "denied", "forbidden")
    assert await trail.read(after=first.seq, consult_id=consult_id) == (second,)
