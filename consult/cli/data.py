"""consult data status | coverage."""

from __future__ import annotations

from consult.cli.parsing import Arguments, Commands, add, group


def commands(parser: Commands) -> None:
    what = group(parser, "data", "Look at the built-in drug data.")
    add(what, "coverage", "What the vocabulary covers.", _coverage)
    add(what, "status", "Which tables are loaded, from when, how much.", _status)


def _status(arguments: Arguments) -> None:
    from consult.knowledge.status import report

    print("\n".join(report()))


def _coverage(arguments: Arguments) -> None:
    from consult.app import vocabulary
    from consult.knowledge.coverage import report

    print("\n".join(report(vocabulary())))
