"""What follows from answers: red flags first, missing facts asked once, drafts, values, care gaps, counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from consult.app import scripts
from consult.domain.alert import Alert, Factor
from consult.domain.answer import LabDraft
from consult.domain.patient import Lab
from consult.errors import BadFile
from consult.scripts import Script, View, check_file, describe, guide
from consult.scripts.conditions import Known
from consult.scripts.engine import Walk
from tests.unit.scripts.script_talk import classes_of, medication, talk, with_answer

CMR = scripts()["cmr"]

WARFARIN = medication("warfarin")
LISINOPRIL = medication("lisinopril")


def alert(*missing: str, row: str = "med:lisinopril") -> Alert:
    return Alert(
        "monitoring:lisinopril+potassium", "monitoring", ("lisinopril", "potassium"), "moderate", "info",
        "Lisinopril: potassium due", "why", "consider", "source",
        factors=tuple(Factor(name, "not known", "missing") for name in missing), medications=(row,),
    )  # fmt: skip


def branches(script: Script, view: View) -> dict[str, str]:
    return {one.branch_id: one.because for one in guide(script, view, classes_of).branches}


def test_the_script_stands_still_at_a_red_flag_until_it_is_dealt_with(cmr: Script) -> None:
    view = View(effects=("chest pain",), current="lifestyle", medications=(LISINOPRIL,))

    first = guide(cmr, view, classes_of)
    view = with_answer(replace(view, current="otc"), "chest-pain-now", "yes")
    second = guide(cmr, view, classes_of)
    dealt = guide(cmr, with_answer(view, "chest-pain-done", "called-911"), classes_of)

    assert first.urgent == second.urgent == ("chest-pain",)
    assert [one.next and one.next.link_id for one in (first, second)] == ["chest-pain-now", "chest-pain-done"]
    assert dealt.urgent == ()
    assert dealt.next is not None
    assert dealt.next.link_id == "otc-groups"


def test_a_skipped_red_flag_is_dealt_with(cmr: Script) -> None:
    view = View(effects=("chest pain",), skipped={"chest-pain": "old, known to cardiology"})

    assert guide(cmr, view, classes_of).urgent == ()


@pytest.mark.parametrize("script", scripts().values(), ids=lambda script: script.id)
def test_every_red_flag_has_what_the_emergency_card_needs(script: Script) -> None:
    questions = set(script.questions)

    flags = [branch for branch in describe(script)["branches"] if branch["urgent"]]

    assert len(flags) >= 7
    for flag in flags:
        assert flag["say"]
        assert flag["call"]
        assert {flag["place"], flag["call_back"]} <= questions
        assert any("does not detect emergencies" in line for line in flag["do"])


def test_a_fact_that_an_alert_lacks_becomes_a_question_of_its_medicine(cmr: Script) -> None:
    view = View(medications=(LISINOPRIL, WARFARIN), alerts=(alert("potassium"),), current="each-medicine")
    for need, answer in (("indication", "clear"), ("effect", "works"), ("safety", "none"), ("missed", "none")):
        view = with_answer(view, f"loop-{need}", answer, medication_id="med:lisinopril")

    question = guide(cmr, view, classes_of).next

    assert question is not None
    assert question.link_id == "lab-potassium"
    assert branches(cmr, view)["missing-values"] == "potassium not known, for: Lisinopril: potassium due"
    assert "missing-values" not in branches(cmr, replace(view, alerts=(alert(),)))


def test_a_missing_fact_is_asked_once_and_its_answer_is_offered_as_a_value(cmr: Script) -> None:
    view = View(medications=(LISINOPRIL,), alerts=(alert("potassium"),))

    view, asked, guidance = talk(cmr, view)
    kept = guide(cmr, replace(view, labs=(Lab("potassium", 2.5),)), classes_of)

    assert [link_id for link_id, _ in asked].count("lab-potassium") == 1
    assert guidance.labs == (LabDraft("potassium", 2.5, "mmol/L", "lab-potassium"),)
    assert kept.labs == ()


def test_an_inr_of_the_warfarin_questions_is_not_asked_again(cmr: Script) -> None:
    view = View(medications=(WARFARIN,), alerts=(alert("inr", row="med:warfarin"),))

    _, asked, _ = talk(cmr, view)

    assert [link_id for link_id, _ in asked if link_id in ("lab-inr", "warfarin-inr")] == ["warfarin-inr"]


def test_two_questions_for_one_value_are_answered_together(cmr: Script) -> None:
    view = View(conditions=("type 2 diabetes",), alerts=(alert("a1c"),))

    _, asked, _ = talk(cmr, view)

    assert len([link_id for link_id, _ in asked if link_id in ("lab-a1c", "dm-a1c")]) == 1


TWO_THINNERS = View(medications=(WARFARIN, medication("clopidogrel")))
BLEEDING = ("warfarin-bleeding", "antiplatelet-bleeding")


def of_two(ingredient: str) -> frozenset[str]:
    return frozenset({"p2y12 inhibitor"}) if ingredient == "clopidogrel" else classes_of(ingredient)


def asked_of_two(cmr: Script, view: View, link_id: str) -> bool:
    """Whether a question of two branches is still to be asked: once for all of them."""
    walk = Walk(cmr, Known(view, of_two, cmr.questions, cmr.twins))
    return any(ask.link_id == link_id and ask.state == "open" for asks in walk.branch_asks.values() for ask in asks)


@pytest.mark.parametrize(("first", "second"), [BLEEDING, BLEEDING[::-1]])
def test_what_two_branches_ask_alike_is_asked_once_and_known_to_both(cmr: Script, first: str, second: str) -> None:
    said = with_answer(TWO_THINNERS, first, "minor")
    severe = with_answer(TWO_THINNERS, first, "severe")
    later = replace(TWO_THINNERS, skipped={first: "later"})
    read = with_answer(TWO_THINNERS, first, "none", review="proposed")

    assert asked_of_two(cmr, TWO_THINNERS, second)
    assert not asked_of_two(cmr, said, second)
    assert not asked_of_two(cmr, later, second)
    assert asked_of_two(cmr, read, second)  # nobody has confirmed it
    assert Known(severe, of_two, cmr.questions, cmr.twins).answers(second) == ("severe",)


def test_an_answer_of_its_own_counts_before_that_of_a_question_alike(cmr: Script) -> None:
    view = with_answer(with_answer(TWO_THINNERS, BLEEDING[0], "minor"), BLEEDING[1], "none")

    assert Known(view, of_two, cmr.questions, cmr.twins).answers(BLEEDING[1]) == ("none",)


def test_an_answer_read_from_the_notes_is_no_value_before_it_is_confirmed(cmr: Script) -> None:
    view = with_answer(View(medications=(WARFARIN,)), "warfarin-inr", "2.4", review="proposed")

    assert guide(cmr, view, classes_of).labs == ()


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("BP 168/94", [168, 94]),
        ("bp was 98 over 60 this morning", [98, 60]),
        ("seen 11/20, home bp 124 / 78, then 130/80", [124, 78]),
        ("since 12/10 no reading", []),
        ("good", []),
    ],
)
def test_a_blood_pressure_in_an_answer_is_offered_as_two_values(cmr: Script, said: str, values: list[float]) -> None:
    view = with_answer(View(), "conditions-readings", said)

    drafts = guide(cmr, view, classes_of).labs

    assert [(one.name, one.value, one.unit) for one in drafts] == [
        (name, value, "mmHg") for name, value in zip(("systolic", "diastolic"), values, strict=False)
    ]
    assert guide(cmr, replace(view, labs=tuple(Lab(one.name, one.value) for one in drafts)), classes_of).labs == ()


def test_answers_give_drafts_of_problem_and_to_do(cmr: Script) -> None:
    view = with_answer(View(medications=(LISINOPRIL,)), "loop-missed-why", "cost", medication_id="med:lisinopril")

    (draft,) = guide(cmr, view, classes_of).drafts

    assert (draft.id, draft.need, draft.medications) == ("loop-costs#med:lisinopril", "adherence", ("med:lisinopril",))
    assert "Lisinopril" in draft.todo_action


def test_the_counts_say_what_is_done_open_and_new(cmr: Script) -> None:
    empty = guide(cmr, View(), classes_of).counts
    view = with_answer(View(medications=(WARFARIN,)), "open-mode", "phone")
    view = with_answer(view, "warfarin-inr", "2.4", review="proposed")
    begun = guide(cmr, view, classes_of).counts
    _, _, ended = talk(cmr, View(medications=(WARFARIN,)))

    assert (empty.steps, empty.answered, empty.proposed, empty.fresh) == (21, 0, 0, 0)
    assert empty.open == empty.asked
    assert (begun.answered, begun.proposed) == (1, 1)
    assert begun.fresh >= 5
    assert begun.asked == begun.answered + begun.proposed + begun.open
    assert (ended.counts.open, ended.counts.proposed, ended.counts.fresh) == (0, 0, 0)


def gaps(cmr: Script, **view: object) -> set[str]:
    return {gap.rule for gap in guide(cmr, View(**view), classes_of).gaps}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("view", "there", "not_there"),
    [
        ({}, set(), {"flu-cdc", "covid-cdc"}),  # age not known
        ({"age": 30}, {"flu-cdc", "covid-cdc", "covid-aafp", "hepatitis-b-cdc"}, {"rsv-cdc-75", "zoster-cdc"}),
        ({"age": 49}, set(), {"pneumococcal-cdc-50", "zoster-cdc"}),
        ({"age": 50}, {"pneumococcal-cdc-50", "zoster-cdc"}, {"rsv-cdc-50"}),
        ({"age": 50, "conditions": ("copd",)}, {"rsv-cdc-50"}, {"rsv-cdc-risk"}),
        ({"age": 75}, {"rsv-cdc-75", "flu-cdc-65"}, {"flu-cdc", "rsv-cdc-risk"}),
        ({"age": 60, "sex": "f"}, {"breast-uspstf", "cervical-uspstf-30"}, {"prostate-uspstf"}),
        ({"age": 66, "sex": "m"}, {"prostate-uspstf", "aaa-uspstf"}, {"breast-uspstf", "bone-uspstf"}),
        ({"age": 60, "conditions": ("type 2 diabetes",)}, {"a1c-ada", "hepatitis-b-aafp-diabetes", "eye-ada"}, set()),
        ({"age": 60, "medications": (WARFARIN,)}, {"inr-label"}, {"tsh-label"}),
    ],
    ids=str,
)
def test_age_sex_conditions_and_drugs_decide_what_care_to_ask_about(
    cmr: Script, view: dict[str, object], there: set[str], not_there: set[str]
) -> None:
    found = gaps(cmr, **view)

    assert there <= found
    assert not not_there & found


@pytest.mark.parametrize(
    ("labs", "status"),
    [((), "ask"), ((Lab("a1c", 7, "%", "2026-01-02"),), "due"), ((Lab("a1c", 7, "%", "2026-10-02"),), "")],
)
def test_a_value_with_a_date_closes_a_gap_or_makes_it_due(cmr: Script, labs: tuple[Lab, ...], status: str) -> None:
    view = View(age=60, conditions=("type 2 diabetes",), labs=labs, today="2026-11-23")

    found = {gap.rule: gap.status for gap in guide(cmr, view, classes_of).gaps}

    assert found.get("a1c-ada", "") == status


def test_rules_of_several_authorities_stand_side_by_side(cmr: Script) -> None:
    rules = {rule["rule"]: rule for rule in describe(cmr)["prevention"]}

    shown = [rules[gap.rule] for gap in guide(cmr, View(age=60), classes_of).gaps]

    cares = [rule["care"] for rule in shown]
    assert {rule["authority"] for rule in shown if rule["care"] == "covid"} == {"CDC", "AAFP"}
    assert len([1 for one, other in pairwise(cares) if one != other]) + 1 == len(set(cares))
    assert all(rule["effective"] and rule["origin"]["source"] for rule in rules.values())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("ages: [19]", "ages: [60, 19]"), "ages"),
        (('effective: "2025-07"', "effective: soon"), "no date"),
        (("interval: yearly", "interval: yearly\n    lab: a1c"), "go together"),
        (("rule: flu", "rule: FLU SHOT"), "no id"),
    ],
)
def test_a_care_rule_that_makes_no_sense_is_refused(
    write: Callable[[str], Path], change: tuple[str, str], reason: str
) -> None:
    text = """part: care
prevention:
  - rule: flu
    care: influenza
    title: Flu shot
    authority: CDC
    effective: "2025-07"
    ages: [19]
    interval: yearly
    action: Consider offering it.
    source: CDC
    date: 2026-11-23
    reviewer: unreviewed
"""
    assert check_file(write(text)) == ["script.yaml: part with 0 steps and 0 branches"]

    with pytest.raises(BadFile, match=reason):
        check_file(write(text.replace(*change)))


def test_a_draft_holds_its_to_do_item_in_every_language() -> None:
    view = with_answer(
        View(medications=(medication("lisinopril"),)), "loop-effect", "no", medication_id="med:lisinopril"
    )

    draft = guide(CMR, view, classes_of).drafts[0]

    assert draft.todo_topic == "How well Lisinopril works"
    assert [(one.language, one.topic) for one in draft.todo_said] == [("es", "Qué tan bien le sirve Lisinopril")]
    assert draft.todo_said[0].why == "Puede haber una dosis o una medicina mejor para usted."


def test_the_words_of_the_next_question_come_in_the_language_of_the_talk() -> None:
    view = View(medications=(medication("lisinopril"),), current="each-medicine")
    view = with_answer(view, "loop-indication", "clear", medication_id="med:lisinopril")
    view = with_answer(view, "loop-effect", "no", medication_id="med:lisinopril")

    english, spanish, other = (guide(CMR, view, classes_of, tag) for tag in ("en", "es-MX", "vi"))

    assert english.next is not None
    assert spanish.next is not None
    assert (english.language, spanish.language, other.language) == ("en", "es", "en")
    assert english.next.text == "Has Lisinopril bothered you in any way?"
    assert spanish.next.text == "¿Le ha molestado Lisinopril en algo?"
    assert spanish.next.say.startswith("Ahora veamos Lisinopril. ¿Para qué la toma?")
    assert (spanish.next.link_id, spanish.counts, spanish.done) == (english.next.link_id, english.counts, english.done)


def test_a_script_is_described_in_the_language_asked_for_with_the_same_ids() -> None:
    english, spanish = describe(CMR), describe(CMR, "es")

    assert (spanish["language"], spanish["languages"]) == ("es", ["en", "es"])
    assert spanish["sections"][0]["steps"][1]["say"].startswith("Buenos días")
    assert [step["id"] for part in spanish["sections"] for step in part["steps"]] == [step.id for step in CMR.steps]
    assert spanish["branches"][0]["items"][0]["text"] != english["branches"][0]["items"][0]["text"]


def test_what_the_staff_read_is_in_the_language_of_the_page_whatever_the_talk_is_in() -> None:
    english, spanish = describe(CMR), describe(CMR, "en", "es")

    step, other = (one["sections"][0]["steps"][1] for one in (english, spanish))
    assert (spanish["sections"][0]["title"], other["title"]) == ("Comienzo", "Abrir la charla")
    assert other["say"] == step["say"]
    alone = spanish["sections"][0]["steps"][0]  # nothing of it is said to the patient
    assert (alone["language"], alone["say"][:15], other["language"]) == ("es", "Antes de la lla", "en")
    chest = next(one for one in spanish["branches"] if one["id"] == "chest-pain")
    assert (chest["title"], chest["do"][1].startswith("No deje que conduzca")) == ("Dolor de pecho", True)
    potassium = next(one for one in spanish["branches"] if one["id"] == "missing-values")["items"][0]
    assert (potassium["unit"], potassium["help"].startswith("Omitir")) == ("mmol/L", True)
    assert potassium["text"].startswith("What")
    assert spanish["prevention"][0]["interval"] == "cada temporada"
    assert describe(CMR, "es")["sections"][0]["title"] == english["sections"][0]["title"]


def test_a_no_to_a_purpose_is_told_and_a_yes_or_silence_is_not() -> None:
    view = with_answer(with_answer(View(), "consent-prescriber", "no"), "consent-caregiver", "yes")

    assert guide(CMR, view, classes_of).refused == ("prescriber",)
    assert guide(CMR, with_answer(view, "consent-prescriber", "yes"), classes_of).refused == ()


def test_each_preventive_measure_has_a_to_do_item_in_both_languages(cmr: Script) -> None:
    rules = describe(cmr, "es")["prevention"]

    for rule in rules:
        todo = rule["todo"]
        (spanish,) = todo["said"]
        assert spanish["language"] == "es"
        assert all(todo[name] and spanish[name] and todo[name] != spanish[name] for name in ("topic", "action", "why"))
    assert len({rule["todo"]["action"] for rule in rules}) == len({rule["care"] for rule in rules})


def test_a_consent_counts_as_asked_once_it_is_answered_or_left_out_with_a_reason(cmr: Script) -> None:
    view = with_answer(View(), "consent-telehealth", "no")

    assert guide(cmr, View(), classes_of).unasked == ("telehealth", "transcript", "prescriber", "caregiver")
    assert guide(cmr, view, classes_of).unasked == ("transcript", "prescriber", "caregiver")
    assert guide(cmr, replace(view, skipped={"consent": "on paper"}), classes_of).unasked == ()
