"""Accounts, links, sessions and a clock in memory, as the doorkeeper wants them."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from consult.auth.passwords import hash_password
from consult.auth.sessions import Doorkeeper, Hours
from consult.auth.throttle import Throttle
from consult.domain.identity import Account, Invite, Session
from consult.domain.people import Actor

START = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
PASSWORD = "seven quiet herons at dusk"
PASSWORD_HASH = hash_password(PASSWORD)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def go(self, **by: float) -> None:
        self.now += timedelta(**by)


class Accounts:
    def __init__(self) -> None:
        self.rows: dict[str, Account] = {}

    async def by_login(self, login: str) -> Account | None:
        return next((account for account in self.rows.values() if account.login == login), None)

    async def by_id(self, account_id: str) -> Account | None:
        return self.rows.get(account_id)

    def change(self, account_id: str, **values: Any) -> None:
        self.rows[account_id] = replace(self.rows[account_id], **values)


class Invites:
    def __init__(self) -> None:
        self.rows: dict[str, Invite] = {}

    async def add(self, invite: Invite) -> None:
        self.rows[invite.id] = invite

    async def by_token_hash(self, token_hash: str) -> Invite | None:
        await asyncio.sleep(0)  # others get their turn, as at a database
        return next((invite for invite in self.rows.values() if invite.token_hash == token_hash), None)

    async def count_wrong(self, invite_id: str) -> int:
        return self._count(invite_id, 1)

    async def uncount(self, invite_id: str) -> int:
        return self._count(invite_id, -1)

    async def revoke(self, consult_id: str, member_id: str | None = None) -> int:
        hit = [
            invite
            for invite in self.rows.values()
            if invite.consult_id == consult_id and member_id in (None, invite.member_id) and not invite.revoked
        ]
        for invite in hit:
            self.rows[invite.id] = replace(invite, revoked=True)
        return len(hit)

    def _count(self, invite_id: str, by: int) -> int:
        invite = self.rows[invite_id]
        self.rows[invite_id] = replace(invite, wrong=invite.wrong + by)
        return invite.wrong + by


class Sessions:
    def __init__(self) -> None:
        self.rows: dict[str, Session] = {}

    async def add(self, session: Session) -> None:
        self.rows[session.token_hash] = session

    async def get(self, token_hash: str) -> Session | None:
        return self.rows.get(token_hash)

    async def extend(self, token_hash: str, expires_at: str) -> None:
        self.rows[token_hash] = replace(self.rows[token_hash], expires_at=expires_at)

    async def drop(self, token_hash: str) -> None:
        self.rows.pop(token_hash, None)

    async def drop_all(self, member_id: str) -> int:
        gone = [one for one, session in self.rows.items() if session.member_id == member_id]
        for one in gone:
            del self.rows[one]
        return len(gone)


class Audit(list[tuple[str, str, str, str, str]]):
    """Rows of actor id, action, consult id, outcome, code."""

    async def record(
        self,
        at: str,
        actor: Actor,
        action: str,
        consult_id: str = "",
        object: str = "",
        outcome: str = "ok",
        code: str = "",
    ) -> None:
        assert actor.name == ""
        self.append((actor.id, action, consult_id, outcome, code))


ROOMY = {"key": 10**6, "subject": 10**6, "address": 10**6, "site": 10**6}


@dataclass
class Site:
    """A doorkeeper with one pharmacist (ann) and one supervisor (sam); no throttling unless asked for."""

    hours: Hours = field(default_factory=Hours)
    limits: dict[str, int] = field(default_factory=lambda: ROOMY)

    def __post_init__(self) -> None:
        self.clock, self.audit = Clock(), Audit()
        self.accounts, self.invites, self.sessions = Accounts(), Invites(), Sessions()
        self.accounts.rows = {
            "staff-1": Account("staff-1", "ann", "Ann Lee", "pharmacist", PASSWORD_HASH, "PharmD"),
            "staff-2": Account("staff-2", "sam", "Sam Poe", "supervisor", PASSWORD_HASH),
        }
        counter = itertools.count(1)
        self.door = Doorkeeper(
            self.accounts,
            self.invites,
            self.sessions,
            self.clock,
            audit=self.audit,
            new_token=lambda: f"token-{next(counter)}",
            hours=self.hours,
            throttle=Throttle(self.clock, self.limits),
        )

    async def link(self, consult_id: str = "consult-1") -> str:
        """A link for Ana Ruiz, born 1950-02-03, good from a day before START to four hours after."""
        return await self.door.invite(
            consult_id, "patient-1", "Ana Ruiz", "1950-02-03", START - timedelta(days=1), START + timedelta(hours=4)
        )
