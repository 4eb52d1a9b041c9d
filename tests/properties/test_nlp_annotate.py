"""Whatever is typed, the reading of a line is well formed and the same twice."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.lexicon import DrugName
from consult.domain.mention import Findings
from consult.nlp.annotate import Annotator

NAMES = [
    DrugName("metoprolol", ("metoprolol",), "generic"),
    DrugName("lisinopril", ("lisinopril",), "generic"),
    DrugName("hctz", ("hydrochlorothiazide",), "abbreviation"),
    DrugName("hyzaar", ("hydrochlorothiazide", "losartan"), "brand"),
    DrugName("st. john's wort", ("st. john's wort",), "generic"),
    DrugName("water pill", (), "class"),
]
ANNOTATOR = Annotator(NAMES, [("metoprolol", "metolazone")], ["metoprolol"])
WORDS = [
    "metoprolol",
    "lisinipril",
    "HCTZ",
    "Hyzaar",
    "water",
    "pill",
    "st",
    "johns",
    "wort",
    "25",
    "mg",
    "1/2",
    "tab",
    "po",
    "bid",
    "q4-6h",
    "prn",
    "x7d",
    "since",
    "starting",
    "no",
    "denies",
    "dizzy",
    "rash",
    "hives,",
    ";",
    ".",
    "?",
    "-",
    "->",
    "(",
    ")",
    ":",
    "and",
    "or",
    "but",
    "stopped",
    "held",
    "wife's",
    "husband",
    "takes",
    "allergic",
    "to",
    "from",
    "5",
    "to",
    "10",
    "legs",
    "ache",
    "N/V/D",
    "cough",
    "resolved",
    "2019",
    "for",
    "if",
    "any",
    "1.0",
    ".5",
    "u",
    "QD",
    "\u202e",
    "́",
    "\x00",
    "��",
    "İ",
    "ß",
    "<b>",
    "{{x}}",
    "42[",
    "=1+1",
    "%s",
    "\n",
    "\t",
]
POISON = [
    "\0" * 50,
    "e\u0301" * 400,
    "a" + "\u0300" * 10_000,
    "\u202emetoprolol\u202c 25 mg",
    "\ud800 lisinopril 10 mg",
    "İİİ metoprolol 25 mg",
    "<script>metoprolol</script> {{7*7}} =cmd| '42[\"lisinopril\"]' OR 1=1 --",
    "x" * 65_536,
    "?" * 65_536,
    "no rash, hives or lisinopril 5 mg bid since " * 300,
    "metoprolol 25 mg bid " * 3_000,
    "5 am, " * 2_000,
    "1/2 " * 2_000,
]


def spans_hold(text: str, found: Findings) -> None:
    for mention in (*found.medications, *found.effects):
        assert 0 <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        for cue in mention.cues:
            assert text[cue.start : cue.end] == cue.text
    starts = [(one.start, one.end) for one in found.medications]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_words_of_the_trade_in_any_order_give_true_offsets_and_the_same_twice(text: str) -> None:
    found = ANNOTATOR.annotate(text)

    spans_hold(text, found)
    assert ANNOTATOR.annotate(text) == found


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    spans_hold(text, ANNOTATOR.annotate(text))


@pytest.mark.parametrize("text", POISON, ids=range(len(POISON)))
def test_poison_is_read_without_an_error(text: str) -> None:
    spans_hold(text, ANNOTATOR.annotate(text))


@given(st.sampled_from(["no ", "denies ", ""]), st.sampled_from(["rash", "cough", "dizziness", "black stools"]))
def test_a_denied_symptom_is_never_a_present_one(cue: str, symptom: str) -> None:
    (effect,) = ANNOTATOR.annotate(f"pt {cue}{symptom} today").effects

    assert effect.negated is bool(cue)
