"""Making resources: empty fields left out, ids and references that are the same for the same input, narratives."""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterable
from html import escape
from typing import Any

from consult.fhir.codes import OWN, Json

_SPACE = uuid.UUID("6f0f3a6c-6b9b-5d6e-9a55-0a0f4f1b8c11")


def same_id(*parts: str) -> str:
    """A UUID that is the same for the same parts."""
    return str(uuid.uuid5(_SPACE, "\x1f".join(parts)))


def whole(value: Any) -> Any:
    """The value without what is empty, as FHIR wants it: no null, no empty text, list or object."""
    if isinstance(value, dict):
        kept = {key: whole(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, "", [], {})}
    if isinstance(value, list | tuple):
        return [inner for inner in (whole(one) for one in value) if inner not in (None, "", [], {})]
    return value


def resource(kind: str, id: str, **fields: Any) -> Json:
    """A resource; a field that clashes with a word of Python ends in "_"."""
    made: Json = whole({name.removesuffix("_"): value for name, value in fields.items()})
    return {"resourceType": kind, "id": id, **made}


def text(words: str) -> Json:
    """A CodeableConcept of words alone."""
    return {"text": words} if words else {}


def identifier(system: str, value: str) -> Json:
    """An identifier of our own ("urn:consult:alert")."""
    return {"system": f"{OWN}:{system}", "value": value}


def reference(one: Json, display: str = "") -> Json:
    """A reference within the bundle, by the full URL of the resource."""
    return {"reference": full_url(one), **({"display": display} if display else {})}


def full_url(one: Json) -> str:
    return f"urn:uuid:{one['id']}"


def entry(one: Json) -> Json:
    return {"fullUrl": full_url(one), "resource": one}


def attachment(pdf: bytes, title: str) -> Json:
    """The bytes of a PDF within a resource; `hash` is SHA-1, as FHIR has it."""
    return {
        "contentType": "application/pdf",
        "data": base64.b64encode(pdf).decode(),
        "size": len(pdf),
        "hash": base64.b64encode(hashlib.sha1(pdf, usedforsecurity=False).digest()).decode(),
        "title": title,
    }


def narrative(lines: Iterable[str], status: str = "generated") -> Json:
    """What a person reads of a resource: one paragraph a line."""
    body = "".join(f"<p>{escape(clean(line), quote=False)}</p>" for line in lines if line.strip())
    return {"status": status, "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{body or "<p>None.</p>"}</div>'}


def clean(words: str) -> str:
    """Words that XML can hold: no control characters, no half pairs."""
    return "".join(char for char in words if char in "\t\n" or (ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF))
