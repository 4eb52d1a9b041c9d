"""Commands of the patient, and of those invited for the patient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from consult.domain.commands.kind import Command
from consult.domain.text import Code, Id, Limit
from consult.domain.told import Reply, Verdict


@dataclass(frozen=True, slots=True)
class ReportMedication(Command):
    """Say of a row on the list whether it is right; a suggestion to the pharmacist, which changes nothing itself."""

    medication_id: Id
    reply: Reply
    words: Annotated[str, Limit(500)] = ""


@dataclass(frozen=True, slots=True)
class RateVisit(Command):
    """Answer the two questions after the visit; the later answer counts."""

    helped: Verdict
    worked: Verdict
    words: Annotated[str, Limit(1000)] = ""


@dataclass(frozen=True, slots=True)
class SendPicture(Command):
    """Put a still picture into the consult. Sent by the server for the member, once the bytes are stored."""

    picture_id: Id
    sha256: Code
    width: int
    height: int
    about: Code = ""
