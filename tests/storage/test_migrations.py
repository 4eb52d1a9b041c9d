"""A database that an older version filled is brought up with all that stands in it, and goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.ext.asyncio import create_async_engine

from consult.domain.consult import Consult, fold
from consult.errors import SiteError, Unavailable
from consult.storage.audit import AuditTrail
from consult.storage.database import open_database
from consult.storage.documents import DocumentStore
from consult.storage.events import Appended, EventStore
from consult.storage.identities import AccountStore, SessionStore
from consult.storage.revisions import MIGRATIONS
from consult.storage.verify import verify
from tests.storage.building import batch, line

ACTOR = '{"id":"staff-1","role":"pharmacist","name":"Ann Lee"}'
PATIENT = {
    "id": "p1",
    "name": "Maria Lopez",
    "birth_date": "1952-03-14",
    "sex": "f",
    "phone": "555-0142",
    "address": "",
    "language": "en",
    "plan_name": "",
    "member_id": "",
}
# A mention as it was before there was a context of the line and more of the sig.
MENTION = {
    "start": 0,
    "end": 8,
    "text": "warfarin",
    "ingredients": ["warfarin"],
    "match": "exact",
    "strength": "5 mg",
    "dose": None,
    "route": None,
    "frequency": "1/day",
    "as_needed": False,
    "duration": None,
    "timing": None,
    "previous": None,
    "indication": None,
    "status": "active",
    "subject": "patient",
    "confidence": 1.0,
    "candidates": [],
    "flags": [],
    "cues": [],
}
PAPER = b"the paper of that day"
# What the first revision stored of one short consult: type and data of each event, one command each.
SAID: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "consult_scheduled",
        {
            "patient": PATIENT,
            "pharmacist_id": "staff-1",
            "planned_at": "2026-03-02T10:00:00Z",
            "kind": "cmr",
            "modality": "phone",
            "script_id": "cmr",
        },
    ),
    ("consult_opened", {}),
    (
        "note_line_put",
        {
            "line_id": "line-1",
            "after": "",
            "rev": 1,
            "text": "warfarin 5 mg daily \u2013 \u00absince May\u00bb",
            "open": False,
            "speaker": "pharmacist",
            "conflicts_with": "",
        },
    ),
    (
        "mentions_found",
        {"line_id": "line-1", "rev": 1, "medications": [MENTION], "effects": [], "heard": []},
    ),
)


def _fill(connection: Connection) -> None:
    """The tables of the first revision, with a consult, its audit trail, a document, an account and a session."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")

    def put(table: str, **row: object) -> None:
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({places})"), row)

    for seq, (kind, data) in enumerate(SAID, 1):
        at, command_id = f"2026-03-02T10:00:0{seq}.000Z", f"command-{seq}"
        stored = json.dumps({**data, "type": kind})
        event = {"consult_id": "c1", "seq": seq, "command_id": command_id, "at": at, "actor": ACTOR}
        put("events", **event, type=kind, data=stored)
        put("commands", command_id=command_id, consult_id="c1", first_seq=seq, last_seq=seq)
        who = {"at": at, "actor_id": "staff-1", "role": "pharmacist", "action": kind, "consult_id": "c1"}
        put("audit", **who, object=f"{command_id}@{seq}", outcome="ok", code="")
    row = {"id": "c1", "patient_name": "Maria Lopez", "phase": "open", "pharmacist_id": "staff-1", "lines": 1}
    put("consults", id="c1", head=len(SAID), phase="open", pharmacist_id="staff-1", row=json.dumps(row))
    put("documents", sha256=hashlib.sha256(PAPER).hexdigest(), media_type="application/pdf", content=PAPER)
    account = {"id": "staff-1", "login": "ann", "name": "Ann Lee", "role": "pharmacist", "title": "PharmD"}
    put("accounts", **account, password_hash="hash", active=True, version=1)
    session = {"token_hash": "t", "member_id": "staff-1", "role": "pharmacist", "name": "Ann Lee", "consult_id": ""}
    put("sessions", **session, created_at="2026-03-02", expires_at="2099-01-01", account_version=1)


@pytest.fixture
async def older_postgresql(postgres: str) -> AsyncIterator[str]:
    """The address of a PostgreSQL database that the first revision filled."""
    name = postgres.rsplit("/", 1)[1] + "_older"
    address = f"{postgres.rsplit('/', 1)[0]}/{name}"
    server = await asyncpg.connect(postgres)
    await server.execute(f"CREATE DATABASE {name}")
    engine = create_async_engine(address.replace("postgresql:", "postgresql+asyncpg:"))
    async with engine.begin() as connection:
        await connection.run_sync(_fill)
    await engine.dispose()
    yield address
    await server.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that the first revision filled."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("older_postgresql")
        return address
    engine = create_engine(f"sqlite:///{tmp_path / 'older.db'}")
    with engine.begin() as connection:
        _fill(connection)
    engine.dispose()
    return f"sqlite:///{tmp_path / 'older.db'}"


async def test_a_filled_database_of_the_first_revision_is_refused_until_it_is_upgraded(older: str) -> None:
    with pytest.raises(SiteError) as refused:
        await open_database(older)

    assert refused.value.code == "database-older"


async def test_all_that_the_first_revision_held_is_there_after_the_upgrade(older: str) -> None:
    database = await open_database(older, create=True)
    store = EventStore(database)
    events = await store.read("c1")
    consult = fold(Consult("c1"), events)
    row = await store.row("c1")
    trail = await AuditTrail(database).read()
    account = await AccountStore(database).by_login("ann")
    session = await SessionStore(database).get("t")
    paper = await DocumentStore(database).get(hashlib.sha256(PAPER).hexdigest())
    await store.close()
    await database.close()

    assert [(event.seq, event.data.type, event.command_id) for event in events] == [
        (seq, kind, f"command-{seq}") for seq, (kind, _) in enumerate(SAID, 1)
    ]
    assert consult.phase == "open"
    assert consult.patient is not None
    assert consult.patient.name == "Maria Lopez"
    assert consult.lines["line-1"].text == SAID[2][1]["text"]
    assert [one.ingredients for one in consult.lines["line-1"].medications] == [("warfarin",)]
    assert row is not None
    assert (row.patient_name, row.lines) == ("Maria Lopez", 1)
    assert [one.action for one in trail] == [kind for kind, _ in SAID]
    assert account is not None
    assert account.title == "PharmD"
    assert session is not None
    assert session.member_id == "staff-1"
    assert paper == PAPER


async def test_after_the_upgrade_commands_stand_once_and_the_chain_begins(older: str) -> None:
    database = await open_database(older, create=True, audit_key="k" * 32)
    store = EventStore(database)
    again = await store.append(batch("c1", 0, line("sent again"), command_id="command-3"))
    for seq in range(4, 8):
        await store.append(batch("c1", seq, line(f"new {seq}")))
    with pytest.raises(Unavailable):  # the guard of the log is there after the upgrade
        await database.write(
            lambda connection: connection.execute(
                text(
                    "INSERT INTO events (consult_id, seq, command_id, at, actor, type, data) "
                    "VALUES ('c1', 10, 'forged', '', '{}', 'consult_opened', '{}')"
                )
            )
        )
    report = await verify(database)
    await store.close()
    await database.close()

    assert again == Appended(3, 3, True)
    assert report.findings == []
    assert report.counts["events"] == 8
    assert report.anchor[0] == 8
    assert report.anchor[1]
