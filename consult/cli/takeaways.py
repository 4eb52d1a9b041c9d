"""consult takeaway check | due."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from consult.cli.files import note_lines_of
from consult.cli.parsing import Arguments, Commands, group
from consult.config import read_settings


def commands(parser: Commands) -> None:
    what = group(parser, "takeaway", "Work with takeaway documents.")
    check = what.add_parser(
        "check", help="the 18 points of the standardized format, for a consult's newest version or a file"
    )
    check.add_argument("consult", metavar="CONSULT|FILE", help="a consult's id, or a file of note lines to be replayed")
    check.add_argument("--database")
    check.set_defaults(run=_check)
    due = what.add_parser("due", help="reviews whose written summary is still to be sent, the first due first")
    due.add_argument("--database")
    due.set_defaults(run=_due)


def _check(arguments: Arguments) -> None:
    from consult.takeaway.conformance import check
    from consult.takeaway.papers import reading_of

    one = Path(arguments.consult)
    source, html, pdf = asyncio.run(_played(note_lines_of(one)) if one.is_file() else _stored(arguments))
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


def _due(arguments: Arguments) -> None:
    from datetime import date, datetime

    from consult.domain.summary import told_in
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

    today = datetime.now(settings.zone).date()
    found = [told_in(one, settings.zone) for one in asyncio.run(rows()) if one.takeaway_due]
    for row in sorted(found, key=lambda one: one.takeaway_due):
        left = (date.fromisoformat(row.takeaway_due) - today).days
        when = f"{left} days left" if left >= 0 else f"{-left} days late"
        print(f"{row.takeaway_due}\t{when}\t{row.id}\t{row.takeaway_stage or 'not drafted'}\t{row.pharmacist_id}")
