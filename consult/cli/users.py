"""consult users add | list | password | close | open: accounts of staff."""

from __future__ import annotations

import asyncio
import getpass
import sys
import uuid
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from consult.cli.parsing import Arguments, Commands, add, group
from consult.config import read_settings
from consult.errors import NotFound, SiteError

LONGEST_LOGIN = 80


def commands(parser: Commands) -> None:
    what = group(parser, "users", "Accounts of staff.")
    new = add(what, "add", "Add an account; asks for the password.", _add)
    new.add_argument("login")
    new.add_argument("--name", required=True)
    new.add_argument("--role", choices=("pharmacist", "supervisor"), required=True)
    new.add_argument("--title", default="")
    others = (
        add(what, "password", "Give an account another password; asks for it. Ends its sessions.", _password),
        add(what, "close", "Close an account: nobody signs in with it any more. Ends its sessions.", _close),
        add(what, "open", "Open a closed account again.", _open),
    )
    for one in others:
        one.add_argument("login")
    for one in (new, *others, add(what, "list", "List the accounts.", _list)):
        one.add_argument("--database")


def _add(arguments: Arguments) -> None:
    from consult.auth.passwords import hash_password
    from consult.domain.identity import Account

    login = arguments.login.strip().lower()
    if not login or not login.isprintable() or len(login) > LONGEST_LOGIN:
        raise SiteError(f"A login has 1 to {LONGEST_LOGIN} characters that can be printed.", code="bad-field")
    account = Account(
        id=f"staff-{uuid.uuid4()}",
        login=login,
        name=arguments.name,
        role=arguments.role,
        password_hash=hash_password(_asked(login)),
        title=arguments.title,
    )

    async def work(accounts: Any) -> str:
        await accounts.add(account)
        return account.id

    _change(arguments, "users_add", work)
    print(f"consult: added {login}")


def _password(arguments: Arguments) -> None:
    from consult.auth.passwords import hash_password

    hashed = hash_password(_asked(arguments.login.strip().lower()))
    _change(arguments, "users_password", _of_login(arguments, lambda accounts, id: accounts.set_password(id, hashed)))
    print(f"consult: {arguments.login} has another password; its sessions have ended")


def _close(arguments: Arguments) -> None:
    _change(arguments, "users_close", _of_login(arguments, lambda accounts, id: accounts.set_active(id, False)))
    print(f"consult: closed {arguments.login}; its sessions have ended")


def _open(arguments: Arguments) -> None:
    _change(arguments, "users_open", _of_login(arguments, lambda accounts, id: accounts.set_active(id, True)))
    print(f"consult: opened {arguments.login}")


def _list(arguments: Arguments) -> None:
    for account in _with_database(arguments, lambda accounts, audit: accounts.list()):
        print(f"{account.login}\t{account.role}\t{account.name}\t{'active' if account.active else 'closed'}")


def _asked(login: str) -> str:
    """A password that passes the policy: typed unseen, or the first line where the input is no terminal."""
    from consult.auth.passwords import check_policy

    words = "password (15 characters or more): "
    password = getpass.getpass(words) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    check_policy(password, login)
    return password


def _of_login(arguments: Arguments, change: Callable[[Any, str], Awaitable[None]]) -> Callable[[Any], Awaitable[str]]:
    async def work(accounts: Any) -> str:
        account = await accounts.by_login(arguments.login.strip().lower())
        if account is None:
            raise NotFound("There is no such account.")
        await change(accounts, account.id)
        return str(account.id)

    return work


def _change(arguments: Arguments, action: str, work: Callable[[Any], Awaitable[str]]) -> None:
    """Do it, and note in the audit trail on which account."""
    from consult.domain.people import SYSTEM

    async def noted(accounts: Any, audit: Any) -> None:
        account_id = await work(accounts)
        await audit.record(datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), SYSTEM, action, object=account_id)

    _with_database(arguments, noted)


def _with_database(arguments: Arguments, work: Callable[[Any, Any], Any]) -> Any:
    from consult.storage.audit import AuditTrail
    from consult.storage.database import open_database
    from consult.storage.identities import AccountStore

    settings = read_settings(database=arguments.database)

    async def run() -> Any:
        database = await open_database(settings.database, create=True, audit_key=settings.audit_key)
        try:
            return await work(AccountStore(database), AuditTrail(database))
        finally:
            await database.close()

    return asyncio.run(run())
