"""A small consult to walk scripts with: medications with known classes, and a talker that answers what is asked."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.answer import Answer, Guidance
from consult.domain.medication import Medication
from consult.scripts import Script, View, guide
from consult.scripts.linking import leaves_in

CLASSES = {
    "oxycodone": frozenset({"opioid phenanthrene"}),
    "lorazepam": frozenset({"benzodiazepine"}),
    "apixaban": frozenset({"direct oral anticoagulant"}),
    "warfarin": frozenset({"vitamin k antagonist"}),
    "ibuprofen": frozenset({"nonselective nsaid"}),
}


def classes_of(ingredient: str) -> frozenset[str]:
    return CLASSES.get(ingredient, frozenset())


def medication(ingredient: str, **fields: object) -> Medication:
    row = Medication(id=f"med:{ingredient}", name=ingredient.title(), ingredients=(ingredient,), review="confirmed")
    return replace(row, **fields)  # type: ignore[arg-type]


def with_answer(
    view: View, link_id: str, *values: str, medication_id: str = "", todo_id: str = "", review: str = "confirmed"
) -> View:
    answer = Answer(link_id, values, medication_id, review=review, todo_id=todo_id)  # type: ignore[arg-type]
    return replace(view, answers={**view.answers, answer.key: answer})


def plain_answer(script: Script, link_id: str) -> str:
    """An answer that opens as little as it can: what a step needs, else the first option, "no" or a number."""
    item = next(leaf.item for leaf in leaves_in(script) if leaf.item.link_id == link_id)
    needed = {c.question: c.answers[0] for step in script.steps for c in step.done_if.conditions}
    if item.options:
        return needed.get(link_id, item.options[0].code)
    return {"boolean": needed.get(link_id, "no"), "integer": "0", "decimal": "2.5", "date": "2026-11-23"}.get(
        item.type, "said"
    )


def talk(script: Script, view: View, limit: int = 2000) -> tuple[View, list[tuple[str, str]], Guidance]:
    """Answers every suggestion, moving to the step it names; gives the last view, what was asked, the last guidance."""
    asked: list[tuple[str, str]] = []
    for _ in range(limit):
        guidance = guide(script, view, classes_of)
        if guidance.next is None:
            return view, asked, guidance
        question = guidance.next
        asked.append((question.link_id, question.medication_id))
        view = with_answer(
            replace(view, current=question.step_id),
            question.link_id,
            plain_answer(script, question.link_id),
            medication_id=question.medication_id,
            todo_id=question.todo_id,
        )
    raise AssertionError(f"the talk never ended, last: {asked[-3:]}")
