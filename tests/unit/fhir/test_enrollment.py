"""A plan's CSV of enrollments, and what of an enrollment cannot be right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consult.domain import commands as co
from consult.domain.enrollment import faults
from consult.domain.patient import MtmEnrollment
from consult.errors import BadFile
from consult.fhir.enrollment import is_enrollment, read_enrollees
from tests.unit.takeaway.test_decisions import Case, refusal

TODAY = "2026-11-23"
RIGHT = MtmEnrollment("2026-01-15", True, "2026-01-20", contract_id="H1234", targeted_by="chronic-diseases")
FILE = b"""MBI,DOB,Contract Number,MTM Enrollment Date,Met CMS Targeting Criteria,\
Date Met CMS Targeting Criteria,Opt-out Date,Opt-out Reason
1EG4-TE5-MK73,03/14/1952,h1234,2026-01-15,Y,01/20/2026,,
2AB3-CD4-EF56,1949-07-02,H1234,20260301,N,,2026-05-01,Beneficiary request
"""


def test_headers_of_plans_are_known_and_their_dates_in_any_common_writing() -> None:
    first, second = read_enrollees(FILE, "plan.csv", TODAY)

    assert is_enrollment(FILE, "plan.csv")
    assert (first.member_id, first.birth_date) == ("1EG4-TE5-MK73", "1952-03-14")
    assert first.enrollment == replace(RIGHT, targeted_by="")
    assert second.enrollment == MtmEnrollment("2026-03-01", False, "", "2026-05-01", "request", "H1234")


def test_a_csv_of_fills_is_none_of_enrollments() -> None:
    assert not is_enrollment(b"drug name,fill date\nmetformin,2026-01-01\n", "fills.csv")


@pytest.mark.parametrize(
    ("row", "line", "said"),
    [
        ("1EG4,1952-03-14,2027-01-15", 2, "lies ahead"),
        ("1EG4,1952-03-14,15.01.2026", 2, "is not YYYY-MM-DD"),
        (",1952-03-14,2026-01-15", 2, "no member number"),
        ("1EG4,1952-03-14,", 2, "no day of enrollment"),
        ("1EG4,1952-03-14,2026-01-15\n1-EG4,1952-03-14,2026-01-15", 3, "line 2 too"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_its_line(row: str, line: int, said: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_enrollees(f"member id,dob,enrolled on\n{row}\n".encode(), "plan.csv", TODAY)

    assert f"plan.csv:{line}:" in caught.value.message
    assert said in caught.value.message


def test_a_missing_column_is_named_with_its_headers() -> None:
    with pytest.raises(BadFile, match="no column for the birth date"):
        read_enrollees(b"member id,enrolled on\n1EG4,2026-01-15\n", "plan.csv", TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"enrolled_on": "2026-02-30"},
        {"enrolled_on": "2005-12-31"},
        {"contract_id": "1234H"},
        {"met_criteria": False},
        {"opted_out_on": "2026-01-01"},
        {"opt_out_reason": "request"},
        {"opt_out_reason": "moved", "opted_out_on": "2026-05-01"},
    ],
)
def test_what_cannot_be_right_has_a_sentence(change: dict[str, Any]) -> None:
    assert faults(RIGHT, TODAY) == []
    assert len(faults(replace(RIGHT, **change), TODAY)) == 1


def test_an_enrollment_is_recorded_at_any_time_and_leaves_the_signature_alone() -> None:
    case = Case().signed().do(co.CloseConsult(), co.RecordEnrollment(RIGHT))

    assert case.consult.patient is not None
    assert (case.consult.patient.mtm, case.stages) == (RIGHT, ["signed"])
    assert refusal(case, co.RecordEnrollment(replace(RIGHT, contract_id="?"))) == "bad-enrollment"


def test_plan_and_member_number_are_kept_where_they_are_left_out() -> None:
    case = Case().do(co.RecordEnrollment(RIGHT, plan_name="Prairie Health Part D", member_id=" 1EG4-TE5-MK73 "))

    case.do(co.RecordEnrollment(replace(RIGHT, met_criteria_on="2026-01-21")))

    patient = case.consult.patient
    assert patient is not None
    assert (patient.plan_name, patient.member_id) == ("Prairie Health Part D", "1EG4-TE5-MK73")
