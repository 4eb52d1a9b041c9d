"""What a server does for itself beside the consults: is it ready, what is over, where does the audit chain stand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from consult.errors import ConsultError
from consult.storage.anchors import note_anchor
from consult.storage.database import Database

log = logging.getLogger("consult.upkeep")
ANSWER_SECONDS = 2.0
PARTS = 40  # in which the work of a round is done
T = TypeVar("T")
HOUR = 3600.0
FIVE_MINUTES = 300.0
OLD_DATA_DAYS = 366


async def spread(items: Iterable[T], every: float) -> AsyncIterator[T]:
    """The items as they are now, a few at a time over `every` seconds, so that what waits for the loop meanwhile does
    not wait for all of them."""
    left = list(items)
    parts = max(1, min(len(left), PARTS))
    for part in range(parts):
        await asyncio.sleep(every / parts)
        for one in left[part::parts]:
            yield one


class Sessions(Protocol):
    async def drop_expired(self, now: str) -> int: ...


class Trail(Protocol):
    async def anchor(self) -> tuple[int, str]: ...


async def readiness(database: Database, alive: Callable[[], int], data_date: str, now: datetime) -> Mapping[str, str]:
    """What a balancer and an operator should know: a check says "ok", "failing: ..." or a remark."""
    checks: dict[str, str] = {}
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            checks["schema"] = "ok" if await database.current() else "failing: of another version than the program"
        checks["database"] = "ok"
    except (ConsultError, TimeoutError):
        checks["database"] = "failing: does not answer"
    checks["analysis"] = "ok" if alive() else "failing: no analysis process lives"
    age = (now.date() - datetime.fromisoformat(data_date).date()).days if data_date else OLD_DATA_DAYS + 1
    checks["data"] = f"of {data_date or 'no date'}" + (", more than a year old" if age > OLD_DATA_DAYS else "")
    if database.warnings:
        checks["sqlite"] = " ".join(database.warnings)
    return checks


async def drop_expired(sessions: Sessions, clock: Callable[[], datetime], every: float = HOUR) -> None:
    """Clear away sessions that have ended, now and then, until cancelled."""
    while True:
        await _tried("sessions", lambda: sessions.drop_expired(clock().isoformat()))
        await asyncio.sleep(every)


async def note_anchors(trail: Trail, clock: Callable[[], datetime], path: str, every: float = FIVE_MINUTES) -> None:
    """Tell the newest link of the audit chain to the log, and to a file where one is set, until cancelled; and at
    the end."""
    try:
        while True:
            await asyncio.sleep(every)
            await _anchor(trail, clock, path)
    finally:
        await asyncio.shield(_anchor(trail, clock, path))


async def _anchor(trail: Trail, clock: Callable[[], datetime], path: str) -> None:
    async def note() -> None:
        seq, mac = await trail.anchor()
        log.info("audit chain: %d %s", seq, mac)
        if path and mac:
            await asyncio.to_thread(note_anchor, Path(path), clock().isoformat(timespec="seconds"), seq, mac)

    await _tried("anchor", note)


async def _tried(what: str, work: Callable[[], Awaitable[object]]) -> None:
    try:
        await work()
    except (ConsultError, OSError) as error:
        log.warning("%s: %s", what, type(error).__name__)
