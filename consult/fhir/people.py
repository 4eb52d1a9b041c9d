"""Who took part: patient, pharmacist, site, plan, and the encounter itself."""

from __future__ import annotations

from consult.domain.patient import Patient
from consult.fhir.codes import Json, coding, concept, of_system
from consult.fhir.make import identifier, reference, resource, same_id, text
from consult.fhir.source import ExportInput

GENDER = {"f": "female", "m": "male", "": "unknown"}
STATUS = {"scheduled": "planned", "open": "in-progress", "closed": "finished"}


def patient(one: Patient, owner: str) -> Json:
    """The patient. The name stands as it was written: how it divides into family and given is not known."""
    member = {**identifier("member", one.member_id), "type": of_system("v2-0203", "MB")} if one.member_id else {}
    return resource(
        "Patient",
        same_id("patient", owner),
        identifier=[identifier("patient", one.id), member],
        name=[{"use": "usual", "text": one.name}],
        gender=GENDER[one.sex],
        birthDate=one.birth_date,
        telecom=[{"system": "phone", "value": one.phone}] if one.phone else None,
        address=[{"text": one.address}] if one.address else None,
        communication=[{"language": {"coding": [{"system": "urn:ietf:bcp:47", "code": one.language}]}}],
    )


def practitioner(source: ExportInput) -> Json:
    author = source.author
    return resource(
        "Practitioner",
        same_id("practitioner", author.id),
        identifier=[identifier("staff", author.id)],
        name=[{"text": author.name, "suffix": [author.title] if author.title else None}],
        qualification=[{"code": text(author.title)}] if author.title else None,
        telecom=[{"system": "phone", "value": source.phone}] if source.phone else None,
    )


def organization(name: str) -> Json:
    """A site or a plan by its name."""
    return resource("Organization", same_id("organization", name), active=True, name=name)


def role(author: Json, site: Json) -> Json:
    return resource(
        "PractitionerRole",
        same_id("role", author["id"], site["id"]),
        practitioner=reference(author),
        organization=reference(site),
        code=[text("Pharmacist")],
    )


def coverage(one: Patient, owner: str, subject: Json, payor: Json) -> Json:
    return resource(
        "Coverage",
        same_id("coverage", owner),
        status="active",
        subscriberId=one.member_id,
        beneficiary=reference(subject),
        payor=[reference(payor)],
    )


def encounter(source: ExportInput, subject: Json, author: Json) -> Json:
    consult = source.consult
    named = concept("comprehensive-review") if consult.kind == "cmr" else text(consult.kind)
    return resource(
        "Encounter",
        same_id("encounter", consult.id),
        identifier=[identifier("consult", consult.id)],
        status=STATUS.get(consult.phase, "unknown"),
        class_=coding(f"encounter-{consult.modality}"),
        type=[named],
        subject=reference(subject),
        participant=[{"individual": reference(author)}],
        period={"start": source.service, "end": consult.closed_at or None},
    )


def device(software: str) -> Json:
    """The program that put the resources together."""
    return resource(
        "Device",
        same_id("device", software),
        deviceName=[{"name": "consult", "type": "manufacturer-name"}],
        version=[{"value": software}] if software else None,
    )
