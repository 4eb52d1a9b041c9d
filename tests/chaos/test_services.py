"""Redis and PostgreSQL that die under the nodes, a clock that jumps, pages that do not read. Long form."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from tests.chaos.cluster import Node
from tests.chaos.drill import LONG, drill
from tests.chaos.services import OwnPostgres, OwnRedis
from tests.chaos.tcpproxy import Proxy

pytestmark = [pytest.mark.timeout(300), pytest.mark.skipif(not LONG, reason="in `make chaos`")]


async def test_a_redis_that_is_killed_hides_nothing_for_long(tmp_path: Path, postgres: str) -> None:
    if not OwnRedis.found():
        pytest.skip("redis-server is not installed")
    redis = OwnRedis()
    await redis.start()
    place = {"database": postgres, "nodes": 2, "CHAOS_LIGHT": "1", "fault": "none", "CONSULT_REDIS": redis.url}
    try:
        async with drill(tmp_path, consults=1, **place) as one:  # type: ignore[arg-type]
            async with one.typing():
                for _ in range(3):
                    await one.acknowledges(20)
                    await redis.kill()
                    await asyncio.sleep(4)
                    await one.acknowledges(5)
                    await redis.start()
            violations, _ = await one.judge()
    finally:
        await redis.kill()

    answered = {step.seq: step.at for step in one.history.steps if step.phase == "ok"}
    seen: dict[tuple[str, int], float] = {}
    for batch in one.history.seen:
        for seq, _, _ in batch.events:
            seen.setdefault((batch.actor, seq), batch.at)
    lags = sorted(max(0.0, at - answered[seq]) for (_, seq), at in seen.items() if seq in answered)
    sys.stderr.write(f"view behind the acknowledgement: p50 {lags[len(lags) // 2]:.3f} s, longest {lags[-1]:.2f} s\n")
    assert violations == []


async def test_a_postgresql_that_crashes_is_never_answered_for(tmp_path: Path) -> None:
    if not OwnPostgres.found():
        pytest.skip("no PostgreSQL programs, or no user that may run them")
    server = OwnPostgres()
    try:
        await server.start()
        async with drill(tmp_path, database=server.url, consults=2, nodes=2, CHAOS_LIGHT="1", fault="none") as one:
            stalls = []
            async with one.typing():
                for _ in range(5):
                    await one.acknowledges(15)
                    await server.down()
                    gone = time.monotonic()
                    await asyncio.sleep(0.5)
                    one.history.down.append((gone, time.monotonic()))
                    await server.up()
                    back = time.monotonic()
                    await one.acknowledges(1)
                    stalls.append(time.monotonic() - back)
                await one.acknowledges(15)
            violations, _ = await one.judge()
    finally:
        await server.remove()

    sys.stderr.write(f"first acknowledgement after PostgreSQL was back: longest {max(stalls):.2f} s\n")
    assert violations == []


async def test_a_clock_that_jumps_changes_no_order_and_drops_nobody(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2, fault="jumping_clock", CHAOS_LIGHT="1") as one:
        async with one.typing():
            await asyncio.sleep(12)
            await one.acknowledges(20)
        violations, held = await one.judge()

    assert violations == []
    assert all(actor.connections == 1 for actor in one.pages)
    assert len(held.logs["c0"]) > 20


def _resident(node: Node) -> int:
    """Bytes of memory of a node."""
    return int(Path(f"/proc/{node.pid}/statm").read_text().split()[1]) * 4096


async def test_pages_that_do_not_read_cost_little_and_are_cut_off(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=1, fault="none", sessions=2, CHAOS_LIGHT="1") as one:
        proxy = Proxy("127.0.0.1", one.nodes[0].port)
        await proxy.start()
        deaf = [one.actor(f"deaf{number}", f"sue{number % 2}", "c0", lambda: proxy.address) for number in range(10)]
        for actor in deaf:
            actor.start()
        await asyncio.wait_for(asyncio.gather(*(actor.joined.wait() for actor in deaf)), 60)
        before = _resident(one.nodes[0])
        proxy.mode = "hole"
        one.kinds = lambda chance: "x" * 1800
        async with one.typing(pause=0.01):
            await asyncio.sleep(25)
        grown = _resident(one.nodes[0]) - before
        proxy.mode = "pass"
        one.watchers += deaf
        violations, _ = await one.judge(60)
        await proxy.stop()

    sys.stderr.write(f"memory grown with ten pages that do not read: {grown / 1e6:.0f} MB\n")
    assert violations == []
    assert all(actor.connections > 1 for actor in deaf)
    assert grown < 50e6
