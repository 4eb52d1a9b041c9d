"""Run by the crash test: append to a few consults at once, and say each append once it is acknowledged."""

from __future__ import annotations

import asyncio
import os
import sys

from consult.storage.database import open_database
from consult.storage.events import EventStore
from tests.storage.building import batch, line


async def write(store: EventStore, consult_id: str) -> None:
    seq = await store.head(consult_id)
    while True:
        appended = await store.append(batch(consult_id, seq, line(f"{consult_id} {seq + 1}")))
        seq = appended.last
        os.write(1, f"{consult_id} {seq}\n".encode())


async def main(url: str) -> None:
    database = await open_database(url, create=True)
    await database.make_ready()
    store = EventStore(database)
    await asyncio.gather(*(write(store, f"consult-{number}") for number in range(8)))


asyncio.run(main(sys.argv[1]))
