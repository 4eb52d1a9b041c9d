"""What alerts change between two states of the knowledge."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from consult.app import vocabulary
from consult.assess.compare import compare, drawn, told
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.status import FOLDER
from consult.knowledge.tables import Knowledge, load_knowledge
from tests.command import consult


@pytest.fixture
def tables(knowledge: Knowledge) -> Knowledge:
    return knowledge


@pytest.fixture(scope="module")
def softened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as they would be with the rule of anticoagulants and NSAIDs made moderate."""
    folder = tmp_path_factory.mktemp("tables") / "data"
    shutil.copytree(FOLDER, folder)
    path = folder / "rules_interaction.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["id"] == "anticoagulant-nsaid":
            row["severity"] = "moderate"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def case(*drugs: str) -> tuple[str, Facts]:
    rows = tuple(Medication(f"m:{drug}", drug, (drug,), review="confirmed") for drug in drugs)
    return "+".join(drugs), Facts(age=60, medications=rows)


def test_the_same_tables_change_nothing(tables: Knowledge) -> None:
    found = compare(drawn(vocabulary().top300, 20), tables, tables)

    assert found.changes == {}
    assert list(told(found))[-1] == "no alert changes in 20 regimens"


def test_a_softer_rule_is_told_with_both_indicators_and_an_example(tables: Knowledge, softened: Path) -> None:
    found = compare([case("warfarin", "ibuprofen"), case("metformin")], tables, load_knowledge(softened))

    assert list(told(found))[-1] == (
        "~ critical -> warning  interaction:ibuprofen+warfarin  in 1, first in warfarin+ibuprofen"
    )


def test_drawn_regimens_are_the_same_each_time_and_have_no_drug_twice() -> None:
    first, again = (list(drawn(vocabulary().top300, 5)) for _ in range(2))

    assert first == again
    assert all(len({row.id for row in facts.medications}) == 8 for _, facts in first)


def test_the_exit_status_tells_whether_an_alert_changes(softened: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"id": "a", "medications": [{"name": "warfarin"}, {"name": "ibuprofen"}]}) + "\n")

    same = consult("data", "diff", "packaged", "now", "--cases", cases)
    changed = consult("data", "diff", "packaged", softened, "--cases", cases)
    nothing = consult("data", "diff", "packaged", tmp_path)

    assert (same.returncode, changed.returncode, nothing.returncode) == (0, 1, 2)
    assert "interaction:ibuprofen+warfarin  in 1, first in a" in changed.stdout
    assert "neither a folder of tables" in nothing.stderr
