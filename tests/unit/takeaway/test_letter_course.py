"""What may happen to a letter and to the problem it asks about: written, sent, answered."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import commands as co
from consult.domain.alert import Alert
from consult.domain.answer import Guidance
from consult.domain.medication import Medication
from consult.domain.people import SYSTEM
from consult.domain.problem import Problem
from tests.unit.takeaway.test_decisions import Case, refusal

ASKED = Problem("p1", "safety", "Bleeding", rationale="interaction-harms", recommendation="Consider stopping naproxen.")


def written(case: Case) -> Case:
    """A letter about the problem, made by the desk."""
    case.do(co.AddProblem(ASKED), co.WriteLetter("l1", "Dr. Chen", ("p1",)))
    letter = replace(case.consult.letters["l1"], sha256="a" * 64, html_sha256="b" * 64, based_on=case.consult.seq)
    return case.do(co.RecordLetter(letter), actor=SYSTEM)


def test_a_letter_asks_only_about_problems_with_a_recommendation() -> None:
    case = Case().do(co.AddProblem(replace(ASKED, recommendation=" ")))

    assert refusal(case, co.WriteLetter("l1", "Dr. Chen", ("p1",))) == "recommendation-missing"
    assert refusal(case, co.WriteLetter("l1", "Dr. Chen", ("p2",))) == "no-such-problem"


def test_a_letter_needs_a_name_and_a_real_date() -> None:
    case = Case().do(co.AddProblem(ASKED))

    assert refusal(case, co.WriteLetter("l1", "  ", ("p1",))) == "prescriber-missing"
    assert refusal(case, co.WriteLetter("l1", "Dr. Chen", ("p1",), reply_by="2026-02-30")) == "bad-date"


def test_a_letter_that_was_sent_makes_its_problems_sent() -> None:
    case = written(Case()).do(co.SendLetter("d1", "l1", "a" * 64, "fax", "555-010-0142"))

    assert case.consult.problems["p1"].stage == "open"

    case.do(co.RecordDelivery("d1", "confirmed by the gateway"), actor=SYSTEM)

    assert case.consult.problems["p1"].stage == "sent"
    assert (case.consult.letters["l1"].stage, case.consult.letters["l1"].sent_by) == ("sent", "Daniel Reyes")
    assert case.consult.deliveries["d1"].to == "***0142"


def test_a_letter_that_a_carrier_refused_stays_ready_to_be_sent() -> None:
    case = written(Case()).do(co.SendLetter("d1", "l1", "a" * 64, "file"))

    case.do(co.RecordDeliveryFailure("d1", "no-carrier"), actor=SYSTEM)

    assert case.consult.letters["l1"].stage == "drafted"
    assert case.consult.problems["p1"].stage == "open"


def test_a_letter_that_was_handed_over_is_recorded_by_name() -> None:
    case = written(Case()).do(co.SendLetter("d1", "l1", "a" * 64, "print"))

    assert case.consult.letters["l1"].stage == "sent"
    assert case.consult.deliveries["d1"].proof == "recorded by Daniel Reyes"


def test_a_letter_is_not_sent_when_what_it_says_has_changed() -> None:
    case = written(Case()).do(co.AddMedication(Medication("med:x", "aspirin", ("aspirin",))))

    assert refusal(case, co.SendLetter("d1", "l1", "a" * 64, "print")) == "letter-stale"


def test_a_letter_is_sent_only_under_its_own_hash_and_to_a_whole_number() -> None:
    case = written(Case())

    assert refusal(case, co.SendLetter("d1", "l1", "c" * 64, "print")) == "hash-differs"
    assert refusal(case, co.SendLetter("d1", "l1", "a" * 64, "fax", "12")) == "address-missing"
    assert refusal(case, co.SendLetter("d1", "l1", "a" * 64, "email", "Dr. Chen")) == "bad-address"


def test_a_letter_by_mail_waits_for_the_answer_of_the_mail_server() -> None:
    case = written(Case()).do(co.SendLetter("d1", "l1", "a" * 64, "email", " chen@clinic.example "))

    assert case.consult.deliveries["d1"].stage == "requested"
    assert case.consult.problems["p1"].stage == "open"

    case.do(co.RecordDelivery("d1", "250 queued as 77"), actor=SYSTEM)

    done = case.consult.deliveries["d1"]
    assert (done.stage, done.to, done.proof) == ("delivered", "c***@clinic.example", "250 queued as 77")
    assert case.consult.problems["p1"].stage == "sent"


def test_no_letter_is_sent_to_a_prescriber_with_whom_the_patient_will_not_share() -> None:
    case = written(Case())
    said_no = Guidance(refused=("prescriber",))
    case.do(co.RecordAssessment(case.consult.seq, (), 0, (), "2026-11-23", said_no), actor=SYSTEM)

    assert refusal(case, co.SendLetter("d1", "l1", "a" * 64, "print")) == "sharing-refused"


def test_a_letter_made_of_an_older_state_is_dropped() -> None:
    case = Case().do(co.AddProblem(ASKED), co.WriteLetter("l1", "Dr. Chen", ("p1",)))
    old = replace(case.consult.letters["l1"], sha256="a" * 64, based_on=case.consult.seq)
    case.do(co.AddProblem(replace(ASKED, recommendation="Consider acetaminophen.")))

    case.do(co.RecordLetter(old), actor=SYSTEM)

    assert case.consult.letters["l1"].stage == "requested"


def test_the_answer_of_a_prescriber_needs_words_where_it_is_no_plain_yes() -> None:
    case = written(Case()).do(co.SendLetter("d1", "l1", "a" * 64, "mail"))

    assert refusal(case, co.RecordResponse("p1", "declined")) == "outcome-missing"

    case.do(co.RecordResponse("p1", "declined", "Pain is not controlled otherwise."))
    case.do(co.RecordResponse("p1", "resolved", "Naproxen stopped after all."))

    assert (case.consult.problems["p1"].stage, case.consult.problems["p1"].outcome) == (
        "resolved",
        "Naproxen stopped after all.",
    )


def test_writing_a_problem_anew_keeps_where_it_stands() -> None:
    case = Case().do(co.AddProblem(ASKED), co.RecordResponse("p1", "accepted", "stops naproxen"))

    case.do(co.AddProblem(replace(ASKED, title="Bleeding risk", stage="open")))

    assert (case.consult.problems["p1"].title, case.consult.problems["p1"].stage) == ("Bleeding risk", "accepted")


def test_an_accepted_alert_is_coded_by_its_kind_until_the_pharmacist_says_otherwise() -> None:
    alert = Alert("duplication:a+b", "duplication", ("a", "b"), "major", "warning", "Two", "Why.", "Consider one.", "L")
    case = Case()
    assess = co.RecordAssessment(case.consult.seq, (alert,), 2, (), "2026-11-23", case.consult.guidance)
    case.do(assess, actor=SYSTEM).do(co.AcceptAlert(alert.id))

    problem = case.consult.problems["problem:duplication:a+b"]

    assert (problem.need, problem.rationale) == ("indication", "duplicate-therapy")
    assert (problem.recommendation, problem.evidence) == ("Consider one.", "L")
