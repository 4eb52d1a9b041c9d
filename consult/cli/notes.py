"""consult analyze | check | replay: note lines and cases, from files or standard input."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from pathlib import Path

from consult.cli.files import lines_of, print_rows, write_whole
from consult.cli.parsing import Arguments, Commands, add
from consult.errors import BadFile


def commands(parser: Commands) -> None:
    analyze = add(parser, "analyze", "Note lines in (text or JSONL), mentions out (JSONL).", _analyze)
    analyze.add_argument("file", nargs="?", default="-", help="a file; - or nothing is standard input")
    check = add(parser, "check", "Cases in (JSONL), alerts out (JSONL).", _check)
    check.add_argument("file", nargs="?", default="-", help="a file; - or nothing is standard input")
    check.add_argument(
        "--format",
        choices=("jsonl", "cds-hooks", "fhir"),
        default="jsonl",
        help="our own lines, CDS Hooks cards, or a FHIR R4 bundle with DetectedIssues, each a line a case",
    )
    check.add_argument("--explain", action="store_true", help="the rule, rows and facts behind each alert, as text")
    replay = add(parser, "replay", "Play a file of note lines through a consult; prints the events (JSONL).", _replay)
    replay.add_argument("file", nargs="?", default="-")
    replay.add_argument("--takeaway", type=Path, help="accept what is exact and write the draft takeaway to this PDF")
    replay.add_argument("--name", default="Example Patient")
    replay.add_argument("--birth-date", default="1950-01-01", help="YYYY-MM-DD")
    replay.add_argument("--sex", choices=("f", "m", ""), default="")


def _analyze(arguments: Arguments) -> None:
    from consult.app import annotator
    from consult.nlp.records import analyze_records

    print_rows(arguments.file, lambda path, lines: analyze_records(lines, annotator(), path))


def _check(arguments: Arguments) -> None:
    from consult.app import check_records, knowledge, label_of, vocabulary
    from consult.assess.explain import explain_records
    from consult.knowledge.status import rule_rows

    today = date.today().isoformat()
    if arguments.explain:
        with lines_of(arguments.file) as (path, stream):
            for line in explain_records(stream, vocabulary(), knowledge(), path, rule_rows, label_of, today):
                print(line)
        return
    if arguments.format == "jsonl":
        print_rows(arguments.file, lambda path, lines: check_records(lines, vocabulary(), knowledge(), path, today))
        return
    from consult.fhir.case import card_records, issue_records

    words = vocabulary()
    if arguments.format == "cds-hooks":
        print_rows(arguments.file, lambda path, lines: card_records(lines, words, knowledge(), path, today))
    else:
        print_rows(
            arguments.file, lambda path, lines: issue_records(lines, words, knowledge(), path, words.rxcui, today)
        )


def _replay(arguments: Arguments) -> None:
    from consult.domain.patient import Patient, age_on
    from consult.rehearse import note_lines, replay

    try:
        age_on(arguments.birth_date, "2000-01-01")
    except ValueError:
        raise BadFile("--birth-date", None, "write the date as YYYY-MM-DD") from None
    with lines_of(arguments.file) as (path, stream):
        try:
            lines = note_lines(path, stream)
        except UnicodeDecodeError:
            raise BadFile(path, None, "not UTF-8 text") from None
    patient = Patient(id="replay", name=arguments.name, birth_date=arguments.birth_date, sex=arguments.sex)
    wanted = arguments.takeaway is not None
    document = asyncio.run(replay(lines, patient, lambda event: print(json.dumps(event, ensure_ascii=False)), wanted))
    if document is not None:
        write_whole(arguments.takeaway, document.pdf)
        print(f"consult: wrote {arguments.takeaway}, a draft that nobody reviewed", file=sys.stderr)
