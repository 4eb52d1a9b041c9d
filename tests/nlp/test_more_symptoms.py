"""Symptoms in everyday wordings: what is there after a denial, what is denied otherwise, what a drug is blamed for."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


def said(annotator: Annotator, text: str) -> list[str]:
    """Each symptom of a line: its concept, n denied, u uncertain, h past, @ the drugs that are blamed."""
    return [
        " ".join(
            [
                one.concept,
                *(["n"] if one.negated else []),
                *(["u"] if one.uncertain else []),
                *(["h"] if one.historical else []),
                *(f"@{name}" for name in one.suspected),
            ]
        )
        for one in annotator.annotate(text).effects
    ]


def texts(annotator: Annotator, text: str) -> list[str]:
    return [one.text for one in annotator.annotate(text).effects]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no CP/SOB, trace edema", ["chest pain n", "shortness of breath n", "edema"]),
        ("denies cough, trace ankle edema noted", ["cough n", "edema"]),
        ("no bleeding, lots of bruising", ["bleeding n", "bruising"]),
        ("no diarrhea, plenty of gas", ["diarrhea n", "flatulence"]),
        ("denies nausea, severe constipation", ["nausea n", "constipation"]),
        ("no bruising, nose bleeds weekly", ["bruising n", "nosebleed"]),
        ("no edema, legs cramp at night", ["edema n", "muscle cramps"]),
        ("no pain, numb toes", ["pain n", "numbness"]),
        (
            "denies SI/HI, mood 'blah', poor sleep",
            ["suicidal thoughts n", "homicidal thoughts n", "fatigue", "insomnia"],
        ),
        ("no SI, sleeping poorly, irritable", ["suicidal thoughts n", "insomnia", "irritability"]),
    ],
)
def test_what_is_told_with_its_amount_or_as_a_sentence_is_there_after_a_denial(
    annotator: Annotator, text: str, expected: list[str]
) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no fever, chills, cough",
        "denies fever, sore throat, cough",
        "denies CP, SOB, severe HA, vision changes",
        "denies dizziness, numb toes",
        "no rash, severe itching, or hives",
    ],
)
def test_a_plain_list_stays_denied(annotator: Annotator, text: str) -> None:
    assert all(one.endswith(" n") for one in said(annotator, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neither nausea nor vomiting reported", ["nausea n", "vomiting n"]),
        ("neither dizzy nor faint", ["dizziness n", "lightheadedness n"]),
        ("tried Zofran and ginger, neither helps the nausea", ["nausea"]),
        ("absent: fever, chills, sore throat", ["fever n", "chills n", "sore throat n"]),
        ("not present: cough, fever", ["cough n", "fever n"]),
        ("negatives: fever, chills", ["fever n", "chills n"]),
        ("denies the following: CP, SOB, HA", ["chest pain n", "shortness of breath n", "headache n"]),
        ("SOB: N  CP: N  edema: Y", ["shortness of breath n", "chest pain n", "edema"]),
        ("SOB - n, edema - y", ["shortness of breath n", "edema"]),
        ("nausea N, vomiting N, constipation Y", ["nausea n", "vomiting n", "constipation"]),
        ("HA: Y, N/V: N", ["headache", "nausea n", "vomiting n"]),
        ("vomiting Y, fever N", ["vomiting", "fever n"]),
        ("Dizzy Y/N: N", ["dizziness n"]),
        ("Dizzy Y/N: Y", ["dizziness"]),
        ("GI upset: N, V, D", ["dyspepsia"]),
        ("falls x0", ["fall n"]),
        ("edema x0, falls x2", ["edema n", "fall"]),
        ("hypoglycemia x 0 this month", ["hypoglycemia n"]),
        ("nausea x 0-1 daily", ["nausea"]),
        ("cough [ ] SOB [x]", ["cough n", "shortness of breath"]),
        ("[x] cough [ ] SOB", ["cough", "shortness of breath n"]),
        ("[ ] dizziness f/u call", ["dizziness"]),
        ("N+ V- D+", ["nausea", "vomiting n", "diarrhea"]),
    ],
)
def test_letters_counts_boxes_and_headings_deny(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BLE swelling, R>L", ["leg swelling"]),
        ("BLE weakness", ["muscle weakness"]),
        ("BLE pain", ["muscle pain"]),
        ("denies BLE swelling", ["leg swelling n"]),
        ("BLE edema 1+", ["edema"]),
        ("BLE wrapped", []),
        ("no n/v/dizz", ["nausea n", "vomiting n", "dizziness n"]),
        ("no HA/dizz/n/v", ["headache n", "dizziness n", "nausea n", "vomiting n"]),
        ("occ dizz", ["dizziness"]),
        ("HA/dizz since clonidine", ["headache @clonidine", "dizziness @clonidine"]),
        ("denies f/c/s", ["fever n", "chills n", "sweating n"]),
        ("no f/c/n/v", ["fever n", "chills n", "nausea n", "vomiting n"]),
    ],
)
def test_short_forms_are_read_as_they_are_meant(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nausea w/o vomiting on Ozempic", ["nausea @semaglutide", "vomiting n"]),
        ("cough w/o SOB on lisinopril", ["cough @lisinopril", "shortness of breath n"]),
        ("nausea without vomiting from Ozempic", ["nausea @semaglutide", "vomiting n"]),
        ("diahrea frm metformin", ["diarrhea @metformin"]),
        ("cough frim lisinopril", ["cough @lisinopril"]),
        ("nausea form metformin", ["nausea @metformin"]),
        ("diarrhea due ot metformin", ["diarrhea @metformin"]),
        ("swelling afer Norvasc", ["swelling @amlodipine"]),
        ("Lipitor maks legs ache", ["muscle pain @atorvastatin"]),
        ("metoprolol dose cut to 12.5 bid for bradycardia", ["bradycardia @metoprolol"]),
        ("diahrrea and stomache cramps frm metfromin", ["diarrhea @metformin", "abdominal pain @metformin"]),
        ("Allergies: penicillin (hives); lisinopril - angioedema", ["hives @penicillin", "angioedema @lisinopril"]),
        ("lisinopril: cough", ["cough"]),
        ("omeprazole - heartburn", ["heartburn"]),
    ],
)
def test_what_a_drug_is_blamed_for(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cough continues after stopping lisinopril", ["cough"]),
        ("still dizzy off lisinopril", ["dizziness"]),
        ("dizzy even off the HCTZ", ["dizziness"]),
        ("doubt that cough is from lisinopril", ["cough"]),
        ("not convinced fatigue is metoprolol", ["fatigue"]),
        ("not sure if cough is from lisinopril", ["cough u @lisinopril"]),
        ("cough gone off lisinopril", ["cough h @lisinopril"]),
        ("still dizzy on lisinopril", ["dizziness @lisinopril"]),
    ],
)
def test_what_goes_on_without_the_drug_is_not_its_fault(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hx of falls, none in past 6 mo", ["fall h"]),
        ("hx constipation, none on Miralax", ["constipation h"]),
        ("h/o hives, no recurrence", ["hives h"]),
        ("falls: none since May", ["fall n"]),
        ("in her 40s had depression", ["depressed mood h"]),
        ("hold for HR<55 or dizziness", ["dizziness u"]),
        ("hold metformin if not eating or vomiting", ["vomiting u"]),
        ("call if not eating or vomiting", ["vomiting u"]),
        ("not dizzy or vomiting", ["dizziness n", "vomiting n"]),
        ("seizure precautions", []),
        ("Falls? 1 in March", ["fall"]),
        ("Falls? 2 since Xmas", ["fall"]),
        ("Falls?", ["fall u"]),
        ("wonders if the lisinopril is giving her the cough", ["cough u @lisinopril"]),
        ("wonders if Zocor is causing the cramps", ["muscle cramps u @simvastatin"]),
        ("wondering could amlodipine be making my feet swell", ["edema u @amlodipine"]),
        ("pt asks if Brilinta is making her short of breath", ["shortness of breath u @ticagrelor"]),
        ("wonders if Zocor is behind her cramps", ["muscle cramps @simvastatin"]),
        ("rash on arms, ? from Bactrim", ["rash @sulfamethoxazole @trimethoprim"]),
    ],
)
def test_what_is_past_or_only_possible(annotator: Annotator, text: str, expected: list[str]) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("can't go back to sleep", ["insomnia"]),
        ("can't go out due to anxiety", ["anxiety"]),
        ("can't go up stairs", []),
        ("can't go anywhere", []),
        ("can't go x 4 days", ["constipation"]),
        ("pricking fingers qid", []),
        ("pricking in her feet", ["paresthesia"]),
        ("cat scratch on arm", []),
        ("told her to bring it up w/ neuro", []),
        ("niacin makes me red and hot", ["flushing @niacin"]),
        ("Flexeril messes with my head", ["confusion @cyclobenzaprine"]),
        ("Zyrtec dries me out", ["dry mouth @cetirizine"]),
        ("I'm beat", ["fatigue"]),
        ("Sleep? terrible. Appetite? poor", ["insomnia", "decreased appetite"]),
    ],
)
def test_phrases_that_are_a_symptom_and_those_that_are_none(
    annotator: Annotator, text: str, expected: list[str]
) -> None:
    assert said(annotator, text) == expected


@pytest.mark.parametrize("text", ["no BM x 4 days", "heart racing and skipping beats"])
def test_the_whole_symptom_is_marked(annotator: Annotator, text: str) -> None:
    assert texts(annotator, text) == [text]
