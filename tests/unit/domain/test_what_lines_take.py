"""What lines take from the lines before them, as pharmacists type: headings, "both", "the other one", corrections."""

from __future__ import annotations

import pytest

from consult.domain import commands as co
from consult.domain import gather
from consult.domain.consult import Consult
from consult.domain.people import SYSTEM
from consult.nlp.annotate import Annotator
from tests.unit.domain.test_in_context import reader as reader
from tests.unit.domain.test_in_context import statuses, typed
from tests.unit.domain.test_notes import after


def allergies(consult: Consult) -> dict[str, str]:
    return {row.substance: row.reaction for row in gather.allergies(consult).values()}


def effects(consult: Consult) -> dict[str, tuple[str, ...]]:
    return {row.concept: row.suspected for row in gather.effects(consult).values()}


@pytest.mark.parametrize("heading", ["Meds", "Meds -", "MEDS (6):", "Meds (from bottles):", "Current Rx", "home meds"])
def test_a_heading_of_medications_ends_the_allergies(reader: Annotator, heading: str) -> None:
    consult = typed(reader, "Allergies", "PCN", heading, "losartan 50 mg")

    assert set(allergies(consult)) == {"PCN"}
    assert statuses(consult) == {"losartan": "active"}


@pytest.mark.parametrize("line", ["Allergy list reviewed, NKDA", "off to rehab on monday, list to be faxed"])
def test_a_sentence_that_begins_like_a_heading_is_none(reader: Annotator, line: str) -> None:
    consult = typed(reader, line, "losartan 50 mg")

    assert (statuses(consult), allergies(consult)) == ({"losartan": "active"}, {})


def test_the_medications_of_somebody_else_are_not_the_patients(reader: Annotator) -> None:
    consult = typed(reader, "Husband's meds:", "Flomax 0.4 mg", "Eliquis 5 mg bid", "Meds:", "lisinopril 10 mg")

    assert statuses(consult) == {"lisinopril": "active"}


def test_a_problem_stands_within_the_plan_and_another_heading_ends_it(reader: Annotator) -> None:
    consult = typed(reader, "Plan", "HTN:", "chlorthalidone 12.5 mg daily", "Labs:", "Zocor 20 mg")

    assert statuses(consult) == {"chlorthalidone": "intended", "Zocor": "active"}


def test_a_blank_line_right_under_a_heading_does_not_end_it(reader: Annotator) -> None:
    consult = typed(reader, "Allergies:", "", "PCN", "codeine - N/V", "", "metformin")

    assert allergies(consult) == {"PCN": "", "codeine": "nausea, vomiting"}
    assert statuses(consult) == {"metformin": "active"}
    assert effects(consult) == {}


@pytest.mark.parametrize("line", ["BP 130/80", "A1c 7.2", "takes ibuprofen prn"])
def test_another_thought_ends_the_allergies(reader: Annotator, line: str) -> None:
    consult = typed(reader, "Allergies:", "codeine", line, "Lipitor")

    assert set(allergies(consult)) == {"codeine"}
    assert statuses(consult)["Lipitor"] == "active"


def test_symptoms_under_allergies_are_what_the_drug_did_and_no_complaint_of_now(reader: Annotator) -> None:
    consult = typed(reader, "Allergies:", "aspirin - GI bleed", "Levaquin (tendon pain)", "sulfa - hives", "latex")

    assert allergies(consult) == {
        "aspirin": "gastrointestinal bleeding",
        "Levaquin": "tendon pain",
        "sulfa": "hives",
    }
    assert effects(consult) == {}


def test_a_symptom_behind_a_drug_of_the_past_was_its_doing(reader: Annotator) -> None:
    consult = typed(reader, "Past meds:", "Zoloft (weight gain)", "amlodipine - swelling")

    assert effects(consult) == {"weight gain": ("sertraline",), "swelling": ("amlodipine",)}
    assert statuses(consult) == {"Zoloft": "stopped", "amlodipine": "stopped"}
    assert gather.effects(consult)["effect:weight gain"].historical


def test_a_complaint_of_today_is_no_history(reader: Annotator) -> None:
    past = typed(
        reader, "PMH:", "GERD, falls x2 last yr", "afib on Eliquis 5 mg bid", "migraine", "today c/o dizziness"
    )
    family = typed(reader, "FH:", "mom breast ca", "dad dizzy for years", "dizzy since last wk", "lisinopril 10 mg")

    assert set(effects(past)) == {"dizziness"}
    assert set(effects(family)) == {"dizziness"}
    assert statuses(family) == {"lisinopril": "active"}


@pytest.mark.parametrize(
    "line",
    ["smoking: quit it 2 yrs ago", "drinks wine, stopped it at Christmas", "BP cuff broke, stopped using it"],
)
def test_it_behind_a_thing_or_a_habit_is_no_drug(reader: Annotator, line: str) -> None:
    assert statuses(typed(reader, "Eliquis 5 mg bid", line)) == {"Eliquis": "active"}


def test_it_under_a_line_about_a_thing_is_no_drug(reader: Annotator) -> None:
    consult = typed(reader, "zolpidem 5 mg", "CPAP at home, not using it", "stopped it in 2019")

    assert statuses(consult) == {"zolpidem": "active"}


def test_it_is_the_drug_of_somebody_else_that_was_named_last(reader: Annotator) -> None:
    consult = typed(reader, "lisinopril 10 mg daily", "mom was on warfarin", "she stopped it after a bleed")

    assert statuses(consult) == {"lisinopril": "active"}
    assert effects(consult) == {}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("it was stopped by endo", "stopped"),
        ("that was stopped in May", "stopped"),
        ("endo d/c'd that", "stopped"),
        ("she's not on that", "not-taken"),
        ("stopped last month", "stopped"),
        ("d/c'd 3/1", "stopped"),
        ("never started", "not-taken"),
        ("too expensive, never picked it up", "not-taken"),
        ("gave it up after 2 wks", "stopped"),
        ("holding it while on abx", "on-hold"),
        ("stopped x 2 wks for surgery then restarted", "active"),
        ("on hold since Friday", "on-hold"),
        ("dc'd home 10/4 w/ CHF", "active"),
        ("stopped in w/ all his bottles", "active"),
        ("bruises up both arms", "active"),
        ("no to both", "active"),
    ],
)
def test_what_was_said_of_the_drug_above(reader: Annotator, line: str, status: str) -> None:
    assert statuses(typed(reader, "Januvia 100 mg daily", line))["Januvia"] == status


@pytest.mark.parametrize(
    "line", ["stopped both last month", "stopped them both after surgery", "hasn't taken either since Friday"]
)
def test_both_are_the_two_drugs_named_last(reader: Annotator, line: str) -> None:
    consult = typed(reader, "losartan 50 mg", "ASA 81", "Plavix 75", line)

    assert statuses(consult) == {"losartan": "active", "ASA": "stopped", "Plavix": "stopped"}
    assert [one.line_id for one in consult.medications["med:aspirin"].evidence] == ["l1", "l3"]


def test_the_other_one_is_the_drug_before_the_last(reader: Annotator) -> None:
    consult = typed(reader, "metformin 500", "glipizide 5", "quit the other one", "itchy, thinks it's the other one")

    assert statuses(consult) == {"metformin": "stopped", "glipizide": "active"}
    assert effects(consult) == {"itching": ("metformin",)}


@pytest.mark.parametrize(
    "line",
    [
        "cough, so PCP stopped it and put her on losartan 50",
        "PCP changed it to losartan 50",
        "changed to losartan 50",
        "replaced w/ losartan 50",
        "takes losartan 50 mg instead of it",
    ],
)
def test_a_drug_that_takes_the_place_of_the_one_above_ends_it(reader: Annotator, line: str) -> None:
    consult = typed(reader, "lisinopril 20 mg daily", line)

    assert statuses(consult) == {"lisinopril": "stopped", "losartan": "active"}
    assert [one.line_id for one in consult.medications["med:lisinopril"].evidence] == ["l0", "l1"]


@pytest.mark.parametrize(
    "line",
    [
        "will try losartan 50 mg in place of it",
        "It was the doctor that stopped it, the losartan",
        "wants losartan or something instead of it",
        "stopped it, Advil gives her heartburn",
    ],
)
def test_a_drug_beside_it_need_not_take_its_place(reader: Annotator, line: str) -> None:
    assert statuses(typed(reader, "warfarin 5 mg daily", line))["warfarin"] in ("active", "unknown")


@pytest.mark.parametrize(
    ("before", "line", "strength", "dose"),
    [
        ("warfarin 5 mg daily", "correction: 7.5 mg not 5", "7.5 mg", None),
        ("warfarin 5 mg daily", "correction: it's 4 not 5", "4 mg", None),
        ("warfarin 5 mg daily", "wait 2.5 mg", "2.5 mg", None),
        ("warfarin 5 mg daily", "cut back to 4 mg", "4 mg", None),
        ("warfarin 5 mg daily", "this was increased to 6 mg", "6 mg", None),
        ("warfarin 5 mg daily", "now on 3", "3 mg", None),
        ("Lantus 20 units qhs", "increased it to 24 units", None, "24 unit"),
        ("warfarin 5 mg daily", "down to 154 lb", "5 mg", None),
        ("warfarin 5 mg daily", "now 130/80", "5 mg", None),
    ],
)
def test_an_amount_of_the_drug_above(
    reader: Annotator, before: str, line: str, strength: str | None, dose: str | None
) -> None:
    (row,) = typed(reader, before, line).medications.values()

    assert (row.sig.strength, row.sig.dose) == (strength, dose)
    assert row.previous == ("20 unit" if dose else "" if strength == "5 mg" else "5 mg")


@pytest.mark.parametrize(
    "line", ["correction, hydroxyzine 25 tid", "scratch that, hydroxyzine 25", "I mean hydroxyzine"]
)
def test_a_name_that_is_corrected_takes_the_wrong_one_back(reader: Annotator, line: str) -> None:
    (row,) = typed(reader, "on hydralazine 25 tid", line).medications.values()

    assert (row.name, row.status, row.previous) == ("hydroxyzine", "active", "hydralazine")


def test_a_correction_that_names_an_earlier_drug_is_of_that_one(reader: Annotator) -> None:
    consult = typed(reader, "lisinopril 40 mg", "atorvastatin 80 mg", "correction: lisinopril is 20 mg not 40")

    assert {row.name: row.sig.strength for row in consult.medications.values()} == {
        "lisinopril": "20 mg",
        "atorvastatin": "80 mg",
    }


def test_a_correction_that_is_edited_away_gives_the_name_back(reader: Annotator) -> None:
    consult = typed(reader, "on hydralazine 25 tid", "correction, hydroxyzine 25 tid")

    consult = after(consult, co.PutNoteLine("l1", "l0", 1, "feels fine"))
    consult = after(consult, co.RecordFindings("l1", 2, reader.annotate("feels fine")), actor=SYSTEM)

    assert statuses(consult) == {"hydralazine": "active"}


def test_a_drug_that_turns_out_to_be_somebody_elses_is_taken_back(reader: Annotator) -> None:
    assert statuses(typed(reader, "takes Xanax 0.5 hs", "no wait that's her sister's")) == {}


def test_a_changed_dose_under_the_other_name_is_the_same_product(reader: Annotator) -> None:
    (row,) = typed(reader, "Coumadin 5 mg", "warfarin decreased to 4 mg").medications.values()

    assert (row.name, row.sig.strength, row.previous) == ("Coumadin", "4 mg", "5 mg")


def test_a_symptom_is_over_where_the_last_line_says_so(reader: Annotator) -> None:
    consult = typed(reader, "Bactrim DS bid", "rash on arms", "rash gone after she stopped it")

    (row,) = gather.effects(consult).values()
    assert (row.historical, row.suspected) == (True, ("sulfamethoxazole", "trimethoprim"))
    assert statuses(consult) == {"Bactrim": "stopped"}


@pytest.mark.parametrize("heading", ["ADRs/intolerances:", "Allergy/ADR:", "Can't tolerate:", "ALLERGIES - reviewed"])
def test_headings_that_are_joined_or_looked_through_hold(reader: Annotator, heading: str) -> None:
    assert allergies(typed(reader, heading, "lisinopril - cough")) == {"lisinopril": "cough"}


def test_a_reaction_on_a_line_of_its_own_or_told_later_is_that_of_the_allergy(reader: Annotator) -> None:
    listed = typed(reader, "Allergies:", "PCN", " anaphylaxis age 6", "sulfa", " hives")
    later = typed(reader, "Allergies: PCN, tramadol", "lisinopril 10", "PCN gave hives", "tramadol made her throw up")

    assert allergies(listed) == {"PCN": "anaphylaxis", "sulfa": "hives"}
    assert allergies(later) == {"PCN": "hives", "tramadol": "vomiting"}
    assert (effects(listed), effects(later), statuses(later)) == ({}, {}, {"lisinopril": "active"})


@pytest.mark.parametrize(
    ("before", "plan", "status"),
    [
        ("eliquis 5 mg bid", "Plan: set phone alarm for PM eliquis", "active"),
        ("eliquis 5 mg bid", "Plan: take eliquis w/ food", "active"),
        ("eliquis 5 mg bid", "Plan: no change eliquis", "active"),
        ("eliquis stopped last yr", "plan: remove eliquis from list", "stopped"),
        ("eliquis 5 mg bid", "plan: same", "active"),
        ("lisinopril 10 mg", "plan: start eliquis 5 mg bid", "intended"),
    ],
)
def test_a_plan_that_only_names_a_drug_leaves_it_as_it_was(
    reader: Annotator, before: str, plan: str, status: str
) -> None:
    rows = {row.name: row for row in typed(reader, before, plan).medications.values()}

    assert rows["eliquis"].status == status
    assert rows["eliquis"].sig.frequency == (None if "last yr" in before else "2/day")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (("Norvasc 5", "MTX 15 mg weekly", "both on hold till abx done"), "on-hold"),
        (("Norvasc 5", "MTX 15 mg weekly", "both stopped after GI bleed"), "stopped"),
        (("MTX 15 mg weekly", "made her nauseous so she quit after 2 wks"), "stopped"),
        (("MTX 15 mg weekly", "stopped on her own"), "stopped"),
        (("MTX 15 mg weekly", "no longer on that, switched to Humira"), "stopped"),
        (("MTX 15 mg weekly", "MD tapered her off, now Humira"), "stopped"),
        (("MTX 15 mg weekly", "finished last wk"), "completed"),
        (("MTX held, restarts 6/20", "ice machine, using it"), "on-hold"),
        (("MTX 15 mg weekly", "compression socks - hates them, stopped wearing them"), "active"),
    ],
)
def test_what_ends_or_holds_a_drug_without_its_name(reader: Annotator, lines: tuple[str, ...], status: str) -> None:
    assert statuses(typed(reader, *lines))["MTX"] == status


@pytest.mark.parametrize(
    ("line", "strength"),
    [
        ("wife: no, its 20 mg", "20 mg"),
        ("bottle says 20 mg", "20 mg"),
        ("actually takes 20 mg", "20 mg"),
        ("that was increased to 60 on 5/10", "60 mg"),
        ("bottle says Norvasc", "40 mg"),
    ],
)
def test_another_amount_of_the_drug_above(reader: Annotator, line: str, strength: str) -> None:
    rows = {row.name: row.sig.strength for row in typed(reader, "Lasix 40 mg daily", line).medications.values()}

    assert rows["Lasix"] == strength


def test_a_name_that_is_corrected_keeps_the_directions(reader: Annotator) -> None:
    (row,) = typed(reader, "hydralazine 25 mg tid prn", "scratch that, hydroxyzine").medications.values()

    assert (row.sig.strength, row.sig.frequency, row.sig.as_needed) == ("25 mg", "3/day", True)


@pytest.mark.parametrize(
    ("symptom", "line", "drug"),
    [
        ("lows 2x", "thinks it's the glipizide", ("glipizide",)),
        ("dry cough 2 mo", "pt thinks from the lisinopril", ("lisinopril",)),
        ("legs puffy", "wonders if its the amlodipine", ("amlodipine",)),
        ("legs puffy", "since starting amlodipine", ("amlodipine",)),
        ("loose stools", "after Lipitor she takes a walk", ()),
        ("groggy", "thinks it's the trazodone not the Lexapro", ("trazodone",)),
        ("loose stools", "also takes glipizide 5", ()),
        ("loose stools", "with Lipitor 20 she is fine", ()),
    ],
)
def test_a_symptom_is_laid_to_the_drug_of_the_next_line(
    reader: Annotator, symptom: str, line: str, drug: tuple[str, ...]
) -> None:
    assert list(effects(typed(reader, symptom, line)).values()) == [drug]


@pytest.mark.parametrize("line", ["makes her cough", "cough since starting", "coughing since the increase"])
def test_a_symptom_is_laid_to_the_drug_above(reader: Annotator, line: str) -> None:
    assert effects(typed(reader, "lisinopril 10", line)) == {"cough": ("lisinopril",)}


def test_what_is_plainly_the_patients_ends_the_medications_of_somebody_else(reader: Annotator) -> None:
    consult = typed(reader, "Wife's meds:", "januvia 100", "pt takes lisinopril 10 mg", "Plan: start metformin 500")

    assert statuses(consult) == {"lisinopril": "active", "metformin": "intended"}
