"""What Socket.IO's server does where nobody watches its door: each attack that `test_door` sees refused gets through.

Where one of these fails, the library has changed, and the part of the door that stands against it may go.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
import socketio
from aiohttp import web

from tests.session.served import answer_of, closed, free_port

WEBSOCKET = "EIO=4&transport=websocket"


@dataclass
class Bare:
    """A server of the library as it comes, which answers one event and fails at another."""

    server: socketio.AsyncServer
    http: aiohttp.ClientSession
    url: str

    async def raw(self, **options: Any) -> aiohttp.ClientWebSocketResponse:
        ws = await self.http.ws_connect(f"{self.url}?{WEBSOCKET}", max_msg_size=0, **options)
        await ws.receive_str()
        await ws.send_str("40{}")
        assert (await ws.receive_str()).startswith("40")
        return ws


@pytest.fixture
async def bare() -> AsyncIterator[Bare]:
    server = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins=[])
    port = free_port()

    async def command(sid: str, data: object) -> dict[str, bool]:
        return {"ok": True}

    async def broken(sid: str, data: object) -> None:
        raise RuntimeError("planted")

    server.on("command", command)
    server.on("broken", broken)
    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with aiohttp.ClientSession() as http:
        yield Bare(server, http, f"http://127.0.0.1:{port}/socket.io/")
    await runner.cleanup()


async def _still_answers(ws: aiohttp.ClientWebSocketResponse) -> bool:
    await ws.send_str('4299["command",{}]')
    return bool((await answer_of(ws, 99))["ok"])


async def test_an_empty_list_of_origins_lets_every_site_in(bare: Bare) -> None:
    ws = await bare.raw(headers={"Origin": "https://evil.example"})

    assert await _still_answers(ws)


async def test_a_stranger_enters_and_may_poll(bare: Bare) -> None:
    async with bare.http.get(f"{bare.url}?EIO=4&transport=polling") as response:
        opened = await response.text()

    assert response.status == 200
    assert json.loads(opened[1:])["sid"]


async def test_a_socket_that_never_says_who_it_is_stays(bare: Bare) -> None:
    silent = await bare.http.ws_connect(f"{bare.url}?{WEBSOCKET}")

    assert not await closed(silent, 1.0)


async def test_the_head_of_a_binary_packet_is_kept_for_what_follows(bare: Bare) -> None:
    ws = await bare.raw()

    await ws.send_str('451-["command",{"_placeholder":true,"num":0}]')
    async with asyncio.timeout(5):
        while not bare.server._binary_packet:
            await asyncio.sleep(0.01)


async def test_packets_that_cannot_be_read_are_never_counted(bare: Bare) -> None:
    ws = await bare.raw()

    for _ in range(20):
        await ws.send_str('42["no_such_event"]')
        await ws.send_str('44"not for a server"')

    assert await _still_answers(ws)


async def test_a_message_far_longer_than_any_note_is_taken(bare: Bare) -> None:
    ws = await bare.raw()

    await ws.send_str(f'421["command","{"x" * 500_000}"]')

    assert (await answer_of(ws, 1))["ok"]


async def test_a_flood_is_answered_whole(bare: Bare) -> None:
    ws = await bare.raw()

    for number in range(500):
        await ws.send_str(f'42{number}["command",{{}}]')

    assert (await answer_of(ws, 499))["ok"]


async def test_each_socket_has_a_room_that_all_who_go_are_looked_for_in(bare: Bare) -> None:
    pages = [await bare.raw() for _ in range(5)]

    assert len(bare.server.manager.rooms["/"]) == 1 + len(pages)


async def test_a_page_that_does_not_read_fills_the_memory_of_the_server(bare: Bare) -> None:
    deaf = await bare.raw()
    assert deaf._response.connection is not None
    deaf._response.connection.transport.pause_reading()  # type: ignore[union-attr]

    for _ in range(20):
        await bare.server.emit("events", "x" * 500_000)
    (line,) = bare.server.eio.sockets.values()
    await asyncio.sleep(0.2)

    assert line.queue.qsize() > 1
    assert not line.closed


async def test_compression_is_agreed_to(bare: Bare) -> None:
    ws = await bare.raw(compress=15)

    assert ws.compress


@pytest.mark.parametrize("event", ["no_such_event", "broken"])
async def test_unknown_events_and_errors_have_no_answer(bare: Bare, event: str) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)  # it says so at the end of the task
    ws = await bare.raw()

    await ws.send_str(f'421["{event}",{{}}]')

    with pytest.raises(TimeoutError):
        await answer_of(ws, 1, 0.5)


async def test_the_librarys_own_logger_writes_down_what_was_said(bare: Bare, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("bare.socketio")
    bare.server.eio.logger = logger
    caplog.set_level(logging.INFO, "bare.socketio")
    ws = await bare.raw()

    await ws.send_str('421["command",{"text":"zebra-marmalade"}]')
    await answer_of(ws, 1)

    assert "zebra-marmalade" in caplog.text
