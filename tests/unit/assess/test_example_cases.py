"""Cases in cases/*.jsonl: what must be found, at which tier, and which pairs must stay silent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consult.assess import check_records
from consult.domain.lexicon import DrugName
from consult.knowledge.tables import Knowledge

FILES = sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
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


def wrong(case: dict[str, Any], result: dict[str, Any]) -> list[Any]:
    """What of a case is not as it says."""
    found: list[Any] = [one for one in result["not_checked"] if one["name"] not in case.get("not_checked", [])]
    for wanted in case["expect"]:
        shown = {alert["indicator"] for alert in result["alerts"] if lies_between(alert, wanted["between"])}
        if not shown & SHOWN[wanted["tier"]]:
            found.append(("missing", wanted, result["alerts"]))
    for pair in case["silent"]:
        found += [a["id"] for a in result["alerts"] if a["indicator"] != "info" and lies_between(a, pair)]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_case_shows_what_it_expects_and_keeps_silent_about_the_rest(path: Path, knowledge: Knowledge) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    results = list(check_records(lines, NoNames(), knowledge, path.name))

    cases = {case["id"]: case for case in map(json.loads, lines)}
    assert {result["id"] for result in results} == set(cases)
    assert {result["id"]: bad for result in results if (bad := wrong(cases[result["id"]], result))} == {}
