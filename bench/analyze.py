"""How fast note lines are read, how long the start takes and how much memory, beside other packages in one run.

python bench/analyze.py [LINES] [--peer READER=PYTHON ...]

LINES is a file of note lines (plain text); without it the marked examples and the blind sets of the tests are read.
READER is medspacy, negspacy or dner (drug-named-entity-recognition); PYTHON an interpreter in which it is installed.
medspaCy gets the same names and symptom phrases as this project, negspaCy the phrases. medspaCy is measured twice: as
the package loads it, and lean, with spaCy's sentencizer in place of PyRuSH. Every reader runs in a process of its own
on one core, over the same lines of 20 words. Times are CPU time, the least of three passes; "first" is that of the
first pass, "start" that of import, loading and the first line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp import wordlist
from consult.nlp.annotate import Annotator

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "nlp"
PEERS = {"dner": "dner", "medspacy": "medspacy", "medspacy_lean": "medspacy", "negspacy": "negspacy"}
WORDS = 20
LONGEST = 600  # seconds that a reader may take
ADVERSE = (
    "dizzy and ",
    "- SOB ",
    "no ",
    "1 am ",
    "-> ",
    "<b>lisinopril</b>",
    "don't have any energy ",
    "half a ",
    "5 mg mon and ",
    "stopped it; ",
    ", ",
    "?",
)


def note_lines(path: Path | None) -> list[str]:
    if path is not None:
        return [row for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]
    rows = [row for one in sorted(TESTS.glob("examples/*.txt")) for row in one.read_text(encoding="utf-8").splitlines()]
    lines = [row for row in rows if row.strip() and not row.startswith(("#", "  "))]
    for one in sorted(TESTS.glob("blind/*.jsonl")):
        lines += [json.loads(row)["text"] for row in one.read_text(encoding="utf-8").splitlines()]
    return lines


def of_twenty_words(lines: list[str]) -> list[str]:
    """The lines joined by semicolons and cut anew, each of twenty words."""
    words = "; ".join(line.rstrip(".;") for line in lines).split()
    return [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS + 1, WORDS)]


def phrases() -> list[str]:
    lists = wordlist.folder("effect", "concepts")
    rows = [row.partition(": ")[2] for one in lists for row in wordlist.lines("effect", one)]
    return sorted({phrase.lstrip("=~") for row in rows for phrase in row.split("; ")})


def measured(reader: str, python: str, lines: list[str]) -> dict[str, Any] | str:
    """What _readers.py measured, or why it could not."""
    job: dict[str, Any] = {"reader": reader, "lines": lines, "names": [], "phrases": []}
    if reader in PEERS:
        job["names"] = [one.name for one in load_vocabulary().names.values()]
        job["phrases"] = phrases()
    try:
        command = [python, str(HERE / "_readers.py")]
        done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired) as problem:
        return str(problem)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def share(times: list[float], part: float) -> float:
    """The time in ms below which this part of the lines stays."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="?", type=Path)
    parser.add_argument("--peer", action="append", default=[], metavar="READER=PYTHON")
    options = parser.parse_args()
    given = dict(one.split("=", 1) for one in options.peer)
    lines = of_twenty_words(note_lines(options.lines))
    print(f"{len(lines)} lines of {WORDS} words, one core")
    print("reader         start s  memory MB  lines/s  p50 ms  p99 ms  first p50  first p99  p50 / ours")
    ours = 0.0
    for reader in ("consult", *PEERS):
        peer = PEERS.get(reader)
        if peer and peer not in given:
            print(f"{reader:14} not measured: no interpreter given (--peer {peer}=PYTHON)")
            continue
        found = measured(reader, given[peer] if peer else sys.executable, lines)
        if isinstance(found, str):
            print(f"{reader:14} not measured: {found}")
            continue
        best, first = found["best"], found["first"]
        ours = ours or share(best, 0.5)
        print(
            f"{reader:14} {found['load']:7.2f} {found['memory']:10.0f} {len(best) / sum(best):8.0f}"
            f" {share(best, 0.5):7.3f} {share(best, 0.99):7.3f} {share(first, 0.5):10.3f} {share(first, 0.99):10.3f}"
            f" {share(best, 0.5) / ours:11.1f}"
        )
    slowest()


def slowest() -> None:
    """The longest that a text of 2000 characters made to be slow takes."""
    words = load_vocabulary()
    read = Annotator(words.names.values(), words.confused_pairs, words.common).annotate
    worst = 0.0
    for one in ADVERSE:
        text = (one * 2000)[:2000]
        took = []
        for _ in range(3):
            start = time.process_time()
            read(text)
            took.append(time.process_time() - start)
        worst = max(worst, min(took))
    print(f"slowest of {len(ADVERSE)} texts of 2000 characters made to be slow: {worst * 1e3:.0f} ms")


if __name__ == "__main__":
    main()
