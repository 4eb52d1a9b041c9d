"""Accounts of staff by the command line: made, given another password, closed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from consult.app import utc_now
from consult.auth.sessions import Doorkeeper
from consult.errors import SignInNeeded
from consult.storage.audit import AuditTrail
from consult.storage.database import open_database
from consult.storage.identities import AccountStore, InviteStore, SessionStore
from tests.command import consult

FIRST, SECOND = "four quiet herons wade", "nine slow barges turn"


async def signs_in(database: str, password: str) -> bool:
    opened = await open_database(database)
    try:
        door = Doorkeeper(AccountStore(opened), InviteStore(opened), SessionStore(opened), utc_now)
        await door.sign_in("reyes", password, "pharmacist", "127.0.0.1")
        return True
    except SignInNeeded:
        return False
    finally:
        await opened.close()


async def noted(database: str) -> list[str]:
    opened = await open_database(database)
    try:
        return [row.action for row in await AuditTrail(opened).read()]
    finally:
        await opened.close()


def test_whoever_leaves_cannot_sign_in_any_more_and_each_change_is_in_the_audit_trail(
    tmp_path: Path,
) -> None:
    database = f"sqlite:///{tmp_path}/site.db"

    def run(*words: str, password: str = "") -> None:
        assert consult("users", *words, "--database", database, stdin=password).returncode == 0

    run("add", "Reyes", "--name", "Daniel Reyes", "--role", "pharmacist", password=f"{FIRST}\n")
    run("password", "reyes", password=f"{SECOND}\n")
    after_change = [asyncio.run(signs_in(database, password)) for password in (FIRST, SECOND)]
    run("close", "reyes")
    after_closing = asyncio.run(signs_in(database, SECOND))

    assert (after_change, after_closing) == ([False, True], False)
    assert asyncio.run(noted(database)) == ["users_add", "users_password", "users_close"]


@pytest.mark.parametrize(
    ("login", "password"), [("reyes", "short"), ("reyes1234567890", "reyes1234567890!"), (" ", FIRST)]
)
def test_a_login_or_password_that_will_not_do_is_refused(tmp_path: Path, login: str, password: str) -> None:
    words = (
        "users",
        "add",
        login,
        "--name",
        "D",
        "--role",
        "pharmacist",
        "--database",
        f"sqlite:///{tmp_path}/site.db",
    )

    assert consult(*words, stdin=f"{password}\n").returncode != 0
    assert consult("users", "list", *words[-2:]).stdout == ""
