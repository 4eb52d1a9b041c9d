"""Directions for use, as typed, in normal form."""

from __future__ import annotations

import pytest

from consult.nlp.sig.numbers import plain
from consult.nlp.sig.read import read_directions


@pytest.mark.parametrize(
    ("typed", "frequency"),
    [
        ("1 tab tidprn", "3/day"),
        ("bidx7", "2/day"),
        ("q4-6h prn", "every 4-6 hours"),
        ("every six hours", "every 6 hours"),
        ("3x/wk", "3/week"),
        ("once weekly", "1/week"),
        ("every other day", "0.5/day"),
        ("qod", "0.5/day"),
        ("on weekdays", "5/week"),
        ("half a tab at sundown", "1/day"),
        ("every other week", "every 2 weeks"),
        ("q 3 months", "every 3 months"),
        ("mon, wed & fri", "3/week"),
        ("mwf", "3/week"),
        ("on sundays", "1/week"),
        ("10 am, 5 pm", "2/day"),
        ("2 in am 1 hs", "2/day"),
        ("qam and qhs", "2/day"),
        ("qam every morning", "1/day"),
        ("with each meal", "3/day"),
        ("ac & hs", "4/day"),
        ("at bedtime", "1/day"),
        ("w/ breakfast", "1/day"),
        ("1-2 times a day", "1-2/day"),
        (" 4-5/day", "4-5/day"),
        ("up to 6 a day", "6/day"),
        (" 25-50/day", "1/day"),
        ("daily m-f", "5/week"),
        ("5 mg daily, mwf 2.5", "1/day"),
        ("20 mg bid changed to 40 mg daily", "1/day"),
        ("40 mg daily increased to 40 mg bid", "2/day"),
        ("300 mg tid, cut to 100 mg qhs", "1/day"),
        ("300 tid, now 100 mg bid", "2/day"),
        ("50 mg bid, now 25 mg; check sugars daily", "2/day"),
        ("on the first of the month", "1/month"),
        ("most mornings", None),
        ("this morning", None),
        ("x5d", None),
    ],
)
def test_how_often_is_normalised(typed: str, frequency: str | None) -> None:
    assert read_directions(typed, ()).frequency == frequency


@pytest.mark.parametrize(
    ("typed", "strength", "dose"),
    [
        (" 10mg 1/2 tab", "10 mg", "0.5 tablet"),
        (" 1,000 mg", "1000 mg", None),
        (" 300 mg caps, 2 hs", "300 mg", "2 capsule"),
        (" 150 mg, single tablet", "150 mg", "1 tablet"),
        (" 24hr 1 qam", None, "1"),
        (" 50 mg q6h prn, seldom more than 1 a day", "50 mg", None),
        (" 5/325 mg prn, max 4 tabs a day", "5/325 mg", None),
        (" .5 mg", "0.5 mg", None),
        (" 1.0 mg", "1 mg", None),
        (" 50k units weekly", "50000 unit", None),
        (" 875/125 mg", "875/125 mg", None),
        (" 25 mcg/hr patch", "25 mcg/hr", None),
        (" 15 ml", None, "15 mL"),
        (" 1% gel 2 g to knees", "1%", "2 g"),
        (" 1-2 puffs", None, "1-2 puff"),
        (" one and a half tablets", None, "1.5 tablet"),
        (" 1 po bid", None, "1"),
        (" 50 qd", None, None),
        (", 10 tabs left", None, None),
        (" 100 mcg daily, 1/2 tab sundays", "100 mcg", "0.5 tablet sunday, 100 mcg other days"),
        (" 88 mcg daily but half a tab sunday", "88 mcg", "0.5 tablet sunday, 88 mcg other days"),
    ],
)
def test_strength_and_amount_are_told_apart(typed: str, strength: str | None, dose: str | None) -> None:
    found = read_directions(typed, ())

    assert (found.strength, found.dose) == (strength, dose)


def test_units_of_an_insulin_are_a_dose_and_of_a_vitamin_a_strength() -> None:
    insulin = read_directions(" 34u qhs", ("insulin glargine",))
    vitamin = read_directions(" 2000 iu daily", ("vitamin d",))

    assert (insulin.strength, insulin.dose) == (None, "34 unit")
    assert (vitamin.strength, vitamin.dose) == ("2000 unit", None)


@pytest.mark.parametrize(
    ("typed", "route"),
    [
        ("1 tab", "oral"),
        ("2 puffs", "inhaled"),
        ("patch", "transdermal"),
        ("cream to scaly patch on shin", "topical"),
        ("5 ml swish and swallow", "oral"),
        ("1 gtt each eye", "ophthalmic"),
        ("4 gtts r ear", "otic"),
        ("2 sprays each nostril", "nasal"),
        ("subq weekly", "subcutaneous"),
        ("0.4 mg sl", "sublingual"),
        ("im monthly", "injection"),
        ("1 supp pr", "rectal"),
        ("vag cream", "vaginal"),
        ("cream bid", "topical"),
        ("10 mg daily", None),
    ],
)
def test_a_route_is_read_or_implied_by_a_word(typed: str, route: str | None) -> None:
    assert read_directions(typed, ()).route == route


def test_what_is_told_not_to_be_as_needed_is_not() -> None:
    assert read_directions(" 1 g tid prn", ()).as_needed
    assert not read_directions(" 1 g tid scheduled, not prn", ()).as_needed


def test_weekly_is_never_read_as_daily() -> None:
    assert read_directions(" 2.5 mg 6 tabs once weekly", ()).frequency == "1/week"
    assert read_directions(" 70 mg q week in the morning", ()).frequency == "1/week"


def test_numbers_are_written_one_way() -> None:
    assert [plain(one) for one in ("1,000", ".5", "1.0", "half", "1 1/2", "1 to 2")] == [
        "1000",
        "0.5",
        "1",
        "0.5",
        "1.5",
        "1-2",
    ]


@pytest.mark.parametrize(
    ("typed", "dose", "frequency", "previous"),
    [
        ("2 tabs bid, now 1 tab daily", "1 tablet", "1/day", "2 tabs"),
        ("2 tabs bid, cut to 1 tab", "1 tablet", "2/day", "2 tabs"),
        ("1 puff daily, increased to 2 puffs bid", "2 puff", "2/day", "1 puff"),
        ("2 tabs now and then", "2 tablet", None, None),
        ("1 tab q6h, up to 2 tabs", "1 tablet", "every 6 hours", None),
    ],
)
def test_a_new_count_ends_the_old_one(typed: str, dose: str, frequency: str | None, previous: str | None) -> None:
    found = read_directions(typed, ())

    assert (found.dose, found.frequency, found.previous) == (dose, frequency, previous)


def test_an_old_count_ends_with_its_amount() -> None:
    found = read_directions("2 tabs of 20 mg bid changed to 40 mg daily", ("furosemide",))

    assert (found.strength, found.dose, found.frequency, found.previous) == ("40 mg", None, "1/day", "20 mg")
