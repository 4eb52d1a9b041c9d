"""Group commit: whoever writes takes all that waits, at the last moment, and commits it in one transaction. There is no
timer: a lone batch waits for nobody."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import deque
from collections.abc import Awaitable
from typing import Any, TypeVar

import asyncpg

from consult.errors import Unavailable
from consult.storage.database import FAILURES, Database, unavailable
from consult.storage.ledger import Appended, Outcome, Pending

R = TypeVar("R")
LARGEST_GROUP = 500
# A batch that meets other nodes again and again finds its answer (stale or duplicate) at the second look.
TRIES = 4
# PostgreSQL: serialization failure, deadlock found. Somebody else was at the same rows; nothing was written.
CROSSED = {"40001", "40P01"}
# A row that stands already, or not where it should: another node was there, or a batch is wrong.
CLASHES = (sqlite3.IntegrityError, asyncpg.IntegrityConstraintViolationError)
# The connection is gone: it is not known whether the commit went through; the command ids tell.
LOST = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError)


class GroupWriter:
    """Gives each caller the outcome of its batch after the commit, never before.

    While one group is committed the next commit is called ahead once as many wait as that group has, and takes what has
    come until its turn. So whoever writes need not wait for the loop between two groups; with fewer it does, since a
    commit costs the same for one as for many. A group is at most halfway between the one before and all that waits:
    pages that write again when they are answered would else all be in every second group, and the loop and the database
    would wait for each other in turn instead of working at the same time.
    """

    def __init__(self, database: Database) -> None:
        self._ledger = database.ledger
        self._waiting: deque[Pending] = deque()
        self._called = False  # a commit is on its way that has not yet taken what waits
        self._commits: set[asyncio.Future[Any]] = set()
        self._closed = False
        self.groups = 0  # committed so far
        self._before = 0  # batches in the group before

    def write(self, batch: Pending) -> asyncio.Future[Appended]:
        """Done when the batch is committed. A caller that gives up does not take its batch back."""
        if self._closed:
            raise Unavailable("The server is stopping; try again.")
        self._ledger.spell(batch)
        batch.done = asyncio.get_running_loop().create_future()
        self._waiting.append(batch)
        self._call()
        return batch.done

    @property
    def waiting(self) -> int:
        """How many batches wait for their commit to begin."""
        return len(self._waiting)

    async def close(self) -> None:
        self._closed = True
        while self._commits:
            await asyncio.wait(self._commits)

    def _call(self) -> None:
        ahead = len(self._waiting) >= self._before if self._commits else bool(self._waiting)
        if self._called or not ahead:
            return
        self._called = True
        groups: list[list[Pending]] = []

        def take() -> list[Pending]:
            groups.append(self._take())
            return groups[0]

        def ended(commit: asyncio.Future[list[Outcome]]) -> None:
            self._ended(groups, commit)

        self._watch(self._ledger.commit(take)).add_done_callback(ended)

    def _watch(self, commit: Awaitable[R]) -> asyncio.Future[R]:
        """Something that `close` waits for."""
        watched = asyncio.ensure_future(commit)
        self._commits.add(watched)
        watched.add_done_callback(self._commits.discard)
        return watched

    def _take(self) -> list[Pending]:
        """The next group; called by whoever writes, in a thread of its own or on the loop."""
        self._called = False  # first: what comes from here on calls for itself
        group = self._first(min(LARGEST_GROUP, 1 + (self._before + len(self._waiting)) // 2))
        self._before = len(group)
        return group

    def _first(self, most: int) -> list[Pending]:
        group: list[Pending] = []
        with contextlib.suppress(IndexError):
            while len(group) < most:
                group.append(self._waiting.popleft())
        return group

    def _ended(self, groups: list[list[Pending]], commit: asyncio.Future[list[Outcome]]) -> None:
        error = asyncio.CancelledError() if commit.cancelled() else commit.exception()
        if error is None:
            self.groups += 1
            for batch, outcome in zip(groups[0], commit.result(), strict=True):
                _answer(batch, outcome)
        else:
            if not groups:  # it failed before its turn came: whoever waits must hear of it
                self._called = False
                groups.append(self._first(LARGEST_GROUP))
            if isinstance(error, (*CLASHES, *LOST)) or getattr(error, "sqlstate", None) in CROSSED:
                self._watch(self._each_alone(groups[0])).add_done_callback(lambda _: self._call())
            else:
                _fail(groups[0], error)
        self._call()

    async def _each_alone(self, group: list[Pending]) -> None:
        """The whole group was rolled back, or nobody knows: find out for each batch alone."""
        try:
            for batch in group:
                _answer(batch, await self._alone(batch))
        except BaseException as error:
            _fail(group, error)
            if not isinstance(error, Exception):
                raise

    async def _alone(self, batch: Pending) -> Outcome:
        outcome: Outcome
        for _ in range(TRIES):
            try:
                (outcome,) = await self._ledger.commit(lambda: [batch])
                break
            except FAILURES as error:
                outcome = unavailable(error)
        return outcome


def _fail(group: list[Pending], error: BaseException) -> None:
    for batch in group:
        _answer(batch, unavailable(error))


def _answer(batch: Pending, outcome: Outcome) -> None:
    if batch.done.done():
        return
    if isinstance(outcome, Appended):
        batch.done.set_result(outcome)
    else:
        batch.done.set_exception(outcome)
