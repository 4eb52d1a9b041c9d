"""Commands about the script, the chat and the to-do list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.answer import Answer
from consult.domain.commands.kind import Command
from consult.domain.plan import TodoItem
from consult.domain.text import Id, Limit


@dataclass(frozen=True, slots=True)
class EnterStep(Command):
    step_id: Id


@dataclass(frozen=True, slots=True)
class AnswerQuestion(Command):
    answer: Answer


@dataclass(frozen=True, slots=True)
class ChooseLanguage(Command):
    """Go on in this language: the script's words for the patient, and the drafts of to-do items, come in it."""

    language: Literal["en", "es"]


@dataclass(frozen=True, slots=True)
class SkipStep(Command):
    """`step_id` may also be a branch or the key of a question, which holds the id of its row."""

    step_id: Annotated[str, Limit(200, 1)]
    reason: Annotated[str, Limit(200, 1)]


@dataclass(frozen=True, slots=True)
class SendChat(Command):
    """A message between the patient and staff. A `caption` is what staff says aloud, written for who cannot hear it."""

    message_id: Id
    text: Annotated[str, Limit(2000, 1)]
    caption: bool = False


@dataclass(frozen=True, slots=True)
class AddTodo(Command):
    item: TodoItem


@dataclass(frozen=True, slots=True)
class EditTodo(Command):
    item: TodoItem


@dataclass(frozen=True, slots=True)
class RemoveTodo(Command):
    item_id: Id
