"""consult db upgrade."""

from __future__ import annotations

import asyncio

from consult.cli.parsing import Arguments, Commands, add, group
from consult.config import read_settings


def commands(parser: Commands) -> None:
    what = group(parser, "db", "Work with the database.")
    upgrade = add(what, "upgrade", "Create the tables or bring them to this version.", _upgrade)
    upgrade.add_argument("--database")


def _upgrade(arguments: Arguments) -> None:
    from consult.storage.database import open_database

    settings = read_settings(database=arguments.database)

    async def work() -> None:
        database = await open_database(settings.database, create=True)
        await database.close()

    asyncio.run(work())
    print("consult: the database is up to date")
