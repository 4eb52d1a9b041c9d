"""What a server says of itself: readiness, metrics without a person in them, sessions that end, anchors."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import aiohttp

from consult.app import HereAndNow, build_analysis
from consult.config import Settings
from consult.errors import Unavailable
from consult.server import running
from consult.session.upkeep import drop_expired, note_anchors, readiness
from consult.storage.anchors import read_anchors
from consult.storage.database import open_database
from tests.session.conftest import NOW
from tests.session.served import Served, _people, free_port, limited, line


class _Gone:
    warnings = ()

    async def current(self) -> bool:
        raise Unavailable("no answer")


async def test_a_node_is_ready_with_database_schema_analysis_and_data(tmp_path: Path) -> None:
    database = await open_database(f"sqlite:///{tmp_path}/x.db", create=True)

    well = await readiness(database, lambda: 1, "2026-10-01", NOW)
    idle = await readiness(database, lambda: 0, "2020-10-01", NOW)
    await database.close()
    gone = await readiness(_Gone(), lambda: 1, "", NOW)  # type: ignore[arg-type]

    assert (well["database"], well["schema"], well["analysis"], well["data"]) == ("ok", "ok", "ok", "of 2026-10-01")
    assert idle["analysis"].startswith("failing")
    assert "more than a year old" in idle["data"]
    assert gone["database"].startswith("failing")


async def test_metrics_count_the_work_and_name_nobody(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings(database=f"sqlite:///{tmp_path}/site.db", port=free_port(), metrics_port=port)
    workforce = HereAndNow(build_analysis())
    async with (
        running(settings, create=True, limits=limited(), workforce=workforce) as site,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        served = Served(site, http)
        await _people(served)
        page = await served.page("anna")
        await page.command("own", "put_note_line", line("a", "zebra-marmalade takes warfarin 5 mg daily"))
        await page.ask("command", {"consult_id": "own", "command_id": "12345678", "type": "no_such"})
        await site.core.assist.settle("own")
        async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
            text = await answer.text()
        async with http.get(f"{served.origin}/metrics") as answer:
            outside = answer.status
        await page.close()

    found = dict(one.rsplit(" ", 1) for one in text.splitlines() if not one.startswith("#"))
    assert float(found['consult_commands_total{outcome="ok"}']) == 1
    assert float(found['consult_commands_total{outcome="unknown-command"}']) == 1
    assert float(found["consult_note_to_alert_seconds_count"]) == 1
    assert float(found["consult_sockets"]) == 1
    assert outside == 404
    assert not {"zebra", "warfarin", "own", "anna", "pat", "staff"} & set(re.findall(r"[a-z]+", text.lower()))


class _Sessions:
    def __init__(self) -> None:
        self.asked: list[str] = []

    async def drop_expired(self, now: str) -> int:
        self.asked.append(now)
        return 0


async def test_sessions_that_have_ended_are_cleared_away_now_and_then() -> None:
    sessions, times = _Sessions(), iter([NOW, NOW + timedelta(hours=1), *[NOW] * 1000])

    task = asyncio.create_task(drop_expired(sessions, lambda: next(times), every=0.001))
    while len(sessions.asked) < 2:
        await asyncio.sleep(0.001)
    task.cancel()

    assert sessions.asked[:2] == ["2026-11-23T15:00:00+00:00", "2026-11-23T16:00:00+00:00"]


class _Trail:
    async def anchor(self) -> tuple[int, str]:
        return 7, "ab12"


async def test_the_newest_link_is_noted_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "anchors"

    task = asyncio.create_task(note_anchors(_Trail(), lambda: NOW, str(path)))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert read_anchors(path) == [(7, "ab12")]
