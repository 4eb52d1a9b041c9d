"""docs/events.md, web/src/shared/protocol.ts and its neighbours say what the classes say."""

import dataclasses
import re
from pathlib import Path
from typing import get_args, get_type_hints

from consult.domain import events as ev
from consult.domain.state import Consult
from consult.session.describe import document
from consult.session.wire import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SHARED = ("protocol", "events", "guidance", "takeaway", "problem", "told")
PROTOCOL = "".join((ROOT / f"web/src/shared/{name}.ts").read_text(encoding="utf-8") for name in SHARED)
SENT = (ROOT / "web/src/shared/commands.ts").read_text(encoding="utf-8")


def interface(name: str) -> set[str]:
    body = re.search(rf"export interface {name} \{{(.*?)\n\}}", PROTOCOL, re.S)
    assert body, name
    return set(re.findall(r"^  (\w+)\??:", body[1], re.M))


def test_the_document_of_events_is_what_the_classes_say() -> None:
    assert (ROOT / "docs/events.md").read_text(encoding="utf-8") == document(), "run: make generate"


def test_the_pages_know_every_event_type() -> None:
    types = {get_args(get_type_hints(kind)["type"])[0] for kind in get_args(ev.EventData)}

    assert set(re.findall(r'type: "(\w+)"', PROTOCOL)) == types


def test_the_pages_send_only_commands_that_exist() -> None:
    body = re.search(r"export interface Commands \{(.*?)\n\}", SENT, re.S)
    assert body

    assert set(re.findall(r"^  (\w+):", body[1], re.M)) <= set(COMMANDS)


def test_the_values_of_the_pages_have_the_fields_of_the_classes() -> None:
    seen: dict[str, type] = {}

    def collect(kind: object) -> None:
        if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind.__name__ not in seen:
            seen[kind.__name__] = kind
            for hint in get_type_hints(kind).values():
                collect(hint)
        for part in get_args(kind):
            collect(part)

    collect(Consult)
    for name, kind in seen.items():
        assert interface(name) == {field.name for field in dataclasses.fields(kind)}, name
