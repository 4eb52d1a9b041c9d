"""What the patient, or somebody invited for the patient, tells on the page itself: never a fact before the
pharmacist has taken it up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text import Code, Id, LongText

Reply = Literal["right", "wrong", "unsure"]
Verdict = Literal["yes", "partly", "no"]
PICTURES = 20  # of one consult


@dataclass(frozen=True, slots=True)
class Report:
    """A reply to one row of the medication list as it stood then. `by` is a member id, `at` ISO 8601 UTC."""

    medication_id: Id
    reply: Reply
    words: LongText
    by: Id
    at: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A still picture that somebody in the call has sent, kept under the SHA-256 of its JPEG bytes; sizes in
    pixels. `about` is a medication id, "" where it is of none in particular."""

    id: Id
    sha256: Code
    width: int
    height: int
    about: Code
    by: Id
    at: str


@dataclass(frozen=True, slots=True)
class Rating:
    """Two questions after the visit: did it help, and did the call work; `words` are the patient's own."""

    helped: Verdict
    worked: Verdict
    words: LongText
    at: str
