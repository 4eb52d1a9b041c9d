"""The command line: serve | demo | analyze | check | replay | takeaway | scripts | data | db | users."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import getpass
import json
import logging
import os
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from consult.config import Settings, read_settings
from consult.errors import BadFile, ConsultError

Arguments = argparse.Namespace


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
    parser = argparse.ArgumentParser(prog="consult", description="Software beside a pharmacist in a medication review.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[Arguments], None], text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        command.set_defaults(run=run)
        return command

    serve = add("serve", _serve, "Serve a site.")
    _site_options(serve)
    serve.add_argument("--workers", type=int, default=1, help="serving processes on this port (PostgreSQL)")
    serve.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    demo = add("demo", _demo, "Make a site with fictional people in a folder, and serve it with --serve.")
    demo.add_argument("--folder", type=Path, default=Path("demo-site"))
    demo.add_argument("--serve", action="store_true", help="serve it and print the links to open")
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--host", default="127.0.0.1")
    for name, work, text in (
        ("analyze", _analyze, "Note lines in (text or JSONL), mentions out (JSONL)."),
        ("check", _check, "Cases in (JSONL), alerts out (JSONL)."),
    ):
        command = add(name, work, text)
        command.add_argument("file", nargs="?", default="-", help="a file; - or nothing is standard input")
        if name == "check":
            command.add_argument(
                "--explain", action="store_true", help="the rule, rows and facts behind each alert, as text"
            )
    replay = add("replay", _replay, "Play a file of note lines through a consult; prints the events (JSONL).")
    replay.add_argument("file", nargs="?", default="-")
    replay.add_argument("--takeaway", type=Path, help="accept what is exact and write the draft takeaway to this PDF")
    replay.add_argument("--name", default="Example Patient")
    replay.add_argument("--birth-date", default="1950-01-01", help="YYYY-MM-DD")
    replay.add_argument("--sex", choices=("f", "m", ""), default="")
    _takeaway_commands(add("takeaway", _nothing, "Work with takeaway documents."))
    scripts = add("scripts", _nothing, "Work with conversation scripts.").add_subparsers(required=True, metavar="WHAT")
    script_check = scripts.add_parser("check", help="check script files; the built-in library without a file")
    script_check.add_argument("files", nargs="*", type=Path)
    script_check.set_defaults(run=_scripts_check)
    data = add("data", _nothing, "Look at the built-in drug data.").add_subparsers(required=True, metavar="WHAT")
    data.add_parser("coverage", help="what the vocabulary covers").set_defaults(run=_data_coverage)
    data.add_parser("status", help="which tables are loaded, from when, how much").set_defaults(run=_data_status)
    database = add("db", _nothing, "Work with the database.").add_subparsers(required=True, metavar="WHAT")
    upgrade = database.add_parser("upgrade", help="create the tables or bring them to this version")
    upgrade.add_argument("--database")
    upgrade.set_defaults(run=_db_upgrade)
    _users_commands(add("users", _nothing, "Accounts of staff."))
    return parser


def _site_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--database", help="sqlite:///FILE or postgresql://... (or CONSULT_DATABASE)")
    parser.add_argument("--host")
    parser.add_argument("--port", type=int)
    parser.add_argument("--public-origin", help="what people type, e.g. https://consult.example")


def _takeaway_commands(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(required=True, metavar="WHAT")
    check = what.add_parser(
        "check", help="the 18 points of the standardized format, for a consult's newest version or a file"
    )
    check.add_argument("consult", metavar="CONSULT|FILE", help="a consult's id, or a file of note lines to be replayed")
    check.add_argument("--database")
    check.set_defaults(run=_takeaway_check)
    due = what.add_parser("due", help="reviews whose written summary is still to be sent, the first due first")
    due.add_argument("--database")
    due.set_defaults(run=_takeaway_due)


def _users_commands(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(required=True, metavar="WHAT")
    add = what.add_parser("add", help="add an account; asks for the password")
    add.add_argument("login")
    add.add_argument("--name", required=True)
    add.add_argument("--role", choices=("pharmacist", "supervisor"), required=True)
    add.add_argument("--title", default="")
    add.add_argument("--database")
    add.set_defaults(run=_users_add)
    listed = what.add_parser("list", help="list the accounts")
    listed.add_argument("--database")
    listed.set_defaults(run=_users_list)


def _nothing(arguments: Arguments) -> None:
    """A command that only has sub-commands."""


# --- files


@contextlib.contextmanager
def _lines(name: str) -> Iterator[tuple[str, IO[str]]]:
    """A file or standard input as text. Raises BadFile where it cannot be read as UTF-8."""
    if name == "-":
        yield "standard input", open(0, encoding="utf-8", errors="strict", closefd=False)  # noqa: SIM115
        return
    try:
        with open(name, encoding="utf-8") as stream:
            yield name, stream
    except OSError as error:
        raise BadFile(name, None, f"cannot be read ({error.strerror})") from None


def _rows(name: str, work: Callable[[str, Iterator[str]], Iterator[dict[str, Any]]]) -> None:
    with _lines(name) as (path, stream):
        number = 0

        def counted() -> Iterator[str]:
            nonlocal number
            try:
                for line in stream:
                    number += 1
                    yield line
            except UnicodeDecodeError:
                raise BadFile(path, number + 1, "not UTF-8 text") from None

        for row in work(path, counted()):
            print(json.dumps(row, ensure_ascii=False))


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent or Path(), prefix=f".{path.name}.", delete=False) as stream:
            stream.write(content)
        os.replace(stream.name, path)
    except OSError as error:
        raise BadFile(path, None, f"cannot be written ({error.strerror})") from None


def _analyze(arguments: Arguments) -> None:
    from consult.app import annotator
    from consult.nlp.records import analyze_records

    _rows(arguments.file, lambda path, lines: analyze_records(lines, annotator(), path))


def _check(arguments: Arguments) -> None:
    from consult.app import check_records, knowledge, vocabulary
    from consult.assess.explain import explain_records
    from consult.knowledge.status import rule_rows

    if arguments.explain:
        with _lines(arguments.file) as (path, stream):
            for line in explain_records(stream, vocabulary(), knowledge(), path, rule_rows):
                print(line)
        return
    _rows(arguments.file, lambda path, lines: check_records(lines, vocabulary(), knowledge(), path))


def _replay(arguments: Arguments) -> None:
    from consult.domain.patient import Patient, age_on
    from consult.rehearse import note_lines, replay

    try:
        age_on(arguments.birth_date, "2000-01-01")
    except ValueError:
        raise BadFile("--birth-date", None, "write the date as YYYY-MM-DD") from None
    with _lines(arguments.file) as (path, stream):
        try:
            lines = note_lines(path, stream)
        except UnicodeDecodeError:
            raise BadFile(path, None, "not UTF-8 text") from None
    patient = Patient(id="replay", name=arguments.name, birth_date=arguments.birth_date, sex=arguments.sex)
    wanted = arguments.takeaway is not None
    document = asyncio.run(replay(lines, patient, lambda event: print(json.dumps(event, ensure_ascii=False)), wanted))
    if document is not None:
        _write(arguments.takeaway, document.pdf)
        print(f"consult: wrote {arguments.takeaway}, a draft that nobody reviewed", file=sys.stderr)


def _takeaway_check(arguments: Arguments) -> None:
    from consult.takeaway.conformance import check
    from consult.takeaway.papers import reading_of

    one = Path(arguments.consult)
    source, html, pdf = asyncio.run(_played(_read(one)) if one.is_file() else _stored(arguments))
    points = check(source, html=html.decode(), pdf=pdf)
    for point in points:
        print(
            f"{point.result.upper():<4}  {point.number:>2}  {point.name}"
            + "".join(f"\n{'':10}{place}" for place in point.places)
        )
    reading = reading_of(source)
    print(f"reading grade {reading.grade:g}; of the words written for this patient {reading.written_grade:g}")
    if not all(point.passed for point in points):
        sys.exit(1)


def _read(path: Path) -> list[str]:
    from consult.rehearse import note_lines

    try:
        return note_lines(path, path.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError:
        raise BadFile(path, None, "not UTF-8 text") from None


async def _played(lines: list[str]) -> tuple[Any, bytes, bytes]:
    """The draft from a file of note lines, with what is exact accepted and nothing reviewed."""
    from consult.domain.patient import Patient
    from consult.rehearse import replay

    patient = Patient(id="replay", name="Example Patient", birth_date="1950-01-01")
    draft = await replay(lines, patient, lambda event: None, True, read_settings())
    assert draft is not None
    return draft.source, draft.html, draft.pdf


async def _stored(arguments: Arguments) -> tuple[Any, bytes, bytes]:
    """The newest version of a consult."""
    from consult.app import HereAndNow, build_analysis, open_core
    from consult.errors import NotFound

    settings = read_settings(database=arguments.database)
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        consult = await core.consult(arguments.consult)
        newest = consult.takeaway() if consult else None
        if consult is None or newest is None:
            raise NotFound("There is no consult with this id that has a takeaway.")
        page, printed = await core.documents.get(newest.html_sha256), await core.documents.get(newest.sha256)
        drawn = await core.consult(arguments.consult, until=newest.based_on)
        return await core.source(drawn or consult, newest.drafted_at), page or b"", printed or b""


def _takeaway_due(arguments: Arguments) -> None:
    from datetime import UTC, date, datetime

    from consult.storage.database import open_database
    from consult.storage.events import EventStore

    settings = read_settings(database=arguments.database)

    async def rows() -> Any:
        database = await open_database(settings.database)
        try:
            store = EventStore(database)
            found = await store.rows()
            await store.close()
            return found
        finally:
            await database.close()

    today = datetime.now(UTC).date()
    for row in sorted((one for one in asyncio.run(rows()) if one.takeaway_due), key=lambda one: one.takeaway_due):
        left = (date.fromisoformat(row.takeaway_due) - today).days
        when = f"{left} days left" if left >= 0 else f"{-left} days late"
        print(f"{row.takeaway_due}\t{when}\t{row.id}\t{row.takeaway_stage or 'not drafted'}\t{row.pharmacist_id}")


def _scripts_check(arguments: Arguments) -> None:
    from consult.scripts import check_file, load_library

    if not arguments.files:
        for script_id, script in load_library().items():
            print(f"{script_id}: {len(script.steps)} steps, {len(script.branches)} branches")
    for path in arguments.files:
        print("\n".join(check_file(path)))


def _data_status(arguments: Arguments) -> None:
    from consult.knowledge.status import report

    print("\n".join(report()))


def _data_coverage(arguments: Arguments) -> None:
    from consult.app import vocabulary
    from consult.knowledge.coverage import report

    print("\n".join(report(vocabulary())))


# --- sites


def _serve(arguments: Arguments) -> None:
    settings = read_settings(
        database=arguments.database, host=arguments.host, port=arguments.port, public_origin=arguments.public_origin
    )
    _check_fleet(settings, arguments.workers)
    if arguments.workers > 1:
        return _serve_fleet(settings, arguments.workers)
    from consult.server import Running, serve

    async def ready(server: Running) -> None:
        for warning in server.core.database.warnings:
            print(f"consult: warning: {warning}", file=sys.stderr)
        print(f"consult: serving {server.origin}", flush=True)

    _run(serve(settings, ready, shared=arguments.beside))


def _check_fleet(settings: Settings, count: int) -> None:
    from consult.fleet import check

    check(settings, count)


def _serve_fleet(settings: Settings, count: int) -> None:
    from consult.fleet import run

    words = ["serve", "--beside", "--host", settings.host, "--port", str(settings.port)]
    # The address of the database may hold a password, which a command line would show to everybody.
    run([*words, "--public-origin", settings.origin], count, {"CONSULT_DATABASE": settings.database})


def _run(work: Any) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def _demo(arguments: Arguments) -> None:
    from consult.demo.site import create, known_people

    folder: Path = arguments.folder
    database = folder / "consult.db"
    secret = folder / "password.txt"
    settings = read_settings(
        database=f"sqlite:///{database}",
        host=arguments.host,
        port=arguments.port,
        site_name="Prairie Medication Review",
        help_phone="555-0100",
        help_hours="Monday to Friday, 8 am to 6 pm",
        plan_name="Prairie Health Part D",
        letterhead=("Prairie Medication Review", "100 Main Street, Springfield, IL 62701"),
        disposal_places=("Prairie Pharmacy, 100 Main Street, Springfield (drop box)",),
    )
    if not secret.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if database.exists():
            raise BadFile(database, None, "a database stands here that is no demo site; choose another --folder")
        print(f"demo: making the demo site in {folder}", flush=True)
        making = folder / "making.db"
        for leftover in folder.glob("making.db*"):
            leftover.unlink()
        from dataclasses import replace

        password = asyncio.run(create(replace(settings, database=f"sqlite:///{making}"), print))
        making.rename(database)
        secret.write_text(password + "\n", encoding="utf-8")
        secret.chmod(0o600)
    password = secret.read_text(encoding="utf-8").strip()
    if not arguments.serve:
        print(f"demo: {folder} is ready; serve it with: consult demo --serve --folder {folder}")
        return
    _serve_demo(settings, password, known_people())


def _serve_demo(settings: Settings, password: str, people: Any) -> None:
    from consult.server import Running, serve
    from consult.session.audience import patient_member

    async def ready(server: Running) -> None:
        core = server.core
        consult_id, name, birth_date = people.waiting[0]
        now = core.clock()
        await core.doorkeeper.revoke(consult_id)
        token = await core.doorkeeper.invite(
            consult_id, patient_member(consult_id), name, birth_date, now - timedelta(hours=1), now + timedelta(days=7)
        )
        logins = {role: login for login, role, _ in reversed(people.logins)}
        origin = server.origin
        print(
            f"""
The demo site is ready. Open these three links (any browser, same machine):

  pharmacist   {origin}/signin?as=pharmacist     account: {logins["pharmacist"]}    password: {password}
  patient      {origin}/join#t={token}     {name}, date of birth {birth_date}
  supervisor   {origin}/signin?as=supervisor     account: {logins["supervisor"]}    password: {password}

All people are invented. Stop with Ctrl+C; everything is kept in {Path(settings.database.removeprefix("sqlite:///")).parent}.
""",
            flush=True,
        )

    _run(serve(settings, ready))


def _db_upgrade(arguments: Arguments) -> None:
    from consult.storage.database import open_database

    settings = read_settings(database=arguments.database)

    async def work() -> None:
        database = await open_database(settings.database, create=True)
        await database.close()

    asyncio.run(work())
    print("consult: the database is up to date")


def _users_add(arguments: Arguments) -> None:
    from consult.auth.passwords import check_policy, hash_password
    from consult.domain.identity import Account

    password = getpass.getpass("password (15 characters or more): ")
    check_policy(password)
    account = Account(
        id=f"staff-{uuid.uuid4()}",
        login=arguments.login.lower(),
        name=arguments.name,
        role=arguments.role,
        password_hash=hash_password(password),
        title=arguments.title,
    )
    _with_accounts(arguments, lambda accounts: accounts.add(account))
    print(f"consult: added {account.login}")


def _users_list(arguments: Arguments) -> None:
    for account in _with_accounts(arguments, lambda accounts: accounts.list()):
        print(f"{account.login}\t{account.role}\t{account.name}\t{'active' if account.active else 'closed'}")


def _with_accounts(arguments: Arguments, work: Callable[[Any], Any]) -> Any:
    from consult.storage.database import open_database
    from consult.storage.identities import AccountStore

    settings = read_settings(database=arguments.database)

    async def run() -> Any:
        database = await open_database(settings.database, create=True)
        try:
            return await work(AccountStore(database))
        finally:
            await database.close()

    return asyncio.run(run())


if __name__ == "__main__":
    main()
