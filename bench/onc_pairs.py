"""How the pairs of two published lists are shown, beside the reasons kept in onc_exceptions.csv.

python bench/onc_pairs.py [--high FILE] [--low FILE]: the high-priority pairs (Phansalkar 2012) and those that should
not interrupt (Phansalkar 2013), each as lines NAME$CODE$NAME$CODE. The lists are no part of this project. Each high
pair is to be critical and no low pair may be, or a row of onc_exceptions.csv says why; exit code 1 otherwise.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from pathlib import Path

import consult.knowledge.tables as tables
from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.rows import terms
from consult.knowledge.tables import Knowledge, load_knowledge, select
from consult.knowledge.vocabulary import Vocabulary, load_vocabulary

EXCEPTIONS = Path(tables.__file__).parent / "data" / "onc_exceptions.csv"


def exceptions(knowledge: Knowledge) -> tuple[set[tuple[str, frozenset[str]]], set[str]]:
    """The excepted pairs with the list they are excepted from, and the drugs that are not marketed."""
    pairs: set[tuple[str, frozenset[str]]] = set()
    gone: set[str] = set()
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["shows"] == "not marketed":
                gone |= set(terms(row["a"]))
                continue
            sides = [select(terms(row[side]), knowledge.groups, knowledge.known) for side in ("a", "b")]
            pairs |= {(row["list"], frozenset((a, b))) for a in sides[0] for b in sides[1]}
    return pairs, gone


def listed(path: Path) -> list[tuple[str, str]]:
    """The distinct pairs of names of a list."""
    rows = [line.strip().lower().split("$") for line in path.read_text(encoding="utf-8-sig").splitlines()]
    return sorted({(min(row[0], row[2]), max(row[0], row[2])) for row in rows if len(row) > 2 and row[0] and row[2]})


def ingredients(name: str, knowledge: Knowledge, vocabulary: Vocabulary) -> tuple[str, ...]:
    canonical = knowledge.canonical(name)
    if canonical in knowledge.known:
        return (canonical,)
    read = vocabulary.resolve(name)
    return tuple(map(knowledge.canonical, read.ingredients)) if read else ()


def shown(first: tuple[str, ...], second: tuple[str, ...], knowledge: Knowledge) -> str:
    rows = tuple(Medication(str(n), "+".join(drug), drug, review="confirmed") for n, drug in enumerate((first, second)))
    levels = {
        alert.indicator for alert in assess(Facts(medications=rows), knowledge).alerts if len(alert.medications) > 1
    }
    return next((level for level in ("critical", "warning", "info") if level in levels), "none")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--high", type=Path)
    parser.add_argument("--low", type=Path)
    arguments = parser.parse_args()
    knowledge, vocabulary = load_knowledge(), load_vocabulary()
    excepted, gone = exceptions(knowledge)
    left: list[str] = []
    for name, path in (("high priority", arguments.high), ("non-interruptive", arguments.low)):
        if path is None:
            print(f"{name}: no list given")
            continue
        counts: Counter[str] = Counter()
        unread: set[str] = set()
        for a, b in listed(path):
            first, second = ingredients(a, knowledge, vocabulary), ingredients(b, knowledge, vocabulary)
            if {a, b} & gone or not first or not second:
                unread |= {word for word, read in ((a, first), (b, second)) if not read and word not in gone}
                counts["not marketed" if {a, b} & gone else "not read"] += 1
                continue
            level = shown(first, second, knowledge)
            kept = (level == "critical") == (name == "high priority")
            reason = any((name, frozenset((x, y))) in excepted for x in first for y in second)
            counts[level if kept or not reason else f"{level}, with a reason"] += 1
            if not kept and not reason:
                left.append(f"{name}: {a} + {b}: {level}")
            if name == "high priority" and not kept and level == "info":
                left.append(f"{name}: {a} + {b}: only information")
        print(f"{name}: {counts.total()} pairs; " + ", ".join(f"{what} {n}" for what, n in counts.most_common()))
        if unread:
            print(f"  names that are not read: {', '.join(sorted(unread))}")
    print("\n".join(left))
    sys.exit(1 if left else 0)


if __name__ == "__main__":
    main()
