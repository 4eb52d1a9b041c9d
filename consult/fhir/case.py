"""What `consult check` finds, as CDS Hooks cards or as a FHIR bundle a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from consult.assess import assess
from consult.assess.cases import Names, read_cases
from consult.domain.alert import Unchecked
from consult.fhir.cards import cards
from consult.fhir.codes import Json
from consult.fhir.issues import alert_issue
from consult.fhir.make import entry, identifier, reference, resource, same_id, text
from consult.fhir.medicines import RxcuiOf, statement
from consult.knowledge.tables import Knowledge


def card_records(
    lines: Iterable[str], vocabulary: Names, knowledge: Knowledge, path: Path | str, today: str = ""
) -> Iterator[Json]:
    """For each case line the answer of a CDS service; the case's id stands in `extension`."""
    for name, facts, unresolved in read_cases(lines, vocabulary, knowledge, path, today):
        found = assess(facts, knowledge)
        left = (*unresolved, *found.not_checked)
        names = {row.id: row.name for row in facts.medications}
        answer = cards(str(name), found.alerts, found.checked, left, found.data_date, names)
        yield {**answer, "extension": {"consult-case": name}}


def issue_records(
    lines: Iterable[str],
    vocabulary: Names,
    knowledge: Knowledge,
    path: Path | str,
    rxcui_of: RxcuiOf,
    today: str = "",
) -> Iterator[Json]:
    """For each case line a collection bundle: medications, detected issues, what was checked."""
    for name, facts, unresolved in read_cases(lines, vocabulary, knowledge, path, today):
        found = assess(facts, knowledge)
        rows = [statement(row, str(name), rxcui_of) for row in facts.medications]
        implicated = {known.id: reference(row) for known, row in zip(facts.medications, rows, strict=True)}
        issues = [alert_issue(alert, str(name), implicated) for alert in found.alerts]
        coverage = _coverage(str(name), found.checked, [*unresolved, *found.not_checked], found.data_date)
        yield resource(
            "Bundle",
            same_id("check", str(name)),
            identifier=identifier("case", str(name)),
            type="collection",
            entry=[entry(one) for one in (*rows, *issues, coverage)],
        )


def _coverage(case: str, checked: int, left: list[Unchecked], data_date: str) -> Json:
    issues: list[dict[str, Any]] = [
        {
            "severity": "information",
            "code": "informational",
            "details": text(f"Checked {checked} medications against data of {data_date}."),
        }
    ]
    issues += [
        {"severity": "warning", "code": "not-found", "details": text(f"Not checked: {one.name}: {one.reason}")}
        for one in left
    ]
    return resource("OperationOutcome", same_id("coverage", case), issue=issues)
