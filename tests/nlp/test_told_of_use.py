"""What a line tells of the use of a drug: stopped and taken again, only asked for, another's, left out."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        # taken again
        ("stopped Celexa cold turkey in July, restarted 2 wks ago at 10", ["active"]),
        ("quit Zetia over the summer, taking it again since Oct", ["active"]),
        ("came off Lexapro while pregnant, back on since delivery", ["active"]),
        ("ran out of Coreg for 2 wks, now back on", ["active"]),
        ("gave up Wegovy at xmas, giving it another try", ["active"]),
        ("Xarelto held for ablation, resumed POD1", ["active"]),
        ("stopped lisinopril 2 wks ago, restarted losartan Mon", ["stopped", "active"]),
        ("stopped Crestor, restarted in Jan then quit again in March", ["stopped"]),
        ("metformin stopped, may be restarted if cr improves", ["stopped"]),
        ("Farxiga paused for colonoscopy 5/9, back on 5/11", ["on-hold"]),
        ("held the Plavix for my colonoscopy, back on it when they call", ["on-hold"]),
        # to be taken again
        ("plans to get back on Chantix after new year", ["intended"]),
        ("told she can get back on Eliquis Monday", ["intended"]),
        ("asks if she can go back on Celebrex", ["unknown"]),
        ("pcp put her back on Norvasc", ["active"]),
        # a stop that is only thought of
        ("talked about stopping asa, will ask cards", ["active"]),
        ("md weighing d/c of amiodarone", ["active"]),
        ("deciding whether to quit Humira", ["active"]),
        ("considering a drug holiday from Actonel", ["active"]),
        ("MD discussed stopping aspirin and she has stopped", ["stopped"]),
        ("decided to stop Paxil", ["stopped"]),
        # what begins beside what is taken
        ("tomorrow adding Farxiga to metformin", ["intended", "active"]),
        ("takes Allegra, tomorrow starts Nasonex", ["active", "intended"]),
        ("on Trulicity; tomorrow she switches to Mounjaro", ["active", "intended"]),
        ("stop Benadryl, use Claritin", ["stopped", "intended"]),
        # not taken, not to be had
        ("Norvasc and Diovan on MAR, pt takes neither", ["not-taken", "not-taken"]),
        ("neither Aricept nor Namenda filled", ["not-taken", "not-taken"]),
        ("not currently taking Flonase", ["not-taken"]),
        ("not keen on starting insulin", ["not-taken"]),
        ("Humana requires fail of statins before Repatha", ["active", "not-taken"]),
        ("Dulera on back order, none for 3 wks", ["stopped"]),
        ("Trulicity shortage, going without x 1 month", ["stopped"]),
        ("Imitrex prn, none since May", ["active"]),
        ("Jardiance samples from cardiology only, no rx on file", ["active"]),
        ("Basaglar no longer preferred, plan making her go to Semglee in Jan", ["active", "intended"]),
        # over
        ("h/o failing Topamax", ["stopped"]),
        ("remote hx of lithium", ["stopped"]),
        ("used to be a heavy Excedrin user", ["stopped"]),
        ("Lexapro trial 2022 - no benefit", ["stopped"]),
        ("got Pneumovax 3 yrs ago", ["completed"]),
        ("neighbor gave her ambien one night", ["completed"]),
        # asked, planned, only in a case
        ("should I take my Coumadin tonight?", ["active"]),
        ("does she take her Eliquis?", ["unknown"]),
        ("PLAN: no ambien nightly", ["active"]),
        ("watch for bleeding if Advil is added", ["unknown"]),
        ("pt will call back re Cymbalta", ["unknown"]),
        ("prescribed Lasix bid but takes it once", ["active"]),
        ("what if she just stopped Paxil?", ["active"]),
        ("neighbor lady says to try Prevagen", ["unknown"]),
        ("PCP told her to try melatonin", ["intended"]),
        ("heard metformin is bad for kidneys, on 1000 bid", ["active"]),
        ("lost Medicaid, no meds incl lisinopril since March", ["stopped"]),
        ("no meds except Synthroid since March", ["active"]),
        ("not even on max dose of Coreg", ["active"]),
    ],
)
def test_status(annotator: Annotator, text: str, statuses: list[str]) -> None:
    assert [one.status for one in annotator.annotate(text).medications] == statuses


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Wife smokes too, she's on chantix", ["other"]),
        ("hubby snores, he uses Ambien", ["other"]),
        ("husband passed last yr, she's on Lexapro", ["patient"]),
        ("wife's hip hurts, so she's late bringing his Baclofen", ["patient"]),
        ("husband (also our pt) on Tikosyn 500 bid", ["other"]),
        ("picks up dad's Eliquis plus her own Lexapro", ["other", "patient"]),
        ("vet gave the dog tramadol", ["other"]),
        ("gives her cat methimazole bid", ["other"]),
        ("feeds the cat, takes Synthroid", ["patient"]),
        ("has a dog, takes Claritin", ["patient"]),
        ("seeing cats on the sofa since pramipexole", ["patient"]),
        ("takes care of grandson, gives him Zyrtec", ["other"]),
        ("uses her daughter's pill splitter for Coreg", ["patient"]),
        ("wife makes me take the Metamucil", ["patient"]),
        ("her boss is on Ozempic", ["other"]),
        ("husband would like her Ativan lowered", ["patient"]),
    ],
)
def test_whose_drug(annotator: Annotator, text: str, subjects: list[str]) -> None:
    assert [one.subject for one in annotator.annotate(text).medications] == subjects


@pytest.mark.parametrize("text", ["took sister's Valium, felt dizzy", "borrowed his wife's tramadol twice, dizzy"])
def test_what_anothers_drug_does_is_the_patients(annotator: Annotator, text: str) -> None:
    found = annotator.annotate(text)
    assert [one.subject for one in found.medications] == ["other"]
    assert [one.subject for one in found.effects] == ["patient"]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("ask PCP re lowering amlodipine to 5 mg", None),
        ("fax to md: request decrease sertraline from 100 mg to 50 mg", "100 mg"),
        ("would like to try cutting Lipitor 40 mg to 20 mg", "40 mg"),
        ("wants her Xanax increased to 1 mg tid", None),
        ("will ask about raising Coreg to 12.5 mg bid, currently 6.25 mg bid", "6.25 mg"),
        ("told md she'd rather drop to 5 mg of Norvasc", None),
        ("Dr wants to bump the Ozempic up to 1 mg", "1 mg"),
        ("asked PCP, who lowered amlodipine to 5 mg", "5 mg"),
        ("asks why metoprolol was cut from 100 to 50 mg", "50 mg"),
        ("wants to move Zocor 20 mg to bedtime", "20 mg"),
    ],
)
def test_a_change_only_asked_for(annotator: Annotator, text: str, strength: str | None) -> None:
    found = annotator.annotate(text).medications
    assert [(one.status, one.strength) for one in found] == [("active", strength)]


@pytest.mark.parametrize(
    ("text", "dose", "frequency"),
    [
        ("supposed to take Lasix bid, takes it once", None, "1/day"),
        ("gabapentin 300 mg bottle says 2 tabs tid, takes 1 hs", "1 tablet", "1/day"),
        ("supposed to take Lasix bid, takes it twice a week", None, "2/week"),
    ],
)
def test_taken_otherwise_than_ordered(annotator: Annotator, text: str, dose: str | None, frequency: str) -> None:
    found = annotator.annotate(text).medications
    assert [(one.dose, one.frequency) for one in found] == [(dose, frequency)]
