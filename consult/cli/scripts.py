"""consult scripts check."""

from __future__ import annotations

from pathlib import Path

from consult.cli.parsing import Arguments, Commands, add, group


def commands(parser: Commands) -> None:
    what = group(parser, "scripts", "Work with conversation scripts.")
    check = add(what, "check", "Check script files; the built-in library without a file.", _check)
    check.add_argument("files", nargs="*", type=Path)


def _check(arguments: Arguments) -> None:
    from consult.scripts import check_file, load_library

    if not arguments.files:
        for script_id, script in load_library().items():
            print(f"{script_id}: {len(script.steps)} steps, {len(script.branches)} branches")
    for path in arguments.files:
        print("\n".join(check_file(path)))
