"""Workers' parts for tests: each text asks for a fault."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from consult.session import workers


class Faulty:
    """ "hang", "crash", "segfault", "greedy" and "error" do what they say; anything else comes back upper case."""

    def run(self, job: str, argument: object) -> object:
        text = str(argument)
        if text == "hang":
            time.sleep(60)
        if text == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if text == "segfault":
            ctypes.string_at(0)
        if text == "greedy":
            hoard = [bytes(64 * 1024**2) for _ in range(64)]  # 4 GiB, of which nothing is touched
            return len(hoard)
        if text == "error":
            raise ValueError("the patient said something private")
        return text.upper()


def build() -> Faulty:
    return Faulty()


def build_slow_to_settle() -> Faulty:
    """In the worker's process: its large pages take longer than any deadline here, as on a machine that is full."""
    workers.settle = lambda: time.sleep(1.0) or 0  # type: ignore[func-returns-value]
    return Faulty()
