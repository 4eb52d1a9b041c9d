"""The golden event streams hold in Python; web/test reads the same file."""

import inspect
import json
from typing import get_args

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.consult import DECISIONS, Consult, fold
from consult.storage.codec import event_from_json
from tests.golden import scenario


def test_the_golden_file_is_what_decide_and_evolve_give_today() -> None:
    assert scenario.FILE.read_text(encoding="utf-8") == scenario.document(), "run: make generate"


def test_every_command_has_a_golden_case_and_a_decision() -> None:
    commands = {
        kind
        for _, kind in inspect.getmembers(co, inspect.isclass)
        if issubclass(kind, co.Command) and kind is not co.Command
    }

    assert set(scenario.tell().commands) == commands == set(DECISIONS)


def test_every_event_type_occurs_in_the_golden_streams() -> None:
    types = {type(event.data) for event in scenario.tell().events}

    assert types == set(get_args(ev.EventData))


def test_events_folded_from_json_give_the_same_state_at_every_step() -> None:
    cases = json.loads(scenario.FILE.read_text(encoding="utf-8"))["cases"]
    consult = Consult("golden")

    for case in cases:
        consult = fold(consult, [event_from_json(event) for event in case["events"]])

        assert scenario.STATE.dump_python(consult, mode="json") == case["state"], case["name"]
