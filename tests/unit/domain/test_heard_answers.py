"""What the lines answer is suggested, stands beside what other lines say, and goes with its line."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.mention import Findings, Heard, MedicationMention
from consult.domain.people import SYSTEM, Actor

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"
START = replace(Consult("c1"), phase="open", writer_epoch=0)


def after(consult: Consult, *commands: co.Command) -> Consult:
    for command in commands:
        actor = SYSTEM if isinstance(command, co.RecordFindings) else ME
        first = consult.seq + 1
        happened = decide(consult, command, actor, AT)
        consult = fold(consult, [Event(first + i, "c1", f"k{first}", AT, actor, one) for i, one in enumerate(happened)])
    return consult


def line(line_id: str, *heard: Heard, drugs: tuple[MedicationMention, ...] = ()) -> tuple[co.Command, ...]:
    return co.PutNoteLine(line_id, "", 0, "text"), co.RecordFindings(line_id, 1, Findings(drugs, (), heard))


def test_a_line_suggests_an_answer_with_its_place_and_an_edit_takes_it_back() -> None:
    consult = after(START, *line("a", Heard("life-alcohol", ("14",), 8, 22)))
    answer = consult.answers["life-alcohol"]

    edited = after(consult, co.PutNoteLine("a", "", 1, "other"), co.RecordFindings("a", 2, Findings()))
    removed = after(consult, co.RemoveNoteLine("a"))

    assert (answer.values, answer.source, answer.review) == (("14",), "note", "proposed")
    assert [(e.line_id, e.rev, e.start, e.end) for e in answer.evidence] == [("a", 1, 8, 22)]
    assert edited.answers == {}
    assert removed.answers == {}


def test_what_the_pharmacist_answered_stays_whatever_the_lines_say() -> None:
    consult = after(START, *line("a", Heard("life-alcohol", ("14",), 0, 4)))
    confirmed = Answer("life-alcohol", ("7",))

    consult = after(consult, co.AnswerQuestion(confirmed), *line("b", Heard("life-alcohol", ("2",), 0, 4)))

    assert consult.answers["life-alcohol"] == confirmed
    assert after(consult, co.RemoveNoteLine("a")).answers["life-alcohol"] == confirmed


def test_an_answer_that_was_cleared_is_not_suggested_again() -> None:
    consult = after(
        START, *line("a", Heard("life-alcohol", ("14",), 0, 4)), co.AnswerQuestion(Answer("life-alcohol", ()))
    )

    consult = after(consult, *line("b", Heard("life-alcohol", ("2",), 0, 4)))

    assert consult.answers["life-alcohol"].values == ()


def test_several_lines_add_up_and_none_gives_way() -> None:
    consult = after(
        START,
        *line("a", Heard("otc-groups", ("none",), 0, 4, several=True)),
        *line("b", Heard("otc-groups", ("pain",), 0, 4, several=True)),
        *line("c", Heard("otc-groups", ("sleep", "pain"), 0, 4, several=True)),
    )

    assert set(consult.answers["otc-groups"].values) == {"pain", "sleep"}
    assert len(consult.answers["otc-groups"].evidence) == 3


def test_an_answer_about_a_drug_belongs_to_its_row() -> None:
    drug = MedicationMention(0, 8, "warfarin", ("warfarin",), "exact")
    other = MedicationMention(0, 8, "warfarin", ("warfarin",), "exact", subject="other")
    heard = Heard("loop-missed", ("none",), 10, 20, 0)

    ours = after(START, *line("a", heard, drugs=(drug,)))
    theirs = after(START, *line("a", heard, drugs=(other,)))

    assert set(ours.answers) == {"loop-missed#med:warfarin"}
    assert theirs.answers == {}
