"""Several serving processes on one port of this machine: started, replaced when one dies, drained together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from consult.config import Settings
from consult.errors import SiteError

PAUSE = 1.0  # seconds before a process that ended is replaced
EXIT_SECONDS = 11.0
FIRST_SECONDS = 60.0  # in which a process that ends with an error says that none can serve


def check(settings: Settings, count: int) -> None:
    """Raises SiteError where that many processes cannot serve this site."""
    if count < 1:
        raise SiteError("--workers must be at least 1.", code="bad-setting")
    if count > 1 and settings.database.startswith("sqlite"):
        raise SiteError(
            "SQLite serves one process: leave --workers out, or use PostgreSQL for several.", code="sqlite-one-process"
        )
    if count > 1 and settings.port == 0:
        raise SiteError("Several processes need one port that is named: --port 8080", code="bad-setting")


def run(words: list[str], count: int, environment: dict[str, str], metrics_port: int = 0) -> None:
    """Keep `count` processes of `consult` with these words running until SIGTERM or SIGINT, then drain them.

    Raises SiteError where one refuses to start: it has said why, and another would not do better. Each answers for its
    metrics on a port of its own, counted from `metrics_port`; 0 for none.
    """
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    command = [sys.executable, "-m", "consult.cli", *words]

    def start(number: int) -> subprocess.Popen[bytes]:
        port = {"CONSULT_METRICS_PORT": str(metrics_port + number)} if metrics_port else {}
        return subprocess.Popen(command, env={**os.environ, **environment, **port})

    nodes = [start(number) for number in range(count)]
    began, refused = time.monotonic(), False
    while not stopping:
        time.sleep(PAUSE)
        if time.monotonic() - began < FIRST_SECONDS and any((node.poll() or 0) > 0 for node in nodes):
            refused = True
            break
        nodes = [node if node.poll() is None else start(number) for number, node in enumerate(nodes)]
    for node in nodes:
        if node.poll() is None:
            node.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + EXIT_SECONDS
    for node in nodes:
        try:
            node.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            node.kill()
    if refused:
        raise SiteError("The serving processes did not start; the reason stands above.", code="not-started")
