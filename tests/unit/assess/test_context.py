"""What the patient's facts make of a rule: route, dose, laboratory values, conditions, protection, status."""

from __future__ import annotations

from dataclasses import replace

from consult.assess import assess
from consult.domain.alert import Alert, Factor, Unchecked
from consult.domain.facts import Facts
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Lab
from consult.knowledge.tables import Knowledge


def drug(name: str, *ingredients: str, sig: Sig | None = None) -> Medication:
    return Medication(f"med:{name}", name, ingredients or (name,), sig=sig or Sig(route="oral"), review="confirmed")


def alert_between(facts: Facts, knowledge: Knowledge, *words: str) -> Alert | None:
    found = [alert for alert in assess(facts, knowledge).alerts if set(words) <= set(alert.between)]
    return found[0] if found else None


def test_title_names_the_products_of_the_patient(knowledge: Knowledge) -> None:
    facts = Facts(age=70, medications=(drug("Eliquis", "apixaban"), drug("Aleve", "naproxen")))

    alert = alert_between(facts, knowledge, "apixaban", "naproxen")

    assert alert is not None
    assert alert.title == "Eliquis + Aleve: bleeding risk"
    assert alert.id == "interaction:apixaban+naproxen"
    assert alert.medications == ("med:Eliquis", "med:Aleve")


def test_topical_nsaid_raises_no_bleeding_alert_with_warfarin(knowledge: Knowledge) -> None:
    gel = drug("Voltaren gel", "diclofenac", sig=Sig(route="topical"))

    assert alert_between(Facts(medications=(drug("warfarin"), gel)), knowledge, "warfarin", "diclofenac") is None


def test_eye_drops_with_a_beta_blocker_still_count_in_asthma(knowledge: Knowledge) -> None:
    facts = Facts(conditions=("asthma",), medications=(drug("Timoptic", "timolol", sig=Sig(route="ophthalmic")),))

    alert = alert_between(facts, knowledge, "asthma", "timolol")

    assert alert is not None
    assert alert.indicator == "critical"


def test_known_low_dose_of_simvastatin_with_amlodipine_is_only_information(knowledge: Knowledge) -> None:
    amlodipine = drug("amlodipine")
    low = drug("simvastatin", sig=Sig(strength="20 mg", route="oral", frequency="1/day"))
    high = drug("simvastatin", sig=Sig(strength="40 mg", route="oral", frequency="1/day"))

    levels = [
        alert.indicator if alert else ""
        for statin in (low, drug("simvastatin"), high)
        for alert in [alert_between(Facts(medications=(statin, amlodipine)), knowledge, "simvastatin", "amlodipine")]
    ]

    assert levels == ["info", "warning", "critical"]


def test_high_potassium_makes_spironolactone_with_lisinopril_critical(knowledge: Knowledge) -> None:
    pair = Facts(medications=(drug("lisinopril"), drug("spironolactone")))
    high = replace(pair, labs=(Lab("potassium", 5.7),))

    without, with_lab = (alert_between(facts, knowledge, "lisinopril", "spironolactone") for facts in (pair, high))

    assert without is not None
    assert with_lab is not None
    assert (without.indicator, with_lab.indicator) == ("warning", "critical")
    assert Factor("potassium", "not known", "missing") in without.factors
    assert Factor("potassium", "5.7", "raises") in with_lab.factors


def test_stomach_protection_lowers_an_nsaid_with_an_ssri(knowledge: Knowledge) -> None:
    pair = (drug("sertraline"), drug("ibuprofen"))

    bare = alert_between(Facts(medications=pair), knowledge, "sertraline", "ibuprofen")
    covered = alert_between(Facts(medications=(*pair, drug("omeprazole"))), knowledge, "sertraline", "ibuprofen")

    assert bare is not None
    assert covered is not None
    assert (bare.indicator, covered.indicator) == ("warning", "info")


def test_opioid_with_gabapentin_is_graver_from_sixty_five(knowledge: Knowledge) -> None:
    pair = (drug("oxycodone"), drug("gabapentin"))

    levels = [
        alert.indicator if alert else ""
        for age in (50, 65)
        for alert in [alert_between(Facts(age=age, medications=pair), knowledge, "oxycodone", "gabapentin")]
    ]

    assert levels == ["warning", "critical"]


def test_planned_medication_is_checked_and_said_to_be_planned(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("warfarin"), replace(drug("ibuprofen"), status="intended")))

    alert = alert_between(facts, knowledge, "warfarin", "ibuprofen")

    assert alert is not None
    assert Factor("ibuprofen", "planned", "neutral") in alert.factors


def test_unclear_row_lowers_the_indicator_by_one(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("warfarin"), replace(drug("ibuprofen"), status="unknown")))

    alert = alert_between(facts, knowledge, "warfarin", "ibuprofen")

    assert alert is not None
    assert alert.indicator == "warning"


def test_stopped_row_raises_no_alert(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("warfarin"), replace(drug("ibuprofen"), status="stopped")))

    assert alert_between(facts, knowledge, "warfarin", "ibuprofen") is None


def test_fluoxetine_acts_for_five_weeks_after_it_was_stopped(knowledge: Knowledge) -> None:
    stopped = replace(drug("fluoxetine"), status="stopped", last_fill="2026-10-10")
    facts = Facts(medications=(drug("phenelzine"), stopped))

    within = alert_between(replace(facts, today="2026-11-01"), knowledge, "phenelzine", "fluoxetine")
    after = alert_between(replace(facts, today="2027-01-01"), knowledge, "phenelzine", "fluoxetine")
    undated = alert_between(
        Facts(medications=(drug("phenelzine"), replace(stopped, last_fill="")), today="2027-01-01"),
        knowledge,
        "phenelzine",
        "fluoxetine",
    )

    assert within is not None
    assert within.indicator == "critical"
    assert after is None
    assert undated is not None
    assert ("stop date", "missing") in {(factor.name, factor.effect) for factor in undated.factors}


def test_misspelt_proposal_is_not_checked_but_listed(knowledge: Knowledge) -> None:
    fuzzy = replace(drug("ibuprofin", "ibuprofen"), match="fuzzy", review="proposed")

    result = assess(Facts(medications=(drug("warfarin"), fuzzy)), knowledge)

    assert result.not_checked == (Unchecked("ibuprofin", "to be confirmed"),)
    assert result.checked == 1
    assert not any("ibuprofen" in alert.between for alert in result.alerts)


def test_drug_without_safety_data_is_named_as_not_checked(knowledge: Knowledge) -> None:
    result = assess(Facts(medications=(drug("Zyxomab", "zyxomab"),)), knowledge)

    assert result.checked == 0
    assert result.not_checked == (Unchecked("Zyxomab", "no safety data for zyxomab"),)


def test_acetaminophen_is_summed_over_products(knowledge: Knowledge) -> None:
    tylenol = drug("Tylenol", "acetaminophen", sig=Sig(strength="500 mg", dose="2 tablet", frequency="4/day"))
    norco = drug("Norco", "acetaminophen", "hydrocodone", sig=Sig(strength="5/325 mg", frequency="4/day"))

    alone = alert_between(Facts(medications=(tylenol,)), knowledge, "acetaminophen", "dose")
    both = alert_between(Facts(medications=(tylenol, norco)), knowledge, "acetaminophen", "dose")

    assert alone is not None
    assert alone.indicator == "warning"
    assert both is not None
    assert both.indicator == "critical"
    assert both.factors[0].value == "5300 mg a day"


def test_amounts_that_differ_over_the_day_are_summed_and_by_weekday_the_most_counts(knowledge: Knowledge) -> None:
    def told(dose: str, strength: str | None = None) -> str | None:
        tylenol = drug("Tylenol", "acetaminophen", sig=Sig(strength=strength, dose=dose, frequency="1/day"))
        alert = alert_between(Facts(medications=(tylenol,)), knowledge, "acetaminophen", "dose")
        return alert.factors[0].value if alert else None

    assert told("3 tablet morning, 3 tablet noon, 3 tablet bedtime", "500 mg") == "4500 mg a day"
    assert told("1500 mg 8 am, 1500 mg 2 pm, 1300 mg bedtime") == "4300 mg a day"
    assert told("1000 mg morning, 500 mg evening") is None
    assert told("2000 mg monday, 4500 mg other days") == "4500 mg a day"


def test_daily_methotrexate_is_critical(knowledge: Knowledge) -> None:
    daily = drug("methotrexate", sig=Sig(strength="2.5 mg", frequency="1/day"))
    weekly = drug("methotrexate", sig=Sig(strength="15 mg", frequency="1/week"))

    found = [alert_between(Facts(medications=(row,)), knowledge, "methotrexate", "dose") for row in (daily, weekly)]

    assert found[0] is not None
    assert found[0].indicator == "critical"
    assert found[1] is None


def test_old_inr_is_a_warning_and_unknown_inr_is_named(knowledge: Knowledge) -> None:
    warfarin = Facts(medications=(drug("warfarin"),), today="2026-11-01")

    unknown = alert_between(warfarin, knowledge, "inr", "warfarin")
    old = alert_between(replace(warfarin, labs=(Lab("inr", 2.4, at="2026-05-01"),)), knowledge, "inr", "warfarin")
    fresh = alert_between(replace(warfarin, labs=(Lab("inr", 2.4, at="2026-10-20"),)), knowledge, "inr", "warfarin")

    assert unknown is not None
    assert (unknown.kind, unknown.indicator) == ("monitoring", "info")
    assert old is not None
    assert old.indicator == "warning"
    assert fresh is None


def test_kidney_stage_stands_in_for_a_missing_egfr(knowledge: Knowledge) -> None:
    facts = Facts(conditions=("chronic kidney disease stage 4",), medications=(drug("metformin"),))

    alert = alert_between(facts, knowledge, "metformin", "renal")

    assert alert is not None
    assert alert.indicator == "critical"
    assert "from: chronic kidney disease stage 4" in alert.factors[0].value


def test_three_sedatives_make_one_card(knowledge: Knowledge) -> None:
    facts = Facts(age=50, medications=(drug("oxycodone"), drug("alprazolam"), drug("gabapentin")))

    cards = [alert for alert in assess(facts, knowledge).alerts if {"oxycodone", "alprazolam"} <= set(alert.between)]

    assert len(cards) == 1
    assert cards[0].indicator == "critical"


def test_combination_product_makes_one_card_with_a_partner(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("Entresto", "sacubitril", "valsartan"), drug("spironolactone")))

    cards = [alert for alert in assess(facts, knowledge).alerts if "spironolactone" in alert.between]

    assert [card.between for card in cards if card.kind == "interaction"] == [
        ("sacubitril", "spironolactone", "valsartan")
    ]


def test_gravest_card_comes_first(knowledge: Knowledge) -> None:
    facts = Facts(
        age=80,
        medications=(drug("zolpidem"), drug("levothyroxine"), drug("calcium"), drug("warfarin"), drug("naproxen")),
    )

    indicators = [alert.indicator for alert in assess(facts, knowledge).alerts]

    assert indicators == sorted(indicators, key=["critical", "warning", "info"].index)
    assert indicators[0] == "critical"


def test_words_behind_no_known_allergies_match_nothing(knowledge: Knowledge) -> None:
    facts = Facts(allergies=("NKDA", "none"), medications=(drug("amoxicillin"),))

    assert [alert for alert in assess(facts, knowledge).alerts if alert.kind == "allergy"] == []


def test_words_of_a_card_name_every_partner_of_the_drug(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("warfarin"), drug("Bayer", "aspirin"), drug("Advil", "ibuprofen")))

    alert = alert_between(facts, knowledge, "warfarin", "aspirin", "ibuprofen")

    assert alert is not None
    assert "Advil" in alert.why
    assert "Bayer" in alert.why


def test_partners_that_are_harmless_together_share_no_card(knowledge: Knowledge) -> None:
    tablets = Facts(medications=(drug("levothyroxine"), drug("calcium"), drug("iron")))
    expecting = Facts(conditions=("pregnancy",), medications=(drug("lisinopril"), drug("warfarin")))

    cards = [alert.between for alert in assess(tablets, knowledge).alerts if alert.indicator != "info"]
    conditions = [alert.between for alert in assess(expecting, knowledge).alerts if alert.kind == "condition"]

    assert cards == [("calcium", "levothyroxine"), ("iron", "levothyroxine")]
    assert conditions == [("lisinopril", "pregnancy"), ("pregnancy", "warfarin")]


def test_doubled_drugs_share_a_card_only_where_each_doubles_all_others(knowledge: Knowledge) -> None:
    facts = Facts(medications=(drug("insulin glargine"), drug("insulin lispro"), drug("insulin aspart")))

    cards = [alert.between for alert in assess(facts, knowledge).alerts if alert.kind == "duplication"]

    assert cards == [("insulin aspart", "insulin lispro")]


def test_each_rule_of_a_merged_card_speaks_of_its_own_drugs(knowledge: Knowledge) -> None:
    facts = Facts(
        age=70, medications=(drug("Oxy", "oxycodone"), drug("Xanax", "alprazolam"), drug("Neurontin", "gabapentin"))
    )

    alert = alert_between(facts, knowledge, "oxycodone", "alprazolam", "gabapentin")

    assert alert is not None
    assert "Oxy with Xanax can stop breathing." in alert.why
    assert "Oxy with Neurontin can slow breathing" in alert.why


def test_brand_beside_its_generic_is_graver_than_two_strengths_of_one_name(knowledge: Knowledge) -> None:
    def level(first: str, second: str, ingredient: str) -> str:
        rows = (drug(first, ingredient), replace(drug(second, ingredient), id="med:second"))
        alert = next(a for a in assess(Facts(medications=rows), knowledge).alerts if a.kind == "duplication")
        return alert.indicator

    assert level("Synthroid", "levothyroxine", "levothyroxine") == "critical"
    assert level("levothyroxine", "levothyroxine", "levothyroxine") == "info"
    assert level("Lantus", "Basaglar", "insulin glargine") == "critical"


def test_long_acting_beside_short_acting_opioid_is_information(knowledge: Knowledge) -> None:
    def level(first: str, second: str, ingredient: str) -> str:
        rows = (drug(first, ingredient), replace(drug(second, ingredient), id="med:second"))
        alert = next(a for a in assess(Facts(medications=rows), knowledge).alerts if a.kind == "duplication")
        return alert.indicator

    assert level("OxyContin", "oxycodone", "oxycodone") == "info"
    assert level("Percocet", "Roxicodone", "oxycodone") == "critical"


def test_one_herb_with_several_of_a_kind_makes_one_card(knowledge: Knowledge) -> None:
    drugs = (drug("sertraline"), drug("tramadol"), drug("St. John's wort", "st. john's wort"))

    cards = [one for one in assess(Facts(age=50, medications=drugs), knowledge).alerts if one.kind == "food_herb"]

    assert [card.between for card in cards] == [("sertraline", "st. john's wort", "tramadol")]
    assert cards[0].why == "St. John's wort raises serotonin on top of sertraline and tramadol."


def test_harmless_partner_of_one_drink_stays_out_of_its_card(knowledge: Knowledge) -> None:
    drugs = (drug("oxycodone"), drug("alprazolam"), drug("metformin"), drug("wine", "alcohol"))

    cards = [one for one in assess(Facts(age=50, medications=drugs), knowledge).alerts if one.kind == "food_herb"]

    assert [(card.indicator, card.between) for card in cards] == [
        ("critical", ("alcohol", "alprazolam", "oxycodone")),
        ("warning", ("alcohol", "metformin")),
    ]


def test_food_that_the_label_rules_out_is_asked_about_one_step_lower(knowledge: Knowledge) -> None:
    alone = Facts(age=40, medications=(drug("Parnate", "tranylcypromine"),))
    eaten = replace(alone, medications=(*alone.medications, drug("aged cheese")))

    asked = alert_between(alone, knowledge, "tranylcypromine", "tyramine")
    told = alert_between(eaten, knowledge, "tranylcypromine", "aged cheese")

    assert asked is not None
    assert told is not None
    assert (asked.indicator, told.indicator) == ("warning", "critical")
    assert asked.factors == (Factor("tyramine", "not known", "missing"),)
    assert alert_between(eaten, knowledge, "tranylcypromine", "tyramine") is None


def test_egfr_that_a_diagnosis_implies_is_not_told_as_measured(knowledge: Knowledge) -> None:
    rows = tuple(Medication(f"med:{name}", name, (name,), review="confirmed") for name in ("ibuprofen", "lisinopril"))

    alerts = assess(Facts(age=60, conditions=("ckd stage 3",), medications=rows), knowledge).alerts

    told = {factor.value for alert in alerts for factor in alert.factors if factor.name == "egfr"} - {"not known"}
    assert told
    assert all(value.startswith("at most 59") and value.endswith("from: ckd stage 3") for value in told)
