"""How much is shown: random regimens, drawn by how often the drugs are dispensed (two of one class as they come)."""

from __future__ import annotations

import csv
import random
from pathlib import Path
from statistics import mean

import pytest

import consult.knowledge.tables as tables
from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.tables import Knowledge


def drugs(knowledge: Knowledge) -> tuple[list[tuple[str, ...]], list[float]]:
    """The products of the top 300 and their weights."""
    path = Path(tables.__file__).parent / "data" / "top300.csv"
    with path.open(encoding="utf-8", newline="") as file:
        products: dict[int, tuple[str, ...]] = {}
        for row in csv.DictReader(file):
            products[int(row["rank"])] = (*products.get(int(row["rank"]), ()), row["ingredient"])
    known = [(rank, ingredients) for rank, ingredients in products.items() if set(ingredients) <= knowledge.known]
    return [ingredients for _, ingredients in known], [1 / (rank + 8) for rank, _ in known]


@pytest.mark.parametrize(
    ("size", "most"), [(8, {"critical": 0.4, "warning": 1.5}), (12, {"critical": 1.0, "warning": 3.5})]
)
def test_cards_stay_few_in_random_regimens(size: int, most: dict[str, float], knowledge: Knowledge) -> None:
    pool, weights = drugs(knowledge)
    chance = random.Random(20261123)
    counts: dict[str, list[int]] = {level: [] for level in most}
    for _ in range(2000):
        picked: list[tuple[str, ...]] = []
        while len(picked) < size:
            drug = chance.choices(pool, weights)[0]
            if drug not in picked:
                picked.append(drug)
        rows = tuple(Medication("+".join(drug), "+".join(drug), drug, review="confirmed") for drug in picked)
        alerts = assess(Facts(age=chance.randint(45, 80), medications=rows), knowledge).alerts
        for level, shown in counts.items():
            shown.append(sum(alert.indicator == level for alert in alerts))

    assert len(pool) > 250
    assert {level: mean(shown) for level, shown in counts.items() if mean(shown) > most[level]} == {}
