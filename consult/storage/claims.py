"""Work that one node alone may do at a time, such as sending a mail: a lock of PostgreSQL's for each piece of it.

A node that dies lets go of its locks by that, and the next one has the turn. SQLite serves one process, which asks
nobody.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from consult.storage.database import FAILURES, Database, PostgresqlDatabase, unavailable

AT_ONCE = 4  # connections of one node that hold a piece of work or wait for one
# A node whose machine has lost its power holds nothing for longer than half a minute.
ALIVE = {"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"}
LOCK = "SELECT pg_advisory_lock(hashtextextended($1, 7205115))"  # the number is ours


class Claims:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._room = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def alone(self, what: str) -> AsyncIterator[None]:
        """Hold `what` while the block runs, once no other node holds it. Whoever has waited looks again what is left
        to do. Raises Unavailable."""
        if not isinstance(self._database, PostgresqlDatabase):
            yield
            return
        async with self._room:
            try:
                line = await asyncpg.connect(self._database.address, timeout=5, server_settings=ALIVE)
            except FAILURES as error:
                raise unavailable(error) from None
            try:
                try:
                    await line.fetchval(LOCK, what)
                except FAILURES as error:
                    raise unavailable(error) from None
                yield
            finally:
                line.terminate()
