"""Decisions about follow-ups: planned, put off, done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.follow_up import FollowUp
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]
ZONES = timedelta(days=1)  # it may still be yesterday where the pharmacist sits
LONGEST = timedelta(days=731)


def plan(consult: Consult, command: co.PlanFollowUp, actor: Actor, at: str) -> Happened:
    if not command.what.strip():
        raise Refused("Say what is looked after.", code="follow-up-empty")
    if command.about and command.about not in consult.problems and command.about not in consult.todos:
        raise Refused("There is no such problem or to-do item.", code="no-such-subject")
    due = _day(command.due, at)
    known = consult.follow_ups.get(command.follow_up_id)
    planned = FollowUp(command.follow_up_id, due, command.by, command.what.strip(), command.about)
    if known is not None:
        planned = replace(planned, note=known.note, postponed=known.postponed)
    return () if known == planned else (ev.FollowUpPlanned(planned),)


def postpone(consult: Consult, command: co.PostponeFollowUp, actor: Actor, at: str) -> Happened:
    known = _known(consult, command.follow_up_id)
    if known.stage == "done":
        raise Refused("This follow-up was done.", code="follow-up-done")
    due = _day(command.due, at)
    if (due, command.note.strip()) == (known.due, known.note):
        return ()
    if due <= known.due:
        raise Refused("Name a day after the one that was planned.", code="not-later")
    if not command.note.strip():
        raise Refused("Say why it is put off.", code="note-missing")
    put_off = replace(known, due=due, note=command.note.strip(), postponed=known.postponed + 1)
    return (ev.FollowUpPostponed(put_off),)


def finish(consult: Consult, command: co.FinishFollowUp, actor: Actor, at: str) -> Happened:
    known = _known(consult, command.follow_up_id)
    note = command.note.strip()
    if known.stage == "done" and known.note == note:
        return ()
    return (ev.FollowUpDone(replace(known, stage="done", note=note)),)


def take_off(consult: Consult, command: co.DropFollowUp, actor: Actor, at: str) -> Happened:
    return (ev.FollowUpDropped(command.follow_up_id),) if command.follow_up_id in consult.follow_ups else ()


def without_subject(consult: Consult, about: str) -> Happened:
    """The events by which what was planned about a problem or to-do item goes with it; what was done stays."""
    return tuple(
        ev.FollowUpDropped(one.id)
        for one in consult.follow_ups.values()
        if one.about == about and one.stage == "planned"
    )


def _known(consult: Consult, follow_up_id: str) -> FollowUp:
    known = consult.follow_ups.get(follow_up_id)
    if known is None:
        raise Refused("There is no such follow-up.", code="no-such-follow-up")
    return known


def _day(text: str, at: str) -> str:
    """The day as it is stored. Raises Refused for one that does not exist, is past, or more than two years ahead."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("Write the day of the follow-up as YYYY-MM-DD.", code="bad-date") from None
    today = date.fromisoformat(at[:10])
    if not today - ZONES <= day <= today + LONGEST:
        raise Refused("The day of a follow-up is today or later, within two years.", code="day-out-of-range")
    return day.isoformat()


DECISIONS: dict[type[co.Command], Any] = {
    co.PlanFollowUp: plan,
    co.PostponeFollowUp: postpone,
    co.FinishFollowUp: finish,
    co.DropFollowUp: take_off,
}
