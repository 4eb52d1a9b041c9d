"""An alert or a problem as a FHIR R4 DetectedIssue."""

from __future__ import annotations

from collections.abc import Mapping

from consult.domain.alert import Alert, Severity
from consult.domain.problem import Problem
from consult.domain.state import AlertRow
from consult.fhir.codes import OWN, SNOMED, Json, concept, has
from consult.fhir.make import identifier, reference, resource, same_id, text
from consult.knowledge.problem_codes import problem_codes

SEVERITY: Mapping[Severity, str] = {
    "contraindicated": "high",
    "major": "high",
    "moderate": "moderate",
    "minor": "low",
}


def alert_issue(
    alert: Alert,
    owner: str,
    implicated: Mapping[str, Json],
    *,
    subject: Json | None = None,
    author: Json | None = None,
    at: str = "",
    row: AlertRow | None = None,
) -> Json:
    """The DetectedIssue of an alert; `implicated` are references to the medications, by regimen id.

    It is preliminary until a pharmacist has answered it (`row`); an acknowledgement is its mitigation.
    """
    answered = row is not None and row.stage in ("accepted", "acknowledged")
    mitigation: list[Json] = []
    if row is not None and row.stage == "acknowledged":
        words = row.reason.replace("-", " ")
        mitigation.append(
            {
                "action": {
                    "coding": [{"system": f"{OWN}:reason", "code": row.reason, "display": words}],
                    "text": f"{words}: {row.comment}" if row.comment else words,
                },
                "author": reference(author) if author else None,
            }
        )
    return resource(
        "DetectedIssue",
        same_id("issue", owner, alert.id),
        identifier=[identifier("alert", alert.id)],
        status="final" if answered else "preliminary",
        code=_code(alert),
        severity=SEVERITY[alert.severity],
        patient=reference(subject) if subject else None,
        identifiedDateTime=at,
        author=reference(author) if author and answered else None,
        implicated=[implicated[key] for key in alert.medications if key in implicated],
        evidence=[
            {"code": [text(f"{factor.name}: {factor.value} ({factor.effect})".replace(":  (", ": not known ("))]}
            for factor in alert.factors
        ],
        detail=_detail(alert),
        mitigation=mitigation,
    )


def problem_issue(
    problem: Problem, owner: str, implicated: Mapping[str, Json], subject: Json, author: Json, at: str
) -> Json:
    """The DetectedIssue of a problem that the pharmacist wrote or took from an answer of the script."""
    return resource(
        "DetectedIssue",
        same_id("issue", owner, problem.id),
        identifier=[identifier("problem", problem.id)],
        status="final",
        code={"coding": problem_codings(problem), "text": problem.title},
        patient=reference(subject),
        identifiedDateTime=at,
        author=reference(author),
        implicated=[implicated[key] for key in problem.medications if key in implicated],
        detail=problem.detail or problem.title,
    )


def problem_codings(problem: Problem) -> list[Json]:
    """A problem in the classifications that have a code for its need and rationale (problem_codes.csv)."""
    made: list[Json] = [{"system": f"{OWN}:need", "code": problem.need, "display": problem.need.capitalize()}]
    row = problem_codes().get(problem.rationale) if problem.rationale else None
    if row is None:
        return made
    known = (
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", row.act_code, ""),
        (SNOMED, row.snomed, ""),
        (f"{OWN}:rationale", row.rationale, row.words),
        (f"{OWN}:cipolle", str(row.cipolle), row.cipolle_words),
        (f"{OWN}:pcne-problem", row.pcne_problem, ""),
        (f"{OWN}:pcne-cause", row.pcne_cause, ""),
    )
    made += [
        {"system": system, "code": code, **({"display": words} if words else {})}
        for system, code, words in known
        if code
    ]
    return made


def _code(alert: Alert) -> Json:
    key = f"issue-{alert.kind}"
    return concept(key, alert.title) if has(key) else text(alert.title)


def _detail(alert: Alert) -> str:
    parts = (
        alert.why,
        alert.mechanism,
        alert.action,
        f"Severity of the rule: {alert.severity}.",
        f"Source: {alert.source}",
    )
    return " ".join(part for part in parts if part)
