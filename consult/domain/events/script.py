"""Events of the script, the chat and the to-do list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.answer import Answer, Guidance
from consult.domain.plan import TodoItem


@dataclass(frozen=True, slots=True)
class GuidanceChanged:
    guidance: Guidance
    type: Literal["guidance_changed"] = "guidance_changed"


@dataclass(frozen=True, slots=True)
class ScriptStepEntered:
    step_id: str
    type: Literal["script_step_entered"] = "script_step_entered"


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The language of the talk from now on."""

    language: str
    type: Literal["language_chosen"] = "language_chosen"


@dataclass(frozen=True, slots=True)
class ScriptRecorded:
    """Which script the consult has begun with, by the SHA-256 of its files."""

    version: str
    type: Literal["script_recorded"] = "script_recorded"


@dataclass(frozen=True, slots=True)
class ScriptAnswered:
    answer: Answer
    type: Literal["script_answered"] = "script_answered"


@dataclass(frozen=True, slots=True)
class AnswerProposed:
    """The notes answer a question; it waits for the pharmacist's yes."""

    answer: Answer
    type: Literal["answer_proposed"] = "answer_proposed"


@dataclass(frozen=True, slots=True)
class AnswerDropped:
    """No line says it any more."""

    key: str
    type: Literal["answer_dropped"] = "answer_dropped"


@dataclass(frozen=True, slots=True)
class ScriptStepSkipped:
    step_id: str
    reason: str
    type: Literal["script_step_skipped"] = "script_step_skipped"


@dataclass(frozen=True, slots=True)
class ChatMessageSent:
    message_id: str
    text: str
    caption: bool = False
    type: Literal["chat_message_sent"] = "chat_message_sent"


@dataclass(frozen=True, slots=True)
class TodoAdded:
    item: TodoItem
    type: Literal["todo_added"] = "todo_added"


@dataclass(frozen=True, slots=True)
class TodoEdited:
    item: TodoItem
    type: Literal["todo_edited"] = "todo_edited"


@dataclass(frozen=True, slots=True)
class TodoRemoved:
    item_id: str
    type: Literal["todo_removed"] = "todo_removed"
