"""Medicines beyond plain tablets: insulins, injections, inhalers, drops, patches, liquids, supplements, own brands."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


@pytest.mark.parametrize(
    ("text", "typed", "ingredients"),
    [
        ("Sustenna 234 mg q28 days", "Sustenna", "paliperidone"),
        ("invega sustenaa monthly", "invega sustenaa", "paliperidone"),
        ("neulasta onpro after cycle", "neulasta onpro", "pegfilgrastim"),
        ("gvoke hypopen 1 mg prn", "gvoke hypopen", "glucagon"),
        ("roxi 10 q6h prn", "roxi", "oxycodone"),
        ("hcg 500 iu mwf", "hcg", "chorionic gonadotropin"),
        ("soma 350 prn", "soma", "carisoprodol"),
        ("DHEA 25 daily", "DHEA", "dhea"),
        ("pred acetate 1% OS qid", "pred acetate", "prednisolone"),
        ("ashwagandha ksm-66 600 mg", "ashwagandha ksm-66", "ashwagandha"),
        ("hylands leg cramp tabs", "hylands leg cramp", "homeopathic"),
        ("azo yeast plus", "azo yeast plus", "homeopathic"),
        ("visine red eye prn", "visine red eye", "tetrahydrozoline"),
        ("sinex 12 hr bid", "sinex 12 hr", "oxymetazoline"),
        ("wal-profen prn", "wal-profen", "ibuprofen"),
        ("no doz in am", "no doz", "caffeine"),
        ("gaba supplement hs", "gaba supplement", "gaba supplement"),
        ("yohimbe bark", "yohimbe bark", "yohimbine"),
        ("super beets daily", "super beets", "beet root"),
        ("imodium AD prn", "imodium AD", "loperamide"),
        ("eloquist 5 bid", "eloquist", "apixaban"),
        ("insulin glargeen 20 units", "insulin glargeen", "insulin glargine"),
        ("Abilfy Maintena 400 mg monthly", "Abilfy Maintena", "aripiprazole"),
        ("Depo every 12 weeks", "Depo", "medroxyprogesterone"),
        ("B12 inj qmo", "B12", "vitamin b12"),
    ],
)
def test_names_are_found_whole(annotator: Annotator, text: str, typed: str, ingredients: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.text, "+".join(drug.ingredients)) == (typed, ingredients)
    assert annotator.annotate(text).effects == ()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "app patch installed",
            "Delores has therapeutic INR",
            "iron 65, ferritin 30",
            "went to Home Depot every 2 weeks",
        ),
        *("beta hcg neg", "hCG 25,000 iu/L", "zinc 80, low", "smooth move on her part", "equate 2 tabs bid"),
        *("glucose 180 fasting", "copper level 90", "Libre 2 sensors on backorder", "sharps container given"),
    ],
)
def test_values_devices_and_plain_words_are_no_drug(annotator: Annotator, text: str) -> None:
    assert annotator.annotate(text).medications == ()


@pytest.mark.parametrize(
    ("text", "strength", "dose"),
    [
        ("Advair HFA 115-21 two inh BID", None, "2 puff"),
        ("bup/nal 8-2 films 1.5 daily", None, "1.5 film"),
        ("Flovent 6-8 puffs a day", None, "6-8 puff"),
        ("toujeo 1.5 mL pens, 60 units hs", None, "60 unit"),
        ("Ozempic pen 2mg/3mL, injects 0.25 mg weekly", "2 mg/3mL", "0.25 mg"),
        ("morphine 20 mg/mL, 5 mg (0.25 mL) SL q2h prn", "20 mg/mL", "0.25 mL"),
        ("tylenol 160 mg/5 mL q4h max 4000 mg", "160 mg/5 mL", None),
        ("Humalog in pump, TDD about 48 units", None, None),
        ("clonidine TTS-2 patch weekly", None, None),
        ("miralax 1 cap daily", None, "1 capful"),
        ("debrox drops 5 AU bid", None, "5 drop"),
        ("anusol HC supp 1 pr bid", None, "1 suppository"),
        ("ventolin 2 pufs q6h prn", None, "2 puff"),
        ("azelastine 137 mcg 1-2 sp/nostril BID", "137 mcg", "1-2 spray"),
        (
            "Humulin R 95 units 30 min before breakfast and 60 units before supper",
            None,
            "95 unit morning, 60 unit evening",
        ),
        (
            "Coumadin 3mg SMWF, 4.5 TThSa",
            "3 mg",
            "3 mg monday/wednesday/friday/sunday, 4.5 mg tuesday/thursday/saturday",
        ),
        ("warf 5 mg all days but Fri 2.5", "5 mg", "2.5 mg friday, 5 mg other days"),
        ("hydroxyurea 500 2 caps daily, 3 on wkends", None, "3 capsule saturday/sunday, 2 capsule other days"),
    ],
)
def test_the_amount_taken_at_a_time(annotator: Annotator, text: str, strength: str | None, dose: str | None) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.dose) == (strength, dose)


def test_the_model_of_a_pump_is_no_strength(annotator: Annotator) -> None:
    assert not any(one.strength for one in annotator.annotate("pump is a Medtronic 780G w/ Humalog").medications)


@pytest.mark.parametrize(
    ("text", "frequency"),
    [
        ("climara 0.05 mg/day patch weekly", "1/week"),
        ("estradiol patch 0.1 mg/day twice weekly", "2/week"),
        ("vivelle dot 0.1 twice a week", "2/week"),
        ("norco 7.5 1 tab q6 #120/mo", "every 6 hours"),
        ("jubbonti 60 mg q6m", "every 6 months"),
        ("vyepti 100 mg IV qtr", "every 3 months"),
        ("Tresiba bumped by 2 every 3 days", None),
        ("Premarin cream 1 gram at bedtime twice a week", "2/week"),
        ("miralax a capful in her coffee every morning", "1/day"),
        ("percocet 1 q6 max 4/day", "every 6 hours"),
    ],
)
def test_how_often(annotator: Annotator, text: str, frequency: str | None) -> None:
    assert [one.frequency for one in annotator.annotate(text).medications] == [frequency]


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("vabysmo OD every 12 weeks", "ophthalmic"),
        ("durezol OD: qid x1wk", "ophthalmic"),
        ("metoprolol 25 mg OD every morning", None),
        ("muro 128 oint qhs", "ophthalmic"),
        ("boric acid supp pv hs", "vaginal"),
        ("stadol ns prn", "nasal"),
        ("nasacort 1 squirt each side qam", "nasal"),
        ("glucose gel prn lows", None),
    ],
)
def test_the_route(annotator: Annotator, text: str, route: str | None) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.route == route


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("metrogel vaginal x5 nights", "active"),
        ("afrin spray x 3 days only", "active"),
        ("nuvaring 3 wks in 1 wk out", "active"),
        ("lenalidomide 10mg days 1-21 of 28", "active"),
        ("penicillin VK 500 qid till finished", "active"),
        ("daytrana 20 mg, off after 9 h", "active"),
        ("Nexplanon in left arm", "active"),
        ("Wegovy 0.5mg wkly, next step 1 mg in 2 wks", "active"),
        ("Members Mark omeprazole", "active"),
        ("suprep for colonoscopy", "intended"),
        ("hold Plavix for colonoscopy", "on-hold"),
        ("hold warfarin tonight then back to 5 mg daily", "on-hold"),
        ("finished prednisone 40 mg x 5 d", "completed"),
        ("took prednisone x 5 days in March", "completed"),
        ("doxycycline x 10 days, done", "completed"),
    ],
)
def test_a_course_a_cycle_and_a_place_are_no_end(annotator: Annotator, text: str, status: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.status == status


def test_a_scale_tells_no_purpose(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("corrects with 1 unit humalog for every 30 above 120").medications

    assert (drug.dose, drug.indication) == ("1 unit", None)
