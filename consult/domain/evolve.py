"""evolve: the state after one more event. How each event changes it stands in `folds/`."""

from __future__ import annotations

from collections.abc import Iterable

from consult.domain import events as ev
from consult.domain.folds import follow_up, letters, notes, people, regimen, safety, script, takeaway, told
from consult.domain.folds.registry import FOLDS, changed
from consult.domain.state import Consult

THEMES = (
    people,
    notes,
    regimen,
    safety,
    script,
    takeaway,
    letters,
    told,
    follow_up,
)  # importing them registers their folds

# Events after which the document would say something else.
DRAWN = (
    ev.MedicationAdded,
    ev.MedicationConfirmed,
    ev.MedicationRejected,
    ev.MedicationEdited,
    ev.MedicationReopened,
    ev.EffectReviewed,
    ev.AllergyRecorded,
    ev.AllergyRemoved,
    ev.TodoAdded,
    ev.TodoEdited,
    ev.TodoRemoved,
    ev.RepresentativeNamed,
    ev.PatientCompleted,
)
# Events after which a letter to a prescriber would say something else.
LETTERED = (
    ev.MedicationAdded,
    ev.MedicationConfirmed,
    ev.MedicationRejected,
    ev.MedicationEdited,
    ev.MedicationReopened,
    ev.AlertAccepted,
    ev.ProblemAdded,
    ev.ProblemRemoved,
)


def evolve(consult: Consult, event: ev.Event) -> Consult:
    """The consult after `event`. Raises ValueError where the event is not the next one."""
    if event.seq != consult.seq + 1:
        raise ValueError(f"event {event.seq} does not follow {consult.seq}")
    kind = type(event.data)
    after = FOLDS[kind](consult, event, event.data)
    if after is consult:
        after = changed(consult)
    state = after.__dict__  # of a value that nobody else has yet
    state["seq"] = event.seq
    if kind in DRAWN:
        state["drawn"] = event.seq
    if kind in LETTERED:
        state["letters_drawn"] = event.seq
    return after


def fold(consult: Consult, events: Iterable[ev.Event]) -> Consult:
    """The consult after all `events`, in order."""
    for event in events:
        consult = evolve(consult, event)
    return consult
