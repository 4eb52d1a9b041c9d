"""What was agreed: to-do items, and the state of the takeaway document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text import Id, LongText, Short

TakeawayStage = Literal["drafted", "signed", "issued", "voided"]


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One block of the Recommended To-Do List: topic ("What we talked about"), action ("What I should do"), reason."""

    id: Id
    topic: Short
    action: LongText
    why: LongText = ""
    problem_id: Short = ""


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One version of the document. `sha256` is of the PDF bytes, `html_sha256` of the page; both are kept."""

    version: int
    stage: TakeawayStage
    sha256: str
    html_sha256: str
    based_on: int
    drafted_at: str = ""
    signed_by: str = ""
    signed_at: str = ""
    issued_at: str = ""
    voided_because: str = ""
