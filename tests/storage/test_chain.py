"""The audit chain: each way of tampering shows, and a sound database does not cry."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from consult.storage.audit import AuditTrail
from consult.storage.database import Database, open_database
from consult.storage.events import EventStore
from consult.storage.verify import verify
from tests.storage.building import ANN, AT, batch, line

KEY = "k" * 32


async def _filled(path: Path) -> tuple[int, str]:
    """Five appends and a read in two consults; the newest link."""
    database = await open_database(f"sqlite:///{path}", create=True, audit_key=KEY)
    store = EventStore(database)
    for seq in range(3):
        await store.append(batch("one", seq, line(f"line {seq}")))
    await AuditTrail(database).record(AT, ANN, "http_takeaway", "one", "version-1")
    await store.append(batch("two", 0, line("first"), line("second")))
    await store.append(batch("two", 2))
    anchor = await AuditTrail(database).anchor()
    await store.close()
    await database.close()
    return anchor


def _tamper(path: Path, *statements: str) -> None:
    """As somebody who owns the file does: the guards go first."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


async def _findings(path: Path, key: str = KEY, anchors: tuple[tuple[int, str], ...] = ()) -> list[str]:
    database = await open_database(f"sqlite:///{path}", audit_key=key)
    report = await verify(database, anchors)
    await database.close()
    return report.findings


async def test_an_untouched_database_has_no_findings(tmp_path: Path) -> None:
    anchor = await _filled(tmp_path / "x.db")

    assert anchor[0] == 6
    assert await _findings(tmp_path / "x.db", anchors=(anchor,)) == []


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE audit SET actor_id = 'somebody-else' WHERE seq = 2", "audit row 2 does not follow"),
        ("UPDATE audit SET mac = 'aa' WHERE seq = 2", "audit row 2 does not follow"),
        ("UPDATE audit SET mac = '' WHERE seq = 2", "audit row 2 does not follow"),
        ("DELETE FROM audit WHERE seq = 3", "audit rows are missing before 4"),
        ("DELETE FROM audit WHERE seq = 1", "audit row 2 does not follow"),
        (
            "INSERT INTO audit SELECT 7, at, actor_id, role, action, consult_id, object, outcome, code, key_id, mac, "
            "payload FROM audit WHERE seq = 6",
            "audit row 7 does not follow",
        ),
        ("UPDATE audit SET key_id = 'other' WHERE seq = 4", "audit row 4 was made with the key other"),
        (
            "UPDATE events SET data = replace(data, 'line 1', 'line 9') WHERE consult_id = 'one' AND seq = 2",
            "one: the events up to 2 are not what was audited",
        ),
        ("DELETE FROM events WHERE consult_id = 'one' AND seq = 2", "one has no event 2"),
        ("DELETE FROM events WHERE consult_id = 'two' AND seq = 2", "two ends at 1"),
        ("DELETE FROM consults WHERE id = 'two'", "events of two, which has no row"),
    ],
)
async def test_each_way_of_tampering_shows(tmp_path: Path, statement: str, word: str) -> None:
    await _filled(tmp_path / "x.db")

    _tamper(tmp_path / "x.db", statement)

    assert any(word in finding for finding in await _findings(tmp_path / "x.db"))


async def test_rows_that_change_places_show(tmp_path: Path) -> None:
    await _filled(tmp_path / "x.db")

    _tamper(
        tmp_path / "x.db",
        "UPDATE audit SET seq = 99 WHERE seq = 2",
        "UPDATE audit SET seq = 2 WHERE seq = 3",
        "UPDATE audit SET seq = 3 WHERE seq = 99",
    )

    assert len(await _findings(tmp_path / "x.db")) >= 2


async def test_a_trail_cut_at_its_end_shows_by_a_noted_link_alone(tmp_path: Path) -> None:
    anchor = await _filled(tmp_path / "x.db")

    _tamper(tmp_path / "x.db", "DELETE FROM audit WHERE seq = 6")

    assert await _findings(tmp_path / "x.db") == []
    assert await _findings(tmp_path / "x.db", anchors=(anchor,)) == [
        "audit row 6 was noted and is gone: the trail has been cut"
    ]


async def test_another_key_is_told_and_does_not_verify(tmp_path: Path) -> None:
    await _filled(tmp_path / "x.db")

    findings = await _findings(tmp_path / "x.db", key="z" * 32)

    assert len(findings) == 6
    assert "was made with the key" in findings[0]


async def test_appends_of_two_nodes_and_reads_make_one_chain(postgres: str, consult_id: str) -> None:
    import asyncio

    nodes: list[Database] = [await open_database(postgres, create=True) for _ in range(2)]
    stores = [EventStore(node) for node in nodes]

    async def work(number: int) -> None:
        for seq in range(15):
            await stores[number % 2].append(batch(f"{consult_id}-{number}", seq, line(f"{seq}")))
            await AuditTrail(nodes[number % 2]).record(AT, ANN, "http_state", consult_id)

    before = await AuditTrail(nodes[0]).anchor()
    await asyncio.gather(*(work(number) for number in range(8)))
    report = await verify(nodes[0], [before] if before[0] else [])
    for store, node in zip(stores, nodes, strict=True):
        await store.close()
        await node.close()

    assert [finding for finding in report.findings if consult_id in finding or "audit row" in finding] == []
    assert report.anchor[0] == before[0] + 240
