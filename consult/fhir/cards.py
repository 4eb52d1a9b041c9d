"""An alert as a CDS Hooks card (version 2.0), and what was not checked as one card more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import get_args, get_type_hints

from consult.domain.alert import Alert, Unchecked
from consult.domain.commands import AcknowledgeAlert
from consult.fhir.codes import OWN, Json
from consult.fhir.issues import alert_issue
from consult.fhir.make import clean, same_id, whole

LONGEST_SUMMARY = 139  # "fewer than 140 characters"
REASONS: tuple[str, ...] = get_args(get_type_hints(AcknowledgeAlert)["reason"])
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~!])")


def cards(
    case: str,
    alerts: Iterable[Alert],
    checked: int,
    not_checked: Iterable[Unchecked],
    data_date: str,
    names: Mapping[str, str],
) -> Json:
    """The answer of a CDS service: a card an alert, gravest first, then what was and was not checked.

    `names` are the medications by regimen id, as the patient says them.
    """
    made = [alert_card(case, alert, names) for alert in alerts]
    return {"cards": [*made, _coverage(case, len(made), checked, list(not_checked), data_date)]}


def alert_card(case: str, alert: Alert, names: Mapping[str, str]) -> Json:
    """One card. Its suggestion keeps the finding as a DetectedIssue; it never changes an order."""
    issue = alert_issue(alert, case, {key: {"display": name} for key, name in names.items()})
    del issue["id"]  # the receiving system gives its own
    card: Json = whole(
        {
            "uuid": same_id("card", case, alert.id),
            "summary": short(alert.title),
            "detail": _detail(alert),
            "indicator": alert.indicator,
            "source": {
                "label": short(alert.source),
                "topic": {"system": f"{OWN}:alert-kind", "code": alert.kind, "display": alert.kind.replace("_", " ")},
            },
            "suggestions": [
                {
                    "label": "Keep as a detected issue",
                    "uuid": same_id("suggestion", case, alert.id),
                    "actions": [{"type": "create", "description": short(alert.title), "resource": issue}],
                }
            ],
            "selectionBehavior": "any",
            "overrideReasons": [
                {"system": f"{OWN}:reason", "code": code, "display": code.replace("-", " ")} for code in REASONS
            ],
        }
    )
    return card


def short(words: str, longest: int = LONGEST_SUMMARY) -> str:
    """Words of one line, cut between words where they are too many."""
    line = " ".join(clean(words).split())
    if len(line) <= longest:
        return line
    head = line[: longest - 1]
    return (head.rpartition(" ")[0] or head) + "\N{HORIZONTAL ELLIPSIS}"


def plain(words: str) -> str:
    """Words as Markdown that shows them as they are."""
    return _MARKS.sub(r"\\\1", clean(words))


def _detail(alert: Alert) -> str:
    paragraphs = [
        plain(alert.why),
        plain(alert.mechanism),
        f"**What to consider:** {plain(alert.action)}",
        "\n".join(f"- {plain(one.name)}: {plain(one.value)} ({one.effect})" for one in alert.factors),
        f"Severity of the rule: {alert.severity}. Rule: {plain(alert.rule)}.",
        f"Source: {plain(alert.source)}",
    ]
    return "\n\n".join(part for part in paragraphs if part.strip())


def _coverage(case: str, found: int, checked: int, not_checked: list[Unchecked], data_date: str) -> Json:
    head = f"{found} found" if found else "None found"
    left = f"; not checked: {len(not_checked)}" if not_checked else ""
    rows = "\n".join(f"- {plain(one.name)}: {plain(one.reason)}" for one in not_checked)
    detail = f"Checked {checked} medications against data of {data_date}."
    card: Json = whole(
        {
            "uuid": same_id("card", case, "coverage"),
            "summary": short(f"{head} among {checked} medications, data of {data_date}{left}"),
            "detail": f"{detail}\n\n**Not checked:**\n\n{rows}" if not_checked else f"{detail} All were checked.",
            "indicator": "warning" if not_checked else "info",
            "source": {"label": f"consult, data of {data_date}"},
        }
    )
    return card
