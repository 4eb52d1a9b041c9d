"""A consult in process, without a browser: for `consult replay` and for the past consults of the demo site.

Everything goes through the same queue, store, analysis and desk as in a live consult.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from consult.app import Core, HereAndNow, build_analysis, letterhead, open_core, pages
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.days import day_of
from consult.domain.patient import Patient
from consult.domain.people import Actor
from consult.errors import BadFile
from consult.session.desk import written_from
from consult.storage.codec import event_to_json
from consult.takeaway.source import Pharmacist, TakeawayInput

CONSULT = "replay"
LONGEST = 2000


class Stepping:
    """A clock that stands until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Player:
    """Plays one member's part in one consult."""

    def __init__(self, core: Core, consult_id: str, actor: Actor) -> None:
        self.core = core
        self.consult_id = consult_id
        self.actor = actor
        self._last = ""
        self._count = 0

    async def do(self, command: co.Command) -> int:
        """Submit and wait until the analysis is up with it."""
        seq = await self.core.hub.submit(self.consult_id, command, self.actor, self.core.new_id())
        await self.core.assist.settle(self.consult_id)
        await self.core.desk.settle(self.consult_id)
        await self.core.courier.settle(self.consult_id)
        return seq

    async def type(self, text: str) -> None:
        """Write one finished line below the last one."""
        self._count += 1
        line_id = f"line-{self._count:03d}"
        await self.do(co.PutNoteLine(line_id=line_id, after=self._last, base_rev=0, text=text))
        self._last = line_id

    async def state(self) -> Consult:
        return (await self.core.hub.live(self.consult_id)).consult

    async def accept_exact(self) -> None:
        """Confirm what was read without doubt: rows with an exact match and a known status, side effects, allergies."""
        for row in (await self.state()).medications.values():
            sure = row.match == "exact" and row.ingredients and not row.candidates and row.status != "unknown"
            if row.review == "proposed" and sure:
                await self.do(co.ConfirmMedication(row.id))
        for allergy in (await self.state()).allergies.values():
            if allergy.review == "proposed":
                await self.do(co.RecordAllergy(allergy))
        for effect in (await self.state()).effects.values():
            if effect.review == "proposed":
                await self.do(co.ConfirmEffect(effect.id))


def note_lines(path: Path | str, lines: Iterable[str]) -> list[str]:
    """Note lines of a file: plain text, or JSONL with "text". Raises BadFile."""
    numbered = [(number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1) if line.strip()]
    as_json = bool(numbered) and numbered[0][1].lstrip().startswith("{")
    found: list[str] = []
    for number, line in numbered:
        text = line
        if as_json:
            try:
                record = json.loads(line)
            except ValueError as error:
                raise BadFile(path, number, f"not JSON ({error})") from None
            if not isinstance(record, dict) or not isinstance(record.get("text"), str):
                raise BadFile(path, number, 'a record needs a "text"')
            text = record["text"]
        if len(text) > LONGEST:
            raise BadFile(path, number, f"a note line holds at most {LONGEST} characters")
        if "\n" in text or "\r" in text:
            raise BadFile(path, number, "a note line holds no line break")
        found.append(text)
    return found


@dataclass(frozen=True, slots=True)
class Draft:
    """A takeaway that nobody reviewed: what it was written from, its page, its PDF."""

    source: TakeawayInput
    html: bytes
    pdf: bytes


async def replay(
    lines: list[str],
    patient: Patient,
    emit: Callable[[dict[str, Any]], None],
    takeaway: bool,
    site: Settings | None = None,
) -> Draft | None:
    """Play note lines through a consult, emit each event as JSON; the draft takeaway when asked for, with the words
    of `site` on it."""
    site = site or Settings()
    me = Actor("replay-pharmacist", "pharmacist", "Replay")
    clock = Stepping(datetime.now(UTC))
    with tempfile.TemporaryDirectory(prefix="consult-replay-") as folder:
        settings = Settings(database=f"sqlite:///{folder}/replay.db")
        here = HereAndNow(build_analysis())
        async with open_core(settings, clock=clock, workforce=here, create=True) as core:
            player = Player(core, CONSULT, me)
            at = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
            await player.do(co.ScheduleConsult(patient=patient, pharmacist_id=me.id, planned_at=at))
            await player.do(co.OpenConsult())
            for text in lines:
                clock.advance(20)
                await player.type(text)
            draft: Draft | None = None
            if takeaway:
                await player.accept_exact()
                for row in (await player.state()).alerts.values():
                    if row.alert.indicator == "critical" and row.stage == "raised":
                        await player.do(co.AcceptAlert(row.alert.id))
                nobody = Pharmacist(
                    "(not reviewed by a pharmacist)", "", site.help_phone, site.help_hours, site.tty, site.help_hours_es
                )
                source = written_from(
                    await player.state(),
                    nobody,
                    letterhead(site),
                    day_of(clock(), site.zone),
                    reviewed=False,
                )
                draft = Draft(source, *await pages(source))
            for event in await core.store.read(CONSULT, 0, 100_000):
                emit(event_to_json(event))
            return draft
