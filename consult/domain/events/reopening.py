"""Events that take a person's last word back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.medication import Medication


@dataclass(frozen=True, slots=True)
class MedicationReopened:
    """The row waits for the pharmacist again, as the notes or the record had suggested it."""

    medication: Medication
    type: Literal["medication_reopened"] = "medication_reopened"


@dataclass(frozen=True, slots=True)
class AlertReopened:
    """The answer to the alert was taken back."""

    alert_id: str
    type: Literal["alert_reopened"] = "alert_reopened"


@dataclass(frozen=True, slots=True)
class ScriptStepResumed:
    """A step or question that was set aside is open again."""

    step_id: str
    type: Literal["script_step_resumed"] = "script_step_resumed"
