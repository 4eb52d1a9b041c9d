"""Pharmacist eCare Plan (HL7 PhCP 1.0.0): health concerns, goals, interventions, outcomes, payers."""

from __future__ import annotations

from consult.domain.problem import Problem
from consult.fhir import plan
from consult.fhir.codes import Json, coding, concept, of_system
from consult.fhir.composing import composition, document, section
from consult.fhir.issues import problem_codings
from consult.fhir.make import reference, resource, same_id, text
from consult.fhir.parts import Parts
from consult.fhir.source import ExportInput


def care_plan(source: ExportInput, parts: Parts) -> Json:
    """The document."""
    consult = source.consult
    problems = [_problem(one, source, parts) for one in consult.problems.values()]
    concerns = [*problems, *parts.conditions, *parts.allergies, *parts.observations]
    wishes = plan.goals(source, parts.patient)
    done = [
        _review(source, parts),
        *_instructions(source, parts),
        *parts.statements,
        *parts.asked,
        *parts.follow_ups.values(),
    ]
    interventions = resource(
        "List",
        same_id("interventions", consult.id),
        status="current",
        mode="snapshot",
        code=concept("intervention-list"),
        subject=reference(parts.patient),
        date=source.service,
        entry=[{"item": reference(one)} for one in done],
    )
    outcomes = [_outcome(one, source, parts) for one in consult.problems.values() if one.stage not in ("open", "sent")]
    payer = list(parts.payer[:1])
    plan_name = consult.patient.plan_name if consult.patient else ""
    sections = [
        section("Health concerns", coding("health-concerns"), concerns, [_name(one) for one in concerns]),
        section("Goals", coding("goals"), wishes, [_name(one) for one in wishes], "notasked"),
        section("Interventions", coding("interventions"), [interventions], [_name(one) for one in done]),
        *([section("Outcomes", coding("outcomes"), outcomes, [_name(one) for one in outcomes])] if outcomes else []),
        section("Payment sources", coding("payers"), payer, [plan_name]),
    ]
    head = composition(source, parts, "care-plan-document", "Pharmacist eCare Plan", sections)
    held = [
        head,
        *concerns,
        *parts.issues.values(),
        *wishes,
        interventions,
        *done,
        *(one for one in parts.letters if one not in parts.asked),
        *outcomes,
        *parts.payer,
        *parts.people,
        plan.provenance(source, [head], parts.author, parts.machine),
    ]
    return document(source, "ecare", held)


def _problem(problem: Problem, source: ExportInput, parts: Parts) -> Json:
    """A medication therapy problem as PhCP has it: a condition, with the issue as its evidence."""
    over = problem.stage == "resolved"
    return resource(
        "Condition",
        same_id("problem", source.consult.id, problem.id),
        clinicalStatus=of_system("condition-clinical", "resolved" if over else "active"),
        category=[of_system("condition-category", "problem-list-item")],
        code={"coding": problem_codings(problem), "text": problem.title},
        subject=reference(parts.patient),
        recordedDate=source.service,
        recorder=reference(parts.author),
        evidence=[{"detail": [reference(parts.issues[problem.id])]}],
    )


def _review(source: ExportInput, parts: Parts) -> Json:
    consult = source.consult
    return resource(
        "Procedure",
        same_id("review", consult.id),
        status="completed" if consult.opened_at else "preparation",
        code=concept("comprehensive-review", "Comprehensive medication review")
        if consult.kind == "cmr"
        else text(consult.kind),
        subject=reference(parts.patient),
        encounter=reference(parts.encounter),
        performedDateTime=source.service,
        performer=[{"actor": reference(parts.author)}],
    )


def _instructions(source: ExportInput, parts: Parts) -> list[Json]:
    """What the person was told to do; given once the takeaway is signed."""
    return [
        resource(
            "Procedure",
            same_id("instruction", source.consult.id, todo.id),
            status="completed" if source.signed else "preparation",
            code=text(todo.topic),
            subject=reference(parts.patient),
            performedDateTime=source.service,
            note=[{"text": f"{todo.action} {todo.why}".strip()}],
        )
        for todo in source.consult.todos.values()
    ]


def _outcome(problem: Problem, source: ExportInput, parts: Parts) -> Json:
    return resource(
        "Observation",
        same_id("outcome", source.consult.id, problem.id),
        status="final",
        code=text(problem.title),
        subject=reference(parts.patient),
        effectiveDateTime=source.at,
        valueString=f"{problem.stage}: {problem.outcome}" if problem.outcome else problem.stage,
    )


def _name(one: Json) -> str:
    """What a person reads of a resource in a list."""
    for field in ("medicationCodeableConcept", "valueCodeableConcept", "description", "code"):
        named = one.get(field)
        if isinstance(named, dict):
            said = named.get("text") or named["coding"][0]["display"]
            value = one.get("valueQuantity")
            said = f"{said} {value['value']:g} {value.get('unit', '')}".strip() if value else str(said)
            return f"{said}: {one['valueString']}" if "valueString" in one else said
    return str(one.get("medicationReference", {}).get("display") or one.get("topic", {}).get("text", ""))
