"""Follow-ups as Tasks: what is to be done by which day, by whom, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from consult.domain.follow_up import FollowUp
from consult.fhir.codes import Json
from consult.fhir.make import identifier, reference, resource, same_id, text
from consult.fhir.source import ExportInput


def follow_ups(source: ExportInput, subject: Json, author: Json, issues: Mapping[str, Json]) -> dict[str, Json]:
    """The Task of each follow-up, by its id; its focus is the problem that it is about, also by way of a to-do item."""
    return {
        one.id: _task(one, source, subject, author, issues)
        for one in sorted(source.consult.follow_ups.values(), key=lambda one: (one.due, one.id))
    }


def problem_of(one: FollowUp, source: ExportInput) -> str:
    """The id of the (first) problem that a follow-up is about, "" for none."""
    todo = source.consult.todos.get(one.about)
    about = todo.problems if todo is not None else (one.about,)
    return next((key for key in about if key in source.consult.problems), "")


def _task(one: FollowUp, source: ExportInput, subject: Json, author: Json, issues: Mapping[str, Json]) -> Json:
    doers = {"pharmacist": reference(author), "patient": reference(subject)}
    issue = issues.get(problem_of(one, source))
    return resource(
        "Task",
        same_id("follow-up", source.consult.id, one.id),
        identifier=[identifier("follow-up", one.id)],
        status="completed" if one.stage == "done" else "requested",
        intent="plan",
        code=text(f"Follow-up: {one.what}"),
        description=one.what,
        focus=reference(issue) if issue is not None else None,
        for_=reference(subject),
        authoredOn=source.service,
        lastModified=one.closed_at,
        requester=reference(author),
        performerType=[text(one.by)],
        owner=doers.get(one.by),
        note=[{"text": one.note}] if one.note else None,
        restriction={"period": {"end": one.due}},
    )
