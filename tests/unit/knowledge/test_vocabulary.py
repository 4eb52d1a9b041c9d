"""What the vocabulary holds: enough names, each with its source, nothing that is an ordinary word."""

import csv
from datetime import date
from pathlib import Path

import pytest

from consult.knowledge.coverage import missing_of_top300, report
from consult.knowledge.vocabulary import DATA, Vocabulary

FILES = sorted(
    path
    for path in DATA.glob("*.csv")
    if path.name.startswith("names") or path.stem in {"ingredients", "foods", "name_parts", "confused_pairs", "top300"}
)
ORDINARY = """
relief clear calm balance same first today patch align focus ensure boost muse edge tablet pill daily she he mom
lab labs level levels pain sleep heart blood sugar pressure water doctor nurse pharmacy call plan peg ms no none
denies patient pt wife husband daughter son morning night bedtime breakfast food diet salt rash cough fever dizzy
nausea headache tired diabetes asthma anxiety depression viral concerns reaction breathing active summer china
metro tram android charge advance active energy natural pure simple best better care choice complete contact cope
""".split()  # noqa: SIM905


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_row_names_its_source_date_and_reviewer(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert rows
    assert all(row["source"] and date.fromisoformat(row["date"]) and row["reviewer"] for row in rows)


def test_there_are_enough_ingredients_and_names(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.ingredients) >= 2_000
    assert len(vocabulary.names) >= 12_000
    assert len(vocabulary.confused_pairs) >= 200
    assert sum(len(name.ingredients) > 1 for name in vocabulary.names.values()) >= 1_500


def test_most_of_the_dispensed_ingredients_have_their_codes(vocabulary: Vocabulary) -> None:
    dispensed = [vocabulary.ingredients[name] for name in vocabulary.top300]

    assert sum(bool(one.rxcui) for one in dispensed) >= 0.85 * len(dispensed)
    assert sum(bool(one.unii) for one in dispensed) >= 0.85 * len(dispensed)


def test_codes_are_not_shared_by_two_ingredients(vocabulary: Vocabulary) -> None:
    for codes in (
        [one.rxcui for one in vocabulary.ingredients.values() if one.rxcui],
        [one.unii for one in vocabulary.ingredients.values() if one.unii],
    ):
        assert len(codes) == len(set(codes))


def test_every_ingredient_can_be_typed(vocabulary: Vocabulary) -> None:
    silent = [name for name in vocabulary.ingredients if vocabulary.resolve(name) is None]

    assert silent == []


def test_ingredients_of_names_are_known_and_in_order(vocabulary: Vocabulary) -> None:
    for name in (*vocabulary.names.values(), *vocabulary.foods.values()):
        assert set(name.ingredients) <= vocabulary.ingredients.keys()
        assert list(name.ingredients) == sorted(set(name.ingredients))
        assert (name.kind == "class") == (not name.ingredients)


def test_a_name_stands_under_its_own_key_in_lower_case(vocabulary: Vocabulary) -> None:
    for key, name in vocabulary.names.items():
        assert key == name.name == " ".join(name.name.lower().split())


def test_confused_pairs_are_names_of_the_vocabulary(vocabulary: Vocabulary) -> None:
    assert all(a in vocabulary.names and b in vocabulary.names for a, b in vocabulary.confused_pairs)


def test_nothing_of_the_300_most_dispensed_medicines_is_missing(vocabulary: Vocabulary) -> None:
    assert len(vocabulary.top300) >= 290
    assert missing_of_top300(vocabulary) == []
    assert "missing: none" in report(vocabulary)[-1]


@pytest.mark.parametrize("word", ORDINARY)
def test_an_ordinary_word_is_no_drug_name(vocabulary: Vocabulary, word: str) -> None:
    assert word not in vocabulary.names


def test_names_of_one_or_two_letters_are_reviewed_vitamins_minerals_and_classes_only(vocabulary: Vocabulary) -> None:
    vitamins, minerals, classes = {"b1", "b2", "b3", "b6", "d2", "d3", "fa"}, {"ca", "fe", "k", "mg", "zn"}, {"fq"}
    assert {name for name in vocabulary.names if len(name) <= 2} == vitamins | minerals | classes


@pytest.mark.parametrize("name", ["yasmin", "camila", "errin", "heather", "ella", "natazia", "nikki"])
def test_a_brand_that_is_also_a_person_or_place_says_so(vocabulary: Vocabulary, name: str) -> None:
    assert "also a given name or place" in vocabulary.names[name].note


@pytest.mark.parametrize("name", ["mtx", "asa", "apap", "hctz", "aza"])
def test_an_error_prone_abbreviation_says_so(vocabulary: Vocabulary, name: str) -> None:
    assert "error-prone" in vocabulary.names[name].note


@pytest.mark.parametrize("name", ["wine", "alcohol", "grapefruit juice", "milk", "cigarettes"])
def test_a_food_is_resolved_but_no_note_line_is_searched_for_it(vocabulary: Vocabulary, name: str) -> None:
    found = vocabulary.resolve(name)

    assert found is not None
    assert vocabulary.ingredients[found.ingredients[0]].kind == "food"
    assert name not in vocabulary.names


def test_contrast_is_resolved_for_an_allergy_but_a_scan_in_a_note_line_is_no_medication(vocabulary: Vocabulary) -> None:
    assert vocabulary.resolve("contrast dye") is not None
    assert not {"contrast dye", "ct contrast", "iv contrast"} & vocabulary.names.keys()
