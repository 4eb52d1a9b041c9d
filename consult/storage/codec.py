"""Frozen values to JSON and back.

Tuples are arrays, mappings are objects. Reading does not enforce the length limits of the contract: they are
checked where input enters, and a limit that is made tighter later must not make an old log unreadable.
NUL survives (it is escaped in JSON); a lone surrogate is no Unicode text and is refused, as is a number that
is not finite, because JSON has neither.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar, cast, get_args

import orjson
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError, SchemaValidator, to_jsonable_python
from pydantic_core import to_json as to_json_bytes

from consult.domain.events import Event, EventData
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.errors import BadCommand, SiteError

T = TypeVar("T")
EVENT_TYPES: Mapping[str, type] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(EventData)
}


_validators: dict[type, SchemaValidator] = {}


def to_json(value: object) -> Any:
    """A frozen value (or a tuple or mapping of them) as what `json.dumps` takes."""
    return to_jsonable_python(value)


def event_to_json(event: Event) -> dict[str, Any]:
    """An event as the wire and the golden files have it."""
    return cast(dict[str, Any], to_jsonable_python(event))


def event_bytes(event: Event) -> bytes:
    """An event as JSON text."""
    return _bytes(event)


def event_from_json(value: Mapping[str, Any]) -> Event:
    """The event of such an object. Raises SiteError (event-unreadable) for a type or shape not known here."""
    try:
        data = value["data"]
        return Event(
            seq=value["seq"],
            consult_id=value["consult_id"],
            command_id=value["command_id"],
            at=value["at"],
            actor=_validator(Actor).validate_python(value["actor"]),
            data=_validator(EVENT_TYPES[data["type"]]).validate_python(data),
        )
    except (KeyError, TypeError, ValidationError) as error:
        raise _unreadable(error) from None


def consult_to_json(consult: Consult) -> dict[str, Any]:
    """The state of a consult as the golden files have it."""
    return cast(dict[str, Any], to_jsonable_python(consult))


def _bytes(value: object) -> bytes:
    """JSON text, in which a number that is not finite is null. The busiest function of the program, so orjson has
    the first try. Raises PydanticSerializationError."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return to_json_bytes(value, inf_nan_mode="null")


def encode(value: object) -> str:
    """A frozen value as JSON text that reads back; BadCommand (bad-text) for one that could not be read back."""
    try:
        text = _bytes(value)
        if b"null" in text:  # a number that is not finite became one; all else reads back as it was
            _validator(type(value)).validate_json(text)
    except (PydanticSerializationError, ValidationError, UnicodeError):
        raise BadCommand(
            "There is text that is not Unicode, or a number that is not finite.", code="bad-text"
        ) from None
    return text.decode()


def decode(kind: type[T], text: str) -> T:
    """The value of class `kind` in JSON text made by `encode`. Raises SiteError (event-unreadable)."""
    try:
        return cast(T, _validator(kind).validate_json(text))
    except ValidationError as error:
        raise _unreadable(error) from None


def decode_data(name: str, text: str) -> EventData:
    """The data of an event, by its wire name. Raises SiteError (event-unreadable)."""
    try:
        kind = EVENT_TYPES[name]
    except KeyError as error:
        raise _unreadable(error) from None
    return cast(EventData, decode(kind, text))


def make_ready() -> None:
    """Build what reads events now (a tenth of a second), so that the first consult that is read does not wait."""
    for kind in (*EVENT_TYPES.values(), Actor):
        _validator(kind)


def _validator(kind: type) -> SchemaValidator:
    found = _validators.get(kind)
    if found is None:
        found = _validators[kind] = SchemaValidator(_without_limits(TypeAdapter(kind).core_schema))
    return found


def _without_limits(schema: Any) -> Any:
    if isinstance(schema, dict):
        limits = ("max_length", "min_length") if schema.get("type") in ("str", "tuple", "list") else ()
        return {key: _without_limits(part) for key, part in schema.items() if key not in limits}
    if isinstance(schema, list):
        return [_without_limits(part) for part in schema]
    return schema


def _unreadable(error: Exception) -> SiteError:
    # The text of the error may quote what a person said; its class does not.
    return SiteError(
        f"An event cannot be read ({type(error).__name__}): it was written by another version of consult.",
        code="event-unreadable",
    )
