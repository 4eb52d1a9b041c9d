"""Two nodes on one PostgreSQL database: killed, restarted one after the other, with and without the hint."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.chaos.drill import LONG, drill

pytestmark = pytest.mark.timeout(300)
REDIS = os.environ.get("CONSULT_TEST_REDIS", "redis://127.0.0.1:6379/0")


@pytest.mark.parametrize("redis", ["", REDIS] if LONG else [REDIS])
async def test_killing_one_of_two_nodes_loses_nothing_and_the_other_goes_on(
    tmp_path: Path, postgres: str, redis: str
) -> None:
    place = {"database": postgres, "nodes": 2, "CHAOS_LIGHT": "1", "fault": "none", "CONSULT_REDIS": redis}
    async with drill(tmp_path, consults=2, **place) as one:  # type: ignore[arg-type]
        async with one.typing():
            for _ in range(6 if LONG else 1):
                await one.acknowledges(20)
                await one.nodes[0].kill9()
                await one.acknowledges(5)  # by the other node
                await one.nodes[0].start()
            await one.acknowledges(10)
        violations, _ = await one.judge()

    assert violations == []
    assert any(actor.connections == 1 for actor in one.writers)  # on the node that stayed


@pytest.mark.skipif(not LONG, reason="in `make chaos`")
async def test_a_rolling_restart_loses_nothing_and_interrupts_nobody_for_long(tmp_path: Path, postgres: str) -> None:
    place = {"database": postgres, "nodes": 2, "CHAOS_LIGHT": "1", "fault": "none"}
    async with drill(tmp_path, consults=2, balance=True, **place) as one:  # type: ignore[arg-type]
        async with one.typing():
            for node in one.nodes:
                await one.acknowledges(20)
                await node.terminate()
                await node.start()
            await one.acknowledges(20)
        violations, _ = await one.judge()

    assert violations == []
    assert all(actor.interruptions for actor in one.writers)
    longest = max(max(actor.interruptions) for actor in one.writers)
    sys.stderr.write(f"longest interruption of a page: {longest:.2f} s\n")
    assert longest < 2.0


@pytest.mark.skipif(not LONG, reason="in `make chaos`")
async def test_a_node_that_believes_in_hints_alone_is_caught(tmp_path: Path, postgres: str) -> None:
    place = {"database": postgres, "nodes": 2, "CHAOS_LIGHT": "1", "fault": "hint_only"}
    async with drill(tmp_path, consults=1, writers=1, **place) as one:  # type: ignore[arg-type]
        async with one.typing():
            await one.acknowledges(20)
        await asyncio.sleep(1)
        violations, _ = await one.judge(5)

    assert "C5" in {violation.split()[0] for violation in violations}
