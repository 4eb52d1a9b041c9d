"""A patient's socket receives only what the allow list for patients names."""

import json
from dataclasses import replace
from typing import Any

import pytest

from consult.domain import events as ev
from consult.domain.answer import Guidance
from consult.domain.consult import Consult, fold
from consult.domain.events import Event
from consult.domain.people import Actor, Participant
from consult.session import audience
from consult.session.hub import Hub, Member
from tests.golden import scenario
from tests.session.conftest import Sent

PATIENT = scenario.PATIENT
PRIVATE = (
    "555-0142",
    "1952-03-14",
    "elequis",
    "dizz",
    "interaction",
    "tolerated",
    "Dr. Patel",
    "bleeding",
    "wrong dose",
    "read aloud",
    "mail.example",
)


def shape(consult: Consult, actor: Actor, event: Event) -> dict[str, Any] | None:
    seen = audience.encoded(consult, actor, (event,))
    return json.loads(seen[0]) if seen else None


def states() -> list[tuple[Consult, Event]]:
    consult, found = Consult("golden"), []
    for event in scenario.tell().events:
        consult = fold(consult, [event])
        found.append((consult, event))
    return found


def test_staff_see_every_event_whole() -> None:
    for consult, event in states():
        shaped = shape(consult, scenario.PHARMACIST, event)

        assert shaped is not None


def test_no_frame_to_a_patient_holds_anything_private() -> None:
    frames = [shape(consult, PATIENT, event) for consult, event in states()]
    text = json.dumps([frame for frame in frames if frame and frame["data"]["type"] != "participant_joined"])

    for word in PRIVATE:
        assert word not in text, word


def test_a_patient_receives_exactly_the_listed_kinds() -> None:
    frames = [shape(consult, PATIENT, event) for consult, event in states()]
    kinds = {frame["data"]["type"] for frame in frames if frame}

    assert kinds == {
        "consult_scheduled",
        "consult_opened",
        "consult_closed",
        "participant_joined",
        "participant_left",
        "participant_admitted",
        "participant_returned",
        "phone_chosen",
        "script_step_entered",
        "chat_message_sent",
        "medication_confirmed",
        "medication_edited",
        "medication_added",
        "medication_dropped",
        "medication_reported",
        "picture_sent",
        "visit_rated",
        "takeaway_issued",
        "takeaway_recalled",
    }


def test_a_waiting_patient_sees_no_topic_and_no_chat() -> None:
    consult = Consult("golden")
    story = scenario.tell()
    for event in story.events:
        consult = fold(consult, [event])
        if event.data.type == "participant_returned":
            break

    later = [event for event in story.events if event.data.type in ("script_step_entered", "chat_message_sent")]
    assert later
    assert [shape(consult, PATIENT, event) for event in later] == [None] * len(later)


def test_another_patient_and_another_pharmacist_receive_nothing() -> None:
    for actor in (Actor("patient:other", "patient"), Actor("staff-2", "pharmacist")):
        for consult, event in states():
            assert shape(consult, actor, event) is None


def test_a_patient_sees_no_removed_name_when_a_medication_is_rejected() -> None:
    consult, event = next(pair for pair in states() if pair[1].data.type == "medication_rejected")

    shaped = shape(consult, PATIENT, event)

    assert shaped is not None
    assert shaped["data"] == {"medication_id": "med:naproxen", "type": "medication_dropped"}


def test_a_patient_sees_the_pharmacists_directions_only_where_they_hold() -> None:
    shaped = [shape(consult, PATIENT, event) for consult, event in states() if event.data.type == "medication_edited"]

    told = [one["words"] for frame in shaped if frame for one in frame["data"]["medication"]["directions"]]
    assert told == ["Tome 1 con la cena."]  # the other was written for a sig that is another now


@pytest.mark.parametrize("kind", ["participant_admitted", "participant_returned"])
async def test_who_is_let_in_or_sent_back_is_told_and_so_reads_again(opened: Hub, sent: Sent, kind: str) -> None:
    from consult.domain import commands as co
    from tests.session.conftest import PATIENT as GUEST
    from tests.session.conftest import PHARMACIST, command_id

    await opened.submit("c1", co.JoinConsult(), GUEST, command_id())
    await opened.join("c1", Member("guest", GUEST))
    await opened.submit("c1", co.AdmitParticipant(GUEST.id), PHARMACIST, command_id())
    if kind == "participant_returned":
        sent.clear()
        await opened.submit("c1", co.ReturnParticipant(GUEST.id), PHARMACIST, command_id())

    last = sent.to("guest")[-1]["data"]
    assert (last["type"], last["member_id"]) == (kind, GUEST.id)


def guests() -> list[Actor]:
    return [Actor(f"{role}:golden:1", role, "Ana Lopez") for role in ("caregiver", "interpreter")]  # type: ignore[arg-type]


def seen(guest: Actor, admitted: bool) -> str:
    """Every frame that a guest is sent of the golden story, as text."""
    consult, frames = Consult("golden"), []
    here = Participant(guest.id, guest.role, guest.name, "admitted" if admitted else "waiting")
    for event in scenario.tell().events:
        consult = fold(consult, [event])
        frames.append(shape(replace(consult, participants={guest.id: here}), guest, event))
    return json.dumps([frame for frame in frames if frame])


@pytest.mark.parametrize("guest", guests(), ids=lambda one: one.role)
def test_a_guest_who_waits_does_not_learn_whose_visit_it_is(guest: Actor) -> None:
    text = seen(guest, admitted=False)

    assert "Daniel Reyes" in text
    for word in ("Maria", "chat", "medication_", *PRIVATE):
        assert word not in text, word


def test_an_interpreter_hears_topic_and_chat_and_reads_no_list_and_no_takeaway() -> None:
    text = seen(guests()[1], admitted=True)

    assert "chat_message_sent" in text
    assert "Maria Lopez" in text
    for word in ("medication_", "picture_sent", "takeaway", "visit_rated", *PRIVATE):
        assert word not in text, word


def test_a_caregiver_reads_the_list_and_no_takeaway() -> None:
    text = seen(guests()[0], admitted=True)

    assert "medication_confirmed" in text
    for word in ("takeaway", "visit_rated", *PRIVATE):
        assert word not in text, word


def test_a_guest_of_another_consult_receives_nothing() -> None:
    for role in ("caregiver", "interpreter"):
        stranger = Actor(f"{role}:other:1", role)  # type: ignore[arg-type]
        assert not any(shape(consult, stranger, event) for consult, event in states())


def test_a_supervisor_reads_nothing_said_in_a_visit_whose_transcript_was_refused_until_a_reason_is_named() -> None:
    boss = Actor("staff-9", "supervisor", "Ngozi Okafor")
    refused = Guidance(refused=("transcript",))
    closed, opened = [], []
    for consult, event in states():
        closed.append(shape(replace(consult, guidance=refused, transcript_opened={}), boss, event))
        opened.append(shape(replace(consult, guidance=refused, transcript_opened={boss.id: "complaint"}), boss, event))

    text = json.dumps([frame for frame in closed if frame])

    assert "guidance_changed" in text
    assert "participant_joined" in text
    for word in (
        "note_line",
        "mentions_found",
        "alert_",
        "chat_message",
        "script_answered",
        "takeaway",
        "dizz",
        "Eliquis",
    ):
        assert word not in text, word
    assert None not in opened


def test_why_a_caregiver_was_let_in_is_not_told_to_those_who_were_invited() -> None:
    consult = next(consult for consult, _ in states())
    here = Participant(PATIENT.id, "patient", "Maria Lopez", "admitted")
    event = next(event for _, event in states() if isinstance(event.data, ev.ParticipantAdmitted))
    event = replace(event, data=replace(event.data, override="she said no, but"))

    shaped = shape(replace(consult, participants={PATIENT.id: here}), PATIENT, event)

    assert shaped is not None
    assert "she said no" not in json.dumps(shaped)
