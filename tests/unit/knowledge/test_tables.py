"""Loading the tables: selectors, and what is refused with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import consult.knowledge.tables as tables
from consult.errors import BadFile
from consult.knowledge.clauses import parse_context
from consult.knowledge.tables import Knowledge, load_knowledge, select

DATA = Path(tables.__file__).parent / "data"
GROUPS = {"statin": frozenset({"simvastatin", "pravastatin"}), "azole": frozenset({"fluconazole"})}
KNOWN = frozenset({"simvastatin", "pravastatin", "fluconazole", "aspirin"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in DATA.glob("*.csv"):
        if path.name not in ("names.csv", "ingredients.csv"):
            shutil.copy(path, tmp_path)
    return tmp_path


def replace_once(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_selector_joins_groups_and_names_and_takes_exceptions_out() -> None:
    assert select(["@statin", "aspirin", "!pravastatin"], GROUPS, KNOWN) == {"simvastatin", "aspirin"}


def test_selector_refuses_a_name_that_no_group_holds() -> None:
    with pytest.raises(ValueError, match="no ingredient named 'asprin'"):
        select(["asprin"], GROUPS, KNOWN)


def test_selector_refuses_an_unknown_group() -> None:
    with pytest.raises(ValueError, match="no class or property named 'statins'"):
        select(["@statins"], GROUPS, KNOWN)


def test_context_that_is_not_understood_is_refused() -> None:
    with pytest.raises(ValueError, match="clause not understood"):
        parse_context("age>=65 => louder", lambda terms: frozenset(terms))


def test_packaged_tables_carry_the_newest_date(knowledge: Knowledge) -> None:
    assert knowledge.date >= "2026-11-23"


def test_salt_and_synonym_lead_to_the_canonical_ingredient(knowledge: Knowledge) -> None:
    assert knowledge.canonical("Potassium Chloride") == "potassium"
    assert "beta blocker cardioselective" in knowledge.classes_of("metoprolol")
    assert knowledge.classes_of("St John’s wort") == knowledge.classes_of("st. john's wort")
    assert knowledge.classes_of("no such drug") == frozenset()


def test_missing_file_is_named(folder: Path) -> None:
    (folder / "rules_renal.csv").unlink()

    with pytest.raises(BadFile, match=r"rules_renal\.csv: the file is missing"):
        load_knowledge(folder)


def test_row_without_reviewer_is_refused_with_its_line(folder: Path) -> None:
    replace_once(folder / "rules_age.csv", ",unreviewed\n", ",\n")

    with pytest.raises(BadFile, match=r"rules_age\.csv:2: column reviewer is empty"):
        load_knowledge(folder)


def test_row_with_a_drug_that_no_table_knows_is_refused_with_its_line(folder: Path) -> None:
    replace_once(
        folder / "rules_renal.csv", "renal-nitrofurantoin-30,nitrofurantoin", "renal-nitrofurantoin-30,nitrofurantoine"
    )

    with pytest.raises(BadFile, match=r"rules_renal\.csv:2: no ingredient named 'nitrofurantoine'"):
        load_knowledge(folder)


def test_rule_with_an_unknown_severity_is_refused(folder: Path) -> None:
    replace_once(folder / "rules_renal.csv", "egfr<30,major", "egfr<30,dreadful")

    with pytest.raises(BadFile, match="severity 'dreadful'"):
        load_knowledge(folder)


def test_rule_id_that_stands_twice_is_refused(folder: Path) -> None:
    replace_once(folder / "rules_renal.csv", "renal-nitrofurantoin-60,", "renal-nitrofurantoin-30,")

    with pytest.raises(BadFile, match="stands twice"):
        load_knowledge(folder)


def test_date_that_is_no_date_is_refused(folder: Path) -> None:
    replace_once(folder / "washouts.csv", "2026-11-23", "yesterday")

    with pytest.raises(BadFile, match="date 'yesterday' is not"):
        load_knowledge(folder)
