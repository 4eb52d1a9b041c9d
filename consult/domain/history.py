"""Joining what another system knows of the patient with what stands in the consult: nothing that stands is lost.

What is new is taken; what stands and nobody has confirmed yet is completed where it is empty; the rest is left, and
each item says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Literal, TypeVar

from consult.domain import events as ev
from consult.domain.answer import Answer
from consult.domain.commands import ImportHistory
from consult.domain.fill import with_fills, with_stays
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Allergy, Condition, Lab
from consult.domain.state import Consult

Fate = Literal["taken", "merged", "left"]
V = TypeVar("V", Medication, Sig)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item of an import.

    `kind` is medication, condition, allergy, lab, fill, stay, answer, patient or enrollment.
    """

    kind: str
    name: str
    fate: Fate
    why: str = ""


@dataclass
class Joined:
    """The events of an import, and what became of each item."""

    events: list[ev.EventData] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def note(self, kind: str, name: str, fate: Fate, why: str = "") -> None:
        self.outcomes.append(Outcome(kind, name, fate, why))


def join(consult: Consult, command: ImportHistory) -> Joined:
    """What follows from the import in this state."""
    joined = Joined()
    _patient(consult, command, joined)
    for row in {one.id: one for one in command.medications}.values():
        _medication(consult, replace(row, source="history", review="proposed", evidence=()), joined)
    for condition in {one.id: one for one in command.conditions}.values():
        _condition(consult, replace(condition, source="history"), joined)
    for allergy in {one.id: one for one in command.allergies}.values():
        _allergy(consult, replace(allergy, source="history", review="confirmed", evidence=()), joined)
    _labs(consult, command.labs, joined)
    _fills(consult, command, joined)
    for answer in command.answers:
        _answer(consult, replace(answer, source="patient", review="proposed", evidence=()), joined)
    return joined


def _patient(consult: Consult, command: ImportHistory, joined: Joined) -> None:
    known = consult.patient
    if known is None:
        return
    given = {name: getattr(command, name) for name in ("plan_name", "member_id") if getattr(command, name)}
    new = {name: value for name, value in given.items() if not getattr(known, name)}
    for name, value in given.items():
        words = name.replace("_", " ")
        if name in new:
            joined.note("patient", words, "taken")
        elif getattr(known, name) == value:
            joined.note("patient", words, "merged", "the same stands already")
        else:
            joined.note("patient", words, "left", "another one stands in the consult")
    if new:
        joined.events.append(ev.PatientCompleted(replace(known, **new)))


def _medication(consult: Consult, row: Medication, joined: Joined) -> None:
    known = consult.medications.get(row.id)
    if known is None:
        joined.events.append(ev.MedicationAdded(row))
        joined.note("medication", row.name, "taken")
    elif known.review != "proposed":
        said = "confirmed" if known.review == "confirmed" else "rejected"
        joined.note("medication", row.name, "left", f"the pharmacist has {said} this row already")
    elif known.source != "history":
        joined.note("medication", row.name, "left", "the notes name it already; confirm the row there")
    else:
        whole = completed(replace(known, sig=completed(known.sig, row.sig)), row)
        if row.last_fill > known.last_fill:
            whole = replace(whole, last_fill=row.last_fill)
        if whole != known:
            joined.events.append(ev.MedicationEdited(whole))
        joined.note("medication", row.name, "merged", "completes a row" if whole != known else "nothing new")


def completed(known: V, new: V) -> V:
    """`known` with its empty text fields filled from `new`."""
    gaps = {
        one.name: getattr(new, one.name)
        for one in fields(known)
        if getattr(known, one.name) in (None, "") and getattr(new, one.name)
    }
    return replace(known, **gaps)


def _condition(consult: Consult, condition: Condition, joined: Joined) -> None:
    if condition.id in consult.conditions:
        joined.note("condition", condition.name, "merged", "stands already")
    else:
        joined.events.append(ev.ConditionRecorded(condition))
        joined.note("condition", condition.name, "taken")


def _allergy(consult: Consult, allergy: Allergy, joined: Joined) -> None:
    known = consult.allergies.get(allergy.id)
    if known is None:
        joined.events.append(ev.AllergyRecorded(allergy))
        joined.note("allergy", allergy.substance, "taken")
    elif known.review == "rejected":
        joined.note("allergy", allergy.substance, "left", "the pharmacist has removed it")
    elif not known.reaction and allergy.reaction:
        joined.events.append(ev.AllergyRecorded(replace(known, reaction=allergy.reaction)))
        joined.note("allergy", allergy.substance, "merged", "its reaction was added")
    else:
        joined.note("allergy", allergy.substance, "merged", "stands already")


def _labs(consult: Consult, labs: Iterable[Lab], joined: Joined) -> None:
    standing = list(consult.labs)
    for lab in sorted(labs, key=lambda one: one.at):
        newest = max((one.at for one in standing if one.name == lab.name), default=None)
        if lab in standing:
            joined.note("lab", lab.name, "merged", "the same value stands already")
        elif newest is not None and lab.at < newest:
            joined.note("lab", lab.name, "left", f"older than the value of {newest}")  # the newest must stand last
        else:
            standing.append(lab)
            joined.events.append(ev.LabRecorded(lab))
            joined.note("lab", lab.name, "taken")


def _answer(consult: Consult, answer: Answer, joined: Joined) -> None:
    name = f"{answer.link_id}: {', '.join(answer.values)}"[:200]
    known = consult.answers.get(answer.key)
    if known is not None and known.values == answer.values:
        joined.note("answer", name, "merged", "the same stands already")
    elif known is not None and any(known.values):
        joined.note("answer", name, "left", "the consult has another answer; ask again")
    else:
        joined.events.append(ev.ScriptAnswered(answer))
        joined.note("answer", name, "taken", "to be confirmed")


def _fills(consult: Consult, command: ImportHistory, joined: Joined) -> None:
    known = {fill.key for fill in consult.fills}
    for fill in command.fills:
        twice = fill.key in known
        joined.note("fill", f"{fill.name} {fill.date}", "merged" if twice else "taken", "known" if twice else "")
        known.add(fill.key)
    for stay in command.stays:
        twice = stay in consult.stays
        joined.note("stay", f"{stay.first} to {stay.last}", "merged" if twice else "taken", "known" if twice else "")
    fills, stays = with_fills(consult.fills, command.fills), with_stays(consult.stays, command.stays)
    if (fills, stays) != (consult.fills, consult.stays):
        joined.events.append(ev.FillsRecorded(fills, stays))
