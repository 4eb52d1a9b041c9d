"""Several serving processes on one machine."""

from __future__ import annotations

import subprocess
import sys


def test_processes_that_cannot_start_are_not_started_for_ever() -> None:
    program = "from consult.fleet import run; run(['serve', '--beside'], 2, {'CONSULT_PORT': 'no number'})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=90, check=False)

    assert done.returncode == 1
    assert "CONSULT_PORT must be a number" in done.stderr
    assert "The serving processes did not start" in done.stderr
