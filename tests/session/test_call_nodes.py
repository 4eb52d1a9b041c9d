"""A call between two members whose pages are at two nodes: PostgreSQL passes the signals on and keeps none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg
import pytest

from consult.app import HereAndNow, build_analysis
from consult.config import Settings
from consult.domain import commands as co
from consult.server import running
from tests.session.served import Served, _people, free_port, limited
from tests.session.test_signalling import PAT, Heard, ask, do, offer, ready
from tests.storage.conftest import postgres as postgres

LONG_OFFER = {"type": "offer", "sdp": "v=0 " + "a=candidate é\n" * 1400}


@pytest.fixture
async def nodes(postgres: str, tmp_path: Path) -> AsyncIterator[tuple[Served, Served]]:
    connection = await asyncpg.connect(postgres)
    for (table,) in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        await connection.execute(f"DROP TABLE {table} CASCADE")
    await connection.execute("DROP FUNCTION IF EXISTS consult_append_only, consult_next_seq CASCADE")
    await connection.close()
    settings = [Settings(database=postgres, port=free_port()) for _ in range(2)]
    workforce = HereAndNow(build_analysis())
    async with (
        running(settings[0], create=True, limits=limited(), workforce=workforce) as first,
        running(settings[1], limits=limited(), workforce=workforce) as second,
        aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http,
    ):
        one = Served(first, http)
        await _people(one)
        yield one, Served(second, http, one.cookies)


async def until(true: Callable[[], Any], seconds: float = 10.0) -> Any:
    async with asyncio.timeout(seconds):
        while not (found := true()):
            await asyncio.sleep(0.02)
    return found


async def called(nodes: tuple[Served, Served]) -> tuple[Any, Any, Heard, Heard]:
    anna, pat = await nodes[0].page("anna"), await nodes[1].page("pat")
    await do(nodes[0], co.AdmitParticipant(PAT))
    heard_anna, heard_pat = Heard(anna), Heard(pat)
    await until(lambda: nodes[1].site.core.hub.loaded)
    async with asyncio.timeout(10):
        while (await ready(pat, "tab-pat-01")).get("code") == "not-admitted":
            await asyncio.sleep(0.1)  # the other node has not read yet that pat is let in
    answer = await ready(anna, "tab-anna-1")
    assert answer["others"] == [{"id": PAT, "page": "tab-pat-01"}]
    return anna, pat, heard_anna, heard_pat


async def test_signals_go_from_node_to_node_whatever_their_length(nodes: tuple[Served, Served]) -> None:
    anna, pat, heard_anna, heard_pat = await called(nodes)

    first = await offer(anna, "tab-anna-1", PAT, description=LONG_OFFER)
    signal = (await until(lambda: heard_pat.named("signal")))[0]
    back = await offer(pat, "tab-pat-01", "a-anna", candidates=[{"candidate": "candidate:1"}])
    await until(lambda: heard_anna.named("signal"))

    assert (first["ok"], back["ok"]) == (True, True)
    assert signal["from"] == "a-anna"
    assert signal["data"]["description"] == LONG_OFFER
    assert set((await until(lambda: heard_pat.named("call_members")))[-1]["members"]) == {"a-anna", PAT}
    assert "candidate é" not in str(await nodes[0].site.core.store.read("own", 0, 1000))


async def test_hanging_up_is_heard_at_the_other_node(nodes: tuple[Served, Served]) -> None:
    anna, pat, heard_anna, _ = await called(nodes)

    await ask(pat, "call_leave")

    await until(
        lambda: heard_anna.named("call_members") and heard_anna.named("call_members")[-1]["members"] == ["a-anna"]
    )
    assert (await offer(anna, "tab-anna-1", PAT))["code"] == "not-here"


async def test_a_page_that_takes_over_at_another_node_is_told_to_the_first(nodes: tuple[Served, Served]) -> None:
    anna, _, heard_anna, _ = await called(nodes)
    second = await nodes[1].page("anna")

    answer = await ready(second, "tab-anna-2")
    moved = await until(lambda: heard_anna.named("call_moved"))

    assert answer["others"] == [{"id": PAT, "page": "tab-pat-01"}]
    assert moved == [{"consult_id": "own"}]
    assert (await offer(anna, "tab-anna-1", PAT))["code"] == "not-in-call"


async def test_who_was_sent_back_to_wait_gets_no_signal_from_another_node(nodes: tuple[Served, Served]) -> None:
    anna, _, _, heard_pat = await called(nodes)
    await do(nodes[0], co.ReturnParticipant(PAT))

    answer = await offer(anna, "tab-anna-1", PAT)
    await asyncio.sleep(0.3)

    assert answer["code"] == "not-here"
    assert heard_pat.named("signal") == []
