"""A finding: a rule that matched some of the patient's drugs, before it becomes a card."""

from __future__ import annotations

from dataclasses import dataclass

from consult.assess.regimen import Taken
from consult.domain.alert import AlertKind, Factor, Indicator
from consult.knowledge.rules import Rule


@dataclass(frozen=True, slots=True)
class Finding:
    """`words` are what it lies between; `other` the word on the far side that is no drug ("age", "renal", ...)."""

    rule: Rule
    indicator: Indicator
    taken: tuple[Taken, ...]
    words: tuple[str, ...]
    factors: tuple[Factor, ...] = ()
    other: str = ""

    @property
    def kind(self) -> AlertKind:
        return self.rule.kind
