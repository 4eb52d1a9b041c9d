"""The connection to the database: opened, checked, and given out for reading and for writing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from consult.errors import SiteError, Unavailable
from consult.storage.revisions import bring_up
from consult.storage.sqlite import FileLock, prepare, version_warnings

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
# A node that hangs must not hold the rows of a consult for ever.
POSTGRESQL_SETTINGS = {
    "application_name": "consult",
    "statement_timeout": "30000",
    "lock_timeout": "10000",
    "idle_in_transaction_session_timeout": "15000",
}


class Database:
    """An open database. `warnings` are for the operator; `dialect` is "sqlite" or "postgresql".

    On SQLite everything is written over one connection, one transaction at a time, and read over others.
    """

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, lock: FileLock | None) -> None:
        self._writer = writer
        self._reader = reader
        self._file_lock = lock
        self._one_writer = asyncio.Lock()
        self.dialect = writer.dialect.name
        self.warnings: tuple[str, ...] = version_warnings() if lock else ()

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """A connection in a transaction that commits at the end of the block, durably."""
        if self.dialect == "sqlite":
            async with self._one_writer, self._writer.begin() as connection:
                yield connection
        else:
            async with self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading. Raises Unavailable where the database does not answer."""
        async with answering(), self._reader.connect() as connection:
            yield connection

    async def ping(self) -> None:
        """Ask the database for one row. Raises Unavailable."""
        async with self.read() as connection:
            await connection.exec_driver_sql("SELECT 1")

    async def close(self) -> None:
        # Readers first: the connection that closes last checkpoints, and only the writer may.
        if self._reader is not self._writer:
            await self._reader.dispose()
        await self._writer.dispose()
        if self._file_lock:
            self._file_lock.release()


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """Turn errors of the database into Unavailable, without the driver's text: it may quote a row."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise unavailable(error) from None


def unavailable(error: BaseException) -> Unavailable:
    """The error to show for one of the database; it names the class and the SQL state, never a value."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    state = str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or "")
    return Unavailable(
        "The database did not answer as expected; nothing that was acknowledged is lost. Try again.",
        reason=type(error).__name__,
        state=state,
    )


async def open_database(url: str, *, create: bool = False) -> Database:
    """The database at `url` ("sqlite:///path" or "postgresql://..."), at the newest revision.

    `create` makes what is missing and migrates what is older. Raises SiteError: database-url,
    database-missing, database-older, database-newer, database-in-use, database-unsafe, database-unreachable.
    """
    target = _target(url)
    if target.get_backend_name() == "sqlite":
        database = _open_sqlite(target, create)
    else:
        engine = create_async_engine(
            target,
            hide_parameters=True,
            pool_size=10,
            max_overflow=5,
            pool_timeout=10,
            pool_pre_ping=True,
            connect_args={"server_settings": POSTGRESQL_SETTINGS, "timeout": 10},
        )
        database = Database(engine, engine, None)
    try:
        async with database.write() as connection:
            await connection.run_sync(lambda sync: bring_up(sync, upgrade=create))
    except (SQLAlchemyError, OSError) as error:
        await database.close()
        raise SiteError(
            f"The database cannot be opened ({type(error).__name__}); is its address right, and does it run?",
            code="database-unreachable",
        ) from None
    except BaseException:
        await database.close()
        raise
    return database


def _target(url: str) -> URL:
    try:
        target = make_url(url)
        target = target.set(drivername=DRIVERS[target.drivername])
    except (ArgumentError, KeyError):
        # The address may hold a password; it is not repeated.
        raise SiteError("A database address is sqlite:///PATH or postgresql://...", code="database-url") from None
    if target.get_backend_name() == "sqlite" and target.database in (None, "", ":memory:"):
        raise SiteError("SQLite needs a file: sqlite:///PATH", code="database-url")
    return target


def _open_sqlite(target: URL, create: bool) -> Database:
    path = Path(target.database or "")
    if not create and not path.exists():
        raise SiteError(f"There is no database at {path}: run `consult db upgrade`.", code="database-missing")
    if not path.parent.is_dir():
        raise SiteError(f"There is no folder {path.parent} for the database.", code="database-missing")
    lock = FileLock(path)
    # Only the owner may read what patients said.
    path.touch(mode=0o600, exist_ok=True)
    writer = create_async_engine(target, hide_parameters=True, pool_size=1, max_overflow=0)
    reader = create_async_engine(target, hide_parameters=True, pool_size=4, max_overflow=0)
    prepare(writer.sync_engine, writer=True)
    prepare(reader.sync_engine, writer=False)
    return Database(writer, reader, lock)
