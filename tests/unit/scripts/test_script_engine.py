from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consult.app import scripts
from consult.domain.alert import Alert
from consult.domain.answer import Answer
from consult.domain.patient import Lab
from consult.scripts import Script, View, coverage, describe, guide, proposals
from consult.scripts.linking import items_in
from tests.unit.scripts.script_talk import classes_of, medication, plain_answer, talk, with_answer

CMR = scripts()["cmr"]
STEPS = [
    "prepare", "open", "identity", "consent", "goals", "allergies", "conditions", "prescriptions", "otc",
    "other-products", "each-medicine", "special-medicines", "matching", "cost", "lifestyle", "prevention",
    "priorities", "teach-back", "disposal", "summary", "close-out",
]  # fmt: skip


def test_the_cmr_has_its_21_steps_in_order(cmr: Script) -> None:
    assert [step.id for step in cmr.steps] == STEPS


@pytest.mark.parametrize("script", scripts().values(), ids=lambda script: script.id)
def test_answering_everything_that_is_asked_ends_with_every_step_done(script: Script) -> None:
    view = View(medications=(medication("apixaban"), medication("oxycodone"), medication("lisinopril")), age=74)

    view, _, guidance = talk(script, view)

    assert guidance.done == tuple(step.id for step in script.steps)
    assert guidance.next is None
    assert coverage(script, view, classes_of).asked == coverage(script, view, classes_of).answered


@pytest.mark.parametrize("script", scripts().values(), ids=lambda script: script.id)
def test_a_patient_without_medications_can_be_taken_through_to_the_end(script: Script) -> None:
    _, _, guidance = talk(script, View())

    assert guidance.done == tuple(step.id for step in script.steps)


def test_the_loop_asks_the_four_needs_of_each_medication_before_the_next(cmr: Script) -> None:
    view = View(medications=(medication("lisinopril"), medication("metformin")))

    _, asked, _ = talk(cmr, view)

    needs = ["loop-indication", "loop-effect", "loop-safety", "loop-missed"]
    loop = [pair for pair in asked if pair[1]]
    assert loop == [(need, f"med:{name}") for name in ("lisinopril", "metformin") for need in needs]


def test_a_new_medication_joins_the_loop_and_reopens_the_step(cmr: Script) -> None:
    view, _, guidance = talk(cmr, View(medications=(medication("lisinopril"),)))
    assert "each-medicine" in guidance.done

    view = replace(view, medications=(*view.medications, medication("metformin")), current="each-medicine")
    guidance = guide(cmr, view, classes_of)

    assert "each-medicine" not in guidance.done
    assert guidance.next is not None
    assert (guidance.next.link_id, guidance.next.medication_id) == ("loop-indication", "med:metformin")
    assert guidance.next.why == "Metformin: not asked yet"


@pytest.mark.parametrize("change", [{"status": "stopped"}, {"status": "on-hold"}, {"review": "rejected"}])
def test_a_medication_that_is_not_taken_is_not_asked_about_and_opens_no_branch(
    cmr: Script, change: dict[str, str]
) -> None:
    _, asked, guidance = talk(cmr, View(medications=(medication("oxycodone", **change),)))

    assert not [pair for pair in asked if pair[1]]
    assert guidance.branches == ()


@pytest.mark.parametrize(
    ("ingredients", "branches"),
    [
        (("oxycodone",), {"opioid"}),
        (("oxycodone", "lorazepam"), {"opioid", "opioid-benzodiazepine"}),
        (("lorazepam",), set()),
        (("warfarin",), {"warfarin"}),
        (("apixaban",), {"doac"}),
        (("lisinopril",), set()),
    ],
)
def test_a_drug_class_in_the_regimen_opens_its_branch(
    cmr: Script, ingredients: tuple[str, ...], branches: set[str]
) -> None:
    guidance = guide(cmr, View(medications=tuple(medication(name) for name in ingredients)), classes_of)

    ours = {"opioid", "opioid-benzodiazepine", "warfarin", "doac"}
    assert {branch.branch_id for branch in guidance.branches} & ours == branches


def test_a_branch_says_which_medication_opened_it(cmr: Script) -> None:
    guidance = guide(cmr, View(medications=(medication("apixaban", name="Eliquis"),)), classes_of)

    assert [(b.branch_id, b.because) for b in guidance.branches] == [("doac", "Eliquis is on the list")]


def test_the_questions_of_a_branch_come_after_the_open_questions_of_the_step(cmr: Script) -> None:
    view = View(medications=(medication("apixaban", name="Eliquis"),), current="prescriptions")

    first = guide(cmr, view, classes_of).next
    view = with_answer(with_answer(view, "rx-bottles", "yes"), "rx-others", "no")
    then = guide(cmr, view, classes_of).next

    assert first is not None
    assert then is not None
    assert (first.step_id, first.link_id) == ("prescriptions", "rx-bottles")
    assert (then.step_id, then.link_id) == ("special-medicines", "doac-for")
    assert then.why == "Direct oral anticoagulant: Eliquis is on the list"


def test_the_brown_bag_is_asked_in_its_order_and_then_the_newest_branch(cmr: Script) -> None:
    rows = (medication("warfarin", source="history"), medication("lisinopril", source="history"))
    view = View(medications=(*rows, medication("ibuprofen", name="Aleve")), current="prescriptions")
    asked = []

    for answer in ("yes", "taking", "taking", "no"):
        question = guide(cmr, view, classes_of).next
        assert question is not None
        asked.append((question.link_id, question.medication_id))
        view = with_answer(view, question.link_id, answer, medication_id=question.medication_id)
    then = guide(cmr, view, classes_of).next

    assert asked == [
        ("rx-bottles", ""), ("rx-taking", "med:warfarin"), ("rx-taking", "med:lisinopril"), ("rx-others", ""),
    ]  # fmt: skip
    assert then is not None
    assert (then.link_id, then.why) == ("nsaid-days", "NSAID: Aleve is on the list")


def test_in_the_loop_a_medication_and_its_branch_come_before_the_next_medication(cmr: Script) -> None:
    view = View(medications=(medication("warfarin"), medication("ibuprofen")), current="each-medicine")
    for need, answer in (("indication", "clear"), ("effect", "works"), ("safety", "none"), ("missed", "none")):
        view = with_answer(view, f"loop-{need}", answer, medication_id="med:warfarin")

    branch = guide(cmr, view, classes_of).next
    skipped = guide(cmr, replace(view, skipped={"warfarin": "clinic does this"}), classes_of).next

    assert branch is not None
    assert branch.link_id == "warfarin-inr"
    assert skipped is not None
    assert (skipped.link_id, skipped.medication_id) == ("loop-indication", "med:ibuprofen")


def test_no_branch_is_suggested_before_the_medicines_are_talked_about(cmr: Script) -> None:
    view = View(medications=(medication("oxycodone"),), current="prepare")

    view = with_answer(view, "prepare-looked", "claims")
    guidance = guide(cmr, view, classes_of)

    assert guidance.next is not None
    assert guidance.next.step_id == "open"
    assert guidance.next.why == "Next: Open the talk"


def test_the_newest_medication_leads_among_open_branches(cmr: Script) -> None:
    view = View(medications=(medication("apixaban"), medication("oxycodone")), current="prescriptions")
    view = with_answer(with_answer(view, "rx-bottles", "yes"), "rx-others", "no")

    newest = guide(cmr, view, classes_of).next
    begun = guide(cmr, with_answer(view, "doac-for", "clot"), classes_of).next

    assert newest is not None
    assert newest.link_id == "opioid-use"
    assert begun is not None
    assert begun.link_id == "doac-missed"


def test_a_red_flag_goes_before_everything_and_no_closes_it(cmr: Script) -> None:
    view = View(effects=("chest pain",), current="goals")

    flagged = guide(cmr, view, classes_of).next
    calm = guide(cmr, with_answer(view, "chest-pain-now", "no"), classes_of).next

    assert flagged is not None
    assert flagged.link_id == "chest-pain-now"
    assert flagged.why == "Red flag: Chest pain (chest pain was noted). Act on this first."
    assert calm is not None
    assert calm.link_id == "goals-words"


def test_after_a_branch_the_talk_goes_back_to_the_step_that_it_was_opened_in(cmr: Script) -> None:
    view = View(medications=(medication("apixaban", name="Eliquis"),), current="otc")
    first = guide(cmr, view, classes_of).next
    assert first is not None
    assert first.step_id == "otc"
    for _ in range(100):
        found = guide(cmr, view, classes_of).next
        assert found is not None
        if view.current == "special-medicines" and found.step_id != "special-medicines":
            break
        view = replace(view, current=found.step_id)
        view = with_answer(view, found.link_id, plain_answer(cmr, found.link_id), medication_id=found.medication_id)

    steps = [step.id for step in cmr.steps]
    assert steps.index(found.step_id) < steps.index("special-medicines")
    assert found.why.startswith("Left open earlier")


@pytest.mark.parametrize(
    ("review", "effects", "why"),
    [
        ("proposed", ("chest pain",), "chest pain was noted; a note sounds like it: ask now"),
        ("proposed", (), "a note sounds like it: ask now"),
        ("confirmed", ("chest pain",), "chest pain was noted; confirmed: it is happening"),
    ],
)
def test_a_red_flag_says_in_few_words_why_it_is_up(
    cmr: Script, review: str, effects: tuple[str, ...], why: str
) -> None:
    view = with_answer(View(effects=effects), "chest-pain-now", "yes", review=review)

    guidance = guide(cmr, view, classes_of)

    assert {one.branch_id: one.because for one in guidance.branches}["chest-pain"] == why
    assert guidance.next.why == f"Red flag: Chest pain ({why}). Act on this first."


def test_an_answer_in_a_branch_raises_its_red_flag(cmr: Script) -> None:
    view = View(medications=(medication("apixaban"),), current="special-medicines")

    view = with_answer(view, "doac-bleeding", "severe")
    guidance = guide(cmr, view, classes_of)

    assert guidance.next is not None
    assert guidance.next.link_id == "bleeding-now"
    assert guidance.next.why == (
        'Red flag: Severe bleeding ("Have you had any bleeding or bruises you cannot explain?" '
        "Black stools, blood in urine, or heavy bleeding). Act on this first."
    )


def test_a_low_glucose_reading_raises_the_red_flag_and_an_older_one_does_not(cmr: Script) -> None:
    low = View(labs=(Lab("glucose", 49, "mg/dL"),))
    better = View(labs=(Lab("glucose", 49, "mg/dL"), Lab("glucose", 110, "mg/dL")))

    assert [b.branch_id for b in guide(cmr, low, classes_of).branches] == ["low-glucose"]
    assert guide(cmr, better, classes_of).branches == ()


def test_a_skipped_step_is_not_suggested_and_not_called_done(cmr: Script) -> None:
    view = View(skipped={"prepare": "no record", "open": "done before"})

    guidance = guide(cmr, view, classes_of)

    assert guidance.next is not None
    assert guidance.next.step_id == "identity"
    assert guidance.done == ()


def test_skipping_every_suggestion_never_blocks_the_talk(cmr: Script) -> None:
    view = View(medications=(medication("oxycodone"), medication("apixaban")), effects=("chest pain",))
    asked = 0

    while (question := guide(cmr, view, classes_of).next) is not None:
        key = f"{question.link_id}#{question.medication_id}" if question.medication_id else question.link_id
        assert key not in view.skipped
        view = replace(view, current=question.step_id, skipped={**view.skipped, key: "would not say"})
        asked += 1

    assert asked > 60


def test_the_step_that_holds_the_branches_is_done_when_the_last_of_them_is_closed(cmr: Script) -> None:
    view, _, _ = talk(cmr, View(medications=(medication("apixaban"),)))
    answers = {key: answer for key, answer in view.answers.items() if key != "doac-falls"}

    one_left = guide(cmr, replace(view, answers=answers), classes_of)
    skipped = guide(cmr, replace(view, answers=answers, skipped={"doac-falls": "no time"}), classes_of)

    assert "special-medicines" not in one_left.done
    assert one_left.next is not None
    assert one_left.next.link_id == "doac-falls"
    assert "special-medicines" in skipped.done


def test_a_skipped_branch_stays_listed_and_is_asked_no_more(cmr: Script) -> None:
    view = View(medications=(medication("oxycodone"),), current="special-medicines", skipped={"opioid": "hospice"})

    guidance = guide(cmr, view, classes_of)

    assert [branch.branch_id for branch in guidance.branches] == ["opioid"]
    assert guidance.next is not None
    assert not guidance.next.link_id.startswith("opioid")


@pytest.mark.parametrize("step", STEPS)
def test_any_step_can_be_the_current_one(cmr: Script, step: str) -> None:
    guidance = guide(cmr, View(medications=(medication("lisinopril"),), current=step), classes_of)

    assert guidance.next is not None
    assert guidance.next.step_id in (step, STEPS[(STEPS.index(step) + 1) % len(STEPS)])


def test_what_was_left_behind_comes_back_after_the_last_step(cmr: Script) -> None:
    view, _, _ = talk(cmr, View(skipped={"allergies": "later"}))

    guidance = guide(cmr, replace(view, skipped={}), classes_of)

    assert guidance.next is not None
    assert (guidance.next.step_id, guidance.next.why) == ("allergies", "Left open earlier: Allergies and reactions")


def test_an_answer_read_from_a_note_waits_for_a_yes(cmr: Script) -> None:
    view = with_answer(View(current="allergies"), "allergies-any", "none", review="proposed")

    waiting = guide(cmr, view, classes_of)
    agreed = guide(cmr, with_answer(view, "allergies-any", "none"), classes_of)

    assert waiting.next is not None
    assert waiting.next.why == "Noted, please confirm"
    assert "allergies" not in waiting.done
    assert agreed.done == ("allergies",)


def test_an_identity_that_does_not_match_leaves_the_step_open_but_the_talk_goes_on(cmr: Script) -> None:
    view = View(current="identity")
    for link_id in ("place", "license", "call-back", "people", "self"):
        view = with_answer(view, f"identity-{link_id}", "yes")

    guidance = guide(cmr, with_answer(view, "identity-match", "no"), classes_of)

    assert "identity" not in guidance.done
    assert guidance.next is not None
    assert guidance.next.step_id == "consent"


def test_a_claims_medication_is_asked_about_in_the_brown_bag_and_a_noted_one_is_not(cmr: Script) -> None:
    rows = (medication("lisinopril", source="history"), medication("metformin", source="note"))

    _, asked, _ = talk(cmr, View(medications=rows))

    assert [pair for pair in asked if pair[0] == "rx-taking"] == [("rx-taking", "med:lisinopril")]


def test_a_problem_is_proposed_for_the_medication_whose_answer_shows_it(cmr: Script) -> None:
    view = View(medications=(medication("apixaban", name="Eliquis"), medication("lisinopril")))
    view = with_answer(view, "loop-missed", "few", medication_id="med:apixaban")

    view = with_answer(view, "loop-missed-why", "cost", medication_id="med:apixaban")
    found = proposals(cmr, view, classes_of)

    assert [(p.id, p.need, p.medications) for p in found] == [
        ("loop-costs#med:apixaban", "adherence", ("med:apixaban",))
    ]
    assert found[0].todo_topic == "The cost of Eliquis"
    assert found[0].because == '"What gets in the way of taking Eliquis?" It costs too much'


def test_a_branch_proposes_its_problem_with_the_medication_that_opened_it(cmr: Script) -> None:
    view = with_answer(View(medications=(medication("oxycodone"),)), "opioid-naloxone", "no")

    found = proposals(cmr, view, classes_of)

    assert [(p.id, p.medications) for p in found] == [("opioid-naloxone-offer", ("med:oxycodone",))]
    assert proposals(cmr, replace(view, medications=()), classes_of) == ()
    assert proposals(cmr, replace(view, skipped={"opioid": "hospice"}), classes_of) == ()


def test_the_description_survives_json_and_names_every_item_once(cmr: Script) -> None:
    description = describe(cmr)

    again = json.loads(json.dumps(description))

    assert again == description
    found: list[str] = []

    def gather(items: list[dict[str, object]]) -> None:
        for item in items:
            found.append(str(item["link_id"]))
            gather(item["items"])  # type: ignore[arg-type]

    for section in description["sections"]:
        for step in section["steps"]:
            gather(step["items"])
    for branch in description["branches"]:
        gather(branch["items"])
    assert found == [item.link_id for item in items_in(cmr)]


LINKS = [item.link_id for item in items_in(CMR)]
ANSWERS = st.builds(
    Answer,
    link_id=st.sampled_from([*LINKS, "gone"]),
    values=st.lists(st.sampled_from(["yes", "no", "none", "few", "severe", "", "nan", "1e999", "x"]), max_size=3).map(
        tuple
    ),
    medication_id=st.sampled_from(["", "med:oxycodone", "med:gone"]),
    review=st.sampled_from(["proposed", "confirmed", "rejected"]),
)
ALERT = Alert("interaction:a+b", "interaction", ("a", "b"), "major", "critical", "A and B", "why", "do", "source")


@settings(max_examples=150, deadline=None)
@given(
    answers=st.lists(ANSWERS, max_size=30),
    rows=st.lists(st.sampled_from(["oxycodone", "apixaban", "warfarin", "lorazepam", "x"]), max_size=5, unique=True),
    current=st.sampled_from(["", "gone", "opioid", *STEPS]),
    skipped=st.lists(st.sampled_from([*STEPS, "opioid", "loop-missed", "gone#x"]), max_size=6),
    age=st.one_of(st.none(), st.integers(-1, 130)),
)
@example(  # a red flag's own question, answered of one medication
    answers=[Answer("chest-pain-now", ("yes",), "med:oxycodone", review="proposed")],
    rows=["oxycodone"],
    current="",
    skipped=[],
    age=None,
)
def test_no_state_makes_the_engine_fail_or_ask_what_is_answered(
    answers: list[Answer], rows: list[str], current: str, skipped: list[str], age: int | None
) -> None:
    view = View(
        medications=tuple(medication(name) for name in rows),
        conditions=("heart failure", ""),
        effects=("chest pain", ""),
        alerts=(ALERT,),
        labs=(Lab("glucose", float("nan")),),
        answers={answer.key: answer for answer in answers},
        skipped=dict.fromkeys(skipped, "reason"),
        current=current,
        age=age,
    )

    guidance = guide(CMR, view, classes_of)
    proposals(CMR, view, classes_of)

    if guidance.next is not None:
        key = f"{guidance.next.link_id}#{guidance.next.medication_id}".rstrip("#")
        answer = view.answers.get(key)
        assert guidance.next.step_id in STEPS
        assert guidance.next.link_id in LINKS
        assert answer is None or answer.review != "confirmed" or not any(answer.values)
