"""What the worker makes of a line and of the state."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.app import build_analysis
from consult.domain import commands as co
from consult.domain.answer import Guidance
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.patient import Effect
from consult.domain.people import SYSTEM, Actor
from consult.session.analysis import Analysis, Judgement, situation

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return build_analysis()


def written(analysis: Analysis, *texts: str) -> Consult:
    consult = replace(Consult("c1"), phase="open")
    for number, text in enumerate(texts):
        line = f"line-{number}"
        for command in (co.PutNoteLine(line, "", 0, text), co.RecordFindings(line, 1, analysis.annotate(text))):
            first = consult.seq + 1
            events = decide(consult, command, SYSTEM if isinstance(command, co.RecordFindings) else ME, AT)
            consult = fold(consult, [Event(first + i, "c1", f"k{first}", AT, ME, one) for i, one in enumerate(events)])
    return consult


def judged(analysis: Analysis, consult: Consult) -> Judgement:
    return analysis.judge(situation(consult, "2026-11-23"))


def test_a_typed_line_fills_the_questions_it_answers(analysis: Analysis) -> None:
    consult = written(analysis, "no otc, drinks 2 beers/d, missed 3 doses last wk bc cost")

    assert {key: answer.values for key, answer in consult.answers.items()} == {
        "otc-groups": ("none",),
        "life-alcohol": ("14",),
        "missed-week": ("3",),
        "missed-why": ("cost",),
        "cost-skipped": ("yes",),
        "opioid-with": ("alcohol",),
    }
    assert {(answer.source, answer.review) for answer in consult.answers.values()} == {("note", "proposed")}


def test_an_answer_about_a_drug_lands_at_its_row(analysis: Analysis) -> None:
    consult = written(analysis, "Eliquis 5 mg bid", "Eliquis: never misses a dose")

    assert consult.answers["loop-missed#med:apixaban"].values == ("none",)


def test_what_is_over_raises_no_red_flag_and_opens_no_branch(analysis: Analysis) -> None:
    now = Effect("effect:chest pain", "chest pain", "chest pain")
    consult = Consult("c1", phase="open", effects={now.id: now})
    before = replace(consult, effects={now.id: replace(now, historical=True)})

    assert judged(analysis, consult).guidance.urgent == ("chest-pain",)
    assert judged(analysis, before).guidance.urgent == ()
    assert judged(analysis, before).guidance.branches == ()


def test_a_check_that_lacks_a_value_puts_its_question_into_the_talk(analysis: Analysis) -> None:
    consult = written(analysis, "lisinopril 20 mg daily")
    assessment = judged(analysis, consult).assessment
    record = co.RecordAssessment(consult.seq, assessment.alerts, assessment.checked, (), "", Guidance())
    first = consult.seq + 1
    happened = decide(consult, record, SYSTEM, AT)
    consult = fold(consult, [Event(first + i, "c1", "k", AT, SYSTEM, one) for i, one in enumerate(happened)])

    opened = {branch.branch_id: branch.because for branch in judged(analysis, consult).guidance.branches}

    assert "potassium" in opened["missing-values"]


@pytest.mark.parametrize(("today", "failed"), [("2026-12-01", ""), ("2030-01-01", "data-expired"), ("", "")])
def test_checks_on_data_that_is_too_old_say_so(analysis: Analysis, today: str, failed: str) -> None:
    consult = written(analysis, "warfarin 5 mg daily")

    judgement = analysis.judge(replace(situation(consult, "2026-12-01"), facts=replace(consult.facts(""), today=today)))

    assert (judgement.failed, judgement.assessment.checked) == (failed, 1)
