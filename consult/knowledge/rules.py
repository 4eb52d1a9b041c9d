"""A rule of the knowledge: which drugs, beside what, how grave, in which context, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from consult.domain.alert import AlertKind, Indicator, Severity
from consult.knowledge.clauses import Context, Test

INDICATOR_OF: dict[Severity, Indicator] = {
    "contraindicated": "critical",
    "major": "critical",
    "moderate": "warning",
    "minor": "info",
}


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a to-do text in another language than English."""

    language: str
    topic: str
    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Todo:
    """Draft words for the patient's to-do list; {a} and {b} stand for the names as the patient says them."""

    topic: str
    action: str
    why: str
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One row of a rule table.

    `a` and `b` hold ingredients (`b` empty where the other side is not a drug); `keys` holds condition or
    allergen keys, or the laboratory name of a monitoring rule with its longest interval in `days`; `gate` must
    hold for the rule to apply at all; `allowed` are the pairs of sets that practice combines.
    Of several rules of one `topic` that match the same drugs, the first in the file counts. Findings of rules
    with one `merge` key become one card. Routes: "systemic", "any", "same", or a list of route names.
    """

    id: str
    kind: AlertKind
    a: frozenset[str]
    b: frozenset[str]
    keys: tuple[str, ...]
    gate: Test | None
    allowed: tuple[tuple[frozenset[str], frozenset[str]], ...]
    days: int
    severity: Severity
    topic: str
    merge: str
    route_a: frozenset[str]
    route_b: frozenset[str]
    context: Context
    risk: str
    why: str
    mechanism: str
    action: str
    todo: Todo
    source: str
    date: str
    reviewer: str

    @property
    def general(self) -> bool:
        """Whether the rule only speaks of a shared property ("*" before its topic), for pairs no special rule knows."""
        return self.topic.startswith("*")

    @property
    def indicator(self) -> Indicator:
        """What the severity alone would show."""
        return INDICATOR_OF[self.severity]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word of the trade and the phrases that stand for it; `exact` ones must be the whole text.

    `unless` phrases take a match back ("open-angle" for glaucoma). `labs` are tests by which a laboratory
    value alone says the same; `egfr` is the eGFR (mL/min/1.73 m2) that the diagnosis implies at most.
    """

    key: str
    phrases: tuple[str, ...]
    exact: frozenset[str]
    unless: tuple[str, ...]
    labs: tuple[Test, ...] = ()
    egfr: float | None = None
    spaced: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "spaced", tuple(f" {phrase} " for phrase in self.phrases))

    def fits(self, text: str) -> bool:
        """Whether the patient's words (lower case) name this."""
        padded = spaced(text)
        if not any(phrase in padded for phrase in self.spaced) and padded.strip() not in self.exact:
            return False
        return not any(f" {phrase} " in padded for phrase in self.unless)


@lru_cache(maxsize=512)
def spaced(text: str) -> str:
    """The words with one space around each, without brackets and commas."""
    return f" {' '.join(text.replace('(', ' ').replace(')', ' ').replace(',', ' ').split())} "


@dataclass(frozen=True, slots=True)
class LabRange:
    """A laboratory value: its units (the first is the one that rules are written in) and what is possible at all."""

    name: str
    units: tuple[str, ...]
    low: float
    high: float

    def takes(self, unit: str) -> bool:
        """Whether a value may be read in this unit; none given means the table's own."""
        return not unit or _plain(unit) in {_plain(known) for known in self.units}


def _plain(unit: str) -> str:
    return (
        unit.lower()
        .replace("\N{SUPERSCRIPT TWO}", "2")
        .replace("\N{MICRO SIGN}", "u")
        .replace(" ", "")
        .replace("m^2", "m2")
    )
