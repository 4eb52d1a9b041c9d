"""consult data status | coverage | check | diff | import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from consult.cli.parsing import Arguments, Commands, add, group
from consult.errors import BadFile


def commands(parser: Commands) -> None:
    what = group(parser, "data", "Look at the built-in drug data.")
    add(what, "coverage", "What the vocabulary covers.", _coverage)
    check = add(what, "check", "Look for faults in the word lists, the built-in ones and a site's own.", _check)
    check.add_argument("folder", nargs="?", help="the site's own lists (else CONSULT_WORD_LISTS)")
    status = add(what, "status", "Which tables are loaded, from when, how much; the site's own too.", _status)
    status.add_argument("--data", type=Path, help="the site's data folder (else CONSULT_DATA)")
    diff = add(what, "diff", "Which alerts change between two states of the drug data, on a set of regimens.", _diff)
    place = 'a folder of tables, a site\'s data folder, "packaged", or "now" (packaged and CONSULT_DATA)'
    diff.add_argument("old", help=place)
    diff.add_argument("new", help=place)
    diff.add_argument("--cases", metavar="FILE", help="cases as for consult check (JSONL); else regimens are drawn")
    diff.add_argument("--count", type=int, default=300, help="how many regimens are drawn")
    diff.add_argument("--size", type=int, default=8, help="of how many medicines")
    _import_commands(what)


def _diff(arguments: Arguments) -> None:
    """Exit status 0 where no alert changes, 1 where one does, 2 where it cannot be told."""
    from consult.app import vocabulary
    from consult.assess.cases import read_cases
    from consult.assess.compare import compare, drawn, told
    from consult.cli.files import lines_of

    old, new = (_state_of(name) for name in (arguments.old, arguments.new))
    if arguments.cases is None:
        found = compare(drawn(vocabulary().top300, arguments.count, arguments.size), old, new)
    else:
        with lines_of(arguments.cases) as (path, stream):
            cases = read_cases(stream, vocabulary(), new, path)
            found = compare(((str(name), facts) for name, facts, _ in cases), old, new)
    for line in told(found):
        print(line)
    if found.changes:
        sys.exit(1)


def _state_of(name: str) -> Any:
    from consult.app import knowledge
    from consult.knowledge.site import with_site_rules
    from consult.knowledge.sitefile import SOURCES, path_of
    from consult.knowledge.tables import load_knowledge

    if name == "now":
        return knowledge()
    if name == "packaged":
        return load_knowledge()
    folder = Path(name)
    if (folder / "classes.csv").is_file():
        return load_knowledge(folder)
    if any(path_of(folder, source).is_file() for source in SOURCES):
        return with_site_rules(load_knowledge(), folder)
    raise BadFile(folder, None, "neither a folder of tables (classes.csv) nor a site's data folder")


def _import_commands(what: Commands) -> None:
    take = group(what, "import", "Load drug data of a site: checked, counted, swapped in whole or not at all.")

    def source(name: str, text: str, several: bool = False) -> Any:
        command = add(take, name, text, _import)
        command.add_argument("path", nargs="+" if several else 1, type=Path)
        command.add_argument("--data", type=Path, help="the site's data folder (else CONSULT_DATA)")
        command.add_argument("--smaller", action="store_true", help="also when it holds far less than what stands")
        command.set_defaults(source=name)
        return command

    source("rxnorm", "RxNorm Current Prescribable Content: the folder with the RRF files.")
    source("ndc", "FDA NDC directory: product.txt.")
    rules = source("rules", "Interaction rules of the site or of a licensed vendor: CSV or JSON, ten items a rule.")
    rules.add_argument("--terms", default="the site's own", help="under which terms the rules may be used")
    source("openfda", "openFDA drug labels (JSON): text shown on demand as evidence, never a rule.", several=True)
    listed = source("ddinter", "DDInter CSV files: only where no rule of ours or of the site speaks.", several=True)
    listed.add_argument(
        "--accept-licence", metavar="CC-BY-NC-SA-4.0", help="say that the site may use it under these terms"
    )


def _folder(arguments: Arguments) -> Path | None:
    from consult.config import data_folder

    folder: Path | None = arguments.data or data_folder()
    return folder


def _import(arguments: Arguments) -> None:
    from consult.knowledge.importers import ddinter, ndc, openfda, rxnorm, site_rules
    from consult.knowledge.sitefile import write_rows
    from consult.knowledge.tables import load_knowledge
    from consult.knowledge.vocabulary import load_vocabulary

    folder, paths = _folder(arguments), arguments.path
    if folder is None:
        raise BadFile("--data", None, "name the site's data folder here or in CONSULT_DATA")
    manifest: Any
    rows: Any
    if arguments.source == "rxnorm":
        manifest, rows = rxnorm.read_rxnorm(paths[0], load_vocabulary(), _progress)
    elif arguments.source == "ndc":
        manifest, rows = ndc.read_ndc(paths[0], load_vocabulary(), _progress)
    elif arguments.source == "openfda":
        manifest, rows = openfda.read_openfda(paths, load_vocabulary(), _progress)
    elif arguments.source == "rules":
        manifest, rows = site_rules.read_site_rules(paths[0], load_knowledge(), arguments.terms, _progress)
    else:
        if arguments.accept_licence != "CC-BY-NC-SA-4.0":
            print(f"consult: {ddinter.TERMS}", file=sys.stderr)
            raise BadFile("--accept-licence", None, "say --accept-licence CC-BY-NC-SA-4.0 where your site may use it")
        manifest, rows = ddinter.read_ddinter(paths, load_vocabulary(), _progress)
        print(f"consult: {ddinter.INCOMPLETE}", file=sys.stderr)
    whole = write_rows(folder, manifest, rows, smaller=arguments.smaller)
    print(f"{whole.title}: {whole.rows} rows in {folder}")
    print("\n".join(f"  {name}: {count}" for name, count in whole.counts.items()))
    print(f"  data of {whole.data_date}, sha256 {whole.sha256[:12]}")
    print("consult: it is used from the next start of the server", file=sys.stderr)


def _progress(words: str) -> None:
    print(f"consult: {words}", file=sys.stderr)


def _status(arguments: Arguments) -> None:
    from consult.knowledge.status import report, site_report

    print("\n".join(report()))
    folder = _folder(arguments)
    print("\n".join(site_report(folder) if folder is not None else ["site data: none (CONSULT_DATA is not set)"]))


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
