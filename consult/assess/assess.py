"""The check of a whole regimen."""

from __future__ import annotations

from consult.assess.cards import make_cards
from consult.assess.doubts import set_aside
from consult.assess.duplication import duplication_findings
from consult.assess.pairs import pair_findings
from consult.assess.regimen import read_regimen
from consult.assess.single import (
    age_findings,
    allergy_findings,
    condition_findings,
    diet_findings,
    dose_findings,
    monitoring_findings,
    renal_findings,
)
from consult.assess.situation import read_situation
from consult.domain.alert import Assessment
from consult.domain.facts import Facts
from consult.knowledge.tables import Knowledge


def assess(facts: Facts, knowledge: Knowledge) -> Assessment:
    """Every finding about these facts as cards, gravest first, with what was not checked and the data's date."""
    facts, doubts = set_aside(facts, knowledge)
    regimen = read_regimen(facts, knowledge)
    situation = read_situation(facts, regimen, knowledge)
    findings = [
        finding
        for look in (
            pair_findings,
            duplication_findings,
            allergy_findings,
            condition_findings,
            renal_findings,
            dose_findings,
            age_findings,
            diet_findings,
            monitoring_findings,
        )
        for finding in look(situation, knowledge)
    ]
    return Assessment(make_cards(findings), regimen.checked, (*regimen.not_checked, *doubts), knowledge.date)
