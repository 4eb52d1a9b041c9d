"""A medication therapy problem: accepted by the pharmacist, coded by need (PQA / Cipolle-Strand-Morley)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.text import Id, LongText, Short

Need = Literal["indication", "effectiveness", "safety", "adherence"]


@dataclass(frozen=True, slots=True)
class Problem:
    """`alert_id` is the alert it came from, "" where the pharmacist wrote it."""

    id: Id
    need: Need
    title: Short
    detail: LongText = ""
    alert_id: Short = ""
    medications: tuple[Id, ...] = ()
