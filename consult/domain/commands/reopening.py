"""Commands that take a person's last word back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from consult.domain.commands.kind import Command
from consult.domain.text import Id, Limit


@dataclass(frozen=True, slots=True)
class ReopenMedication(Command):
    """Take back what was said to a row: it waits again as the notes or the record suggest it."""

    medication_id: Id


@dataclass(frozen=True, slots=True)
class ReopenEffect(Command):
    effect_id: Id


@dataclass(frozen=True, slots=True)
class ReopenAllergy(Command):
    allergy_id: Id


@dataclass(frozen=True, slots=True)
class ReopenAlert(Command):
    """Take back an answer to an alert, with the problem and the to-do item that it had made."""

    alert_id: Id


@dataclass(frozen=True, slots=True)
class ResumeStep(Command):
    """Open a skipped step or question again, without going there."""

    step_id: Annotated[str, Limit(200, 1)]
