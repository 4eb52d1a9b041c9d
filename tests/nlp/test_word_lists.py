"""The word lists hold no entry twice, no cue that shadows another, no name for two drugs."""

from __future__ import annotations

from consult.domain.lexicon import DrugName
from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp.annotate import Annotator
from consult.nlp.check import faults
from consult.nlp.line import Words
from consult.nlp.qualifier.cue_words import blame_cues, status_cues
from consult.nlp.typed import Slips


def test_the_word_lists_are_without_fault() -> None:
    assert [fault.message for fault in faults(load_vocabulary().names.values())] == []


def test_one_writing_of_two_drugs_is_a_fault() -> None:
    names = [DrugName("novo-log", ("insulin aspart",), "brand"), DrugName("novo log", ("novobiocin",), "brand")]

    (fault,) = faults(names)

    assert "'novo log' (novobiocin) and 'novo-log' (insulin aspart)" in fault.message


def test_a_written_cue_wins_over_one_made_of_families(annotator: Annotator) -> None:
    made = annotator.annotate("might add Jardiance").medications[0]
    written = annotator.annotate("hasn't used Imitrex since May").medications[0]

    assert (made.status, made.cues[0].text) == ("unknown", "might add")
    assert (written.status, written.cues[0].text) == ("stopped", "hasn't used")


def test_the_cues_stay_few_enough_to_load_at_every_start() -> None:
    assert status_cues().size < 12_000
    assert blame_cues().size < 11_000


def test_a_phrase_of_the_site_is_read_as_a_symptom() -> None:
    words = load_vocabulary()

    reader = Annotator(words.names.values(), phrases=[("swimmy legs", "restless legs")])

    assert [one.concept for one in reader.annotate("swimmy legs at night").effects] == ["restless legs"]


def test_no_spanish_word_is_the_name_of_a_drug_in_english() -> None:
    names = [name for name in load_vocabulary().names if " " not in name]
    slips, words = Slips(frozenset(names)), Words()

    assert [name for name in names if slips.read(name, "", words)[0].text != name] == []


def test_what_is_read_in_spanish_is_told_by_its_place_in_the_line(annotator: Annotator) -> None:
    text = "hinchazón en los pies, tos y náusea desde que toma amlodipino dos veces al día"

    found = annotator.annotate(text)

    assert [text[one.start : one.end] for one in found.effects] == ["hinchazón en los pies", "tos", "náusea"]
    assert {one.suspected for one in found.effects} == {("amlodipine",)}
    assert [(one.text, text[one.start : one.end], one.frequency) for one in found.medications] == [
        ("amlodipino", "amlodipino", "2/day")
    ]
