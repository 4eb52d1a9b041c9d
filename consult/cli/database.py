"""consult db upgrade | backup | restore | verify."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from consult.cli.parsing import Arguments, Commands, add, group
from consult.config import read_settings


def commands(parser: Commands) -> None:
    what = group(parser, "db", "Work with the database.")
    upgrade = add(what, "upgrade", "Create the tables or bring them to this version.", _upgrade)
    backup = add(what, "backup", "Copy the database to a file while it is in use.", _backup)
    backup.add_argument("to", type=Path, metavar="FILE")
    restore = add(what, "restore", "Put a backup back where there is no database (or an empty one).", _restore)
    restore.add_argument("source", type=Path, metavar="FILE")
    verify = add(what, "verify", "Check the audit chain, the logs and the documents.", _verify)
    verify.add_argument("--anchors", type=Path, help="file of noted links (or CONSULT_AUDIT_ANCHORS)")
    for command in (upgrade, backup, restore, verify):
        command.add_argument("--database")


def _upgrade(arguments: Arguments) -> None:
    from consult.storage.database import open_database

    settings = read_settings(database=arguments.database)

    async def work() -> None:
        database = await open_database(settings.database, create=True)
        await database.close()

    asyncio.run(work())
    print("consult: the database is up to date")


def _backup(arguments: Arguments) -> None:
    from consult.storage.backup import backup

    settings = read_settings(database=arguments.database)
    manifest = backup(settings.database, arguments.to, datetime.now(UTC).isoformat(timespec="seconds"))
    print(f"consult: {arguments.to} holds {manifest['bytes']} bytes, SHA-256 {manifest['sha256']}")


def _restore(arguments: Arguments) -> None:
    from consult.storage.backup import restore

    settings = read_settings(database=arguments.database)
    restore(arguments.source, settings.database)
    print("consult: restored; checking")
    _verify(arguments)


def _verify(arguments: Arguments) -> None:
    from consult.storage.anchors import read_anchors
    from consult.storage.database import open_database
    from consult.storage.verify import verify

    settings = read_settings(database=arguments.database)
    path = getattr(arguments, "anchors", None) or settings.audit_anchors
    anchors = read_anchors(Path(path)) if path else []

    async def work() -> bool:
        database = await open_database(settings.database, audit_key=settings.audit_key)
        try:
            report = await verify(database, anchors)
        finally:
            await database.close()
        for finding in report.findings:
            print(f"consult: {finding}", file=sys.stderr)
        if report.more:
            print(f"consult: and {report.more} more", file=sys.stderr)
        counts = ", ".join(f"{name} {count}" for name, count in report.counts.items())
        seq, mac = report.anchor
        print(f"consult: {counts}; audit chain ends at {seq} {mac or '(no row yet)'}; {len(anchors)} links compared")
        return not report.findings

    if not asyncio.run(work()):
        sys.exit(1)
