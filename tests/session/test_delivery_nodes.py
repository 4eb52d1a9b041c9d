"""Two nodes with one consult in memory send a paper once; of a node that dies in the middle the other tells it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from consult.domain import commands as co
from consult.domain.patient import Patient
from consult.session.delivery import Courier, Parcel
from consult.session.hub import Hub
from consult.storage.claims import Claims
from consult.storage.database import open_database
from consult.storage.events import EventStore
from tests.session.conftest import NOW, PHARMACIST, Sent, command_id
from tests.session.test_desk_delivery import PDF, Shelf, issued
from tests.storage.conftest import postgres as postgres


class Slow:
    """Takes each parcel after a moment."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.begun = asyncio.Event()
        self.go = asyncio.Event()

    async def carry(self, parcel: Parcel) -> str:
        self.begun.set()
        await self.go.wait()
        self.taken.append(parcel.id)
        return "250 ok"


@pytest.fixture
async def nodes(postgres: str) -> AsyncIterator[tuple[tuple[Hub, Courier], tuple[Hub, Courier], Slow]]:
    slow, built = Slow(), []
    databases = [await open_database(postgres, create=True) for _ in range(2)]
    for database in databases:
        hub = Hub(EventStore(database), lambda: NOW, Sent())
        away = Courier(
            {"file": slow},
            Shelf(a=PDF),
            hub.submit,
            hub.fresh,
            command_id,
            "P",
            "1",
            Claims(database).alone,
        )
        hub.after_saving.append(away.notice)
        built.append((hub, away))
    yield built[0], built[1], slow
    for hub, away in built:
        await away.stop()
        await hub.close()
    for database in databases:
        await database.close()


async def requested(hub: Hub, other: Hub) -> None:
    """Consult "c1" at both nodes, with a paper that is to be sent."""
    patient = Patient("p1", "Maria Lopez", "1952-03-14")
    await hub.submit("c1", co.ScheduleConsult(patient, PHARMACIST.id, "2026-11-23T15:00:00Z"), PHARMACIST, command_id())
    await hub.submit("c1", co.OpenConsult(), PHARMACIST, command_id())
    await issued(hub)
    await hub.submit("c1", co.DeliverTakeaway("d1", 1, "file"), PHARMACIST, command_id())
    await other.fresh("c1")


async def test_a_paper_goes_out_once_and_of_one_whose_node_died_in_the_middle_the_other_tells_it(
    nodes: tuple[tuple[Hub, Courier], tuple[Hub, Courier], Slow],
) -> None:
    (first, one), (second, two), slow = nodes
    await requested(first, second)
    async with asyncio.timeout(10):
        await slow.begun.wait()
        two.notice(await second.fresh("c1"), ())
        slow.go.set()
        await asyncio.gather(one.settle("c1"), two.settle("c1"))
    sent_once = (list(slow.taken), (await second.fresh("c1")).deliveries["d1"].stage)

    slow.begun.clear()
    slow.go.clear()
    await first.submit("c1", co.DeliverTakeaway("d2", 1, "file"), PHARMACIST, command_id())
    async with asyncio.timeout(10):
        await slow.begun.wait()
        two.notice(await second.fresh("c1"), ())
        await one.stop()  # in the middle of it
        slow.go.set()
        await two.settle("c1")  # the other node has its turn now

    known = (await first.fresh("c1")).deliveries["d2"]
    assert sent_once == (["d1"], "delivered")
    assert (known.stage, known.code, slow.taken) == ("failed", "outcome-unknown", ["d1"])
