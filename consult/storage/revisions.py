"""Which revision a database has, and how it is brought to the one that this program knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from consult.errors import SiteError

MIGRATIONS = Path(__file__).parent / "migrations"
# One node migrates at a time; an arbitrary number that only this program uses.
ADVISORY_LOCK = 7_205_113


@cache
def newest() -> str:
    """The revision that this program knows."""
    return str(ScriptDirectory(str(MIGRATIONS)).get_current_head())


def is_current(connection: Connection) -> bool:
    """Whether the database is at the revision that this program knows."""
    return MigrationContext.configure(connection).get_current_revision() == newest()


def bring_up(connection: Connection, *, upgrade: bool) -> None:
    """Leave the database at the newest revision.

    Raises SiteError: database-older where `upgrade` is not asked for, database-newer for a revision made by a
    later version of the program, database-foreign for tables that are not ours.
    """
    if connection.dialect.name == "postgresql" and upgrade:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    scripts = ScriptDirectory(str(MIGRATIONS))
    known = [script.revision for script in scripts.walk_revisions()]
    current = MigrationContext.configure(connection).get_current_revision()
    if current == scripts.get_current_head():
        return
    if current is not None and current not in known:
        raise SiteError(
            "The database was made by a newer version of consult; start that version, or restore a backup.",
            code="database-newer",
        )
    if not upgrade:
        state = "empty" if current is None else "of an older version"
        raise SiteError(f"The database is {state}: run `consult db upgrade` (after a backup).", code="database-older")
    if current is None and inspect(connection).has_table("events"):
        raise SiteError("The database has tables of another program.", code="database-foreign")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
