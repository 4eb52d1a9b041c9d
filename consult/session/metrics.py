"""What the site measures of itself, for Prometheus: numbers and codes, nothing of a person, no ids."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from consult.domain.consult import Consult
from consult.domain.events import Event

FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
LAGS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)  # the aim is a p99 below 0.02
MOST_WAITING = 10_000  # consults whose check is timed at one moment
LOOK = 0.1  # seconds between two looks at the event loop


class Metrics:
    """One registry a process. Times are in seconds."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.registry = CollectorRegistry()
        self._clock = clock
        self._noted: dict[str, float] = {}
        self._commands = Counter(
            "consult_commands", "Commands of pages by outcome.", ["outcome"], registry=self.registry
        )
        self._acknowledged = Histogram(
            "consult_acknowledgement_seconds",
            "From a command received to its acknowledgement, durable.",
            buckets=FAST,
            registry=self.registry,
        )
        self._checked = Histogram(
            "consult_note_to_alert_seconds",
            "From a note line stored to the result of the checks stored.",
            buckets=FAST,
            registry=self.registry,
        )
        self._lag = Histogram(
            "consult_loop_lag_seconds",
            "How much later than asked the event loop comes back.",
            buckets=LAGS,
            registry=self.registry,
        )

    def gauge(self, name: str, text: str, read: Callable[[], float]) -> None:
        """A number that is read when it is asked for."""
        Gauge(f"consult_{name}", text, registry=self.registry).set_function(read)

    def answered(self, seconds: float, outcome: str, action: str = "socket_command") -> None:
        """A message was answered: "ok" or an error code."""
        if action != "socket_command":
            return
        self._commands.labels(outcome).inc()
        if outcome == "ok":
            self._acknowledged.observe(seconds)

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        """Something was stored: from the first note line that no check has seen to the check."""
        for event in events:
            kind = event.data.type
            if kind == "note_line_put" and len(self._noted) < MOST_WAITING:
                self._noted.setdefault(consult.id, self._clock())
            elif kind in ("regimen_assessed", "checks_failed", "line_not_analysed"):
                since = self._noted.pop(consult.id, None)
                if since is not None and kind == "regimen_assessed":
                    self._checked.observe(self._clock() - since)

    async def watch_loop(self) -> None:
        """Measure the lag of the event loop until cancelled."""
        while True:
            asked = self._clock()
            await asyncio.sleep(LOOK)
            self._lag.observe(max(0.0, self._clock() - asked - LOOK))

    async def serve(self, host: str, port: int) -> web.AppRunner:
        """Answer GET /metrics on a port of its own. Raises OSError."""

        async def answer(request: web.Request) -> web.Response:
            text = generate_latest(self.registry)
            return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

        app = web.Application()
        app.router.add_get("/metrics", answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        return runner
