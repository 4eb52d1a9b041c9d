"""The k-th transaction of a consult fails, for each k, before it is committed and after: done whole or not at all."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from consult.domain import commands as co
from consult.domain.events import Event
from consult.domain.patient import Patient
from consult.errors import Unavailable
from consult.session.hub import Hub
from consult.storage.database import SqliteDatabase, open_database
from consult.storage.events import EventStore
from consult.storage.verify import verify
from tests.session.conftest import NOW, PATIENT, PHARMACIST, put

SCRIPT: tuple[tuple[str, co.Command], ...] = (
    ("plan", co.ScheduleConsult(Patient("p1", "Maria Lopez", "1952-03-14"), PHARMACIST.id, "2026-11-23T15:00:00Z")),
    ("open", co.OpenConsult()),
    ("come", co.JoinConsult()),
    ("admit", co.AdmitParticipant(PATIENT.id)),
    ("write", co.TakeWriter("tab-1")),
    ("line 1", put("a", "warfarin 5 mg daily")),
    ("line 1 again", put("a", "warfarin 5 mg daily at night", 1)),
    ("line 2", put("b", "no dizziness", 0, "a")),
    ("gone", co.RemoveNoteLine("b")),
    ("chat", co.SendChat("m-1", "Good morning")),
    ("twin", put("a", "warfarin 7 mg", 1)),
    ("nothing", co.TakeWriter("tab-1")),
)


class Failing(SqliteDatabase):
    """Its `k`-th transaction of the log fails, before or after the commit."""

    k, after, calls = 0, False, 0

    async def raw(self, work: Any) -> Any:
        self.calls += 1
        fails = self.calls == self.k
        if fails and not self.after:
            raise sqlite3.OperationalError("planted")
        result = await super().raw(work)
        if fails:
            raise sqlite3.OperationalError("planted")
        return result


async def played(path: Path, k: int, after: bool) -> tuple[int, int, list[Event], list[str]]:
    """The consult with its k-th transaction failing: calls, refusals, the log, the findings of the check."""
    await (await open_database(f"sqlite:///{path}", create=True)).close()
    database = Failing(path)
    database.k, database.after = k, after
    store, refused = EventStore(database), 0

    def nobody(socket: str, name: str, data: dict[str, Any]) -> None: ...

    hub = Hub(store, lambda: NOW, nobody)
    for name, command in SCRIPT:
        actor = PATIENT if name == "come" else PHARMACIST
        for _ in itertools.repeat(None, 3):  # as a page does: the same command once more
            try:
                await hub.submit("c1", command, actor, f"command {name}")
            except Unavailable:
                refused += 1
            else:
                break
    log = list(await store.read("c1", 0, 1000))
    findings = (await verify(database)).findings
    await hub.close()
    await store.close()
    calls = database.calls
    await database.close()
    return calls, refused, log, findings


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
async def test_each_transaction_that_fails_is_done_whole_or_not_at_all(tmp_path: Path, after: bool) -> None:
    calls, _, sound, _ = await played(tmp_path / "sound.db", 0, after)
    assert calls >= len(SCRIPT) - 1

    for k in range(1, calls + 1):
        _, refused, log, findings = await played(tmp_path / f"{k}.db", k, after)

        assert [(event.seq, event.command_id, event.data) for event in log] == [
            (event.seq, event.command_id, event.data) for event in sound
        ], k
        assert refused == 1, k
        assert findings == [], k
