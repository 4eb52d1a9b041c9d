"""What the second reading gives with lines that were not learnt from.

held_out.py            the writers of tools/training/lines, in six folds, each read by what the others taught
held_out.py FILE ...   lines marked as in tools/training/lines (.txt) or in tests/nlp/blind (.jsonl), read by what all
                       lines here taught
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from consult.nlp.qualifier.second_reading import enough_to_blame, enough_to_change
from tools.training.marked_lines import LINES, gold_lines, marked_lines
from tools.training.train import CLASSES, Learnt, Row, corpus_rows, seen

_FOLDS = 6
_STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)


def report(what: str, rows: Sequence[Row], likely: Any, classes: Sequence[str]) -> None:
    """How many decisions are right before and after, and how many each step of being sure mends and breaks."""
    best = [(classes[int(chances.argmax())], float(chances.max())) for chances in likely]
    after = [
        told
        if sure >= (enough_to_change(told, row.cued) if what == "status" else enough_to_blame(row.cued))
        else row.read
        for row, (told, sure) in zip(rows, best, strict=True)
    ]
    before = sum(row.read == row.right for row in rows) / len(rows)
    right = sum(told == row.right for row, told in zip(rows, after, strict=True)) / len(rows)
    print(f"{what}: {len(rows)} decisions, right by the cues {before:.4f}, after the second reading {right:.4f}")
    for kind, cued in (("told by no cue", False), ("told by a cue", True)):
        steps = []
        for step in _STEPS:
            other = [
                (row, told) for row, (told, sure) in zip(rows, best, strict=True) if row.cued == cued and sure >= step
            ]
            mended = sum(told == row.right != row.read for row, told in other)
            broken = sum(told != row.right == row.read for row, told in other)
            steps.append(f"{step}: +{mended} -{broken}")
        print(f"  {kind}, by how sure: {'   '.join(steps)}")


def main(paths: Sequence[str]) -> int:
    rows = corpus_rows()
    if paths:
        new = seen(
            line for path in map(Path, paths) for line in (marked_lines if path.suffix == ".txt" else gold_lines)(path)
        )
        model = Learnt(rows, rounds=1)
        for name, told in zip(CLASSES, new, strict=True):
            report(name, told, model.likely(name, told), CLASSES[name])
        return 0
    writers = sorted(path.stem for path in LINES.glob("*.txt"))
    left: dict[str, list[Row]] = {name: [] for name in CLASSES}
    likely: dict[str, list[Any]] = {name: [] for name in CLASSES}
    for fold in range(_FOLDS):
        out = set(writers[fold::_FOLDS])
        model = Learnt({name: [row for row in some if row.writer not in out] for name, some in rows.items()}, rounds=1)
        for name, some in rows.items():
            new_rows = [row for row in some if row.writer in out]
            left[name] += new_rows
            likely[name].append(model.likely(name, new_rows))
    for name, classes in CLASSES.items():
        report(name, left[name], np.vstack(likely[name]), classes)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
