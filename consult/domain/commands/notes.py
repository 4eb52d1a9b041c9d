"""Commands about the notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.commands.kind import Command
from consult.domain.text import Id, Limit, LineText


@dataclass(frozen=True, slots=True)
class TakeWriter(Command):
    """This tab becomes the writer of the notes; the others read."""

    tab_id: Id


@dataclass(frozen=True, slots=True)
class PutNoteLine(Command):
    """Write a line: a new one (base_rev 0) below `after` ("" = at the top), or the next revision of one.

    `open` says that the cursor is still in the line. A base_rev that is not current keeps both lines.
    `epoch` is the writer's lease of the tab; another epoch than the current one is refused.
    """

    line_id: Id
    after: Annotated[str, Limit(80)]
    base_rev: int
    text: LineText
    open: bool = False
    speaker: Literal["pharmacist", "patient", "caregiver"] = "pharmacist"
    epoch: int | None = None


@dataclass(frozen=True, slots=True)
class MoveNoteLine(Command):
    """Place a line below `after` ("" = at the top)."""

    line_id: Id
    after: Annotated[str, Limit(80)]


@dataclass(frozen=True, slots=True)
class RemoveNoteLine(Command):
    """Take a line out of the notes; the transcript keeps it as removed."""

    line_id: Id
