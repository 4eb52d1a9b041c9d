"""Commands about the regimen, conditions, allergies, labs and side effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from consult.domain.commands.kind import Command
from consult.domain.medication import Medication
from consult.domain.patient import Allergy, Condition, Lab
from consult.domain.text import Id, Limit, Short


@dataclass(frozen=True, slots=True)
class ConfirmMedication(Command):
    """Accept a proposed row; `ingredients` picks the reading of a misspelling or names the drug of a class word."""

    medication_id: Id
    ingredients: Annotated[tuple[Short, ...], Limit(12)] = ()
    name: Short = ""


@dataclass(frozen=True, slots=True)
class RejectMedication(Command):
    """This is not a medication of this patient."""

    medication_id: Id


@dataclass(frozen=True, slots=True)
class EditMedication(Command):
    """Replace a row by what the pharmacist wrote; the row counts as confirmed."""

    medication: Medication


@dataclass(frozen=True, slots=True)
class AddMedication(Command):
    """Add a row by hand; it counts as confirmed."""

    medication: Medication


@dataclass(frozen=True, slots=True)
class ConfirmEffect(Command):
    """Accept a side effect for the record and the takeaway."""

    effect_id: Id


@dataclass(frozen=True, slots=True)
class RejectEffect(Command):
    """Not a side effect of this patient."""

    effect_id: Id


@dataclass(frozen=True, slots=True)
class RecordCondition(Command):
    condition: Condition


@dataclass(frozen=True, slots=True)
class RemoveCondition(Command):
    condition_id: Id


@dataclass(frozen=True, slots=True)
class RecordAllergy(Command):
    """Record, correct or confirm an allergy; it counts as confirmed."""

    allergy: Allergy


@dataclass(frozen=True, slots=True)
class RemoveAllergy(Command):
    allergy_id: Id


@dataclass(frozen=True, slots=True)
class RecordLab(Command):
    lab: Lab
