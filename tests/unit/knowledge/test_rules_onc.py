"""Pairs of the published lists that are shown otherwise than the list says: each with a reason, and shown as stated."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import consult.knowledge.tables as tables
from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.rows import terms
from consult.knowledge.tables import Knowledge, select

PATH = Path(tables.__file__).parent / "data" / "onc_exceptions.csv"
LEVELS = ("none", "info", "warning", "critical")
with PATH.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['list']} {row['a']}")
def test_exception_has_reason_source_date_and_reviewer(row: dict[str, str]) -> None:
    assert row["reason"].endswith(".")
    assert all(row[column] for column in ("source", "date", "reviewer"))


@pytest.mark.parametrize("row", [row for row in ROWS if row["shows"] in LEVELS], ids=lambda row: row["a"])
def test_each_pair_of_an_exception_is_shown_at_least_as_stated(row: dict[str, str], knowledge: Knowledge) -> None:
    first, second = (select(terms(row[side]), knowledge.groups, knowledge.known) for side in ("a", "b"))
    pairs = sorted({(min(a, b), max(a, b)) for a in first for b in second if a != b})

    shown = {pair: highest(pair, knowledge) for pair in pairs}

    assert pairs
    assert [pair for pair, level in shown.items() if LEVELS.index(level) < LEVELS.index(row["shows"])] == []


@pytest.mark.parametrize("row", [row for row in ROWS if row["shows"] == "not marketed"], ids=lambda row: row["a"])
def test_drug_that_is_not_marketed_is_in_no_table(row: dict[str, str], knowledge: Knowledge) -> None:
    assert set(terms(row["a"])) & knowledge.known == set()


def highest(pair: tuple[str, str], knowledge: Knowledge) -> str:
    rows = tuple(Medication(name, name, (name,), review="confirmed") for name in pair)
    found = [alert for alert in assess(Facts(medications=rows), knowledge).alerts if len(alert.medications) == 2]
    return max((alert.indicator for alert in found), key=LEVELS.index, default="none")
