"""Events of what the patient tells on the page itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.told import Picture, Rating, Report


@dataclass(frozen=True, slots=True)
class MedicationReported:
    """The patient's own word on a row; it falls away when the row is changed."""

    report: Report
    type: Literal["medication_reported"] = "medication_reported"


@dataclass(frozen=True, slots=True)
class PictureSent:
    picture: Picture
    type: Literal["picture_sent"] = "picture_sent"


@dataclass(frozen=True, slots=True)
class VisitRated:
    rating: Rating
    type: Literal["visit_rated"] = "visit_rated"
