"""Makes the weights of the second reading from marked note lines: consult/nlp/qualifier/data/learnt_*.

Learnt from are the lines of tools/training/lines, which no rule was made for, and those of tests/nlp/blind and
tests/nlp/examples, which rules were made for: of the latter it is left out what the cues gave, as that is righter than
of a new line.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
from consult.nlp.qualifier.net import Net, Vectors
from consult.nlp.qualifier.second_reading import SecondReading
from tools.training.marked_lines import ROOT, STATUSES, Marks, corpus, fingerprint
from tools.training.network import Networks, Seen

DATA = ROOT / "consult/nlp/qualifier/data"
BLAMES = ("not", "blamed")
CLASSES: dict[str, Sequence[str]] = {"status": STATUSES, "blame": BLAMES}
MOST = {"status": 10_000, "blame": 6_000}  # features kept
_LEAST = 2  # times that a feature is seen
_PROMISED = 0.3  # what an example of tests/nlp/examples weighs beside a line: each tells of a rare wording ...
_SAFE = 0.51
_AGAIN, _ROUNDS = 3.0, 8  # ... until it is read wrong: then it weighs so much more, so many times
_SUM_ROUNDS = 4  # of the sums alone
_MOST_WEIGHT = 30.0
_CUES = ("read ", "blamed ")  # what a name begins with that tells what the cues gave


@dataclass
class Row:
    """One decision: what is seen, what is right, what the cues gave."""

    writer: str
    seen: tuple[Sequence[str], tuple[int, ...]]  # the tokens, and the places of the drug and of the symptom
    features: list[str]  # without what the cues gave where rules were made for the line
    named: list[str]  # what the cues gave and what is known of a pair
    right: str
    read: str
    cued: bool
    weight: float = 1.0
    ruled: bool = False
    promised: list[str] | None = None  # of an example: what is seen when it is read, the cues too

    def shown(self, classes: Sequence[str], served: bool = False, again: float = 1.0) -> Seen:
        """What the network sees of it; `served`: as when it is read, the cues too."""
        told = self.named if served or not self.ruled else [name for name in self.named if not name.startswith(_CUES)]
        weight = 1.0 if self.promised is None else min(_PROMISED * again, _MOST_WEIGHT)
        return Seen(*self.seen, told, classes.index(self.right), weight)


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
            seen = said.tokens, (place,)
            self.status.append(self._row(seen, names, told, told, right, standing.status, bool(standing.cues)))

    def link(self, line, marked, records, pair, drug, one, status, link, blamed):  # type: ignore[no-untyped-def]
        effect = next(((e, drugs) for s, e, drugs in self.line.effects if s < one.end and one.start < e), None)
        mark = next((s for s, e, _ in self.line.drugs if s < drug.end and drug.start < e), None)
        if effect is not None and mark is not None:
            known, given = known_for(drug, one.concept), given_for(drug, one.concept)
            facts = second_reading.link_features(status, known, given, blamed, bool(link[0]))
            named = [*facts, said] if (said := second_reading.said_of_blame(link, blamed)) else facts
            facts = [*named, beside] if (beside := between(marked.tokens, *pair)) else named
            names = _along(marked, around_pair(marked.tokens, *pair)) + whole_features(
                *as_a_whole(marked.tokens, *pair)
            )
            names += [name for name in facts if not name.startswith(_CUES)]
            told = [name for name in facts if name.startswith(_CUES)]
            right, read = BLAMES[mark in effect[1]], BLAMES[blamed]
            self.blame_rows.append(self._row((marked.tokens, pair), names, told, named, right, read, blamed))
        return (1.0 if blamed else 0.0), []

    def _row(  # type: ignore[no-untyped-def]
        self, seen, names: list[str], told: list[str], named: list[str], right: str, read: str, cued: bool
    ) -> Row:
        """`told` is what the cues gave: not learnt from where rules were made for the line."""
        line, served = self.line, names + told
        row = Row(line.writer, seen, names if line.ruled else served, named, right, read, cued, ruled=line.ruled)
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


def kept_to(rows: Sequence[Row], classes: Sequence[str], most: int, rounds: int) -> Model:
    """Of a few rounds the model under which the fewest examples would be read otherwise than they are marked."""
    best: tuple[int, Model] | None = None
    for left in range(rounds, 0, -1):
        model = Model(rows, classes, most)
        wrong = unsure(promised := kept(rows), model.likely([served(row) for row in promised]), classes)
        print(f"{len(wrong)} examples of {len(promised)} are not sure to be read as marked")
        if best is None or len(wrong) < best[0]:
            best = len(wrong), model
        if not wrong or left == 1:
            break
        for row in wrong:
            row.features, row.weight = row.promised or [], row.weight * _AGAIN
    assert best is not None
    return best[1]


def kept(rows: Iterable[Row]) -> list[Row]:
    """The examples that the cues read as they are marked."""
    return [row for row in rows if row.promised is not None and row.right == row.read]


def served(row: Row) -> Row:
    return replace(row, features=row.promised or [])


def unsure(rows: Sequence[Row], likely: Any, classes: Sequence[str]) -> list[Row]:
    """Of examples those that would be read otherwise."""
    right = [chances[classes.index(row.right)] for row, chances in zip(rows, likely, strict=True)]
    return [row for row, chance in zip(rows, right, strict=True) if chance < _SAFE]


class Learnt:
    """The sum of weights and the network of each kind of decision, as the second reading asks them."""

    def __init__(self, rows: Mapping[str, Sequence[Row]], rounds: int = _ROUNDS) -> None:
        """`rounds` in which the examples that would be read wrong are learnt again; 1 for none."""
        self.rows = rows
        self.sums = {
            name: kept_to(some, CLASSES[name], MOST[name], min(rounds, _SUM_ROUNDS)) for name, some in rows.items()
        }
        decisions = {
            name: [row.shown(CLASSES[name]) for row in some]
            + [row.shown(CLASSES[name], served=True) for row in kept(some)]
            for name, some in rows.items()
        }
        self.networks = Networks(decisions, {name: len(classes) for name, classes in CLASSES.items()})
        self._read_nets()
        counts = dict.fromkeys(rows, 1.0)
        for _ in range(rounds - 1):
            wrong = {
                name: unsure(some := kept(rows[name]), self.likely(name, some, True), CLASSES[name]) for name in rows
            }
            print(", ".join(f"{name}: {len(some)} examples wrong" for name, some in wrong.items()), flush=True)
            if not any(wrong.values()):
                break
            for name, some in wrong.items():
                counts[name] *= _AGAIN
                decisions[name] += [row.shown(CLASSES[name], served=True, again=counts[name]) for row in some]
            self.networks.again(decisions)
            self._read_nets()

    def _read_nets(self) -> None:
        self.arrays = self.networks.arrays()
        vectors = Vectors(self.arrays)
        self._nets = {name: Net(self.arrays, name, vectors) for name in self.rows}

    def likely(self, name: str, rows: Sequence[Row], as_served: bool = False) -> Any:
        """A row a decision, a number a class: how likely each is."""
        classes = CLASSES[name]
        chances = self.sums[name].likely([served(row) for row in rows] if as_served else rows)
        for chance, row in zip(chances, rows, strict=True):
            if second_reading.asks(chance, classes.index(row.read)):
                words, places = (seen := row.shown(classes, as_served)).window
                if words:
                    chance[:] = (chance + self._nets[name].likely(words, places, seen.named)) / 2
        return chances


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


def corpus_rows() -> dict[str, list[Row]]:
    """The decisions over all lines."""
    status, blame = seen(corpus())
    return {"status": status, "blame": blame}


def main() -> int:
    learnt = Learnt(corpus_rows())
    made = (
        "# source: made by tools/training/train.py from note lines written for this project\n"
        f"# date: {date.today()}; reviewer: none yet\n# made of: {fingerprint()}"
    )
    for name, model in learnt.sums.items():
        head = f"# Weights of the second reading ({name}), in hundredths: a feature, a tab, one number a class.\n{made}"
        model.write(DATA / f"learnt_{name}.txt", head)
        print(f"learnt_{name}.txt: {len(model.names)} features")
    head = np.frombuffer(f"# Weights of the network of the second reading.\n{made}".encode(), np.uint8)
    np.savez_compressed(DATA / "learnt_net.npz", head=head, **learnt.arrays)
    print(f"learnt_net.npz: {len(learnt.arrays['words'])} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
