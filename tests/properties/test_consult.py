"""Whatever is typed, confirmed, moved and removed in whatever order, the consult stays in one piece."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain import commands as co
from consult.domain.consult import Consult, decide, fold
from consult.domain.decide_notes import proposals
from consult.domain.events import Event
from consult.domain.mention import EffectMention, Findings, MedicationMention
from consult.domain.patient import Patient
from consult.domain.people import SYSTEM, Actor
from consult.errors import Refused
from consult.storage.codec import consult_to_json, event_from_json, event_to_json

ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"
LINES = st.sampled_from(["a", "b", "c", "d"])
DRUGS = st.sampled_from([("warfarin",), ("ibuprofen",), ("acetaminophen", "diphenhydramine"), ()])


@st.composite
def medications(draw: st.DrawFn) -> MedicationMention:
    ingredients = draw(DRUGS)
    return MedicationMention(
        0,
        4,
        draw(st.sampled_from(["Advil", "drug", "pill"])),
        ingredients,
        draw(st.sampled_from(["exact", "fuzzy"])) if ingredients else "class",
        strength=draw(st.sampled_from([None, "5 mg", "10 mg"])),
        frequency=draw(st.sampled_from([None, "1/day", "2/day"])),
        status=draw(st.sampled_from(["active", "stopped", "unknown", "allergy", "on-hold"])),
        subject=draw(st.sampled_from(["patient", "patient", "other"])),
    )


EFFECTS = st.builds(
    EffectMention,
    st.just(0),
    st.just(3),
    st.just("sick"),
    st.sampled_from(["nausea", "fall"]),
    negated=st.booleans(),
    historical=st.booleans(),
)
FINDINGS = st.builds(
    Findings,
    st.lists(medications(), max_size=3).map(tuple),
    st.lists(EFFECTS, max_size=2).map(tuple),
)
COMMANDS = st.one_of(
    st.builds(co.PutNoteLine, LINES, st.sampled_from(["", "a", "b", "zz"]), st.integers(0, 3), st.text(max_size=8)),
    st.builds(co.MoveNoteLine, LINES, st.sampled_from(["", "a", "b", "zz"])),
    st.builds(co.RemoveNoteLine, LINES),
    st.builds(co.RecordFindings, LINES, st.integers(1, 3), FINDINGS),
    st.builds(co.RecordFailure, LINES, st.integers(1, 3), st.just("analysis-timeout")),
    st.builds(co.ConfirmMedication, st.sampled_from(["med:warfarin", "med:ibuprofen", "med:pill"])),
    st.builds(co.RejectMedication, st.sampled_from(["med:warfarin", "med:ibuprofen"])),
    st.builds(co.ConfirmEffect, st.just("effect:nausea")),
    st.builds(co.RejectEffect, st.just("effect:nausea")),
    st.builds(co.RemoveAllergy, st.just("allergy:warfarin")),
    st.builds(co.DraftTakeaway),
    st.builds(co.CloseConsult),
)


def step(consult: Consult, command: co.Command, actor: Actor) -> tuple[Consult, list[Event]]:
    try:
        happened = decide(consult, command, actor, AT)
    except Refused:
        return consult, []
    first = consult.seq + 1
    events = [Event(first + i, consult.id, f"c{first}", AT, actor, data) for i, data in enumerate(happened)]
    return fold(consult, events), events


@settings(max_examples=150, deadline=None)
@given(st.lists(COMMANDS, max_size=40))
def test_a_consult_stays_in_one_piece(commands: list[co.Command]) -> None:
    patient = Patient("p1", "Maria Lopez", "1952-03-14")
    consult, log = Consult("c1"), []
    for command in (co.ScheduleConsult(patient, ME.id, AT), co.OpenConsult(), *commands):
        consult, events = step(consult, command, SYSTEM if "Record" in type(command).__name__ else ME)
        log += events

    assert sorted(consult.order) == sorted(consult.lines), "every line stands once"
    assert proposals(consult) == (), "what is suggested is what the lines say now"
    assert not any(row.status == "allergy" for row in consult.medications.values())
    again = fold(Consult("c1"), [event_from_json(event_to_json(event)) for event in log])
    assert consult_to_json(again) == consult_to_json(consult), "state is a fold of what is stored"


@settings(max_examples=60, deadline=None)
@given(st.lists(COMMANDS, max_size=25), st.data())
def test_a_command_given_twice_in_a_row_never_harms(commands: list[co.Command], data: Any) -> None:
    consult = Consult("c1")
    for command in (co.ScheduleConsult(Patient("p", "A", "1950-01-01"), ME.id, AT), co.OpenConsult(), *commands):
        actor = SYSTEM if "Record" in type(command).__name__ else ME
        consult, _ = step(consult, command, actor)
        twice, _ = step(consult, command, actor)

        assert set(consult.lines) <= set(twice.lines) or isinstance(command, co.RemoveNoteLine)
        assert {key: row.review for key, row in consult.settled.items()}.keys() <= twice.settled.keys()
