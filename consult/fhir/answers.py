"""What was asked and answered, as a QuestionnaireResponse of the script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from consult.domain.answer import Answer, answer_key
from consult.fhir.codes import Json
from consult.fhir.make import reference, resource, same_id
from consult.fhir.questionnaire import ABOUT, ABOUT_WORDS, canonical, option_system
from consult.fhir.source import ExportInput
from consult.scripts.schema import Branch, Item, Loop, Script, Step

Rounds = Mapping[Loop, Sequence[tuple[str, str]]]  # what each loop goes over: the id and name of its rows


def questionnaire_response(source: ExportInput, subject: Json, author: Json) -> Json | None:
    """The confirmed answers by step and branch; None where there is no script or nothing was answered."""
    script, consult = source.script, source.consult
    if script is None:
        return None
    answers = {key: one for key, one in consult.answers.items() if one.review == "confirmed" and one.values}
    rounds: Rounds = {
        "medication": [(row.id, row.name) for row in consult.medications.values()],
        "todo": [(item.id, item.topic) for item in consult.todos.values()],
    }
    items = [made for block in script.blocks for made in _block(block, answers, rounds, script)]
    if not items:
        return None
    return resource(
        "QuestionnaireResponse",
        same_id("answers", consult.id),
        questionnaire=canonical(script),
        status="completed" if consult.phase == "closed" else "in-progress",
        subject=reference(subject),
        authored=consult.closed_at or source.at,
        author=reference(author),
        source=reference(subject),
        item=items,
    )


def _block(block: Step | Branch, answers: dict[str, Answer], rounds: Rounds, script: Script) -> Iterator[Json]:
    if isinstance(block, Step) and block.for_each:
        yield from _each(block.for_each, f"step.{block.id}", block.title, block.items, answers, rounds, script)
        return
    held = [made for item in block.items for made in _item(item, answers, rounds, script, "")]
    if held:
        kind = "step" if isinstance(block, Step) else "branch"
        yield {"linkId": f"{kind}.{block.id}", "text": block.title, "item": held}


def _each(
    each: Loop,
    link_id: str,
    title: str,
    items: tuple[Item, ...],
    answers: dict[str, Answer],
    rounds: Rounds,
    script: Script,
) -> Iterator[Json]:
    for row_id, name in rounds[each]:
        held = [made for item in items for made in _item(item, answers, rounds, script, row_id)]
        if held:
            named = {"linkId": f"{link_id}.{ABOUT}", "text": ABOUT_WORDS[each], "answer": [{"valueString": name}]}
            yield {"linkId": link_id, "text": title, "item": [named, *held]}


def _item(item: Item, answers: dict[str, Answer], rounds: Rounds, script: Script, row_id: str) -> Iterator[Json]:
    if item.for_each and not row_id:
        yield from _each(item.for_each, item.link_id, item.text, item.items, answers, rounds, script)
    elif item.type == "group":
        held = [made for one in item.items for made in _item(one, answers, rounds, script, row_id)]
        if held:
            yield {"linkId": item.link_id, "text": item.text, "item": held}
    elif given := answers.get(answer_key(item.link_id, row_id)):
        values = given.values if item.repeats else given.values[:1]
        said = [_value(item, value, script) for value in values]
        yield {"linkId": item.link_id, "text": item.text, "answer": said}


def _value(item: Item, value: str, script: Script) -> dict[str, Any]:
    """One answer in the type of its question; words where it does not fit the type."""
    words = next((one.text for one in item.options if one.code == value), None)
    if words is not None:
        return {
            "valueCoding": {"system": option_system(script.id, item.link_id), "code": value, "display": words},
        }
    if item.type == "boolean" and value in ("yes", "no"):
        return {"valueBoolean": value == "yes"}
    number = _number(value) if item.type in ("integer", "decimal") else None
    if number is not None and (item.type == "decimal" or number == int(number)):
        return {"valueDecimal": number} if item.type == "decimal" else {"valueInteger": int(number)}
    if item.type == "date" and len(value) == 10 and value[4:8:3] == "--":
        return {"valueDate": value}
    return {"valueString": value}


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
