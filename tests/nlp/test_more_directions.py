"""Directions of which the first words are not all: days behind a frequency, a first dose, a second amount, what is
taken instead of what is ordered."""

from __future__ import annotations

import pytest

from consult.assess.quantity import amount
from consult.domain.medication import Sig
from consult.nlp.annotate import Annotator
from consult.nlp.sig.taken import as_taken


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("MTX 10mg bid on Mondays", "2/week"),
        ("methotrexate 2.5mg 4 tabs am and 4 tabs pm on Saturdays only", "2/week"),
        ("methotrexate 2.5 mg three tablets q12h x 3 doses once a week", "3/week"),
        ("prednisone 10 mg bid on Tue/Thu only", "4/week"),
        ("capecitabine 1500 mg am 1000 mg pm M-F", "10/week"),
        ("alendronate 70 mg in the morning on Sundays", "1/week"),
        ("bisacodyl 5mg 2 tabs hs qod", "0.5/day"),
        ("sertraline 50 mg bid, Monday appt", "2/day"),
        ("sevelamer 800 mg tid, MWF HD", "3/day"),
        ("metoprolol 25 mg bid Mon-Sun", "2/day"),
        ("prednisone 10 mg qd, weekly taper", "1/day"),
    ],
)
def test_days_behind_how_often_count(annotator: Annotator, text: str, frequency: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.frequency == frequency


@pytest.mark.parametrize(
    ("text", "strength", "route", "frequency"),
    [
        ("potassium chloride 40 meq today then 20 meq daily", "20 mEq", None, "1/day"),
        ("KCl 40 mEq x1 then 20 mEq bid", "20 mEq", None, "2/day"),
        ("loading dose digoxin 0.5 mg once then 0.125 mg daily", "0.125 mg", None, "1/day"),
        ("digoxin 0.25 mg x1 now, 0.125 mg daily", "0.125 mg", None, "1/day"),
        ("Plavix 300 mg load then 75 mg daily", "75 mg", None, "1/day"),
        ("Lasix 20 mg IV push x1 then 40mg po bid", "40 mg", "oral", "2/day"),
        ("Toradol 60mg IM then 10 mg po q6h", "10 mg", "oral", "every 6 hours"),
        ("Lasix 20 mg po daily after 40 mg IV x1", "20 mg", "oral", "1/day"),
        ("prednisone 40 mg daily x5 days then 20 mg daily x5 days", "40 mg", None, "1/day"),
        ("Xarelto 15 mg bid x 21 days then 20 mg daily", "15 mg", None, "2/day"),
        ("aspirin 81 mg once daily, then 325 mg daily", "81 mg", None, "1/day"),
    ],
)
def test_a_dose_given_once_is_not_what_goes_on(
    annotator: Annotator, text: str, strength: str, route: str | None, frequency: str
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.route, drug.frequency) == (strength, route, frequency)


@pytest.mark.parametrize(
    ("text", "dose", "frequency"),
    [
        ("I take half a tablet of metoprolol 25 in the morning and half at night", "0.5 tablet", "2/day"),
        ("half a tab of metoprolol tartrate 50 in the am and half in the pm", "0.5 tablet", "2/day"),
        (
            "half of a 25 mg carvedilol in the morning and a whole one at night",
            "0.5 tablet morning, 1 tablet night",
            "2/day",
        ),
        (
            "takes one and a half of the 5 mg warfarin tablets on Mondays, one other days",
            "1.5 tablet monday, 1 tablet other days",
            "1/day",
        ),
        ("take 1 & 1/2 tabs daily of warfarin 5 mg", "1.5 tablet", "1/day"),
        ("glyburide 5 mg 2 and a half tabs daily", "2.5 tablet", "1/day"),
        ("lisinopril 10mg tab - take 0.5 (one-half) tablet by mouth every day", "0.5 tablet", "1/day"),
        ("takes one and a half tablets of warfarin 5 mg daily", "1.5 tablet", "1/day"),
        ("Spiriva inhale contents of 1 cap daily", "1 capsule", "1/day"),
        ("phenobarb 32.4mg ii hs", "2", "1/day"),
        ("Norco 5 i-ii q4-6h prn", "1-2", "every 4-6 hours"),
        ("so I daily check sugar, on metformin 500 mg", None, None),
    ],
)
def test_counts_are_read_whole(annotator: Annotator, text: str, dose: str | None, frequency: str | None) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.dose, drug.frequency) == (dose, frequency)


def test_a_half_tablet_is_of_the_drug_named_next(annotator: Annotator) -> None:
    first, second = annotator.annotate("atenolol 50 mg bid and a half tab of HCTZ 25 mg daily").medications

    assert (first.dose, second.dose) == (None, "0.5 tablet")


@pytest.mark.parametrize(
    ("text", "dose", "frequency"),
    [
        ("metformin 2,000 mg/day in 2 divided doses", "1000 mg", "2/day"),
        ("metformin 1000 mg daily in divided doses bid", "500 mg", "2/day"),
        ("gabapentin 900mg/day in 3 divided doses", "300 mg", "3/day"),
        ("metformin 1500mg total daily (500 tid)", None, "3/day"),
        ("metformin 1000 mg daily, 2 refills", None, "1/day"),
    ],
)
def test_a_total_of_the_day_is_no_single_dose(
    annotator: Annotator, text: str, dose: str | None, frequency: str
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.dose, drug.frequency) == (dose, frequency)


@pytest.mark.parametrize(
    ("text", "dose", "frequency"),
    [
        ("quetiapine 25mg 1 tab bid and 4 tabs hs", "1 tablet bid, 4 tablet bedtime", "3/day"),
        ("gabapentin 300 mg tid plus 600 mg at bedtime", "300 mg tid, 600 mg bedtime", "4/day"),
        ("gabapentin 300 mg tid and 300 mg hs", None, "4/day"),
        ("levothyroxine 75 + 25 mcg daily", "75 mcg + 25 mcg", "1/day"),
        ("Effexor XR 75mg plus 150mg (total 225 mg) qam", "75 mg + 150 mg", "1/day"),
        ("Risperdal 0.5 mg i qam ii qhs", "1 morning, 2 bedtime", "2/day"),
        ("Lasix 40mg in the a.m. and 20mg in the p.m.", "40 mg morning, 20 mg evening", "2/day"),
        (
            "Humalog 10-12-14 units with breakfast lunch dinner",
            "10 unit morning, 12 unit noon, 14 unit evening",
            "3/day",
        ),
        (
            "hydroxychloroquine 200 mg 2 tabs qd Mon-Fri, 1 tab Sat-Sun",
            "2 tablet monday/tuesday/wednesday/thursday/friday, 1 tablet saturday/sunday",
            "1/day",
        ),
        ("warfarin 5 mg x5 days/wk and 7.5 mg x 2 days/wk", "5 mg 5 days a week, 7.5 mg 2 days a week", "1/day"),
        ("warfarin 3 mg odd days, 4 mg even days", "3 mg odd days, 4 mg even days", "1/day"),
        ("lasix 40 mg one day, 20 mg the next", "40 mg alternating with 20 mg", "1/day"),
        ("alternate lasix 20 mg and 40 mg every other day", "20 mg alternating with 40 mg", "1/day"),
        (
            "Coumadin 4mg S/T/Th/Sa, 6 mg M/W/F",
            "4 mg tuesday/thursday/saturday/sunday, 6 mg monday/wednesday/friday",
            "1/day",
        ),
        (
            "warfarin 5mg S,T,Th,S; 7.5 mg M,W,F",
            "5 mg tuesday/thursday/saturday/sunday, 7.5 mg monday/wednesday/friday",
            "1/day",
        ),
        ("Maxzide 37.5/25 mg every other day", None, "0.5/day"),
        ("Advair 250 + 50 mcg bid", None, "2/day"),
    ],
)
def test_a_second_amount_is_kept(annotator: Annotator, text: str, dose: str | None, frequency: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.dose, drug.frequency) == (dose, frequency)


@pytest.mark.parametrize(
    ("text", "as_needed"),
    [
        ("Lasix 40mg 1 tab daily, extra tab prn wt gain", False),
        ("omeprazole daily, extra one prn", False),
        ("metoprolol 25 bid and 25 prn palpitations", False),
        ("morphine 15 mg ER q12h plus 15 mg IR q4h prn", False),
        ("Symbicort 2 puffs bid and 1 puff prn", False),
        ("Vicodin 1 or 2 every 4 to 6 hrs if in pain", True),
        ("Norco 5/325 q6h, 1 tab prn pain", True),
        ("lorazepam 0.5 mg bid prn and 1 mg hs prn", True),
        ("Tylenol 1000 mg bid and prn", True),
        ("Norco 5 mg q.4h. p.r.n.", True),
    ],
)
def test_what_is_added_as_needed_leaves_the_rest_scheduled(annotator: Annotator, text: str, as_needed: bool) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.as_needed is as_needed


@pytest.mark.parametrize(
    ("text", "strength", "dose", "frequency"),
    [
        ("increase Levemir by 4 units to 24 units qhs", None, "24 unit", "1/day"),
        ("change atorvastatin 20 to 40 mg qhs", "40 mg", None, "1/day"),
        ("levothyroxine 100 to 88 mcg daily", "88 mcg", None, "1/day"),
        ("change Lasix 40mg daily to 40 mg bid", "40 mg", None, "2/day"),
        ("HCTZ 25 mg cut in half to 12.5", "12.5 mg", None, None),
        ("lower Lantus from 30 units hs to 25", None, "25 unit", "1/day"),
        ("zoloft 50 to 100 mg in feb", "100 mg", None, None),
        ("Seroquel 25 to 50 mg qhs", "25-50 mg", None, "1/day"),
        ("Hyzaar 100-25 mg daily", "100-25 mg", None, "1/day"),
    ],
)
def test_the_amount_after_a_change(
    annotator: Annotator, text: str, strength: str | None, dose: str | None, frequency: str | None
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.dose, drug.frequency) == (strength, dose, frequency)


@pytest.mark.parametrize(
    ("text", "strength", "dose", "frequency"),
    [
        ("prescribed carvedilol 12.5 mg bid but takes once a day", "12.5 mg", None, "1/day"),
        ("supposed to take gabapentin TID but takes it BID", None, None, "2/day"),
        ("ordered Eliquis bid, takes it once daily", None, None, "1/day"),
        ("lisinopril 20 mg daily on bottle but takes 10 mg", "10 mg", None, "1/day"),
        ("supposed to be on lisinopril 40 mg, taking 20 mg", "20 mg", None, None),
        ("label says 2 tabs gabapentin 300mg tid, takes 1 tab at bedtime", "300 mg", "1 tablet", "1/day"),
        ("prescribed 2 tabs of gabapentin 300 mg bid but takes it once a day", "300 mg", "2 tablet", "1/day"),
        ("lisinopril 10 mg daily but takes 20 mg if bp high", "10 mg", None, "1/day"),
        ("metformin 1000 mg bid but takes it with food", "1000 mg", None, "2/day"),
        ("metformin 500 mg bid, takes 2 tabs", "500 mg", "2 tablet", "2/day"),
    ],
)
def test_what_is_taken_counts_and_not_what_is_ordered(
    annotator: Annotator, text: str, strength: str | None, dose: str | None, frequency: str | None
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.dose, drug.frequency) == (strength, dose, frequency)


def test_an_amount_without_its_unit_is_that_which_is_taken() -> None:
    before, after = as_taken("list says ", " 25 bid, pt takes 50 bid", "list says ")

    assert (before, after.split()) == ("", ["50", "bid"])


def test_needed_now_ends_how_often_it_was_taken(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("was taking ibuprofen 800 tid, now only prn").medications

    assert (drug.as_needed, drug.frequency) == (True, None)


def test_days_are_of_the_drug_that_is_taken_before_another(annotator: Annotator) -> None:
    first, second = annotator.annotate("metolazone 2.5 mg 30 min before lasix on Mon Wed Fri").medications

    assert (first.frequency, second.frequency) == ("3/week", None)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("methotrexate 10mg qw", "1/week"),
        ("MTX 15 mg q.week", "1/week"),
        ("simvastatin 20 mg q.h.s.", "1/day"),
        ("simvastatin 20 mg h.s.", "1/day"),
        ("lisinopril 10 mg q.a.m.", "1/day"),
        ("lisinopril 10 mg q.p.m. Denies dizziness.", "1/day"),
        ("Norco 5 mg q.4h. p.r.n.", "every 4 hours"),
        ("Hyzaar 100-25 1/d", "1/day"),
        ("ibuprofen 400 mg 6 hourly prn", "every 6 hours"),
    ],
)
def test_how_often_in_few_letters(annotator: Annotator, text: str, frequency: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.frequency == frequency


def test_a_list_by_times_of_day_with_dashes(annotator: Annotator) -> None:
    found = annotator.annotate(
        "AM meds - metoprolol 50 mg, aspirin 81 mg, Noon - gabapentin 300mg, HS - simvastatin 20mg"
    )

    assert [one.timing for one in found.medications] == ["morning", "morning", "noon", "bedtime"]
    assert {one.frequency for one in found.medications} == {"1/day"}


def test_grams_of_food_are_no_strength(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("Humalog 1 unit for every 15 grams carbs").medications

    assert (drug.strength, drug.dose) == (None, "1 unit")


@pytest.mark.parametrize(
    ("text", "named", "strength"),
    [
        ("ASA81 daily", "ASA", None),
        ("lisinopril10mg daily", "lisinopril", "10 mg"),
        ("vitamin D 1000IUs bid", "vitamin D", "1000 unit"),
        ("takes B12 daily", "B12", None),
        ("CoQ10 daily", "CoQ10", None),
    ],
)
def test_a_number_may_be_typed_to_the_word_beside_it(
    annotator: Annotator, text: str, named: str, strength: str | None
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.text, drug.strength) == (named, strength)
    assert text[drug.start : drug.end] == named


@pytest.mark.parametrize(
    ("text", "strength", "dose", "frequency"),
    [
        ("warfarin 35 mg/week", None, "35 mg a week", None),
        ("warfarin 5 mg daily, 35 mg/week", "5 mg", None, "1/day"),
        ("warfarin 5 mg once a week", "5 mg", None, "1/week"),
        ("methotrexate 15 mg/week", "15 mg", None, "1/week"),
    ],
)
def test_the_total_of_a_week_is_no_single_dose(
    annotator: Annotator, text: str, strength: str | None, dose: str | None, frequency: str | None
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.dose, drug.frequency) == (strength, dose, frequency)


@pytest.mark.parametrize(
    ("dose", "frequency", "daily_mg"),
    [
        ("50 mg tid, 200 mg bedtime", "4/day", 350),
        ("75 mg + 150 mg", "2/day", 450),
        ("3 mg odd days, 4 mg even days", "1/day", 4),
        ("5 mg 5 days a week, 7.5 mg 2 days a week", "1/day", 7.5),
        ("35 mg a week", None, 5),
        ("40 mg morning, 20 mg evening", "2/day", 60),
    ],
)
def test_amounts_in_words_add_up_to_a_day(dose: str, frequency: str | None, daily_mg: float) -> None:
    assert amount(Sig(dose=dose, frequency=frequency)).daily_mg == pytest.approx(daily_mg)
