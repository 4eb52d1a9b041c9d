"""Who may enter the site: accounts of staff, join links of patients, and the sessions both are given."""

from __future__ import annotations

from dataclasses import dataclass

from consult.domain.people import Role


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. `login` is unique, lower case; `password_hash` is argon2id; `title` is the credential
    shown to patients ("PharmD"). Raising `version` ends every session of the account."""

    id: str
    login: str
    name: str
    role: Role
    password_hash: str
    title: str = ""
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Invite:
    """A join link for one person and one consult. Only the SHA-256 of its 128-bit token is kept.

    Times are ISO 8601 UTC. `wrong` counts failed dates of birth; at five the link is locked.
    """

    id: str
    token_hash: str
    consult_id: str
    member_id: str
    name: str
    birth_date: str
    valid_from: str
    valid_until: str
    wrong: int = 0
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in browser. `token_hash` is the SHA-256 of the cookie's token; `consult_id` binds a patient's
    session to one consult, "" for staff. `account_version` must equal the account's for the session to count."""

    token_hash: str
    member_id: str
    role: Role
    name: str
    consult_id: str
    created_at: str
    expires_at: str
    account_version: int = 1
