"""The desk: makes the takeaway from what is accepted, keeps its bytes, and records the version.

A request is an event, so a request that was cut short by a restart is taken up again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import Copy
from consult.errors import ConsultError
from consult.session.live import Clock
from consult.takeaway.papers import Papers
from consult.takeaway.source import DisposalSites, Pharmacist, Site, TakeawayInput

log = logging.getLogger("consult.desk")
Submit = Callable[[str, co.Command, Actor, str], Awaitable[int]]


class Documents(Protocol):
    async def put(self, content: bytes, media_type: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the site adds to each takeaway."""

    site: Site = Site()
    disposal: DisposalSites = DisposalSites()


Make = Callable[[TakeawayInput], Awaitable[Papers]]
Signer = Callable[[str], Awaitable[Pharmacist]]  # by the pharmacist's account id


class Desk:
    """`notice` is called with every stored change and works on requests in the background."""

    def __init__(
        self,
        make: Make,
        documents: Documents,
        signer: Signer,
        letterhead: Letterhead,
        submit: Submit,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._make_papers = make
        self._documents = documents
        self._signer = signer
        self._letterhead = letterhead
        self._submit = submit
        self._clock = clock
        self._new_id = new_id
        self._tasks: dict[str, asyncio.Task[None]] = {}

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        running = self._tasks.get(consult.id)
        if consult.takeaway_pending and (running is None or running.done()):
            self._tasks[consult.id] = asyncio.create_task(self._make(consult), name=f"takeaway {consult.id}")

    async def _make(self, consult: Consult) -> None:
        command: co.Command
        try:
            pharmacist = await self._signer(consult.pharmacist_id)
            source = written_from(consult, pharmacist, self._letterhead, self._clock().date().isoformat())
            papers = await self._make_papers(source)
            html, pdf, *copies = [
                Copy(one.name, await self._documents.put(one.content, one.media_type))
                for one in (papers.html, papers.pdf, *papers.copies)
            ]
            command = co.RecordTakeaway(
                consult.seq,
                pdf.sha256,
                html.sha256,
                tuple(copies),
                papers.failing,
                papers.reading.grade,
                papers.language,
            )
        except ConsultError as error:
            log.warning("takeaway %s: %s", consult.id, error.code)
            command = co.RecordTakeawayFailure(error.code)
        except Exception as error:
            log.error("takeaway %s: %s", consult.id, type(error).__name__)
            command = co.RecordTakeawayFailure("takeaway-error")
        try:
            await self._submit(consult.id, command, SYSTEM, self._new_id())
        except ConsultError as error:
            log.warning("takeaway %s: %s", consult.id, error.code)

    async def settle(self, consult_id: str) -> None:
        """Return when no document of this consult is being made."""
        while (task := self._tasks.get(consult_id)) is not None and not task.done():
            await asyncio.wait({task})

    async def stop(self) -> None:
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def written_from(
    consult: Consult, pharmacist: Pharmacist, letterhead: Letterhead, today: str, *, reviewed: bool = True
) -> TakeawayInput:
    """What the takeaway says: only rows that the pharmacist accepted. `reviewed` False marks every page a draft."""
    assert consult.patient is not None
    accepted = tuple(row for row in consult.medications.values() if row.review == "confirmed")
    return TakeawayInput(
        patient=consult.patient,
        medications=accepted,
        stopped=tuple(row for row in accepted if row.status in ("stopped", "completed", "not-taken")),
        allergies=tuple(one for one in consult.allergies.values() if one.review == "confirmed"),
        effects=tuple(one for one in consult.effects.values() if one.review == "confirmed"),
        todos=tuple(consult.todos.values()),
        date_of_service=(consult.opened_at or consult.planned_at)[:10],
        prepared_on=today,
        pharmacist=pharmacist,
        site=letterhead.site,
        disposal=letterhead.disposal,
        language=consult.takeaway_language or consult.patient.language,
        representative=consult.representative.name if consult.representative else "",
        reviewed=reviewed,
    )
