"""Proportion of days covered: the worked examples of the CMS Technical Notes, and what any record must give."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.days_covered import days_covered
from consult.domain.fill import Fill

RAS = frozenset({"lisinopril", "benazepril", "captopril"})
FIRST = date(2026, 1, 1)


def fill(name: str, day: date | str, days: int) -> Fill:
    ingredients = tuple(name.split("-"))
    return Fill(name, day if isinstance(day, str) else day.isoformat(), days, ingredients)


def day(number: int) -> str:
    """The ISO date of a day of the period, counted from 1."""
    return (FIRST + timedelta(number - 1)).isoformat()


@pytest.mark.parametrize(
    ("fills", "covered", "percent"),
    [
        ([("benazepril", "01-01", 59), ("captopril", "03-01", 61)], 120, 100),
        ([("lisinopril", "01-01", 31), ("lisinopril-hctz", "01-16", 31), ("benazepril-hctz", "02-01", 28)], 62, 52),
        (
            [
                ("lisinopril", "01-01", 31),
                ("lisinopril-hctz", "01-16", 31),
                ("captopril", "03-01", 31),
                ("lisinopril", "03-16", 31),
            ],
            105,
            88,
        ),
    ],
)
def test_the_examples_of_cms_on_early_refills(fills: list[tuple[str, str, int]], covered: int, percent: int) -> None:
    record = [fill(name, f"2026-{at}", days) for name, at, days in fills]

    result = days_covered(record, RAS, day(1), day(120))

    assert (result.covered, result.days, round(result.share * 100)) == (covered, 120, percent)


@pytest.mark.parametrize(
    ("stretches", "away", "covered", "days", "percent"),
    [
        ([(1, 8), (12, 15)], (5, 6), 12, 13, 92),
        ([(1, 7), (12, 15)], (12, 13), 9, 13, 69),
        ([(1, 3), (6, 9), (12, 15)], (6, 9), 9, 11, 82),
        ([(1, 4), (7, 11)], (2, 4), 9, 12, 75),
    ],
)
def test_the_examples_of_cms_on_stays_in_a_facility(
    stretches: list[tuple[int, int]], away: tuple[int, int], covered: int, days: int, percent: int
) -> None:
    record = [fill("lisinopril", day(start), end - start + 1) for start, end in stretches]
    stay = {day(number) for number in range(away[0], away[1] + 1)}

    result = days_covered(record, RAS, day(1), day(15), stay)

    assert (result.covered, result.days, round(result.share * 100)) == (covered, days, percent)


def test_what_a_stay_moves_is_used_when_nothing_else_is_at_hand() -> None:
    record = [fill("lisinopril", day(1), 5), fill("benazepril", day(6), 5)]

    result = days_covered(record, RAS, day(1), day(12), {day(4), day(5)})

    assert (result.covered, result.days) == (10, 10)  # 1-3, 6-10 benazepril, then the two that were moved


def test_a_fill_without_days_of_supply_covers_nothing_and_other_drugs_do_not_count() -> None:
    record = [fill("lisinopril", day(1), 0), fill("metformin", day(1), 10)]

    assert days_covered(record, RAS, day(1), day(10)).covered == 0


@pytest.mark.parametrize("last", ["2025-12-31", "2126-01-01"])
def test_a_period_that_is_none_is_refused(last: str) -> None:
    with pytest.raises(ValueError, match="period"):
        days_covered([], RAS, day(1), last)


FILLS = st.lists(
    st.builds(
        fill,
        st.sampled_from(["lisinopril", "captopril", "lisinopril-hctz"]),
        st.integers(1, 200).map(day),
        st.integers(0, 90),
    ),
    max_size=12,
)
AWAY = st.sets(st.integers(1, 200).map(day), max_size=40)


@given(FILLS, AWAY)
def test_no_day_is_covered_that_has_no_supply_and_none_is_counted_that_was_spent_away(
    fills: list[Fill], away: set[str]
) -> None:
    result = days_covered(fills, RAS, day(1), day(200), away)

    assert 0 <= result.covered <= min(result.days, sum(one.days_supply for one in fills))
    assert result.days == 200 - len(away)


@given(FILLS, st.randoms())
def test_the_order_in_which_fills_are_told_does_not_matter(fills: list[Fill], chance: object) -> None:
    shuffled = fills[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert days_covered(shuffled, RAS, day(1), day(200)) == days_covered(fills, RAS, day(1), day(200))


@given(FILLS)
def test_one_more_fill_never_covers_less(fills: list[Fill]) -> None:
    before = days_covered(fills, RAS, day(1), day(200)).covered

    assert days_covered([*fills, fill("captopril", day(50), 30)], RAS, day(1), day(200)).covered >= before
