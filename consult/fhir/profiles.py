"""Our own check of what goes out: the sections, codes and references that the profiles ask for.

Source: HL7 Standardized Medication Profile 1.0.0 and Pharmacist Services and Summaries 1.0.0; a site confirms an export
against the guides' own validator before the first exchange.
"""

from __future__ import annotations

from typing import Any

from consult.fhir.codes import Json, coding


def faults(bundle: Json) -> list[str]:
    """What is wrong with a bundle of ours, in words; empty where all is well."""
    found = [*_bundle(bundle)]
    first = _resources(bundle)[0] if _resources(bundle) else {}
    if first.get("resourceType") == "List":
        found += _profile(bundle)
    elif first.get("resourceType") == "Composition":
        found += _document(bundle, first)
    else:
        found.append("the first entry is neither a List nor a Composition")
    return found


def _resources(bundle: Json) -> list[Json]:
    return [one["resource"] for one in bundle.get("entry", [])]


def _bundle(bundle: Json) -> list[str]:
    found = []
    urls = [one["fullUrl"] for one in bundle.get("entry", [])]
    if len(urls) != len(set(urls)):
        found.append("one resource stands twice")
    if not bundle.get("timestamp") or not bundle.get("identifier", {}).get("value"):
        found.append("the bundle has no identifier or no time")
    for one in _resources(bundle):
        if one["resourceType"] == "Bundle":
            continue
        own = {f"#{inner['id']}" for inner in one.get("contained", [])}
        found += [f"{one['resourceType']} refers to {link}" for link in _links(one) if link not in own | set(urls)]
    return found


def _links(value: Any) -> list[str]:
    if isinstance(value, dict):
        link = value.get("reference")
        own = [link] if isinstance(link, str) else []
        return own + [inner for one in value.values() for inner in _links(one)]
    if isinstance(value, list):
        return [inner for one in value for inner in _links(one)]
    return []


def _codes(concept: Json) -> set[tuple[str, str]]:
    return {(one["system"], one["code"]) for one in concept.get("coding", [])}


def _is(concept: Json, key: str) -> bool:
    wanted = coding(key)
    return (wanted["system"], wanted["code"]) in _codes(concept)


def _profile(bundle: Json) -> list[str]:
    found = []
    listed = _resources(bundle)[0]
    if bundle["type"] != "collection":
        found.append("a medication profile is a collection")
    if not _is(listed["code"], "medication-list"):
        found.append("the list has another code")
    found += [f"the list has no {name}" for name in ("subject", "source") if name not in listed]
    if not listed.get("entry") and not listed.get("emptyReason"):
        found.append("the list is empty and does not say why")
    for one in _resources(bundle):
        if one["resourceType"] == "MedicationStatement" and "dateAsserted" not in one:
            found.append("a statement does not say when it was asserted")
        if one["resourceType"] == "Bundle":
            found += faults(one)
    return found


def _document(bundle: Json, head: Json) -> list[str]:
    found = [] if bundle["type"] == "document" else ["a document has the type document"]
    if head["status"] == "final" and not head.get("attester"):
        found.append("a final document is attested by nobody")
    if _is(head["type"], "map-document"):
        return found + _action_plan(bundle, head)
    if _is(head["type"], "care-plan-document"):
        return found + _sections(head, ("health-concerns", "goals"))
    return [*found, "the document has another type"]


def _sections(head: Json, keys: tuple[str, ...]) -> list[str]:
    have = [one["code"] for one in head.get("section", [])]
    return [f"there is no section {coding(key)['display']}" for key in keys if not any(_is(one, key) for one in have)]


def _action_plan(bundle: Json, head: Json) -> list[str]:
    found = _sections(head, ("map-section",))
    plans = [one for one in _resources(bundle) if one["resourceType"] == "CarePlan"]
    if not plans:
        found.append("there is no care plan")
    for one in plans:
        if one["intent"] != "plan" or not any(_is(category, "map-section") for category in one.get("category", [])):
            found.append("a care plan has another intent or category")
    issues = {one["fullUrl"] for one in bundle["entry"] if one["resource"]["resourceType"] == "DetectedIssue"}
    named = {link["reference"] for one in plans for link in one.get("supportingInfo", [])}
    if issues - named:
        found.append("an issue belongs to no care plan")
    return found
