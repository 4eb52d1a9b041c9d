"""Acknowledged, durable note lines a second beside a bare python-socketio echo, and the lag of the event loop.

    python bench/session.py [--clients 50,200] [--seconds 5] [--database postgresql://...]

Each client is a pharmacist's page in a consult of its own and sends the next line when the last one is
acknowledged: validated, authorised, decided, stored with its audit row, folded and sent to the members. The echo
answers at once. Both run in turn on the same machine with the same client; read the ratio, not the rates.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import tempfile
import time
import uuid
from pathlib import Path

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.note_to_alert import ECHO, free_port, prepare, until_served
from bench.pages import Page, percentile
from consult.config import Settings


async def load(origin: str, query: str, cookies: dict[str, str], count: int, seconds: float) -> list[float]:
    """The seconds that each acknowledged line took."""
    took: list[float] = []

    async def one(http: aiohttp.ClientSession, number: int) -> None:
        page = await Page.connect(http, origin, query, cookies)
        if query:
            await page.ask("join", {"consult_id": f"c{number}", "since": 0})
        end, rev = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            line = {
                "line_id": f"b{rev // 50}",
                "after": "a",
                "base_rev": rev % 50,
                "text": f"talks about her week {rev}",
            }
            message = {
                "consult_id": f"c{number}",
                "command_id": str(uuid.uuid4()),
                "type": "put_note_line",
                "data": line,
            }
            answer, seconds_taken = await page.ask("command", message)
            if not answer["ok"]:
                raise RuntimeError(answer["code"])
            took.append(seconds_taken)
            rev += 1
        await page.close()

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        await asyncio.gather(*(one(http, number) for number in range(count)))
    return took


async def measure(count: int, seconds: float, database: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        port, echo_port = free_port(), free_port()
        lag_file = Path(folder) / "lag.json"
        settings = Settings(database=database or f"sqlite:///{folder}/bench.db", port=port)
        token = await prepare(settings, count)
        words = [str(Path(__file__).with_name("_session_server.py")), str(port), settings.database, str(lag_file)]
        quiet = asyncio.subprocess.DEVNULL
        server = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=quiet)
        bare = await asyncio.create_subprocess_exec(sys.executable, "-c", ECHO, str(echo_port), stdout=quiet)
        try:
            await asyncio.gather(until_served(port), until_served(echo_port))
            cookies = {"consult_pharmacist": token}
            await load(f"http://127.0.0.1:{port}", "as=pharmacist", cookies, 1, 3.0)  # the analysis has loaded
            echoes = await load(f"http://127.0.0.1:{echo_port}", "", {}, count, seconds)
            lines = await load(f"http://127.0.0.1:{port}", "as=pharmacist", cookies, count, seconds)
        finally:
            server.send_signal(signal.SIGTERM)
            bare.terminate()
            await asyncio.gather(server.wait(), bare.wait())
        lags = json.loads(lag_file.read_text())
    print(
        f"{count:>8} {len(echoes) / seconds:>9.0f} {len(lines) / seconds:>9.0f} {len(lines) / len(echoes):>6.2f}"
        f" {percentile(echoes, 0.5):>9.1f} {percentile(echoes, 0.99):>6.1f} {percentile(lines, 0.5):>9.1f}"
        f" {percentile(lines, 0.99):>6.1f} {percentile(lags, 0.5):>9.1f} {percentile(lags, 0.99):>6.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--clients", default="50,200")
    parser.add_argument("--database", default="", help="an empty PostgreSQL database; without it a new SQLite file")
    arguments = parser.parse_args()
    print(f"{'':>8} {'acknowledged a second':>26} {'echo ms':>16} {'line ms':>16} {'loop lag ms':>16}")
    heads = ("clients", "echo", "lines", "ratio", "p50", "p99", "p50", "p99", "p50", "p99")
    print("{:>8} {:>9} {:>9} {:>6} {:>9} {:>6} {:>9} {:>6} {:>9} {:>6}".format(*heads))
    for count in arguments.clients.split(","):
        asyncio.run(measure(int(count), arguments.seconds, arguments.database))


if __name__ == "__main__":
    main()
