"""Names that speech recognition wrote as several plain words."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator
from consult.nlp.drug.heard import sound


@pytest.mark.parametrize(
    ("line", "ingredients"),
    [
        ("El a quiz 2.5 mg twice daily", ("apixaban",)),
        ("and Laura to dean 10 mg every morning", ("loratadine",)),
        ("rope in a roll 0.5 mg at bedtime", ("ropinirole",)),
        ("tope roll XL 50 mg daily", ("metoprolol",)),
        ("flow nays two sprays in each nostril", ("fluticasone",)),
    ],
)
def test_words_before_an_amount_that_sound_as_a_name_does_are_a_suggestion(
    annotator: Annotator, line: str, ingredients: tuple[str, ...]
) -> None:
    (found,) = annotator.annotate(line).medications

    assert found.ingredients == ingredients
    assert found.match == "fuzzy"
    assert found.confidence <= 0.5
    assert found.candidates[0].ingredients == ingredients


@pytest.mark.parametrize(
    "line",
    [
        "torsemide was 20, cardiology bumped to 40 mg",
        "nausea only with the 1 mg dose",
        "Mounjaro 2.5 mg weekly in January and is now on 5 mg",
        "the pharmacy was out of the 20 mg",
        "she takes one half tablet on most evenings",
        "mom draws up half tabs",
    ],
)
def test_words_that_lead_to_an_amount_are_no_name(annotator: Annotator, line: str) -> None:
    assert all(found.match == "exact" for found in annotator.annotate(line).medications)


def test_a_name_and_its_misheard_form_sound_alike() -> None:
    assert sound("elaquiz") == sound("eliquis")
    assert sound("lauratodean") == sound("loratadine")
    assert sound("tradgeenter") == sound("tradjenta")
    assert sound("lisinopril") != sound("losartan")
