"""An answer may be about one item of the to-do list."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.consult import Consult, decide
from consult.domain.medication import Medication
from consult.domain.patient import Patient
from consult.domain.plan import TodoItem
from consult.errors import Refused
from tests.unit.domain.test_told import AT, ME, does

PASSED = Answer("teach-back-item", ("passed",), todo_id="todo-walk")


@pytest.fixture
def visit() -> Consult:
    """An open consult with one medication and one to-do item."""
    consult = does(Consult("c"), co.ScheduleConsult(Patient("p", "Maria Lopez", "1952-03-14"), ME.id, AT))
    consult = does(does(consult, co.OpenConsult()), co.AddMedication(Medication("med:a", "A", ("a",))))
    return does(consult, co.AddTodo(TodoItem("todo-walk", "Walking", "Walk each day.")))


def test_an_answer_stands_under_its_question_and_its_item(visit: Consult) -> None:
    after = does(does(visit, co.AnswerQuestion(PASSED)), co.AnswerQuestion(Answer("teach-back-item", ("passed",))))

    assert list(after.answers) == ["teach-back-item#todo-walk", "teach-back-item"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("teach-back-item", ("passed",), todo_id="todo-gone"), "no-such-todo"),
        (Answer("teach-back-item", ("passed",), "med:a", todo_id="todo-walk"), "answer-about-two"),
    ],
)
def test_an_answer_about_no_item_or_about_two_things_is_refused(visit: Consult, answer: Answer, code: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(visit, co.AnswerQuestion(answer), ME, AT)

    assert refused.value.code == code
