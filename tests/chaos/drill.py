"""A drill: people at work on a site while something is done to it, and what the checker says afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.actors import Actor, Intruder, Where
from tests.chaos.checker import Dump, check
from tests.chaos.cluster import ORIGIN, Node, Site, build, dump, quiet
from tests.chaos.history import History
from tests.session.served import free_port

LONG = os.environ.get("CONSULT_CHAOS") == "long"
WORDS = ("warfarin 5 mg daily", "takes ibuprofen for knees", "no dizziness", "metformin 500 mg bid", "sleeps well")

_opening = asyncio.Lock()  # the migrations of one process run one after the other


@dataclass
class Drill:
    """`nodes` serve; `writers` type until `resting`; the others look on."""

    site: Site
    nodes: list[Node]
    seed: int
    history: History = field(default_factory=History)
    writers: list[Actor] = field(default_factory=list)
    watchers: list[Actor] = field(default_factory=list)
    intruder: Actor | None = None
    resting: bool = False
    kinds: Callable[[random.Random], str] = lambda chance: chance.choice(WORDS)

    @property
    def pages(self) -> list[Actor]:
        return [*self.writers, *self.watchers]

    def actor(self, name: str, who: str, consult: str, where: Where, kind: type[Actor] = Actor) -> Actor:
        return kind(name, self.site.cookies[who], consult, where, ORIGIN, self.history, self.seed)

    def populate(self, where: Callable[[int], Where], writers: int = 2) -> None:
        """Two tabs of anna in each consult, sue beside, pat in the first, ben at the door of each."""
        number = 0
        for consult in self.site.consults:
            for tab in range(writers):
                number += 1
                self.writers.append(self.actor(f"anna{number}", "anna", consult, where(tab)))
            self.watchers.append(self.actor(f"sue-{consult}", "sue", consult, where(number)))
        self.watchers.append(self.actor("pat", "pat", "c0", where(number)))
        self.intruder = self.actor("ben", "ben", "c0", where(0), Intruder)

    @contextlib.asynccontextmanager
    async def typing(self, pause: float = 0.05) -> AsyncIterator[None]:
        """All writers type while the block runs, three lines ahead of the answers at most."""
        self.resting = False
        tasks = [asyncio.create_task(self._type(actor, pause)) for actor in self.writers]
        try:
            yield
        finally:
            self.resting = True
            await asyncio.gather(*tasks)

    async def acknowledges(self, more: int, seconds: float = 60.0) -> None:
        """Return when that many more commands have been acknowledged."""
        aim = self.acknowledged + more
        async with asyncio.timeout(seconds):
            while True:
                if self.acknowledged >= aim:
                    return
                await asyncio.sleep(0.01)

    async def waits_for_answers(self, seconds: float = 20.0) -> None:
        """Return while a line has been sent and not been answered, so that what is done next hits somebody."""
        async with asyncio.timeout(seconds):
            while not any(entry.sent for actor in self.writers for entry in actor.outbox):
                await asyncio.sleep(0)

    async def all_connected(self, seconds: float = 20.0) -> None:
        """Return when each page is connected."""
        async with asyncio.timeout(seconds):
            while not all(actor.connected for actor in self.pages):
                await asyncio.sleep(0.01)

    async def _type(self, actor: Actor, pause: float) -> None:
        number = len(actor.latencies)
        while not self.resting:
            if len(actor.outbox) < 3:
                number += 1
                text = f"{self.kinds(actor.chance)} #{actor.name}-{number}-{actor.connections}"
                (actor.chat if number % 5 == 0 else actor.note)(text)
            await asyncio.sleep(pause * (0.5 + actor.chance.random()))

    async def judge(self, seconds: float = 40.0, *, analysed: bool = True) -> tuple[list[str], Dump]:
        """Wait for the quiet, stop everything, and check. Without `analysed` lines that still wait for their analysis
        are not waited for, and nothing is said of them."""
        await quiet(self.pages, seconds, analysed=analysed)
        for node in self.nodes:
            await node.terminate()
        for actor in (*self.pages, *([self.intruder] if self.intruder else [])):
            await actor.stop()
        async with _opening:
            held = await dump(self.site, self.pages, frozenset({"pat"}))
        violations = [one for one in check(self.history, held) if analysed or not one.startswith("C9")]
        sys.stderr.writelines(f"{one}\n" for one in violations[:20])  # an assertion shows fewer
        if violations and (folder := os.environ.get("CONSULT_CHAOS_HISTORY")):
            self.history.write(Path(folder) / f"{time.time_ns()}.jsonl")
        return violations, held

    @property
    def acknowledged(self) -> int:
        return self.history.acknowledged


def balanced(nodes: list[Node], number: int | None) -> Where:
    """Always the same node; without a number one that serves, as a balancer chooses."""

    def where() -> str:
        if number is not None:
            return nodes[number % len(nodes)].address
        return next((node for node in nodes if node.serving), nodes[0]).address

    return where


@contextlib.asynccontextmanager
async def drill(
    folder: Path,
    *,
    name: str = "site",
    database: str = "",
    nodes: int = 1,
    consults: int = 3,
    writers: int = 2,
    fault: str = "",
    seed: int = 1,
    start: Callable[[Node], Awaitable[None]] | None = None,
    balance: bool = False,
    through: str = "",
    sessions: int = 0,
    **environment: str,
) -> AsyncIterator[Drill]:
    """A site with nodes that serve and pages that have joined; everything is ended with it."""
    async with _opening:
        site = await build(database or f"sqlite:///{folder}/{name}.db", consults, sessions)
    running = [Node(site, free_port(), folder, fault, **environment) for _ in range(nodes)]
    one = Drill(site, running, seed)
    try:
        await asyncio.gather(*(start(node) if start else node.start(through) for node in running))
        one.populate(lambda number: balanced(running, number if not balance else None), writers)
        for actor in (*one.pages, one.intruder):
            assert actor is not None
            actor.start()
        async with asyncio.timeout(60):
            await asyncio.gather(*(actor.joined.wait() for actor in one.pages))
        yield one
    finally:
        for actor in (*one.pages, *([one.intruder] if one.intruder else [])):
            await actor.stop()
        for node in running:
            with contextlib.suppress(AssertionError, ProcessLookupError):
                await node.kill9()
