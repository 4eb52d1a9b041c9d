"""The wire: typed commands in, events out. Unknown commands and unknown fields are refused."""

from __future__ import annotations

import inspect
import re
from typing import Any

from pydantic import TypeAdapter, ValidationError

from consult.domain import commands
from consult.domain.commands import Command
from consult.errors import BadCommand


def wire_name(kind: type[Command]) -> str:
    """`PutNoteLine` -> "put_note_line"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


COMMANDS: dict[str, type[Command]] = {
    wire_name(kind): kind
    for _, kind in inspect.getmembers(commands, inspect.isclass)
    if issubclass(kind, Command) and kind is not Command
}
NAMES = {kind: name for name, kind in COMMANDS.items()}
_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in COMMANDS.items()}

# What went wrong with a field, in words; the value itself is never repeated.
_REASONS = {
    "missing": "is missing",
    "unexpected_keyword_argument": "is not known",
    "string_too_long": "is too long: at most {max_length} characters",
    "string_too_short": "is too short: at least {min_length} characters",
    "too_long": "has too many entries: at most {max_length}",
    "too_short": "has too few entries: at least {min_length}",
    "literal_error": "must be one of {expected}",
}


def parse(name: str, data: object) -> Command:
    """The command that `data` spells. Raises BadCommand naming the field and the limit, never the value."""
    adapter = _ADAPTERS.get(name)
    if adapter is None:
        raise BadCommand(f"There is no command {name[:60]!r}.", code="unknown-command")
    if not isinstance(data, dict):
        raise BadCommand("The data of a command is an object.", code="bad-command")
    try:
        command: Command = adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "data"
        words = _REASONS.get(first["type"], "has a wrong value or type")
        reason = words.format_map(_Context(first.get("ctx") or {}))
        code = {"unexpected_keyword_argument": "unknown-field", "string_too_long": "too-long", "too_long": "too-long"}
        raise BadCommand(f"{name}: {field} {reason}.", code=code.get(first["type"], "bad-field"), field=field) from None
    return command


class _Context(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "?"
