"""consult fhir export | import: a consult for another system, and what another system knows for a consult."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from consult.cli.files import bytes_of, write_whole
from consult.cli.parsing import Arguments, Commands, group
from consult.config import read_settings
from consult.errors import BadFile


def commands(parser: Commands) -> None:
    what = group(parser, "fhir", "Exchange with other systems in FHIR R4.")
    out = what.add_parser("export", help="a signed consult as a bundle: profile, action plan or eCare plan")
    out.add_argument("consult", metavar="CONSULT", help="a consult's id")
    out.add_argument(
        "--as",
        dest="kind",
        choices=("smp", "map", "ecare"),
        default="smp",
        help="Standardized Medication Profile with the action plan in it (smp), the plan alone (map), eCare plan",
    )
    out.add_argument("--draft", action="store_true", help="also when nothing is signed; the document says preliminary")
    out.add_argument("--out", type=Path, help="write to this file, whole or not at all")
    out.add_argument("--database")
    out.set_defaults(run=_export)
    take = what.add_parser("import", help="a patient's bundle, or a CSV of fills, into the preparation of a consult")
    take.add_argument("file", help="FHIR R4 JSON or CSV; - is standard input")
    take.add_argument("--consult", help="add it to this consult; without it and --pharmacist nothing is stored")
    take.add_argument("--pharmacist", metavar="LOGIN", help="make a new consult of this pharmacist, at --at")
    take.add_argument("--at", metavar="TIME", help="when it is planned, with its offset: 2026-12-01T10:00-06:00")
    take.add_argument("--database")
    take.set_defaults(run=_import)


def _export(arguments: Arguments) -> None:
    bundle = asyncio.run(_exported(arguments))
    text = json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"
    if arguments.out is None:
        print(text, end="")
        return
    write_whole(arguments.out, text.encode())
    print(f"consult: wrote {arguments.out}, {len(bundle['entry'])} resources", file=sys.stderr)


def _import(arguments: Arguments) -> None:
    from datetime import UTC, datetime

    from consult.domain.days import day_of
    from consult.exchange import read_history, taken
    from consult.fhir.fills import report

    if arguments.consult and arguments.pharmacist:
        raise BadFile("--consult", None, "name a consult that stands, or a pharmacist for a new one, not both")
    if bool(arguments.pharmacist) != bool(arguments.at):
        raise BadFile("--pharmacist", None, "a new consult needs both --pharmacist and --at")
    name = "standard input" if arguments.file == "-" else arguments.file
    today = day_of(datetime.now(UTC), read_settings(database=arguments.database).zone)
    read = read_history(bytes_of(arguments.file), name, today)
    if not arguments.consult and not arguments.pharmacist:
        print("\n".join(report([*taken(read), *read.outcomes])))
        print("consult: nothing was stored; name --consult, or --pharmacist and --at", file=sys.stderr)
        return
    consult_id, outcomes = asyncio.run(_taken(arguments, read))
    print("\n".join(report(outcomes)))
    print(f"consult: stored in the consult {consult_id}", file=sys.stderr)


async def _taken(arguments: Arguments, read: Any) -> tuple[str, Any]:
    from datetime import datetime

    from consult.api.parts import stamp
    from consult.app import HereAndNow, build_analysis, open_core
    from consult.domain.people import SYSTEM
    from consult.errors import NotFound
    from consult.exchange import import_history, schedule_from

    settings = read_settings(database=arguments.database)
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        if arguments.consult:
            outcomes = await import_history(core, arguments.consult, read, SYSTEM)
            await core.assist.settle(arguments.consult)
            return arguments.consult, outcomes
        account = await core.accounts.by_login(arguments.pharmacist)
        if account is None or account.role != "pharmacist":
            raise NotFound("There is no pharmacist with this login.")
        try:
            planned = datetime.fromisoformat(arguments.at)
        except ValueError:
            raise BadFile("--at", None, "write the time as 2026-12-01T10:00-06:00") from None
        if planned.tzinfo is None:
            raise BadFile("--at", None, "the time needs its offset, as in 2026-12-01T10:00-06:00")
        consult_id, outcomes = await schedule_from(core, read, account.id, stamp(planned), SYSTEM)
        await core.assist.settle(consult_id)
        return consult_id, outcomes


async def _exported(arguments: Arguments) -> dict[str, Any]:
    from consult.api.parts import stamp
    from consult.app import HereAndNow, build_analysis, open_core
    from consult.domain.people import SYSTEM
    from consult.errors import NotFound
    from consult.exchange import export_consult

    settings = read_settings(database=arguments.database)
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        consult = await core.consult(arguments.consult)
        if consult is None:
            raise NotFound("There is no consult with this id.")
        bundle = await export_consult(core, consult, arguments.kind, arguments.draft)
        await core.audit.record(stamp(core.clock()), SYSTEM, "cli_fhir_export", consult.id, arguments.kind)
        return bundle
