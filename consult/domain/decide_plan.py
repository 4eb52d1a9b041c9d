"""Decisions about the script, the chat and the to-do list."""

from __future__ import annotations

from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.decide_follow_ups import without_subject
from consult.domain.people import INVITED, Actor
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def enter_step(consult: Consult, command: co.EnterStep, actor: Actor, at: str) -> Happened:
    same = consult.step_id == command.step_id and command.step_id not in consult.skipped
    return () if same else (ev.ScriptStepEntered(command.step_id),)


def choose_language(consult: Consult, command: co.ChooseLanguage, actor: Actor, at: str) -> Happened:
    return () if consult.language == command.language else (ev.LanguageChosen(command.language),)


def record_script(consult: Consult, command: co.RecordScript, actor: Actor, at: str) -> Happened:
    """The first record stands: a consult does not change its script under way."""
    return () if consult.script_version else (ev.ScriptRecorded(command.version),)


def answer(consult: Consult, command: co.AnswerQuestion, actor: Actor, at: str) -> Happened:
    given = command.answer
    if given.medication_id and given.medication_id not in consult.medications:
        raise Refused("There is no such medication on the list.", code="no-such-medication")
    if given.todo_id and given.medication_id:
        raise Refused("An answer is about a medication or about a to-do item, not both.", code="answer-about-two")
    if given.todo_id and given.todo_id not in consult.todos:
        raise Refused("There is no such item on the to-do list.", code="no-such-todo")
    same = consult.answers.get(given.key) == given and not _said_since(consult, given.key)
    return () if same else (ev.ScriptAnswered(given),)


def skip(consult: Consult, command: co.SkipStep, actor: Actor, at: str) -> Happened:
    same = consult.skipped.get(command.step_id) == command.reason and not _said_since(consult, command.step_id)
    return () if same else (ev.ScriptStepSkipped(command.step_id, command.reason),)


def _said_since(consult: Consult, key: str) -> bool:
    """Whether the notes say anything since the last word on it: then the same word is a new one."""
    heeded = consult.heeded.get(key, 0)
    return any(seq > heeded for line in consult.lines.values() for seq in line.since.values())


def chat(consult: Consult, command: co.SendChat, actor: Actor, at: str) -> Happened:
    if any(message.id == command.message_id for message in consult.chat):
        return ()
    if not command.text.strip():
        raise Refused("The message is empty.", code="empty-message")
    member = consult.participants.get(actor.id)
    if actor.role in INVITED and (member is None or member.state != "admitted"):
        raise Refused("Messages can be sent once the pharmacist has let you in.", code="not-admitted")
    return (ev.ChatMessageSent(command.message_id, command.text, command.caption and actor.role not in INVITED),)


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
    if command.item_id not in consult.todos:
        return ()
    return (ev.TodoRemoved(command.item_id), *without_subject(consult, command.item_id))


def _check(topic: str, action: str) -> None:
    if not topic.strip() or not action.strip():
        raise Refused("A to-do item needs a topic and an action.", code="todo-incomplete")


DECISIONS: dict[type[co.Command], Any] = {
    co.EnterStep: enter_step,
    co.ChooseLanguage: choose_language,
    co.RecordScript: record_script,
    co.AnswerQuestion: answer,
    co.SkipStep: skip,
    co.SendChat: chat,
    co.AddTodo: add_todo,
    co.EditTodo: edit_todo,
    co.RemoveTodo: remove_todo,
}
