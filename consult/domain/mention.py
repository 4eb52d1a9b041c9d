"""What was read out of one note line: medications, effects and answers, each with the words it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Match = Literal["exact", "fuzzy", "class"]
EffectMatch = Literal["exact", "pattern", "fuzzy"]
Status = Literal["active", "stopped", "not-taken", "on-hold", "intended", "completed", "unknown", "allergy"]
Subject = Literal["patient", "other"]


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that set a qualifier: `sets` names the field, start and end are offsets into the line."""

    sets: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name that a misspelling may stand for; `score` is 0 to 1, higher is nearer."""

    name: str
    ingredients: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class MedicationMention:
    """A drug named in a line. Normal forms follow the annotation guide; None means not said.

    `frequency` is normalised text ("2/day", "every 4-6 hours"); `previous` holds the old strength or dose
    where the line tells of a change; `flags` are codes of error-prone writing (ISMP), e.g. "trailing-zero".
    `likely_strength` is what a number without a unit stands for by what is sold ("sertraline 50": "50 mg"); `strength`
    is None then.
    """

    start: int
    end: int
    text: str
    ingredients: tuple[str, ...]
    match: Match
    strength: str | None = None
    dose: str | None = None
    route: str | None = None
    frequency: str | None = None
    as_needed: bool = False
    duration: str | None = None
    timing: str | None = None
    previous: str | None = None
    indication: str | None = None
    status: Status = "active"
    subject: Subject = "patient"
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()
    flags: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    likely_strength: str | None = None


@dataclass(frozen=True, slots=True)
class EffectMention:
    """A symptom or side effect named in a line; `suspected` holds the ingredients that the line itself blames.

    `severity` and `onset` are the words typed ("severe, worse at night"; "x 2 wks"), None where not said; the cues
    of the same names say where they stand. `match` is "pattern" where a rule put it together
    (part and problem, a wording with a number) and "fuzzy" where a word was read as misspelt: a suggestion.
    """

    start: int
    end: int
    text: str
    concept: str
    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    subject: Subject = "patient"
    suspected: tuple[str, ...] = ()
    confidence: float = 1.0
    cues: tuple[Cue, ...] = ()
    severity: str | None = None
    onset: str | None = None
    match: EffectMatch = "exact"


@dataclass(frozen=True, slots=True)
class Heard:
    """What a line says in answer to a script question: start and end are offsets of the words it was read from.

    `medication` is the start of the mention that it is about, -1 where it is about the person. `several` says that
    the values stand beside those of other lines; else the newest line counts.
    """

    link_id: str
    values: tuple[str, ...]
    start: int
    end: int
    medication: int = -1
    several: bool = False


@dataclass(frozen=True, slots=True)
class LineContext:
    """What a line says of other lines. A line that is only a heading ("Allergies:") holds for the lines under it:
    `section` is its text in lower case, `status` what it makes of their drugs, `effects` "drop", "other", "problem" (a
    diagnosis, which stands within a plan) or "".

    `referred` are mentions without a name ("actually stopped it"): they speak of the drug that was named last, of
    several ("both") or of the one before it ("the other one"). `tells` is what else the line does to those above: it
    corrects the "name" of the drug named last, or whose it is ("person"); its first drug is the "cause" of the symptoms
    above; it is about a "thing" or a habit, which "it" then means in the next; it tells who the patient is to whoever
    speaks ("for mom": "daughter calling for her mom"); or "".
    """

    section: str = ""
    status: str = ""
    effects: str = ""
    referred: tuple[MedicationMention, ...] = ()
    tells: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything read out of one line."""

    medications: tuple[MedicationMention, ...] = ()
    effects: tuple[EffectMention, ...] = ()
    heard: tuple[Heard, ...] = ()
    context: LineContext = LineContext()
