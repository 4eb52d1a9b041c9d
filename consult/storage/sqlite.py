"""What SQLite needs to be safe: pragmas, one process a file, one writing connection.

The WAL-reset race (SQLite 3.7.0 to 3.51.2 without a back-port) can lose commits where two connections write or
checkpoint. Here one connection does both, and the others only read; so a version in that range is safe as long
as nothing else opens the file, which the lock cannot enforce on foreign tools: it is told as a warning.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, event

from consult.errors import SiteError

BUSY_MS = 5000
# In one piece of the cache: a kernel that was given a megabyte at once goes through all of it for each page written.
PIECE = 64 * 1024
LOG_PAGES = 4000  # of the write-ahead log before they are copied into the database
LOG_BYTES = 32 + LOG_PAGES * (24 + 4096)  # the header, and each page with its own


class FileLock:
    """Holds `FILE.lock` for the life of the process; the system lets it go when the process dies."""

    def __init__(self, database: Path) -> None:
        self._file: IO[str] = database.with_name(database.name + ".lock").open("w")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise SiteError(
                "Another consult process uses this SQLite database; stop it, or use PostgreSQL for several processes.",
                code="database-in-use",
            ) from None

    def release(self) -> None:
        self._file.close()


def version_warnings(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> tuple[str, ...]:
    """A warning where this SQLite has the WAL-reset race."""
    fixed = (
        version >= (3, 51, 3)
        or (3, 50, 7) <= version < (3, 51, 0)
        or (3, 44, 6) <= version < (3, 45, 0)
        or version < (3, 7, 0)
    )
    if fixed:
        return ()
    name = ".".join(str(part) for part in version)
    return (f"SQLite {name} has the WAL-reset race: let no other program open the database file while consult runs.",)


def prepare(engine: Engine, *, writer: bool) -> None:
    """Set the pragmas on each new connection, and begin transactions so that a writer never has to upgrade a lock. A
    reader begins none: nearly all reads are one statement, and each step gives the interpreter's lock away."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()

        def pragma(name: str, value: str | int) -> object:
            cursor.execute(f"PRAGMA {name}={value}")
            cursor.execute(f"PRAGMA {name}")
            return cursor.fetchone()[0]

        expected: dict[str, tuple[str | int, object]] = {
            "busy_timeout": (BUSY_MS, BUSY_MS),
            "journal_mode": ("wal", "wal"),
            "synchronous": ("full", 2),
            "foreign_keys": ("on", 1),
            # Triggers guard the log; REPLACE must fire them too.
            "recursive_triggers": ("on", 1),
        }
        if writer:
            # Pages that many commits touch are then copied once: a log of 16 MB at most, read again after a crash.
            # 32 MB of pages in memory: the keys of commands are spread over all of their table.
            expected |= {"wal_autocheckpoint": (LOG_PAGES, LOG_PAGES), "cache_size": (-32768, -32768)}
        else:
            # Only the writer checkpoints; see the WAL-reset race above.
            expected |= {"wal_autocheckpoint": (0, 0), "query_only": ("on", 1)}
        for name, (asked, held) in expected.items():
            if pragma(name, asked) != held:
                raise SiteError(f"SQLite does not hold {name}={asked} on this file system.", code="database-unsafe")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        if writer:
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def lengthen_log(database: Path) -> None:
    """Give the write-ahead log its full length, so that no commit has to: one that makes a file longer waits for the
    journal of the file system too. Zeros are no pages of a log; SQLite stops reading where it finds them. Where there
    is not that much room the log stays as it is."""
    with (
        contextlib.suppress(OSError),
        database.with_name(database.name + "-wal").open("r+b", buffering=0) as log,
    ):
        size = log.seek(0, os.SEEK_END)
        try:
            for at in range(size, LOG_BYTES, PIECE):
                log.write(bytes(min(PIECE, LOG_BYTES - at)))
            os.fsync(log.fileno())
        except OSError:
            log.truncate(size)
