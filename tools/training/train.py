"""Makes the weights of the second reading from marked note lines: consult/nlp/qualifier/data/learnt_*.txt.

Learnt from are the lines of tools/training/lines, which no rule was made for, and those of tests/nlp/blind and
tests/nlp/examples, which rules were made for: of the latter it is left out what the cues gave, as that is righter than
of a new line.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from consult.app import annotator
from consult.nlp.annotate import Annotator
from consult.nlp.qualifier import second_reading
from consult.nlp.qualifier.known import given_for, known_for
from consult.nlp.qualifier.learnt import (
    Marked,
    Walk,
    along,
    around_drug,
    around_pair,
    as_a_whole,
    between,
    whole_features,
)
from consult.nlp.qualifier.second_reading import SecondReading
from tools.training.marked_lines import ROOT, STATUSES, Marks, corpus, fingerprint

DATA = ROOT / "consult/nlp/qualifier/data"
BLAMES = ("not", "blamed")
MOST = {"status": 10_000, "blame": 6_000}  # features kept
_LEAST = 2  # times that a feature is seen
_PROMISED = 0.3  # what an example of tests/nlp/examples weighs beside a line: each tells of a rare wording ...
_SAFE = 0.51
_AGAIN, _ROUNDS = 3.0, 8  # ... until it is read wrong: then it weighs so much more, so many times


@dataclass
class Row:
    """One decision: what is seen, what is right, what the cues gave."""

    writer: str
    features: list[str]
    right: str
    read: str
    cued: bool
    weight: float = 1.0
    promised: list[str] | None = None  # of an example: what is seen when it is read, the cues too


class Recorder(SecondReading):
    """A second reading that changes nothing and notes what it saw."""

    def __init__(self) -> None:
        super().__init__()
        self.line = Marks("", "")
        self.status: list[Row] = []
        self.blame_rows: list[Row] = []

    def standing(self, line, said, records, place, drug, standing) -> None:  # type: ignore[no-untyped-def]
        right = next((status for start, end, status in self.line.drugs if start < drug.end and drug.start < end), None)
        if right is not None:
            names = _along(said, around_drug(said.tokens, place))
            told = second_reading.standing_features(standing, drug)
            self.status.append(self._row(names, told, right, standing.status, bool(standing.cues)))

    def link(self, line, said, records, pair, drug, one, status, link, blamed):  # type: ignore[no-untyped-def]
        effect = next(((e, drugs) for s, e, drugs in self.line.effects if s < one.end and one.start < e), None)
        mark = next((s for s, e, _ in self.line.drugs if s < drug.end and drug.start < e), None)
        if effect is not None and mark is not None:
            known, given = known_for(drug, one.concept), given_for(drug, one.concept)
            facts = second_reading.link_features(status, known, given, blamed, bool(link[0]))
            facts += [between(said.tokens, *pair), second_reading.said_of_blame(link, blamed)]
            names = _along(said, around_pair(said.tokens, *pair)) + whole_features(*as_a_whole(said.tokens, *pair))
            names += [name for name in facts if name and not name.startswith("blamed ")]
            told = [name for name in facts if name.startswith("blamed ")]
            right, read = BLAMES[mark in effect[1]], BLAMES[blamed]
            self.blame_rows.append(self._row(names, told, right, read, blamed))
        return (1.0 if blamed else 0.0), []

    def _row(self, names: list[str], told: list[str], right: str, read: str, cued: bool) -> Row:
        """`told` is what the cues gave: not learnt from where rules were made for the line."""
        line, served = self.line, names + told
        row = Row(line.writer, names if line.ruled else served, right, read, cued)
        return replace(row, weight=_PROMISED, promised=served) if line.promised else row


def _along(said: Marked, walks: Iterable[Walk]) -> list[str]:
    return [name for walk in walks for name, _, _ in along(said.tokens, walk)]


def seen(lines: Iterable[Marks]) -> tuple[list[Row], list[Row]]:
    """The decisions of the lines about status and about blame."""
    recorder = Recorder()
    reader: Annotator = annotator(second=recorder)
    recorder.status.clear(), recorder.blame_rows.clear()
    for line in lines:
        recorder.line = line
        reader.annotate(line.text)
    return recorder.status, recorder.blame_rows


def kept_to(rows: Sequence[Row], classes: Sequence[str], most: int) -> Model:
    """Of a few rounds the model under which the fewest examples would be read otherwise than they are marked."""
    best: tuple[int, Model] | None = None
    for _ in range(_ROUNDS):
        model = Model(rows, classes, most)
        promised = [row for row in rows if row.promised is not None and row.right == row.read]
        likely = model.likely([replace(row, features=row.promised or []) for row in promised])
        right = [chances[classes.index(row.right)] for row, chances in zip(promised, likely, strict=True)]
        wrong = [row for row, chance in zip(promised, right, strict=True) if chance < _SAFE]
        print(f"{len(wrong)} examples of {len(promised)} are not sure to be read as marked")
        if best is None or len(wrong) < best[0]:
            best = len(wrong), model
        if not wrong:
            break
        for row in wrong:
            row.features, row.weight = row.promised or [], row.weight * _AGAIN
    assert best is not None
    return best[1]


class Model:
    """A logistic regression over the features that are seen often enough and matter most."""

    def __init__(self, rows: Sequence[Row], classes: Sequence[str], most: int) -> None:
        self.classes = classes
        seen_often = Counter(name for row in rows for name in set(row.features))
        names = [name for name, times in seen_often.items() if times >= _LEAST]
        first = self._fit(rows, names)
        weight = np.abs(first.coef_).max(axis=0) * np.array([seen_often[name] for name in names]) ** 0.25
        self.names = [names[i] for i in sorted(np.argsort(-weight, kind="stable")[:most])]
        self.fitted = self._fit(rows, self.names)

    def _fit(self, rows: Sequence[Row], names: Sequence[str]) -> Any:
        self.index = {name: i for i, name in enumerate(names)}
        right = [self.classes.index(row.right) for row in rows]
        return LogisticRegression(C=1.0, max_iter=300).fit(
            self._matrix(rows), right, sample_weight=[row.weight for row in rows]
        )

    def _matrix(self, rows: Sequence[Row]) -> csr_matrix:
        columns = [[self.index[name] for name in row.features if name in self.index] for row in rows]
        starts = np.cumsum([0, *map(len, columns)])
        flat = [column for one in columns for column in one]
        return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(self.index)))

    def likely(self, rows: Sequence[Row]) -> Any:
        return self.fitted.predict_proba(self._matrix(rows))

    def write(self, path: Path, head: str) -> None:
        coef, first = self.fitted.coef_, self.fitted.intercept_
        if len(self.classes) == 2:
            coef, first = np.vstack([-coef / 2, coef / 2]), np.array([-first[0] / 2, first[0] / 2])
        coef, first = coef - coef.mean(axis=0), first - first.mean()
        rows = [head, f"classes\t{' '.join(self.classes)}", f"first\t{_hundredths(first)}"]
        by_word = sorted(range(len(self.names)), key=lambda i: (self.names[i].split()[1:2], self.names[i]))
        rows += [f"{self.names[i]}\t{_hundredths(coef[:, i])}" for i in by_word if np.abs(coef[:, i]).max() >= 0.005]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _hundredths(numbers: Any) -> str:
    return " ".join(str(round(float(number) * 100)) for number in numbers)


def corpus_rows() -> tuple[tuple[str, list[Row], Sequence[str]], ...]:
    """Of each model its name, its decisions over all lines, and its classes."""
    status, blame = seen(corpus())
    return ("status", status, STATUSES), ("blame", blame, BLAMES)


def main() -> int:
    for what, rows, classes in corpus_rows():
        model = kept_to(rows, classes, MOST[what])
        head = (
            f"# Weights of the second reading ({what}), in hundredths: a feature, a tab, one number a class.\n"
            "# source: made by tools/training/train.py from note lines written for this project\n"
            f"# date: {date.today()}; reviewer: none yet\n# made of: {fingerprint()}"
        )
        model.write(DATA / f"learnt_{what}.txt", head)
        print(f"learnt_{what}.txt: {len(model.names)} features")
    return 0


if __name__ == "__main__":
    sys.exit(main())
