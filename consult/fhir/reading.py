"""A file of FHIR: bytes to resources, or a clear refusal. Only JSON of R4 is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from consult.errors import BadFile
from consult.fhir.codes import Json

LONGEST = 20 * 1024 * 1024  # bytes: a whole record with a few thousand results has one or two million
MOST = 20_000  # resources
# Elements that only another version has, by resource type.
FOREIGN: dict[str, dict[str, str]] = {
    "MedicationStatement": {"taken": "STU3", "medication": "R5", "adherence": "R5", "wasNotTaken": "DSTU2"},
    "MedicationRequest": {"medication": "R5"},
    "MedicationDispense": {"medication": "R5"},
    "AllergyIntolerance": {"substance": "DSTU2", "participant": "R5"},
    "Condition": {"dateRecorded": "DSTU2", "participant": "R5"},
    "Coverage": {"insurer": "R5", "paymentBy": "R5"},
    "Patient": {"animal": "STU3 or older"},
    "Observation": {"related": "STU3 or older"},
    "Encounter": {"actualPeriod": "R5"},
}
FOREIGN_TYPES = {"MedicationOrder": "DSTU2", "MedicationUsage": "a draft of R5", "Conformance": "DSTU2"}
VERSIONS = {"4.0", "4.3"}


@dataclass(frozen=True, slots=True)
class Found:
    """A resource and its addresses within the bundle."""

    resource: Json
    urls: tuple[str, ...]

    @property
    def kind(self) -> str:
        return str(self.resource["resourceType"])


def read_bundle(content: bytes, path: str) -> list[Found]:
    """The resources of a bundle, in order; a nested bundle's too. Raises BadFile."""
    if len(content) > LONGEST:
        raise BadFile(path, None, f"the file is too large: at most {LONGEST // 1024 // 1024} MB")
    value = _json(content, path)
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        raise BadFile(path, None, "this is no FHIR resource: it has no resourceType")
    if value["resourceType"] != "Bundle":
        raise BadFile(path, None, f"a Bundle is needed, not a {value['resourceType'][:40]}")
    found = _once(_entries(value, path, 0))
    if not found:
        raise BadFile(path, None, "the bundle holds no resource")
    if len(found) > MOST:
        raise BadFile(path, None, f"the bundle holds too many resources: at most {MOST}")
    for place, one in enumerate(found, 1):
        _check_version(one, place, path)
    return found


def _once(found: Iterator[Found]) -> list[Found]:
    """Each resource once: a document inside of a bundle repeats what it speaks of."""
    kept: dict[object, Found] = {}
    for place, one in enumerate(found):
        named = isinstance(one.resource.get("id"), str)
        key = (one.kind, one.resource["id"]) if named else place
        kept.setdefault(key, one)
    return list(kept.values())


# By their first bytes: what people give instead of a record.
_KINDS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a spreadsheet or a ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet"),
)


def no_text(content: bytes, path: str) -> BadFile:
    """The refusal of bytes that are no UTF-8 text; it names what they are, where that is known."""
    kind = next((words for start, words in _KINDS if content.startswith(start)), "")
    return BadFile(path, None, f"this is {kind}; save the record as JSON or CSV" if kind else "not UTF-8 text")


def _json(content: bytes, path: str) -> Any:
    if content.lstrip()[:1] == b"<":
        raise BadFile(path, None, "this is XML; export the bundle as JSON")
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise no_text(content, path) from None
    except json.JSONDecodeError as reason:
        raise BadFile(path, reason.lineno, f"not JSON: {reason.msg}, column {reason.colno}") from None
    except ValueError as reason:
        raise BadFile(path, None, f"not JSON: {reason}") from None
    except RecursionError:
        raise BadFile(path, None, "not JSON that can be read: too deep") from None


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def _entries(bundle: Json, path: str, depth: int) -> Iterator[Found]:
    _check_claim(bundle, path)
    entries = bundle.get("entry", [])
    if not isinstance(entries, list) or depth > 3:
        raise BadFile(path, None, "the entries of the bundle are no list")
    for place, entry in enumerate(entries, 1):
        one = entry.get("resource") if isinstance(entry, dict) else None
        if one is None:
            continue
        if not isinstance(one, dict) or not isinstance(one.get("resourceType"), str):
            raise BadFile(path, None, f"entry {place} holds no resource")
        if one["resourceType"] == "Bundle":
            yield from _entries(one, path, depth + 1)
            continue
        own = f"{one['resourceType']}/{one['id']}" if isinstance(one.get("id"), str) else ""
        url = entry.get("fullUrl")
        yield Found(one, tuple(known for known in (url if isinstance(url, str) else "", own) if known))


def _check_claim(bundle: Json, path: str) -> None:
    """A bundle may say its version in a profile or an extension of its meta."""
    meta = bundle.get("meta")
    for claim in meta.get("profile", []) if isinstance(meta, dict) else []:
        name, _, version = str(claim).partition("|")
        if name.startswith("http://hl7.org/fhir/StructureDefinition/") and version[:3] not in ("", *VERSIONS):
            raise BadFile(path, None, f"this is FHIR {version[:8]}; export the bundle as R4 (4.0.1)")


def _check_version(one: Found, place: int, path: str) -> None:
    version = FOREIGN_TYPES.get(one.kind)
    for name, other in FOREIGN.get(one.kind, {}).items():
        if name in one.resource:
            version = other
    if version is not None:
        raise BadFile(path, None, f"entry {place} ({one.kind}) is of FHIR {version}; export the bundle as R4 (4.0.1)")


class Links:
    """What a reference leads to: contained, by full URL, or by type and id."""

    def __init__(self, found: list[Found]) -> None:
        self._by_url = {url: one.resource for one in found for url in one.urls}

    def follow(self, reference: Any, within: Json) -> Json | None:
        link = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(link, str):
            return None
        if link.startswith("#"):
            inner = within.get("contained")
            return next((one for one in inner or () if isinstance(one, dict) and one.get("id") == link[1:]), None)
        if link in self._by_url:
            return self._by_url[link]
        tail = "/".join(link.split("/_history/")[0].rsplit("/", 2)[-2:])
        return self._by_url.get(tail)
