"""consult fhir export: a consult for another system."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from consult.cli.files import write_whole
from consult.cli.parsing import Arguments, Commands, group
from consult.config import read_settings


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


def _export(arguments: Arguments) -> None:
    bundle = asyncio.run(_exported(arguments))
    text = json.dumps(bundle, ensure_ascii=False, indent=1) + "\n"
    if arguments.out is None:
        print(text, end="")
        return
    write_whole(arguments.out, text.encode())
    print(f"consult: wrote {arguments.out}, {len(bundle['entry'])} resources", file=sys.stderr)


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
