"""Events of the notes, and of what was read out of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.mention import EffectMention, Heard, LineContext, MedicationMention


@dataclass(frozen=True, slots=True)
class WriterTaken:
    tab_id: str
    epoch: int
    type: Literal["writer_taken"] = "writer_taken"


@dataclass(frozen=True, slots=True)
class NoteLinePut:
    """`conflicts_with` names the line that was changed by somebody else meanwhile; both stand."""

    line_id: str
    after: str
    rev: int
    text: str
    open: bool
    speaker: Literal["pharmacist", "patient", "caregiver"]
    conflicts_with: str = ""
    type: Literal["note_line_put"] = "note_line_put"


@dataclass(frozen=True, slots=True)
class NoteLineMoved:
    line_id: str
    after: str
    type: Literal["note_line_moved"] = "note_line_moved"


@dataclass(frozen=True, slots=True)
class NoteLineRemoved:
    line_id: str
    type: Literal["note_line_removed"] = "note_line_removed"


@dataclass(frozen=True, slots=True)
class MentionsFound:
    """Everything read out of one revision of a line; replaces what was read before."""

    line_id: str
    rev: int
    medications: tuple[MedicationMention, ...]
    effects: tuple[EffectMention, ...]
    heard: tuple[Heard, ...] = ()
    context: LineContext = LineContext()
    type: Literal["mentions_found"] = "mentions_found"


@dataclass(frozen=True, slots=True)
class LineNotAnalysed:
    line_id: str
    rev: int
    code: str
    type: Literal["line_not_analysed"] = "line_not_analysed"
