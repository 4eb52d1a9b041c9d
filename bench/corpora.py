"""How symptoms and negation are read in open corpora: patients' drug reviews, GP notes, clinical reports.

python bench/corpora.py FOLDER [--out FOLDER] [--errors N]

FOLDER holds psytar*.jsonl, primock57_notes*.jsonl and negex*.jsonl: a record a line with "id", "text" and
"entities" (start, end, label, perhaps negation). The corpora are for measuring only; none of them is part of
the project. Symptoms, adverse effects and diagnoses count as one kind (SYM), a mention is right where it shares a
character with a gold mention, one to one. Negation is read for the spans of the gold. With --out the
predictions are written as records of the same form. Exit status 2 where a corpus is missing or cannot be read.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp.annotate import Annotator
from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.pieces import pieces
from consult.nlp.qualifier.effects import read_qualities

Record = dict[str, Any]
SYMPTOMS = frozenset(("ADE", "SYMPTOM", "DISEASE", "CONDITION", "SYM"))
CORPORA = {"psytar": "patients' reviews", "primock57_notes": "GP notes", "negex": "clinical reports"}


def read(folder: Path, name: str) -> list[Record]:
    found = sorted(folder.glob(f"{name}*.jsonl"))
    if not found:
        raise FileNotFoundError(f"{folder}: no {name}*.jsonl")
    rows = [row for path in found for row in path.read_text(encoding="utf-8").splitlines()]
    return [json.loads(row) for row in rows if row.strip()]


def symptoms(annotator: Annotator, record: Record) -> Record:
    """All symptoms and diagnoses that are named, whatever is said of them."""
    entities = [
        {"start": offset + one.start, "end": offset + one.end, "label": "SYM", "concept": one.concept}
        for offset, piece in pieces(record["text"])
        for one in annotator.named(Line(piece))
    ]
    return {"id": record["id"], "entities": entities}


def negation(annotator: Annotator, record: Record) -> Record:
    """The gold mentions of a record with the negation that the rules read for them."""
    line = Line(record["text"])
    given = [Found(one["start"], one["end"], "given") for one in record["entities"]]
    others = [one for one in annotator.named(line) if not any(one.start < g.end and g.start < one.end for g in given)]
    effects = sorted([*given, *others], key=lambda one: one.start)
    entities = [
        {"start": one.start, "end": one.end, "label": "CONDITION", "negation": said}
        for one, quality in zip(effects, read_qualities(line, effects, []), strict=True)
        if one.concept == "given"
        for said in ["negated" if quality.negated else "affirmed"]
    ]
    return {"id": record["id"], "entities": entities}


def spans(record: Record) -> list[tuple[int, int]]:
    return sorted({(one["start"], one["end"]) for one in record["entities"] if one["label"] in SYMPTOMS})


def matched(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    """Indexes of the gold and found spans that match, the largest overlap first."""
    pairs = sorted(
        (-(min(a[1], b[1]) - max(a[0], b[0])) - 0.5 * (a == b), i, j)
        for i, a in enumerate(gold)
        for j, b in enumerate(found)
        if min(a[1], b[1]) > max(a[0], b[0])
    )
    right: set[int] = set()
    used: set[int] = set()
    for _, i, j in pairs:
        if i not in right and j not in used:
            right.add(i)
            used.add(j)
    return right, used


def score_spans(gold: list[Record], found: list[Record], errors: int) -> str:
    hits = golds = founds = 0
    missed: list[str] = []
    extra: list[str] = []
    for one, other in zip(gold, found, strict=True):
        wanted, got = spans(one), spans(other)
        right, used = matched(wanted, got)
        hits, golds, founds = hits + len(right), golds + len(wanted), founds + len(got)
        text = one["text"]
        missed += [_shown(text, *span) for i, span in enumerate(wanted) if i not in right]
        extra += [_shown(text, *span) for i, span in enumerate(got) if i not in used]
    precision, recall = hits / max(founds, 1), hits / max(golds, 1)
    shown = random.Random(0)
    for name, rows in (("missed", missed), ("extra", extra)):
        for row in shown.sample(rows, min(errors, len(rows))):
            print(f"  {name} {row}")
    f1 = 2 * hits / max(founds + golds, 1)
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} ({golds} mentions)"


def score_negation(gold: list[Record], found: list[Record], errors: int) -> str:
    pairs = [
        (a["negation"], b["negation"], _shown(one["text"], a["start"], a["end"]))
        for one, other in zip(gold, found, strict=True)
        for a in one["entities"]
        for b in other["entities"]
        if (a["start"], a["end"]) == (b["start"], b["end"])
    ]
    wrong = [(a, row) for a, b, row in pairs if a != b]
    for a, row in wrong[:errors]:
        print(f"  should be {a}: {row}")
    negated = sum(a == "negated" for a, _, _ in pairs)
    hits = sum(a == b == "negated" for a, b, _ in pairs)
    called = sum(b == "negated" for _, b, _ in pairs)
    return (
        f"accuracy {1 - len(wrong) / len(pairs):.4f}, F1 of negated {2 * hits / max(negated + called, 1):.3f} "
        f"({len(pairs)} mentions, {negated} negated)"
    )


def _shown(text: str, start: int, end: int) -> str:
    return f"[{text[start:end]}] {text[max(0, start - 60) : end + 60]!r}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    try:
        gold = {name: read(args.folder, name) for name in CORPORA}
    except (OSError, ValueError) as problem:
        print(f"corpora: {problem}", file=sys.stderr)
        return 2
    vocabulary = load_vocabulary()
    annotator = Annotator(vocabulary.names.values(), vocabulary.confused_pairs, vocabulary.common)
    for name, kind in CORPORA.items():
        predict = negation if name == "negex" else symptoms
        found = [predict(annotator, record) for record in gold[name]]
        score = score_negation if name == "negex" else score_spans
        print(f"{name} ({kind}): {score(gold[name], found, args.errors)}")
        if args.out:
            args.out.mkdir(parents=True, exist_ok=True)
            rows = [json.dumps(one, ensure_ascii=False) for one in found]
            (args.out / f"{name}.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
