"""Commands about the takeaway, from the draft to the proof of sending."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.commands.kind import Command
from consult.domain.plan import Edition, Way
from consult.domain.text import Code, Id, Limit, Short


@dataclass(frozen=True, slots=True)
class DraftTakeaway(Command):
    """Ask for a new version of the document from what is accepted now; `language` "" is the patient's own."""

    language: Literal["", "en", "es"] = ""


@dataclass(frozen=True, slots=True)
class ReviewTakeaway(Command):
    """Say of lines of the version with this hash that they were looked at; all must be before it is signed."""

    version: int
    sha256: Code
    lines: Annotated[tuple[Short, ...], Limit(400, 1)]


@dataclass(frozen=True, slots=True)
class SignTakeaway(Command):
    """Sign the version whose bytes have this hash."""

    version: int
    sha256: Code


@dataclass(frozen=True, slots=True)
class IssueTakeaway(Command):
    """Give the signed version to the patient. One that fails the format's points needs an `override` reason."""

    version: int
    sha256: Code
    override: Short = ""


@dataclass(frozen=True, slots=True)
class RecallTakeaway(Command):
    """Take an issued version back; it stays visible to staff with the reason."""

    version: int
    reason: Annotated[str, Limit(200, 1)]


@dataclass(frozen=True, slots=True)
class DeliverTakeaway(Command):
    """Send an issued version, or record that it was handed over (print, mail, portal).

    E-mail goes only to the address that the patient agreed to; `to` is then that address or empty.
    """

    delivery_id: Id
    version: int
    by: Way
    to: Short = ""
    edition: Edition = "standard"


@dataclass(frozen=True, slots=True)
class RecordEmailConsent(Command):
    """Record whether the patient agrees to papers by e-mail, and for which address."""

    address: Short
    agreed: bool


@dataclass(frozen=True, slots=True)
class NameRepresentative(Command):
    """Name who takes part in the patient's place; an empty name says that nobody does."""

    name: Short
    relation: Short = ""
    override: Short = ""
