"""decide: the events that follow from a command in the present state, or a Refused that says why not.

Pure: the clock's reading and the actor are arguments. One command is one function, in the module of its theme.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from consult.domain import (
    decide_follow_ups,
    decide_letters,
    decide_notes,
    decide_people,
    decide_plan,
    decide_regimen,
    decide_reopening,
    decide_safety,
    decide_takeaway,
    decide_told,
    enrollment,
)
from consult.domain import events as ev
from consult.domain.commands import Command
from consult.domain.evolve import DRAWN
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.errors import Refused

Decision = Callable[[Consult, Any, Actor, str], tuple[ev.EventData, ...]]

DECISIONS: dict[type[Command], Decision] = {
    **decide_people.DECISIONS,
    **decide_notes.DECISIONS,
    **decide_regimen.DECISIONS,
    **decide_safety.DECISIONS,
    **decide_plan.DECISIONS,
    **decide_reopening.DECISIONS,
    **decide_takeaway.DECISIONS,
    **decide_letters.DECISIONS,
    **decide_told.DECISIONS,
    **decide_follow_ups.DECISIONS,
    **enrollment.DECISIONS,
}


def decide(consult: Consult, command: Command, actor: Actor, at: str) -> tuple[ev.EventData, ...]:
    """The events of `command`, none where it changes nothing. `at` is ISO 8601 UTC.

    A change of what the takeaway says voids a version that was drafted or signed and not yet issued.
    Raises Refused (nothing changes) with a code that says why.
    """
    decision = DECISIONS.get(type(command))
    if decision is None:
        raise Refused("There is no such command.", code="unknown-command", command=type(command).__name__)
    _check_phase(consult, command)
    happened = decision(consult, command, actor, at)
    newest = consult.takeaway()
    if newest is not None and newest.stage in ("drafted", "signed"):
        cause = next((one for one in happened if isinstance(one, DRAWN)), None)
        if cause is not None:
            happened = (*happened, ev.TakeawayVoided(newest.version, cause.type))
    return happened


def _check_phase(consult: Consult, command: Command) -> None:
    kind = type(command)
    if kind in decide_people.ANY_PHASE:
        return
    if consult.phase == "none":
        raise Refused("There is no such consult.", code="no-consult")
    if consult.phase == "scheduled" and kind not in decide_people.BEFORE_OPENING:
        raise Refused("The consult has not been opened yet. Open it first.", code="consult-not-open")
    if consult.phase == "closed" and kind in decide_people.ONLY_OPEN:
        raise Refused("The consult is closed; this can no longer be changed.", code="consult-closed")
