"""The patient and what is known before and beside the medications."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.medication import Evidence, Review
from consult.domain.text import Code, DateText, Id, Short

# Why a member is targeted, since 2025 (42 CFR 423.153(d)(2)): chronic diseases, drugs and cost, or at risk under a drug
# management program.
TargetedBy = Literal["", "chronic-diseases", "drug-management"]
OPT_OUT_REASONS = ("death", "left-plan", "request", "other")


@dataclass(frozen=True, slots=True)
class MtmEnrollment:
    """What the plan says of the member's place in its program. Dates are YYYY-MM-DD; None and "" where not known.

    `contract_id` is the plan's contract with Medicare ("H1234"); `met_criteria` says whether the member meets
    Medicare's own criteria, not only wider ones of the plan. `opt_out_reason` is one of OPT_OUT_REASONS.
    """

    enrolled_on: DateText = ""
    met_criteria: bool | None = None
    met_criteria_on: DateText = ""
    opted_out_on: DateText = ""
    opt_out_reason: Short = ""
    contract_id: Code = ""
    targeted_by: TargetedBy = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """Identity and reach. `birth_date` is YYYY-MM-DD; `sex` is "f", "m" or "" where not known; `language` is a tag."""

    id: Id
    name: Short
    birth_date: DateText
    sex: Literal["f", "m", ""] = ""
    phone: Short = ""
    address: Short = ""
    language: Short = "en"
    plan_name: Short = ""
    member_id: Short = ""
    mtm: MtmEnrollment | None = None


@dataclass(frozen=True, slots=True)
class Representative:
    """Who takes part, or receives the papers, in the patient's place; `relation` in words ("daughter")."""

    name: Short
    relation: Short = ""


@dataclass(frozen=True, slots=True)
class EmailConsent:
    """The patient's word on papers by e-mail, and the address that it is for."""

    address: Short
    agreed: bool
    at: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A diagnosis in plain lower-case clinical words ("type 2 diabetes")."""

    id: Id
    name: Short
    since: Short = ""
    source: Literal["history", "note", "hand"] = "hand"


@dataclass(frozen=True, slots=True)
class Allergy:
    """An allergy or intolerance: `substance` as said, `ingredients` where it was recognised."""

    id: Id
    substance: Short
    ingredients: tuple[Short, ...] = ()
    reaction: Short = ""
    review: Review = "proposed"
    source: Literal["history", "note", "hand"] = "note"
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Lab:
    """A laboratory value or vital sign. `name` is a code word (egfr, potassium, inr, a1c, sodium, qtc, weight, ...).

    `value` is in the unit named; `at` is a date (YYYY-MM-DD) or "" where not known.
    """

    name: Short
    value: float
    unit: Short = ""
    at: DateText = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """A side effect or symptom of the patient, gathered from the lines; `words` are the patient's own.

    `severity` and `onset` are in the words last typed of it, "" where nothing was said.
    """

    id: Id
    concept: Short
    words: Short
    suspected: tuple[Short, ...] = ()
    historical: bool = False
    review: Review = "proposed"
    evidence: tuple[Evidence, ...] = ()
    severity: Short = ""
    onset: Short = ""


def age_on(birth_date: str, day: str) -> int:
    """Whole years between two ISO dates (a longer timestamp for `day` will do)."""
    by, bm, bd = (int(part) for part in birth_date.split("-"))
    y, m, d = (int(part) for part in day[:10].split("-"))
    return y - by - ((m, d) < (bm, bd))
