"""The event log: once, in order, durable, and nobody pays for somebody else's mistake."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from consult.domain.events import ChatMessageSent, LabRecorded
from consult.domain.patient import Lab
from consult.errors import BadCommand, StaleSequence, Unavailable
from consult.storage.audit import AuditTrail
from consult.storage.database import Database, open_database
from consult.storage.events import Appended, EventStore
from consult.storage.verify import verify
from tests.storage.building import ANN, AT, batch, line


async def _texts(store: EventStore, consult_id: str) -> list[tuple[int, str]]:
    return [(event.seq, event.data.text) for event in await store.read(consult_id)]  # type: ignore[union-attr]


async def test_events_come_back_as_they_were_written(store: EventStore, consult_id: str) -> None:
    written = batch(consult_id, 0, line("one"), ChatMessageSent("m-1", "two"))

    assert await store.append(written) == Appended(1, 2, False)
    assert await store.read(consult_id) == written.events


async def test_events_survive_closing_and_opening_the_database(url: str, consult_id: str) -> None:
    first = await open_database(url, create=True)
    store = EventStore(first)
    await store.append(batch(consult_id, 0, line("kept")))
    await store.close()
    await first.close()

    second = await open_database(url)
    texts = await _texts(EventStore(second), consult_id)
    await second.close()

    assert texts == [(1, "kept")]


async def test_repeated_command_gives_its_old_seqs_and_adds_nothing(store: EventStore, consult_id: str) -> None:
    once = batch(consult_id, 0, line("one"), line("two"))
    await store.append(once)
    await store.append(batch(consult_id, 2, line("three")))

    again = await store.append(once)

    assert again == Appended(1, 2, True)
    assert await store.head(consult_id) == 3


async def test_same_command_id_in_another_consult_is_another_command(store: EventStore, consult_id: str) -> None:
    await store.append(batch(consult_id, 0, line(), command_id="same-command"))

    other = await store.append(batch(f"{consult_id}-b", 0, line(), command_id="same-command"))

    assert not other.duplicate


@pytest.mark.parametrize("expected", [0, 2])
async def test_append_that_does_not_continue_at_the_head_is_stale(
    store: EventStore, consult_id: str, expected: int
) -> None:
    await store.append(batch(consult_id, 0, line("first")))

    with pytest.raises(StaleSequence):
        await store.append(batch(consult_id, expected, line("late")))

    assert await _texts(store, consult_id) == [(1, "first")]


async def test_command_without_events_is_remembered_and_audited(
    store: EventStore, database: Database, consult_id: str
) -> None:
    await store.append(batch(consult_id, 0, line()))
    nothing = batch(consult_id, 1)

    assert await store.append(nothing) == Appended(1, 1, False)
    assert await store.append(nothing) == Appended(1, 1, True)
    assert await store.command(consult_id, nothing.command_id) == Appended(1, 1, True)
    assert len(await AuditTrail(database).read(consult_id=consult_id)) == 2


async def test_unknown_command_is_none(store: EventStore, consult_id: str) -> None:
    assert await store.command(consult_id, "never-sent") is None


async def test_each_append_leaves_one_audit_row_without_names_or_words(
    store: EventStore, database: Database, consult_id: str
) -> None:
    written = batch(consult_id, 0, line("said aloud"))
    await store.append(written)
    await store.append(written)

    rows = await AuditTrail(database).read(consult_id=consult_id)

    assert [(row.at, row.actor_id, row.role, row.action, row.object, row.outcome, row.code) for row in rows] == [
        (AT, "staff-1", "pharmacist", "put_note_line", f"{written.command_id}@1", "ok", "")
    ]


async def test_in_one_group_only_the_bad_batches_fail(store: EventStore, consult_id: str) -> None:
    known = batch(consult_id, 0, line("first"))
    await store.append(known)

    outcomes = await asyncio.gather(
        store.append(batch(consult_id, 1, line("second"))),
        store.append(batch(consult_id, 1, line("stale"))),
        store.append(known),
        store.append(batch(consult_id, 2, line("third"))),
        store.append(batch(f"{consult_id}-b", 0, line("another consult"))),
        store.append(batch(f"{consult_id}-c", 4, line("ahead of its log"))),
        return_exceptions=True,
    )

    assert [outcome if isinstance(outcome, Appended) else type(outcome) for outcome in outcomes] == [
        Appended(2, 2, False),
        StaleSequence,
        Appended(1, 1, True),
        Appended(3, 3, False),
        Appended(1, 1, False),
        StaleSequence,
    ]
    assert await _texts(store, consult_id) == [(1, "first"), (2, "second"), (3, "third")]


async def test_the_same_command_twice_in_one_group_is_written_once(store: EventStore, consult_id: str) -> None:
    twice = batch(consult_id, 0, line("once"))

    outcomes = await asyncio.gather(store.append(twice), store.append(twice))

    assert sorted(outcome.duplicate for outcome in outcomes) == [False, True]
    assert await _texts(store, consult_id) == [(1, "once")]


async def test_many_writers_leave_every_log_in_order_without_gaps(store: EventStore, consult_id: str) -> None:
    async def write(name: str) -> None:
        for seq in range(25):
            await store.append(batch(name, seq, line(f"{name} {seq + 1}")))

    names = [f"{consult_id}-{number}" for number in range(30)]
    await asyncio.gather(*(write(name) for name in names))

    for name in names:
        assert await _texts(store, name) == [(seq, f"{name} {seq}") for seq in range(1, 26)]
    assert await store.heads(names) == dict.fromkeys(names, 25)


async def test_reading_goes_on_after_a_seq_and_stops_at_the_limit(store: EventStore, consult_id: str) -> None:
    await store.append(batch(consult_id, 0, *(line(str(number)) for number in range(1, 8))))

    assert [event.seq for event in await store.read(consult_id, after=2, limit=3)] == [3, 4, 5]
    assert await store.read(consult_id, after=7) == ()


async def test_unknown_consult_has_head_zero_and_no_row(store: EventStore, consult_id: str) -> None:
    assert await store.heads([consult_id]) == {consult_id: 0}
    assert await store.row(consult_id) is None


@pytest.mark.parametrize("text", ["a\x00b", "\x00", "naïve – 5 µg 💊 שלום", "{}\"'\\ \u2028"], ids=ascii)
async def test_any_unicode_text_of_a_note_survives_verbatim(store: EventStore, consult_id: str, text: str) -> None:
    await store.append(batch(consult_id, 0, line(text)))

    assert await _texts(store, consult_id) == [(1, text)]


async def test_nul_in_a_patients_name_survives_in_the_row(store: EventStore, consult_id: str) -> None:
    named = batch(consult_id, 0, line())
    await store.append(replace(named, summary=replace(named.summary, patient_name="Ana\x00Ruiz")))

    row = await store.row(consult_id)

    assert row is not None
    assert row.patient_name == "Ana\x00Ruiz"


@pytest.mark.parametrize(
    "bad",
    [line("half a pair \ud83d"), LabRecorded(Lab("inr", float("nan"))), LabRecorded(Lab("inr", float("inf")))],
    ids=["lone surrogate", "not a number", "infinite"],
)
async def test_what_json_cannot_hold_is_refused_and_harms_nobody(
    store: EventStore, consult_id: str, bad: LabRecorded
) -> None:
    refused, written = await asyncio.gather(
        store.append(batch(consult_id, 0, bad)),
        store.append(batch(f"{consult_id}-b", 0, line())),
        return_exceptions=True,
    )

    assert isinstance(refused, BadCommand)
    assert refused.code == "bad-text"
    assert written == Appended(1, 1, False)
    assert await store.head(consult_id) == 0


@pytest.mark.parametrize("command_id", ["nul\x00nul", "half \udc00"], ids=ascii)
async def test_id_that_a_database_cannot_hold_is_refused(store: EventStore, consult_id: str, command_id: str) -> None:
    with pytest.raises(BadCommand):
        await store.append(batch(consult_id, 0, line(), command_id=command_id))

    assert await store.head(consult_id) == 0


async def test_event_that_does_not_belong_to_its_append_is_an_error(store: EventStore, consult_id: str) -> None:
    right = batch(consult_id, 0, line())
    wrong = replace(right, events=(replace(right.events[0], seq=2),))

    with pytest.raises(ValueError, match="does not belong"):
        await store.append(wrong)


async def test_rows_show_the_newest_summary_of_a_pharmacist_last_planned_first(
    store: EventStore, consult_id: str
) -> None:
    me, other = f"staff-{consult_id}", f"other-{consult_id}"
    await store.append(batch(f"{consult_id}-a", 0, line(), pharmacist_id=me, planned_at="2026-03-01T09:00:00Z"))
    await store.append(batch(f"{consult_id}-b", 0, line(), pharmacist_id=me, planned_at="2026-03-02T09:00:00Z"))
    await store.append(batch(f"{consult_id}-c", 0, line(), pharmacist_id=other))
    await store.append(batch(f"{consult_id}-a", 1, line(), pharmacist_id=me, planned_at="2026-03-03T09:00:00Z"))

    mine = await store.rows(me)

    assert [(row.id, row.lines) for row in mine] == [(f"{consult_id}-a", 2), (f"{consult_id}-b", 1)]
    assert {row.id for row in await store.rows()} >= {f"{consult_id}-{letter}" for letter in "abc"}
    assert await store.row(f"{consult_id}-a") == mine[0]


async def test_consults_that_are_not_closed_may_wait_for_analysis(store: EventStore, consult_id: str) -> None:
    for phase in ("scheduled", "open", "closed"):
        await store.append(batch(f"{consult_id}-{phase}", 0, line(), phase=phase))

    waiting = set(await store.pending_analysis())

    assert waiting >= {f"{consult_id}-scheduled", f"{consult_id}-open"}
    assert f"{consult_id}-closed" not in waiting


async def test_closing_finishes_what_was_handed_over_and_refuses_the_rest(database: Database, consult_id: str) -> None:
    store = EventStore(database)
    waiting = [asyncio.ensure_future(store.append(batch(f"{consult_id}-{n}", 0, line()))) for n in range(20)]
    await asyncio.sleep(0)
    await store.close()

    assert [await one for one in waiting] == [Appended(1, 1, False)] * 20
    with pytest.raises(Unavailable):
        await store.append(batch(consult_id, 0, line()))


async def test_caller_that_gives_up_leaves_the_log_whole(store: EventStore, consult_id: str) -> None:
    given_up = asyncio.ensure_future(store.append(batch(consult_id, 0, line("given up"), command_id="given-up")))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)

    # Whether it was written or not: sending it again leaves it written once.
    after = await store.append(batch(consult_id, 0, line("given up"), command_id="given-up"))

    assert after.last == 1
    assert await _texts(store, consult_id) == [(1, "given up")]


async def test_what_does_not_fit_is_noticed_without_looking_too(
    store: EventStore, database: Database, consult_id: str
) -> None:
    """After a few groups of its own a store no longer reads what stands before it writes."""
    written: list[str] = []

    async def write(*, times: int = 3) -> None:
        for _ in range(times):
            await store.append(batch(consult_id, len(written), line(f"line {len(written)}")))
            written.append(f"line {len(written)}")

    await write()
    repeated = batch(consult_id, 3, line("line 3"))
    assert await store.append(repeated) == Appended(4, 4, False)
    written.append("line 3")
    await write()
    assert await store.append(repeated) == Appended(4, 4, True)
    for off in (-2, -1, 1, 2):
        await write()
        with pytest.raises(StaleSequence):
            await store.append(batch(consult_id, len(written) + off, line("astray")))
    await write()
    await AuditTrail(database).record(AT, ANN, "http_takeaway", consult_id)
    await write(times=1)

    assert await _texts(store, consult_id) == list(enumerate(written, 1))
    # Other tests damage documents of the database that they share.
    assert [one for one in (await verify(database)).findings if not one.startswith("document ")] == []
