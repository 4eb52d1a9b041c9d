"""The second reading: what all the words of a line make likely beside what the cues gave."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.app import annotator as the_annotator
from consult.domain.mention import Findings
from consult.nlp import wordlist
from consult.nlp.annotate import Annotator
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.qualifier.learnt import along, around_drug, around_pair, marked
from consult.nlp.qualifier.second_reading import Link, SecondReading
from consult.nlp.qualifier.weights import Weights, packed, unpacked
from tests.nlp.marked import read

_EXAMPLES = sorted(Path(__file__).resolve().parents[2].joinpath("nlp/examples").glob("*.txt"))


class Unchanged(SecondReading):
    """Leaves all as the cues gave it."""

    def standings(self, line: Line, drugs: Sequence[Drug], symptoms: object, standings: object) -> None:
        return

    def blame(
        self,
        line: Line,
        effects: Sequence[Found],
        drugs: object,
        standings: object,
        links: Sequence[Link],
        denied: object,
        seen: object = None,
    ) -> list[Link]:
        return list(links)


@given(st.lists(st.integers(-(2**28), 2**28), min_size=1, max_size=8))
def test_what_is_packed_comes_out_again(numbers: list[int]) -> None:
    assert unpacked(packed(" ".join(map(str, numbers))), len(numbers)) == numbers


@given(st.lists(st.lists(st.integers(-9999, 9999), min_size=8, max_size=8), max_size=40))
def test_the_sum_of_packed_numbers_is_the_sums_of_each(rows: list[list[int]]) -> None:
    total = sum(packed(" ".join(map(str, row))) for row in rows)

    assert unpacked(total, 8) == [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * 8


@pytest.mark.parametrize("name", ["learnt_status.txt", "learnt_blame.txt"])
def test_a_walk_adds_up_what_its_features_speak_for(name: str) -> None:
    weights = Weights(name)
    rows = [row.split("\t") for row in wordlist.lines("qualifier", name)]
    speaks = {feature: [int(number) for number in numbers.split()] for feature, numbers in rows[1:]}
    nothing = [0] * len(weights.classes)
    told = 0
    for path in _EXAMPLES[::4]:
        for example in read(path):
            line = Line(example.text)
            words = marked(line, [(0, 3)], [(5, 9)])
            places = [i for i, word in enumerate(words.tokens) if word.isalpha()]
            if len(places) < 2:
                continue
            records = weights.recorded(line, words)
            for walks in (
                around_drug(words.tokens, places[0]),
                around_drug(words.tokens, places[-1]),
                around_pair(words.tokens, places[0], places[-1]),
                around_pair(words.tokens, places[-1], places[0]),
            ):
                features = [feature for walk in walks for feature, *_ in along(words.tokens, walk)]
                named = [speaks["first"], *(speaks.get(feature, nothing) for feature in features)]
                assert weights.sums(words.tokens, records, walks, 0) == [sum(one) for one in zip(*named, strict=True)]
                told += any(map(any, named[1:]))
    assert told > 500


def test_a_line_is_marked_with_its_drugs_and_symptoms_as_one_token_each() -> None:
    text = "St. John's wort 300 mg: ankles puff up, off Lasix"
    said = marked(Line(text), [(0, 15), (44, 49)], [(24, 38)])

    assert said.tokens == ["+D", "0", "mg", ":", "+S", ",", "off", "+D"]
    assert (said.drugs, said.symptoms) == ([0, 7], [4])


def test_of_two_that_overlap_the_first_is_a_token() -> None:
    said = marked(Line("iron deficiency"), [(0, 4)], [(0, 15)])

    assert (said.tokens, said.drugs, said.symptoms) == (["+D", "deficiency"], [0], [-1])


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return the_annotator()


@pytest.fixture(scope="module")
def by_cues() -> Annotator:
    return the_annotator(second=Unchanged())


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("metoprolol succinate 50 mg 1 tab daily hr 58 cardizem they took off in the hosp", "stopped"),
        ("Chantix lasted four days last year, nightmares from it, would rather try cold turkey this time", "stopped"),
        ("vit D 50,000 units once a week for 12 weeks, took the last one Friday, no plan to repeat it", "completed"),
    ],
)
def test_a_status_that_no_cue_tells_is_read_from_all_the_words(
    annotator: Annotator, by_cues: Annotator, line: str, status: str
) -> None:
    def last(found: Findings) -> tuple[str, list[str]]:
        drug = found.medications[-1]
        return drug.status, [one.text for one in drug.cues if one.sets == "status"]

    assert last(by_cues.annotate(line)) == ("active", [])
    told, cues = last(annotator.annotate(line))
    assert told == status
    assert cues
    assert all(cue in line for cue in cues)


def test_a_plain_line_is_left_as_it_was(annotator: Annotator, by_cues: Annotator) -> None:
    for line in (
        "metformin 1000 mg bid w/ meals",
        "amlodipine 5, lisinopril 20, asa 81 daily; no dizziness",
        "on Lasix 40",
    ):
        assert annotator.annotate(line) == by_cues.annotate(line)


def test_a_list_of_many_drugs_is_left_as_it_was(annotator: Annotator, by_cues: Annotator) -> None:
    line = "Lasix, Paxil, Zocor, Plavix, Xanax, Zoloft, Lyrica, Celexa, Crestor, Xarelto, Eliquis, Lipitor, Mobic gone"

    assert annotator.annotate(line) == by_cues.annotate(line)


def test_a_standing_keeps_its_words_where_the_second_reading_agrees(annotator: Annotator, by_cues: Annotator) -> None:
    line = "stopped the lisinopril in March because of a cough"

    assert annotator.annotate(line).medications == by_cues.annotate(line).medications
