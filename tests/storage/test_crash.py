"""A killed process loses nothing that it acknowledged."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from consult.storage.database import open_database
from consult.storage.events import EventStore

ROOT = Path(__file__).parents[2]


async def _write_until_killed(url: str, acknowledgements: int) -> list[tuple[str, int]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.crash_writer", url, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    said = [await process.stdout.readline() for _ in range(acknowledgements)]
    process.kill()
    said += (await process.stdout.read()).splitlines(keepends=True)
    await process.wait()
    return [(name, int(seq)) for name, seq in (one.decode().split() for one in said if one.endswith(b"\n"))]


async def test_kill_during_appends_loses_nothing_acknowledged(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'crash.db'}"
    acknowledged = [one for _ in range(3) for one in await _write_until_killed(url, 150)]

    database = await open_database(url)
    store = EventStore(database)
    heads = await store.heads({name for name, _ in acknowledged})
    logs = {name: await store.read(name, limit=100_000) for name in heads}
    await database.close()

    assert len(acknowledged) >= 450
    assert len(set(acknowledged)) == len(acknowledged)
    for name, log in logs.items():
        assert [event.seq for event in log] == list(range(1, heads[name] + 1))
        assert [event.data.text for event in log] == [f"{name} {event.seq}" for event in log]  # type: ignore[union-attr]
    assert all(seq <= heads[name] for name, seq in acknowledged)
