"""What a process holds is put on large pages, and nothing else changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from consult.session import large_pages

_KILOBYTE = 1024
_LOADED = """
import re, sys, threading
from pathlib import Path
from consult.session.large_pages import settle

def held(name):
    return int(re.search(name + r": +(\\d+) kB", Path("/proc/self/smaps_rollup").read_text())[1])

threading.stack_size(32 * 1024 * 1024)
waits = threading.Event()
for _ in range(4):
    threading.Thread(target=waits.wait, daemon=True).start()
kept = [[number] for number in range(600_000)]
large, used = held("AnonHugePages"), held("Rss")
made = settle()
print(made, held("AnonHugePages") - large, held("Rss") - used, sum(one[0] for one in kept))
"""


@pytest.mark.skipif(not large_pages._SIZE.exists(), reason="this system has no large pages")
def test_what_is_loaded_goes_on_large_pages_and_takes_no_more_memory() -> None:
    run = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    made, large, more, total = map(int, run.stdout.split())
    if not made:
        pytest.skip("this system makes no large pages on demand (before Linux 6.1, or none are free)")
    assert large >= made * int(large_pages._SIZE.read_text()) // _KILOBYTE // 2
    assert more < 20 * _KILOBYTE  # the room of four threads is 128 MB
    assert total == sum(range(600_000))


def test_a_system_without_large_pages_stays_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(large_pages, "_SIZE", tmp_path / "none")
    assert large_pages.settle() == 0


def test_an_answer_that_is_no_number_is_taken_for_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    answer = tmp_path / "size"
    answer.write_text("")
    monkeypatch.setattr(large_pages, "_SIZE", answer)
    assert large_pages.settle() == 0
