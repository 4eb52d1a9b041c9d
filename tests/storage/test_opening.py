"""Opening a database: made, migrated, refused with a code; safe settings; one process a file."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, text

from consult.errors import SiteError, Unavailable
from consult.storage import tables
from consult.storage.database import Database, open_database
from consult.storage.sqlite import version_warnings


async def _code(url: str, *, create: bool = False) -> str:
    with pytest.raises(SiteError) as caught:
        await open_database(url, create=create)
    return caught.value.code


async def _run(database: Database, statement: str) -> list[object]:
    def work(connection: object) -> list[object]:
        result = connection.execute(text(statement))  # type: ignore[attr-defined]
        return [tuple(row) for row in result] if result.returns_rows else []

    return await database.write(work)


@pytest.fixture
async def empty_postgres(postgres: str) -> AsyncIterator[str]:
    """An address of a database of its own, without tables."""
    name = postgres.rsplit("/", 1)[1] + "_empty"
    connection = await asyncpg.connect(postgres)
    await connection.execute(f"CREATE DATABASE {name}")
    yield f"{postgres.rsplit('/', 1)[0]}/{name}"
    await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database that no other test uses."""
    if request.param == "postgresql":
        address: str = request.getfixturevalue("empty_postgres")
        return address
    path = tmp_path / "empty.db"
    sqlite3.connect(path).close()
    path.touch()
    return f"sqlite:///{path}"


async def test_empty_database_is_refused_until_it_is_upgraded(empty: str) -> None:
    before = await _code(empty)
    upgraded = await open_database(empty, create=True)
    await upgraded.close()
    reopened = await open_database(empty)
    revision = await _run(reopened, "SELECT version_num FROM alembic_version")
    await reopened.close()

    assert before == "database-older"
    assert revision == [("0002",)]


@pytest.mark.parametrize("create", [False, True])
async def test_database_of_a_newer_version_is_refused(empty: str, create: bool) -> None:
    database = await open_database(empty, create=True)
    await _run(database, "UPDATE alembic_version SET version_num = '9999'")
    await database.close()

    assert await _code(empty, create=create) == "database-newer"


async def test_database_of_another_program_is_left_alone(empty: str) -> None:
    database = await open_database(empty, create=True)
    await _run(database, "DROP TABLE alembic_version")
    await database.close()

    assert await _code(empty, create=True) == "database-foreign"


async def test_migrations_make_the_tables_that_the_queries_see(empty: str) -> None:
    database = await open_database(empty, create=True)

    def differences(connection: object) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})  # type: ignore[arg-type]
        return list(compare_metadata(context, tables.metadata))

    found = await database.read(differences)
    await database.close()

    assert found == []


async def test_several_nodes_may_upgrade_postgresql_at_once(empty_postgres: str) -> None:
    opened = await asyncio.gather(*(open_database(empty_postgres, create=True) for _ in range(4)))
    for database in opened:
        assert await database.current()
        await database.close()

    assert len(opened) == 4


async def test_missing_sqlite_file_is_not_made_unasked(tmp_path: Path) -> None:
    path = tmp_path / "none.db"

    assert await _code(f"sqlite:///{path}") == "database-missing"
    assert os.listdir(tmp_path) == []  # no file, no lock


@pytest.mark.parametrize("url", ["mysql://x/y", "nonsense", "sqlite://", "sqlite:///:memory:", ""])
async def test_address_that_is_no_database_is_refused(url: str) -> None:
    assert await _code(url, create=True) == "database-url"


async def test_password_of_an_address_is_not_repeated() -> None:
    secret = "-".join(("canary", "secret"))  # in two: a traceback shows the lines of this test as well

    with pytest.raises(SiteError) as caught:
        await open_database(f"postgresql://consult:{secret}@127.0.0.1:1/consult")

    assert caught.value.code == "database-unreachable"
    assert secret not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("scheme", ["sqlite", "sqlite+aiosqlite"])
async def test_second_opening_of_a_sqlite_file_is_refused_while_the_first_is_open(tmp_path: Path, scheme: str) -> None:
    url = f"{scheme}:///{tmp_path / 'one.db'}"
    database = await open_database(url, create=True)

    while_open = await _code(url)
    await database.close()
    again = await open_database(url)
    await again.close()

    assert while_open == "database-in-use"


async def test_sqlite_is_durable_private_and_checkpointed_by_its_writer_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.db"
    database = await open_database(f"sqlite:///{path}", create=True)
    names = ("journal_mode", "synchronous", "foreign_keys", "query_only", "wal_autocheckpoint")

    def pragmas(connection: object) -> list[object]:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]  # type: ignore[attr-defined]

    writer, reader = await database.write(pragmas), await database.read(pragmas)
    await database.close()

    assert writer == ["wal", 2, 1, 0, 4000]
    assert reader == ["wal", 2, 1, 1, 0]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("version", "warned"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 45, 0), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 53, 0), False),
    ],
)
def test_sqlite_versions_with_the_wal_reset_race_are_warned_of(version: tuple[int, ...], warned: bool) -> None:
    assert bool(version_warnings(version)) is warned


async def test_error_of_the_database_shows_no_words_of_a_patient(database: Database, consult_id: str) -> None:
    row = {
        "consult_id": consult_id,
        "seq": 1,
        "command_id": None,  # not allowed: PostgreSQL would print the whole row
        "at": "now",
        "actor": "{}",
        "type": "note_line_put",
        "data": "Zzyzx Qwertyson takes canarymycin",
    }

    with pytest.raises(Unavailable) as caught:
        await database.write(lambda connection: connection.execute(insert(tables.events), row))

    shown = "".join(traceback.format_exception(caught.value)) + repr(caught.value.detail)
    assert "canarymycin" not in shown
    assert caught.value.detail["reason"] == "IntegrityError"
