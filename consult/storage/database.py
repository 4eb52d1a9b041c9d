"""The connection to the database: opened, checked, and given work to do in transactions.

Work is a plain function of a SQLAlchemy connection. PostgreSQL runs it over asyncpg on the event loop, SQLite in
a thread of its own: one hop a transaction, where an asynchronous SQLite driver hops on every call of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

import asyncpg
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from consult.errors import SiteError, Unavailable
from consult.storage.chain import Key
from consult.storage.ledger import Ledger, PostgresqlLedger, SqliteLedger
from consult.storage.revisions import bring_up, is_current
from consult.storage.sqlite import FileLock, lengthen_log, prepare, version_warnings
from consult.storage.thread import WorkThread

T = TypeVar("T")
Work = Callable[[Connection], T]

BACKENDS = ("sqlite", "sqlite+aiosqlite", "postgres", "postgresql", "postgresql+asyncpg")
SQLITE_READERS = 3
# A driver raises UnicodeError for an id that is no text; nothing is stored under such an id.
FAILURES = (SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError, OSError, UnicodeError)
WRITE_SECONDS = 10.0  # that one transaction of the log may take before it counts as lost
# A node that hangs must not hold the rows of a consult for ever.
POSTGRESQL_SETTINGS = {
    "application_name": "consult",
    "statement_timeout": "30000",
    "lock_timeout": "10000",
    "idle_in_transaction_session_timeout": "15000",
}


class Database(ABC):
    """An open database. `warnings` are for the operator; `dialect` is "sqlite" or "postgresql"."""

    dialect: str
    warnings: tuple[str, ...] = ()
    ledger: Ledger
    audit_key = Key()

    @abstractmethod
    async def transact(self, work: Work[T]) -> T:
        """What `work` gives, once its transaction is committed durably. Raises the errors of SQLAlchemy."""

    @abstractmethod
    async def query(self, work: Work[T]) -> T:
        """What `work` gives, without a commit. Raises the errors of SQLAlchemy."""

    @abstractmethod
    async def close(self) -> None: ...

    async def write(self, work: Work[T]) -> T:
        """As `transact`; raises Unavailable where the database does not take it."""
        try:
            return await self.transact(work)
        except FAILURES as error:
            raise unavailable(error) from None

    async def read(self, work: Work[T]) -> T:
        """As `query`; raises Unavailable where the database does not answer."""
        try:
            return await self.query(work)
        except FAILURES as error:
            raise unavailable(error) from None

    @abstractmethod
    async def make_ready(self) -> None:
        """Do what a server has done before the first line is written, so that no line waits for it."""

    async def current(self) -> bool:
        """Whether the database answers with the revision that this program knows. Raises Unavailable."""
        return await self.read(is_current)


class PostgresqlDatabase(Database):
    """A pool of connections to a server that several nodes may share."""

    dialect = "postgresql"

    def __init__(self, target: URL) -> None:
        self._engine = create_async_engine(
            target.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,
            pool_size=10,
            max_overflow=5,
            pool_timeout=10,
            pool_pre_ping=True,
            connect_args={"server_settings": POSTGRESQL_SETTINGS, "timeout": 10, "command_timeout": 30},
        )
        self.address = target.set(drivername="postgresql").render_as_string(hide_password=False)
        self._raw: asyncpg.Connection | None = None
        self._turn = asyncio.Lock()  # of those who use it
        self.ledger = PostgresqlLedger(self)

    async def transact(self, work: Work[T]) -> T:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def query(self, work: Work[T]) -> T:
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def raw(self, work: Callable[[Any], Awaitable[T]]) -> T:
        """What `work` gives of a connection of the driver, which is kept for one caller at a time and begins no
        transaction by itself. After any trouble it is thrown away: what became of a transaction is then unknown.
        Raises the errors of the driver."""
        async with self._turn:
            try:
                async with asyncio.timeout(WRITE_SECONDS):
                    if self._raw is None or self._raw.is_closed():
                        self._raw = await asyncpg.connect(self.address, timeout=5, server_settings=POSTGRESQL_SETTINGS)
                    return await work(self._raw)
            except BaseException:
                if self._raw is not None:
                    self._raw.terminate()
                    self._raw = None
                raise

    async def make_ready(self) -> None:
        async def connected(connection: Any) -> None:
            pass

        with contextlib.suppress(*FAILURES):  # the first line will hear of it
            await self.raw(connected)

    async def close(self) -> None:
        if self._raw is not None:
            self._raw.terminate()
        await self._engine.dispose()


class SqliteDatabase(Database):
    """A file that this process alone uses: one connection and thread that writes, a few that read."""

    dialect = "sqlite"

    def __init__(self, path: Path) -> None:
        self._lock = FileLock(path)
        self._path = path
        # Only the owner may read what patients said.
        path.touch(mode=0o600, exist_ok=True)
        self.warnings = version_warnings()
        target = URL.create("sqlite", database=str(path))
        self._writer = create_engine(target, hide_parameters=True, pool_size=1, max_overflow=0)
        self._reader = create_engine(target, hide_parameters=True, pool_size=SQLITE_READERS, max_overflow=0)
        prepare(self._writer, writer=True)
        prepare(self._reader, writer=False)
        self.ledger = SqliteLedger(self)
        self._writing = WorkThread("consult-sqlite-writer")
        self._driver: sqlite3.Connection | None = None  # of the writer, as last seen
        self._reading = ThreadPoolExecutor(SQLITE_READERS, "consult-sqlite-reader")

    async def transact(self, work: Work[T]) -> T:
        return await self._writing.run(lambda: _in_transaction(self._writer, work))

    def raw(self, work: Callable[[sqlite3.Connection], T]) -> Awaitable[T]:
        """What `work` gives of the connection of the driver, which begins no transaction by itself; one that `work`
        leaves open is rolled back. Begun before this returns. Raises the errors of `sqlite3`."""
        return self._writing.run(lambda: self._with_driver(work))

    def _with_driver(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """In the thread that writes, which alone uses the connection: it need not be asked for each time."""
        connection = self._driver
        if connection is None:
            pooled = self._writer.raw_connection()
            self._driver = connection = cast(sqlite3.Connection, pooled.driver_connection)
            pooled.close()
        try:
            return work(connection)
        except BaseException:
            self._driver = None
            raise
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    async def make_ready(self) -> None:
        await self._writing.run(lambda: lengthen_log(self._path))

    async def query(self, work: Work[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._reading, _in_transaction, self._reader, work)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        self._reading.shutdown()
        self._writing.close()
        # Readers first: the connection that closes last checkpoints, and only the writer may.
        self._reader.dispose()
        self._writer.dispose()
        self._lock.release()


def _in_transaction(engine: Engine, work: Work[T]) -> T:
    with engine.begin() as connection:
        return work(connection)


def unavailable(error: BaseException) -> Unavailable:
    """The error to show for one of the database: its class and state, never the text, which may quote a row."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    state = str(getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None) or "")
    return Unavailable(
        "The database did not answer as expected; nothing that was acknowledged is lost. Try again.",
        reason=type(error).__name__,
        state=state,
    )


async def open_database(url: str, *, create: bool = False, audit_key: str = "") -> Database:
    """The database at `url` ("sqlite:///path" or "postgresql://..."), at the newest revision.

    `create` makes what is missing and migrates what is older. Raises SiteError: database-url,
    database-missing, database-older, database-newer, database-foreign, database-in-use, database-unsafe,
    database-unreachable.
    """
    target = address(url)
    database: Database
    if target.get_backend_name() == "sqlite":
        database = SqliteDatabase(_sqlite_path(target, create))
    else:
        database = PostgresqlDatabase(target)
    database.audit_key = Key(audit_key)
    try:
        await database.transact(lambda connection: bring_up(connection, upgrade=create))
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


def address(url: str) -> URL:
    """The parts of a database's address. Raises SiteError (database-url)."""
    try:
        target = make_url(url)
    except ArgumentError:
        target = URL.create("")
    if target.drivername not in BACKENDS:
        # The address may hold a password; it is not repeated.
        raise SiteError("A database address is sqlite:///PATH or postgresql://...", code="database-url")
    if target.drivername == "postgres":
        target = target.set(drivername="postgresql")
    if target.get_backend_name() == "sqlite" and target.database in (None, "", ":memory:"):
        raise SiteError("SQLite needs a file: sqlite:///PATH", code="database-url")
    return target


def _sqlite_path(target: URL, create: bool) -> Path:
    path = Path(target.database or "")
    if not create and not path.exists():
        raise SiteError(f"There is no database at {path}: run `consult db upgrade`.", code="database-missing")
    if not path.parent.is_dir():
        raise SiteError(f"There is no folder {path.parent} for the database.", code="database-missing")
    return path
