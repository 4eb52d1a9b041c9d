"""A word is looked up in all lists once, and what was found is forgotten before it fills the memory."""

from __future__ import annotations

from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.lists import LISTS, Lists


def test_each_list_tells_the_places_of_its_words() -> None:
    marks = LISTS.add(frozenset(",;").__contains__)
    long_words = LISTS.add(lambda word: len(word) > 4)

    line = Line("tired, dizzy now;")

    assert line.where(marks) == [1, 4]
    assert line.where(long_words) == [0, 2]


def test_a_word_is_told_by_the_numbers_of_the_lists_that_hold_it() -> None:
    lists = Lists()
    lists.add(frozenset(["sick"]).__contains__)
    words = lists.add(str.isalpha)

    assert lists.holding("ill") == (words,)


def test_a_list_added_later_holds_for_words_and_lines_met_before() -> None:
    line = Line("dizzy, then sick")
    first = LISTS.add(frozenset(["dizzy"]).__contains__)
    assert line.where(first) == [0]

    later = LISTS.add(frozenset(["sick"]).__contains__)

    assert line.where(later) == [3]


def test_what_is_kept_stays_within_its_number() -> None:
    asked: list[str] = []
    kept = Kept(lambda word: asked.append(word) or len(word), most=3)

    assert [kept[word] for word in ("a", "bb", "a", "ccc", "dddd", "a")] == [1, 2, 1, 3, 4, 1]
    assert asked == ["a", "bb", "ccc", "dddd", "a"]
    assert len(kept) <= 3
