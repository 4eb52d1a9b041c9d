"""The program's own commands; never accepted from a socket."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from consult.domain.alert import Alert, Unchecked
from consult.domain.answer import Guidance
from consult.domain.commands.kind import Command
from consult.domain.letter import Letter
from consult.domain.mention import Findings
from consult.domain.plan import Copy, PaperLine
from consult.domain.text import Code, Id, Short


@dataclass(frozen=True, slots=True)
class RecordScript(Command):
    """The script that the consult has begun with, by the SHA-256 of its files; it stays with it to the end."""

    version: Code


@dataclass(frozen=True, slots=True)
class RecordFailure(Command):
    """The analysis of one revision of a line failed for good; `code` says how."""

    line_id: Id
    rev: int
    code: Code


@dataclass(frozen=True, slots=True)
class RecordAssessment(Command):
    """The result of the checks and of the script for the state at `based_on`.

    `failed` is a code where the result cannot be relied on ("data-expired": the drug data is too old).
    """

    based_on: int
    alerts: tuple[Alert, ...]
    checked: int
    not_checked: tuple[Unchecked, ...]
    data_date: str
    guidance: Guidance
    failed: Code = ""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What follows from findings where nothing else happens first: in the state at `seq` they give the events
    `happened`, and the checks then give `assessment`. In any other state it counts for nothing.
    """

    seq: int
    happened: tuple[Any, ...]  # the data of each event
    assessment: RecordAssessment


@dataclass(frozen=True, slots=True)
class RecordFindings(Command):
    """What the analysis read out of one revision of a line, and what the checks say to that where it is known."""

    line_id: Id
    rev: int
    findings: Findings
    foreseen: Foreseen | None = None


@dataclass(frozen=True, slots=True)
class RecordCheckFailure(Command):
    """The checks did not come back; `code` says how."""

    code: Code


@dataclass(frozen=True, slots=True)
class RecordTakeaway(Command):
    """A rendered version, stored under its hashes, of the state at `based_on`."""

    based_on: int
    sha256: Code
    html_sha256: Code
    copies: tuple[Copy, ...] = ()
    failing: tuple[Short, ...] = ()
    grade: float = 0.0
    language: Code = ""
    lines: tuple[PaperLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordDeliveryBegun(Command):
    """A carrier is about to take it: from now on nobody else does."""

    delivery_id: Id


@dataclass(frozen=True, slots=True)
class RecordDelivery(Command):
    """A carrier took the version; `proof` is what the receiving side answered."""

    delivery_id: Id
    proof: Short


@dataclass(frozen=True, slots=True)
class RecordDeliveryFailure(Command):
    """A carrier could not deliver; `code` says how."""

    delivery_id: Id
    code: Code


@dataclass(frozen=True, slots=True)
class RecordTakeawayFailure(Command):
    """The document could not be made; `code` says how."""

    code: Code


@dataclass(frozen=True, slots=True)
class RecordLetter(Command):
    """The letter as it was written, rendered and stored under its hashes."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class RecordLetterFailure(Command):
    """The letter could not be made; `code` says how."""

    letter_id: Id
    code: Code
