"""The notes."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import events as ev
from consult.domain.folds.registry import changed, drop, on, place, put
from consult.domain.mention import LineContext
from consult.domain.noted import since
from consult.domain.state import Consult, NoteLine


@on(ev.WriterTaken)
def _(consult: Consult, event: ev.Event, data: ev.WriterTaken) -> Consult:
    return changed(consult, writer_tab=data.tab_id, writer_epoch=data.epoch)


@on(ev.NoteLinePut)
def _(consult: Consult, event: ev.Event, data: ev.NoteLinePut) -> Consult:
    known = consult.lines.get(data.line_id)
    line = NoteLine(
        id=data.line_id,
        rev=data.rev,
        text=data.text,
        open=data.open,
        speaker=data.speaker,
        author=event.actor,
        at=event.at,
        conflicts_with=data.conflicts_with or (known.conflicts_with if known else ""),
        analysed=known.analysed if known else 0,
        medications=known.medications if known else (),
        effects=known.effects if known else (),
        heard=known.heard if known else (),
        context=known.context if known else LineContext(),
        since=known.since if known else {},
    )
    order = consult.order if known else place(consult.order, data.line_id, data.after)
    return changed(consult, lines=put(consult.lines, line.id, line), order=order)


@on(ev.NoteLineMoved)
def _(consult: Consult, event: ev.Event, data: ev.NoteLineMoved) -> Consult:
    return changed(consult, order=place(consult.order, data.line_id, data.after))


@on(ev.NoteLineRemoved)
def _(consult: Consult, event: ev.Event, data: ev.NoteLineRemoved) -> Consult:
    order = tuple(one for one in consult.order if one != data.line_id)
    return changed(consult, lines=drop(consult.lines, data.line_id), order=order)


@on(ev.MentionsFound)
def _(consult: Consult, event: ev.Event, data: ev.MentionsFound) -> Consult:
    known = consult.lines.get(data.line_id)
    if known is None:
        return consult
    line = replace(
        known,
        analysed=data.rev,
        failed="",
        medications=data.medications,
        effects=data.effects,
        heard=data.heard,
        context=data.context,
        since=since(known.since, data.effects, data.heard, event.seq),
    )
    return changed(consult, lines=put(consult.lines, line.id, line))


@on(ev.LineNotAnalysed)
def _(consult: Consult, event: ev.Event, data: ev.LineNotAnalysed) -> Consult:
    known = consult.lines.get(data.line_id)
    if known is None:
        return consult
    line = replace(
        known,
        analysed=data.rev,
        failed=data.code,
        medications=(),
        effects=(),
        heard=(),
        context=LineContext(),
        since={},
    )
    return changed(consult, lines=put(consult.lines, line.id, line))
