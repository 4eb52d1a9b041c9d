"""A server whose code is changed for the test: `python -m tests.chaos.node FAULT serve ...`.

Each planted fault breaks one promise, so that the checker can be seen to catch it. None of this is in the product.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any


def ack_early() -> None:
    """Says saved before it is."""
    from consult.storage.events import Append, Appended, EventStore

    inner, running = EventStore.append, set()

    async def append(self: EventStore, batch: Append) -> Appended:
        async def later() -> None:
            await asyncio.sleep(0.4)
            await inner(self, batch)

        task = asyncio.create_task(later())
        running.add(task)
        return Appended(batch.expected_seq + 1, batch.expected_seq + len(batch.events), False)

    EventStore.append = append  # type: ignore[method-assign]


def no_dedupe() -> None:
    """Takes a command that comes again for a new one."""
    import orjson

    from consult.storage import ledger
    from consult.storage.events import EventStore

    number = itertools.count()
    inner = ledger._to_insert

    def dumps(row: list[Any]) -> str:
        return orjson.dumps(row).decode()

    def renamed(*arguments: Any) -> Any:
        new = inner(*arguments)
        if new is not None:
            rows = map(orjson.loads, new.commands)
            new.commands = [dumps([f"{row[0]}.{os.getpid()}.{next(number)}", *row[1:]]) for row in rows]
        return new

    async def forgotten(self: EventStore, consult_id: str, command_id: str) -> None:
        return None

    ledger._to_insert = renamed
    ledger._known = lambda rows: {}
    EventStore.command = forgotten  # type: ignore[method-assign]


def no_order() -> None:
    """Handles each message in a task of its own, whenever it is done."""
    import random

    from consult.session.live import LiveConsult

    inner = LiveConsult.enqueue

    def enqueue(self: LiveConsult, *arguments: Any) -> None:
        asyncio.get_running_loop().call_later(random.random() * 0.02, inner, self, *arguments)

    LiveConsult.enqueue = enqueue  # type: ignore[method-assign]


def no_audience() -> None:
    """Sends everything to everybody who asks."""
    from consult.session import audience
    from consult.storage.codec import event_bytes

    audience.may_see = lambda consult, actor: True
    audience.encoded = lambda consult, actor, events: [event_bytes(event) for event in events]


def no_audit() -> None:
    """Writes no audit row."""
    from consult.storage import ledger

    inner = ledger._to_insert

    def deaf(*arguments: Any) -> Any:
        new = inner(*arguments)
        if new is not None:
            new.audit = []
        return new

    ledger._to_insert = deaf


def hint_only() -> None:
    """Believes that a hint always arrives, and never asks the database."""
    from consult.session.hub import Hub

    async def watch(self: Hub, every: float = 1.0, *, shared: bool = True) -> None:
        await asyncio.Event().wait()

    Hub.watch = watch  # type: ignore[method-assign]


def no_analysis() -> None:
    """Forgets a line when it should be analysed."""
    from consult.session.assist import Assist

    Assist.notice = lambda self, consult, events: None  # type: ignore[method-assign]


def jumping_clock() -> None:
    """The clock of the machine jumps every two seconds: an hour on, back, 25 seconds back, on."""
    import datetime

    import consult.app

    began, wall = time.monotonic(), time.time
    jumps = (0.0, 3600.0, -3600.0, 25.0, -25.0)

    def jumped() -> float:
        return wall() + jumps[int((time.monotonic() - began) / 2) % len(jumps)]

    time.time = jumped
    consult.app.utc_now = lambda: datetime.datetime.fromtimestamp(jumped(), datetime.UTC)


class Light:
    """An analysis that finds nothing and needs no loading, for drills that are about other things."""

    def run(self, job: str, argument: Any) -> Any:
        from consult.domain.alert import Assessment
        from consult.domain.answer import Guidance
        from consult.domain.mention import Findings
        from consult.session.analysis import Judgement

        return Findings((), ()) if job == "annotate" else Judgement(Assessment((), 0, (), ""), Guidance())


def light() -> Light:
    return Light()


def fail_every(share: int) -> Callable[[], None]:
    """Every so-many-th transaction fails, half of them after it was committed."""

    def plant() -> None:
        import sqlite3

        from consult.storage.database import SqliteDatabase

        inner, calls = SqliteDatabase.raw, itertools.count(1)

        async def transact(self: SqliteDatabase, work: Any) -> Any:
            number = next(calls)
            if number % (2 * share) == 0:
                raise sqlite3.OperationalError("planted")
            result = await inner(self, work)
            if number % (2 * share) == share:
                raise sqlite3.OperationalError("planted after the commit")
            return result

        SqliteDatabase.raw = transact  # type: ignore[method-assign]

    return plant


FAULTS: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    "ack_early": ack_early,
    "no_dedupe": no_dedupe,
    "no_order": no_order,
    "no_audience": no_audience,
    "no_audit": no_audit,
    "hint_only": hint_only,
    "no_analysis": no_analysis,
    "jumping_clock": jumping_clock,
    **{f"fail_every_{share}": fail_every(share) for share in (2, 3, 5, 7)},
}


def leave_with(parent: int) -> None:
    """A node does not outlive the drill that started it."""
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(0)


def serve(fault: str, words: list[str]) -> None:
    """`consult WORDS` with the fault, until it ends."""
    threading.Thread(target=leave_with, args=(os.getppid(),), daemon=True).start()
    FAULTS[fault]()
    if limit := int(os.environ.get("CHAOS_FILE_BYTES", "0")):
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    import consult.app
    from consult.cli import main

    if os.environ.get("CHAOS_LIGHT"):
        from tests.chaos import node

        consult.app.build_analysis = node.light  # type: ignore[assignment]
    main(words)


def forked(fault: str, words: list[str], said: str, environment: Mapping[str, str]) -> None:
    """The same in a process that was forked from one that has loaded the program; `said` takes what it writes."""
    os.environ.clear()
    os.environ.update(environment)
    for number in (1, 2):
        os.dup2(os.open(said, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), number)
    sys.modules["__main__"] = ModuleType("__main__")  # an analysis process would load the one of the test runner
    sys.stdout, sys.stderr = (os.fdopen(number, "w", 1, encoding="utf-8") for number in (1, 2))
    serve(fault, words)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2:])
