"""The branches of the review open for the drugs they are about, by the classes of the packaged knowledge."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from consult import knowledge
from consult.app import scripts
from consult.domain.alert import Alert
from consult.domain.answer import Answer
from consult.domain.medication import Medication
from consult.scripts import Script, View, guide, names_in

TABLE = Path(knowledge.__file__).parent / "data" / "classes.csv"
MEMBERS = {
    row["class"]: {member.strip() for member in row["members"].split(";")}
    for row in csv.DictReader(line for line in TABLE.open(encoding="utf-8") if not line.startswith("#"))
}


def classes_of(ingredient: str) -> frozenset[str]:
    return frozenset(name for name, members in MEMBERS.items() if ingredient in members)


def opened(script: Script, *ingredients: str, **view: object) -> set[str]:
    rows = tuple(Medication(f"med:{name}", name.title(), (name,), review="confirmed") for name in ingredients)
    guidance = guide(script, View(medications=rows, **view), classes_of)  # type: ignore[arg-type]
    return {branch.branch_id for branch in guidance.branches}


@pytest.mark.parametrize("script", scripts().values(), ids=lambda script: script.id)
def test_every_class_and_ingredient_that_a_script_names_is_known(script: Script) -> None:
    classes = names_in(script, "class") | names_in(script, "class_count") | names_in(script, "medication_class")

    assert sorted(classes - MEMBERS.keys()) == []
    assert sorted(n for n in names_in(script, "ingredient") if not classes_of(n)) == []


@pytest.mark.parametrize(
    ("ingredients", "branches"),
    [
        (["hydrocodone"], {"opioid"}),
        (["tramadol"], {"opioid"}),
        (["buprenorphine", "alprazolam"], {"opioid", "opioid-benzodiazepine", "sedative"}),
        (["warfarin"], {"warfarin"}),
        (["rivaroxaban"], {"doac"}),
        (["clopidogrel"], {"antiplatelet"}),
        (["aspirin"], {"antiplatelet"}),
        (["insulin glargine"], {"low-sugar-medicine"}),
        (["glipizide"], {"low-sugar-medicine"}),
        (["semaglutide"], {"glp1"}),
        (["empagliflozin"], {"sglt2"}),
        (["metformin"], {"metformin"}),
        (["naproxen"], {"nsaid"}),
        (["celecoxib"], {"nsaid"}),
        (["albuterol"], {"inhaler"}),
        (["tiotropium"], {"inhaler"}),
        (["lisinopril"], {"raas"}),
        (["sacubitril", "spironolactone"], {"raas"}),
        (["potassium"], {"raas"}),
        (["furosemide"], {"diuretic"}),
        (["metoprolol"], {"beta-blocker"}),
        (["carvedilol"], {"beta-blocker"}),
        (["atorvastatin"], {"statin"}),
        (["levothyroxine"], {"levothyroxine"}),
        (["alendronate"], {"bisphosphonate"}),
        (["omeprazole"], {"ppi"}),
        (["diphenhydramine"], {"anticholinergic"}),
        (["oxybutynin"], {"anticholinergic"}),
        (["zolpidem"], {"sedative"}),
        (["gabapentin", "quetiapine", "cyclobenzaprine"], {"sedative"}),
        (["gabapentin", "quetiapine"], set()),
        (["sertraline"], {"antidepressant"}),
        (["duloxetine"], {"antidepressant"}),
        (["lithium"], {"lithium"}),
        (["phenytoin"], {"antiepileptic"}),
        (["digoxin"], {"digoxin"}),
        (["theophylline"], {"theophylline"}),
        (["tacrolimus"], {"transplant"}),
        (["methotrexate"], {"methotrexate"}),
        (["prednisone"], {"steroid"}),
        (["ciprofloxacin"], {"antibiotic"}),
        (["fluconazole"], {"antibiotic"}),
        (["bictegravir"], {"antiviral"}),
        (["sofosbuvir"], {"antiviral"}),
        (["st. john's wort"], {"herbal"}),
        (["omega-3"], {"herbal"}),
        (["amlodipine"], set()),
        (["a", "b", "c", "d", "e"], {"many-medicines"}),
    ],
    ids=lambda value: "+".join(sorted(value)),
)
def test_a_drug_opens_its_branches_and_no_others(cmr: Script, ingredients: list[str], branches: set[str]) -> None:
    assert opened(cmr, *ingredients) == branches


@pytest.mark.parametrize(
    ("condition", "branches"),
    [
        ("chronic heart failure", {"heart-failure"}),
        ("hypertension", {"high-blood-pressure"}),
        ("type 2 diabetes", {"diabetes-care"}),
        ("ckd stage 3b", {"kidney-disease"}),
        ("asthma", {"inhaler"}),
        ("gout", set()),
    ],
)
def test_a_condition_opens_its_branch(cmr: Script, condition: str, branches: set[str]) -> None:
    assert opened(cmr, conditions=(condition,)) == branches


def test_an_alert_opens_its_branch_and_names_itself(cmr: Script) -> None:
    alert = Alert(
        "interaction:ibuprofen+warfarin", "interaction", ("ibuprofen", "warfarin"), "major", "critical",
        "Warfarin + Aleve: bleeding risk", "why", "consider", "source", medications=("med:warfarin",),
    )  # fmt: skip

    guidance = guide(cmr, View(alerts=(alert,)), classes_of)

    assert [(b.branch_id, b.because) for b in guidance.branches] == [
        ("grave-alert", "alert: Warfarin + Aleve: bleeding risk")
    ]


def test_diabetes_from_40_to_75_without_a_statin_asks_about_one(cmr: Script) -> None:
    conditions = ("type 2 diabetes",)

    assert "statin-missing" in opened(cmr, "amlodipine", conditions=conditions, age=60)
    assert "statin-missing" not in opened(cmr, "rosuvastatin", conditions=conditions, age=60)
    assert "statin-missing" not in opened(cmr, "amlodipine", conditions=conditions, age=80)
    assert "statin-missing" not in opened(cmr, "amlodipine", conditions=conditions)


@pytest.mark.parametrize(
    ("link_id", "value", "branch"),
    [
        ("conditions-hospital", "yes", "recent-discharge"),
        ("goals-literacy", "not-sure", "plain-words"),
        ("cost-skipped", "yes", "cannot-pay"),
    ],
)
def test_an_answer_opens_its_branch(cmr: Script, link_id: str, value: str, branch: str) -> None:
    assert opened(cmr, answers={link_id: Answer(link_id, (value,))}) == {branch}
    assert opened(cmr, answers={link_id: Answer(link_id, (value,), review="rejected")}) == set()


@pytest.mark.parametrize(
    ("effect", "flag"),
    [
        ("chest pain", "chest-pain"),
        ("black stools", "severe-bleeding"),
        ("angioedema", "anaphylaxis"),
        ("suicidal thoughts", "suicidal-thoughts"),
        ("hypoglycemia", "low-glucose"),
    ],
)
def test_an_effect_in_the_notes_opens_its_red_flag(cmr: Script, effect: str, flag: str) -> None:
    assert opened(cmr, effects=(effect,)) == {flag, "symptom"}


@pytest.mark.parametrize(
    ("effect", "branches"),
    [
        ("edema", {"symptom", "swelling"}),
        ("dizziness", {"symptom", "unsteady"}),
        ("memory loss", {"symptom", "clouded"}),
        ("nausea", {"symptom"}),
    ],
)
def test_a_symptom_in_the_notes_opens_its_questions(cmr: Script, effect: str, branches: set[str]) -> None:
    assert opened(cmr, effects=(effect,)) == branches
