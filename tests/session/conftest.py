"""A consult on a real SQLite store, with a clock that stands and a list of what was sent."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from consult.domain import commands as co
from consult.domain.patient import Patient
from consult.domain.people import Actor
from consult.session.hub import Hub
from consult.storage.database import open_database
from consult.storage.events import EventStore
from tests.quickly import new_database

PHARMACIST = Actor("staff-1", "pharmacist", "Daniel Reyes")
OTHER = Actor("staff-2", "pharmacist", "Anna Lindqvist")
SUPERVISOR = Actor("staff-9", "supervisor", "Ruth Okafor")
PATIENT = Actor("patient:c1", "patient", "Maria Lopez")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
_ids = itertools.count(1)


def command_id() -> str:
    return f"command-{next(_ids):06d}"


class Sent(list[tuple[str, str, dict[str, Any]]]):
    """Everything that was sent: socket, event name, data."""

    def __call__(self, socket: str, name: str, data: dict[str, Any]) -> None:
        self.append((socket, name, orjson.loads(orjson.dumps(data))))  # as the page will read it

    def to(self, socket: str) -> list[dict[str, Any]]:
        """The events that a socket received, in order."""
        return [event for one, name, data in self if one == socket and name == "events" for event in data["events"]]


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A folder that takes what is sent, apart from the database."""
    folder = tmp_path / "drop"
    folder.mkdir()
    return folder


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[EventStore]:
    database = await open_database(new_database(tmp_path / "consult.db"))
    store = EventStore(database)
    yield store
    await store.close()
    await database.close()


@pytest.fixture
def sent() -> Sent:
    return Sent()


@pytest.fixture
async def hub(store: EventStore, sent: Sent) -> AsyncIterator[Hub]:
    hub = Hub(store, lambda: NOW, sent)
    yield hub
    await hub.close()


@pytest.fixture
async def opened(hub: Hub) -> Hub:
    """A hub with the open consult "c1" of PHARMACIST."""
    patient = Patient("p1", "Maria Lopez", "1952-03-14", phone="555-0142")
    await hub.submit("c1", co.ScheduleConsult(patient, PHARMACIST.id, "2026-11-23T15:00:00Z"), PHARMACIST, command_id())
    await hub.submit("c1", co.OpenConsult(), PHARMACIST, command_id())
    return hub


def put(line_id: str, text: str, base_rev: int = 0, after: str = "") -> co.PutNoteLine:
    return co.PutNoteLine(line_id, after, base_rev, text)
