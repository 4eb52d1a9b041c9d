"""Standardized Medication Profile (HL7 SMP 1.0.0) and the Medication Action Plan document in it."""

from __future__ import annotations

from consult.fhir import plan
from consult.fhir.answers import questionnaire_response
from consult.fhir.codes import Json, coding
from consult.fhir.composing import composition, document, section
from consult.fhir.make import entry, identifier, reference, resource, same_id
from consult.fhir.medicines import dispense, medication_list
from consult.fhir.parts import Parts
from consult.fhir.source import ExportInput

SMP = "http://hl7.org/fhir/us/smp/StructureDefinition"


def medication_profile(source: ExportInput, parts: Parts) -> Json:
    """A collection that the medication list leads, with the action plan document inside."""
    consult = source.consult
    listed = medication_list(
        consult.id, list(parts.statements), list(parts.names), parts.patient, parts.author, source.service
    )
    answers = questionnaire_response(source, parts.patient, parts.author)
    fills = [dispense(fill, consult.id, source.rxcui_of, parts.patient) for fill in consult.fills]
    held = [
        listed,
        *parts.statements,
        *parts.people,
        *parts.payer,
        *parts.conditions,
        *parts.allergies,
        *parts.observations,
        *fills,
        *parts.issues.values(),
        *parts.answered,
        *parts.follow_ups.values(),
        *parts.letters,
        *([answers] if answers is not None else []),
        plan.provenance(source, [listed], parts.author, parts.machine),
        action_plan(source, parts),
    ]
    return resource(
        "Bundle",
        same_id("smp", consult.id, source.at),
        meta={"profile": [f"{SMP}/smp-bundle"]},
        identifier=identifier("export", same_id("smp", consult.id, source.at)),
        type="collection",
        timestamp=source.at,
        entry=[entry(one) for one in held],
    )


def action_plan(source: ExportInput, parts: Parts) -> Json:
    """A document with a plan for each problem, and the takeaway as it was signed."""
    sections = [
        section("Medication action plan", coding("map-section"), list(parts.plans), [p["title"] for p in parts.plans])
    ]
    if parts.document is not None:
        named = ["Patient takeaway (PDF)"]
        sections.append(section("Patient takeaway", coding("takeaway-document"), [parts.document], named))
    head = composition(source, parts, "map-document", "Medication action plan", sections)
    head["meta"] = {"profile": [f"{SMP}/smp-map-composition"]}
    named_rows = _referred(parts, list(parts.issues.values()))
    held = [
        head,
        *parts.plans,
        *parts.issues.values(),
        *parts.follow_ups.values(),
        *named_rows,
        *parts.people,
        *([parts.document] if parts.document is not None else []),
        plan.provenance(source, [head], parts.author, parts.machine),
    ]
    made = document(source, "map", held)
    made["meta"] = {"profile": [f"{SMP}/smp-medication-action-plan-bundle"]}
    return made


def _referred(parts: Parts, issues: list[Json]) -> list[Json]:
    """The medications that the issues speak of."""
    wanted = {one["reference"] for issue in issues for one in issue.get("implicated", [])}
    return [row for row in parts.statements if reference(row)["reference"] in wanted]
