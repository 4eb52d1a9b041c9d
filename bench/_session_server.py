"""What bench/session.py measures: `consult serve` with the limits of a socket opened, and the loop watched.

python bench/_session_server.py PORT DATABASE LAGFILE
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consult.config import read_settings
from consult.server import running
from consult.session.socket import Limits

OPEN = Limits(messages=1e6, messages_burst=1e6, frames=1e6, frames_burst=1e6, sockets=100_000)


async def watch(lags: list[float]) -> None:
    """How much later than asked the event loop comes back, every 5 ms."""
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(0.005)
        lags.append(time.perf_counter() - asked - 0.005)


async def main(port: str, database: str, lag_file: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    settings = read_settings({}, database=database, port=int(port), analysts=1)
    lags: list[float] = []
    async with running(settings, limits=OPEN):
        watching = asyncio.create_task(watch(lags))
        await stop.wait()
        watching.cancel()
    await asyncio.to_thread(Path(lag_file).write_text, json.dumps(lags))


if __name__ == "__main__":
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:]))
