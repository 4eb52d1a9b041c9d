"""Cases in cases/*.jsonl: what must be found, at which tier, and which pairs must stay silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consult.assess import check_records
from consult.domain.lexicon import DrugName
from consult.knowledge.tables import Knowledge

LINES = [
    pytest.param(line, id=json.loads(line)["id"])
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
SHOWN = {"severe": {"critical"}, "moderate": {"critical", "warning"}}


class NoNames:
    def resolve(self, name: str) -> DrugName | None:
        return None


def lies_between(alert: dict[str, Any], words: list[str]) -> bool:
    left = list(alert["between"])
    for word in words:
        if word not in left:
            return False
        left.remove(word)
    return True


@pytest.mark.parametrize("line", LINES)
def test_case_shows_what_it_expects_and_keeps_silent_about_the_rest(line: str, knowledge: Knowledge) -> None:
    case = json.loads(line)

    (result,) = check_records([line], NoNames(), knowledge, "cases")

    assert result["not_checked"] == []
    for wanted in case["expect"]:
        found = {alert["indicator"] for alert in result["alerts"] if lies_between(alert, wanted["between"])}
        assert found & SHOWN[wanted["tier"]], (wanted, result["alerts"])
    for pair in case["silent"]:
        loud = [a["id"] for a in result["alerts"] if a["indicator"] != "info" and lies_between(a, pair)]
        assert loud == []
