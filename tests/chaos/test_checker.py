"""The checker finds each kind of violation in a history made for it, and none in a sound one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.chaos.checker import Dump, Stored, check
from tests.chaos.history import History, Seen, Step


def sound() -> tuple[History, Dump]:
    """Ann sends a1 and a2 to c0; both are acknowledged, stored, audited, analysed and shown."""
    history = History()
    for at, (id, seq) in enumerate((("a1", 1), ("a2", 2)), 1):
        history.steps += [
            Step(at, "ann", "c0", id, "invoke", text=f"text of {id}"),
            Step(at + 0.5, "ann", "c0", id, "ok", seq),
        ]
        history.seen.append(Seen(at + 0.4, "sue", "c0", 1, seq, seq, ((seq, id, "note_line_put"),)))
    log = [Stored(1, "a1", "note_line_put", "text of a1"), Stored(2, "a2", "note_line_put", "text of a2")]
    view = [(1, "a1", "note_line_put"), (2, "a2", "note_line_put")]
    return history, Dump({"c0": log}, Counter(["a1@1", "a2@2"]), (), (), {("sue", "c0"): view}, frozenset({"pat"}))


def refused(history: History, dump: Dump) -> Dump:
    history.step("anna1", "c0", "a9", "fail", code="bad-field")
    return dump


def lost(history: History, dump: Dump) -> Dump:
    return replace(dump, logs={"c0": dump.logs["c0"][:1]})


def doubled(history: History, dump: Dump) -> Dump:
    return replace(dump, logs={"c0": [*dump.logs["c0"], Stored(3, "a2", "note_line_put", "text of a2")]})


def swapped(history: History, dump: Dump) -> Dump:
    first, second = dump.logs["c0"]
    return replace(dump, logs={"c0": [replace(second, seq=1), replace(first, seq=2)]})


def with_a_gap(history: History, dump: Dump) -> Dump:
    return replace(dump, logs={"c0": [dump.logs["c0"][0], replace(dump.logs["c0"][1], seq=3)]})


def invented(history: History, dump: Dump) -> Dump:
    return replace(dump, logs={"c0": [*dump.logs["c0"], Stored(3, "x9", "chat_message_sent", "nobody's")]})


def changed(history: History, dump: Dump) -> Dump:
    first, second = dump.logs["c0"]
    return replace(dump, logs={"c0": [first, replace(second, text="something else")]})


def behind(history: History, dump: Dump) -> Dump:
    return replace(dump, views={("sue", "c0"): dump.views["sue", "c0"][:1]})


def sent_back(history: History, dump: Dump) -> Dump:
    history.seen.append(replace(history.seen[0], at=9.0))
    return dump


def rewritten(history: History, dump: Dump) -> Dump:
    history.seen.append(Seen(9.0, "sue", "c0", 1, 3, 3, ((3, "a3", "note_line_put"),)))
    return dump


def without_audit(history: History, dump: Dump) -> Dump:
    return replace(dump, audited=Counter(["a1@1"]))


def overheard(history: History, dump: Dump) -> Dump:
    history.intruder_frames.append("events of c0")
    return dump


def shown_to_the_patient(history: History, dump: Dump) -> Dump:
    history.seen.append(Seen(9.0, "pat", "c0", 1, 3, 3, ((3, "a3", "alert_raised"),)))
    return dump


def not_analysed(history: History, dump: Dump) -> Dump:
    return replace(dump, unread=("c0 line-1",))


def acknowledged_without_a_database(history: History, dump: Dump) -> Dump:
    history.down.append((0.9, 3.0))
    return dump


def with_a_broken_chain(history: History, dump: Dump) -> Dump:
    return replace(dump, broken=("audit row 2 does not follow",))


def test_a_sound_history_has_no_violation() -> None:
    assert check(*sound()) == []


def test_an_answer_that_was_on_its_way_when_the_database_went_is_no_violation() -> None:
    history, dump = sound()
    history.down.append((1.2, 3.0))  # a1 was sent at 1.0 and answered at 1.5; a2 was sent at 2.0, answered at 2.5
    history.steps = [replace(step, at=3.5) if (step.id, step.phase) == ("a2", "ok") else step for step in history.steps]

    assert check(history, dump) == []


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (lost, "C1"),
        (refused, "C1"),
        (doubled, "C2"),
        (swapped, "C3"),
        (with_a_gap, "C3"),
        (invented, "C4"),
        (changed, "C4"),
        (behind, "C5"),
        (sent_back, "C5"),
        (rewritten, "C6"),
        (without_audit, "C7"),
        (overheard, "C8"),
        (shown_to_the_patient, "C8"),
        (not_analysed, "C9"),
        (acknowledged_without_a_database, "C10"),
        (with_a_broken_chain, "C7"),
    ],
)
def test_each_violation_is_found(spoil: Callable[[History, Dump], Dump], rule: str) -> None:
    history, dump = sound()

    spoilt = spoil(history, dump)

    assert rule in {one.split()[0] for one in check(history, spoilt)}
