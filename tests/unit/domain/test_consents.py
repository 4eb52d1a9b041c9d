"""A yes or no of the patient counts: what it forbids is done only with a named reason, which the record keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.answer import Guidance
from consult.domain.consents import transcript_withheld
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.people import Actor, Participant, Role
from consult.errors import Refused

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
BOSS = Actor("staff-9", "supervisor", "Ngozi Okafor")
AT = "2026-11-23T15:00:00.000Z"


def visit(role: Role = "caregiver", **guidance: tuple[str, ...]) -> Consult:
    """An open consult in which somebody waits to be let in."""
    waiting = Participant(f"{role}:c:1", role, "Ana Lopez", "waiting")
    return replace(Consult("c"), phase="open", participants={waiting.id: waiting}, guidance=Guidance(**guidance))


def does(consult: Consult, command: co.Command, actor: Actor = ME) -> Consult:
    happened = decide(consult, command, actor, AT)
    return fold(consult, [Event(consult.seq + 1 + i, "c", "k", AT, actor, one) for i, one in enumerate(happened)])


@pytest.mark.parametrize(
    ("guidance", "code"),
    [
        ({}, "caregiver-not-asked"),
        ({"refused": ("caregiver",)}, "caregiver-refused"),
        ({"agreed": ("caregiver",), "refused": ("telehealth",)}, "telehealth-refused"),
    ],
)
def test_a_caregiver_without_consent_is_let_in_with_a_named_reason_only(
    guidance: dict[str, tuple[str, ...]], code: str
) -> None:
    consult = visit(**guidance)
    member = next(iter(consult.participants))

    with pytest.raises(Refused) as caught:
        decide(consult, co.AdmitParticipant(member), ME, AT)
    with pytest.raises(Refused):
        decide(consult, co.AdmitParticipant(member, "  "), ME, AT)
    (admitted,) = decide(consult, co.AdmitParticipant(member, "the patient agrees"), ME, AT)

    assert caught.value.code == code
    assert admitted == ev.ParticipantAdmitted(member, "the patient agrees")


def test_with_consent_or_in_the_patients_place_a_caregiver_is_let_in_at_once() -> None:
    agreed = visit(agreed=("caregiver",))
    stands_in = does(visit(), co.NameRepresentative("Ana Lopez", "daughter"))

    for consult in (agreed, stands_in):
        member = next(iter(consult.participants))
        assert does(consult, co.AdmitParticipant(member)).participants[member].state == "admitted"


@pytest.mark.parametrize("role", ["patient", "interpreter"])
def test_the_patient_and_an_interpreter_need_no_such_consent(role: Role) -> None:
    consult = visit(role, refused=("caregiver", "transcript"))
    member = next(iter(consult.participants))

    assert does(consult, co.AdmitParticipant(member)).participants[member].state == "admitted"


def test_nobody_stands_in_the_takeaway_for_a_patient_who_said_no_without_a_reason() -> None:
    consult = visit(refused=("caregiver",))

    with pytest.raises(Refused) as caught:
        decide(consult, co.NameRepresentative("Ana Lopez", "daughter"), ME, AT)
    named = does(consult, co.NameRepresentative("Ana Lopez", "daughter", "power of attorney"))

    assert caught.value.code == "caregiver-refused"
    assert named.representative is not None
    assert does(named, co.NameRepresentative("")).representative is None, "taking a name away needs no reason"


def test_a_supervisor_opens_a_refused_transcript_with_a_reason_that_is_kept() -> None:
    consult = visit(refused=("transcript",))

    with pytest.raises(Refused, match="why you read it"):
        decide(consult, co.OpenTranscript("   "), BOSS, AT)
    opened = does(consult, co.OpenTranscript("complaint of 20 November"), BOSS)

    assert transcript_withheld(consult, BOSS.id)
    assert not transcript_withheld(opened, BOSS.id)
    assert transcript_withheld(opened, "staff-8"), "each names a reason of their own"
    assert opened.transcript_opened == {BOSS.id: "complaint of 20 November"}
    assert decide(opened, co.OpenTranscript("again"), BOSS, AT) == ()
    assert decide(visit(), co.OpenTranscript("no need"), BOSS, AT) == ()


@pytest.mark.parametrize("purpose", ["telehealth", "transcript"])
def test_a_visit_without_consent_asked_ends_with_a_named_reason_only(purpose: str) -> None:
    consult = replace(visit(unasked=(purpose, "prescriber")), opened_at=AT)

    with pytest.raises(Refused) as caught:
        decide(consult, co.CloseConsult("  "), ME, AT)
    (closed,) = decide(consult, co.CloseConsult("the patient hung up"), ME, AT)

    assert caught.value.code == "consent-not-asked"
    assert closed == ev.ConsultClosed("the patient hung up")


def test_a_visit_ends_at_once_where_consent_was_asked_or_nobody_was_met() -> None:
    asked = replace(visit(unasked=("prescriber", "caregiver"), refused=("transcript",)), opened_at=AT)
    missed = visit(unasked=("telehealth", "transcript"))

    for consult in (asked, missed):
        assert decide(consult, co.CloseConsult(), ME, AT) == (ev.ConsultClosed(""),)
