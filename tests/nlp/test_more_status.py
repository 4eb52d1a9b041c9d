"""Whether a drug is taken, and by whom: what is said in a form that leaves no doubt, and what only looks like it."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


def _statuses(annotator: Annotator, text: str) -> list[str]:
    return [one.status for one in annotator.annotate(text).medications]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Allergies: NKDA. Current meds: Norvasc 5, Zocor 20", ["active", "active"]),
        ("All: PCN. Meds: lisinopril, Zocor", ["allergy", "active", "active"]),
        ("allergies: none. meds: Zocor", ["active"]),
        ("Allergies: codeine. PMH: HTN. Meds: Norvasc", ["allergy", "active"]),
        ("Meds: Norvasc. Allergies: PCN, sulfa", ["active", "allergy", "allergy"]),
        ("Stopped: Zocor. Current: Lipitor", ["stopped", "active"]),
        ("Allergies: PCN, sulfa, codeine", ["allergy", "allergy", "allergy"]),
        ("Allergies: PCN; Meds: see list", ["allergy"]),
        ("Allergies: PCN Current meds: Norvasc", ["allergy", "active"]),
        ("Allergies: NKDA. On Lipitor and Zocor", ["active", "active"]),
        ("Allergies: NKDA except PCN", ["allergy"]),
    ],
)
def test_a_heading_holds_to_the_next_one_of_the_line(annotator: Annotator, text: str, statuses: list[str]) -> None:
    assert _statuses(annotator, text) == statuses


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Allergic rhinitis, Allegra 180 daily", "active"),
        ("Allergic asthma, Singulair 10 mg hs", "active"),
        ("Perennial allergic rhinitis - Nasonex", "active"),
        ("Seasonal allergies: Claritin 10 mg daily", "active"),
        ("Allergies: takes Claritin prn", "active"),
        ("Allergies controlled w/ Claritin", "active"),
        ("for allergies: Zyrtec", "active"),
        ("allergy to cats, Claritin daily", "active"),
        ("no allergy to sulfa", "unknown"),
        ("not allergic to codeine", "unknown"),
        ("denies any allergy to latex or iodine", "unknown"),
        ("allergic to Zyrtec 10 mg", "allergy"),
        ("Allergies: Zyrtec", "allergy"),
        ("Allergies: Benadryl (hyper)", "allergy"),
    ],
)
def test_what_treats_allergies_is_no_allergy(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


def test_all_that_treats_allergies_in_a_list_is_taken(annotator: Annotator) -> None:
    assert _statuses(annotator, "Allergies - Zyrtec 10 mg daily, Flonase") == ["active", "active"]
    assert _statuses(annotator, "Claritin for allergies, allergic to sulfa") == ["active", "allergy"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Didn't take Lasix this AM due to appt", "active"),
        ("hasn't had his metoprolol yet today", "active"),
        ("skipped insulin this am, npo for labs", "active"),
        ("no Lantus last night, fell asleep", "active"),
        ("did not take am dose of Coreg today", "active"),
        ("no metformin x 2 days for contrast CT", "on-hold"),
        ("no insulin yesterday or today, ran out", "not-taken"),
        ("hasn't taken Norvasc in a month", "stopped"),
    ],
)
def test_one_dose_missed_is_no_end(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("everything stopped except metoprolol", "active"),
        ("not taking any meds other than Tylenol", "active"),
        ("stopped all meds but the Synthroid", "active"),
        ("all meds held except Keppra", "active"),
        ("Takes all meds but Lipitor", "not-taken"),
        ("takes all her pills except for the Lasix", "not-taken"),
        ("home meds resumed except metformin (contrast)", "on-hold"),
        ("continue all home meds except lisinopril", "stopped"),
        ("takes all meds in am except Lipitor at hs", "active"),
        ("takes everything except Lipitor, stopped it for cramps", "stopped"),
        ("takes all meds w/ food except Synthroid", "active"),
    ],
)
def test_the_one_excepted_is_the_other_way_round(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Has been off all opioids including Norco for 6 months", "stopped"),
        ("d/c all sedatives incl. Ativan and Ambien", "stopped"),
        ("stopped all pain meds (Norco, tramadol)", "stopped"),
        ("held all BP meds including Norvasc", "on-hold"),
        ("avoids NSAIDs like Advil", "not-taken"),
        ("refused AM meds x 3 incl. Lexapro", "active"),
    ],
)
def test_a_member_shares_what_is_said_of_its_kind(annotator: Annotator, text: str, status: str) -> None:
    assert set(_statuses(annotator, text)) == {status}


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("was on Celexa and then Effexor", ["stopped", "stopped"]),
        ("used to take Prilosec, before that Zantac", ["stopped", "stopped"]),
        ("was on HRT in her 50s, Premarin she thinks", ["stopped", "stopped"]),
        ("was on a statin years ago, thinks it was Zocor", ["stopped", "stopped"]),
        ("was on Zoloft, then Paxil, now Lexapro", ["stopped", "stopped", "active"]),
        ("was on lisinopril then losartan 50 mg daily", ["stopped", "active"]),
        ("was on warfarin and then Eliquis, which she still takes", ["stopped", "active"]),
        ("takes a BP pill, Norvasc she thinks", ["active", "active"]),
    ],
)
def test_the_past_is_carried_on(annotator: Annotator, text: str, statuses: list[str]) -> None:
    assert _statuses(annotator, text) == statuses


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Took first dose of Ozempic Sunday, queasy", "active"),
        ("Repatha first injection given in clinic today", "active"),
        ("got her first Prolia shot Monday", "active"),
        ("first dose of Ozempic is Sunday", "intended"),
        ("will take first dose of Ozempic Sunday", "intended"),
        ("got the second Shingrix in March", "completed"),
        ("took first dose of Lexapro, stopped, nausea", "stopped"),
        ("will finish Augmentin on Friday", "active"),
        ("finishes her Keflex tomorrow", "active"),
        ("last dose of Keflex is tonight", "active"),
        ("last dose of Keflex was yesterday", "completed"),
        ("last dose of Eliquis Friday before surgery", "completed"),
        ("will wean off Effexor starting next week", "active"),
        ("rec deprescribing omeprazole - pt agreeable, will taper", "active"),
    ],
)
def test_what_began_or_is_still_to_end_is_taken(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("pt chose not to buy Sudafed", "not-taken"),
        ("elected not to start Crestor", "not-taken"),
        ("will not be starting Ozempic", "not-taken"),
        ("does not plan to fill Ambien", "not-taken"),
        ("elects not to continue Lipitor", "stopped"),
        ("MiraLAX 17 g daily in coffee - not doing it, forgets", "not-taken"),
        ("waiting on specialty pharmacy for Dupixent", "not-taken"),
        ("couldn't get the Mounjaro, shortage", "not-taken"),
        ("couldn't get Ozempic to work", "active"),
        ("threw the Rx for Lexapro away", "not-taken"),
        ("no fill of Xarelto since April, pt states using samples", "active"),
        ("has not refilled Norvasc, still has plenty left", "active"),
        ("no fill of Norvasc since May", "not-taken"),
        ("no fill of Eliquis since March, pt stopped it", "stopped"),
    ],
)
def test_declined_not_had_and_filled_elsewhere(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


def test_what_is_offered_after_a_refusal_is_not_taken(annotator: Annotator) -> None:
    text = "refuses statins, has been offered rosuvastatin 3 times"

    assert _statuses(annotator, text) == ["not-taken", "not-taken"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("asks if ok to take her Fosamax with coffee", "active"),
        ("asks if safe to take her neighbor's Xanax", "unknown"),
        ("pt doesn't want to be on Lipitor anymore", "active"),
        ("no longer wants to be on Prilosec", "active"),
        ("nurse holds metoprolol if SBP < 100", "active"),
        ("Metoprolol 25 mg bid, hold for SBP <100", "active"),
        ("hold digoxin for HR <60", "active"),
        ("Hold Coreg if HR < 55", "active"),
        ("hold metoprolol for HR 48", "on-hold"),
        ("held metoprolol for HR < 50 yesterday", "on-hold"),
    ],
)
def test_asked_wished_and_held_only_below_a_limit(annotator: Annotator, text: str, status: str) -> None:
    assert _statuses(annotator, text) == [status]


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("Tradjenta in place of Januvia per insurance", ["active", "stopped"]),
        ("warfarin stopped on change to apixaban", ["stopped", "active"]),
        ("lisinopril dc'd with switch to losartan", ["stopped", "active"]),
        ("med rec: Neurontin 300 tid y, Flexeril n", ["active", "not-taken"]),
        ("Zocor: yes; Coreg: no", ["active", "not-taken"]),
        ("Zocor: no cramps", ["active"]),
        ("atorvastatin on hold while on Mavyret, resume after wk 8", ["on-hold", "active"]),
        ("nicotine patch 14 mg, itchy where it sits so he took it off for now", ["on-hold"]),
        ("imatanib copay down to $10 w/ the card", ["active"]),
        ("Truvada for PrEP 1 po qd, last HIV test neg 5/12", ["active"]),
        ("thought Lopressor and metoprolol were different, took both", ["active", "active"]),
    ],
)
def test_what_became_of_each(annotator: Annotator, text: str, statuses: list[str]) -> None:
    assert _statuses(annotator, text) == statuses


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Pt caring for spouse who takes Aricept and Namenda", "other"),
        ("cares for wife on Aricept", "other"),
        ("lives w/ son, he takes Suboxone", "other"),
        ("shares a pillbox with husband, who takes Coreg", "other"),
        ("Karen herself is on Wegovy", "other"),
        ("caregiver herself is on Zoloft", "other"),
        ("Pt herself is on Zoloft", "patient"),
        ("lives with wife, on Lipitor", "patient"),
        ("lives with son who manages her Norvasc", "patient"),
        ("lives with daughter, she manages meds, on Norvasc", "patient"),
        ("cares for mother with dementia, on Zoloft", "patient"),
        ("family hx of depression, on Zoloft 50", "patient"),
        ("lives with mom who takes care of her Lantus", "patient"),
        ("mother: brought bottles, Norvasc 5", "patient"),
        ("wife nervous to give Lantus", "patient"),
    ],
)
def test_whose_drug_it_is(annotator: Annotator, text: str, subject: str) -> None:
    assert {one.subject for one in annotator.annotate(text).medications} == {subject}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("strong FHx of depression", "other"),
        ("FH + for migraines", "other"),
        ("family hx of depression", "other"),
        ("mother: dizzy on HCTZ", "other"),
        ("caring for sister w/ nausea from chemo", "other"),
        ("pt's son anxious about mom's meds", "other"),
        ("caregiver tired, 'I haven't slept a full night in a year'", "other"),
        ("mother: she's dizzy on HCTZ", "patient"),
        ("Daughter: dizzy since Norvasc", "patient"),
        ("daughter worried about dizziness", "patient"),
        ("husband upset with constipation from Norco", "patient"),
        ("Daughter holding his trazadone, 'too drowsy on it'", "patient"),
        ("cares for mother with dementia, feels down", "patient"),
    ],
)
def test_whose_symptom_it_is(annotator: Annotator, text: str, subject: str) -> None:
    assert {one.subject for one in annotator.annotate(text).effects} == {subject}
