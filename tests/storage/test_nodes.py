"""Several nodes on one PostgreSQL database: each seq has one winner, each command stands once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from consult.errors import StaleSequence
from consult.storage.database import open_database
from consult.storage.documents import DocumentStore
from consult.storage.events import Append, Appended, EventStore
from tests.storage.building import batch, line


@pytest.fixture
async def nodes(postgres: str) -> AsyncIterator[tuple[EventStore, EventStore]]:
    databases = [await open_database(postgres, create=True) for _ in range(2)]
    first, second = (EventStore(database) for database in databases)
    yield first, second
    for store, database in zip((first, second), databases, strict=True):
        await store.close()
        await database.close()


async def test_two_writers_of_one_consult_get_all_their_commands_in_once_each(
    nodes: tuple[EventStore, EventStore], consult_id: str
) -> None:
    async def write(store: EventStore, name: str) -> None:
        for number in range(30):
            command_id = f"{name}-{number}"
            while True:
                head = await store.head(consult_id)
                try:
                    await store.append(batch(consult_id, head, line(command_id), command_id=command_id))
                except StaleSequence:
                    continue
                break

    first, second = nodes
    await asyncio.gather(write(first, "one"), write(second, "two"))

    log = await first.read(consult_id)
    said = [event.command_id for event in log]
    assert [event.seq for event in log] == list(range(1, 61))
    assert [one for one in said if one.startswith("one")] == [f"one-{number}" for number in range(30)]
    assert [one for one in said if one.startswith("two")] == [f"two-{number}" for number in range(30)]


async def test_for_each_seq_exactly_one_node_wins(nodes: tuple[EventStore, EventStore], consult_id: str) -> None:
    # New consults have no row that could be locked: the unique key decides, inside groups with others.
    names = [f"{consult_id}-{number:02}" for number in range(25)]

    outcomes = await asyncio.gather(
        *(store.append(batch(name, 0, line(), line())) for store in nodes for name in names),
        return_exceptions=True,
    )

    pairs = list(zip(outcomes[:25], outcomes[25:], strict=True))
    assert all({type(first), type(second)} == {Appended, StaleSequence} for first, second in pairs)
    assert await nodes[0].heads(names) == dict.fromkeys(names, 2)


async def test_command_sent_to_both_nodes_stands_once(nodes: tuple[EventStore, EventStore], consult_id: str) -> None:
    sent: list[Append] = [batch(f"{consult_id}-{number:02}", 0, line()) for number in range(25)]

    outcomes = await asyncio.gather(*(store.append(one) for store in nodes for one in sent))

    assert {(outcome.first, outcome.last) for outcome in outcomes} == {(1, 1)}
    assert sorted(outcome.duplicate for outcome in outcomes) == [False] * 25 + [True] * 25


async def test_same_document_put_by_several_nodes_is_kept_once(postgres: str, consult_id: str) -> None:
    databases = [await open_database(postgres, create=True) for _ in range(3)]
    hashes = await asyncio.gather(
        *(DocumentStore(database).put(consult_id.encode(), "text/plain") for database in databases)
    )
    for database in databases:
        await database.close()

    assert len(set(hashes)) == 1


async def test_a_node_that_has_written_alone_notices_another_that_writes_too(
    nodes: tuple[EventStore, EventStore], consult_id: str
) -> None:
    """After a few groups of its own a node no longer looks before it writes; the keys of the tables look for it."""
    first, second = nodes
    for seq in range(4):
        await first.append(batch(consult_id, seq, line(f"first {seq}"), command_id=f"first-{seq}"))
    await second.append(batch(consult_id, 4, line("second"), command_id="second-0"))

    with pytest.raises(StaleSequence):
        await first.append(batch(consult_id, 4, line("late"), command_id="late"))
    again = await first.append(batch(consult_id, 4, line("second"), command_id="second-0"))
    await first.append(batch(consult_id, 5, line("first again")))

    assert again == Appended(5, 5, True)
    assert [event.seq for event in await second.read(consult_id)] == list(range(1, 7))
