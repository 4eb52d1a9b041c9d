"""From a note line sent to its acknowledgement, and to the alert on the pharmacist's socket.

    python bench/note_to_alert.py [--seconds 12] [--consults 1,20,100]

A real server (`consult serve`, SQLite, one analysis worker) and, in the same run and at the same rate, a bare
python-socketio echo. Each live consult changes one line every two seconds, so that an alert is raised, then
withdrawn, then raised. Prints p50 and p99, the ratio of the acknowledgements to the echo's, and the bound below which
99 of 100 lags of the server's event loop were.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import socket
import sys
import tempfile
import textwrap
import time
from pathlib import Path
from typing import Any

import aiohttp

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.lean import Lean
from bench.pages import percentile
from consult.app import HereAndNow, build_analysis, calm_interpreter, new_id, open_core
from consult.auth.passwords import hash_password
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.identity import Account
from consult.domain.patient import Patient
from consult.domain.people import Actor

EVERY = 2.0  # seconds between two changes of one consult
PASSWORD = "benchmark-password-only"
ECHO = textwrap.dedent(
    """
    import sys, socketio
    from aiohttp import web
    sio = socketio.AsyncServer(async_mode="aiohttp", cors_allowed_origins="*", transports=["websocket"])
    @sio.event
    async def command(sid, data):
        return {"ok": True}
    app = web.Application()
    sio.attach(app)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
    """
)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def prepare(settings: Settings, count: int) -> list[str]:
    """A site with `count` open consults; cookie tokens of their pharmacist, one for ten pages."""
    async with open_core(settings, workforce=HereAndNow(build_analysis()), create=True) as core:
        await core.accounts.add(Account("staff-1", "bench", "Bench", "pharmacist", hash_password(PASSWORD)))
        me = Actor("staff-1", "pharmacist", "Bench")
        for number in range(count):
            patient = Patient(f"p{number}", f"Patient {number}", "1950-01-01")
            scheduled = co.ScheduleConsult(patient, me.id, "2026-11-23T15:00:00Z")
            await core.hub.submit(f"c{number}", scheduled, me, new_id())
            await core.hub.submit(f"c{number}", co.OpenConsult(), me, new_id())
            await core.hub.submit(f"c{number}", co.PutNoteLine("a", "", 0, "warfarin 5 mg 1 tab daily"), me, new_id())
        await asyncio.sleep(0)
        for number in range(count):
            await core.assist.settle(f"c{number}")
        return [
            (await core.doorkeeper.sign_in("bench", PASSWORD, "pharmacist", "127.0.0.1")).token
            for _ in range(0, count, 10)
        ]


async def until_served(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise SystemExit("bench: the server did not start")


class Typist:
    """One consult's pharmacist: changes a line, waits for the acknowledgement and for the alert to change."""

    def __init__(self, page: Lean, consult_id: str) -> None:
        self.page, self.consult_id = page, consult_id
        self.acks: list[float] = []
        self.alerts: list[float] = []
        self._rev = 0
        self._sent = 0.0
        self._awaited = ""
        self._arrived = asyncio.Event()
        page.heard = self._heard

    def _heard(self, name: str, data: Any, at: float) -> None:
        if name != "events":
            return
        for event in data["events"]:
            if event["data"]["type"] == self._awaited:
                self.alerts.append(at - self._sent)
                self._awaited = ""
                self._arrived.set()

    async def run(self, first: float, seconds: float) -> None:
        start = time.perf_counter()
        await asyncio.sleep(first)
        while time.perf_counter() - start < seconds:
            raised = self._rev % 2 == 0
            text = "takes ibuprofen 200 mg 3 tabs tid for knees" if raised else "nothing for the knees now"
            self._awaited = "alert_raised" if raised else "alert_withdrawn"
            self._arrived.clear()
            self._sent = time.perf_counter()
            line = {"line_id": "b", "after": "a", "base_rev": self._rev, "text": text}
            command = {"consult_id": self.consult_id, "command_id": new_id(), "type": "put_note_line", "data": line}
            answer, took = await self.page.ask("command", command)
            if not answer["ok"]:
                raise RuntimeError(answer["code"])
            self.acks.append(took)
            await asyncio.wait_for(self._arrived.wait(), 30)
            self._rev += 1
            await asyncio.sleep(max(0.0, EVERY - (time.perf_counter() - self._sent)))


async def echo(port: int, count: int, seconds: float) -> list[float]:
    took: list[float] = []

    async def one(first: float) -> None:
        page = await Lean.dial(f"http://127.0.0.1:{port}")
        start = time.perf_counter()
        await asyncio.sleep(first)
        while time.perf_counter() - start < seconds:
            _, one_took = await page.ask("command", {"text": "takes ibuprofen 200 mg 3 tabs tid for knees"})
            took.append(one_took)
            await asyncio.sleep(EVERY)
        page.close()

    await asyncio.gather(*(one(EVERY * i / count) for i in range(count)))
    return took


async def lags(http: aiohttp.ClientSession, port: int) -> dict[str, float]:
    """How often the event loop came back at most so late, by the seconds that the metrics name."""
    async with http.get(f"http://127.0.0.1:{port}/metrics") as answer:
        text = await answer.text()
    head = 'consult_loop_lag_seconds_bucket{le="'
    rows = [line.removeprefix(head).split('"} ') for line in text.splitlines() if line.startswith(head)]
    return {bound: float(number) for bound, number in rows}


def lag_p99(before: dict[str, float], after: dict[str, float]) -> str:
    """The bound, in milliseconds, below which 99 of 100 lags between the two looks were."""
    looks = after["+Inf"] - before["+Inf"]
    bounds = (bound for bound in after if after[bound] - before[bound] >= 0.99 * looks)
    return f"{1000 * float(next(bounds)):.1f}"


async def measure(count: int, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        port, echo_port, metrics_port = free_port(), free_port(), free_port()
        settings = Settings(database=f"sqlite:///{folder}/bench.db", port=port)
        tokens = await prepare(settings, count)
        calm_interpreter()  # of the typists: what their collector does is not the server's
        serve = ["-m", "consult.cli", "serve", "--database", settings.database, "--port", str(port)]
        environment = {**os.environ, "CONSULT_ANALYSTS": "1", "CONSULT_METRICS_PORT": str(metrics_port)}
        quiet = asyncio.subprocess.DEVNULL
        server = await asyncio.create_subprocess_exec(sys.executable, *serve, env=environment, stdout=quiet)
        bare = await asyncio.create_subprocess_exec(sys.executable, "-c", ECHO, str(echo_port), stdout=quiet)
        try:
            await until_served(port)
            await until_served(echo_port)
            origin = f"http://127.0.0.1:{port}"
            async with aiohttp.ClientSession() as http:
                typists = []
                for i in range(count):
                    cookie = f"consult_pharmacist={tokens[i // 10]}"
                    typists.append(Typist(await Lean.dial(origin, "as=pharmacist", cookie), f"c{i}"))
                for one in typists:
                    await one.page.ask("join", {"consult_id": one.consult_id, "since": 0})
                await typists[0].run(0.0, 3.0)  # warm
                typists[0].acks.clear()
                typists[0].alerts.clear()
                before = await lags(http, metrics_port)
                await asyncio.gather(*(one.run(EVERY * i / count, seconds) for i, one in enumerate(typists)))
                lag = lag_p99(before, await lags(http, metrics_port))
                for one in typists:
                    one.page.close()
            acks = [value for one in typists for value in one.acks]
            alerts = [value for one in typists for value in one.alerts]
            echoes = await echo(echo_port, count, min(seconds, 8.0))
        finally:
            server.send_signal(signal.SIGTERM)
            bare.terminate()
            await asyncio.gather(server.wait(), bare.wait())
    row = [percentile(values, share) for values in (echoes, acks, alerts) for share in (0.5, 0.99)]
    print(
        f"{count:>8} {len(alerts):>8} {row[0]:>9.1f} {row[1]:>6.1f} {row[2]:>10.1f} {row[3]:>6.1f}"
        f" {row[4]:>10.1f} {row[5]:>6.1f} {row[2] / row[0]:>14.1f} {lag:>11}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=12.0)
    parser.add_argument("--consults", default="1,20,100")
    arguments = parser.parse_args()
    print(
        "milliseconds      bare echo           line → ack        line → alert      ack p50 / echo p50   loop lag p99 <="
    )
    print(
        f"{'consults':>8} {'changes':>8} {'p50':>9} {'p99':>6} {'p50':>10} {'p99':>6} {'p50':>10} {'p99':>6} {'':>14}"
    )
    import uvloop

    for count in arguments.consults.split(","):
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(measure(int(count), arguments.seconds))


if __name__ == "__main__":
    main()
