"""How fast note lines are read, how long the start takes and how much memory, beside other packages in one run.

python bench/analyze.py [LINES] [--peer READER=PYTHON ...]

LINES is a file of note lines (plain text). Without it two sets are read: everyday lines, those of the blind sets of the
tests that were written as a natural mix by a writer each (EVERYDAY), and all lines, the marked examples and every blind
set, most of which were made to be hard.
READER is medspacy, negspacy or dner (drug-named-entity-recognition); PYTHON an interpreter in which it is installed.
It may be consult as well, with an interpreter in which the compiled wheel of this project is installed: row "compiled".
medspaCy gets the same names and symptom phrases as this project, negspaCy the phrases. medspaCy is measured three
times: as the package loads it; with this project's cues of qualifiers, status and blame too, as rules of its ConText;
and lean, with spaCy's sentencizer in place of PyRuSH. Every reader runs in a process of its own on one core, over the
same lines of 20 words. Times are CPU time, the least of eight passes; "first" is that of the first pass, "start" that
of import, loading and the first line, with the modules compiled before.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp import wordlist
from consult.nlp.annotate import Annotator
from consult.nlp.effect.lexicon import phrases_of
from consult.nlp.qualifier.cue_words import filled

HERE = Path(__file__).parent
TESTS = HERE.parent / "tests" / "nlp"
OTHERS = ("dner", "medspacy", "medspacy_cues", "medspacy_lean", "negspacy")
PEERS = {"compiled": "consult"} | {one: one.partition("_")[0] for one in OTHERS}
EVERYDAY = ("fifteenth", "seventeenth", "eighteenth", "nineteenth", "twentysecond", "twentyseventh", "twentyeighth")
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


def lines_of(path: Path) -> list[str]:
    """The lines of a file that are not blank."""
    return [row for row in path.read_text(encoding="utf-8").splitlines() if row.strip()]


def everyday_lines() -> list[str]:
    return [text for name in EVERYDAY for text in _marked(TESTS / "blind" / f"{name}.jsonl")]


def all_lines() -> list[str]:
    rows = [row for one in sorted(TESTS.glob("examples/*.txt")) for row in one.read_text(encoding="utf-8").splitlines()]
    lines = [row for row in rows if row.strip() and not row.startswith(("#", "  "))]
    return lines + [text for one in sorted(TESTS.glob("blind/*.jsonl")) for text in _marked(one)]


def _marked(path: Path) -> list[str]:
    return [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines()]


def of_twenty_words(lines: list[str]) -> list[str]:
    """The lines joined by semicolons and cut anew, each of twenty words."""
    words = "; ".join(line.rstrip(".;") for line in lines).split()
    return [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS + 1, WORDS)]


def phrases() -> list[str]:
    lists = wordlist.folder("effect", "concepts")
    rows = [row.partition(": ")[2] for one in lists for row in wordlist.lines("effect", one)]
    return sorted({phrase.lstrip("=~") for row in rows for phrase in phrases_of(row)})


_SIDES = {"after": "FORWARD", "before": "BACKWARD", "": "TERMINATE"}  # where what a cue speaks of stands


def cues() -> list[tuple[str, str, str]]:
    """Each cue of this project with what it says and the direction of a ConText rule."""
    lists = (("cues.csv", "sets", "side"), ("status.csv", "status", "side"), ("blame.csv", "order", "order"))
    return [
        (one, row[what], _SIDES.get(row[side], "BIDIRECTIONAL"))
        for name, what, side in lists
        for row in wordlist.table("qualifier", name)
        for one in filled(row["cue"])
    ]


def measured(reader: str, python: str, lines: list[str], compiled: str) -> dict[str, Any] | str:
    """What _readers.py measured, or why it could not. Modules are compiled in a run before, into a folder."""
    found = _run(reader, python, lines[:1], compiled)
    return found if isinstance(found, str) else _run(reader, python, lines, compiled)


def _run(reader: str, python: str, lines: list[str], compiled: str) -> dict[str, Any] | str:
    job: dict[str, Any] = {"reader": reader, "lines": lines, "names": [], "phrases": []}
    if reader in OTHERS:
        job["names"] = [one.name for one in load_vocabulary().names.values()]
        job["phrases"] = phrases()
        job["cues"] = cues()
    try:
        command = [python, str(HERE / "_readers.py")]
        around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        if reader in PEERS:
            around.pop("PYTHONPATH", None)  # what is installed there, and not this source
        done = subprocess.run(
            command,
            input=json.dumps(job),
            capture_output=True,
            text=True,
            timeout=LONGEST,
            env={**around, "PYTHONPYCACHEPREFIX": compiled},
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return str(problem)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def share(times: list[float], part: float) -> float:
    """The time in ms below which this part of the lines stays."""
    return sorted(times)[min(len(times) - 1, int(part * len(times)))] * 1e3


def table(found: dict[str, dict[str, Any] | str], part: slice) -> None:
    """What each reader took for a part of the lines."""
    print("reader         start s  memory MB  lines/s  p50 ms  p99 ms  first p50  first p99  p50 / ours")
    ours = 0.0
    for reader, one in found.items():
        if isinstance(one, str):
            print(f"{reader:14} not measured: {one}")
            continue
        best, first = one["best"][part], one["first"][part]
        ours = ours or share(best, 0.5)
        print(
            f"{reader:14} {one['load']:7.2f} {one['memory']:10.0f} {len(best) / sum(best):8.0f}"
            f" {share(best, 0.5):7.3f} {share(best, 0.99):7.3f} {share(first, 0.5):10.3f} {share(first, 0.99):10.3f}"
            f" {share(best, 0.5) / ours:11.1f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", nargs="?", type=Path)
    parser.add_argument("--peer", action="append", default=[], metavar="READER=PYTHON")
    options = parser.parse_args()
    given = dict(one.split("=", 1) for one in options.peer)
    if options.lines:
        sets = {"given lines": of_twenty_words(lines_of(options.lines))}
    else:
        sets = {f"everyday lines ({', '.join(EVERYDAY)})": of_twenty_words(everyday_lines())}
        sets["all lines"] = of_twenty_words(all_lines())
    found: dict[str, dict[str, Any] | str] = {}
    with tempfile.TemporaryDirectory() as compiled:
        for reader in ("consult", *PEERS):
            peer = PEERS.get(reader)
            if peer and peer not in given:
                found[reader] = f"no interpreter given (--peer {peer}=PYTHON)"
            else:
                lines = [line for some in sets.values() for line in some]
                found[reader] = measured(reader, given[peer] if peer else sys.executable, lines, compiled)
    first = 0
    for name, some in sets.items():
        print(f"\n{name}: {len(some)} of {WORDS} words, one core")
        table(found, slice(first, first + len(some)))
        first += len(some)
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
