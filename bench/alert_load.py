"""How many alerts are shown for random regimens, drawn by how often the drugs are dispensed.

python bench/alert_load.py [--regimens N] [--seed N] [--pairs FILE] [--top N]

What is drawn: products of the 300 most dispensed medicines (a fixed combination is one product), each with the weight
1 / (rank + 8), no product twice, nothing else held back: two statins, two SSRIs, or lisinopril beside lisinopril with
hydrochlorothiazide come as they come. Only names: what is mostly an eye drop or a cream (timolol, ketoconazole) counts
as taken into the whole body, unless the tables know it as local. Patients of 45 to 80 years, without conditions, doses
or laboratory values. `--pairs` is a list of interacting pairs (CSV: drug, drug, level) that is counted on the same
regimens. Exit code 1: over a limit.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from statistics import mean

import consult.knowledge.tables as tables
from consult.assess import assess
from consult.domain.alert import Alert
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.tables import Knowledge, load_knowledge

LIMITS = {8: {"critical": 0.4, "warning": 1.5}, 12: {"critical": 1.0, "warning": 3.5}}
Drug = tuple[str, ...]


def most_dispensed(knowledge: Knowledge) -> tuple[list[Drug], list[float]]:
    """The products of the 300 most dispensed and their weights (dispensing falls roughly with the rank)."""
    path = Path(tables.__file__).parent / "data" / "top300.csv"
    products: dict[int, Drug] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            products[int(row["rank"])] = (*products.get(int(row["rank"]), ()), row["ingredient"])
    known = {
        rank: drug for rank, drug in products.items() if all(knowledge.canonical(d) in knowledge.known for d in drug)
    }
    return list(known.values()), [1 / (rank + 8) for rank in known]


def regimens(knowledge: Knowledge, size: int, count: int, seed: int) -> Iterator[Facts]:
    pool, weights = most_dispensed(knowledge)
    chance = random.Random(seed)
    for _ in range(count):
        picked: list[Drug] = []
        while len(picked) < size:
            drug = chance.choices(pool, weights)[0]
            if drug not in picked:
                picked.append(drug)
        rows = tuple(Medication("/".join(drug), "/".join(drug), drug, review="confirmed") for drug in picked)
        yield Facts(age=chance.randint(45, 80), medications=rows)


def pair_list(path: Path) -> dict[frozenset[str], str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 2]
    return {frozenset((row[0].strip().lower(), row[1].strip().lower())): row[2].strip().lower() for row in rows}


def pairs_hit(pairs: dict[frozenset[str], str], facts: Facts) -> int:
    names = {ingredient for row in facts.medications for ingredient in row.ingredients}
    return sum(frozenset(pair) in pairs for pair in combinations(sorted(names), 2))


def measure(knowledge: Knowledge, size: int, arguments: argparse.Namespace) -> bool:
    """Prints one line; whether the means are within the limits."""
    loads: dict[str, list[int]] = {"critical": [], "warning": []}
    listed: list[int] = []
    rules: Counter[tuple[str, str]] = Counter()
    pairs = pair_list(arguments.pairs) if arguments.pairs else {}
    for facts in regimens(knowledge, size, arguments.regimens, arguments.seed):
        alerts: tuple[Alert, ...] = assess(facts, knowledge).alerts
        for level, counts in loads.items():
            counts.append(sum(alert.indicator == level for alert in alerts))
        rules.update((alert.indicator, alert.rule) for alert in alerts if alert.indicator in loads)
        if pairs:
            listed.append(pairs_hit(pairs, facts))
    means = {level: mean(counts) for level, counts in loads.items()}
    some = {level: mean(count > 0 for count in counts) for level, counts in loads.items()}
    told = ", ".join(
        f"{level} {value:.2f} (limit {LIMITS[size][level]}; {some[level]:.0%} with one)"
        for level, value in means.items()
    )
    beside = f"; pair list {mean(listed):.2f}" if listed else ""
    print(f"{size:>2} medicines: {told}{beside}")
    for (level, rule), count in rules.most_common(arguments.top):
        print(f"      {count / arguments.regimens:.3f}  {level:<8}  {rule}")
    return all(value <= LIMITS[size][level] for level, value in means.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--regimens", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=20261123)
    parser.add_argument("--top", type=int, default=0, help="also print the rules that are shown most")
    parser.add_argument("--pairs", type=Path, help="a pair list to count on the same regimens (CSV: drug, drug, level)")
    arguments = parser.parse_args()
    knowledge = load_knowledge()
    kept = [measure(knowledge, size, arguments) for size in LIMITS]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
