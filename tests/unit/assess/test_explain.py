"""`consult check --explain`: rule, row, what matched, facts."""

from __future__ import annotations

from consult.assess.explain import explain_records
from consult.domain.lexicon import DrugName
from consult.knowledge.status import rule_rows
from consult.knowledge.tables import Knowledge


class NoNames:
    def resolve(self, name: str) -> DrugName | None:
        return None


def test_explanation_names_rule_row_sides_and_facts(knowledge: Knowledge) -> None:
    line = (
        '{"id": "x", "patient": {"age": 80}, "medications": ['
        '{"name": "warfarin", "ingredients": ["warfarin"]}, {"name": "Aleve", "ingredients": ["naproxen"]}]}'
    )

    told = "\n".join(explain_records([line], NoNames(), knowledge, "cases", rule_rows))

    assert "critical interaction: naproxen + warfarin" in told
    assert "rule anticoagulant-nsaid: rules_interaction.csv line 2, major" in told
    assert "a: warfarin, as @anticoagulant" in told
    assert "b: naproxen, as @nsaid" in told
    assert "fact: age 80 (raises)" in told
    assert "fact: egfr not known (missing)" in told


def test_explanation_lists_what_is_not_checked(knowledge: Knowledge) -> None:
    told = list(explain_records(['{"medications": [{"name": "Xyzzy"}]}'], NoNames(), knowledge, "cases", rule_rows))

    assert told[1] == "  not checked: Xyzzy (name not recognised)"


def test_limit_of_a_rule_about_the_kidneys_is_told(knowledge: Knowledge) -> None:
    line = '{"patient": {"labs": {"egfr": 20}}, "medications": [{"name": "m", "ingredients": ["metformin"]}]}'

    told = list(explain_records([line], NoNames(), knowledge, "cases", rule_rows))

    assert "      b: egfr<30" in told
