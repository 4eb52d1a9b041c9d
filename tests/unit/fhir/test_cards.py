"""`consult check --format`: cards as CDS Hooks has them, issues as FHIR R4 has them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from consult.app import knowledge, vocabulary
from consult.domain.alert import Alert, Factor, Unchecked
from consult.domain.state import AlertRow
from consult.fhir.cards import alert_card, cards, short
from consult.fhir.case import card_records, issue_records
from consult.fhir.issues import alert_issue
from consult.knowledge.tables import KINDS
from tests.unit.fhir.validating import card_faults, unresolved, valid

CASES = [
    {
        "id": "bleed",
        "patient": {"age": 78, "sex": "f", "conditions": ["heart failure"], "labs": {"egfr": 28}},
        "medications": [
            {"name": "Eliquis", "dose": "5 mg", "frequency": "2/day"},
            {"name": "Aleve"},
            {"name": "diphenhydramine"},
            {"name": "Percocet"},
            {"name": "oxycodone"},
            {"name": "bluebell powder"},
        ],
    },
    {"id": "quiet", "patient": {"age": 40, "sex": "m"}, "medications": [{"name": "loratadine"}]},
]
LINES = [json.dumps(case) for case in CASES]


def made(**change: Any) -> Alert:
    values: dict[str, Any] = {
        "id": "interaction:a+b", "kind": "interaction", "between": ("a", "b"), "severity": "major",
        "indicator": "critical", "title": "A + B", "why": "Why.", "action": "Consider less.", "source": "A label",
    }  # fmt: skip
    return Alert(**{**values, **change})


@pytest.fixture(scope="module")
def answers() -> list[dict[str, Any]]:
    return list(card_records(LINES, vocabulary(), knowledge(), "cases"))


@pytest.fixture(scope="module")
def bundles() -> list[dict[str, Any]]:
    return list(issue_records(LINES, vocabulary(), knowledge(), "cases", vocabulary().rxcui))


def test_every_card_is_as_the_specification_has_it(answers: list[dict[str, Any]]) -> None:
    assert [card_faults(answer) for answer in answers] == [[], []]
    assert len(answers[0]["cards"]) > 3


def test_the_gravest_card_stands_first_and_names_the_drugs(answers: list[dict[str, Any]]) -> None:
    first = answers[0]["cards"][0]

    assert first["indicator"] == "critical"
    assert "Eliquis" in first["summary"]
    assert "Source: " in first["detail"]


def test_the_last_card_says_what_was_checked_and_what_not(answers: list[dict[str, Any]]) -> None:
    some, quiet = (answer["cards"][-1] for answer in answers)

    assert "not checked: 1" in some["summary"]
    assert "bluebell powder: name not recognised" in some["detail"]
    assert some["indicator"] == "warning"
    assert quiet["summary"].startswith("None found among 1 medications, data of 20")


def test_a_long_title_is_cut_between_words() -> None:
    words = "careful " * 40

    assert len(short(words)) < 140
    assert short(words).endswith(" careful…")
    assert len(short("x" * 300)) < 140


def test_a_name_that_holds_markup_is_shown_as_it_was_typed() -> None:
    alert = made(why="<img src=x onerror=alert(1)> **bold** [link](http://evil.example)")

    detail = alert_card("c", alert, {})["detail"]

    assert "\\<img src=x onerror=alert(1)\\>" in detail
    assert "\\[link\\](http" in detail


def test_a_card_made_twice_has_the_same_uuid_and_another_case_another() -> None:
    first, again, other = (alert_card(case, made(), {})["uuid"] for case in ("c", "c", "d"))

    assert first == again != other


def test_bundles_are_valid_and_every_reference_leads_somewhere(bundles: list[dict[str, Any]]) -> None:
    for bundle in bundles:
        valid(bundle)
        assert unresolved(bundle) == []


def test_a_bundle_says_what_was_not_checked(bundles: list[dict[str, Any]]) -> None:
    outcome = bundles[0]["entry"][-1]["resource"]

    assert outcome["resourceType"] == "OperationOutcome"
    assert [issue["severity"] for issue in outcome["issue"]] == ["information", "warning"]
    assert "bluebell powder" in outcome["issue"][1]["details"]["text"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_alert_gives_a_valid_issue(kind: str) -> None:
    factors = (Factor("egfr", "28", "raises"), Factor("inr", "", "missing"))

    issue = valid(alert_issue(made(kind=kind, factors=factors), "c", {}))

    assert issue["code"]["text"] == "A + B"
    assert ("coding" in issue["code"]) == (kind != "monitoring")
    assert issue["evidence"][1]["code"][0]["text"] == "inr: not known (missing)"


@pytest.mark.parametrize(
    ("severity", "level"), [("contraindicated", "high"), ("major", "high"), ("moderate", "moderate"), ("minor", "low")]
)
def test_the_severity_of_the_rule_becomes_that_of_the_issue(severity: str, level: str) -> None:
    assert alert_issue(made(severity=severity), "c", {})["severity"] == level


def test_an_acknowledged_alert_is_final_and_its_reason_is_the_mitigation() -> None:
    row = AlertRow(made(), "acknowledged", "monitoring-arranged", "INR on Friday")

    issue = valid(alert_issue(row.alert, "c", {}, row=row))

    assert issue["status"] == "final"
    assert issue["mitigation"][0]["action"]["text"] == "monitoring arranged: INR on Friday"


def test_an_alert_nobody_answered_is_preliminary() -> None:
    assert alert_issue(made(), "c", {}, row=AlertRow(made()))["status"] == "preliminary"


def test_nothing_found_is_never_said_without_the_number_checked() -> None:
    answer = cards("c", [], 3, [Unchecked("x", "not recognised")], "2026-11-23", {})

    assert answer["cards"][0]["summary"] == "None found among 3 medications, data of 2026-11-23; not checked: 1"
