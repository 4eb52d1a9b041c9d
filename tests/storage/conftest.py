"""The databases that the storage tests run on: a new SQLite file each, and PostgreSQL where it answers."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from consult.storage.database import Database, open_database
from consult.storage.events import EventStore
from tests.quickly import new_database

SERVER = os.environ.get("CONSULT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


async def _on_server(statement: str) -> None:
    connection = await asyncpg.connect(SERVER, timeout=5)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty database that is dropped at the end."""
    name = f"consult_test_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        reason = f"PostgreSQL does not answer at CONSULT_TEST_POSTGRES ({type(error).__name__})"
        if os.environ.get("CONSULT_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield f"{SERVER.rsplit('/', 1)[0]}/{name}"
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that other tests may share: tests take new ids."""
    if request.param == "sqlite":
        return new_database(tmp_path / "consult.db")
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await open_database(url, create=True)
    yield opened
    await opened.close()


@pytest.fixture
async def store(database: Database) -> AsyncIterator[EventStore]:
    opened = EventStore(database)
    yield opened
    await opened.close()


@pytest.fixture
def consult_id() -> str:
    return f"consult-{uuid.uuid4()}"
