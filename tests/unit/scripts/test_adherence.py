"""What the fill history says of taking medicines, beside the questions."""

from __future__ import annotations

import pytest

from consult.app import knowledge, scripts
from consult.domain.answer import Adherence
from consult.domain.fill import Fill, Stay
from consult.scripts import View, guide
from consult.scripts.adherence import adherence_of, measures

CMR = scripts()["cmr"]
TODAY = "2026-06-30"


def monthly(name: str, *months: int, days: int = 30) -> tuple[Fill, ...]:
    return tuple(Fill(name, f"2026-{month:02}-01", days, (name,)) for month in months)


def shown(fills: tuple[Fill, ...], conditions: tuple[str, ...] = (), age: int | None = 70) -> tuple[Adherence, ...]:
    return adherence_of(fills, knowledge().classes_of, conditions, age, TODAY)


def test_days_covered_are_told_for_each_measure_from_the_first_fill_until_today() -> None:
    result = shown(
        (*monthly("lisinopril", 1, 2, 3, 5), *monthly("atorvastatin", 1, days=180), *monthly("ibuprofen", 1))
    )

    assert [(one.measure, one.covered, one.days, one.percent) for one in result] == [
        ("pdc-ras", 120, 181, 66.3),
        ("pdc-statin", 180, 181, 99.4),
    ]
    assert (result[0].first, result[0].last, result[0].not_counted) == ("2026-01-01", TODAY, "")
    assert result[0].fills == 4


@pytest.mark.parametrize(
    ("fills", "conditions", "age", "why"),
    [
        (monthly("metformin", 1), (), 70, "fewer than 2 fills"),
        (monthly("metformin", 5, 6), (), 70, "fewer than 91 days so far"),
        (monthly("metformin", 1, 2), (), 17, "under 18"),
        (monthly("metformin", 1, 2), ("End-stage renal disease",), 70, "end-stage renal disease"),
        (
            (*monthly("metformin", 1, 2), *monthly("insulin glargine", 3)),
            (),
            70,
            "a fill that takes the person out of the measure",
        ),
    ],
)
def test_who_is_left_out_of_a_measure_is_said_and_the_days_are_told_all_the_same(
    fills: tuple[Fill, ...], conditions: tuple[str, ...], age: int, why: str
) -> None:
    result = shown(fills, conditions, age)

    assert [one.not_counted for one in result if one.measure == "pdc-diabetes"] == [why]
    assert result[0].covered > 0


def test_the_period_begins_with_the_first_fill_of_a_target_in_this_year() -> None:
    earlier = (Fill("lisinopril", "2025-12-20", 30, ("lisinopril",)), Fill("aspirin", "2026-01-02", 30, ("aspirin",)))

    assert [one.first for one in shown((*earlier, *monthly("losartan", 2, 3)))] == ["2026-02-01"]


def test_without_fills_of_this_year_nothing_is_claimed() -> None:
    assert shown(()) == ()
    assert shown((Fill("lisinopril", "2025-12-01", 90, ("lisinopril",)),)) == ()


def test_days_without_medicine_open_questions_that_say_why() -> None:
    view = View(fills=monthly("lisinopril", 1, 2, 5), age=70, today=TODAY)

    guidance = guide(CMR, view, knowledge().classes_of)

    assert [one.measure for one in guidance.adherence] == ["pdc-ras"]
    assert [(one.branch_id, one.because) for one in guidance.branches] == [
        ("refill-gaps", "Blood pressure medicines (RAS antagonists): 49.7 % of days covered")
    ]


def test_every_class_of_a_measure_is_known_and_every_measure_has_a_source() -> None:
    known = {name for one in measures() for name in one.classes | one.unless_filled}

    assert known <= knowledge().classes
    assert all(len(one.origin.source) > 10 and one.origin.reviewer for one in measures())


def test_days_in_a_hospital_count_neither_way_and_their_supply_is_used_later() -> None:
    fills = monthly("lisinopril", 1, 2, 3, 4, days=28)
    view = View(medications=(), fills=fills, stays=(Stay("2026-02-10", "2026-02-19"),), age=70, today=TODAY)

    (home,) = guide(CMR, View(fills=fills, age=70, today=TODAY), knowledge().classes_of).adherence
    (away,) = guide(CMR, view, knowledge().classes_of).adherence

    assert (home.covered, home.days) == (112, 181)
    assert (away.covered, away.days) == (112, 171)
    assert away.not_counted == ""
