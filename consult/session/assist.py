"""Beside the conversation: after a line is saved, what it says, what it means for the regimen, what to ask next.

Only the newest text of a line is worth analysing, so there is no queue of lines: each consult has one task
that looks at the newest state and works until nothing is left to do. Results are commands of the program,
stored as events like everything else. A line without analysis after a restart is analysed then.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Any, Protocol

from consult.domain import commands as co
from consult.domain.consult import Consult, fold
from consult.domain.days import day_of
from consult.domain.decide_notes import record_findings
from consult.domain.events import Event
from consult.domain.mention import Findings
from consult.domain.people import SYSTEM
from consult.domain.state import NoteLine
from consult.errors import ConsultError, Unavailable
from consult.session.analysis import Judgement, Situation, situation
from consult.session.live import WAITS, Clock, Submit, stamp
from consult.session.workers import AnalysisFailed

log = logging.getLogger("consult.assist")
PATIENCE = 0.5  # seconds that findings wait for their judgement
AT_ONCE = 100  # lines of one consult that are read side by side: a long note leaves room for the others


class Workforce(Protocol):
    async def run(self, job: str, argument: object) -> Any: ...


class Scripts(Protocol):
    """Keeps the script that a consult began with, and finds it again; see `shelf`."""

    async def keep(self, script_id: str) -> str: ...

    async def source(self, script_id: str, version: str) -> bytes: ...


class Assist:
    """Keeps each consult's analysis up with its notes. `notice` is called with every stored change."""

    def __init__(
        self,
        workers: Workforce,
        submit: Submit,
        shelf: Scripts,
        clock: Clock,
        new_id: Callable[[], str],
        zone: tzinfo | None = UTC,
    ) -> None:
        """`zone` is that of the site, in which the checks tell what day it is; None: the machine's."""
        self._workers = workers
        self._shelf = shelf
        self._submit = submit
        self._clock = clock
        self._new_id = new_id
        self._zone = zone
        self._newest: dict[str, Consult] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._judged: dict[str, Situation] = {}
        # Of a consult whose findings are saved with their judgement: the command, the seq of its first event, and
        # the situation that is judged then.
        self._expected: dict[str, tuple[str, int, Situation]] = {}
        self.waits: tuple[float, ...] = WAITS

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        """Something was stored: work on it if there is anything to do."""
        if consult.phase == "none":
            return
        expected = self._expected.get(consult.id)
        if expected is not None and events and (events[0].command_id, events[0].seq) == expected[:2]:
            self._judged[consult.id] = expected[2]  # it was stored as foreseen
        self._newest[consult.id] = consult
        task = self._tasks.get(consult.id)
        if task is None or task.done():
            self._tasks[consult.id] = asyncio.create_task(self._work(consult.id), name=f"assist {consult.id}")

    async def _work(self, consult_id: str) -> None:
        try:
            for wait in (*self.waits, None):
                try:
                    while await self._step(consult_id):
                        pass
                    return
                except Unavailable as error:  # not saved: nothing else may happen here, so this tries again by itself
                    if wait is None:
                        raise
                    log.info("assist %s: %s", consult_id, error.code)
                    await asyncio.sleep(wait)
        except ConsultError as error:
            log.warning("assist %s: %s", consult_id, error.code)
        except Exception as error:
            log.error("assist %s: %s", consult_id, type(error).__name__)
        finally:
            self._newest.pop(consult_id, None)
            self._expected.pop(consult_id, None)
            if len(self._judged) > 5000:
                self._judged.clear()

    async def _step(self, consult_id: str) -> bool:
        """Do the next piece of work; False when the analysis is up with the notes."""
        consult = self._newest[consult_id]
        waiting = [line for line in consult.lines.values() if line.analysed != line.rev]
        if len(waiting) == 1:
            await self._read_and_judge(consult_id, waiting[0])
            return True
        if waiting:
            await asyncio.gather(*(self._read(consult_id, line) for line in waiting[:AT_ONCE]))
            return True
        if kept := await self._to_keep(consult):
            await self._submit(consult_id, co.RecordScript(kept), SYSTEM, self._new_id())
            return True
        now = await self._situation(consult)
        if self._judged.get(consult_id) == now:
            return False
        try:
            judgement: Judgement = await self._workers.run("judge", now)
        except AnalysisFailed as error:
            await self._submit(consult_id, co.RecordCheckFailure(error.code), SYSTEM, self._new_id())
            return await self._goes_on(consult_id, now)
        self._judged[consult_id] = now
        await self._submit(consult_id, _assessed(judgement, consult.seq), SYSTEM, self._new_id())
        return True

    async def _goes_on(self, consult_id: str, judged: Situation) -> bool:
        """Whether something came while the checks failed over this; the same would only fail again."""
        consult = self._newest[consult_id]
        unread = any(line.analysed != line.rev for line in consult.lines.values())
        return unread or await self._situation(consult) != judged

    async def _to_keep(self, consult: Consult) -> str:
        """The version of the script that the consult has begun with, where that is not recorded yet."""
        begun = consult.phase == "open" and not consult.script_version
        return await self._shelf.keep(consult.script_id) if begun else ""

    async def _situation(self, consult: Consult) -> Situation:
        now = situation(consult, day_of(self._clock(), self._zone))
        source = await self._shelf.source(now.script_id, now.script_version)
        return replace(now, script_source=source) if source else now

    async def _read(self, consult_id: str, line: NoteLine) -> None:
        await self._submit(consult_id, await self._reading(line), SYSTEM, self._new_id())

    async def _reading(self, line: NoteLine) -> co.RecordFindings | co.RecordFailure:
        try:
            return co.RecordFindings(line.id, line.rev, await self._workers.run("annotate", line.text))
        except AnalysisFailed as error:
            return co.RecordFailure(line.id, line.rev, error.code)

    async def _read_and_judge(self, consult_id: str, line: NoteLine) -> None:
        """Read one line and have its findings judged before they are saved, so that both are saved at once. Where the
        judgement does not come soon, the findings are saved without it."""
        consult, command, command_id = self._newest[consult_id], await self._reading(line), self._new_id()
        still = consult is self._newest[consult_id]  # else much happens here, and what is foreseen would not come
        if still and isinstance(command, co.RecordFindings) and not await self._to_keep(consult):
            with contextlib.suppress(AnalysisFailed, TimeoutError):
                async with asyncio.timeout(PATIENCE):
                    command = await self._with_judgement(consult, command, command_id)
        await self._submit(consult_id, command, SYSTEM, command_id)

    async def _with_judgement(self, consult: Consult, command: co.RecordFindings, command_id: str) -> co.RecordFindings:
        """The command with what follows from it in this state; as it is where the checks see nothing new."""
        at = stamp(self._clock())
        happened = record_findings(consult, command, SYSTEM, at)
        first = consult.seq + 1
        events = (Event(first + i, consult.id, command_id, at, SYSTEM, data) for i, data in enumerate(happened))
        after = fold(consult, events)
        now = await self._situation(after)
        if not happened or self._judged.get(consult.id) == now:
            return command
        judgement: Judgement = await self._workers.run("judge", now)
        self._expected[consult.id] = (command_id, first, now)
        return replace(command, foreseen=co.Foreseen(consult.seq, happened, _assessed(judgement, after.seq)))

    async def read(self, text: str) -> Findings:
        """What a text says, beside any consult; nothing where the analysis does not answer."""
        try:
            found: Findings = await self._workers.run("annotate", text)
        except AnalysisFailed as error:
            log.warning("read: %s", error.code)
            return Findings()
        return found

    async def settle(self, consult_id: str) -> None:
        """Return when the analysis is up with the notes."""
        while (task := self._tasks.get(consult_id)) is not None and not task.done():
            await asyncio.wait({task})

    async def stop(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)


def _assessed(judgement: Judgement, based_on: int) -> co.RecordAssessment:
    found = judgement.assessment
    return co.RecordAssessment(
        based_on=based_on,
        alerts=found.alerts,
        checked=found.checked,
        not_checked=found.not_checked,
        data_date=found.data_date,
        guidance=judgement.guidance,
        failed=judgement.failed,
    )
