"""The nemesis: a seeded schedule of faults, done to a site while people type. The same seed gives the same schedule."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.chaos.drill import Drill
from tests.chaos.tcpproxy import Proxy

Fault = Callable[[], Awaitable[None]]


def seed_of_today() -> int:
    """CONSULT_CHAOS_SEED, or a new one; it is printed, so that a run can be repeated."""
    seed = int(os.environ.get("CONSULT_CHAOS_SEED", "0")) or random.SystemRandom().randrange(1, 1_000_000)
    sys.stderr.write(f"nemesis: CONSULT_CHAOS_SEED={seed}\n")
    return seed


@dataclass
class Nemesis:
    """`faults` by name; each is done and undone by itself, and leaves the site able to serve."""

    seed: int
    faults: dict[str, Fault]

    def schedule(self, length: int) -> list[str]:
        """Names of faults in the order of this seed; each once before any comes again."""
        chance = random.Random(self.seed)
        names: list[str] = []
        while len(names) < length:
            names += chance.sample(sorted(self.faults), len(self.faults))
        return names[:length]

    async def strike(self, one: Drill, length: int, between: int = 12) -> list[str]:
        """Do the schedule, each fault after so many acknowledgements; what was done."""
        done = self.schedule(length)
        for name in done:
            await one.acknowledges(between, 90)
            await self.faults[name]()
        await one.acknowledges(between, 90)
        return done


def node_faults(one: Drill) -> dict[str, Fault]:
    """What happens to processes: killed, asked to stop, frozen; and the analysis beside them."""
    chance = random.Random(one.seed)

    async def kill() -> None:
        node = chance.choice(one.nodes)
        await node.kill9()
        await node.start()

    async def restart() -> None:
        node = chance.choice(one.nodes)
        await node.terminate()
        await node.start()

    async def freeze() -> None:
        pid = chance.choice(one.nodes).pid
        os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(1.5)
        os.kill(pid, signal.SIGCONT)

    async def kill_analysis() -> None:
        for child in chance.choice(one.nodes).children():
            os.kill(child, signal.SIGKILL)

    return {"kill": kill, "restart": restart, "freeze": freeze, "kill_analysis": kill_analysis}


def network_faults(proxy: Proxy) -> dict[str, Fault]:
    """What happens to the way between pages and server."""

    def during(mode: str, seconds: float) -> Fault:
        async def fault() -> None:
            proxy.mode = mode
            await asyncio.sleep(seconds)
            proxy.mode = "pass"

        return fault

    async def cut() -> None:
        proxy.cut()

    return {"hole": during("hole", 3), "slow": during("slow", 2), "one way": during("away", 3), "cut": cut}
