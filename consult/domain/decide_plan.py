"""Decisions about the script, the chat, the to-do list and the takeaway."""

from __future__ import annotations

from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.people import Actor
from consult.domain.plan import Takeaway
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def enter_step(consult: Consult, command: co.EnterStep, actor: Actor, at: str) -> Happened:
    same = consult.step_id == command.step_id and command.step_id not in consult.skipped
    return () if same else (ev.ScriptStepEntered(command.step_id),)


def answer(consult: Consult, command: co.AnswerQuestion, actor: Actor, at: str) -> Happened:
    given = command.answer
    if given.medication_id and given.medication_id not in consult.medications:
        raise Refused("There is no such medication on the list.", code="no-such-medication")
    return () if consult.answers.get(given.key) == given else (ev.ScriptAnswered(given),)


def skip(consult: Consult, command: co.SkipStep, actor: Actor, at: str) -> Happened:
    same = consult.skipped.get(command.step_id) == command.reason
    return () if same else (ev.ScriptStepSkipped(command.step_id, command.reason),)


def chat(consult: Consult, command: co.SendChat, actor: Actor, at: str) -> Happened:
    if any(message.id == command.message_id for message in consult.chat):
        return ()
    if not command.text.strip():
        raise Refused("The message is empty.", code="empty-message")
    member = consult.participants.get(actor.id)
    if actor.role == "patient" and (member is None or member.state != "admitted"):
        raise Refused("Messages can be sent once the pharmacist has let you in.", code="not-admitted")
    return (ev.ChatMessageSent(command.message_id, command.text),)


def add_todo(consult: Consult, command: co.AddTodo, actor: Actor, at: str) -> Happened:
    _check(command.item.topic, command.item.action)
    known = consult.todos.get(command.item.id)
    if known == command.item:
        return ()
    if known is not None:
        raise Refused("This item is on the list already. Edit it.", code="todo-exists")
    return (ev.TodoAdded(command.item),)


def edit_todo(consult: Consult, command: co.EditTodo, actor: Actor, at: str) -> Happened:
    _check(command.item.topic, command.item.action)
    known = consult.todos.get(command.item.id)
    if known is None:
        raise Refused("There is no such item on the to-do list.", code="no-such-todo")
    return () if known == command.item else (ev.TodoEdited(command.item),)


def remove_todo(consult: Consult, command: co.RemoveTodo, actor: Actor, at: str) -> Happened:
    return (ev.TodoRemoved(command.item_id),) if command.item_id in consult.todos else ()


def _check(topic: str, action: str) -> None:
    if not topic.strip() or not action.strip():
        raise Refused("A to-do item needs a topic and an action.", code="todo-incomplete")


def draft(consult: Consult, command: co.DraftTakeaway, actor: Actor, at: str) -> Happened:
    return () if consult.takeaway_pending else (ev.TakeawayRequested(),)


def record_draft(consult: Consult, command: co.RecordTakeaway, actor: Actor, at: str) -> Happened:
    if command.based_on < consult.drawn:
        return ()  # what it says is old already; it is made again
    newest = consult.takeaway()
    happened: list[ev.EventData] = []
    if newest is not None and newest.stage in ("drafted", "signed"):
        if newest.sha256 == command.sha256 and newest.html_sha256 == command.html_sha256:
            return (ev.TakeawayFailed("unchanged"),) if consult.takeaway_pending else ()
        happened.append(ev.TakeawayVoided(newest.version, "new-draft"))
    version = newest.version + 1 if newest else 1
    happened.append(ev.TakeawayDrafted(version, command.sha256, command.html_sha256, command.based_on))
    return tuple(happened)


def record_draft_failure(consult: Consult, command: co.RecordTakeawayFailure, actor: Actor, at: str) -> Happened:
    return (ev.TakeawayFailed(command.code),) if consult.takeaway_pending else ()


def sign(consult: Consult, command: co.SignTakeaway, actor: Actor, at: str) -> Happened:
    newest = _version(consult, command.version, command.sha256)
    if newest.stage == "signed":
        return ()
    if newest.stage != "drafted":
        raise Refused("Only a draft can be signed. Make a new draft.", code="not-a-draft")
    if consult.identity is None:
        raise Refused("Confirm the patient's identity before signing.", code="identity-not-confirmed")
    return (ev.TakeawaySigned(newest.version, newest.sha256),)


def issue(consult: Consult, command: co.IssueTakeaway, actor: Actor, at: str) -> Happened:
    newest = _version(consult, command.version, command.sha256)
    if newest.stage == "issued":
        return ()
    if newest.stage != "signed":
        raise Refused("Only a signed takeaway can be issued.", code="not-signed")
    return (ev.TakeawayIssued(newest.version, newest.sha256),)


def _version(consult: Consult, version: int, sha256: str) -> Takeaway:
    newest = consult.takeaway()
    if newest is None or newest.version != version:
        raise Refused("This is not the newest version. Look at it again.", code="not-the-newest-version")
    if newest.sha256 != sha256:
        raise Refused("The document has another hash than the one named.", code="hash-differs")
    if newest.stage == "voided":
        raise Refused("This version is void: something changed since. Make a new draft.", code="version-voided")
    return newest


DECISIONS: dict[type[co.Command], Any] = {
    co.EnterStep: enter_step,
    co.AnswerQuestion: answer,
    co.SkipStep: skip,
    co.SendChat: chat,
    co.AddTodo: add_todo,
    co.EditTodo: edit_todo,
    co.RemoveTodo: remove_todo,
    co.DraftTakeaway: draft,
    co.RecordTakeaway: record_draft,
    co.RecordTakeawayFailure: record_draft_failure,
    co.SignTakeaway: sign,
    co.IssueTakeaway: issue,
}
