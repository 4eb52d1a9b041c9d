"""The loop over the to-do list: each item is asked about by itself, as each medication is in its own loop."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.plan import TodoItem, TodoWords
from consult.scripts import Script, View, coverage, describe, guide
from tests.unit.scripts.script_talk import classes_of, talk, with_answer

WALK = TodoItem("todo-walk", "Walking", "Walk each day.", said=(TodoWords("es", "Caminar", "Camine cada día."),))
SALT = TodoItem("todo-salt", "Salt", "Leave the salt out.")


def taught(view: View, *ids: str, value: str = "passed") -> View:
    for todo_id in ids:
        view = with_answer(view, "teach-back-item", value, todo_id=todo_id)
    return view


def test_each_item_of_the_plan_is_taught_back_by_itself(cmr: Script) -> None:
    view, _, guidance = talk(cmr, View(todos=(WALK, SALT)))

    answers = [one for one in view.answers.values() if one.link_id == "teach-back-item"]
    assert [(one.key, one.values) for one in answers] == [
        ("teach-back-item#todo-walk", ("passed",)),
        ("teach-back-item#todo-salt", ("passed",)),
    ]
    assert guidance.next is None
    assert "teach-back" in guidance.done


def test_the_question_names_the_item_in_the_language_of_the_talk(cmr: Script) -> None:
    view = View(todos=(WALK,), current="teach-back")

    english, spanish = (guide(cmr, view, classes_of, language).next for language in ("en", "es"))

    assert english is not None
    assert spanish is not None
    assert (english.todo_id, english.medication_id, english.key) == ("todo-walk", "", "teach-back-item#todo-walk")
    assert (english.text, spanish.text) == ("Said back: Walking", "Lo dijo con sus palabras: Caminar")
    assert english.why == "Walking: not asked yet"


def test_a_new_item_joins_the_loop_and_reopens_the_step(cmr: Script) -> None:
    view, _, guidance = talk(cmr, View(todos=(WALK,)))
    before = guidance.counts

    view = replace(view, todos=(WALK, SALT), current="teach-back")
    guidance = guide(cmr, view, classes_of)

    assert "teach-back" not in guidance.done
    assert guidance.next is not None
    assert guidance.next.todo_id == "todo-salt"
    assert (guidance.counts.asked, guidance.counts.open) == (before.asked + 1, 1)


def test_the_answer_of_a_removed_item_counts_no_more_and_comes_back_with_it(cmr: Script) -> None:
    both = taught(View(todos=(WALK, SALT)), "todo-walk", "todo-salt")
    one = replace(both, todos=(SALT,))

    counted = [coverage(cmr, view, classes_of).answered for view in (both, one, replace(one, todos=(SALT, WALK)))]

    assert counted[0] == counted[1] + 1 == counted[2]
    assert coverage(cmr, one, classes_of).asked == coverage(cmr, both, classes_of).asked - 1


def test_one_item_may_be_set_aside_and_the_others_go_on(cmr: Script) -> None:
    view = View(todos=(WALK, SALT), current="teach-back", skipped={"teach-back-item#todo-walk": "set aside"})

    question = guide(cmr, view, classes_of).next

    assert question is not None
    assert question.todo_id == "todo-salt"


def test_the_page_is_told_what_the_loop_goes_over(cmr: Script) -> None:
    steps = [step for section in describe(cmr)["sections"] for step in section["steps"]]
    step = next(one for one in steps if one["id"] == "teach-back")

    assert [item["for_each"] for item in step["items"]] == ["", "todo", ""]
