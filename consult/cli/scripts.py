"""consult scripts check | try | docs | export | import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from consult.cli.parsing import Arguments, Commands, add, group
from consult.errors import BadFile

if TYPE_CHECKING:
    from consult.scripts.checking import Grader


def commands(parser: Commands) -> None:
    what = group(parser, "scripts", "Work with conversation scripts.")
    check = add(
        what, "check", "Check script files and their translations; the built-in library without a file.", _check
    )
    check.add_argument("files", nargs="*", type=Path, help="script files, or ids of those that come with the program")
    walk = add(what, "try", "Walk a script in the terminal, or with answers piped in.", _try)
    walk.add_argument("file", type=Path, help="a script file, or the id of one that comes with the program")
    walk.add_argument("--age", type=int, default=74)
    walk.add_argument("--sex", choices=("f", "m"), default="f")
    walk.add_argument("--language", choices=("en", "es"), default="en")
    pages = add(what, "docs", "Write a readable page of each script.", _docs)
    pages.add_argument("folder", type=Path, help="where the pages go; it is made if need be")
    pages.add_argument("files", nargs="*", type=Path, help="script files; those that come with the program without any")
    out = add(what, "export", "A script as a FHIR R4 Questionnaire (JSON).", _export)
    out.add_argument("file", type=Path, help="a script file, or the id of one that comes with the program")
    out.add_argument("--out", type=Path, help="write to this file, whole or not at all")
    take = add(what, "import", "A FHIR R4 Questionnaire as script files, checked like any other.", _import)
    take.add_argument("file", help="FHIR JSON; - is standard input")
    take.add_argument("folder", type=Path, help="where the files go; files that stand there are not written over")
    check.add_argument(
        "--without-translations", action="store_true", help="do not ask for the words in other languages"
    )


def grader() -> Grader:
    """The school grade of a text as the takeaway measures it, drug names taken out."""
    from consult.app import vocabulary
    from consult.scripts.checking import Grader
    from consult.takeaway.readability import measure_text

    names = frozenset(name for name in vocabulary().names if name.isalpha() and len(name) > 4)
    return Grader(measure_text, names)


def _file(named: Path) -> Path:
    """The file of a script: the path itself, or that of the script of this id that comes with the program."""
    from consult.scripts.library import LIBRARY

    known = LIBRARY / "en" / f"{named}.yaml"
    return known if not named.is_file() and known.is_file() else named


def _check(arguments: Arguments) -> None:
    from consult.scripts import check_file
    from consult.scripts.checking import Complaint, complaints
    from consult.scripts.library import library_files
    from consult.scripts.translation import LANGUAGES

    how_hard, languages = grader(), () if arguments.without_translations else LANGUAGES
    said: set[Complaint] = set()  # what is wrong with a part is said once, not with every script that takes it in
    for path in map(_file, arguments.files or library_files()):
        wrong = complaints(path, how_hard, languages)
        for one in wrong:
            if one not in said:
                print(f"consult: {one}", file=sys.stderr)
        said.update(wrong)
        if not wrong:
            print("\n".join(check_file(path)))
    if said:
        sys.exit(2)


def _try(arguments: Arguments) -> None:
    import asyncio
    from datetime import UTC, datetime

    from consult.cli.files import lines_of
    from consult.cli.trial import walk
    from consult.domain.patient import Patient
    from consult.scripts import load_library, load_script

    builtin = load_library().get(str(arguments.file))
    script = builtin if builtin is not None else load_script(arguments.file)
    if not 0 <= arguments.age <= 120:
        raise BadFile("--age", None, "an age is a whole number from 0 to 120")
    born = f"{datetime.now(UTC).year - arguments.age}-01-01"
    patient = Patient("try-patient", "Try Patient", born, sex=arguments.sex, language=arguments.language)

    def say(line: str) -> None:
        print(line, flush=True)

    with lines_of("-") as (_, stream):
        asyncio.run(walk(script, patient, stream, say))


def _docs(arguments: Arguments) -> None:
    from consult.cli.files import write_whole
    from consult.scripts import load_library, load_script
    from consult.scripts.pages import page_of

    scripts = [load_script(_file(path)) for path in arguments.files] or list(load_library().values())
    try:
        arguments.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadFile(arguments.folder, None, f"is no folder that can be written to ({error.strerror})") from None
    for script in scripts:
        path = arguments.folder / f"{script.id}.html"
        write_whole(path, page_of(script).encode())
        print(path)


def _export(arguments: Arguments) -> None:
    import json

    from consult.cli.files import write_whole
    from consult.fhir.questionnaire import questionnaire

    text = json.dumps(questionnaire(_file(arguments.file)), ensure_ascii=False, indent=1) + "\n"
    if arguments.out is None:
        print(text, end="")
    else:
        write_whole(arguments.out, text.encode())


def _import(arguments: Arguments) -> None:
    """The files are compiled in a place of their own first: a script that is not sound is never written."""
    import tempfile

    from consult.cli.files import bytes_of, write_whole
    from consult.fhir.questionnaire_in import read_questionnaire
    from consult.scripts.library import load_script

    name = "standard input" if arguments.file == "-" else arguments.file
    made = read_questionnaire(bytes_of(arguments.file), name)
    files = {f"{made.id}.yaml": made.main, **({f"{made.id}_part.yaml": made.part} if made.part else {})}
    for one in files:
        if (arguments.folder / one).exists():
            raise BadFile(arguments.folder / one, None, "it stands already; move it away or choose another folder")
    with tempfile.TemporaryDirectory(prefix="consult-script-") as place:
        for one, text in files.items():
            (Path(place) / one).write_text(text, encoding="utf-8")
        try:
            load_script(Path(place) / f"{made.id}.yaml")
        except BadFile as reason:
            raise BadFile(name, None, f"it makes no sound script: {reason.reason}") from None
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for one, text in files.items():
        write_whole(arguments.folder / one, text.encode())
        print(f"wrote {arguments.folder / one}")
    for note in made.notes:
        print(f"consult: {note}", file=sys.stderr)
