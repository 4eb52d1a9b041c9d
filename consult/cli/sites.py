"""consult serve | demo: run a site."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from consult.cli.logs import log_as_json
from consult.cli.parsing import Arguments, Commands, add
from consult.config import Settings, as_variables, read_settings
from consult.errors import BadFile

DEMO_SITE: dict[str, Any] = {
    "site_name": "Prairie Medication Review",
    "help_phone": "555-0100",
    "help_hours": "Monday to Friday, 8 am to 6 pm",
    "help_hours_es": "de lunes a viernes, de 8 a. m. a 6 p. m.",
    "plan_name": "Prairie Health Part D",
    "letterhead": ("Prairie Medication Review", "100 Main Street, Springfield, IL 62701"),
    "disposal_places": ("Prairie Pharmacy, 100 Main Street, Springfield (drop box)",),
}


def commands(parser: Commands) -> None:
    serve = add(parser, "serve", "Serve a site.", _serve)
    serve.add_argument("--database", help="sqlite:///FILE or postgresql://... (or CONSULT_DATABASE)")
    serve.add_argument("--host")
    serve.add_argument("--port", type=int)
    serve.add_argument("--public-origin", help="what people type, e.g. https://consult.example")
    serve.add_argument("--workers", type=int, default=1, help="serving processes on this port (PostgreSQL)")
    serve.add_argument("--beside", action="store_true", help=argparse.SUPPRESS)
    demo = add(parser, "demo", "Make a site with fictional people in a folder, and serve it with --serve.", _demo)
    demo.add_argument("--folder", type=Path, default=Path("demo-site"))
    demo.add_argument("--serve", action="store_true", help="serve it and print the links to open")
    demo.add_argument("--port", type=int, default=8080)
    demo.add_argument("--host", default="127.0.0.1")


def _serve(arguments: Arguments) -> None:
    settings = read_settings(
        database=arguments.database, host=arguments.host, port=arguments.port, public_origin=arguments.public_origin
    )
    log_as_json(settings.log_level)
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
    run(
        [*words, "--public-origin", settings.origin],
        count,
        {"CONSULT_DATABASE": settings.database},
        settings.metrics_port,
    )


def _run(work: Any) -> None:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def _demo(arguments: Arguments) -> None:
    from consult.demo.site import create, known_people

    folder: Path = arguments.folder
    database = folder / "consult.db"
    secret = folder / "password.txt"
    settings = read_settings(database=f"sqlite:///{database}", host=arguments.host, port=arguments.port, **DEMO_SITE)
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
        words = {"database": f"sqlite:///{database.resolve()}", **DEMO_SITE}
        (folder / "site.env").write_text(as_variables(words), encoding="utf-8")
    password = secret.read_text(encoding="utf-8").strip()
    if not arguments.serve:
        print(f"demo: {folder} is ready; serve it with: consult demo --serve --folder {folder}")
        print(f"demo: for other commands on it: set -a; . {folder}/site.env; set +a; consult takeaway check kim")
        return
    _serve_demo(settings, password, known_people())


def _serve_demo(settings: Settings, password: str, people: Any) -> None:
    from consult.domain.people import patient_member
    from consult.server import Running, serve

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
