"""Events of the follow-ups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.follow_up import FollowUp


@dataclass(frozen=True, slots=True)
class FollowUpPlanned:
    follow_up: FollowUp
    type: Literal["follow_up_planned"] = "follow_up_planned"


@dataclass(frozen=True, slots=True)
class FollowUpPostponed:
    """It is due on a later day; its note says why."""

    follow_up: FollowUp
    type: Literal["follow_up_postponed"] = "follow_up_postponed"


@dataclass(frozen=True, slots=True)
class FollowUpDone:
    """It was done; its note says what was found."""

    follow_up: FollowUp
    type: Literal["follow_up_done"] = "follow_up_done"


@dataclass(frozen=True, slots=True)
class FollowUpDropped:
    """It is not needed, or what it was about is gone."""

    follow_up_id: str
    type: Literal["follow_up_dropped"] = "follow_up_dropped"
