"""What is done for all sockets or consults now and then is done a few at a time."""

from __future__ import annotations

import asyncio
import itertools
import time

from consult.session.upkeep import PARTS, spread


async def test_a_round_takes_its_time_and_gives_each_item_once() -> None:
    began, given = time.monotonic(), []

    async for one in spread(range(200), 0.2):
        given.append((one, time.monotonic() - began))

    assert sorted(one for one, _ in given) == list(range(200))
    assert given[-1][1] >= 0.19
    together = [len(list(part)) for _, part in itertools.groupby(given, key=lambda one: one[0] % PARTS)]
    assert together == [5] * PARTS


async def test_nothing_to_do_still_takes_the_time_of_a_round() -> None:
    began = time.monotonic()

    assert [one async for one in spread((), 0.05)] == []
    assert time.monotonic() - began >= 0.045


async def test_what_goes_during_a_round_does_not_disturb_it() -> None:
    rows = dict.fromkeys("abc")

    async def take() -> list[str]:
        return [one async for one in spread(rows, 0.03)]

    taking = asyncio.create_task(take())
    await asyncio.sleep(0.005)
    rows.clear()

    assert await taking == ["a", "b", "c"]
