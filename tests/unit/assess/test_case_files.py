"""Reading cases for `consult check`: names resolved, bad lines refused with their number."""

from __future__ import annotations

import pytest

from consult.assess import check_records
from consult.domain.lexicon import DrugName
from consult.errors import BadFile
from consult.knowledge.tables import Knowledge


class Names:
    """Knows three names."""

    def resolve(self, name: str) -> DrugName | None:
        known = {
            "aleve": DrugName("aleve", ("naproxen",), "brand", "oral"),
            "prenatal vitamin": DrugName("prenatal vitamin", ("multivitamin",), "generic", "oral"),
            "augmentin": DrugName("augmentin", ("amoxicillin", "clavulanate"), "brand", "oral"),
        }
        return known.get(name.lower())


def test_names_without_ingredients_are_resolved(knowledge: Knowledge) -> None:
    line = '{"id": "x", "medications": [{"name": "Aleve"}, {"name": "warfarin"}]}'

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert result["id"] == "x"
    assert result["checked"] == 2
    assert ["naproxen", "warfarin"] in [alert["between"] for alert in result["alerts"]]


def test_name_that_nothing_resolves_is_not_checked(knowledge: Knowledge) -> None:
    (result,) = check_records(['{"medications": [{"name": "Xyzzy"}]}'], Names(), knowledge, "cases.jsonl")

    assert result["not_checked"] == [{"name": "Xyzzy", "reason": "name not recognised"}]
    assert result["checked"] == 0


def test_allergy_to_a_brand_is_read(knowledge: Knowledge) -> None:
    line = '{"patient": {"allergies": ["Augmentin"]}, "medications": [{"name": "x", "ingredients": ["ampicillin"]}]}'

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert [alert["indicator"] for alert in result["alerts"] if alert["kind"] == "allergy"] == ["critical"]


def test_ingredient_list_that_contradicts_the_name_is_named(knowledge: Knowledge) -> None:
    line = '{"medications": [{"name": "Aleve", "ingredients": ["warfarin"]}, {"name": "aspirin"}]}'

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert "naproxen" in result["not_checked"][0]["reason"]
    assert ["aspirin", "warfarin"] in [alert["between"] for alert in result["alerts"]]


def test_ingredients_of_a_product_with_a_collective_name_are_no_contradiction(knowledge: Knowledge) -> None:
    line = '{"medications": [{"name": "prenatal vitamin", "ingredients": ["folic acid", "iron"]}]}'

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert result["not_checked"] == []


def test_laboratory_value_with_a_unit_that_is_not_used_is_named(knowledge: Knowledge) -> None:
    line = (
        '{"patient": {"labs": {"calcium": {"value": 2.7, "unit": "mmol/L"}}}, "medications": [{"name": "calcitriol"}]}'
    )

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert [one["name"] for one in result["not_checked"]] == ["calcium"]


def test_stopped_fluoxetine_counts_for_five_weeks(knowledge: Knowledge) -> None:
    line = """{"today": "2026-11-26", "medications": [{"name": "phenelzine"},
        {"name": "fluoxetine", "status": "stopped", "last_fill": "%s"}]}"""

    recent, old = check_records(
        [" ".join((line % day).split()) for day in ("2026-11-01", "2026-08-01")], Names(), knowledge, "cases.jsonl"
    )

    assert ["fluoxetine", "phenelzine"] in [alert["between"] for alert in recent["alerts"]]
    assert ["fluoxetine", "phenelzine"] not in [alert["between"] for alert in old["alerts"]]


def test_combination_in_the_ingredient_list_is_taken_apart(knowledge: Knowledge) -> None:
    line = '{"medications": [{"name": "x", "ingredients": ["Augmentin"]}, {"name": "methotrexate"}]}'

    (result,) = check_records([line], Names(), knowledge, "cases.jsonl")

    assert ["amoxicillin", "methotrexate"] in [alert["between"] for alert in result["alerts"]]
    assert result["not_checked"] == []


def test_blank_lines_are_passed_over(knowledge: Knowledge) -> None:
    assert list(check_records(["", "  "], Names(), knowledge, "cases.jsonl")) == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON"),
        ("[]", "the case should be an object"),
        ('{"medications": 3}', "medications should be a list"),
        ('{"medications": [{"ingredients": ["aspirin"]}]}', "medication 1 has no name"),
        ('{"medications": [{"name": "a", "status": "perhaps"}]}', "status 'perhaps'"),
        ('{"patient": {"age": "old"}, "medications": []}', "age should be whole years"),
        ('{"patient": {"labs": {"egfr": "low"}}, "medications": []}', "lab 'egfr' should be a number"),
        ('{"patient": {"sex": "x"}, "medications": []}', "patient sex should be"),
    ],
)
def test_bad_line_is_refused_with_its_number(line: str, reason: str, knowledge: Knowledge) -> None:
    good = '{"medications": []}'

    with pytest.raises(BadFile, match=r"cases\.jsonl:2: ") as refused:
        list(check_records([good, line], Names(), knowledge, "cases.jsonl"))

    assert reason in refused.value.reason
