"""Somebody who comes back to another node is not shown as gone."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from consult.domain import commands as co
from consult.domain.people import Actor
from consult.session.door import LIMITS
from tests.session.served import command_id, serving

PAT = Actor("patient:own", "patient", "Pat")


async def test_a_member_whom_another_node_lost_is_said_to_be_here_again(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await served.page("pat")
        hub = served.site.core.hub

        await hub.submit("own", co.LeaveConsult(), PAT, command_id())
        async with asyncio.timeout(5):
            while not (await hub.live("own")).consult.participants[PAT.id].present:
                await asyncio.sleep(0.01)


async def test_a_member_who_is_away_for_long_is_said_to_be_gone(tmp_path: Path) -> None:
    async with serving(tmp_path, grace=0.2) as served:
        page = await served.page("pat")
        hub = served.site.core.hub

        await page.close()
        async with asyncio.timeout(5):
            while (await hub.live("own")).consult.participants[PAT.id].present:
                await asyncio.sleep(0.01)


async def test_a_page_that_falls_silent_is_cut_off_and_said_to_be_gone(tmp_path: Path) -> None:
    async with serving(tmp_path, ping=0.5, grace=0.2) as served:
        ws = await served.raw("pat")
        await ws.send_str('421["join",{"consult_id":"own"}]')
        hub = served.site.core.hub
        async with asyncio.timeout(5):
            while not (known := (await hub.live("own")).consult.participants.get(PAT.id)) or not known.present:
                await asyncio.sleep(0.01)

        async with asyncio.timeout(10):  # it answers no ping; the connection itself stays open
            while (await hub.live("own")).consult.participants[PAT.id].present:
                await asyncio.sleep(0.02)


def test_the_limits_of_a_site_show_a_dropped_patient_within_twenty_seconds() -> None:
    assert 2 * LIMITS.ping + LIMITS.grace < 20


async def test_staff_learn_how_well_each_page_is_connected_and_patients_do_not(tmp_path: Path) -> None:
    async with serving(tmp_path, ping=2.0) as served:
        anna, pat = await served.page("anna"), await served.page("pat")
        told: list[tuple[str, Any]] = []
        anna.heard = lambda name, data, at: told.append(("anna", data)) if name == "presence" else None
        pat.heard = lambda name, data, at: told.append(("pat", data)) if name == "presence" else None

        async with asyncio.timeout(20):
            while not told or any(one["round_trip_ms"] is None for one in told[-1][1]["members"]):
                await asyncio.sleep(0.05)

    assert {who for who, _ in told} == {"anna"}
    assert {one["id"] for one in told[-1][1]["members"]} == {"a-anna", PAT.id}
    assert all(0 <= one["round_trip_ms"] < 5000 and one["silent_s"] < 10 for one in told[-1][1]["members"])


async def test_a_page_that_goes_while_its_consult_is_read_is_not_kept_as_a_member(tmp_path: Path) -> None:
    async with serving(tmp_path, grace=0.2) as served:
        hub, gate, asked = served.site.core.hub, asyncio.Event(), asyncio.Event()
        await hub.close()  # what is in memory is forgotten
        hub.closing = False
        store = hub._store

        class Slow:
            def __getattr__(self, name: str) -> Any:
                return getattr(store, name)

            async def read(self, *given: Any) -> Any:
                asked.set()
                await gate.wait()
                return await store.read(*given)

        hub._store = Slow()  # type: ignore[assignment]
        ws = await served.raw("pat")
        await ws.send_str('421["join",{"consult_id":"own"}]')
        async with asyncio.timeout(5):
            await asked.wait()
            await ws.close()
            while served.site.door.plain:
                await asyncio.sleep(0.01)
            gate.set()
            await hub.live("own")
        await asyncio.sleep(0.1)

        assert not hub.connected("own", PAT.id)
