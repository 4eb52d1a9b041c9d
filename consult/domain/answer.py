"""Answers to script questions and what the script suggests next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.medication import Evidence, Review
from consult.domain.text import Id, Limit, LongText, Short


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` are option codes, "yes"/"no", numbers or dates as text, or free words, as the question's type asks.

    `medication_id` is set for a question of the per-medication loop. `review` is "proposed" for an answer
    that was read out of a note and not yet confirmed.
    """

    link_id: Id
    values: Annotated[tuple[LongText, ...], Limit(20)]
    medication_id: Short = ""
    source: Literal["pharmacist", "note", "patient"] = "pharmacist"
    review: Review = "confirmed"
    evidence: tuple[Evidence, ...] = ()

    @property
    def key(self) -> str:
        return answer_key(self.link_id, self.medication_id)


def answer_key(link_id: str, medication_id: str = "") -> str:
    """One answer a question, or one a question and medication."""
    return f"{link_id}#{medication_id}" if medication_id else link_id


@dataclass(frozen=True, slots=True)
class OpenBranch:
    """A branch of the script that the regimen, a condition or an effect has opened, and why, in words."""

    branch_id: Id
    because: Short


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The next best question: where it stands in the script, for which medication, and why now."""

    step_id: Id
    link_id: Id
    medication_id: Short = ""
    why: Short = ""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the script makes of the present state."""

    next: Suggestion | None = None
    branches: tuple[OpenBranch, ...] = ()
    done: tuple[str, ...] = ()  # ids of the steps that are complete
