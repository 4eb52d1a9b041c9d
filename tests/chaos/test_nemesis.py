"""Faults in the order of a seed, one upon the other; the seed is printed and CONSULT_CHAOS_SEED repeats it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.chaos.drill import LONG, drill
from tests.chaos.nemesis import Nemesis, network_faults, node_faults, seed_of_today
from tests.chaos.tcpproxy import Proxy

pytestmark = pytest.mark.timeout(300)


def test_a_seed_gives_its_schedule_again_and_every_fault_has_its_turn() -> None:
    async def nothing() -> None: ...

    faults = dict.fromkeys("abcde", nothing)

    assert Nemesis(7, faults).schedule(12) == Nemesis(7, faults).schedule(12)
    assert Nemesis(7, faults).schedule(12) != Nemesis(8, faults).schedule(12)
    assert set(Nemesis(7, faults).schedule(5)) == set("abcde")


@pytest.mark.skipif(not LONG, reason="in `make chaos`")
async def test_faults_one_upon_the_other_on_one_node(tmp_path: Path) -> None:
    seed = seed_of_today()
    async with drill(tmp_path, consults=2, seed=seed, fault="none", CHAOS_LIGHT="1") as one:
        proxy = Proxy("127.0.0.1", one.nodes[0].port)
        await proxy.start()
        far = [one.actor(f"far-{consult}", "anna", consult, lambda: proxy.address) for consult in one.site.consults]
        one.writers += far
        for actor in far:
            actor.start()
        async with one.typing(pause=0.4):
            done = await Nemesis(seed, node_faults(one) | network_faults(proxy)).strike(one, 8)
        violations, _ = await one.judge(60)
        await proxy.stop()

    assert violations == [], (seed, done)


@pytest.mark.skipif(not LONG, reason="in `make chaos`")
async def test_faults_one_upon_the_other_on_two_nodes(tmp_path: Path, postgres: str) -> None:
    seed = seed_of_today()
    place = {"database": postgres, "nodes": 2, "CHAOS_LIGHT": "1", "fault": "none"}
    async with drill(tmp_path, consults=2, seed=seed, balance=True, **place) as one:  # type: ignore[arg-type]
        async with one.typing(pause=0.4):
            done = await Nemesis(seed, node_faults(one)).strike(one, 6)
        violations, _ = await one.judge(60)

    assert violations == [], (seed, done)
