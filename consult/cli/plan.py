"""consult plan report | enroll: what a plan reports of its members, and what it says of their enrollment."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path
from typing import Any

from consult.cli.files import bytes_of, write_whole
from consult.cli.parsing import Arguments, Commands, add, group
from consult.config import read_settings
from consult.domain.state import Consult


def commands(parser: Commands) -> None:
    what = group(parser, "plan", "What a health plan is given.")
    report = add(what, "report", "One row a member: the Part D elements of medication therapy management.", _report)
    report.add_argument("--database")
    report.add_argument("--from", dest="start", default=f"{date.today().year}-01-01", help="first day, YYYY-MM-DD")
    report.add_argument("--to", dest="end", default=date.today().isoformat(), help="last day, YYYY-MM-DD")
    report.add_argument("--format", choices=("csv", "json"), default="csv")
    report.add_argument("--out", type=Path, help="a file; standard output without it")
    enroll = add(what, "enroll", "Record a plan's CSV of enrollments in the consults of its members.", _enroll)
    enroll.add_argument("file", help="CSV; - is standard input")
    enroll.add_argument("--database")
    enroll.add_argument("--try", dest="trying", action="store_true", help="only say what would become of each row")


def _report(arguments: Arguments) -> None:
    from consult.takeaway.partd import as_csv, as_json, member_rows

    zone = read_settings(database=arguments.database).zone
    rows = member_rows(asyncio.run(_held(arguments)), arguments.start, arguments.end, zone)
    text = as_csv(rows) if arguments.format == "csv" else as_json(rows)
    if arguments.out is None:
        sys.stdout.write(text)
        return
    write_whole(arguments.out, text.encode())
    print(f"consult: wrote {len(rows)} members to {arguments.out}", file=sys.stderr)


def _enroll(arguments: Arguments) -> None:
    from datetime import UTC, datetime

    from consult.domain.days import day_of
    from consult.fhir.enrollment import read_enrollees
    from consult.fhir.fills import report

    name = "standard input" if arguments.file == "-" else arguments.file
    today = day_of(datetime.now(UTC), read_settings(database=arguments.database).zone)
    enrollees = read_enrollees(bytes_of(arguments.file), name, today)
    outcomes = asyncio.run(_enrolled(arguments, enrollees))
    print("\n".join(report(outcomes)))
    if arguments.trying:
        print("consult: nothing was stored", file=sys.stderr)


async def _enrolled(arguments: Arguments, enrollees: Any) -> Any:
    from consult.app import HereAndNow, build_analysis, open_core
    from consult.domain.people import SYSTEM
    from consult.exchange import enroll_members

    settings = read_settings(database=arguments.database)
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        return await enroll_members(core, enrollees, SYSTEM, store=not arguments.trying)


async def _held(arguments: Arguments) -> list[Consult]:
    """Every consult that was opened; the reading is audited as the command line's."""
    from consult.app import HereAndNow, build_analysis, open_core
    from consult.domain.people import SYSTEM

    settings = read_settings(database=arguments.database)
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        rows = [row for row in await core.store.rows() if row.opened_at]
        await core.audit.record(
            core.clock().isoformat(), SYSTEM, "plan_report", object=f"{arguments.start} to {arguments.end}"
        )
        return [consult for row in rows if (consult := await core.consult(row.id)) is not None]
