"""Supervised worker processes: killed, hung and crashed ones are replaced; jobs have a deadline."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from consult.session.workers import AnalysisFailed, Workers
from tests.session import runners


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    workers = Workers(runners.build, count=1, deadline=0.5, tries=2, nice=0)
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
