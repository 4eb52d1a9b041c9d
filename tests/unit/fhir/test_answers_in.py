"""Answers of a questionnaire come in as proposals; what fits no question of the script is told, never dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from consult.domain.answer import Answer
from consult.domain.consult import Consult
from consult.domain.history import join
from consult.exchange import answers_of, read_history
from consult.fhir.documents import export
from consult.scripts.library import load_script
from consult.scripts.schema import Script
from tests.golden import exchange
from tests.unit.fhir.validating import valid

Json = dict[str, Any]
SCRIPT = load_script(exchange.FOLDER / "exchange_script.yaml")
OURS = "urn:consult:script:small:en|3"
TODAY = "2026-11-27"


def file_with(*items: Json, questionnaire: str = OURS, status: str = "completed", subject: str = "Patient/p1") -> bytes:
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": "r1",
        "questionnaire": questionnaire,
        "status": status,
        "subject": {"reference": subject},
        "item": list(items),
    }
    patient = {"resourceType": "Patient", "id": "p1", "name": [{"text": "Maria Lopez"}], "birthDate": "1952-03-14"}
    held = [{"resource": patient}, {"resource": response}]
    return json.dumps(valid({"resourceType": "Bundle", "type": "collection", "entry": held})).encode()


def asked(link: str, **value: Any) -> Json:
    return {"linkId": link, "text": f"words of {link}", "answer": [value]}


def read(content: bytes, script: Script | None = SCRIPT, consult: Consult | None = None) -> Any:
    preparation = read_history(content, "record.json", TODAY)
    answers, left = answers_of(preparation, script, consult or exchange.signed())
    return {one.key: one.values for one in answers}, [(one.name, one.why) for one in (*left, *preparation.outcomes)]


def test_the_answers_of_an_exported_consult_come_back_whole() -> None:
    consult = exchange.signed()
    content = json.dumps(export(exchange.source(consult), "smp")).encode()

    answers, left = answers_of(read_history(content, "smp.json", TODAY), SCRIPT, consult)

    given = {key: one.values for key, one in consult.answers.items() if one.review == "confirmed" and one.values}
    assert {one.key: one.values for one in answers} == given
    assert left == []
    assert {(one.source, one.review) for one in answers} == {("patient", "proposed")}


@pytest.mark.parametrize(
    ("item", "key", "values"),
    [
        (asked("goals-words", valueString="  To walk  "), "goals-words", ("To walk",)),
        (asked("rx-others", valueBoolean=True), "rx-others", ("yes",)),
        (asked("rx-others", valueString="no"), "rx-others", ("no",)),
        (asked("missed-week", valueInteger=3), "missed-week", ("3",)),
        (asked("missed-week", valueQuantity={"value": 3, "unit": "doses"}), "missed-week", ("3",)),
    ],
)
def test_an_answer_is_read_by_the_type_of_its_question(item: Json, key: str, values: tuple[str, ...]) -> None:
    assert read(file_with(item)) == ({key: values}, [])


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (asked("who-knows", valueString="x"), "the script has no such question"),
        (asked("rx-others", valueString="maybe"), "a yes or no is needed"),
        (asked("missed-week", valueDecimal=2.5), "a whole number is needed"),
        (asked("missed-week", valueString="a few"), "a whole number is needed"),
        (asked("missed-week", valueQuantity={"value": 3, "unit": "weeks"}), "its unit is 'weeks', not 'doses'"),
        (asked("goals-words", valueString="x" * 2001), "longer than 2000 characters"),
        (asked("loop-missed", valueCoding={"code": "few"}), "it names no medication"),
        (
            {"linkId": "goals-words", "text": "Goals?", "answer": [{"valueString": "a"}, {"valueString": "b"}]},
            "more answers than the question takes",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_told_with_its_words(item: Json, why: str) -> None:
    answers, left = read(file_with(item))

    assert answers == {}
    ((name, reason),) = left
    assert name.startswith(item["text"])
    assert why in reason


OTHERS = {"code": "few", "system": "urn:consult:script:small:loop-missed-why"}


@pytest.mark.parametrize(
    ("about", "value", "fate"),
    [
        ("Eliquis", {"code": "few"}, ""),
        ("Xarelto", {"code": "few"}, "no medication 'Xarelto'"),
        ("Eliquis", {"code": "often"}, "none of the question's options"),
        ("Eliquis", OTHERS, "one of another question"),
    ],
)
def test_an_answer_about_a_medication_finds_its_row_or_is_left(about: str, value: Json, fate: str) -> None:
    named = {"linkId": "step.each.about", "text": "Medication", "answer": [{"valueString": about}]}
    group = {"linkId": "step.each", "item": [named, asked("loop-missed", valueCoding=value)]}

    answers, left = read(file_with(group))

    assert list(answers.values()) == ([] if fate else [("few",)])
    assert all(fate in why for _, why in left)
    assert len(left) == (1 if fate else 0)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"questionnaire": "http://example.org/q|1"}, "another questionnaire than the script: http://example.org/q"),
        ({"status": "entered-in-error"}, "the status of the response is entered-in-error"),
        ({"subject": "Patient/p2"}, "not say that it is about the patient of the file"),
    ],
)
def test_a_questionnaire_that_is_not_about_this_is_left(given: dict[str, str], why: str) -> None:
    answers, left = read(file_with(asked("goals-words", valueString="x"), **given))

    assert answers == {}
    assert why in left[0][1]


def test_two_answers_to_one_question_that_differ_are_not_both_taken() -> None:
    answers, left = read(file_with(asked("rx-others", valueBoolean=True), asked("rx-others", valueBoolean=False)))

    assert answers == {"rx-others": ("yes",)}
    assert [why for _, why in left] == ["the question has another answer in the same file"]


def test_without_a_script_every_answer_is_told() -> None:
    answers, left = read(file_with(asked("goals-words", valueString="To walk")), script=None)

    assert answers == {}
    assert left == [("words of goals-words: To walk", "add it to a consult: answers belong to its script")]


def test_what_the_consult_holds_is_not_overwritten() -> None:
    content = file_with(asked("goals-words", valueString="To garden again"), asked("rx-others", valueBoolean=True))
    preparation, consult = read_history(content, "record.json", TODAY), exchange.signed()
    answers, _ = answers_of(preparation, SCRIPT, consult)

    told = join(consult, replace(preparation.history(), answers=answers))
    fresh = join(Consult("new"), replace(preparation.history(), answers=answers))

    assert [(one.fate, one.why) for one in told.outcomes if one.kind == "answer"] == [
        ("merged", "the same stands already"),
        ("left", "the consult has another answer; ask again"),
    ]
    assert [one.fate for one in fresh.outcomes if one.kind == "answer"] == ["taken", "taken"]
    assert isinstance(fresh.events[-1].answer, Answer)  # type: ignore[union-attr]
