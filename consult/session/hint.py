"""The hint between nodes: "consult X is at seq N", over Redis. The database is the truth; a lost hint costs a second.

A node that hears of nothing asks the database every second anyway, so nothing here is waited for and no failure
of Redis is anybody's error.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from consult.domain.consult import Consult
from consult.domain.events import Event

log = logging.getLogger("consult.hint")
CHANNEL = "consult:head"
LONGEST_WAIT = 2.0  # seconds between two tries to reach Redis
WAITING = 1000  # hints that are kept while Redis is slow; the newest of a consult is enough
Told = Callable[[str, int], Awaitable[None]]


class Hint:
    """`notice` is called with every stored change; `told` hears of those of other nodes."""

    def __init__(self, url: str, told: Told) -> None:
        self._url = url
        self._told = told
        self._heads: dict[str, int] = {}
        self._wake = asyncio.Event()

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        if events and len(self._heads) < WAITING:
            self._heads[consult.id] = events[-1].seq
            self._wake.set()

    async def run(self) -> None:
        """Tell and listen until cancelled."""
        await asyncio.gather(self._again_and_again(self._tell), self._again_and_again(self._listen))

    async def _again_and_again(self, work: Callable[[Redis], Awaitable[None]]) -> None:
        wait = 0.1
        while True:
            client = Redis.from_url(self._url, socket_timeout=None, socket_connect_timeout=2, health_check_interval=30)
            try:
                await work(client)
            except (RedisError, OSError) as error:
                log.info("hint: %s", type(error).__name__)
            finally:
                with contextlib.suppress(RedisError, OSError):
                    await client.aclose()
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT)

    async def _tell(self, client: Redis) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            heads, self._heads = self._heads, {}
            for consult_id, seq in heads.items():
                await client.publish(CHANNEL, f"{seq} {consult_id}")

    async def _listen(self, client: Redis) -> None:
        async with client.pubsub() as subscription:
            await subscription.subscribe(CHANNEL)
            async for message in subscription.listen():
                if message["type"] == "message":
                    seq, _, consult_id = message["data"].decode().partition(" ")
                    if seq.isdigit():
                        await self._told(consult_id, int(seq))
