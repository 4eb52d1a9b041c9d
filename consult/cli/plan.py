"""consult plan report: what a plan reports of its members."""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

from consult.cli.files import write_whole
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


def _report(arguments: Arguments) -> None:
    from consult.takeaway.partd import as_csv, as_json, member_rows

    rows = member_rows(asyncio.run(_held(arguments)), arguments.start, arguments.end)
    text = as_csv(rows) if arguments.format == "csv" else as_json(rows)
    if arguments.out is None:
        sys.stdout.write(text)
        return
    write_whole(arguments.out, text.encode())
    print(f"consult: wrote {len(rows)} members to {arguments.out}", file=sys.stderr)


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
