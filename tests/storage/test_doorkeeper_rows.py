"""The doorkeeper over real rows: what it decides must hold where many knock at once."""

from __future__ import annotations

import asyncio
import uuid
from datetime import UTC, datetime, timedelta

from consult.auth.sessions import Doorkeeper
from consult.auth.throttle import Throttle
from consult.domain.identity import Account
from consult.errors import LinkRefused
from consult.storage.audit import AuditTrail
from consult.storage.database import Database
from consult.storage.identities import AccountStore, InviteStore, SessionStore
from tests.quickly import quick_hash

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ROOMY = {"key": 10**6, "subject": 10**6, "address": 10**6, "site": 10**6}


def _door(database: Database) -> Doorkeeper:
    return Doorkeeper(
        AccountStore(database),
        InviteStore(database),
        SessionStore(database),
        lambda: NOW,
        audit=AuditTrail(database),
        throttle=Throttle(lambda: NOW, ROOMY),
    )


async def _link(door: Doorkeeper, consult_id: str) -> str:
    hour = timedelta(hours=1)
    return await door.invite(consult_id, f"patient:{consult_id}", "Ana Ruiz", "1950-02-03", NOW - hour, NOW + hour)


async def test_fifty_wrong_dates_at_once_over_two_doors_count_exactly(database: Database, consult_id: str) -> None:
    doors = [_door(database), _door(database)]
    token = await _link(doors[0], consult_id)

    outcomes = await asyncio.gather(
        *(doors[day % 2].join(token, f"1950-03-{day:02}", "1.1.1.1") for day in range(50)), return_exceptions=True
    )

    denied = [row.code for row in await AuditTrail(database).read(consult_id=consult_id)]
    assert {type(outcome) for outcome in outcomes} == {LinkRefused}
    assert len(denied) == 50
    assert denied.count("link-locked") == 46


async def test_sign_in_join_and_end_over_rows(database: Database, consult_id: str) -> None:
    door, accounts, password = _door(database), AccountStore(database), "seven quiet herons at dusk"
    login = f"ann-{uuid.uuid4().hex}"
    await accounts.add(Account(f"staff-{login}", login, "Ann Lee", "pharmacist", quick_hash(password)))
    staff = await door.sign_in(login, password, "pharmacist", "1.1.1.1")
    patient = await door.join(await _link(door, consult_id), "1950-02-03", "1.1.1.1")
    both = [await door.who(staff.token, "pharmacist"), await door.who(patient.token, "patient")]

    await accounts.set_password(f"staff-{login}", quick_hash("another long password"))
    await door.shut_out(consult_id, f"patient:{consult_id}")

    assert both == [staff.session, patient.session]
    assert await door.who(staff.token, "pharmacist") is None
    assert not await door.still_valid(patient.session)
