"""Decisions about note lines, and about what the analysis read out of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain import gather
from consult.domain.decide_safety import record_assessment
from consult.domain.in_context import lines_in_context
from consult.domain.mention import Findings
from consult.domain.people import Actor
from consult.domain.state import Consult, NoteLine
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]
LONGEST_NOTE = 2000  # lines of one consult


def take_writer(consult: Consult, command: co.TakeWriter, actor: Actor, at: str) -> Happened:
    if consult.writer_tab == command.tab_id:
        return ()
    return (ev.WriterTaken(command.tab_id, consult.writer_epoch + 1),)


def put(consult: Consult, command: co.PutNoteLine, actor: Actor, at: str) -> Happened:
    if command.epoch is not None and command.epoch != consult.writer_epoch:
        raise Refused("Another tab writes now. Take over to write here.", code="not-the-writer")
    if "\n" in command.text or "\r" in command.text:
        raise Refused("A note line holds no line break. Send one line at a time.", code="line-break")
    known = consult.lines.get(command.line_id)
    current = known.rev if known else 0
    if command.base_rev == current:
        same = known and (known.text, known.open, known.speaker) == (command.text, command.open, command.speaker)
        if same:
            return ()
        if not known and len(consult.lines) >= LONGEST_NOTE:
            raise Refused("The notes of this consult hold as many lines as they can.", code="too-many-lines")
        return (_put(command, command.line_id, command.after, current + 1, ""),)
    if known is not None and known.text == command.text:
        return ()
    # Somebody else changed or removed the line meanwhile: both stand, side by side, marked.
    twin = f"{command.line_id}.{command.base_rev + 1}"[:80]
    standing = consult.lines.get(twin)
    rev = standing.rev + 1 if standing else 1
    after = command.line_id if known else command.after
    return (_put(command, twin, after, rev, command.line_id if known else ""),)


def _put(command: co.PutNoteLine, line_id: str, after: str, rev: int, conflicts_with: str) -> ev.NoteLinePut:
    return ev.NoteLinePut(line_id, after, rev, command.text, command.open, command.speaker, conflicts_with)


def move(consult: Consult, command: co.MoveNoteLine, actor: Actor, at: str) -> Happened:
    _line(consult, command.line_id)
    return (ev.NoteLineMoved(command.line_id, command.after),)


def remove(consult: Consult, command: co.RemoveNoteLine, actor: Actor, at: str) -> Happened:
    _line(consult, command.line_id)
    order = tuple(one for one in consult.order if one != command.line_id)
    return (ev.NoteLineRemoved(command.line_id), *proposals(replace(consult, order=order)))


def record_findings(consult: Consult, command: co.RecordFindings, actor: Actor, at: str) -> Happened:
    if (foreseen := command.foreseen) is not None and foreseen.seq == consult.seq:
        return (*foreseen.happened, *record_assessment(consult, foreseen.assessment, actor, at))
    line = consult.lines.get(command.line_id)
    if line is None or line.rev != command.rev:
        return ()  # the line went on; its newest revision is analysed on its own
    found = command.findings
    same = Findings(line.medications, line.effects, line.heard, line.context) == found
    if same and line.analysed == line.rev and not line.failed:
        return ()
    read = replace(
        line,
        analysed=line.rev,
        failed="",
        medications=found.medications,
        effects=found.effects,
        heard=found.heard,
        context=found.context,
    )
    after = replace(consult, lines={**consult.lines, line.id: read})
    return (
        ev.MentionsFound(line.id, line.rev, found.medications, found.effects, found.heard, found.context),
        *proposals(after),
    )


def record_failure(consult: Consult, command: co.RecordFailure, actor: Actor, at: str) -> Happened:
    line = consult.lines.get(command.line_id)
    if line is None or line.rev != command.rev:
        return ()
    after = replace(consult, lines={**consult.lines, line.id: replace(line, analysed=line.rev, failed=command.code)})
    return (ev.LineNotAnalysed(line.id, line.rev, command.code), *proposals(after))


def proposals(consult: Consult) -> Happened:
    """The events that bring the suggested rows in line with what the lines say now."""
    happened: list[ev.EventData] = []
    lines = tuple(lines_in_context(consult))
    rows = gather.regimen(consult, lines)
    happened += [ev.MedicationProposed(row) for key, row in rows.items() if consult.medications.get(key) != row]
    happened += [ev.MedicationDropped(key) for key in consult.medications if key not in rows]
    effects = gather.effects(consult, lines)
    happened += [ev.EffectProposed(row) for key, row in effects.items() if consult.effects.get(key) != row]
    happened += [ev.EffectDropped(key) for key in consult.effects if key not in effects]
    allergies = gather.allergies(consult, lines)
    happened += [ev.AllergyProposed(row) for key, row in allergies.items() if consult.allergies.get(key) != row]
    happened += [ev.AllergyRemoved(key) for key in consult.allergies if key not in allergies]
    answers = gather.answers(consult, rows, lines)
    happened += [ev.AnswerProposed(row) for key, row in answers.items() if consult.answers.get(key) != row]
    happened += [ev.AnswerDropped(key) for key in consult.answers if key not in answers]
    return tuple(happened)


def _line(consult: Consult, line_id: str) -> NoteLine:
    line = consult.lines.get(line_id)
    if line is None:
        raise Refused("There is no such note line.", code="no-such-line")
    return line


DECISIONS: dict[type[co.Command], Any] = {
    co.TakeWriter: take_writer,
    co.PutNoteLine: put,
    co.MoveNoteLine: move,
    co.RemoveNoteLine: remove,
    co.RecordFindings: record_findings,
    co.RecordFailure: record_failure,
}
