"""The regimen: the medications of this patient as known now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.mention import Candidate, Match, Status
from consult.domain.text import Code, Id, Limit, Short

Review = Literal["proposed", "confirmed", "rejected"]
Source = Literal["history", "note", "hand", "patient"]


@dataclass(frozen=True, slots=True)
class Sig:
    """Directions for use in normal form; None means not known.

    strength "25 mg"; dose "1 tablet" (per administration); route "oral"; frequency "2/day", "every 8 hours",
    "1/week"; duration "5 days"; timing "with food".
    """

    strength: Short | None = None
    dose: Short | None = None
    route: Short | None = None
    frequency: Short | None = None
    as_needed: bool = False
    duration: Short | None = None
    timing: Short | None = None


@dataclass(frozen=True, slots=True)
class Directions:
    """How it is taken as the pharmacist has put it for the patient, in a language. They hold for the sig that they were
    written for: once that is another, they are no longer used."""

    language: Code
    words: Annotated[str, Limit(400)]
    sig: Sig = Sig()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding came from: the line, its revision, and the span in its text."""

    line_id: Id
    rev: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Medication:
    """One row of the regimen.

    `name` is the patient's name for it; `status` is a FHIR R4 MedicationStatement code ("allergy" never
    stands here); `review` says whether the pharmacist has accepted the row; `candidates` are the readings
    of a misspelling, to be confirmed by a person; `directions` are what the paper says instead of the program's words.
    """

    id: Id
    name: Short
    ingredients: Annotated[tuple[Short, ...], Limit(12)]
    match: Match = "exact"
    sig: Sig = Sig()
    status: Status = "active"
    why: Short = ""
    prescriber: Short = ""
    source: Source = "note"
    review: Review = "proposed"
    started: Short = ""
    last_fill: Short = ""
    previous: Short = ""
    candidates: tuple[Candidate, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    directions: Annotated[tuple[Directions, ...], Limit(8)] = ()

    def directed(self, language: str) -> str:
        """The pharmacist's own directions in a language, "" where there are none for the present sig."""
        return next((one.words for one in self.directions if one.language == language and one.sig == self.sig), "")


# What stands for a prescriber in lists of medicines that nobody prescribed, or of whom it is not known; lower case.
NOT_A_PRESCRIBER = frozenset(
    {
        *("over the counter", "over-the-counter", "otc", "non-prescription", "nonprescription", "self", "patient"),
        *("none", "n/a", "na", "-", "unknown", "not known", "sin receta", "de venta libre", "paciente", "ninguno"),
        "desconocido",
    }
)


def prescriber_of(medications: Iterable[Medication]) -> str:
    """The first who prescribed one of these, "" where nobody did."""
    names = (row.prescriber.strip() for row in medications)
    return next((name for name in names if name and name.lower().rstrip(".") not in NOT_A_PRESCRIBER), "")


def medication_key(ingredients: tuple[str, ...], name: str) -> str:
    """The id of a regimen row: its ingredients, or the typed word where nothing is known about it."""
    return "med:" + ("+".join(sorted(ingredients)) or name.strip().lower())
