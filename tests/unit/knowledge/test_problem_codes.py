"""The codes of medication therapy problems."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from consult.domain.problem import FROM_ALERT, Rationale
from consult.errors import BadFile
from consult.knowledge.problem_codes import FILE, problem_codes


def test_every_rationale_has_its_codes() -> None:
    assert set(problem_codes()) == set(get_args(Rationale)) - {""}


def test_what_an_alert_stands_for_lies_below_the_same_need_in_the_table() -> None:
    assert {kind: problem_codes()[rationale].need for kind, (_, rationale) in FROM_ALERT.items()} == {
        kind: need for kind, (need, _) in FROM_ALERT.items()
    }


def test_needs_and_the_seven_problems_go_together() -> None:
    below = {number: {one.need for one in problem_codes().values() if one.cipolle == number} for number in range(1, 8)}

    assert below == {
        1: {"indication"},
        2: {"indication"},
        3: {"effectiveness"},
        4: {"effectiveness"},
        5: {"safety"},
        6: {"safety"},
        7: {"adherence"},
    }


def test_a_table_with_a_row_missing_names_it(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("".join(FILE.read_text().splitlines(keepends=True)[:-1]))

    with pytest.raises(BadFile, match="cannot-administer"):
        problem_codes(path)
