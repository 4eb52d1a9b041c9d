"""consult data status | coverage | check."""

from __future__ import annotations

import sys
from pathlib import Path

from consult.cli.parsing import Arguments, Commands, add, group


def commands(parser: Commands) -> None:
    what = group(parser, "data", "Look at the built-in drug data.")
    add(what, "coverage", "What the vocabulary covers.", _coverage)
    check = add(what, "check", "Look for faults in the word lists, the built-in ones and a site's own.", _check)
    check.add_argument("folder", nargs="?", help="the site's own lists (else CONSULT_WORD_LISTS)")
    add(what, "status", "Which tables are loaded, from when, how much.", _status)


def _status(arguments: Arguments) -> None:
    from consult.knowledge.status import report

    print("\n".join(report()))


def _coverage(arguments: Arguments) -> None:
    from consult.app import vocabulary
    from consult.knowledge.coverage import report

    print("\n".join(report(vocabulary())))


def _check(arguments: Arguments) -> None:
    """Every fault as file, line and reason; exit status 2 where there is one."""
    from consult.config import word_list_folder
    from consult.knowledge.site_words import read_site_words
    from consult.knowledge.vocabulary import load_vocabulary
    from consult.nlp.check import faults

    words = load_vocabulary()
    found = faults(words.names.values())
    folder = Path(arguments.folder) if arguments.folder else word_list_folder()
    added = f"{len(words.names)} names"
    if folder is not None:
        site = read_site_words(folder, words.ingredients, words.names)
        found += site.faults
        added += f"; of the site {len(site.names)} names and {len(site.phrases)} phrases"
    for fault in found:
        print(fault.message, file=sys.stderr)
    if found:
        sys.exit(2)
    print(f"No fault found. {added}.")
