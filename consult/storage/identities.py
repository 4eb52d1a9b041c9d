"""Accounts of staff, join links of patients, and sessions, as rows.

These give and take the plain values of `consult.domain.identity`; what they mean is decided in `consult.auth`.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import cast

from sqlalchemy import Row, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from consult.domain.identity import Account, Invite, Session
from consult.errors import NotFound, Refused, Unavailable
from consult.storage import tables
from consult.storage.database import FAILURES, Database, unavailable

ACCOUNTS, INVITES, SESSIONS = tables.accounts, tables.invites, tables.sessions
# Asked at each request and each socket, so built once.
BY_ID = select(ACCOUNTS).where(ACCOUNTS.c.id == bindparam("given"))
BY_HASH = select(SESSIONS).where(SESSIONS.c.token_hash == bindparam("given"))


class AccountStore:
    """Members of staff, by id and by login (lower case, unique)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, account: Account) -> None:
        """Raises Refused (login-taken) where the login or the id is in use."""
        values = asdict(account)
        try:
            await self._database.transact(lambda connection: connection.execute(insert(ACCOUNTS), values).close())
        except IntegrityError:
            raise Refused("There is an account with this login already.", code="login-taken") from None
        except FAILURES as error:
            raise unavailable(error) from None

    async def by_login(self, login: str) -> Account | None:
        query = select(ACCOUNTS).where(ACCOUNTS.c.login == login)
        return _account(await self._database.read(lambda connection: connection.execute(query).one_or_none()))

    async def by_id(self, account_id: str) -> Account | None:
        given = {"given": account_id}
        return _account(await self._database.read(lambda connection: connection.execute(BY_ID, given).one_or_none()))

    async def list(self) -> tuple[Account, ...]:
        """All accounts, by login."""
        query = select(ACCOUNTS).order_by(ACCOUNTS.c.login)
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(Account(**row._asdict()) for row in rows)

    async def set_password(self, account_id: str, password_hash: str) -> None:
        """Also ends every session of the account, by raising its version. Raises NotFound."""
        await self._change(account_id, password_hash=password_hash)

    async def set_active(self, account_id: str, active: bool) -> None:
        """Also ends every session of the account, by raising its version. Raises NotFound."""
        await self._change(account_id, active=active)

    async def _change(self, account_id: str, **values: str | bool) -> None:
        change = update(ACCOUNTS).where(ACCOUNTS.c.id == account_id).values(version=ACCOUNTS.c.version + 1, **values)
        if not await self._database.write(lambda connection: connection.execute(change).rowcount):
            raise NotFound("There is no such account.")


class InviteStore:
    """Join links, found by the hash of their token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, invite: Invite) -> None:
        values = asdict(invite)
        await self._database.write(lambda connection: connection.execute(insert(INVITES), values).close())

    async def by_token_hash(self, token_hash: str) -> Invite | None:
        query = select(INVITES).where(INVITES.c.token_hash == token_hash)
        row = await self._database.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else Invite(**row._asdict())

    async def count_wrong(self, invite_id: str) -> int:
        """Count one try and give the new count; atomic, so that each of many tries at once gets its own number."""
        return await self._count(invite_id, 1)

    async def uncount(self, invite_id: str) -> int:
        """Take back one counted try that turned out right."""
        return await self._count(invite_id, -1)

    async def standing(self, consult_id: str, at: str) -> tuple[Invite, ...]:
        """The links of a consult that are good at a time (ISO 8601 UTC), the one that ends first in front."""
        query = (
            select(INVITES)
            .where(INVITES.c.consult_id == consult_id, INVITES.c.revoked.is_(False), INVITES.c.valid_until > at)
            .order_by(INVITES.c.valid_until, INVITES.c.id)
        )
        rows = await self._database.read(lambda connection: connection.execute(query).all())
        return tuple(Invite(**row._asdict()) for row in rows)

    async def revoke(self, consult_id: str, member_id: str | None = None) -> int:
        """Revoke the links of a consult, or of one member of it; how many were still good."""
        change = update(INVITES).where(INVITES.c.consult_id == consult_id, INVITES.c.revoked.is_(False))
        if member_id is not None:
            change = change.where(INVITES.c.member_id == member_id)
        return await self._database.write(lambda connection: connection.execute(change.values(revoked=True)).rowcount)

    async def _count(self, invite_id: str, by: int) -> int:
        change = (
            update(INVITES)
            .where(INVITES.c.id == invite_id)
            .values(wrong=INVITES.c.wrong + by)
            .returning(INVITES.c.wrong)
        )
        count = await self._database.write(lambda connection: connection.scalar(change))
        if count is None:
            raise Unavailable("The join link is not there any more.")
        return cast(int, count)


class SessionStore:
    """Signed-in browsers, found by the hash of the cookie's token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, session: Session) -> None:
        values = asdict(session)
        await self._database.write(lambda connection: connection.execute(insert(SESSIONS), values).close())

    async def get(self, token_hash: str) -> Session | None:
        given = {"given": token_hash}
        row = await self._database.read(lambda connection: connection.execute(BY_HASH, given).one_or_none())
        return None if row is None else Session(**row._asdict())

    async def extend(self, token_hash: str, expires_at: str) -> None:
        """Give a session another end; one that is gone stays gone."""
        change = update(SESSIONS).where(SESSIONS.c.token_hash == token_hash).values(expires_at=expires_at)
        await self._database.write(lambda connection: connection.execute(change).close())

    async def drop(self, token_hash: str) -> None:
        change = delete(SESSIONS).where(SESSIONS.c.token_hash == token_hash)
        await self._database.write(lambda connection: connection.execute(change).close())

    async def drop_all(self, member_id: str) -> int:
        """End every session of a member; how many there were."""
        change = delete(SESSIONS).where(SESSIONS.c.member_id == member_id)
        return await self._database.write(lambda connection: connection.execute(change).rowcount)

    async def drop_expired(self, now: str) -> int:
        """Clear away sessions that ended before `now` (ISO 8601 UTC); how many there were."""
        change = delete(SESSIONS).where(SESSIONS.c.expires_at < now)
        return await self._database.write(lambda connection: connection.execute(change).rowcount)


def _account(row: Row[tuple[object, ...]] | None) -> Account | None:
    return None if row is None else Account(**row._asdict())
