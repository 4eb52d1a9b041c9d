"""What the modules of the command line share: how a command is added to the parser."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Arguments = argparse.Namespace
Commands = Any  # what argparse gives for add_subparsers()


class Parser(argparse.ArgumentParser):
    """Refuses words that it does not know itself, so that the usage shown is that of the command, not of all."""

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        known, rest = super().parse_known_args(args, namespace)
        if rest:
            self.error(f"unrecognized arguments: {' '.join(rest)}")
        return known, rest


def add(commands: Commands, name: str, text: str, run: Callable[[Arguments], None] | None = None) -> Any:
    """Add one command; `run` is left out for a command that only has sub-commands."""
    command = commands.add_parser(name, help=text, description=text)
    if run is not None:
        command.set_defaults(run=run)
    return command


def group(commands: Commands, name: str, text: str) -> Commands:
    """Add a command that only has sub-commands and give the place where they are added."""
    return add(commands, name, text).add_subparsers(required=True, metavar="WHAT")
