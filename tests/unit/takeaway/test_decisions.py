"""What may happen to a version: signed, issued, amended, recalled, sent."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.patient import Patient
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import Copy, PaperLine, TodoItem
from consult.domain.summary import summarise
from consult.errors import Refused

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"


class Case:
    """One consult that commands are put to."""

    def __init__(self, kind: str = "cmr") -> None:
        self.consult = Consult("c1")
        self.at = AT
        patient = Patient("p1", "Maria Lopez", "1952-03-14")
        self.do(co.ScheduleConsult(patient, ME.id, AT, kind=kind), co.OpenConsult())  # type: ignore[arg-type]
        self.do(co.ConfirmIdentity("phone", ("full name", "date of birth")))

    def do(self, *commands: co.Command, actor: Actor = ME) -> Case:
        for command in commands:
            for data in decide(self.consult, command, actor, self.at):
                event = Event(self.consult.seq + 1, "c1", "k", self.at, actor, data)
                self.consult = fold(self.consult, [event])
        return self

    def drafted(self, mark: str = "a", failing: tuple[str, ...] = ()) -> Case:
        copies = (Copy("large.pdf", mark * 63 + "1"),)
        self.do(co.DraftTakeaway())
        return self.do(co.RecordTakeaway(self.consult.seq, mark * 64, mark * 64, copies, failing), actor=SYSTEM)

    def signed(self, mark: str = "a", failing: tuple[str, ...] = ()) -> Case:
        self.drafted(mark, failing)
        return self.do(co.SignTakeaway(len(self.consult.takeaways), mark * 64))

    def issued(self, mark: str = "a") -> Case:
        self.signed(mark)
        return self.do(co.IssueTakeaway(len(self.consult.takeaways), mark * 64))

    @property
    def stages(self) -> list[str]:
        return [one.stage for one in self.consult.takeaways]


def refusal(case: Case, command: co.Command) -> str:
    with pytest.raises(Refused) as caught:
        case.do(command)
    return caught.value.code


def test_a_version_that_fails_a_point_is_issued_only_with_a_reason() -> None:
    case = Case().signed(failing=("6 Part D plan named",))

    assert refusal(case, co.IssueTakeaway(1, "a" * 64)) == "not-conformant"
    assert refusal(case, co.IssueTakeaway(1, "a" * 64, "  ")) == "not-conformant"

    case.do(co.IssueTakeaway(1, "a" * 64, "The patient has no plan."))

    assert case.consult.takeaways[0].override == "The patient has no plan."


def test_a_reason_is_not_kept_where_no_point_fails() -> None:
    case = Case().signed().do(co.IssueTakeaway(1, "a" * 64, "just so"))

    assert case.consult.takeaways[0].override == ""


def test_an_amended_version_supersedes_the_issued_one_and_both_are_kept() -> None:
    case = Case().issued().do(co.AddTodo(TodoItem("t1", "Sleep", "Go to bed at ten.")))

    assert case.stages == ["issued"]
    assert case.issued("b").stages == ["superseded", "issued"]
    assert case.consult.issued() == case.consult.takeaways[1]


def test_the_issued_version_stays_with_the_patient_until_the_next_is_issued() -> None:
    case = Case().issued().signed("b")

    assert case.stages == ["issued", "signed"]
    assert case.consult.issued() == case.consult.takeaways[0]


def test_a_recalled_version_is_kept_with_its_reason_and_nothing_is_issued() -> None:
    case = Case().issued().do(co.RecallTakeaway(1, " wrong dose "))

    assert (case.stages, case.consult.takeaways[0].recalled_because) == (["recalled"], "wrong dose")
    assert case.consult.issued() is None


def test_only_what_was_issued_can_be_recalled() -> None:
    assert refusal(Case().signed(), co.RecallTakeaway(1, "wrong")) == "not-issued"
    assert refusal(Case().issued(), co.RecallTakeaway(1, " ")) == "reason-missing"
    assert refusal(Case().issued(), co.RecallTakeaway(7, "wrong")) == "no-such-version"


@pytest.mark.parametrize("by", ["email", "file", "fax", "print", "mail", "portal"])
def test_nothing_is_sent_that_is_not_signed_and_issued(by: str) -> None:
    send = co.DeliverTakeaway("d1", 1, by, "555-0100")  # type: ignore[arg-type]

    assert refusal(Case().drafted(), send) == "not-issued"
    assert refusal(Case().signed(), send) == "not-issued"
    assert refusal(Case().issued().do(co.RecallTakeaway(1, "wrong")), send) == "not-issued"
    assert refusal(Case().issued().issued("b"), send) == "not-issued"


def test_email_goes_only_to_the_address_that_the_patient_agreed_to() -> None:
    case = Case().issued()

    assert refusal(case, co.DeliverTakeaway("d1", 1, "email")) == "email-not-agreed"
    case.do(co.RecordEmailConsent("maria@mail.example", False))
    assert refusal(case, co.DeliverTakeaway("d1", 1, "email")) == "email-not-agreed"
    case.do(co.RecordEmailConsent("maria@mail.example", True))
    assert refusal(case, co.DeliverTakeaway("d1", 1, "email", "other@mail.example")) == "another-address"

    case.do(co.DeliverTakeaway("d1", 1, "email"))

    assert (case.consult.deliveries["d1"].to, case.consult.deliveries["d1"].stage) == (
        "maria@mail.example",
        "requested",
    )


@pytest.mark.parametrize("address", ["", "maria", "a@b", "a@b.c, d@e.f", "a b@c.d", "a@c.d\nBcc: x@y.z"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert refusal(Case(), co.RecordEmailConsent(address, True)) == "bad-address"


def test_the_proof_of_sending_holds_the_address_masked() -> None:
    case = Case().issued().do(co.RecordEmailConsent("maria@mail.example", True), co.DeliverTakeaway("d1", 1, "email"))
    case.do(co.DeliverTakeaway("d2", 1, "fax", "(555) 010-0199"))
    case.do(co.RecordDelivery("d1", "250 taken"), co.RecordDeliveryFailure("d2", "no-carrier"), actor=SYSTEM)
    sent, failed = case.consult.deliveries["d1"], case.consult.deliveries["d2"]

    assert (sent.stage, sent.to, sent.proof, sent.at) == ("delivered", "m***@mail.example", "250 taken", AT)
    assert (failed.stage, failed.to, failed.code) == ("failed", "***0199", "no-carrier")


def test_the_same_delivery_asked_for_twice_happens_once() -> None:
    case = Case().issued().do(co.DeliverTakeaway("d1", 1, "print"), co.DeliverTakeaway("d1", 1, "print"))
    case.do(co.RecordDeliveryFailure("d1", "late"), actor=SYSTEM)

    assert [one.stage for one in case.consult.deliveries.values()] == ["delivered"]


def test_a_form_that_was_not_made_is_refused() -> None:
    case = Case().issued()

    assert refusal(case, co.DeliverTakeaway("d1", 1, "print", edition="larger")) == "no-such-edition"
    assert case.do(co.DeliverTakeaway("d1", 1, "print", edition="large")).consult.deliveries["d1"].edition == "large"


def test_a_written_summary_is_due_fourteen_days_after_the_review_until_it_went_out() -> None:
    case = Case()

    assert summarise(case.consult).takeaway_due == "2026-12-07"
    assert summarise(case.issued().consult).takeaway_due == "2026-12-07"

    row = summarise(case.do(co.DeliverTakeaway("d1", 1, "mail")).consult)

    assert (row.takeaway_due, row.takeaway_sent) == ("", AT)


def test_a_summary_is_due_again_where_the_only_one_sent_was_recalled() -> None:
    case = Case().issued().do(co.DeliverTakeaway("d1", 1, "mail"), co.RecallTakeaway(1, "wrong patient"))

    assert summarise(case.consult).takeaway_due == "2026-12-07"


def test_nothing_is_due_for_a_targeted_review() -> None:
    assert summarise(Case("tmr").consult).takeaway_due == ""


def test_issuing_to_a_patient_who_is_there_is_proof_that_the_page_showed_it() -> None:
    case = Case()
    patient = Actor("patient:c1", "patient", "Maria Lopez")
    case.do(co.JoinConsult(), actor=patient).do(co.AdmitParticipant(patient.id)).issued()

    assert [one.by for one in case.consult.deliveries.values()] == ["portal"]
    assert summarise(case.consult).takeaway_due == ""


def test_naming_a_representative_voids_what_was_signed() -> None:
    case = Case().signed().do(co.NameRepresentative("Ana Ruiz", "daughter"))

    assert (case.stages, case.consult.takeaways[0].voided_because) == (["voided"], "representative_named")
    assert case.do(co.NameRepresentative("")).consult.representative is None


LINES = (PaperLine("cover", "Maria Lopez"), PaperLine("todo:t1", "Call us."), PaperLine("medication:m1", "Eliquis"))


def with_lines(case: Case, lines: tuple[PaperLine, ...] = LINES, mark: str = "a") -> Case:
    case.do(co.DraftTakeaway())
    return case.do(co.RecordTakeaway(case.consult.seq, mark * 64, mark * 64, lines=lines), actor=SYSTEM)


def test_a_draft_is_signed_only_when_every_line_was_looked_at() -> None:
    case = with_lines(Case())
    sign = co.SignTakeaway(1, "a" * 64)

    assert refusal(case, sign) == "lines-not-reviewed"

    case.do(co.ReviewTakeaway(1, "a" * 64, ("todo:t1", "cover")))

    assert refusal(case, sign) == "lines-not-reviewed"

    case.do(co.ReviewTakeaway(1, "a" * 64, ("medication:m1",)), sign)

    assert case.stages == ["signed"]


def test_a_line_that_is_not_in_the_version_cannot_be_reviewed() -> None:
    case = with_lines(Case())

    assert refusal(case, co.ReviewTakeaway(1, "a" * 64, ("todo:t9",))) == "no-such-line"


def test_a_new_draft_keeps_the_review_of_the_lines_that_say_the_same() -> None:
    case = with_lines(Case()).do(co.ReviewTakeaway(1, "a" * 64, tuple(line.id for line in LINES)))

    with_lines(case, (*LINES[:2], PaperLine("medication:m1", "Eliquis 2.5 mg")), "b")

    assert case.consult.takeaways[1].reviewed == ("cover", "todo:t1")
