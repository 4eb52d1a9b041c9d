"""A number without a unit behind a drug's name: what it stands for by what is sold, and where nothing is said of it."""

from __future__ import annotations

import pytest

from consult.app import annotator
from consult.knowledge.strengths import read_strengths
from consult.nlp.sig.unitless import Sold

SOLD = Sold(read_strengths())


@pytest.mark.parametrize(
    ("ingredient", "after", "strength"),
    [
        ("sertraline", " 50 qam", "50 mg"),
        ("levothyroxine", " 112", "112 mcg"),
        ("digoxin", " .125 daily", "0.125 mg"),
        ("digoxin", " 125 daily", "125 mcg"),
        ("metoprolol", " er 50 daily", "50 mg"),
        ("prednisone", " 40 x 5 days", "40 mg"),
        ("vitamin d", " 50,000 weekly", "50000 unit"),
        ("metformin", " 500 2 tabs bid", "500 mg"),
        ("metformin", " er 500 - 2 tabs bid", "500 mg"),
        ("lisinopril", " 20 - 1 qd", "20 mg"),
        ("trazodone", " 25 hs", "25 mg"),
        ("torsemide", " 20 am", "20 mg"),
        ("metoprolol", " increased to 50 bid", "50 mg"),
        ("lisinopril", " ↑ 40", "40 mg"),
        ("simvastatin", " 40 w norvasc", "40 mg"),
    ],
)
def test_a_number_that_is_sold_has_its_unit(ingredient: str, after: str, strength: str) -> None:
    assert SOLD.meant((ingredient,), after, None) == strength


@pytest.mark.parametrize(
    ("ingredients", "after", "strength"),
    [
        (("hydrochlorothiazide", "valsartan"), " 160/25 one qam", "160/25 mg"),
        (("valsartan", "sacubitril"), " 49-51 bid", "49/51 mg"),
        (("acetaminophen", "hydrocodone"), " 5/325 prn", "5/325 mg"),
        (("fluticasone", "salmeterol"), " diskus 250/50 bid", "250/50 mcg"),
        (("metformin", "sitagliptin"), " 50/1000", "50/1000 mg"),
        (("sacubitril", "valsartan"), " 5/12 started", None),
        (("hydrochlorothiazide", "valsartan"), " 160", None),
        (("hydrochlorothiazide", "valsartan"), " 160/25/5", None),
    ],
)
def test_two_numbers_of_a_combination_that_is_sold(
    ingredients: tuple[str, ...], after: str, strength: str | None
) -> None:
    assert SOLD.meant(ingredients, after, None) == strength


@pytest.mark.parametrize(
    ("ingredient", "after"),
    [
        ("prednisone", " 10 days"),
        ("metoprolol", " 2022"),
        ("metoprolol", " 12/25 refill"),
        ("gabapentin", " 300-600 hs"),
        ("losartan", " 100/25"),
        ("simvastatin", " 40->80"),
        ("sertraline", " 17 qam"),
        ("zolpidem", " 10 yrs"),
        ("zolpidem", " 10 pm"),
        ("prednisone", " 20 w"),
        ("warfarin", " 5 tabs"),
        ("lisinopril", ", bp 120"),
        ("semaglutide", " $10"),
        ("benzalkonium", " 10 daily"),
    ],
)
def test_dates_ranges_counts_and_what_is_not_sold_have_none(ingredient: str, after: str) -> None:
    assert SOLD.meant((ingredient,), after, None) is None


def test_an_amount_that_is_taken_is_no_strength() -> None:
    assert SOLD.meant(("lorazepam",), " 1 prn", "1") is None
    assert SOLD.meant(("metformin",), " 500 two tabs bid", "2 tablet") == "500 mg"


@pytest.mark.parametrize(
    "line", ["Zoloft up from 50 to 100", "Zoloft 50->100", "Zoloft increased from 50 to 100 daily"]
)
def test_a_change_without_units_gives_the_new_strength(line: str) -> None:
    (drug,) = annotator().annotate(line).medications

    assert (drug.strength, drug.likely_strength, drug.previous) == (None, "100 mg", "50")


def test_the_number_of_a_combination_is_of_neither_part() -> None:
    assert SOLD.meant(("hydrochlorothiazide", "losartan"), " 50 daily", None) is None


def test_a_line_keeps_what_was_typed_and_says_that_the_unit_is_not() -> None:
    (drug,) = annotator().annotate("citalopram 40 qd").medications

    assert (drug.strength, drug.likely_strength) == (None, "40 mg")
    assert "no-unit" in drug.flags


def test_a_typed_unit_stands_as_it_is() -> None:
    (drug,) = annotator().annotate("citalopram 40 mg qd").medications

    assert (drug.strength, drug.likely_strength) == ("40 mg", None)
    assert "no-unit" not in drug.flags
