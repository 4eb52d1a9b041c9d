"""How fast note lines are read, and how that compares with only cutting them into tokens with spaCy in the same run.

python bench/extraction.py [LINES]: LINES is a file of note lines (plain text); without it the marked examples are read.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp.annotate import Annotator

EXAMPLES = Path(__file__).parent.parent / "tests" / "nlp" / "examples"
PASSES = 3
ADVERSE = (
    "dizzy and ",
    "- SOB ",
    "no ",
    "1 am ",
    "-> ",
    "<b>lisinopril</b>",
    "don't have any energy ",
    "half a ",
    ", ",
    "?",
)


def note_lines(path: Path | None) -> list[str]:
    files = [path] if path else sorted(EXAMPLES.glob("*.txt"))
    rows = [row for one in files for row in one.read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row.strip() and not row.startswith(("#", "  "))]


def fastest(read: Callable[[str], object], lines: list[str]) -> list[float]:
    """For each line the least time of several passes, in seconds."""
    best = [float("inf")] * len(lines)
    for _ in range(PASSES):
        for place, line in enumerate(lines):
            start = time.perf_counter()
            read(line)
            best[place] = min(best[place], time.perf_counter() - start)
    return best


def main() -> None:
    lines = note_lines(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    start = time.perf_counter()
    vocabulary = load_vocabulary()
    loaded = time.perf_counter()
    annotator = Annotator(vocabulary.names.values(), vocabulary.confused_pairs, vocabulary.common)
    built = time.perf_counter()
    plain = spacy.blank("en").make_doc
    ours, tokens = fastest(annotator.annotate, lines), fastest(plain, lines)
    longest = " ".join(lines)[:2000]
    worst = min(fastest(annotator.annotate, [longest]))
    adverse = max(fastest(annotator.annotate, [(one * 2000)[:2000] for one in ADVERSE]))
    print(f"lines {len(lines)}; vocabulary {loaded - start:.2f} s, annotator {built - loaded:.2f} s")
    print(f"lines per second {len(lines) / sum(ours):.0f}; median {statistics.median(ours) * 1e3:.2f} ms")
    print(f"slowest line {max(ours) * 1e3:.2f} ms; a line of 2000 characters {worst * 1e3:.1f} ms")
    print(f"slowest line of 2000 characters made to be slow {adverse * 1e3:.1f} ms")
    print(f"ratio to spaCy's tokenizer alone {sum(ours) / sum(tokens):.1f}")


if __name__ == "__main__":
    main()
