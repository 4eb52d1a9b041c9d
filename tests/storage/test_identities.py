"""Accounts, join links and sessions as rows."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import replace

import pytest

from consult.domain.identity import Account, Invite, Session
from consult.errors import NotFound, Refused
from consult.storage.database import Database
from consult.storage.identities import AccountStore, InviteStore, SessionStore


def _account() -> Account:
    new = uuid.uuid4().hex
    return Account(f"staff-{new}", f"ann-{new}", "Ann Lee", "pharmacist", "hash", "PharmD")


def _invite(consult_id: str = "", member_id: str = "patient-1") -> Invite:
    new = uuid.uuid4().hex
    return Invite(
        new, f"hash-{new}", consult_id or new, member_id, "Ana Ruiz", "1950-02-03", "2026-03-01", "2026-03-03"
    )


def _session(member_id: str = "staff-1", expires_at: str = "2026-03-02T22:00:00Z") -> Session:
    return Session(uuid.uuid4().hex, member_id, "pharmacist", "Ann Lee", "", "2026-03-02T10:00:00Z", expires_at, 3)


async def test_account_is_found_by_login_and_by_id(database: Database) -> None:
    accounts, account = AccountStore(database), _account()
    await accounts.add(account)

    assert await accounts.by_login(account.login) == account
    assert await accounts.by_id(account.id) == account
    assert account in await accounts.list()
    assert await accounts.by_login("nobody") is None
    assert await accounts.by_id("nobody") is None


async def test_login_is_given_once(database: Database) -> None:
    accounts, account = AccountStore(database), _account()
    await accounts.add(account)

    with pytest.raises(Refused) as caught:
        await accounts.add(replace(account, id="staff-other"))

    assert caught.value.code == "login-taken"


async def test_new_password_and_closing_raise_the_version(database: Database) -> None:
    accounts, account = AccountStore(database), _account()
    await accounts.add(account)

    await accounts.set_password(account.id, "another")
    await accounts.set_active(account.id, False)

    assert await accounts.by_id(account.id) == replace(account, password_hash="another", active=False, version=3)


async def test_account_that_is_not_there_cannot_be_changed(database: Database) -> None:
    with pytest.raises(NotFound):
        await AccountStore(database).set_active(f"staff-{uuid.uuid4()}", False)


async def test_link_is_found_by_the_hash_of_its_token(database: Database) -> None:
    invites, invite = InviteStore(database), _invite()
    await invites.add(invite)

    assert await invites.by_token_hash(invite.token_hash) == invite
    assert await invites.by_token_hash("another") is None


async def test_fifty_tries_at_once_get_fifty_numbers(database: Database) -> None:
    invites, invite = InviteStore(database), _invite()
    await invites.add(invite)

    counts = await asyncio.gather(*(invites.count_wrong(invite.id) for _ in range(50)))

    assert sorted(counts) == list(range(1, 51))
    assert await invites.uncount(invite.id) == 49


async def test_revoking_touches_only_the_links_of_that_consult_or_member(database: Database) -> None:
    invites = InviteStore(database)
    first, second, elsewhere = _invite("consult-" + uuid.uuid4().hex), _invite(), _invite()
    second = replace(second, consult_id=first.consult_id, member_id="caregiver-1")
    for invite in (first, second, elsewhere):
        await invites.add(invite)

    of_member = await invites.revoke(first.consult_id, "caregiver-1")
    of_consult = await invites.revoke(first.consult_id)

    kept = await invites.by_token_hash(elsewhere.token_hash)
    assert (of_member, of_consult) == (1, 1)
    assert await invites.by_token_hash(first.token_hash) == replace(first, revoked=True)
    assert kept == elsewhere


async def test_session_is_kept_extended_and_dropped(database: Database) -> None:
    sessions, session = SessionStore(database), _session()
    await sessions.add(session)
    await sessions.extend(session.token_hash, "2026-03-02T23:00:00Z")

    kept = await sessions.get(session.token_hash)
    await sessions.drop(session.token_hash)
    await sessions.extend(session.token_hash, "2026-03-03T23:00:00Z")

    assert kept == replace(session, expires_at="2026-03-02T23:00:00Z")
    assert await sessions.get(session.token_hash) is None


async def test_all_sessions_of_a_member_end_and_no_others(database: Database) -> None:
    sessions, member = SessionStore(database), f"staff-{uuid.uuid4()}"
    mine, also_mine, other = _session(member), _session(member), _session(f"{member}-b")
    for session in (mine, also_mine, other):
        await sessions.add(session)

    assert await sessions.drop_all(member) == 2
    assert await sessions.get(mine.token_hash) is None
    assert await sessions.get(other.token_hash) == other


async def test_only_expired_sessions_are_cleared_away(database: Database) -> None:
    sessions = SessionStore(database)
    over, running = _session(expires_at="2001-01-01T00:00:00Z"), _session(expires_at="2001-01-01T00:00:01Z")
    await sessions.add(over)
    await sessions.add(running)

    assert await sessions.drop_expired("2001-01-01T00:00:01Z") == 1
    assert await sessions.get(over.token_hash) is None
    assert await sessions.get(running.token_hash) == running
    await sessions.drop(running.token_hash)
