"""What was agreed: to-do items, and the state of the takeaway document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from consult.domain.text import Code, Id, Limit, LongText, Short

TakeawayStage = Literal["drafted", "signed", "issued", "voided", "superseded", "recalled"]
Edition = Literal["standard", "large", "larger", "contrast", "text"]
Way = Literal["email", "file", "fax", "print", "mail", "portal"]
CARRIED: Final[tuple[Way, ...]] = (
    "email",
    "file",
    "fax",
)  # by a carrier; the others are done by hand and only recorded
EMAIL: Final = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
UNKNOWN: Final = "outcome-unknown"  # of a sending: whether it went out, nobody can tell
FAX_DIGITS: Final = 7  # the least of a number that can be dialled


@dataclass(frozen=True, slots=True)
class TodoWords:
    """The words of a to-do item in a language other than the pharmacist's; `language` is a tag."""

    language: Code
    topic: Short
    action: LongText
    why: LongText = ""


@dataclass(frozen=True, slots=True)
class TodoItem:
    """One block of the Recommended To-Do List: topic ("What we talked about"), action ("What I should do"), reason.

    `problem_id` is the problem that it answers, "" for none; `also` the further ones where one step answers several.
    `said` holds the same in the languages that it was written in besides English.
    """

    id: Id
    topic: Short
    action: LongText
    why: LongText = ""
    problem_id: Short = ""
    said: Annotated[tuple[TodoWords, ...], Limit(8)] = ()
    also: Annotated[tuple[Id, ...], Limit(40)] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """The ids of all problems that it answers."""
        return (self.problem_id, *self.also) if self.problem_id else self.also


@dataclass(frozen=True, slots=True)
class Copy:
    """The same words in another form, kept under its own hash; `name` ends its address ("large.pdf", "txt")."""

    name: Short
    sha256: Code


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the document that is read on its own before signing: `id` says where it stands ("todo:...")."""

    id: Short
    text: LongText


@dataclass(frozen=True, slots=True)
class Takeaway:
    """One version of the document. `sha256` is of the PDF bytes, `html_sha256` of the page; `copies` its other forms.

    `failing` names the points of the standardized format that it does not meet, `override` the reason for which it
    was issued all the same. `grade` is the reading grade. `lines` are to be looked at one by one before signing;
    `reviewed` holds the ids of those that were. Issued versions end superseded or recalled, and are kept.
    """

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
    language: str = ""
    copies: tuple[Copy, ...] = ()
    failing: tuple[str, ...] = ()
    grade: float = 0.0
    override: str = ""
    recalled_because: str = ""
    lines: tuple[PaperLine, ...] = ()
    reviewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """One sending of an issued version. `to` is whole until its outcome is known, then masked. It is "sending" from
    just before a carrier takes it, so that nobody takes it twice; what is still so after a restart fails with UNKNOWN.

    `proof` says what the receiving side answered or who did it by hand; `code` why it failed. Where `letter_id`
    stands, a letter to a prescriber is sent and not a takeaway; `version` is then 0.
    """

    id: Id
    version: int
    by: Way
    to: Short = ""
    edition: Edition = "standard"
    stage: Literal["requested", "sending", "delivered", "failed"] = "requested"
    at: str = ""
    proof: Short = ""
    code: Code = ""
    letter_id: Short = ""

    @property
    def waiting(self) -> bool:
        """Whether something is still to be done for it."""
        return self.stage in ("requested", "sending")


def is_fax_number(to: str) -> bool:
    """Whether this can be dialled: enough digits, whatever stands between them."""
    return sum(char.isdigit() for char in to) >= FAX_DIGITS
