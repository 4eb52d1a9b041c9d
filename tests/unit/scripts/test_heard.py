"""What a typed line already answers: most of what it says, and nothing that it does not say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.script_answers import measure
from consult.app import build_analysis, scripts
from consult.domain.mention import Findings
from consult.scripts.heard import Listener
from consult.scripts.phrases import GAP, cut, find, parse_phrase
from consult.session.analysis import Analysis

FOLDER = Path(__file__).parent / "heard"
LISTENER = Listener(scripts().values(), lambda ingredient: frozenset())


Answers = dict[str, list[str]]


def lines(name: str) -> list[tuple[str, Answers, Answers]]:
    """Each line with what it answers and what may be read out of it besides; "*" is any text."""
    rows = [json.loads(row) for row in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    return [(row["line"], row["answers"], row.get("may", {})) for row in rows]


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return build_analysis()


def answers(analysis: Analysis, text: str) -> Answers:
    findings = analysis.annotate(text)
    drug = {one.start: "#" + ("+".join(one.ingredients) or one.text) for one in findings.medications}
    return {one.link_id + drug.get(one.medication, ""): list(one.values) for one in findings.heard}


def wrong_ones(found: Answers, wanted: Answers, may: Answers) -> list[tuple[str, list[str]]]:
    """Answers that the line does not hold; some of several values are incomplete, not wrong."""
    allowed = {key: {*wanted.get(key, ()), *may.get(key, ())} for key in found}
    return [
        (key, values) for key, values in found.items() if "*" not in allowed[key] and not set(values) <= allowed[key]
    ]


@pytest.mark.parametrize(
    "name",
    ["lines.jsonl", "second.jsonl", "third.jsonl", "fourth.jsonl", "fifth.jsonl", "sixth.jsonl", "seventh.jsonl"],
)
def test_of_what_the_lines_answer_most_is_heard_and_nothing_wrong(analysis: Analysis, name: str) -> None:
    held = heard = 0
    wrong = []
    for line, wanted, may in lines(name):
        found = answers(analysis, line)
        wrong += [(line, *one) for one in wrong_ones(found, wanted, may)]
        held += len(wanted)
        heard += sum(key in found and (v == ["*"] or sorted(v) == sorted(found[key])) for key, v in wanted.items())

    assert wrong == []
    assert heard / held >= 0.8


def test_the_lines_hold_enough_answers_to_say_something() -> None:
    names = ("lines", "second", "third", "fourth")
    assert sum(len(wanted) for name in names for _, wanted, _ in lines(f"{name}.jsonl")) >= 360


def test_of_what_whole_consults_say_most_is_filled_and_nothing_wrong(analysis: Analysis) -> None:
    """24 consults line by line through the domain; what each line answers was marked before it was read."""
    result = measure(analysis)

    assert result.wrong == []
    assert result.held >= 450
    assert result.share >= 0.93, result.missed


@pytest.mark.parametrize(("line", "wanted", "may"), lines("traps.jsonl"))
def test_a_line_that_only_looks_like_an_answer_fills_nothing(
    analysis: Analysis, line: str, wanted: Answers, may: Answers
) -> None:
    found = answers(analysis, line)

    assert wrong_ones(found, wanted, may) == []
    assert wanted.items() <= found.items()


def test_an_answer_points_at_the_words_it_was_read_from(analysis: Analysis) -> None:
    text = "no otc, drinks 2 beers/d, missed 3 doses last wk bc cost"

    said = {one.link_id: text[one.start : one.end] for one in analysis.annotate(text).heard}

    assert said["life-alcohol"] == "2 beers/d"
    assert said["missed-week"] == "missed 3 doses"


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("no|denies otc", "she denies OTC use", ["denies otc"]),
        ("drinks? {number} beers", "drinks two beers", ["drinks two beers", "two beers"]),
        ("{number} beers", "2-3 beers", ["2-3 beers"]),
        ("smok* now?", "smoking, now", ["smoking"]),
        ("missed .. cost", "missed a dose because of cost", ["missed a dose because of cost"]),
        ("missed .. cost", "missed one, cost", []),
        ("missed .. cost", "missed " + "word " * (GAP + 1) + "cost", []),
        ("bp {reading}", "BP 138/82", ["bp 138/82"]),
        ("bp {number}", "BP 138/82", []),
        ("without food", "w/o food", ["w/o food"]),
    ],
)
def test_a_phrase_matches_words_in_a_row_within_a_stretch(phrase: str, text: str, found: list[str]) -> None:
    words = cut(text)

    matches = find(parse_phrase(phrase), words.tokens)

    low = text.lower()
    assert [low[words.tokens[m.first].start : words.tokens[m.last - 1].end] for m in matches] == found


@pytest.mark.parametrize("phrase", ["", "..", "a ..", "a? b?", "(a+)+$", "{drug}", " ".join("a" * 15), "[a-z]"])
def test_what_is_no_phrase_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="phrase"):
        parse_phrase(phrase)


@given(st.text(max_size=300))
def test_any_text_can_be_heard_and_points_into_itself(text: str) -> None:
    for heard in LISTENER.hear(text, Findings()):
        assert 0 <= heard.start < heard.end <= len(text)
        assert heard.values


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        ("BP 168/94", True),
        ("bp was 98 over 60", True),
        ("blood pressure at the store 150 over 88", True),
        ("call if bp over 160/100", False),
        ("goal bp 130/80", False),
        ("husband's bp was 180/100", False),
        ("pain 10 over 10 last night", False),
    ],
)
def test_a_blood_pressure_in_a_line_answers_for_the_readings(analysis: Analysis, line: str, heard: bool) -> None:
    assert ("conditions-readings" in answers(analysis, line)) == heard


@pytest.mark.parametrize(
    ("line", "place", "number"),
    [
        ("at home in Laredo TX, call back 956-555-0122", "Laredo TX", "956-555-0122"),
        ("calling from Tulsa OK, if we get cut off call (918) 555 0141", "Tulsa OK", "(918) 555 0141"),
    ],
)
def test_place_and_phone_number_of_one_sentence_are_two_answers(
    analysis: Analysis, line: str, place: str, number: str
) -> None:
    assert answers(analysis, line) == {"identity-place": [place], "identity-call-back": [number]}
