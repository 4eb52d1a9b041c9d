"""The judges: fhir.resources for FHIR R4 (its R4B models), and our own reading of CDS Hooks 2.0 for cards."""

from __future__ import annotations

import importlib
import re
import uuid
from typing import Any

Json = dict[str, Any]
INDICATORS = {"info", "warning", "critical"}
CARD = {
    "uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links",
    "extension",
}  # fmt: skip


def valid(one: Json) -> Json:
    """The resource, judged by its R4B model, and every resource in it. Raises on the first fault."""
    kind = one["resourceType"]
    model = getattr(importlib.import_module(f"fhir.resources.R4B.{kind.lower()}"), kind)
    model.model_validate(one)
    for held in one.get("entry", []) if kind == "Bundle" else []:
        valid(held["resource"])
    for inner in one.get("contained", []):
        valid(inner)
    return one


def unresolved(bundle: Json) -> list[str]:
    """References to nothing in the bundle (a contained resource counts for its own)."""
    urls = {entry["fullUrl"] for entry in bundle["entry"] if "fullUrl" in entry}
    missing: list[str] = []
    for entry in bundle["entry"]:
        own = {f"#{one['id']}" for one in entry["resource"].get("contained", [])}
        if entry["resource"]["resourceType"] == "Bundle":
            missing += unresolved(entry["resource"])
            continue
        missing += [link for link in links(entry["resource"]) if link not in urls | own]
    return missing


def links(value: Any) -> list[str]:
    """Every reference within a value."""
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [link for inner in value.values() for link in links(inner)]
    if isinstance(value, list):
        return [link for inner in value for link in links(inner)]
    return []


def card_faults(answer: Json) -> list[str]:
    """What in the answer of a CDS service breaks the specification."""
    faults = [] if isinstance(answer.get("cards"), list) else ["no cards"]
    if set(answer) - {"cards", "systemActions", "extension"}:
        faults.append("unknown field of the answer")
    for card in answer.get("cards", []):
        faults += _faults_of(card)
    return faults


def _faults_of(card: Json) -> list[str]:
    faults = [f"unknown field {name}" for name in set(card) - CARD]
    summary = card.get("summary", "")
    if not summary or len(summary) >= 140 or "\n" in summary:
        faults.append(f"summary {summary!r}")
    if card.get("indicator") not in INDICATORS:
        faults.append("indicator")
    if not card.get("source", {}).get("label"):
        faults.append("source without a label")
    if "topic" in card.get("source", {}) and not {"system", "code"} <= set(card["source"]["topic"]):
        faults.append("topic is no coding")
    if not re.fullmatch(r"[0-9a-f-]{36}", card.get("uuid", "")) or not uuid.UUID(card["uuid"]):
        faults.append("uuid")
    if card.get("suggestions") and card.get("selectionBehavior") not in ("any", "at-most-one"):
        faults.append("selectionBehavior is required where there are suggestions")
    for suggestion in card.get("suggestions", []):
        if not suggestion.get("label"):
            faults.append("suggestion without a label")
        for action in suggestion.get("actions", []):
            if action.get("type") not in ("create", "update", "delete") or not action.get("description"):
                faults.append("action")
            if action.get("type") == "create":
                valid(action["resource"])
    faults += ["override reason" for one in card.get("overrideReasons", []) if not one.get("display")]
    return faults
