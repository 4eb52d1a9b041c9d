"""What is known beside the medications: conditions, allergies, laboratory values, side effects."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consult.domain.patient import Allergy, Condition, Effect, Lab
from consult.fhir.codes import LOINC, UCUM, Json, concept, lab_code, of_system
from consult.fhir.make import reference, resource, same_id, text
from consult.fhir.medicines import drug_concept


def condition(one: Condition, owner: str, subject: Json) -> Json:
    """A diagnosis in words; what is only reported is not called confirmed."""
    return resource(
        "Condition",
        same_id("condition", owner, one.id),
        clinicalStatus=of_system("condition-clinical", "active"),
        verificationStatus=None if one.source == "history" else of_system("condition-ver-status", "unconfirmed"),
        category=[of_system("condition-category", "problem-list-item")],
        code=text(one.name),
        subject=reference(subject),
        onsetString=one.since,
    )


def allergy(one: Allergy, owner: str, subject: Json, rxcui_of: Callable[[str], str]) -> Json:
    return resource(
        "AllergyIntolerance",
        same_id("allergy", owner, one.id),
        clinicalStatus=of_system("allergyintolerance-clinical", "active"),
        verificationStatus=of_system("allergyintolerance-verification", "confirmed"),
        code=drug_concept(one.substance, one.ingredients, rxcui_of),
        patient=reference(subject),
        reaction=[{"manifestation": [text(one.reaction)]}] if one.reaction else None,
    )


def lab(one: Lab, owner: str, subject: Json) -> Json:
    """A value with its LOINC code, where labs.csv has one; the UCUM code only where the unit is the table's."""
    code = lab_code(one.name)
    same_unit = code is not None and one.unit in ("", code.unit, code.ucum)
    coded = {"system": UCUM, "code": code.ucum} if code is not None and same_unit else {}
    unit = one.unit or (code.unit if code is not None else "")
    return resource(
        "Observation",
        same_id("lab", owner, one.name, one.at, f"{one.value:g}"),
        status="final",
        category=[of_system("observation-category", code.category if code is not None else "laboratory")],
        code={
            "coding": [{"system": LOINC, "code": code.loinc, "display": code.display}] if code is not None else None,
            "text": one.name,
        },
        subject=reference(subject),
        effectiveDateTime=one.at,
        valueQuantity={"value": one.value, "unit": unit, **coded},
    )


def effect(one: Effect, owner: str, subject: Json, at: str, names: Mapping[str, str]) -> Json:
    """A side effect in the patient's words, with the drugs that are suspected; `names` by ingredient."""
    suspected = ", ".join(names.get(drug, drug) for drug in one.suspected)
    return resource(
        "Observation",
        same_id("effect", owner, one.id),
        status="final",
        category=[of_system("observation-category", "survey")],
        code=concept("symptom"),
        subject=reference(subject),
        effectiveDateTime=at,
        valueCodeableConcept=text(one.concept),
        note=[
            {"text": f"In the patient's words: {one.words}"} if one.words else {},
            {"text": f"Suspected: {suspected}"} if suspected else {},
            {"text": "In the past"} if one.historical else {},
        ],
    )
