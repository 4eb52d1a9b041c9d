"""Supervised worker processes: killed, hung and crashed ones are replaced; jobs have a deadline."""

import asyncio
import os
import platform
import re
import signal
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import uvloop

from consult.session.workers import AnalysisFailed, Workers
from tests.session import runners


def slice_of(pid: int) -> int:
    """Nanoseconds; 0 where a process has none of its own to ask for, or the system does not tell."""
    told = Path(f"/proc/{pid}/sched")
    if not told.exists() or tuple(int(number) for number in platform.release().split(".")[:2]) < (6, 12):
        return 0
    found = re.search(r"se\.slice *: *(\d+)", told.read_text())
    return int(found[1]) if found else 0


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(runners.build, count=1, deadline=0.5, tries=2)
    workers.start()
    yield workers
    workers.stop()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hang", "analysis-timeout"),
        ("crash", "analysis-crash"),
        ("segfault", "analysis-crash"),
        ("greedy", "analysis-crash"),
        ("error", "analysis-error"),
    ],
)
async def test_a_fault_is_reported_by_code_and_the_next_job_is_done(workers: Workers, text: str, code: str) -> None:
    with pytest.raises(AnalysisFailed) as error:
        await workers.run("annotate", text)

    assert error.value.code == code
    assert "private" not in error.value.message
    assert await workers.run("annotate", "fine") == "FINE"


async def test_a_worker_killed_from_outside_is_replaced_and_the_job_done(workers: Workers) -> None:
    await workers.run("annotate", "warm")
    before = workers.pids

    os.kill(before[0], signal.SIGKILL)

    assert await workers.run("annotate", "again") == "AGAIN"
    assert workers.pids != before


async def test_a_worker_stands_back_behind_the_live_session(workers: Workers) -> None:
    await workers.run("annotate", "warm")
    (pid,) = workers.pids

    assert os.getpriority(os.PRIO_PROCESS, pid) > os.getpriority(os.PRIO_PROCESS, 0)


@pytest.mark.skipif(not slice_of(os.getpid()), reason="this system does not tell a process's slice")
async def test_a_worker_gives_a_core_back_before_its_long_slice_is_over(workers: Workers) -> None:
    """Whoever wakes with a shorter slice goes first (Linux 6.12 and later; before, a slice cannot be asked for)."""
    await workers.run("annotate", "warm")
    (pid,) = workers.pids

    assert slice_of(pid) > 10 * slice_of(os.getpid())


@pytest.mark.parametrize("loop_factory", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_jobs_and_answers_of_any_length_come_whole(loop_factory: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def talk() -> None:
        workers = Workers(runners.build, count=1, deadline=10, tries=1)
        workers.start()
        try:
            for letters in (10, 20_000, 300_000, 5_000_000):
                assert await workers.run("annotate", "a" * letters) == "A" * letters
        finally:
            workers.stop()

    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(talk())


async def test_jobs_wait_their_turn_and_answers_are_not_mixed_up(workers: Workers) -> None:
    words = [f"word {i}" for i in range(50)]

    answers = await asyncio.gather(*(workers.run("annotate", word) for word in words))

    assert answers == [word.upper() for word in words]


async def test_a_cancelled_job_does_not_leave_its_answer_to_the_next(workers: Workers) -> None:
    job = asyncio.create_task(workers.run("annotate", "first"))
    await asyncio.sleep(0)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)

    assert await workers.run("annotate", "second") == "SECOND"


@pytest.mark.parametrize("text", ["hang", "crash"])
async def test_what_stands_behind_a_job_that_ends_its_worker_is_done_and_not_blamed(text: str) -> None:
    workers = Workers(runners.build, count=1, deadline=0.5, tries=1)
    workers.start()
    try:
        await workers.run("annotate", "warm")
        bad, *good = await asyncio.gather(
            *(workers.run("annotate", one) for one in (text, "a", "b", "c", "d")), return_exceptions=True
        )
    finally:
        workers.stop()

    assert isinstance(bad, AnalysisFailed)
    assert good == ["A", "B", "C", "D"]


async def test_a_worker_that_ended_while_it_had_nothing_to_do_costs_no_try() -> None:
    workers = Workers(runners.build, count=1, deadline=5, tries=1)
    workers.start()
    try:
        await workers.run("annotate", "warm")
        os.kill(workers.pids[0], signal.SIGKILL)
        await asyncio.sleep(0.3)

        assert await workers.run("annotate", "again") == "AGAIN"
    finally:
        workers.stop()


async def test_what_a_worker_does_before_its_first_job_is_not_taken_from_the_jobs_time() -> None:
    workers = Workers(runners.build_slow_to_settle, count=1, deadline=0.5, tries=1)
    workers.start()
    try:
        assert await workers.run("annotate", "first") == "FIRST"
        assert workers.replaced == 0
    finally:
        workers.stop()
