"""How bad a symptom is and since when, in the words of the line."""

from __future__ import annotations

import pytest

from consult.domain.mention import EffectMention
from consult.nlp.annotate import Annotator


@pytest.fixture(scope="module")
def plain() -> Annotator:
    return Annotator([])


def effects(annotator: Annotator, line: str) -> dict[str, EffectMention]:
    return {one.concept: one for one in annotator.annotate(line).effects}


@pytest.mark.parametrize(
    ("line", "concept", "severity", "onset"),
    [
        ("severe HA 8/10 x 3 days", "headache", "severe, 8/10", "x 3 days"),
        ("nausea mild since March", "nausea", "mild", "since March"),
        ("N/V x 2 wks", "nausea", None, "x 2 wks"),
        ("N/V x 2 wks", "vomiting", None, "x 2 wks"),
        ("3 days of diarrhea", "diarrhea", None, "3 days of"),
        ("2/52 hx of cough", "cough", None, "2/52 hx of"),
        ("since last Tuesday she has been dizzy", "dizziness", None, "since last Tuesday"),
        ("dizziness (mild) on and off, began 2 wks ago", "dizziness", "mild, on and off", "began 2 wks ago"),
        ("tired for the past few weeks, getting worse", "fatigue", "getting worse", "for the past few weeks"),
        ("new onset tremor", "tremor", None, "new onset"),
        ("cough x3mo, worse at night", "cough", "worse at night", "x3mo"),
        ("knee pain 4/10 today", "joint pain", "4/10", "today"),
        ("really bad heartburn after meals", "heartburn", "really bad", "after meals"),
        ("rash 10 days after starting allopurinol", "rash", None, "10 days after starting"),
        ("itchy ever since", "itching", None, "ever since"),
        ("itchy", "itching", None, None),
    ],
)
def test_severity_and_onset_are_kept_as_typed(
    plain: Annotator, line: str, concept: str, severity: str | None, onset: str | None
) -> None:
    found = effects(plain, line)[concept]

    assert (found.severity, found.onset) == (severity, onset)


def test_the_words_are_kept_with_their_places(plain: Annotator) -> None:
    line = "ünwell? severe HA 8/10 x 3 days"

    found = effects(plain, line)["headache"]

    told = [(one.sets, line[one.start : one.end]) for one in found.cues]
    assert told == [(one.sets, one.text) for one in found.cues]
    assert {("severity", "severe"), ("severity", "8/10"), ("onset", "x 3 days")} <= set(told)


def test_each_symptom_has_its_own_time(plain: Annotator) -> None:
    found = effects(plain, "severe HA x 3 days, nausea mild since March, worse at night")

    assert (found["headache"].severity, found["headache"].onset) == ("severe", "x 3 days")
    assert (found["nausea"].severity, found["nausea"].onset) == ("mild, worse at night", "since March")


def test_what_is_denied_has_no_course(plain: Annotator) -> None:
    found = effects(plain, "no severe headache x 2 wks")["headache"]

    assert (found.negated, found.severity, found.onset) == (True, None, None)


def test_directions_of_a_drug_are_no_course(annotator: Annotator) -> None:
    found = effects(annotator, "prednisone 40 mg x 5 d, insomnia")["insomnia"]

    assert found.onset is None


@pytest.mark.parametrize(
    ("line", "match"),
    [("dizzy", "exact"), ("cramps in both forearms", "pattern"), ("gained 9 lb", "pattern"), ("diziness", "fuzzy")],
)
def test_each_symptom_says_how_it_was_matched(plain: Annotator, line: str, match: str) -> None:
    (found,) = plain.annotate(line).effects

    assert found.match == match
    assert (found.confidence == 1.0) == (match == "exact")
