"""Reading the body of a request: JSON objects of bounded size, parsed into the values of the domain."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, TypeVar

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from consult.api.guard import LONGEST_BODY, TooLarge
from consult.api.parts import Json, stamp
from consult.errors import BadCommand, ConsultError

T = TypeVar("T")
DEEPEST = 20  # objects and arrays within each other


class JsonNeeded(ConsultError):
    code = "json-needed"
    status = 415


async def read_object(request: web.Request) -> Json:
    """The JSON object of the body; an empty body is an empty object. Raises TooLarge, JsonNeeded, BadCommand."""
    raw = await read_bytes(request, LONGEST_BODY)
    if not raw:
        return {}
    if request.content_type != "application/json":
        raise JsonNeeded("Send JSON (Content-Type: application/json).")
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise BadCommand("The body is not JSON.", code="bad-json") from None
    if not isinstance(value, dict) or _depth(value) > DEEPEST:
        raise BadCommand("The body must be a JSON object, not too deep.", code="bad-json")
    return value


async def read_bytes(request: web.Request, longest: int) -> bytes:
    """The body as it is. Raises TooLarge."""
    raw = bytearray()
    async for chunk in request.content.iter_chunked(16 * 1024):
        raw += chunk
        if len(raw) > longest:
            raise TooLarge(f"The request is too large: at most {longest} bytes.")
    return bytes(raw)


def texts(body: Json, **longest: int) -> tuple[str, ...]:
    """The named texts of a body, each required and at most so long; a field more is refused."""
    unknown = sorted(set(body) - set(longest))
    if unknown:
        raise BadCommand("A field is not known.", code="unknown-field")
    found: list[str] = []
    for name, limit in longest.items():
        value = body.get(name)
        if not isinstance(value, str) or not value or len(value) > limit or "\x00" in value:
            raise BadCommand(f"{name} is missing, empty, too long or not a text.", code="bad-field", field=name)
        found.append(value)
    return tuple(found)


def parsed(adapter: TypeAdapter[T], body: Json) -> T:
    """The value that the body spells. Raises BadCommand naming the field; the value is not repeated."""
    try:
        return adapter.validate_json(json.dumps(body), strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"][:4] if str(part).isidentifier() or isinstance(part, int))
        reason = {"missing": "is missing", "unexpected_keyword_argument": "is not known"}.get(
            first["type"], "has a wrong value"
        )
        code = "unknown-field" if first["type"] == "unexpected_keyword_argument" else "bad-field"
        where = field[:80] if code == "bad-field" else "a field"
        raise BadCommand(f"{where or 'the body'} {reason}.", code=code) from None


def iso_day(value: str, name: str) -> str:
    """A date as YYYY-MM-DD. Raises BadCommand for anything else, or a day that does not exist."""
    try:
        if len(value) != 10:
            raise ValueError
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadCommand(f"{name} must be a date: YYYY-MM-DD.", code="bad-field", field=name) from None


def iso_time(value: str, name: str) -> tuple[datetime, str]:
    """A time with its offset, as a value and as it is stored (UTC, ends in Z)."""
    try:
        at = datetime.fromisoformat(value)
        if at.tzinfo is None:
            raise ValueError
        return at, stamp(at)
    except (ValueError, OverflowError):
        raise BadCommand(f"{name} must be a time with its offset (ISO 8601).", code="bad-field", field=name) from None


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _depth(value: Any) -> int:
    level: list[Any] = [value]
    deep = 0
    while level:
        deep += 1
        if deep > DEEPEST:
            break
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return deep
