"""consult scripts check | try | docs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from consult.cli.parsing import Arguments, Commands, add, group

if TYPE_CHECKING:
    from consult.scripts.checking import Grader


def commands(parser: Commands) -> None:
    what = group(parser, "scripts", "Work with conversation scripts.")
    check = add(
        what, "check", "Check script files and their translations; the built-in library without a file.", _check
    )
    check.add_argument("files", nargs="*", type=Path)
    check.add_argument(
        "--without-translations", action="store_true", help="do not ask for the words in other languages"
    )


def measure() -> Grader:
    """The school grade of a text as the takeaway measures it, drug names taken out."""
    from consult.app import vocabulary
    from consult.scripts.checking import Grader
    from consult.takeaway.readability import measure_text

    names = frozenset(name for name in vocabulary().names if name.isalpha() and len(name) > 4)
    return Grader(measure_text, names)


def _check(arguments: Arguments) -> None:
    from consult.scripts import check_file
    from consult.scripts.checking import Complaint, complaints
    from consult.scripts.library import library_files
    from consult.scripts.translation import LANGUAGES

    how_hard, languages = measure(), () if arguments.without_translations else LANGUAGES
    said: set[Complaint] = set()  # what is wrong with a part is said once, not with every script that takes it in
    for path in arguments.files or library_files():
        wrong = complaints(path, how_hard, languages)
        for one in wrong:
            if one not in said:
                print(f"consult: {one}", file=sys.stderr)
        said.update(wrong)
        if not wrong:
            print("\n".join(check_file(path)))
    if said:
        sys.exit(2)
