"""Events of the regimen, conditions, allergies, labs and side effects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.fill import Fill, Stay
from consult.domain.medication import Medication
from consult.domain.patient import Allergy, Condition, Effect, Lab, MtmEnrollment, Patient


@dataclass(frozen=True, slots=True)
class MedicationProposed:
    """A row that the notes suggest, new or changed, for the pharmacist to confirm."""

    medication: Medication
    type: Literal["medication_proposed"] = "medication_proposed"


@dataclass(frozen=True, slots=True)
class MedicationDropped:
    """The words that suggested the row are gone."""

    medication_id: str
    type: Literal["medication_dropped"] = "medication_dropped"


@dataclass(frozen=True, slots=True)
class MedicationAdded:
    medication: Medication
    type: Literal["medication_added"] = "medication_added"


@dataclass(frozen=True, slots=True)
class MedicationConfirmed:
    medication: Medication
    type: Literal["medication_confirmed"] = "medication_confirmed"


@dataclass(frozen=True, slots=True)
class MedicationRejected:
    medication: Medication
    type: Literal["medication_rejected"] = "medication_rejected"


@dataclass(frozen=True, slots=True)
class MedicationEdited:
    medication: Medication
    type: Literal["medication_edited"] = "medication_edited"


@dataclass(frozen=True, slots=True)
class EffectProposed:
    effect: Effect
    type: Literal["effect_proposed"] = "effect_proposed"


@dataclass(frozen=True, slots=True)
class EffectDropped:
    effect_id: str
    type: Literal["effect_dropped"] = "effect_dropped"


@dataclass(frozen=True, slots=True)
class EffectReviewed:
    effect: Effect
    type: Literal["effect_reviewed"] = "effect_reviewed"


@dataclass(frozen=True, slots=True)
class ConditionRecorded:
    condition: Condition
    type: Literal["condition_recorded"] = "condition_recorded"


@dataclass(frozen=True, slots=True)
class ConditionRemoved:
    condition_id: str
    type: Literal["condition_removed"] = "condition_removed"


@dataclass(frozen=True, slots=True)
class AllergyProposed:
    allergy: Allergy
    type: Literal["allergy_proposed"] = "allergy_proposed"


@dataclass(frozen=True, slots=True)
class AllergyRecorded:
    allergy: Allergy
    type: Literal["allergy_recorded"] = "allergy_recorded"


@dataclass(frozen=True, slots=True)
class AllergyRemoved:
    allergy_id: str
    type: Literal["allergy_removed"] = "allergy_removed"


@dataclass(frozen=True, slots=True)
class LabRecorded:
    lab: Lab
    type: Literal["lab_recorded"] = "lab_recorded"


@dataclass(frozen=True, slots=True)
class FillsRecorded:
    """All fills and stays in a facility that are known now, the oldest first."""

    fills: tuple[Fill, ...]
    stays: tuple[Stay, ...] = ()
    type: Literal["fills_recorded"] = "fills_recorded"


@dataclass(frozen=True, slots=True)
class PatientCompleted:
    """The patient's particulars were filled in or set right."""

    patient: Patient
    type: Literal["patient_completed"] = "patient_completed"


@dataclass(frozen=True, slots=True)
class EnrollmentRecorded:
    """What the plan says of the patient's place in its program."""

    enrollment: MtmEnrollment
    type: Literal["enrollment_recorded"] = "enrollment_recorded"
