"""A script as a Questionnaire and back."""

from __future__ import annotations

import dataclasses
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from consult.app import scripts
from consult.errors import BadFile
from consult.fhir.questionnaire import CONDITION, items_of, questionnaire
from consult.fhir.questionnaire_in import read_questionnaire
from consult.scripts.library import LIBRARY, load_script
from consult.scripts.schema import Script
from tests.command import consult
from tests.golden.exchange import FOLDER
from tests.unit.fhir.validating import valid

Json = dict[str, Any]
HERE = ("source", "places", "translations")  # where the files stand, and what a Questionnaire does not bring back
IDS = sorted(scripts())
FOREIGN: Json = {
    "resourceType": "Questionnaire",
    "status": "active",
    "url": "http://example.org/phq",
    "name": "PHQ2",
    "title": "Mood",
    "version": "1.2",
    "date": "2026-01-02",
    "item": [
        {
            "linkId": "Group.1",
            "text": "In the last two weeks",
            "type": "group",
            "item": [
                {
                    "linkId": "Q1",
                    "text": "Little interest?",
                    "type": "choice",
                    "answerOption": [
                        {"valueCoding": {"code": "LA6568-5", "display": "Not at all"}},
                        {"valueCoding": {"code": "LA6569-3", "display": "Several days"}},
                    ],
                },
                {
                    "linkId": "Q2",
                    "text": "How many days?",
                    "type": "integer",
                    "enableWhen": [{"question": "Q1", "operator": "=", "answerCoding": {"code": "LA6569-3"}}],
                },
            ],
        },
        {"linkId": "note", "text": "Anything else?", "type": "text", "required": True},
    ],
}


@cache
def exported(script_id: str) -> Json:
    """A script of the library as it goes out; nobody changes it."""
    return questionnaire(LIBRARY / "en" / f"{script_id}.yaml")


def back(made: Json, folder: Path) -> Script:
    files = read_questionnaire(json.dumps(made).encode(), "q.json")
    folder.mkdir()
    (folder / f"{files.id}.yaml").write_text(files.main)
    if files.part:
        (folder / f"{files.id}_part.yaml").write_text(files.part)
    return load_script(folder / f"{files.id}.yaml")


@pytest.mark.parametrize("script_id", IDS)
def test_each_script_of_the_library_is_a_valid_questionnaire_and_comes_back_whole(
    script_id: str, tmp_path: Path
) -> None:
    script = scripts()[script_id]

    again = back(valid(exported(script_id)), tmp_path / "q")

    for field in dataclasses.fields(script):
        if field.name not in HERE:
            assert getattr(again, field.name) == getattr(script, field.name), field.name


@pytest.mark.parametrize("script_id", IDS)
def test_link_ids_stand_once_and_conditions_name_questions_that_exist(script_id: str) -> None:
    items = list(items_of(exported(script_id)))
    links = [one["linkId"] for one in items]

    assert len(links) == len(set(links))
    assert {when["question"] for one in items for when in one.get("enableWhen", [])} <= set(links)


def test_a_condition_that_fhir_can_say_is_said_in_its_own_element(tmp_path: Path) -> None:
    made = {one["linkId"]: one for one in items_of(exported("cmr"))}

    assert made["rx-how"]["enableWhen"] == [
        {
            "question": "rx-taking",
            "operator": "=",
            "answerCoding": {"system": "urn:consult:script:cmr:rx-taking", "code": "differently"},
        }
    ]
    several = made["loop-missed-why"]
    assert [one["answerCoding"]["code"] for one in several["enableWhen"]] == ["few", "many", "stopped"]
    assert several["enableBehavior"] == "any"


def test_a_condition_on_a_fact_of_the_consult_goes_along_in_full(tmp_path: Path) -> None:
    made = {one["linkId"]: one for one in items_of(exported("cmr"))}

    technique = made["loop-technique"]

    assert "enableWhen" not in technique
    (condition,) = [one for one in technique["extension"] if one["url"] == CONDITION]
    assert [one["fact"] for one in json.loads(condition["valueString"])["enable_when"]] == [
        "medication_route",
        "medication_class",
    ]


def test_the_words_in_other_languages_stand_beside_the_text() -> None:
    made = {one["linkId"]: one for one in items_of(exported("cmr"))}

    (said,) = made["goals-words"]["_text"]["extension"]

    assert said["extension"][0] == {"url": "lang", "valueCode": "es"}
    assert said["extension"][1]["valueString"]


def test_an_answer_of_a_consult_has_the_link_id_of_its_question() -> None:
    asked = {one["linkId"] for one in items_of(questionnaire(FOLDER / "exchange_script.yaml"))}
    bundle = json.loads((FOLDER / "fhir_smp.json").read_text(encoding="utf-8"))
    (given,) = [
        one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "QuestionnaireResponse"
    ]

    assert {one["linkId"] for one in items_of(given)} <= asked
    assert given["questionnaire"] == "urn:consult:script:small:en|3"


def test_the_questionnaire_of_another_system_becomes_a_script_that_says_what_is_to_be_written(tmp_path: Path) -> None:
    files = read_questionnaire(json.dumps(valid(FOREIGN)).encode(), "q.json")

    script = back(FOREIGN, tmp_path / "q")

    assert [step.id for step in script.steps] == ["questions", "group-1"]
    assert script.questions["q1"].required
    assert [one.code for one in script.questions["q1"].options] == ["la6568-5", "la6569-3"]
    assert script.questions["q2"].enable.conditions[0].answers == ("la6569-3",)
    assert script.steps[1].origin.reviewer == "unreviewed"
    assert "step group-1: its first question is made required, as a step needs one" in files.notes


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "not JSON"),
        (b"[]", "no FHIR Questionnaire"),
        (b'{"resourceType": "Bundle"}', "no FHIR Questionnaire"),
        (b'{"resourceType": "Questionnaire"}', "has no item"),
        (
            json.dumps({**FOREIGN, "item": [{"linkId": "a", "type": "quantity"}]}).encode(),
            "questions of type 'quantity'",
        ),
        (json.dumps({**FOREIGN, "item": [{"type": "text"}]}).encode(), "has no linkId"),
        (
            json.dumps({**FOREIGN, "item": [{"linkId": "a", "type": "choice", "answerValueSet": "x"}]}).encode(),
            "stand in a value set",
        ),
    ],
)
def test_a_questionnaire_that_cannot_be_a_script_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        read_questionnaire(content, "q.json")


def test_export_and_import_on_the_command_line(tmp_path: Path) -> None:
    out, folder = tmp_path / "q.json", tmp_path / "scripts"

    exported = consult("scripts", "export", "education", "--out", out)
    taken = consult("scripts", "import", out, folder)
    again = consult("scripts", "import", out, folder)
    checked = consult("scripts", "check", "--without-translations", folder / "education.yaml")

    assert (exported.returncode, taken.returncode) == (0, 0), exported.stderr + taken.stderr
    assert (again.returncode, "stands already" in again.stderr) == (2, True)
    assert checked.returncode == 0, checked.stderr


def test_an_import_that_makes_no_sound_script_writes_nothing(tmp_path: Path) -> None:
    broken = {**FOREIGN, "item": [{"linkId": "g", "type": "group", "text": "Empty"}]}
    file = tmp_path / "q.json"
    file.write_text(json.dumps(broken))

    result = consult("scripts", "import", file, tmp_path / "scripts")

    assert (result.returncode, "makes no sound script" in result.stderr) == (2, True)
    assert not (tmp_path / "scripts").exists()
