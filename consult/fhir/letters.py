"""Letters to prescribers: the letter as a Communication, and what it asks as Tasks that follow the answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from consult.domain.letter import Letter
from consult.domain.problem import Problem, ProblemStage
from consult.fhir.codes import Json, concept
from consult.fhir.make import attachment, identifier, reference, resource, same_id, text
from consult.fhir.source import ExportInput

# A Task is what is asked; it is completed once the problem is.
TASK_STATUS: Mapping[ProblemStage, str] = {
    "open": "draft",
    "sent": "requested",
    "accepted": "accepted",
    "changed": "accepted",
    "declined": "rejected",
    "resolved": "completed",
}


def letters(source: ExportInput, subject: Json, author: Json, issues: Mapping[str, Json]) -> Iterator[Json]:
    """For each letter that stands ready or went out: the prescriber, the Communication, and a Task a problem."""
    consult = source.consult
    named: set[str] = set()
    for letter in consult.letters.values():
        if letter.stage not in ("drafted", "sent"):
            continue
        asked = [consult.problems[key] for key in letter.problems if key in consult.problems]
        prescriber = resource(
            "Practitioner", same_id("prescriber", letter.prescriber), name=[{"text": letter.prescriber}]
        )
        if letter.prescriber not in named:
            named.add(letter.prescriber)
            yield prescriber
        sent = _communication(letter, asked, source, subject, author, prescriber, issues)
        yield sent
        for problem in asked:
            yield _task(letter, problem, source, subject, author, prescriber, sent, issues)


def _communication(
    letter: Letter,
    asked: list[Problem],
    source: ExportInput,
    subject: Json,
    author: Json,
    prescriber: Json,
    issues: Mapping[str, Json],
) -> Json:
    pdf = source.letters.get(letter.id)
    return resource(
        "Communication",
        same_id("letter", source.consult.id, letter.id),
        identifier=[identifier("letter", letter.id), identifier("sha256", letter.sha256) if letter.sha256 else {}],
        status="completed" if letter.stage == "sent" else "preparation",
        category=[text("Recommendation to a prescriber")],
        subject=reference(subject),
        topic=text(f"Medication review of {source.day}"),
        about=[reference(issues[one.id]) for one in asked],
        sent=letter.sent_at,
        recipient=[reference(prescriber, letter.prescriber)],
        sender=reference(author),
        payload=[
            *({"contentString": f"{one.title}. {one.recommendation}".strip()} for one in asked),
            {"contentAttachment": attachment(pdf, f"Letter to {letter.prescriber}")} if pdf else {},
        ],
    )


def _task(
    letter: Letter,
    problem: Problem,
    source: ExportInput,
    subject: Json,
    author: Json,
    prescriber: Json,
    sent: Json,
    issues: Mapping[str, Json],
) -> Json:
    return resource(
        "Task",
        same_id("task", source.consult.id, letter.id, problem.id),
        status=TASK_STATUS[problem.stage],
        businessStatus=text(problem.stage),
        intent="proposal",
        code=text(problem.title),
        description=problem.recommendation,
        focus=reference(issues[problem.id]),
        for_=reference(subject),
        authoredOn=letter.sent_at or letter.drafted_at,
        requester=reference(author),
        owner=reference(prescriber, letter.prescriber),
        reasonCode=concept("comprehensive-review") if source.consult.kind == "cmr" else None,
        note=[{"text": problem.outcome} if problem.outcome else {}],
        restriction={"period": {"end": letter.reply_by}} if letter.reply_by else None,
        input=[{"type": text("letter"), "valueReference": reference(sent)}],
    )
