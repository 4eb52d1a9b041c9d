"""When the database fails: a refusal instead of a false promise, and everything works again afterwards."""

from __future__ import annotations

import asyncio
import resource
from pathlib import Path

import asyncpg
import pytest

from consult.errors import StaleSequence, Unavailable
from consult.storage.database import Database, open_database
from consult.storage.events import EventStore
from tests.storage.building import batch, line


async def _limit_pages(database: Database, pages: str) -> None:
    await database.write(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close())


async def _fill(store: EventStore, consult_id: str) -> tuple[int, object]:
    """Append until it is refused: the last acknowledged seq, and the state of the database then."""
    for seq in range(1000):
        try:
            await store.append(batch(consult_id, seq, line("x" * 2000)))
        except Unavailable as error:
            return seq, error.detail["state"]
    return 1000, None


async def test_full_disk_refuses_the_append_and_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'full.db'}", create=True)
    store = EventStore(database)
    await _limit_pages(database, "1")  # no page more than there are now

    seq, refusal = await _fill(store, "consult-1")
    head_when_full = await store.head("consult-1")
    await _limit_pages(database, "100000")
    after = await store.append(batch("consult-1", seq, line("room again")))
    log = await store.read("consult-1")
    await store.close()
    await database.close()

    assert refusal == "SQLITE_FULL"
    assert head_when_full == seq
    assert after.last == seq + 1
    assert [event.seq for event in log] == list(range(1, seq + 2))


async def test_no_commit_has_to_make_the_log_longer(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'consult.db'}", create=True)
    await database.make_ready()
    log = tmp_path / "consult.db-wal"
    before = log.stat()
    store = EventStore(database)
    for seq in range(200):
        await store.append(batch("consult-1", seq, line("x" * 2000)))
    after = log.stat()
    await store.close()
    await database.close()

    assert before.st_blocks * 512 >= before.st_size > 16_000_000
    assert (after.st_size, after.st_blocks) == (before.st_size, before.st_blocks)


async def test_a_disk_without_room_for_the_whole_log_keeps_a_short_one(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path / 'consult.db'}", create=True)
    log = tmp_path / "consult.db-wal"
    before = log.stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_500_000, hard))
    try:
        await database.make_ready()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    after = log.stat().st_size
    store = EventStore(database)
    stored = await store.append(batch("consult-1", 0, line("there is room for this")))
    await store.close()
    await database.close()

    assert after == before
    assert stored.last == 1


async def test_connections_that_postgresql_cuts_lose_and_repeat_nothing(postgres: str, consult_id: str) -> None:
    database = await open_database(postgres, create=True)
    store = EventStore(database)
    cutter = await asyncpg.connect(postgres)

    async def write(name: str) -> None:
        seq = 0
        while seq < 20:
            command_id = f"{name}-{seq + 1}"
            try:
                appended = await store.append(batch(name, seq, line(command_id), command_id=command_id))
            except Unavailable:
                continue  # as a page does: the same command once more
            seq = appended.last

    async def cut() -> None:
        for _ in range(10):
            await cutter.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'consult'"
            )
            await asyncio.sleep(0.02)

    names = [f"{consult_id}-{number}" for number in range(10)]
    await asyncio.gather(cut(), *(write(name) for name in names))
    logs = {name: [event.command_id for event in await store.read(name)] for name in names}
    await cutter.close()
    await store.close()
    await database.close()

    assert logs == {name: [f"{name}-{seq}" for seq in range(1, 21)] for name in names}


async def test_node_whose_turn_is_held_up_writes_when_the_other_lets_go(postgres: str, consult_id: str) -> None:
    database = await open_database(postgres, create=True)
    store = EventStore(database)
    await store.append(batch(consult_id, 0, line()))
    other = await asyncpg.connect(postgres)
    transaction = other.transaction()
    await transaction.start()
    await other.execute("SELECT head FROM consults WHERE id = $1 FOR UPDATE", consult_id)

    held_up = asyncio.ensure_future(store.append(batch(consult_id, 1, line())))
    waiting, _ = await asyncio.wait({held_up}, timeout=0.2)
    await transaction.rollback()
    appended = await held_up
    await other.close()
    await store.close()
    await database.close()

    assert not waiting
    assert appended.last == 2


async def test_reading_under_an_id_that_no_database_can_hold_is_a_coded_error(store: EventStore) -> None:
    with pytest.raises(Unavailable):
        await store.read("half \ud83d")


async def test_writer_goes_on_after_a_stale_append(store: EventStore, consult_id: str) -> None:
    with pytest.raises(StaleSequence):
        await store.append(batch(consult_id, 5, line()))

    assert (await store.append(batch(consult_id, 0, line()))).last == 1
