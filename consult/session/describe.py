"""The contract in words: every command and event with its fields, made from the classes themselves."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from typing import Any, get_args, get_type_hints

from consult.auth.access import roles_of
from consult.domain import events as ev
from consult.domain.text import Limit
from consult.session import audience
from consult.session.wire import COMMANDS

HEADER = """# Commands and events

This page is made from the classes in `consult/domain` by `make generate`; a test holds it true.
A command is what a member, or the program itself, asks of one consult; an event is what then has happened.
How they travel: `docs/architecture.md`.
"""


def document() -> str:
    """docs/events.md."""
    return "\n".join([HEADER, *_commands(), *_events(), *_values()]) + "\n"


def _commands() -> list[str]:
    rows = ["## Commands", ""]
    for name, kind in sorted(COMMANDS.items()):
        rows += [
            f"### `{name}`",
            "",
            _first_paragraph(kind),
            "",
            f"Who: {', '.join(sorted(roles_of(name))) or 'the program alone'}.",
            "",
        ]
        rows += _fields(kind)
    return rows


def _events() -> list[str]:
    rows = ["## Events", "", "Staff of the consult see every event. What a patient sees is said with each.", ""]
    for kind in sorted(get_args(ev.EventData), key=_type_name):
        seen = "no"
        if kind in audience.WAITING:
            seen = "yes, also while waiting"
        elif kind in audience.ADMITTED:
            seen = "once admitted"
        rows += [f"### `{_type_name(kind)}`", ""]
        if text := _first_paragraph(kind):
            rows += [text, ""]
        rows += [f"Seen by the patient: {seen}.", "", *_fields(kind)]
    return rows


def _values() -> list[str]:
    seen: dict[str, type] = {}
    for kind in (*COMMANDS.values(), *get_args(ev.EventData), ev.Event):
        _collect(kind, seen)
    for kind in (*COMMANDS.values(), *get_args(ev.EventData)):
        seen.pop(kind.__name__, None)
    rows = ["## Values", ""]
    for name in sorted(seen):
        rows += [f"### {name}", "", _first_paragraph(seen[name]), "", *_fields(seen[name])]
    return rows


def _collect(kind: type, seen: dict[str, type]) -> None:
    if kind.__name__ in seen or not dataclasses.is_dataclass(kind):
        return
    seen[kind.__name__] = kind
    for hint in get_type_hints(kind).values():
        for part in _parts(hint):
            _collect(part, seen)


def _parts(hint: Any) -> list[type]:
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return [hint]
    return [part for one in get_args(hint) for part in _parts(one)]


def _fields(kind: type) -> list[str]:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        f"- `{one.name}`: {_words(hints[one.name])}{_default(one)}"
        for one in dataclasses.fields(kind)
        if one.name != "type"
    ]
    return [*rows, ""] if rows else []


def _default(one: dataclasses.Field[Any]) -> str:
    if one.default is dataclasses.MISSING:
        return "" if one.default_factory is dataclasses.MISSING else ", may be left out"
    return ", may be left out"


def _words(hint: Any) -> str:
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        inner, *notes = get_args(hint)
        limits = [note for note in notes if isinstance(note, Limit)]
        unit = "entries" if typing.get_origin(inner) is tuple else "characters"
        said = "".join(
            f", {f'{one.shortest} to ' if one.shortest else 'at most '}{one.longest} {unit}" for one in limits
        )
        return _words(inner) + said
    if origin is typing.Literal:
        return "one of " + ", ".join(f'"{one}"' for one in get_args(hint))
    if origin is tuple:
        return f"list of {_words(get_args(hint)[0])}"
    if origin in (typing.Union, types.UnionType):
        return " or ".join("null" if one is type(None) else _words(one) for one in get_args(hint))
    names = {str: "text", int: "whole number", float: "number", bool: "true or false"}
    return names.get(hint, getattr(hint, "__name__", str(hint)))


def _type_name(kind: Any) -> str:
    name: str = get_args(get_type_hints(kind)["type"])[0]
    return name


def _first_paragraph(kind: type) -> str:
    text = inspect.getdoc(kind) or ""
    if re.match(rf"{kind.__name__}\(", text):  # the docstring that dataclass makes itself
        return ""
    return text.split("\n\n")[0].replace("\n", " ")
