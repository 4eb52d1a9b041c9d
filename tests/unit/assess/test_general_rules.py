"""General rules ("both slow the heart") speak of pairs that no special rule knows, and add nothing to the others."""

from __future__ import annotations

from consult.assess import assess
from consult.domain.alert import Alert
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.tables import Knowledge


def interaction(first: str, second: str, knowledge: Knowledge, *conditions: str) -> Alert | None:
    rows = tuple(Medication(f"med:{name}", name, (name,), review="confirmed") for name in (first, second))
    alerts = assess(Facts(age=55, conditions=conditions, medications=rows), knowledge).alerts
    return next((one for one in alerts if one.kind == "interaction" and len(one.medications) == 2), None)


def test_pair_that_only_shares_a_property_is_information(knowledge: Knowledge) -> None:
    alert = interaction("lacosamide", "propafenone", knowledge)

    assert alert is not None
    assert (alert.rule, alert.indicator) == ("bradycardic-any", "info")


def test_condition_makes_the_shared_property_grave(knowledge: Knowledge) -> None:
    alert = interaction("lacosamide", "propafenone", knowledge, "syncope")

    assert alert is not None
    assert (alert.rule, alert.indicator) == ("bradycardic-any", "warning")


def test_general_rule_adds_nothing_to_a_special_one(knowledge: Knowledge) -> None:
    alert = interaction("metoprolol", "clonidine", knowledge)

    assert alert is not None
    assert alert.rule == "betablocker-clonidine"


def test_pair_on_which_a_special_rule_is_silent_stays_silent(knowledge: Knowledge) -> None:
    assert interaction("rosuvastatin", "clarithromycin", knowledge) is None
