"""What every reading of a line keeps: cues, candidates, headings, and the record of `consult analyze`."""

from __future__ import annotations

import json

import pytest

from consult.domain.lexicon import DrugName
from consult.errors import BadFile
from consult.nlp.annotate import Annotator
from consult.nlp.records import analyze_records


def test_each_qualifier_keeps_the_words_that_set_it(annotator: Annotator) -> None:
    line = "stopped Lipitor in 2020, it made her legs ache; denies cough; husband has a rash"

    found = annotator.annotate(line)

    cues = {(one.sets, one.text) for mention in (*found.medications, *found.effects) for one in mention.cues}
    assert {("status", "stopped"), ("suspected", "made her"), ("negated", "denies"), ("subject", "husband")} <= cues
    assert ("historical", "2020") in cues


def test_a_limit_that_is_named_is_no_strength(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("takes Tylenol arthritis 2 tabs tid, knows about the 3 g limit").medications

    assert (drug.strength, drug.dose, drug.frequency) == (None, "2 tablet", "3/day")


def test_a_misspelling_is_fuzzy_and_shows_its_candidates(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("pt takes metropralol 25 mg bid").medications

    assert drug.match == "fuzzy"
    assert drug.ingredients == ("metoprolol",)
    assert drug.candidates[0].ingredients == ("metoprolol",)
    assert 0 < drug.confidence < 0.9


def test_a_misspelling_between_two_look_alikes_keeps_both_and_is_doubted() -> None:
    names = [DrugName("hydroxyzine", ("hydroxyzine",), "generic"), DrugName("hydralazine", ("hydralazine",), "generic")]
    look_alikes = Annotator(names, [("hydroxyzine", "hydralazine")])

    (drug,) = look_alikes.annotate("hydralyzine 25 mg tid").medications

    assert {one.name for one in drug.candidates} == {"hydroxyzine", "hydralazine"}
    assert drug.confidence <= 0.3


def test_a_slip_in_a_plain_word_is_put_right_and_every_place_is_that_of_the_words_typed(annotator: Annotator) -> None:
    line = "ligth heded sinse starting losarten evry mornig, doesnt tkae it anymore"

    found = annotator.annotate(line)

    (drug,), (effect,) = found.medications, found.effects
    assert (drug.status, drug.frequency, effect.suspected) == ("stopped", "1/day", ("losartan",))
    for one in (drug, effect, *drug.cues, *effect.cues):
        assert one.text == line[one.start : one.end]
    assert {one.text for one in (*drug.cues, *effect.cues)} >= {"sinse starting", "doesnt tkae it anymore"}


def test_names_come_from_the_caller_and_nothing_else() -> None:
    empty = Annotator([])

    assert empty.annotate("warfarin 5 mg daily, gums bleed").medications == ()
    assert [one.concept for one in empty.annotate("warfarin 5 mg daily, gums bleed").effects] == ["bleeding gums"]


def test_the_section_over_a_line_is_its_heading(annotator: Annotator) -> None:
    assert annotator.annotate("penicillin", "Allergies").medications[0].status == "allergy"
    assert annotator.annotate("losartan 50 mg daily", "Plan").medications[0].status == "intended"
    assert annotator.annotate("depression, anxiety", "PMH").effects == ()
    assert annotator.annotate("bleeding", "Family history").effects[0].subject == "other"


@pytest.mark.parametrize(
    ("line", "flag"),
    [
        ("prednisone 1.0 mg daily", "trailing-zero"),
        ("digoxin .125 mg daily", "naked-decimal"),
        ("Lantus 20U qhs", "abbreviation-u"),
        ("lisinopril 10 mg QD", "abbreviation-qd"),
        ("prednisone 5 mg QOD", "abbreviation-qod"),
        ("levothyroxine 50 µg daily", "abbreviation-microgram"),
    ],
)
def test_error_prone_writing_is_flagged(annotator: Annotator, line: str, flag: str) -> None:
    (drug,) = annotator.annotate(line).medications

    assert flag in drug.flags


def test_a_dose_change_gives_the_new_dose_and_keeps_the_old(annotator: Annotator) -> None:
    for line in (
        "Lasix up from 20 to 40 mg daily",
        "Lasix 40 mg daily, was 20",
        "Lasix 20 mg increased to 40 mg daily",
    ):
        (drug,) = annotator.annotate(line).medications

        assert (drug.strength, drug.previous) == ("40 mg", "20 mg"), line


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("Rinvoq 15 mg qd for RA", "RA"),
        ("lisinopril 10 mg for bp, amlodipine 5 mg", "bp"),
        ("metformin for T2DM", "T2DM"),
        ("Humira for Crohn's", "Crohn's"),
        ("wife fills lisinopril for him", None),
        ("sertraline 50 mg for 10 days", None),
    ],
)
def test_a_reason_for_use_is_kept_as_typed_however_short(annotator: Annotator, text: str, purpose: str | None) -> None:
    assert annotator.annotate(text).medications[0].indication == purpose


def test_an_indication_is_no_effect_but_is_kept_with_the_drug(annotator: Annotator) -> None:
    found = annotator.annotate("omeprazole 20 mg daily for heartburn")

    assert found.effects == ()
    assert found.medications[0].indication == "heartburn"


def test_plain_lines_are_numbered_and_blank_lines_skipped(annotator: Annotator) -> None:
    records = list(analyze_records(["\n", "Advil prn\n", "no cough\n"], annotator))

    assert [record["id"] for record in records] == ["2", "3"]
    assert records[0]["medications"][0]["as_needed"] is True
    assert records[1]["effects"][0]["cues"] == [{"sets": "negated", "start": 0, "end": 2, "text": "no"}]


def test_records_keep_the_id_and_text_of_json_lines(annotator: Annotator) -> None:
    row = json.dumps({"id": "a7", "text": "Tylenol 500 mg qid", "section": "Meds"})

    (record,) = analyze_records([row], annotator)

    assert (record["id"], record["text"]) == ("a7", "Tylenol 500 mg qid")
    assert record["medications"][0]["frequency"] == "4/day"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("{", "not JSON"),
        ('["a"]', "not an object"),
        ('{"id": "1"}', "text"),
        ('{"id": [], "text": "a"}', "id"),
        ('{"id": "1", "text": "a", "section": 3}', "section"),
    ],
)
def test_bad_json_lines_are_refused_with_their_line_number(annotator: Annotator, row: str, reason: str) -> None:
    lines = ['{"id": "0", "text": "ok"}', row]

    with pytest.raises(BadFile, match=reason) as problem:
        list(analyze_records(lines, annotator, "notes.jsonl"))
    assert problem.value.line == 2


def test_what_is_predicted_is_no_prednisone(annotator: Annotator) -> None:
    assert annotator.annotate("FEV1 54% pred, CAT 18").medications == ()
    assert annotator.annotate("pred 10 mg daily").medications[0].ingredients == ("prednisone",)


def test_a_course_of_which_some_is_left_goes_on(annotator: Annotator) -> None:
    (flagyl,) = annotator.annotate("flagyl 500 mg q8h x 10 d, 4 d left").medications
    (cipro,) = annotator.annotate("cipro 500 bid, stopped early, 6 tabs left").medications

    assert (flagyl.status, cipro.status) == ("active", "stopped")
