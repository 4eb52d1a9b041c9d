"""The status of a drug as the line tells it."""

from __future__ import annotations

from dataclasses import dataclass, field

from consult.domain.mention import Cue, Status


@dataclass
class Standing:
    """The status of one drug and the words that set it."""

    status: Status = "active"
    cues: list[Cue] = field(default_factory=list)
