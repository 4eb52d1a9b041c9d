"""Faults of the database, the disk, the network and the analysis. The long form: `make chaos`."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest

from tests.chaos.drill import LONG, Drill, drill
from tests.chaos.tcpproxy import Proxy

pytestmark = [pytest.mark.timeout(300), pytest.mark.skipif(not LONG, reason="in `make chaos`")]
POISON = (
    "\x00 nul",
    '42["command"]',
    "</script><img src=x onerror=1>",
    "'; DROP TABLE events; --",
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
    "\u202eright to left\u202c",
    "e" + "\u0301" * 300,
    "a" * 1900,
    "\U0001f9ea " * 200,
    "(" * 500,
    "1/2 " * 300,
    "mg " * 500,
    "\ufeff\u200b\u2028",
)


def nacked(one: Drill) -> int:
    return sum(step.phase == "info" and step.code == "unavailable" for step in one.history.steps)


@pytest.mark.parametrize("share", [2, 3, 5, 7])
async def test_every_so_many_transactions_fail_and_nothing_is_half_done(tmp_path: Path, share: int) -> None:
    async with drill(tmp_path, consults=2, fault=f"fail_every_{share}", CHAOS_LIGHT="1") as one:
        async with one.typing():
            await one.acknowledges(40)
        violations, _ = await one.judge(analysed=False)

    assert violations == []
    assert nacked(one) > 0


async def test_a_full_disk_refuses_and_works_again_when_there_is_room(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2, fault="none", CHAOS_LIGHT="1", CHAOS_FILE_BYTES="700000") as one:
        async with one.typing():
            async with asyncio.timeout(60):
                while nacked(one) < 5:
                    await asyncio.sleep(0.05)
            late = one.actor("late", "sue", "c0", lambda: one.nodes[0].address)
            one.watchers.append(late)
            late.start()
            await asyncio.wait_for(late.joined.wait(), 10)  # reading goes on
            everything = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(one.nodes[0].pid, resource.RLIMIT_FSIZE, everything)
            await one.acknowledges(20)
        violations, _ = await one.judge(analysed=False)

    assert violations == []


async def test_a_database_that_is_cut_off_is_never_answered_for(tmp_path: Path, postgres: str) -> None:
    server = urlsplit(postgres)
    proxy = Proxy(server.hostname or "127.0.0.1", server.port or 5432)
    await proxy.start()
    behind = postgres.replace(f"{server.hostname}:{server.port or 5432}", proxy.address)
    async with drill(tmp_path, database=postgres, through=behind, consults=2, fault="none", CHAOS_LIGHT="1") as one:
        cutter = await asyncpg.connect(postgres)
        async with one.typing():
            for mode in ("hole", "refuse", "hole"):
                await one.acknowledges(15)
                proxy.mode = mode
                if mode == "refuse":
                    proxy.cut()
                gone = time.monotonic()
                await asyncio.sleep(2)
                one.history.down.append((gone, time.monotonic()))
                proxy.mode = "pass"
            for _ in range(5):
                await one.acknowledges(5)
                await cutter.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            await one.acknowledges(10)
        await cutter.close()
        violations, _ = await one.judge()
    await proxy.stop()

    assert violations == []


async def test_pages_behind_a_network_that_swallows_and_cuts_catch_up(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2, fault="none", CHAOS_LIGHT="1") as one:
        proxy = Proxy("127.0.0.1", one.nodes[0].port)
        await proxy.start()
        far = [
            one.actor(f"far{number}", "anna", consult, lambda: proxy.address)
            for number, consult in enumerate(("c0", "c1"))
        ]
        one.writers += far
        for actor in far:
            actor.start()
        async with one.typing():
            for _ in range(3):
                await one.acknowledges(20)
                proxy.mode = "hole"
                await asyncio.sleep(6)
                proxy.mode = "pass"
                await one.acknowledges(10)
                proxy.cut()
        violations, _ = await one.judge()
        await proxy.stop()

    assert violations == []
    assert all(actor.connections > 1 for actor in far)


async def test_two_hundred_pages_that_come_back_at_once_are_all_served(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=4, fault="none", sessions=12, CHAOS_LIGHT="1") as one:
        crowd = [
            one.actor(f"page{number}", f"sue{number % 12}", f"c{number % 4}", lambda: one.nodes[0].address)
            for number in range(200)
        ]
        one.watchers += crowd
        for actor in crowd:
            actor.start()
        await asyncio.wait_for(asyncio.gather(*(actor.joined.wait() for actor in crowd)), 60)
        async with one.typing():
            await one.acknowledges(20)
            await one.nodes[0].kill9()
            await one.nodes[0].start()
            await one.acknowledges(20)
        violations, _ = await one.judge()

    assert violations == []
    assert all(actor.connections >= 2 for actor in crowd)


async def test_poison_is_saved_word_for_word(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=1, writers=1) as one:
        one.history.poisoned = True
        actor = one.writers[0]
        for number, text in enumerate(POISON):
            actor.note(f"{text} #{number}")
            await actor.emptied()
        violations, held = await one.judge()

    refused = {step.id for step in one.history.steps if step.phase == "fail"}
    sent = [step.text for step in one.history.steps if step.phase == "invoke" and step.id not in refused]
    assert violations == []
    assert [event.text for event in held.logs["c0"] if event.type == "note_line_put"] == sent
    assert len(refused) <= 2


async def test_killed_and_hung_analysis_processes_delay_no_note(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2, CONSULT_DEADLINE="1") as one:
        async with one.typing():
            for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGKILL):
                await one.acknowledges(20)
                for child in one.nodes[0].children():
                    os.kill(child, number)
            await one.acknowledges(20)
        violations, _ = await one.judge(90)

    assert violations == []
