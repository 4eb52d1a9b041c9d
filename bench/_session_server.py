"""The server for `bench/session.py`: the real one with the limits of a socket opened.

python bench/_session_server.py PORT DATABASE ANALYSIS [REDIS]

ANALYSIS is "none" (lines wait for ever, so that the saving alone is measured), "real", or "half" (none, and beside it
a process of low priority that keeps half a core busy, as a heavy analysis would).
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consult.config import read_settings
from consult.server import running
from consult.session.priority import stand_back
from consult.session.socket import Limits

OPEN = Limits(messages=1e6, messages_burst=1e6, frames=1e6, frames_burst=1e6, sockets=100_000)


class Never:
    """An analysis that does not come back."""

    async def run(self, job: str, argument: object) -> Any:
        await asyncio.Event().wait()


def half_a_core() -> None:
    """Busy for 25 ms of every 50."""
    while True:
        end = time.perf_counter() + 0.025
        while time.perf_counter() < end:
            pass
        time.sleep(0.025)


async def main(port: str, database: str, analysis: str, redis: str = "") -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = read_settings({}, database=database, port=int(port), analysts=1, redis=redis or None)
    beside = None
    if analysis == "half":
        beside = await asyncio.create_subprocess_exec(sys.executable, sys.argv[0], "--half")
    try:
        async with running(settings, limits=OPEN, workforce=None if analysis == "real" else Never()):
            await stop.wait()
    finally:
        if beside is not None:
            beside.kill()
            await beside.wait()


if __name__ == "__main__":
    if sys.argv[1] == "--half":
        stand_back(os.getpid())
        half_a_core()
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
