"""A red flag that was dismissed is raised again by words that come after, and by none that were there before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.app import build_analysis
from consult.domain import commands as co
from consult.domain.answer import Answer, OpenBranch
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.session.analysis import Analysis, Judgement, situation

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"
FLAG = "chest-pain"
NO = Answer("chest-pain-now", ("no",))


class Talk:
    """One consult with the real analysis behind it."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.consult = replace(Consult("c1"), phase="open")

    def do(self, command: co.Command) -> Talk:
        first = self.consult.seq + 1
        actor = SYSTEM if isinstance(command, co.RecordFindings) else ME
        happened = decide(self.consult, command, actor, AT)
        self.consult = fold(
            self.consult, [Event(first + i, "c1", f"k{first}", AT, actor, one) for i, one in enumerate(happened)]
        )
        return self

    def write(self, line_id: str, text: str) -> Talk:
        known = self.consult.lines.get(line_id)
        rev = known.rev if known else 0
        after = self.consult.order[-1] if self.consult.order else ""
        self.do(co.PutNoteLine(line_id, after, rev, text))
        return self.do(co.RecordFindings(line_id, rev + 1, self.analysis.annotate(text)))

    @property
    def urgent(self) -> tuple[str, ...]:
        return self._judged.guidance.urgent

    @property
    def asked(self) -> str:
        suggestion = self._judged.guidance.next
        return suggestion.link_id if suggestion else ""

    @property
    def branch(self) -> OpenBranch:
        return next(one for one in self._judged.guidance.branches if one.branch_id == FLAG)

    @property
    def lines(self) -> list[str]:
        return list(dict.fromkeys(one.line_id for one in self.branch.evidence))

    @property
    def _judged(self) -> Judgement:
        return self.analysis.judge(situation(self.consult, "2026-11-23"))


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return build_analysis()


@pytest.fixture
def talk(analysis: Analysis) -> Talk:
    return Talk(analysis).write("a", "lisinopril 20 mg daily").write("b", "chest pain since this morning")


@pytest.fixture
def dismissed(talk: Talk) -> Talk:
    return talk.do(co.SkipStep(FLAG, "sore from lifting"))


def test_a_dismissed_flag_stays_away_while_nothing_is_said_anew(talk: Talk) -> None:
    before = talk.urgent

    talk.do(co.SkipStep(FLAG, "sore from lifting")).write("c", "no falls, sleeps well")

    assert before == (FLAG,)
    assert talk.urgent == ()
    assert (talk.branch.put_aside, talk.lines) == ("", ["b"])


def test_a_later_line_raises_it_again_with_both_lines_and_the_reason_of_before(dismissed: Talk) -> None:
    dismissed.write("c", "crushing chest pain again, sweating")

    assert dismissed.urgent == (FLAG,)
    assert dismissed.branch.put_aside == "sore from lifting"
    assert dismissed.lines == ["b", "c"]
    assert dismissed.asked == "chest-pain-now"


def test_each_new_line_raises_it_once(dismissed: Talk) -> None:
    dismissed.write("c", "crushing chest pain again").do(co.SkipStep(FLAG, "sore from lifting"))
    after_second = dismissed.urgent

    dismissed.write("d", "chest pain now")

    assert after_second == ()
    assert dismissed.urgent == (FLAG,)


def test_an_edit_by_which_a_line_comes_to_say_it_raises_it_again(dismissed: Talk) -> None:
    dismissed.write("c", "feels well")
    before = dismissed.urgent

    dismissed.write("c", "feels well, chest pain now")

    assert before == ()
    assert dismissed.urgent == (FLAG,)


def test_an_edit_of_a_line_that_said_it_already_raises_nothing(dismissed: Talk) -> None:
    dismissed.write("b", "chest pain since this morning, lifted boxes")

    assert dismissed.urgent == ()


def test_a_line_that_left_off_saying_it_and_says_it_again_is_new(dismissed: Talk) -> None:
    dismissed.write("b", "sore").write("b", "chest pain now")

    assert dismissed.urgent == (FLAG,)


def test_denied_past_or_doubtful_words_raise_nothing_again(dismissed: Talk) -> None:
    dismissed.write("c", "denies chest pain").write("d", "chest pain years ago").write("e", "call if chest pain")

    assert dismissed.urgent == ()


def test_a_no_is_asked_again_when_the_notes_say_it_anew_and_the_same_no_settles_it(talk: Talk) -> None:
    talk.do(co.AnswerQuestion(NO))
    first_no = talk.urgent
    talk.write("c", "crushing chest pain now, sweating")
    again = talk.urgent, talk.asked, talk.branch.put_aside

    talk.do(co.AnswerQuestion(NO))

    assert first_no == ()
    assert again == ((FLAG,), "chest-pain-now", "answered: no")
    assert talk.urgent == ()


def test_what_was_dealt_with_as_an_emergency_is_not_raised_by_the_notes_about_it(talk: Talk) -> None:
    talk.do(co.AnswerQuestion(Answer("chest-pain-now", ("yes",))))
    talk.do(co.AnswerQuestion(Answer("chest-pain-done", ("called-911",))))

    talk.write("c", "chest pain 7/10, crew on the way")

    assert talk.urgent == ()


def test_a_yes_after_a_dismissal_brings_the_flag_back(dismissed: Talk) -> None:
    dismissed.do(co.AnswerQuestion(Answer("chest-pain-now", ("yes",))))

    assert dismissed.urgent == (FLAG,)
    assert dismissed.asked == "chest-pain-done"


def test_a_side_effect_that_was_rejected_is_raised_by_words_that_come_after(talk: Talk) -> None:
    talk.do(co.RejectEffect("effect:chest pain")).do(co.AnswerQuestion(NO))
    before = talk.urgent

    talk.write("c", "chest pain now")

    assert before == ()
    assert talk.urgent == (FLAG,)


def test_the_same_words_a_second_time_without_anything_new_write_no_event(dismissed: Talk) -> None:
    seq = dismissed.consult.seq

    dismissed.do(co.SkipStep(FLAG, "sore from lifting"))

    assert dismissed.consult.seq == seq
