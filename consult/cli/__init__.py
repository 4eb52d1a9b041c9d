"""The command line: serve | demo | analyze | check | replay | takeaway | plan | fhir | scripts | data | db | users.

One module a family of commands; each adds its own to the parser.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable

from consult.cli import data, database, exchange, notes, plan, scripts, sites, takeaways, users
from consult.cli.parsing import Arguments, Parser
from consult.errors import BadFile, ConsultError

FAMILIES = (sites, notes, takeaways, plan, exchange, scripts, data, database, users)


def main(words: list[str] | None = None) -> None:
    """Run one command; exit status 0, 2 for input that cannot be used, 1 for a site that cannot run."""
    arguments = _parser().parse_args(words)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    run: Callable[[Arguments], None] = arguments.run
    try:
        run(arguments)
    except BadFile as error:
        sys.exit(_said(error.message, 2))
    except ConsultError as error:
        sys.exit(_said(f"{error.message} [{error.code}]", 1))
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _said(message: str, status: int) -> int:
    print(f"consult: {message}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="consult", description="Software beside a pharmacist in a medication review.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for family in FAMILIES:
        family.commands(commands)
    return parser
