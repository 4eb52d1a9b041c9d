"""A server with one promise broken on purpose is caught each time: the drills can fail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.chaos.drill import LONG, Drill, drill


async def work(one: Drill) -> None:
    async with one.typing(pause=0.01):
        await one.acknowledges(60)


async def work_and_kill(one: Drill) -> None:
    async with one.typing(pause=0.01):
        await one.acknowledges(40)
        await one.nodes[0].kill9()
        await one.nodes[0].start()
        await one.acknowledges(5)


async def work_and_lose_answers(one: Drill) -> None:
    for actor in one.writers:
        actor.forgets = 0.3
    await work(one)


CASES = {
    "ack_early": (work_and_kill, "C1"),
    "no_dedupe": (work_and_lose_answers, "C1"),  # a line is put once by its revision; its answer gives it away
    "no_order": (work, "C3"),
    "no_audit": (work, "C7"),
    "no_audience": (work, "C8"),
    "no_analysis": (work, "C9"),
    "none": (work_and_lose_answers, ""),
}


async def broken(folder: Path, fault: str, act: Callable[[Drill], Awaitable[None]]) -> set[str]:
    """The rules that a server with this fault breaks."""
    async with drill(folder, name=fault, consults=1, fault=fault, CHAOS_LIGHT="1") as one:
        await act(one)
        violations, _ = await one.judge({"no_analysis": 3, "none": 40}.get(fault, 15))
        return {violation.split()[0] for violation in violations}


SHORT = ("ack_early", "no_order", "no_audience", "none")  # the others in `make chaos`


@pytest.mark.timeout(300)
async def test_each_planted_fault_is_caught_and_a_sound_server_is_not(tmp_path: Path) -> None:
    cases = {fault: case for fault, case in CASES.items() if LONG or fault in SHORT}
    found = await asyncio.gather(*(broken(tmp_path, fault, act) for fault, (act, _) in cases.items()))

    rules = dict(zip(cases, found, strict=True))
    assert [fault for fault, (_, rule) in cases.items() if rule and rule not in rules[fault]] == [], rules
    assert rules["none"] == set()
