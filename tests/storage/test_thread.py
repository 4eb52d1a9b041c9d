"""The thread that writes: one piece after the other, each told to whoever waits for it."""

from __future__ import annotations

import asyncio
import threading
from functools import partial

import pytest

from consult.storage.thread import WorkThread


async def test_pieces_are_done_in_order_in_one_thread_that_is_not_the_loops() -> None:
    thread, order = WorkThread("test"), list[int]()

    def piece(number: int) -> str:
        order.append(number)
        return threading.current_thread().name

    names = await asyncio.gather(*(thread.run(partial(piece, number)) for number in range(20)))

    assert order == list(range(20))
    assert set(names) == {"test"}
    thread.close()


async def test_what_a_piece_raises_is_told_and_the_next_one_is_done() -> None:
    thread = WorkThread("test")

    def fail() -> None:
        raise OSError("disk")

    failing, after = thread.run(fail), thread.run(lambda: "done")

    with pytest.raises(OSError, match="disk"):
        await failing
    assert await after == "done"
    thread.close()


async def test_nothing_is_begun_for_whoever_gave_up_before_its_turn() -> None:
    thread, gate, begun = WorkThread("test"), threading.Event(), list[str]()
    first = thread.run(gate.wait)
    second = thread.run(lambda: begun.append("second"))
    third = thread.run(lambda: begun.append("third"))

    second.cancel()
    gate.set()
    await asyncio.gather(first, third)

    assert begun == ["third"]
    thread.close()


async def test_closing_finishes_what_was_handed_over() -> None:
    thread, done = WorkThread("test"), list[int]()
    for number in range(5):
        thread.run(partial(done.append, number))

    await asyncio.to_thread(thread.close)

    assert done == [0, 1, 2, 3, 4]
