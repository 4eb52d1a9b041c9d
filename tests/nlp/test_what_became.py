"""The dose after something was said in between: what is told later of the drug ends what was told before."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


@pytest.mark.parametrize(
    ("text", "strength", "frequency"),
    [
        ("Metoprolol 50 mg bid makes her tired; back down to 25 mg bid", "25 mg", "2/day"),
        ("Hydralazine caused headaches; she's down to 10 mg tid", "10 mg", "3/day"),
        ("Breathless on Brilinta; stays on 90 mg BID for now", "90 mg", "2/day"),
        ("Amlodipine blamed for ankle swelling; cut from 10 to 5 mg daily", "5 mg", "1/day"),
        ("Lisinopril 20 mg daily. Dizzy on it. Cut to 10 mg daily.", "10 mg", "1/day"),
        ("Metoprolol 50 mg bid; HR 48 at home; PCP cut to 25 mg bid", "25 mg", "2/day"),
        ("Gabapentin made him groggy -> moved to 300 mg hs", "300 mg", "1/day"),
        ("donepezil 10 mg gave him bad dreams at hs -> moved to qam", "10 mg", "1/day"),
        ("sertraline 50 mg; stays up at night", "50 mg", None),
        ("prednisone 5 mg daily; up 10 lb, on 2 L O2", "5 mg", "1/day"),
        ("Xarelto 20 mg daily. BP 120/80. Walks 2 miles daily.", "20 mg", "1/day"),
        ("Effexor 75 mg; HA days 22 -> 9/mo", "75 mg", None),
        ("Herceptin q3wk, LVEF fell to 45%", None, "every 3 weeks"),
    ],
)
def test_the_newest_dose_of_a_drug_is_read(
    annotator: Annotator, text: str, strength: str | None, frequency: str | None
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.strength, drug.frequency) == (strength, frequency)


def test_a_later_dose_is_that_of_the_drug_named_last(annotator: Annotator) -> None:
    first, second = annotator.annotate("Xarelto 20 mg daily; Lasix 40 mg bid. Dizzy. Cut to 20 mg daily.").medications

    assert (first.strength, second.strength, second.frequency) == ("20 mg", "20 mg", "1/day")


@pytest.mark.parametrize(
    ("text", "route", "frequency"),
    [
        ("B12 changed from monthly IM to 1000 mcg po daily", "oral", "1/day"),
        ("methotrexate switched from oral to SQ 15 mg weekly", "subcutaneous", "1/week"),
        ("metoprolol changed from bid to daily", None, "1/day"),
    ],
)
def test_a_new_way_of_taking_it_ends_the_old_one(
    annotator: Annotator, text: str, route: str | None, frequency: str
) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.route, drug.frequency) == (route, frequency)


@pytest.mark.parametrize(
    "text", ["Tricare denied it again", "on BiPAP at night", "Omnipod 5 basal 0.9 units/h", "BiV pacing 97%, no shocks"]
)
def test_devices_and_insurers_are_no_drugs_and_no_symptoms(annotator: Annotator, text: str) -> None:
    found = annotator.annotate(text)

    assert not found.medications
    assert not found.effects


@pytest.mark.parametrize("what", ["EF", "LVEF", "hemoglobin", "platelets", "weight", "eGFR", "potassium"])
def test_a_value_that_fell_is_no_fall(annotator: Annotator, what: str) -> None:
    assert not [one for one in annotator.annotate(f"{what} fell to 45 in May").effects if one.concept == "fall"]
    assert annotator.annotate("fell in May").effects[0].concept == "fall"


@pytest.mark.parametrize("denial", ["ain't got", "don't have", "she doesn't have", "hasn't got"])
def test_no_within_a_denial_is_no_denial(annotator: Annotator, denial: str) -> None:
    (effect,) = annotator.annotate(f"{denial} no appetite").effects

    assert (effect.concept, effect.negated) == ("decreased appetite", False)


@pytest.mark.parametrize(
    ("text", "drugs"), [("tremor prob lithium (lvl 1.4)", 1), ("lithium lvl 1.4, K (level 5.1)", 0)]
)
def test_a_drug_with_its_level_in_brackets_is_a_drug(annotator: Annotator, text: str, drugs: int) -> None:
    assert len(annotator.annotate(text).medications) == drugs


@pytest.mark.parametrize(
    ("text", "route", "frequency"),
    [
        ("testosterone gel 2 pumps qam", "topical", "1/day"),
        ("estradiol cream 2 times a week", "topical", "2/week"),
        ("fentanyl 25 mcg/hr 1 patch q72h", "transdermal", "every 72 hours"),
        ("Lyrica 75 mg caps bid bumped to 150 mg bid", "oral", "2/day"),
    ],
)
def test_counts_of_a_form_are_no_laboratory_values(annotator: Annotator, text: str, route: str, frequency: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.route, drug.frequency) == (route, frequency)
