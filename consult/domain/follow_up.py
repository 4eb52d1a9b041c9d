"""A follow-up: what is looked after again once the visit is over, by which day, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.text import DateText, Id, Limit, LongText, Short

# Who does it.
FollowedBy = Literal["pharmacist", "prescriber", "patient", "caregiver"]
FollowUpStage = Literal["planned", "done"]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`due` is the day (YYYY-MM-DD); `about` the id of the problem or to-do item that it belongs to, "" for neither.

    `note` says what was found, or why it was put off; `postponed` counts how often it was. `closed_at` is the time
    when it was done.
    """

    id: Id
    due: DateText
    by: FollowedBy
    what: Annotated[str, Limit(200, 1)]
    about: Short = ""
    stage: FollowUpStage = "planned"
    note: LongText = ""
    postponed: int = 0
    closed_at: str = ""
