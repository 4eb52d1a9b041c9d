"""The desk: makes the takeaway and the letters from what is accepted, keeps their bytes, and records them.

A request is an event, so a request that was cut short by a restart is taken up again.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import Protocol

from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.days import day_of
from consult.domain.events import Event
from consult.domain.letter import Letter
from consult.domain.people import SYSTEM
from consult.domain.plan import Copy
from consult.errors import ConsultError
from consult.session.live import Clock, Submit
from consult.takeaway.letter import LetterInput, recommendation_of
from consult.takeaway.papers import HTML, PDF, Papers
from consult.takeaway.source import DisposalSites, Pharmacist, Site, TakeawayInput

log = logging.getLogger("consult.desk")


class Documents(Protocol):
    async def put(self, content: bytes, media_type: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the site adds to each takeaway."""

    site: Site = Site()
    disposal: DisposalSites = DisposalSites()
    zone: tzinfo | None = UTC  # in which a day is told; None: the machine's


class Press(Protocol):
    """Makes the bytes: every form of a takeaway, and a letter as page and PDF. Raises RenderFailed."""

    async def takeaway(self, source: TakeawayInput) -> Papers: ...

    async def letter(self, source: LetterInput) -> tuple[bytes, bytes]: ...


Signer = Callable[[str], Awaitable[Pharmacist]]  # by the pharmacist's account id


class Desk:
    """`notice` is called with every stored change and works on requests in the background, one consult at a time."""

    def __init__(
        self,
        press: Press,
        documents: Documents,
        signer: Signer,
        letterhead: Letterhead,
        submit: Submit,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._press = press
        self._documents = documents
        self._signer = signer
        self._letterhead = letterhead
        self._submit = submit
        self._clock = clock
        self._new_id = new_id
        self._newest: dict[str, Consult] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        if not _waits(consult):
            self._newest.pop(consult.id, None)
            return
        self._newest[consult.id] = consult
        running = self._tasks.get(consult.id)
        if running is None or running.done():
            self._tasks[consult.id] = asyncio.create_task(self._work(consult.id), name=f"desk {consult.id}")

    async def _work(self, consult_id: str) -> None:
        """Make what waits until nothing does; what was made of an older state than now stands is made again."""
        while (consult := self._newest.get(consult_id)) is not None:
            if consult.takeaway_pending:
                await self._make(consult, "takeaway", self._takeaway, co.RecordTakeawayFailure)
            for letter in consult.letters.values():
                if letter.stage == "requested":
                    await self._make(
                        consult,
                        "letter",
                        functools.partial(self._letter, letter=letter),
                        functools.partial(co.RecordLetterFailure, letter.id),
                    )
            if self._newest.get(consult_id) is consult:
                del self._newest[consult_id]  # what could be done is done; the next change starts anew

    async def _make(
        self,
        consult: Consult,
        what: str,
        make: Callable[[Consult], Awaitable[co.Command]],
        failure: Callable[[str], co.Command],
    ) -> None:
        try:
            command = await make(consult)
        except ConsultError as error:
            log.warning("%s %s: %s", what, consult.id, error.code)
            command = failure(error.code)
        except Exception as error:
            log.error("%s %s: %s", what, consult.id, type(error).__name__)
            command = failure(f"{what}-error")
        try:
            await self._submit(consult.id, command, SYSTEM, self._new_id())
        except ConsultError as error:
            log.warning("%s %s: %s", what, consult.id, error.code)

    async def _takeaway(self, consult: Consult) -> co.Command:
        pharmacist = await self._signer(consult.pharmacist_id)
        papers = await self._press.takeaway(written_from(consult, pharmacist, self._letterhead, self._today()))
        html, pdf, *copies = [
            Copy(one.name, await self._documents.put(one.content, one.media_type))
            for one in (papers.html, papers.pdf, *papers.copies)
        ]
        return co.RecordTakeaway(
            consult.seq,
            pdf.sha256,
            html.sha256,
            tuple(copies),
            papers.failing,
            papers.reading.grade,
            papers.language,
            papers.lines,
        )

    async def _letter(self, consult: Consult, letter: Letter) -> co.Command:
        pharmacist = await self._signer(consult.pharmacist_id)
        page, pdf = await self._press.letter(letter_from(consult, letter, pharmacist, self._letterhead, self._today()))
        html_sha256 = await self._documents.put(page, HTML)
        sha256 = await self._documents.put(pdf, PDF)
        return co.RecordLetter(replace(letter, sha256=sha256, html_sha256=html_sha256, based_on=consult.seq))

    def _today(self) -> str:
        return day_of(self._clock(), self._letterhead.zone)

    async def settle(self, consult_id: str) -> None:
        """Return when no document of this consult is being made."""
        while (task := self._tasks.get(consult_id)) is not None and not task.done():
            await asyncio.wait({task})

    async def stop(self) -> None:
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def _waits(consult: Consult) -> bool:
    if not consult.letters:
        return consult.takeaway_pending
    return consult.takeaway_pending or any(one.stage == "requested" for one in consult.letters.values())


def letter_from(
    consult: Consult, letter: Letter, pharmacist: Pharmacist, letterhead: Letterhead, today: str
) -> LetterInput:
    """What a letter says: the problems as they are written now, and the regimen that the pharmacist accepted."""
    assert consult.patient is not None
    problems = [consult.problems[key] for key in letter.problems if key in consult.problems]
    return LetterInput(
        patient=consult.patient,
        prescriber=letter.prescriber,
        recommendations=tuple(recommendation_of(problem) for problem in problems),
        medications=tuple(row for row in consult.medications.values() if row.review == "confirmed"),
        date_of_service=day_of(consult.opened_at or consult.planned_at, letterhead.zone),
        prepared_on=today,
        pharmacist=pharmacist,
        site=letterhead.site,
        prescriber_address=letter.address,
        reply_by=letter.reply_by,
        reviewed=True,
    )


def written_from(
    consult: Consult, pharmacist: Pharmacist, letterhead: Letterhead, today: str, *, reviewed: bool = True
) -> TakeawayInput:
    """What the takeaway is written from; the paper says what was accepted, the check what still waits.

    `reviewed` False marks every page a draft.
    """
    assert consult.patient is not None
    accepted = tuple(row for row in consult.medications.values() if row.review == "confirmed")
    return TakeawayInput(
        patient=consult.patient,
        medications=tuple(row for row in consult.medications.values() if row.review in ("confirmed", "proposed")),
        stopped=tuple(row for row in accepted if row.status in ("stopped", "completed", "not-taken")),
        allergies=tuple(one for one in consult.allergies.values() if one.review in ("confirmed", "proposed")),
        effects=tuple(one for one in consult.effects.values() if one.review == "confirmed"),
        todos=tuple(consult.todos.values()),
        date_of_service=day_of(consult.opened_at or consult.planned_at, letterhead.zone),
        prepared_on=today,
        pharmacist=pharmacist,
        site=letterhead.site,
        disposal=letterhead.disposal,
        language=consult.takeaway_language or consult.patient.language,
        representative=consult.representative.name if consult.representative else "",
        reviewed=reviewed,
    )
