"""What was agreed: problems as detected issues, care plans with the to-dos, goals, the PDF, who made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from consult.domain.plan import TodoItem
from consult.domain.problem import Problem
from consult.fhir.codes import Json, answer_rows, coding, concept, of_system
from consult.fhir.follow_ups import problem_of
from consult.fhir.issues import alert_issue, problem_codings, problem_issue
from consult.fhir.make import attachment, identifier, narrative, reference, resource, same_id, text
from consult.fhir.source import ExportInput

NOTHING_FOUND = "No problem was found. Go on with the medicines as they are on the list."


def problem_issues(source: ExportInput, subject: Json, author: Json, implicated: Mapping[str, Json]) -> dict[str, Json]:
    """The DetectedIssue of each problem, by the problem's id."""
    consult = source.consult
    found = {}
    for problem in consult.problems.values():
        row = consult.alerts.get(problem.alert_id)
        if row is not None:
            issue = alert_issue(
                row.alert, consult.id, implicated, subject=subject, author=author, at=source.service, row=row
            )
            codings = issue["code"].setdefault("coding", [])
            codings += [
                one for one in problem_codings(problem) if one["code"] not in [known["code"] for known in codings]
            ]
            found[problem.id] = issue
        else:
            found[problem.id] = problem_issue(problem, consult.id, implicated, subject, author, source.service)
    return found


def answered_issues(source: ExportInput, subject: Json, author: Json, implicated: Mapping[str, Json]) -> list[Json]:
    """The DetectedIssues of alerts that were acknowledged and made no problem."""
    return [
        alert_issue(
            row.alert, source.consult.id, implicated, subject=subject, author=author, at=source.service, row=row
        )
        for row in source.consult.alerts.values()
        if row.stage == "acknowledged"
    ]


def care_plans(
    source: ExportInput, subject: Json, author: Json, issues: Mapping[str, Json], followed: Mapping[str, Json]
) -> list[Json]:
    """One plan for each problem with its to-dos and follow-ups, and one for those that belong to none; never empty."""
    consult = source.consult
    todos = list(consult.todos.values())
    tasks: dict[str, list[Json]] = {}
    for key, task in followed.items():
        tasks.setdefault(problem_of(consult.follow_ups[key], source), []).append(task)
    plans = []
    for problem in consult.problems.values():
        own = [one for one in todos if problem.id in one.problems]
        said = _detail(problem)
        asked = tasks.pop(problem.id, [])
        plans.append(_plan(source, subject, author, problem.id, problem.title, said, own, asked, issues[problem.id]))
    rest = [one for one in todos if not consult.problems.keys() & {*one.problems}]
    others = tasks.pop("", [])
    if rest or others or not plans:
        described = "What was agreed beside that." if plans else "" if rest or others else NOTHING_FOUND
        plans.append(_plan(source, subject, author, "general", "To-do list", described, rest, others, None))
    return plans


def _plan(
    source: ExportInput,
    subject: Json,
    author: Json,
    key: str,
    title: str,
    description: str,
    items: Sequence[TodoItem],
    tasks: Sequence[Json],
    issue: Json | None,
) -> Json:
    due = [f"Follow-up by {one['restriction']['period']['end']}: {one['description']}" for one in tasks]
    lines = [title, description, *(f"{one.topic}: {one.action}" for one in items), *due]
    return resource(
        "CarePlan",
        same_id("plan", source.consult.id, key),
        text=narrative(lines),
        status="active" if source.signed else "draft",
        intent="plan",
        category=[{"coding": [coding("map-section")]}],
        title=title,
        description=description,
        subject=reference(subject),
        created=source.service,
        author=reference(author),
        supportingInfo=[reference(issue)] if issue is not None else None,
        activity=[
            *(
                {
                    "detail": {
                        "code": text(one.topic),
                        "status": "not-started",
                        "description": f"{one.action} {one.why}".strip(),
                    }
                }
                for one in items
            ),
            *({"reference": reference(one)} for one in tasks),
        ],
    )


def _detail(problem: Problem) -> str:
    return problem.detail or problem.title


def goals(source: ExportInput, subject: Json) -> list[Json]:
    """What the person wants, in their own words."""
    asked = [row.link_id for row in answer_rows() if row.says == "goal"]
    return [
        resource(
            "Goal",
            same_id("goal", source.consult.id, answer.key, value),
            lifecycleStatus="active",
            description=text(source.words_of(answer.link_id, value)),
            subject=reference(subject),
            startDate=source.day,
            expressedBy=reference(subject),
        )
        for answer in source.consult.answers.values()
        if answer.link_id in asked and answer.review == "confirmed"
        for value in answer.values
    ]


def document_reference(source: ExportInput, subject: Json, author: Json) -> Json | None:
    """The takeaway's PDF; None where there is none. Its SHA-256 stands as identifier."""
    version = source.signed or source.consult.takeaway()
    if source.pdf is None or version is None:
        return None
    return resource(
        "DocumentReference",
        same_id("document", source.consult.id, version.sha256),
        masterIdentifier=identifier("sha256", version.sha256),
        status="current",
        docStatus="final" if source.signed else "preliminary",
        type=concept("takeaway-document", "Patient takeaway"),
        subject=reference(subject),
        date=version.signed_at or version.drafted_at or source.at,
        author=[reference(author)],
        content=[
            {
                "attachment": {
                    **attachment(source.pdf, f"Medication review, version {version.version}"),
                    "language": version.language or "en",
                    "creation": version.drafted_at or None,
                }
            }
        ],
    )


def provenance(source: ExportInput, targets: list[Json], author: Json, machine: Json) -> Json:
    """Who is the author of the targets, and that this program put them together."""
    version = source.signed
    return resource(
        "Provenance",
        same_id("provenance", *(one["id"] for one in targets)),
        target=[reference(one) for one in targets],
        occurredDateTime=version.signed_at if version is not None else None,
        recorded=source.at,
        agent=[
            {"type": of_system("provenance-participant-type", "author"), "who": reference(author)},
            {"type": of_system("provenance-participant-type", "assembler"), "who": reference(machine)},
        ],
    )
