"""The symptom lists as a whole: how many concepts they know, that no wording is slow, and that places stay right."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

from consult import nlp
from consult.nlp import wordlist
from consult.nlp.annotate import Annotator
from consult.nlp.effect.lexicon import lexicon
from consult.nlp.expressions import Expressions, Rare
from consult.nlp.qualifier.course import form_patterns

GUIDE = [
    "dizziness",
    "lightheadedness",
    "orthostatic dizziness",
    "vertigo",
    "syncope",
    "fall",
    "fatigue",
    "drowsiness",
    "insomnia",
    "nightmares",
    "headache",
    "confusion",
    "memory loss",
    "anxiety",
    "depressed mood",
    "irritability",
    "suicidal thoughts",
    "tremor",
    "numbness",
    "paresthesia",
    "blurred vision",
    "dry eyes",
    "dry mouth",
    "altered taste",
    "tinnitus",
    "cough",
    "shortness of breath",
    "wheezing",
    "chest pain",
    "palpitations",
    "bradycardia",
    "hypotension",
    "edema",
    "weight gain",
    "weight loss",
    "decreased appetite",
    "increased appetite",
    "nausea",
    "vomiting",
    "diarrhea",
    "constipation",
    "abdominal pain",
    "dyspepsia",
    "heartburn",
    "bloating",
    "flatulence",
    "black stools",
    "rectal bleeding",
    "bruising",
    "bleeding gums",
    "nosebleed",
    "hematuria",
    "urinary frequency",
    "urinary retention",
    "urinary incontinence",
    "nocturia",
    "genital yeast infection",
    "urinary tract infection",
    "muscle pain",
    "muscle cramps",
    "muscle weakness",
    "joint pain",
    "back pain",
    "rash",
    "itching",
    "hives",
    "angioedema",
    "flushing",
    "sweating",
    "photosensitivity",
    "hair loss",
    "sexual dysfunction",
    "low libido",
    "hot flashes",
    "hypoglycemia",
    "hyperglycemia",
    "thirst",
    "dehydration",
    "fever",
    "chills",
    "sore throat",
    "thrush",
    "hoarseness",
    "injection site reaction",
    "swelling",
    "leg swelling",
    "restless legs",
    "mouth sores",
    "gum swelling",
    "hallucinations",
    "serotonin syndrome",
    "anaphylaxis",
]
ADVERSE = (
    "a" * 5000,
    "lisinopril 5 mg" + ". x" * 600 + ". cut to 10 mg daily",
    "no " * 1700,
    "no a, " * 800,
    "since " * 800,
    "x 2 wks " * 600,
    "dizzy, " * 700,
    "severe " * 700 + "pain",
    "mild moderate bad " * 300 + "rash",
    "can't " * 800 + "sleep",
    "up 2 times a night to " * 220,
    "0/10 " * 1000,
    "- SOB " * 800,
    "\u0301" * 5000,
    "pain" + "\u0301" * 5000,
    "🤢 nausea " * 500,
    "<p>dizzy</p>" * 400,
    "stopped " * 600 + "because of rash",
    "told to call " * 400,
    "rash " + "?" * 4000,
    "sertraline " + "1.1/1-" * 330 + "x - anxiety",
)


def rules() -> Iterator[re.Pattern[str]]:
    """Every expression that a module of the reading of note lines holds."""
    for found in pkgutil.walk_packages(nlp.__path__, "consult.nlp."):
        for one in vars(importlib.import_module(found.name)).values():
            if isinstance(one, re.Pattern):
                yield one
            elif isinstance(one, Rare):
                yield one.pattern
            elif isinstance(one, Expressions):
                yield from (pattern for _, pattern in one)


def concepts() -> set[str]:
    known = lexicon()
    return {*known.exact.values(), *known.phrases.values(), *known.pairs.values()} - known.diagnoses


def test_the_concepts_of_the_guide_are_all_known() -> None:
    assert set(GUIDE) - concepts() == set()


def test_at_least_250_further_concepts_are_known_beside_those_of_the_guide() -> None:
    further = concepts() - set(GUIDE)

    assert len(further) >= 250
    assert all(one == one.strip() and one for one in further)


def test_each_concept_of_the_guide_is_known_in_many_words() -> None:
    known = lexicon()
    phrases = [*known.phrases.values(), *known.exact.values()]

    assert {one for one in GUIDE if phrases.count(one) < 4} == set()


def test_every_expression_is_quick_on_text_made_to_be_slow() -> None:
    forms = [
        pattern
        for sets in ("severity", "onset")
        for where in ("before", "inside", "after")
        for pattern in form_patterns(sets, where)
    ]
    slow = []

    for pattern in [*(one for _, one in lexicon().patterns), lexicon().trouble.pattern, *forms, *rules()]:
        for text in ADVERSE:
            start = time.process_time()
            for _ in pattern.finditer(text[:2000]):
                pass
            if time.process_time() - start > 0.1:
                slow.append((pattern.pattern[:60], text[:20]))

    assert slow == []


@pytest.mark.parametrize("text", ADVERSE, ids=lambda text: ascii(text[:16]))
def test_no_line_is_slow(annotator: Annotator, text: str) -> None:
    start = time.process_time()
    annotator.annotate(text)

    assert time.process_time() - start < 1.5


@pytest.mark.parametrize(
    "before",
    [
        "",
        "🤢🤮 ",
        "İstanbul ẞ ",
        "e\u0301" * 50 + " ",
        "دوخة؛ ",
        "\ud800 ",
        "<b>note</b>&nbsp;",
        "\u200f\u202e ",
        "\x00\x07 ",
    ],
    ids=ascii,
)
def test_places_are_right_after_any_text(annotator: Annotator, before: str) -> None:
    line = f"{before}severe nausea x 2 wks since starting metformin, no rash"

    found = annotator.annotate(line).effects

    assert [(one.text, one.negated) for one in found] == [("nausea", False), ("rash", True)]
    for one in found:
        assert line[one.start : one.end] == one.text
        assert all(line[told.start : told.end] == told.text for told in one.cues)


def test_every_list_names_its_source() -> None:
    for name in wordlist.folder("effect", "concepts"):
        assert any(": " in row for row in wordlist.lines("effect", name))
