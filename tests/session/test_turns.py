"""What one page sent in an order is stored in that order, however answers and repetitions cross."""

from __future__ import annotations

import asyncio
import random
from typing import Any, cast

import pytest

from consult.domain.identity import Session
from consult.errors import Unavailable
from consult.session.door import SESSION, Door
from consult.session.hub import Hub
from consult.session.namespace import Namespace
from consult.session.socket import Limits
from consult.session.turns import GIVEN_UP_SECONDS, Turns
from consult.storage.events import Append, Appended, EventStore
from tests.session.conftest import PHARMACIST
from tests.session.served import line


def test_a_later_command_waits_though_it_failed_after_the_earlier_one_had_come_again() -> None:
    turns = Turns()
    turns.take("first")
    turns.take("second")
    turns.owe("first")
    turns.take("first")  # comes again ...
    turns.owe("second")  # ... before the second, queued behind its first sending, has been told
    turns.owe("first")

    with pytest.raises(Unavailable):
        turns.take("second")


def test_nothing_waits_for_a_command_of_which_another_sending_was_saved() -> None:
    turns = Turns()
    turns.take("first")
    turns.take("first")
    turns.owe("first")
    turns.settle("first")

    turns.take("second")


def test_a_sending_that_fails_after_another_was_saved_holds_nothing_up() -> None:
    turns = Turns()
    turns.take("first")
    turns.take("first")
    turns.settle("first")
    turns.owe("first")

    turns.take("second")


def test_what_was_refused_unread_keeps_its_place() -> None:
    turns = Turns()
    turns.put_off("first")

    with pytest.raises(Unavailable):
        turns.take("second")
    turns.take("first")
    turns.take("second")


def test_a_command_that_is_not_sent_again_holds_up_the_others_only_for_a_while() -> None:
    clock = [0.0]
    turns = Turns(lambda: clock[0])
    turns.put_off("dropped")
    for clock[0] in (1.0, GIVEN_UP_SECONDS):
        with pytest.raises(Unavailable):
            turns.take("second")
        turns.owe("second")

    clock[0] = GIVEN_UP_SECONDS + 1
    with pytest.raises(Unavailable):  # the second was sent before it and is sent still
        turns.take("third")
    turns.take("second")
    turns.take("third")


class _Handlers:
    """A server that only keeps what would answer its events."""

    def __init__(self) -> None:
        self.by_name: dict[str, Any] = {}
        self.at_once: dict[str, Any] = {}

    def line(self, socket: str) -> None:
        """Nobody is connected."""

    def on(self, name: str, handler: Any) -> None:
        self.by_name[name] = handler


class _Hasty:
    """A page with three commands out, each sent again, with all behind it, as soon as any of its sendings failed:
    many repetitions of the same command are under way at once."""

    def __init__(self, command: Any, seed: int) -> None:
        self._command = command
        self._chance = random.Random(seed)
        self._waiting: list[str] = []
        self._unsent: set[str] = set()

    async def _yield(self, most: int) -> None:
        for _ in range(self._chance.randrange(most)):
            await asyncio.sleep(0)

    async def _send(self, name: str) -> None:
        message = {"consult_id": "c1", "command_id": f"command-{name}", "type": "put_note_line"}
        answered: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._command("socket", {**message, "data": line(name, name)}, answered.set_result)
        answer = await answered
        await self._yield(8)
        if name not in self._waiting:
            return
        if answer["ok"]:
            self._waiting.remove(name)
            return
        assert answer["code"] == "unavailable"
        self._unsent.update(self._waiting[self._waiting.index(name) :])
        await self._yield(30)
        self._pump()

    def _pump(self) -> None:
        for name in self._waiting:
            if name in self._unsent:
                self._unsent.discard(name)
                self._tasks.append(asyncio.create_task(self._send(name)))

    async def write(self, names: list[str]) -> None:
        self._tasks: list[asyncio.Task[None]] = []
        left = list(names)
        while left or self._waiting:
            if left and len(self._waiting) < 3:
                self._waiting.append(left[0])
                self._unsent.add(left.pop(0))
                self._pump()
            await self._yield(20)
            await asyncio.sleep(0)
        await asyncio.gather(*self._tasks)


@pytest.mark.parametrize("seed", range(5))
async def test_a_store_that_fails_again_and_again_swaps_nothing_of_a_hasty_page(
    opened: Hub, store: EventStore, seed: int
) -> None:
    inner, chance = store.append, random.Random(seed)

    async def failing(batch: Append) -> Appended:
        for _ in range(chance.randrange(20)):
            await asyncio.sleep(0)
        if chance.random() < 0.8:
            raise Unavailable("planted")
        return await inner(batch)

    store.append = failing  # type: ignore[method-assign]
    server = _Handlers()

    async def valid(session: Session) -> bool:
        return True

    namespace = Namespace(cast(Door, server), lambda: "command-unused", valid, Limits(messages=1e9, messages_burst=1e9))
    namespace.serve(opened)
    session = Session("hash", PHARMACIST.id, "pharmacist", PHARMACIST.name, "", "", "")
    await server.by_name["connect"]("socket", {"aiohttp.request": {SESSION: session}})
    names = [f"line-{number}" for number in range(25)]

    await asyncio.wait_for(_Hasty(server.at_once["command"], seed).write(names), 60)

    stored = [event.data.line_id for event in await store.read("c1") if event.data.type == "note_line_put"]
    assert stored == names
