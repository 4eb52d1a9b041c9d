"""Follow-ups: planned about a problem or a to-do item, put off with a reason, done with what was found."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain.plan import TodoItem
from consult.domain.problem import Problem
from consult.domain.summary import summarise
from tests.unit.takeaway.test_decisions import Case, refusal

BLEEDING = Problem("p1", "safety", "Bleeding risk")
PLAN = co.PlanFollowUp("f1", "2026-12-01", "pharmacist", "Call about bruises", "p1")


def planned() -> Case:
    return Case().do(co.AddProblem(BLEEDING), PLAN)


def test_what_is_planned_stands_in_the_row_of_the_list_the_first_due_first() -> None:
    case = planned().do(co.PlanFollowUp("f2", "2026-11-24", "patient", "Read the blood pressure"))

    assert [(one.id, one.due, one.by) for one in summarise(case.consult).follow_ups] == [
        ("f2", "2026-11-24", "patient"),
        ("f1", "2026-12-01", "pharmacist"),
    ]


def test_it_can_be_planned_and_done_after_the_visit_was_closed() -> None:
    case = Case().do(co.AddProblem(BLEEDING), co.CloseConsult()).do(PLAN, co.FinishFollowUp("f1", "no bruises"))

    done = case.consult.follow_ups["f1"]
    assert (done.stage, done.note, done.closed_at) == ("done", "no bruises", case.at)
    assert summarise(case.consult).follow_ups == ()


def test_putting_off_needs_a_later_day_and_a_reason() -> None:
    case = planned()

    assert refusal(case, co.PostponeFollowUp("f1", "2026-11-30", "no answer")) == "not-later"
    assert refusal(case, co.PostponeFollowUp("f1", "2026-12-08", " ")) == "note-missing"

    case.do(co.PostponeFollowUp("f1", "2026-12-08", "no answer"))

    put_off = case.consult.follow_ups["f1"]
    assert (put_off.due, put_off.note, put_off.postponed, put_off.stage) == ("2026-12-08", "no answer", 1, "planned")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due": "2026-02-30"}, "bad-date"),
        ({"due": "2026-11-20"}, "day-out-of-range"),
        ({"due": "2062-12-01"}, "day-out-of-range"),
        ({"what": "  "}, "follow-up-empty"),
        ({"about": "p9"}, "no-such-subject"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(change: dict[str, str], code: str) -> None:
    values = {"follow_up_id": "f1", "due": "2026-12-01", "by": "pharmacist", "what": "Call", "about": "p1"}

    assert refusal(Case().do(co.AddProblem(BLEEDING)), co.PlanFollowUp(**{**values, **change})) == code  # type: ignore[arg-type]


def test_what_was_done_is_not_put_off_but_can_be_planned_again() -> None:
    case = planned().do(co.FinishFollowUp("f1", "no bruises"))

    assert refusal(case, co.PostponeFollowUp("f1", "2026-12-08", "again")) == "follow-up-done"
    assert refusal(case, co.FinishFollowUp("f9")) == "no-such-follow-up"

    case.do(PLAN)

    assert case.consult.follow_ups["f1"].stage == "planned"


def test_what_is_planned_goes_with_its_problem_or_item_and_what_was_done_stays() -> None:
    case = planned().do(co.AddTodo(TodoItem("t1", "Salt", "Use less salt.")))
    case.do(co.PlanFollowUp("f2", "2026-12-01", "patient", "Tell the weight", "t1"))
    case.do(co.PlanFollowUp("f3", "2026-12-01", "pharmacist", "Look at the lab", "p1"), co.FinishFollowUp("f3"))

    case.do(co.RemoveProblem("p1"), co.RemoveTodo("t1"))

    assert list(case.consult.follow_ups) == ["f3"]


def test_a_follow_up_leaves_the_signature_of_the_takeaway_alone() -> None:
    case = Case().do(co.AddProblem(BLEEDING)).signed()

    case.do(PLAN, co.FinishFollowUp("f1"))

    assert case.stages == ["signed"]
