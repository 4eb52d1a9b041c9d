"""One consult, one command at a time: durable, ordered, once."""

import asyncio
from collections.abc import Awaitable

import orjson
import pytest

from consult.domain import commands as co
from consult.domain.answer import Guidance
from consult.domain.consult import Consult
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.errors import NotFound, Refused, StaleSequence, Unavailable
from consult.session.hub import Hub, Member
from consult.storage.events import Append, Appended, EventStore
from tests.session.conftest import NOW, OTHER, PATIENT, PHARMACIST, SUPERVISOR, Sent, command_id, put


async def test_a_command_is_acknowledged_with_the_seq_of_its_last_event(opened: Hub, store: EventStore) -> None:
    seq = await opened.submit("c1", put("a", "metformin"), PHARMACIST, command_id())

    events = await store.read("c1")
    assert [event.seq for event in events] == list(range(1, seq + 1))
    assert events[-1].data.type == "note_line_put"


async def test_the_same_command_id_again_gives_the_old_seq_and_no_second_event(opened: Hub, store: EventStore) -> None:
    first = await opened.submit("c1", put("a", "one"), PHARMACIST, "command-same")
    await opened.submit("c1", put("b", "two"), PHARMACIST, command_id())

    again = await opened.submit("c1", put("a", "one"), PHARMACIST, "command-same")

    assert again == first
    assert sum(event.command_id == "command-same" for event in await store.read("c1")) == 1


async def test_a_repeated_command_that_would_now_be_refused_is_acknowledged(opened: Hub) -> None:
    seq = await opened.submit("c1", co.CloseConsult("done"), PHARMACIST, "command-close")

    assert await opened.submit("c1", co.CloseConsult("done"), PHARMACIST, "command-close") == seq


async def test_a_refused_command_changes_nothing(opened: Hub, store: EventStore) -> None:
    before = await store.head("c1")

    with pytest.raises(Refused):
        await opened.submit("c1", co.RemoveNoteLine("nowhere"), PHARMACIST, command_id())

    assert await store.head("c1") == before


async def test_many_commands_at_once_are_stored_gapless_in_one_order_for_everybody(
    opened: Hub, store: EventStore, sent: Sent
) -> None:
    await opened.join("c1", Member("s1", PHARMACIST))
    await opened.join("c1", Member("s2", SUPERVISOR))

    await asyncio.gather(
        *(opened.submit("c1", put(f"line-{i}", f"text {i}"), PHARMACIST, command_id()) for i in range(60))
    )

    stored = [event.seq for event in await store.read("c1") if event.data.type == "note_line_put"]
    assert stored == list(range(stored[0], stored[0] + 60))
    assert [event["seq"] for event in sent.to("s1")] == stored == [event["seq"] for event in sent.to("s2")]


async def test_nothing_is_sent_before_it_is_stored(opened: Hub, store: EventStore, sent: Sent) -> None:
    await opened.join("c1", Member("s1", PHARMACIST))
    heads: list[int] = []
    inner = store.append

    async def watching(batch: Append) -> Appended:
        heads.append(len(sent))
        return await inner(batch)

    store.append = watching  # type: ignore[method-assign]
    await opened.submit("c1", put("a", "one"), PHARMACIST, command_id())

    assert heads == [0]
    assert len(sent) == 1


async def test_who_comes_or_goes_while_a_line_is_being_stored_is_sent_what_they_may_see(
    opened: Hub, store: EventStore, sent: Sent
) -> None:
    await opened.join("c1", Member("s1", PHARMACIST))
    await opened.join("c1", Member("gone", PHARMACIST))
    inner, stored = store.append, asyncio.Event()

    async def slow(batch: Append) -> Appended:
        await stored.wait()
        return await inner(batch)

    store.append = slow  # type: ignore[method-assign]
    written = asyncio.ensure_future(opened.submit("c1", put("a", "one"), PHARMACIST, command_id()))
    await asyncio.sleep(0.01)
    opened.leave("c1", "gone")
    await opened.join("c1", Member("s2", SUPERVISOR))
    await opened.join("c1", Member("s3", PATIENT))
    assert sent == []
    stored.set()
    seq = await written

    assert [event["seq"] for event in sent.to("s1")] == [seq] == [event["seq"] for event in sent.to("s2")]
    assert sent.to("s3") == []  # a patient sees no note line, only that there is an event
    assert {socket for socket, _, _ in sent} == {"s1", "s2", "s3"}


async def test_a_reason_that_one_supervisor_named_opens_the_visit_to_no_other(opened: Hub, sent: Sent) -> None:
    other = Actor("staff-8", "supervisor", "Tom Berg")
    seq = (await opened.fresh("c1")).seq
    no_transcript = co.RecordAssessment(seq, (), 0, (), "2026-11-23", Guidance(refused=("transcript",)))
    await opened.submit("c1", no_transcript, SYSTEM, command_id())
    await opened.submit("c1", co.OpenTranscript("complaint"), SUPERVISOR, command_id())
    await opened.join("c1", Member("s1", SUPERVISOR))
    await opened.join("c1", Member("s2", other))
    seq = await opened.submit("c1", put("a", "one"), PHARMACIST, command_id())

    assert [event["seq"] for event in sent.to("s1")] == [seq]
    assert sent.to("s2") == []


async def test_a_worker_that_fails_at_what_is_stored_neither_stops_the_others_nor_shows_what_was_said(
    opened: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[str] = []

    def failing(consult: Consult, events: tuple[Event, ...]) -> None:
        raise ValueError(events[0])

    opened.after_saving += [failing, lambda consult, events: heard.append(events[0].data.type)]
    await opened.submit("c1", put("a", "her secret"), PHARMACIST, command_id())
    await asyncio.sleep(0)

    assert heard == ["note_line_put"]
    assert "ValueError" in caplog.text
    assert "secret" not in caplog.text


async def test_a_consult_read_anew_is_equal_to_the_live_one(opened: Hub, store: EventStore, sent: Sent) -> None:
    await opened.submit("c1", put("a", "one"), PHARMACIST, command_id())
    live = (await opened.live("c1")).consult

    fresh = (await Hub(store, lambda: NOW, sent).live("c1")).consult

    assert fresh == live


async def test_a_second_node_reads_what_it_missed_and_decides_again(opened: Hub, store: EventStore, sent: Sent) -> None:
    second = Hub(store, lambda: NOW, sent)
    await second.live("c1")
    await opened.submit("c1", put("a", "from the first node"), PHARMACIST, command_id())

    await second.submit("c1", put("a", "from the second node", 1), PHARMACIST, command_id())

    consult = (await second.live("c1")).consult
    assert (consult.lines["a"].rev, consult.lines["a"].text) == (2, "from the second node")
    first = await opened.live("c1")
    await first.catch_up()
    assert first.consult == consult


async def test_a_store_that_fails_is_reported_and_the_next_command_works(opened: Hub, store: EventStore) -> None:
    inner, broken = store.append, [True]

    async def failing(batch: Append) -> Appended:
        if broken.pop() if broken else False:
            raise OSError("disk")
        return await inner(batch)

    store.append = failing  # type: ignore[method-assign]
    with pytest.raises(Exception, match="could not be saved") as error:
        await opened.submit("c1", put("a", "one"), PHARMACIST, "command-retry")
    seq = await opened.submit("c1", put("a", "one"), PHARMACIST, "command-retry")

    assert "disk" not in str(error.value)
    assert seq == await store.head("c1")


async def test_what_was_stored_though_its_answer_was_lost_is_sent_soon(
    opened: Hub, store: EventStore, sent: Sent
) -> None:
    append = store.append

    async def lost(batch: Append) -> Appended:
        await append(batch)
        raise Unavailable("The database did not answer.")

    await opened.join("c1", Member("s1", PHARMACIST))
    store.append = lost  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await opened.submit("c1", put("a", "warfarin"), PHARMACIST, command_id())
    store.append = append  # type: ignore[method-assign]
    before = sent.to("s1")

    watching = asyncio.create_task(opened.watch(0.01, shared=False))
    async with asyncio.timeout(5):
        while not sent.to("s1"):
            await asyncio.sleep(0.01)
    watching.cancel()

    assert before == []
    assert [event["data"]["text"] for event in sent.to("s1")] == ["warfarin"]


async def test_an_unknown_consult_is_not_found(hub: Hub) -> None:
    with pytest.raises(NotFound):
        await hub.submit("nowhere", co.OpenConsult(), PHARMACIST, command_id())


async def test_a_foreign_consult_looks_like_an_absent_one(opened: Hub) -> None:
    for actor in (OTHER, PATIENT.__class__("patient:other", "patient", "X")):
        with pytest.raises(NotFound) as foreign:
            await opened.join("c1", Member("s", actor))
        with pytest.raises(NotFound) as absent:
            await opened.join("absent", Member("s", actor))
        assert foreign.value.message == absent.value.message


async def test_reading_in_pages_covers_everything_once(opened: Hub) -> None:
    for i in range(7):
        await opened.submit("c1", put(f"l{i}", "x"), PHARMACIST, command_id())
    seqs: list[int] = []
    since, more = 0, True

    while more:
        page = await opened.read("c1", PHARMACIST, since, 3)
        seqs += [event["seq"] for event in orjson.loads(orjson.dumps(page["events"]))]
        since, more = page["to"], page["more"]

    assert seqs == list(range(1, page["head"] + 1))


async def test_closing_finishes_what_is_queued(opened: Hub, store: EventStore) -> None:
    work = [asyncio.create_task(opened.submit("c1", put(f"l{i}", "x"), PHARMACIST, command_id())) for i in range(20)]
    await asyncio.sleep(0)

    await opened.close()

    seqs = await asyncio.gather(*work)
    assert max(seqs) == await store.head("c1")


def test_stale_sequence_is_a_consult_error() -> None:
    assert StaleSequence("x").code == "stale-sequence"


async def test_a_command_is_with_the_store_in_the_next_turn_of_the_loop_and_the_one_behind_it_waits(
    opened: Hub, store: EventStore
) -> None:
    live = await opened.live("c1")
    await asyncio.sleep(0)
    inner, expected, answers = store.append, list[int](), list[object]()

    def watching(batch: Append) -> Awaitable[Appended]:
        expected.append(batch.expected_seq)
        return inner(batch)

    store.append = watching  # type: ignore[method-assign]
    live.enqueue(put("a", "one"), PHARMACIST, command_id(), answers.append)
    live.enqueue(put("b", "two"), PHARMACIST, command_id(), answers.append)
    await asyncio.sleep(0)
    before_the_first_is_stored = len(expected)
    await live.catch_up()

    head = await store.head("c1")
    assert before_the_first_is_stored == 1
    assert answers == [head - 1, head]
    assert expected == [head - 2, head - 1]
