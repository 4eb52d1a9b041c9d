"""consult/nlp/needs.json says what the expressions of the note reader need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_needs_that_were_worked_out_beforehand_are_those_of_the_expressions() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/needs.py", "--check"], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
