"""A backup taken while the site writes, restored elsewhere, verified, and opened."""

from __future__ import annotations

import asyncio
import json
import uuid
from pathlib import Path

import asyncpg
import pytest

from consult.errors import BadFile, SiteError
from consult.storage.backup import backup, restore
from consult.storage.database import open_database
from consult.storage.events import EventStore
from consult.storage.verify import verify
from tests.storage.building import AT, batch, line


async def _written_during(url: str, to: Path) -> tuple[int, int]:
    """Write all along while a backup is taken: what was acknowledged before it began, and at the end."""
    database = await open_database(url, create=True)
    store = EventStore(database)
    acknowledged = 0
    stop = False

    async def write() -> None:
        nonlocal acknowledged
        while not stop:
            acknowledged = (await store.append(batch("busy", acknowledged, line("x" * 500)))).last

    writing = asyncio.create_task(write())
    while acknowledged < 100:
        await asyncio.sleep(0.01)
    before = acknowledged
    await asyncio.to_thread(backup, url, to, AT)
    stop = True
    await writing
    await store.close()
    await database.close()
    return before, acknowledged


async def _restored(url: str) -> int:
    """The head of the log in a restored database that has no findings."""
    database = await open_database(url)
    report = await verify(database)
    head = await EventStore(database).head("busy")
    events = await EventStore(database).read("busy", 0, 1_000_000)
    await database.close()
    assert [finding for finding in report.findings if "busy" in finding or "audit" in finding] == []
    assert [event.seq for event in events] == list(range(1, head + 1))
    return head


async def test_a_backup_of_sqlite_holds_all_that_was_acknowledged_before_it(tmp_path: Path) -> None:
    before, after = await _written_during(f"sqlite:///{tmp_path}/site.db", tmp_path / "copy")

    restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db")

    assert before <= await _restored(f"sqlite:///{tmp_path}/new.db") <= after
    assert (tmp_path / "new.db").stat().st_mode & 0o077 == 0
    assert json.loads((tmp_path / "copy.json").read_text())["made_at"] == AT


async def test_a_backup_of_postgresql_holds_all_that_was_acknowledged_before_it(tmp_path: Path, postgres: str) -> None:
    server, _, _ = postgres.rpartition("/")
    names = [f"consult_backup_{uuid.uuid4().hex[:10]}" for _ in range(2)]
    connection = await asyncpg.connect(postgres)
    for name in names:
        await connection.execute(f"CREATE DATABASE {name}")
    try:
        before, after = await _written_during(f"{server}/{names[0]}", tmp_path / "copy")

        restore(tmp_path / "copy", f"{server}/{names[1]}")

        assert before <= await _restored(f"{server}/{names[1]}") <= after
        with pytest.raises(SiteError) as twice:
            restore(tmp_path / "copy", f"{server}/{names[1]}")
        assert twice.value.code == "pg-restore-failed"
    finally:
        for name in names:
            await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()


async def _one(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/site.db"
    database = await open_database(url, create=True)
    await database.close()
    return url


async def test_a_backup_replaces_no_file(tmp_path: Path) -> None:
    url = await _one(tmp_path)
    (tmp_path / "copy").write_text("mine")

    with pytest.raises(BadFile):
        backup(url, tmp_path / "copy", AT)

    assert (tmp_path / "copy").read_text() == "mine"


async def test_a_restore_replaces_no_database(tmp_path: Path) -> None:
    url = await _one(tmp_path)
    backup(url, tmp_path / "copy", AT)

    with pytest.raises(SiteError) as error:
        restore(tmp_path / "copy", url)

    assert error.value.code == "restore-refused"


async def test_a_backup_that_was_changed_or_has_no_manifest_is_refused(tmp_path: Path) -> None:
    backup(await _one(tmp_path), tmp_path / "copy", AT)
    with (tmp_path / "copy").open("ab") as file:
        file.write(b"x")

    with pytest.raises(BadFile, match="hash differs"):
        restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db")
    (tmp_path / "copy.json").unlink()
    with pytest.raises(BadFile, match="manifest"):
        restore(tmp_path / "copy", f"sqlite:///{tmp_path}/new.db")

    assert not (tmp_path / "new.db").exists()


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/x.db", "sqlite:///missing.db"])
def test_a_backup_of_nothing_leaves_nothing(tmp_path: Path, url: str) -> None:
    with pytest.raises(SiteError):
        backup(url, tmp_path / "copy", AT)

    assert list(tmp_path.iterdir()) == []
