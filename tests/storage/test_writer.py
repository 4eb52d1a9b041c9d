"""Group commit: what waits goes together, at the last moment, and whoever waits always gets an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from consult.errors import Unavailable
from consult.storage.ledger import Appended, Outcome, Pending
from consult.storage.writer import GroupWriter


def pending(number: int) -> Pending:
    reply = Appended(1, 1, False)
    return Pending(f"c{number}", f"command-{number}", 0, reply, [], (), ())


class Gate:
    """A ledger that lets one commit through at a time, when it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.groups: list[list[str]] = []
        self.calls: list[int] = []  # at each call how many groups were taken
        self.open = asyncio.Semaphore(0)
        self._error = error
        self._turn = asyncio.Lock()

    def spell(self, batch: Pending) -> None: ...

    async def commit(self, take: Callable[[], list[Pending]]) -> list[Outcome]:
        self.calls.append(len(self.groups))
        async with self._turn:
            if self._error is not None:
                raise self._error
            group = take()
            self.groups.append([batch.consult_id for batch in group])
            await self.open.acquire()
            return [batch.reply for batch in group]


def writer_of(gate: Gate) -> GroupWriter:
    return GroupWriter(SimpleNamespace(ledger=gate))  # type: ignore[arg-type]


async def begun(writer: GroupWriter, *numbers: int) -> list[asyncio.Future[Any]]:
    tasks = [asyncio.ensure_future(writer.write(pending(number))) for number in numbers]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks


async def test_what_comes_during_a_commit_goes_together_in_the_next() -> None:
    gate = Gate()
    writer = writer_of(gate)

    first = await begun(writer, 1)
    behind = await begun(writer, 2) + await begun(writer, 3, 4)
    gate.open.release()
    await asyncio.gather(*first)
    for _ in range(5):
        await asyncio.sleep(0)
    gate.open.release()
    await asyncio.gather(*behind)

    assert gate.groups == [["c1"], ["c2", "c3", "c4"]]
    assert writer.groups == 2


async def test_pages_that_all_were_in_one_group_are_in_two_from_then_on() -> None:
    gate = Gate()
    writer = writer_of(gate)

    tasks = await begun(writer, 0)
    tasks += await begun(writer, *range(1, 41))
    for _ in range(4):
        gate.open.release()
        for _ in range(5):
            await asyncio.sleep(0)
    await asyncio.gather(*tasks)

    assert [len(group) for group in gate.groups] == [1, 21, 19]
    assert [one for group in gate.groups for one in group] == [f"c{number}" for number in range(41)]


async def test_the_next_commit_is_called_before_the_first_is_done() -> None:
    gate = Gate()
    writer = writer_of(gate)
    tasks = await begun(writer, 1) + await begun(writer, 2)

    assert gate.calls == [0, 1]
    for _ in tasks:
        gate.open.release()
    await asyncio.gather(*tasks)


async def test_a_database_that_cannot_be_reached_is_told_to_all_who_wait_and_to_nobody_after_them() -> None:
    gate = Gate(RuntimeError("no way in"))
    writer = writer_of(gate)

    refused = await asyncio.gather(*(writer.write(pending(number)) for number in range(20)), return_exceptions=True)
    gate._error = None
    gate.open.release()
    after = await writer.write(pending(3))

    assert [type(one) for one in refused] == [Unavailable] * 20
    assert after.last == 1
    assert writer.waiting == 0


async def test_closing_waits_for_what_was_handed_over_and_takes_nothing_more() -> None:
    gate = Gate()
    writer = writer_of(gate)
    tasks = await begun(writer, 1)
    closing = asyncio.create_task(writer.close())
    await asyncio.sleep(0)

    with pytest.raises(Unavailable):
        await writer.write(pending(2))
    assert not closing.done()
    gate.open.release()
    await asyncio.gather(closing, *tasks)

    assert gate.groups == [["c1"]]


async def test_nothing_is_called_ahead_for_fewer_than_were_in_the_group_before() -> None:
    gate = Gate()
    writer = writer_of(gate)
    tasks = await begun(writer, 0)
    tasks += await begun(writer, *range(1, 11))  # called ahead, and five of them are in the next group
    gate.open.release()
    for _ in range(5):
        await asyncio.sleep(0)
    before = len(gate.calls)
    while not all(task.done() for task in tasks):
        gate.open.release()
        for _ in range(5):
            await asyncio.sleep(0)

    assert [len(group) for group in gate.groups] == [1, 6, 4]
    assert (before, gate.calls) == (2, [0, 1, 2])


async def test_what_came_while_the_batches_of_a_failed_group_were_tried_alone_is_committed_after_them() -> None:
    gate = Gate()
    writer = writer_of(gate)
    inner, failing = gate.commit, [True, False, True]

    async def commit(take: Callable[[], list[Pending]]) -> list[Outcome]:
        outcomes = await inner(take)
        if failing and failing.pop(0):
            raise ConnectionError
        return outcomes

    gate.commit = commit  # type: ignore[method-assign]
    tasks = await begun(writer, 0)
    tasks += await begun(writer, 1, 2, 3)
    for _ in range(2):  # the first group fails, and the second, of three, goes through
        gate.open.release()
        await asyncio.sleep(0.01)
    tasks += await begun(writer, 4)
    for _ in range(6):
        gate.open.release()
        await asyncio.sleep(0.01)

    async with asyncio.timeout(1):
        await asyncio.gather(*tasks)
    assert {one for group in gate.groups for one in group} == {"c0", "c1", "c2", "c3", "c4"}
