"""One row a member for the plan."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.patient import MtmEnrollment, Patient
from consult.domain.problem import Problem
from consult.domain.summary import summarise, told_in
from consult.errors import BadCommand
from consult.takeaway.partd import MemberRow, as_csv, as_json, member_rows
from tests.unit.takeaway.test_decisions import Case

YEAR = ("2026-01-01", "2026-12-31")


def member(case: Case, **fields: Any) -> Consult:
    assert case.consult.patient is not None
    return replace(case.consult, patient=replace(case.consult.patient, **fields))


def test_a_review_whose_summary_went_out_counts_with_its_dates() -> None:
    case = Case().issued().do(co.DeliverTakeaway("d1", 1, "mail"))

    (row,) = member_rows([member(case, member_id="1EG4-TE5-MK73")], *YEAR)

    assert (row.member_id, row.cmr_with_summary, row.cmr_dates) == ("1EG4-TE5-MK73", "Y", "2026-11-23")
    assert (row.summary_provided_on, row.summary_within_14_days) == ("2026-11-23", "Y")
    assert row.disposal_information_on == "2026-11-23"
    assert (row.recipient, row.delivery, row.provider) == ("beneficiary", "telehealth", "pharmacist")


def test_a_review_without_a_summary_is_none_for_the_measure() -> None:
    (row,) = member_rows([Case().consult], *YEAR)

    assert (row.cmr_with_summary, row.summary_provided_on, row.summary_within_14_days) == ("N", "", "")


def test_recommendations_are_counted_from_the_course_of_the_problems() -> None:
    case = Case().do(
        co.AddProblem(Problem("p1", "safety", "One")),
        co.AddProblem(Problem("p2", "safety", "Two")),
        co.AddProblem(Problem("p3", "safety", "Three")),
        co.RecordResponse("p1", "accepted"),
        co.RecordResponse("p2", "declined", "no"),
    )

    (row,) = member_rows([case.consult], *YEAR)

    counts = (row.problems, row.recommendations, row.recommendations_answered, row.recommendations_accepted)
    assert counts == (3, 2, 2, 1)


def test_consults_of_one_member_share_a_row_and_other_periods_do_not_count() -> None:
    review, targeted = Case(), Case("tmr")
    later = replace(Case("tmr").consult, opened_at="2027-01-02T10:00:00Z")

    rows = member_rows([review.consult, targeted.consult, later], *YEAR)

    assert [(row.member_id, row.targeted_reviews) for row in rows] == [("p1", 1)]


def test_who_stood_in_and_what_the_plan_said_are_told() -> None:
    mtm = MtmEnrollment("2026-01-15", True, "2026-01-20", "", "")
    case = Case().do(co.NameRepresentative("Ana Lopez", "daughter"))

    (row,) = member_rows([member(case, mtm=mtm)], *YEAR)

    assert (row.recipient, row.mtm_enrolled_on, row.met_criteria) == (
        "authorized representative (daughter)",
        "2026-01-15",
        "Y",
    )


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://evil","x")', "\t=1+1", "  =1"])
def test_a_cell_is_never_a_formula(word: str) -> None:
    rows = member_rows([member(Case(), member_id=word)], *YEAR)

    cell = next(csv.DictReader(io.StringIO(as_csv(rows))))["member_id"]

    assert cell.startswith("'")


def test_csv_and_json_hold_the_same_rows() -> None:
    rows = member_rows([Case().consult], *YEAR)

    (from_csv,) = csv.DictReader(io.StringIO(as_csv(rows)))
    (from_json,) = json.loads(as_json(rows))

    assert from_csv == {name: str(value) for name, value in from_json.items()}
    assert MemberRow(**from_json) == rows[0]


@pytest.mark.parametrize("period", [("2026", "2026-12-31"), ("2026-12-31", "2026-01-01"), ("", "")])
def test_a_period_that_is_none_is_refused(period: tuple[str, str]) -> None:
    with pytest.raises(BadCommand) as caught:
        member_rows([Case().consult], *period)

    assert caught.value.code == "bad-period"


def test_a_consult_that_was_not_held_does_not_count() -> None:
    planned = Consult("c2", phase="scheduled", patient=Patient("p2", "Ann Ray", "1950-01-01"))

    assert member_rows([planned], *YEAR) == []


def test_days_are_those_of_the_sites_calendar() -> None:
    case = Case().issued().do(co.DeliverTakeaway("d1", 1, "mail"))  # on the 23rd, after 15:00 UTC
    tokyo = ZoneInfo("Asia/Tokyo")

    (row,) = member_rows([case.consult], "2026-11-24", "2026-11-24", tokyo)

    assert (row.cmr_dates, row.summary_provided_on) == ("2026-11-24", "2026-11-24")
    assert told_in(summarise(Case().consult), tokyo).takeaway_due == "2026-12-08"
