"""The packaged rules: every row complete, worded as a suggestion, and drawn from names that exist."""

from __future__ import annotations

import csv
import re
from itertools import combinations
from pathlib import Path

import pytest

import consult.knowledge.tables as tables
from consult.assess.cases import COLLECTIVE
from consult.assess.regimen import HEAVIEST
from consult.knowledge.clauses import Test
from consult.knowledge.rules import Rule
from consult.knowledge.tables import Knowledge, load_knowledge
from consult.takeaway.readability import measure_text

FOLDER = Path(tables.__file__).parent / "data"
RULES = [rule for rules in load_knowledge().rules.values() for rule in rules]
ORDERS = re.compile(
    r"\b(stop taking|do not take|never take|must stop|discontinue|change your dose|skip)\b", re.IGNORECASE
)


def test_every_rule_says_what_why_what_to_consider_and_from_where() -> None:
    for rule in RULES:
        assert all((rule.risk, rule.source, rule.date, rule.reviewer, rule.todo.topic)), rule.id
        assert rule.why.endswith("."), rule.id
        assert rule.action.startswith("Consider "), rule.id
        assert rule.todo.why.endswith("."), rule.id


@pytest.mark.parametrize("kind", ["interaction", "food_herb", "duplication", "age", "renal", "allergy", "dose"])
def test_rule_of_this_kind_names_its_mechanism(kind: str, knowledge: Knowledge) -> None:
    without = [rule.id for rule in knowledge.rules[kind] if not rule.mechanism]

    assert without == [] or kind == "food_herb"


def test_patient_is_never_told_to_stop_or_change_alone() -> None:
    told = {rule.todo for rule in RULES}

    assert [todo.topic for todo in told if ORDERS.search(f"{todo.action} {todo.why}")] == []


def test_to_do_texts_use_no_other_mark_than_a_and_b() -> None:
    texts = [text for rule in RULES for text in (rule.why, rule.action, rule.todo.topic, rule.todo.action)]

    assert [text for text in texts if set(re.findall(r"\{[^}]*\}", text)) - {"{a}", "{b}"}] == []


def test_words_about_one_drug_and_no_partner_leave_the_second_mark_out() -> None:
    alone = [rule for rule in RULES if rule.kind in ("age", "renal", "dose")]

    assert [
        rule.id
        for rule in alone
        if "{b}" in f"{rule.why}{rule.action}{rule.mechanism}{rule.todo.topic}{rule.todo.action}{rule.todo.why}"
    ] == []


def test_every_class_member_is_an_ingredient_of_the_vocabulary(knowledge: Knowledge) -> None:
    with (FOLDER / "ingredients.csv").open(encoding="utf-8", newline="") as file:
        ingredients = {row["ingredient"] for row in csv.DictReader(file)}

    assert knowledge.known - ingredients == set()


def test_every_alias_leads_to_an_ingredient_with_rules_or_classes(knowledge: Knowledge) -> None:
    assert [name for name, ingredient in knowledge.aliases.items() if ingredient not in knowledge.known] == []


def test_every_property_is_used() -> None:
    """By a rule or another table, or where routes and amounts are read."""
    cells: list[str] = []
    for path in FOLDER.glob("*.csv"):
        if path.name == "properties.csv" or path.name.startswith(("rules_", "allergens", "washouts", "onc_")):
            with path.open(encoding="utf-8", newline="") as file:
                cells += [cell for row in csv.DictReader(file) for cell in row.values() if cell]
    with (FOLDER / "properties.csv").open(encoding="utf-8", newline="") as file:
        names = [row["property"] for row in csv.DictReader(file)]
    named = set(re.findall(r"@([^;,+&=]+?)(?= *(?:[;,+&=]|$))", "\n".join(cells), re.MULTILINE))
    read = {name for name in names if name.startswith("usually ") or " but " in name} | {HEAVIEST, COLLECTIVE}

    assert sorted(set(names) - named - read) == []


def test_every_laboratory_name_of_a_rule_is_in_the_table(knowledge: Knowledge) -> None:
    named = {rule.keys[0] for rule in knowledge.rules["monitoring"]}
    for rule in RULES:
        tests = [test for clause in rule.context.clauses for test in clause.tests] + ([rule.gate] if rule.gate else [])
        named |= {test.name for test in tests if test.what in ("lab", "unknown")} | set(rule.context.need)

    assert sorted(named - set(knowledge.labs)) == []


def test_the_top_three_hundred_have_a_class(knowledge: Knowledge) -> None:
    with (FOLDER / "top300.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    names = {row["ingredient"] for row in rows}

    assert sorted(name for name in names if not knowledge.classes_of(name)) == []


@pytest.mark.parametrize(
    ("ingredient", "group"),
    [
        ("clarithromycin", "cyp3a4 inhibitor strong"),
        ("azithromycin", "macrolide"),
        ("pravastatin", "statin"),
        ("trimethoprim", "potassium raising"),
        ("linezolid", "maoi nonselective"),
        ("sacubitril", "neprilysin inhibitor"),
        ("warfarin", "narrow therapeutic index"),
        ("tirzepatide", "glp-1 receptor agonist"),
    ],
)
def test_ingredient_stands_in_its_group(ingredient: str, group: str, knowledge: Knowledge) -> None:
    assert group in knowledge.groups_of(ingredient)


@pytest.mark.parametrize(
    ("ingredient", "group"),
    [
        ("azithromycin", "cyp3a4 inhibitor"),
        ("pravastatin", "cyp3a4 statin"),
        ("pantoprazole", "cyp2c19 inhibitor"),
        ("dantrolene", "cns depressant"),
        ("pimavanserin", "dopamine blocker"),
    ],
)
def test_known_exception_stays_out_of_the_group(ingredient: str, group: str, knowledge: Knowledge) -> None:
    assert group not in knowledge.groups_of(ingredient)


def test_every_to_do_text_is_used_and_reads_at_sixth_grade() -> None:
    with (FOLDER / "todos.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    used = {(rule.todo.topic, rule.todo.action, rule.todo.why) for rule in RULES}

    for row in rows:
        assert (row["topic"], row["action"], row["why"]) in used, row["key"]
        text = f"{row['action']} {row['why']}".replace("{a}", "this").replace("{b}", "that")
        assert measure_text(text) < 7, row["key"]


def test_every_to_do_text_has_its_spanish_words() -> None:
    for rule in RULES:
        said = {one.language: one for one in rule.todo.said}

        assert all((said["es"].topic, said["es"].action, said["es"].why)), rule.id


def _worse(first: Test, second: Test) -> bool:
    """Whether whatever the first test holds for, the second holds for too (one laboratory value, one direction)."""
    same = (first.name, first.compare[0], first.negated) == (second.name, second.compare[0], second.negated)
    return same and (first.limit >= second.limit if first.compare[0] == ">" else first.limit <= second.limit)


def _weaker(rule: Rule) -> list[tuple[str, float, float]]:
    """Laboratory values for which a worse one is answered by less."""
    ladder = ("silent", "info", "warning", "critical")
    clauses = [
        (clause.tests[0], ladder.index(clause.outcome))
        for clause in rule.context.clauses
        if clause.outcome in ladder and len(clause.tests) == 1 and clause.tests[0].what == "lab"
    ]
    return [
        (first.name, first.limit, second.limit)
        for (first, graver), (second, weaker) in combinations(clauses, 2)
        if weaker < graver and _worse(first, second)
    ]


def test_worse_laboratory_value_is_never_answered_by_a_weaker_outcome() -> None:
    assert {rule.id: found for rule in RULES if (found := _weaker(rule))} == {}
