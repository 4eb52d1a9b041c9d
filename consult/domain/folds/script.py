"""Script, chat, to-do list."""

from __future__ import annotations

from consult.domain import events as ev
from consult.domain.folds.registry import changed, drop, on, put
from consult.domain.state import ChatMessage, Consult


@on(ev.ScriptStepEntered)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepEntered) -> Consult:
    return changed(consult, step_id=data.step_id, skipped=drop(consult.skipped, data.step_id))


@on(ev.LanguageChosen)
def _(consult: Consult, event: ev.Event, data: ev.LanguageChosen) -> Consult:
    return changed(consult, language=data.language)


@on(ev.ScriptRecorded)
def _(consult: Consult, event: ev.Event, data: ev.ScriptRecorded) -> Consult:
    return changed(consult, script_version=data.version)


@on(ev.ScriptAnswered)
def _(consult: Consult, event: ev.Event, data: ev.ScriptAnswered) -> Consult:
    key = data.answer.key
    return changed(consult, answers=put(consult.answers, key, data.answer), heeded=put(consult.heeded, key, event.seq))


@on(ev.AnswerProposed)
def _(consult: Consult, event: ev.Event, data: ev.AnswerProposed) -> Consult:
    return changed(consult, answers=put(consult.answers, data.answer.key, data.answer))


@on(ev.AnswerDropped)
def _(consult: Consult, event: ev.Event, data: ev.AnswerDropped) -> Consult:
    return changed(consult, answers=drop(consult.answers, data.key))


@on(ev.ScriptStepSkipped)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepSkipped) -> Consult:
    return changed(
        consult,
        skipped=put(consult.skipped, data.step_id, data.reason),
        heeded=put(consult.heeded, data.step_id, event.seq),
    )


@on(ev.ChatMessageSent)
def _(consult: Consult, event: ev.Event, data: ev.ChatMessageSent) -> Consult:
    return changed(
        consult, chat=(*consult.chat, ChatMessage(data.message_id, event.actor, data.text, event.at, data.caption))
    )


@on(ev.TodoAdded)
@on(ev.TodoEdited)
def _(consult: Consult, event: ev.Event, data: ev.TodoAdded) -> Consult:
    return changed(consult, todos=put(consult.todos, data.item.id, data.item))


@on(ev.TodoRemoved)
def _(consult: Consult, event: ev.Event, data: ev.TodoRemoved) -> Consult:
    return changed(consult, todos=drop(consult.todos, data.item_id))


@on(ev.ScriptStepResumed)
def _(consult: Consult, event: ev.Event, data: ev.ScriptStepResumed) -> Consult:
    return changed(consult, skipped=drop(consult.skipped, data.step_id))
