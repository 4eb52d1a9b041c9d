"""Somebody who comes back to another node is not shown as gone."""

from __future__ import annotations

import asyncio
from pathlib import Path

from consult.domain import commands as co
from consult.domain.people import Actor
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
