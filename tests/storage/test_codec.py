"""Every event reads back as it was written, and the wire form is plain JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.consult import Consult, fold
from consult.domain.events import Event, EventData
from consult.domain.medication import Medication
from consult.domain.people import Actor
from consult.errors import SiteError
from consult.storage.codec import (
    EVENT_TYPES,
    consult_to_json,
    decode,
    decode_data,
    encode,
    event_from_json,
    event_to_json,
)
from tests.storage.building import AT, batch, line

st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
KINDS = {kind.__name__: kind for kind in get_args(EventData)}


def _event(data: Any) -> Event:
    return Event(1, "consult-1", "command-1", AT, Actor("staff-1", "pharmacist", "Ann"), data)


@pytest.mark.parametrize("name", KINDS)
@given(given_data=st.data())
@settings(max_examples=10, deadline=None)
def test_every_event_survives_storing_and_sending(name: str, given_data: st.DataObject) -> None:
    data = given_data.draw(st.from_type(KINDS[name]))
    event = _event(data)

    assert decode_data(data.type, encode(data)) == data
    assert event_from_json(json.loads(json.dumps(event_to_json(event), allow_nan=False))) == event


def test_wire_names_are_the_types_of_the_events() -> None:
    assert {name: kind.__dataclass_fields__["type"].default for name, kind in EVENT_TYPES.items()} == {
        name: name for name in EVENT_TYPES
    }


def test_value_over_a_limit_that_was_made_tighter_since_still_reads() -> None:
    row = Medication("m" * 500, "n" * 500, ("i" * 500,) * 40)

    assert decode(Medication, encode(row)) == row


def test_event_of_a_field_added_later_reads_with_its_default() -> None:
    stored = json.loads(encode(line()))
    del stored["conflicts_with"]

    assert decode_data("note_line_put", json.dumps(stored)) == line()


@pytest.mark.parametrize(
    "value",
    [
        {},
        {**event_to_json(_event(line())), "data": {"type": "never_heard_of"}},
        {**event_to_json(_event(line())), "data": {"type": "note_line_put", "text": "canarymycin"}},
        {**event_to_json(_event(line())), "actor": None},
    ],
    ids=["nothing", "unknown type", "fields missing", "no actor"],
)
def test_event_that_cannot_be_read_is_a_coded_error_without_its_words(value: dict[str, Any]) -> None:
    with pytest.raises(SiteError) as caught:
        event_from_json(value)

    assert caught.value.code == "event-unreadable"
    assert "canarymycin" not in str(caught.value)


def test_state_of_a_consult_is_plain_json_with_arrays_and_objects() -> None:
    consult = fold(Consult("consult-1"), batch("consult-1", 0, line("one"), replace(line("two"), line_id="b")).events)

    state = json.loads(json.dumps(consult_to_json(consult)))

    assert state["order"] == ["b", "line-1"]
    assert state["lines"]["b"]["text"] == "two"
    assert state["lines"]["b"]["author"] == {"id": "staff-1", "role": "pharmacist", "name": "Ann Lee"}
