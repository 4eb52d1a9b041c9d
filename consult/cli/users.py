"""consult users add | list: accounts of staff."""

from __future__ import annotations

import asyncio
import getpass
import uuid
from collections.abc import Callable
from typing import Any

from consult.cli.parsing import Arguments, Commands, group
from consult.config import read_settings


def commands(parser: Commands) -> None:
    what = group(parser, "users", "Accounts of staff.")
    add = what.add_parser("add", help="add an account; asks for the password")
    add.add_argument("login")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=("pharmacist", "supervisor"), required=True)
    add.add_argument("--title", default="")
    add.add_argument("--database")
    add.set_defaults(run=_add)
    listed = what.add_parser("list", help="list the accounts")
    listed.add_argument("--database")
    listed.set_defaults(run=_list)


def _add(arguments: Arguments) -> None:
    from consult.auth.passwords import check_policy, hash_password
    from consult.domain.identity import Account

    password = getpass.getpass("password (15 characters or more): ")
    check_policy(password)
    account = Account(
        id=f"staff-{uuid.uuid4()}",
        login=arguments.login.lower(),
        name=arguments.name,
        role=arguments.role,
        password_hash=hash_password(password),
        title=arguments.title,
    )
    _with_accounts(arguments, lambda accounts: accounts.add(account))
    print(f"consult: added {account.login}")


def _list(arguments: Arguments) -> None:
    for account in _with_accounts(arguments, lambda accounts: accounts.list()):
        print(f"{account.login}\t{account.role}\t{account.name}\t{'active' if account.active else 'closed'}")


def _with_accounts(arguments: Arguments, work: Callable[[Any], Any]) -> Any:
    from consult.storage.database import open_database
    from consult.storage.identities import AccountStore

    settings = read_settings(database=arguments.database)

    async def run() -> Any:
        database = await open_database(settings.database, create=True)
        try:
            return await work(AccountStore(database))
        finally:
            await database.close()

    return asyncio.run(run())
