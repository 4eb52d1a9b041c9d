"""The frame of a document: composition, sections, bundle."""

from __future__ import annotations

from consult.fhir.codes import Json, concept, of_system
from consult.fhir.make import entry, identifier, narrative, reference, resource, same_id
from consult.fhir.parts import Parts
from consult.fhir.source import ExportInput


def section(title: str, code: Json, held: list[Json], lines: list[str], why_empty: str = "unavailable") -> Json:
    made: Json = {"title": title, "code": {"coding": [code]}, "text": narrative(lines if held else [])}
    if held:
        return {**made, "entry": [reference(one) for one in held]}
    return {**made, "emptyReason": of_system("list-empty-reason", why_empty)}


def composition(source: ExportInput, parts: Parts, key: str, title: str, sections: list[Json]) -> Json:
    """The head of a document. It is attested by who signed the takeaway, and by nobody while it is a draft."""
    version = source.signed
    attested = {"mode": "professional", "time": version.signed_at, "party": reference(parts.author)} if version else {}
    return resource(
        "Composition",
        same_id("composition", key, source.consult.id, source.at),
        status="final" if version else "preliminary",
        type=concept(key),
        subject=reference(parts.patient),
        encounter=reference(parts.encounter),
        date=source.at,
        author=[reference(parts.author)],
        title=title,
        attester=[attested],
        custodian=reference(parts.site),
        section=sections,
    )


def document(source: ExportInput, kind: str, held: list[Json]) -> Json:
    id = same_id(kind, source.consult.id, source.at)
    return resource(
        "Bundle",
        id,
        identifier=identifier("export", id),
        type="document",
        timestamp=source.at,
        entry=[entry(one) for one in held],
    )
