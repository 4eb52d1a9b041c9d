"""What the patient tells on the page: suggestions, pictures, the rating."""

import pytest

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Patient
from consult.domain.people import Actor
from consult.domain.told import PICTURES
from consult.errors import Refused

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
GUEST = Actor("patient:c", "patient", "Maria Lopez")
AT = "2026-11-23T15:00:00.000Z"
ROW = Medication("med:metformin", "metformin", ("metformin",), sig=Sig(frequency="2/day"))


def does(consult: Consult, command: co.Command, actor: Actor = ME) -> Consult:
    happened = decide(consult, command, actor, AT)
    return fold(
        consult, [Event(consult.seq + 1 + at, "c", "command", AT, actor, one) for at, one in enumerate(happened)]
    )


@pytest.fixture
def visit() -> Consult:
    """An open consult with the patient let in and one confirmed row."""
    consult = does(Consult("c"), co.ScheduleConsult(Patient("p", "Maria Lopez", "1952-03-14"), ME.id, AT))
    consult = does(does(consult, co.OpenConsult()), co.JoinConsult(), GUEST)
    return does(does(consult, co.AdmitParticipant(GUEST.id)), co.AddMedication(ROW))


def test_a_reply_reaches_the_consult_and_changes_no_row(visit: Consult) -> None:
    after = does(visit, co.ReportMedication(ROW.id, "wrong", " I take it once "), GUEST)

    assert after.reports[ROW.id].reply == "wrong"
    assert after.reports[ROW.id].words == "I take it once"
    assert after.medications == visit.medications


def test_the_same_reply_twice_is_one_event(visit: Consult) -> None:
    after = does(visit, co.ReportMedication(ROW.id, "right"), GUEST)

    assert decide(after, co.ReportMedication(ROW.id, "right"), GUEST, "2026-11-23T15:09:00.000Z") == ()


def test_a_row_that_was_changed_asks_anew(visit: Consult) -> None:
    after = does(visit, co.ReportMedication(ROW.id, "wrong"), GUEST)

    after = does(after, co.EditMedication(Medication(ROW.id, ROW.name, ROW.ingredients, sig=Sig(frequency="1/day"))))

    assert after.reports == {}


def test_a_reply_does_not_void_a_draft_of_the_takeaway(visit: Consult) -> None:
    drafted = does(does(visit, co.DraftTakeaway()), co.RecordTakeaway(visit.seq, "a" * 64, "b" * 64))

    assert [type(one) for one in decide(drafted, co.ReportMedication(ROW.id, "unsure"), GUEST, AT)] == [
        ev.MedicationReported
    ]


@pytest.mark.parametrize(
    "command", [co.ReportMedication(ROW.id, "right"), co.SendPicture("1", "a" * 64, 4, 3), co.RateVisit("yes", "yes")]
)
def test_somebody_who_waits_tells_nothing(visit: Consult, command: co.Command) -> None:
    waiting = does(visit, co.ReturnParticipant(GUEST.id))

    with pytest.raises(Refused) as refused:
        decide(waiting, command, GUEST, AT)

    assert refused.value.code == "not-admitted"


def test_a_row_that_is_not_confirmed_cannot_be_replied_to(visit: Consult) -> None:
    with pytest.raises(Refused) as refused:
        decide(does(visit, co.RejectMedication(ROW.id)), co.ReportMedication(ROW.id, "right"), GUEST, AT)

    assert refused.value.code == "no-such-medication"


def test_a_visit_takes_only_so_many_pictures_and_the_same_one_once(visit: Consult) -> None:
    for number in range(PICTURES):
        visit = does(visit, co.SendPicture(f"p{number}", f"{number:064x}", 1200, 900, "med:gone"), GUEST)

    assert {one.about for one in visit.pictures} == {""}
    assert decide(visit, co.SendPicture("again", f"{3:064x}", 1200, 900), GUEST, AT) == ()
    with pytest.raises(Refused) as refused:
        decide(visit, co.SendPicture("more", "f" * 64, 1200, 900), GUEST, AT)
    assert refused.value.code == "too-many-pictures"


def test_the_visit_can_be_rated_after_its_end_and_the_later_word_counts(visit: Consult) -> None:
    closed = does(visit, co.CloseConsult())

    after = does(does(closed, co.RateVisit("partly", "no"), GUEST), co.RateVisit("yes", "no", "Fine now"), GUEST)

    assert after.rating is not None
    assert (after.rating.helped, after.rating.worked, after.rating.words) == ("yes", "no", "Fine now")


def test_a_wish_for_the_phone_is_kept_through_leaving_and_coming_back(visit: Consult) -> None:
    asked = does(visit, co.ChoosePhone(True), GUEST)
    back = does(does(asked, co.LeaveConsult(), GUEST), co.JoinConsult(), GUEST)

    assert decide(asked, co.ChoosePhone(True), GUEST, AT) == ()
    assert back.participants[GUEST.id].by_phone
    assert not does(back, co.ChoosePhone(False), GUEST).participants[GUEST.id].by_phone
