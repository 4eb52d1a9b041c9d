"""A medication therapy problem: accepted by the pharmacist, coded by need and rationale, followed to its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from consult.domain.alert import AlertKind
from consult.domain.text import Id, LongText, Short

Need = Literal["indication", "effectiveness", "safety", "adherence"]

# Why it is a problem, below its need: the words of PQA's categories, ours in spelling. What each is in other systems
# (Cipolle, PCNE, v3-ActCode, SNOMED CT) stands in knowledge/data/problem_codes.csv.
Rationale = Literal[
    "",
    "duplicate-therapy",
    "no-indication",
    "non-drug-therapy",
    "recreational-use",
    "treats-side-effect",
    "preventive-therapy",
    "untreated-condition",
    "synergistic-therapy",
    "more-effective-drug",
    "condition-refractory",
    "dosage-form",
    "contraindicated-choice",
    "not-effective",
    "dose-too-low",
    "frequency-too-low",
    "administration-weakens",
    "interaction-weakens",
    "storage",
    "duration-too-short",
    "monitoring-effect",
    "side-effect",
    "unsafe-for-patient",
    "allergic-reaction",
    "interaction-harms",
    "changed-too-fast",
    "administration-harms",
    "dose-too-high",
    "frequency-too-high",
    "duration-too-long",
    "monitoring-safety",
    "does-not-understand",
    "cannot-afford",
    "prefers-not",
    "forgets",
    "not-available",
    "cannot-administer",
]
ProblemStage = Literal["open", "sent", "accepted", "changed", "declined", "resolved"]

# What an alert of each kind is as a problem, until the pharmacist says otherwise.
FROM_ALERT: Final = MappingProxyType[AlertKind, tuple[Need, Rationale]](
    {
        "interaction": ("safety", "interaction-harms"),
        "duplication": ("indication", "duplicate-therapy"),
        "condition": ("safety", "unsafe-for-patient"),
        "age": ("safety", "unsafe-for-patient"),
        "allergy": ("safety", "allergic-reaction"),
        "renal": ("safety", "dose-too-high"),
        "food_herb": ("safety", "interaction-harms"),
        "dose": ("safety", "dose-too-high"),
        "monitoring": ("safety", "monitoring-safety"),
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`alert_id` is the alert it came from, "" where the pharmacist wrote it.

    `recommendation` is what the prescriber is asked to consider, `evidence` what it rests on. `stage` and `outcome`
    follow from letters and answers, and are not taken from a command that writes the problem.
    """

    id: Id
    need: Need
    title: Short
    detail: LongText = ""
    alert_id: Short = ""
    medications: tuple[Id, ...] = ()
    rationale: Rationale = ""
    recommendation: LongText = ""
    evidence: LongText = ""
    prescriber: Short = ""
    stage: ProblemStage = "open"
    outcome: LongText = ""
