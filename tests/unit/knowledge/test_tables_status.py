"""`consult data status`: each table with its rows, dates and fingerprint."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.errors import BadFile
from consult.knowledge.status import report, rule_rows, table_status
from consult.knowledge.tables import load_knowledge


def test_status_counts_rows_dates_and_reviewed_rows(tmp_path: Path) -> None:
    text = "id,source,date,reviewer\nx,label,2026-01-02,unreviewed\ny,label,2026-03-04,A. Pharmacist\n"
    (tmp_path / "rules_age.csv").write_text(text, encoding="utf-8")

    (table,) = table_status(tmp_path)

    assert (table.name, table.rows, table.oldest, table.newest, table.reviewed) == (
        "rules_age.csv", 2, "2026-01-02", "2026-03-04", 1,
    )  # fmt: skip


def test_changed_table_has_another_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "classes.csv"
    path.write_text("class\na\n", encoding="utf-8")
    before = table_status(tmp_path)[0].sha256
    path.write_text("class\nb\n", encoding="utf-8")

    assert table_status(tmp_path)[0].sha256 != before


def test_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no tables"):
        table_status(tmp_path)


def test_report_counts_as_many_rules_as_are_loaded() -> None:
    loaded = sum(map(len, load_knowledge().rules.values()))

    assert any(line.startswith(f"rules: {loaded} (") for line in report())


def test_row_of_a_rule_is_found_with_its_line() -> None:
    row = rule_rows(["anticoagulant-nsaid"])["anticoagulant-nsaid"]

    assert (row.path.name, row.line) == ("rules_interaction.csv", 2)
