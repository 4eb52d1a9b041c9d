"""What a line lays to a drug and what it does not: pairs of lines that are near each other in words."""

from __future__ import annotations

import pytest

from consult.domain.mention import EffectMention
from consult.nlp.annotate import Annotator


def _effects(annotator: Annotator, text: str) -> list[EffectMention]:
    return list(annotator.annotate(text).effects)


def _blamed(annotator: Annotator, text: str) -> list[str]:
    return ["+".join(one.suspected) for one in _effects(annotator, text)]


@pytest.mark.parametrize(
    ("text", "onset"),
    [
        ("stopped lisinopril 10 mg last week bc of cough", None),
        ("off metoprolol since last Thursday because of fatigue", None),
        ("amlodipine held since Monday d/t edema", None),
        ("was on amlodipine till last month, legs swelled", None),
        ("rash so stopped it last week", None),
        ("stopped the Fosamax yesterday, heartburn for 2 weeks", "for 2 weeks"),
        ("coughing since March, lisinopril stopped last week", "since March"),
        ("on prednisone, insomnia since last week", "since last week"),
        ("bad cough from lisinopril for 2 months", "for 2 months"),
        ("cough on lisinopril x 2 yrs", None),
        ("itching 3 wks, stopped the niacin Monday", "3 wks"),
        ("headache 2 days a week", None),
    ],
)
def test_the_time_of_stopping_is_no_onset(annotator: Annotator, text: str, onset: str | None) -> None:
    assert _effects(annotator, text)[0].onset == onset


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("metoprolol - tired, Lipitor - legs hurt, Zoloft - sweats", ["metoprolol", "atorvastatin", "sertraline"]),
        ("Norvasc: feet swell; Coreg: wiped out", ["amlodipine", "carvedilol"]),
        ("furosemide - up all night to pee. Flomax - lightheaded when stands", ["furosemide", "tamsulosin"]),
        ("trazodone: groggy. switched to mirtazapine: weight up 12 lb", ["trazodone", "mirtazapine"]),
        ("itchy from the Norvasc and constipated from the iron", ["amlodipine", "iron"]),
        ("no side effects from Eliquis, bruises from the aspirin", ["aspirin"]),
        ("on metformin and Januvia, the former upsets her stomach", ["metformin"]),
        ("on metformin and Januvia, the latter makes her joints ache", ["sitagliptin"]),
        ("omeprazole - heartburn, meclizine - vertigo", ["", ""]),  # what each is for
        ("gabapentin - nerve pain; trazodone - insomnia", ["", ""]),
        ("lisinopril 10 - BP ok, dizzy at times", [""]),
    ],
)
def test_each_drug_its_own_symptom(annotator: Annotator, text: str, blamed: list[str]) -> None:
    assert _blamed(annotator, text) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("metformin - off since 2022, diarrhea", ["metformin"]),
        ("Januvia d/c'd 5/2023 - joint pain", ["sitagliptin"]),
        ("itching so they stopped the allopurinol and put him on febuxostat", ["allopurinol"]),
        ("muscle aches, so crestor replaced with zetia", ["rosuvastatin"]),
        ("edema so MD added Lasix and cut the Norvasc", ["amlodipine"]),
        ("now on losartan instead of lisinopril due to cough", ["lisinopril"]),
        ("Crestor instead of Lipitor b/c aches", ["atorvastatin"]),
        ("consider lowering amlodipine for edema", ["amlodipine"]),
        ("uses Voltaren gel rather than Celebrex bc of swelling", ["celecoxib"]),
        ("rec change metoprolol -> nebivolol (fatigue)", ["metoprolol"]),
        ("swelling much better since amlodipine down to 5", ["amlodipine"]),
        ("cough not as bad since off lisinopril", ["lisinopril"]),
        ("omeprazole stopped 4/2022, heartburn", [""]),  # what it was given for is back
        ("Ibrance 125, wk off now, tired", [""]),
        ("pioglitazone on hold since Tues, legs swelling", [""]),
        ("back pain so stopped gardening, takes Aleve", [""]),
    ],
)
def test_why_a_drug_was_left(annotator: Annotator, text: str, blamed: list[str]) -> None:
    assert _blamed(annotator, text) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("since Lasix was cut she is more swollen", [""]),
        ("anxious since Xanax was tapered", [""]),
        ("since the Ativan was stopped he can't sleep", [""]),
        ("no better after stopping lisinopril, still coughing", [""]),
        ("since stopping Lipitor the leg cramps are gone", ["atorvastatin"]),
        ("since Norvasc was cut the swelling is down", ["amlodipine"]),
        ("dizzy since switching from lisinopril to losartan", ["losartan"]),
        ("since changing from Celexa to Lexapro she sleeps poorly", ["escitalopram"]),
        ("cough better since switch from lisinopril to losartan", ["lisinopril"]),
        ("amio stopped 6 mo ago, tremor finally gone", ["amiodarone"]),
        ("edema unchanged w/ amlodipine dose cut", [""]),
        ("stopped aripiprazole, last dose 11/1, pacing no different off it", [""]),
        ("edema less w/ amlodipine dose cut", ["amlodipine"]),
        ("heartburn same with or without naproxen", [""]),
        ("Lipitor was started after the cramps began", [""]),
    ],
)
def test_what_came_without_it(annotator: Annotator, text: str, blamed: list[str]) -> None:
    assert _blamed(annotator, text) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("PCP doesn't think lisinopril is the cause of the cough", [""]),
        ("she doubts the Crestor is behind her aches", [""]),
        ("thinks Crestor is behind her aches", ["rosuvastatin"]),
        ("derm thinks rash is HCTZ", ["hydrochlorothiazide"]),
        ("HA, unclear if Imdur", ["isosorbide mononitrate"]),
        ("swelling: amlodipine or pioglitazone?", ["amlodipine+pioglitazone"]),
        ("dizzy, new: doxazosin", ["doxazosin"]),
        ("lisinopril started in May, cough began in June", ["lisinopril"]),
        ("hx of HTN on lisinopril, cough", [""]),
        ("pregnant so losartan stopped", []),
        ("takes famotidine for heartburn that began with the Fosamax", ["alendronate"]),
        ("takes famotidine for heartburn that began years ago", []),
    ],
)
def test_an_opinion_and_a_beginning(annotator: Annotator, text: str, blamed: list[str]) -> None:
    assert _blamed(annotator, text) == blamed


@pytest.mark.parametrize(
    ("text", "blamed"),
    [
        ("no nausea with Ozempic, just burping", ["", "semaglutide"]),
        ("no n/v/d on metformin, just gassy", ["", "", "", "metformin"]),
        ("no swelling on nifedipine but gets headaches", ["", "nifedipine"]),
        ("dry mouth - denies, constipation - yes w/ oxybutynin", ["", "oxybutynin"]),
        ("bruising: yes on Xarelto", ["rivaroxaban"]),
        ("neither the metformin nor the glipizide causes nausea", [""]),
        ("nausea? some w/ metformin", ["metformin"]),
        ("no rash on Bactrim, but has a cough from her cold", ["", ""]),
    ],
)
def test_denied_one_and_told_another(annotator: Annotator, text: str, blamed: list[str]) -> None:
    assert _blamed(annotator, text) == blamed


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("Hx of ACEi cough.", True),
        ("prior statin myalgia", True),
        ("h/o lisinopril cough", True),
        ("lisinopril cough", False),
        ("hx gout, on allopurinol, rash", False),
    ],
)
def test_a_history_of_what_a_drug_did(annotator: Annotator, text: str, past: bool) -> None:
    assert _effects(annotator, text)[-1].historical is past
