"""An alert: raised by the program, for the pharmacist to judge (information model of HL7 PDDI-CDS)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.plan import TodoWords
from consult.domain.text import Id, LongText, Short

AlertKind = Literal[
    "interaction", "duplication", "condition", "age", "allergy", "renal", "food_herb", "dose", "monitoring"
]
Severity = Literal["contraindicated", "major", "moderate", "minor"]
Indicator = Literal["critical", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Factor:
    """A fact of this patient that was weighed: what, its value, and whether it raises or lowers the risk."""

    name: str
    value: str
    effect: Literal["raises", "lowers", "missing", "neutral"] = "neutral"


@dataclass(frozen=True, slots=True)
class Alert:
    """One finding. `id` says what it is ("interaction:ibuprofen+warfarin"), so the same finding is the same row.

    `severity` is the rule's; `indicator` is what it means for this patient now, after context. `between` holds
    ingredients, conditions or words such as "age" and "renal"; `medications` the regimen rows it rests on.
    `todo_*` is a draft in plain words for the patient's to-do list, `todo_said` the same in other languages.
    `action` says "consider", never an order.
    """

    id: Id
    kind: AlertKind
    between: tuple[Short, ...]
    severity: Severity
    indicator: Indicator
    title: Short
    why: LongText
    action: LongText
    source: LongText
    mechanism: LongText = ""
    factors: tuple[Factor, ...] = ()
    medications: tuple[Id, ...] = ()
    rule: Short = ""
    todo_topic: Short = ""
    todo_action: LongText = ""
    todo_why: LongText = ""
    todo_said: tuple[TodoWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A medication that was not (fully) checked, and the reason."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result of a check of the whole regimen: never "no interactions", always "none found among `checked`"."""

    alerts: tuple[Alert, ...]
    checked: int
    not_checked: tuple[Unchecked, ...]
    data_date: str
