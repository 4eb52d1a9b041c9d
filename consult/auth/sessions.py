"""The doorkeeper: lets staff in by password, patients by link and date of birth, and knows them again."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol

from consult.auth import passwords
from consult.auth.throttle import Throttle
from consult.domain.identity import Account, Invite, Session
from consult.domain.people import STAFF as STAFF_ROLES
from consult.domain.people import Actor, Role, door_of, invited_role
from consult.errors import LinkRefused, SignInNeeded

MOST_WRONG = 5  # wrong dates of birth that a link survives, less one


class Accounts(Protocol):
    async def by_login(self, login: str) -> Account | None: ...
    async def by_id(self, account_id: str) -> Account | None: ...


class Invites(Protocol):
    async def add(self, invite: Invite) -> None: ...
    async def by_token_hash(self, token_hash: str) -> Invite | None: ...
    async def count_wrong(self, invite_id: str) -> int: ...
    async def uncount(self, invite_id: str) -> int: ...
    async def standing(self, consult_id: str, at: str) -> Sequence[Invite]: ...
    async def revoke(self, consult_id: str, member_id: str | None = None) -> int: ...


class Sessions(Protocol):
    async def add(self, session: Session) -> None: ...
    async def get(self, token_hash: str) -> Session | None: ...
    async def extend(self, token_hash: str, expires_at: str) -> None: ...
    async def drop(self, token_hash: str) -> None: ...
    async def drop_all(self, member_id: str) -> int: ...


class Audit(Protocol):
    async def record(
        self,
        at: str,
        actor: Actor,
        action: str,
        consult_id: str = "",
        object: str = "",
        outcome: Literal["ok", "denied", "failed"] = "ok",
        code: str = "",
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Hours:
    """How long a session lasts. `idle` ends one of staff that long after the last `who` or `touch`; None: never."""

    staff: timedelta = timedelta(hours=12)
    patient: timedelta = timedelta(hours=4)
    idle: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """A session just begun, and the token for its cookie; only the token's hash is kept."""

    token: str
    session: Session


def make_token() -> str:
    """128 random bits, safe in a URL."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Doorkeeper:
    """Raises SignInNeeded, LinkRefused or TooMany, in one form whatever the reason was."""

    def __init__(
        self,
        accounts: Accounts,
        invites: Invites,
        sessions: Sessions,
        clock: Callable[[], datetime],
        *,
        audit: Audit | None = None,
        new_token: Callable[[], str] = make_token,
        hours: Hours | None = None,
        throttle: Throttle | None = None,
    ) -> None:
        self._accounts = accounts
        self._invites = invites
        self._sessions = sessions
        self._clock = clock
        self._audit = audit
        self._new_token = new_token
        self._hours = hours or Hours()
        self._throttle = throttle or Throttle(clock)
        # Each check of a password takes 19 MiB and a core for tens of milliseconds.
        self._checking = asyncio.Semaphore(2)
        passwords.prepare()

    async def sign_in(self, login: str, password: str, role: Role, client: str) -> Pass:
        """A new session of an account of that role; `client` is the caller's address.

        Unknown login, wrong password, closed account and other role look and last alike (SignInNeeded).
        """
        login = login.strip().lower()[:80]
        if not login.isprintable():
            login = ""  # no account has such a login, and not every database takes such a text
        subject = f"login {login}"
        self._throttle.take(subject, client)
        account = await self._accounts.by_login(login)
        fits = account is not None and account.active and account.role == role and role in STAFF_ROLES
        async with self._checking:
            right = await asyncio.to_thread(
                passwords.verify, account.password_hash if account and fits else None, password
            )
        if account is None or not right:
            actor = Actor(account.id if account else "unknown", role)
            await self._note(actor, "sign_in", outcome="denied", code=SignInNeeded.code)
            raise SignInNeeded("The account or the password is not right.")
        self._throttle.give_back(subject, client)
        granted = await self._begin(account.id, role, account.name, "", self._hours.staff, account.version)
        await self._note(Actor(account.id, role), "sign_in")
        return granted

    async def join(self, token: str, birth_date: str, client: str) -> Pass:
        """A new session of the person whom the link was made for; the link stays good until its end.

        The link of a caregiver or an interpreter was made without a date of birth: "" fits it.

        Wrong link, wrong date of birth, expired, locked and revoked look alike (LinkRefused).
        """
        hashed = token_hash(token)
        subject = f"link {hashed}"
        self._throttle.take(subject, client)
        invite = await self._invites.by_token_hash(hashed)
        if invite is None or invite.revoked or not invite.valid_from <= self._now() < invite.valid_until:
            await self._note_join(invite, outcome="denied")
            raise _link_refused()
        # Counted before it is judged: of many tries at once only the first few are judged at all.
        count = await self._invites.count_wrong(invite.id)
        right = hmac.compare_digest(invite.birth_date.encode(), birth_date.strip().encode("utf-8", "surrogatepass"))
        if count > MOST_WRONG or not right:
            await self._note_join(invite, outcome="denied", code="link-locked" if count >= MOST_WRONG else "")
            raise _link_refused()
        await self._invites.uncount(invite.id)
        self._throttle.give_back(subject, client)
        role = invited_role(invite.member_id)
        granted = await self._begin(invite.member_id, role, invite.name, invite.consult_id, self._hours.patient, 1)
        await self._note_join(invite)
        return granted

    async def who(self, token: str, role: Role) -> Session | None:
        """The session of that cookie where it counts for the role's door now; being asked for keeps it alive."""
        session = await self._valid(token_hash(token))
        if session is None or door_of(session.role) != role:
            return None
        return await self.touch(session)

    async def still_valid(self, session: Session) -> bool:
        """Whether the session still counts; to be asked of an open socket. Does not keep it alive."""
        return await self._valid(session.token_hash) is not None

    async def touch(self, session: Session) -> Session:
        """The person did something: put the idle end off, never beyond the session's full length."""
        idle = self._hours.idle
        if idle is None or session.role not in STAFF_ROLES:
            return session
        now = self._clock()
        longest = datetime.fromisoformat(session.created_at) + self._hours.staff
        until = min(now + idle, longest)
        # A write a minute at most.
        if until - datetime.fromisoformat(session.expires_at) < timedelta(minutes=1):
            return session
        await self._sessions.extend(session.token_hash, _stamp(until))
        return replace(session, expires_at=_stamp(until))

    async def sign_out(self, token: str) -> None:
        """End the session of that cookie, if there is one."""
        hashed = token_hash(token)
        session = await self._sessions.get(hashed)
        await self._sessions.drop(hashed)
        if session is not None:
            await self._note(Actor(session.member_id, session.role), "sign_out", session.consult_id)

    async def invite(
        self, consult_id: str, member_id: str, name: str, birth_date: str, valid_from: datetime, valid_until: datetime
    ) -> str:
        """The token of a new link for one person and consult; the person's older links to it are revoked."""
        token = self._new_token()
        hashed = token_hash(token)
        invite = Invite(
            id=hashed[:32],
            token_hash=hashed,
            consult_id=consult_id,
            member_id=member_id,
            name=name,
            birth_date=birth_date,
            valid_from=_stamp(valid_from),
            valid_until=_stamp(valid_until),
        )
        await self._invites.revoke(consult_id, member_id)
        await self._invites.add(invite)
        return token

    async def revoke(self, consult_id: str, member_id: str | None = None) -> int:
        """Revoke the links of a consult or of one member; sessions go on. How many links were still good."""
        return await self._invites.revoke(consult_id, member_id)

    async def standing(self, consult_id: str) -> Sequence[Invite]:
        """The links by which somebody may still come into the consult."""
        return await self._invites.standing(consult_id, _stamp(self._clock()))

    async def shut_out(self, consult_id: str, member_id: str) -> None:
        """Revoke the member's links to the consult and end the member's sessions."""
        await self._invites.revoke(consult_id, member_id)
        await self._sessions.drop_all(member_id)

    async def _begin(
        self, member_id: str, role: Role, name: str, consult_id: str, lasts: timedelta, version: int
    ) -> Pass:
        now = self._clock()
        if role in STAFF_ROLES and self._hours.idle is not None:
            lasts = min(lasts, self._hours.idle)
        token = self._new_token()
        session = Session(
            token_hash=token_hash(token),
            member_id=member_id,
            role=role,
            name=name,
            consult_id=consult_id,
            created_at=_stamp(now),
            expires_at=_stamp(now + lasts),
            account_version=version,
        )
        await self._sessions.add(session)
        return Pass(token, session)

    async def _valid(self, hashed: str) -> Session | None:
        session = await self._sessions.get(hashed)
        if session is None or session.expires_at <= self._now():
            return None
        if session.role in STAFF_ROLES:
            account = await self._accounts.by_id(session.member_id)
            if account is None or not account.active:
                return None
            if (account.version, account.role) != (session.account_version, session.role):
                return None
        return session

    async def _note_join(self, invite: Invite | None, outcome: Literal["ok", "denied"] = "ok", code: str = "") -> None:
        member_id = invite.member_id if invite else "unknown"
        actor = Actor(member_id, invited_role(member_id))
        code = code or (LinkRefused.code if outcome == "denied" else "")
        await self._note(actor, "join", invite.consult_id if invite else "", outcome, code)

    async def _note(
        self, actor: Actor, action: str, consult_id: str = "", outcome: Literal["ok", "denied"] = "ok", code: str = ""
    ) -> None:
        if self._audit is not None:
            await self._audit.record(self._now(), actor, action, consult_id, outcome=outcome, code=code)

    def _now(self) -> str:
        return _stamp(self._clock())


def _link_refused() -> LinkRefused:
    return LinkRefused("This link and date of birth do not open a visit. Check the date, or ask for a new link.")


def _stamp(at: datetime) -> str:
    """ISO 8601 UTC to the second: one form, so that times compare as text."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
