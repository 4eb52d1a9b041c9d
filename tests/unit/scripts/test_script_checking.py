"""`scripts check`: what is wrong with a script and its translations, each with file, line and reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consult.cli.scripts import grader
from consult.scripts.checking import Complaint, Grader, complaints
from consult.scripts.library import library_files
from consult.takeaway.readability import measure_text
from tests.unit.scripts.test_script_refusals import PART, SOUND, line_of

EASY = Grader(lambda text, language: 3.0)
HARD = Grader(lambda text, language: 9.5 if "everything" in text else 3.0)
SPANISH = """\
translation: es
blocks:
  hello: {say: "¿Cómo está hoy?"}
items:
  mood:
    text: "¿Cómo está?"
    options: {good: Bien, bad: Mal}
  mood-why: {text: "¿Por qué?"}
"""
SPANISH_PART = """\
translation: es
blocks:
  extra: {say: Miramos una cosa más.}
items:
  extra-note: {text: Aquí se abren preguntas.}
  pain-often: {text: "¿Cada cuánto la toma?"}
proposals:
  pain-daily: {todo_topic: Pastillas para el dolor, todo_action: Pregunte a su médico., todo_why: Pueden hacer daño.}
"""
Write = Callable[..., Path]


def found(write: Write, script: str = SOUND, part: str = PART, es: str = SPANISH, es_part: str = SPANISH_PART) -> Path:
    write(part, "part.yaml")
    write(es_part, "part.es.yaml")
    write(es, "script.es.yaml")
    return write(script)


def said(path: Path, how: Grader = EASY) -> list[tuple[str, int, str]]:
    return [(one.path.name, one.line, one.reason) for one in complaints(path, how)]


def test_a_sound_script_with_its_translation_has_nothing_wrong(write: Write) -> None:
    assert said(found(write)) == []


@pytest.mark.parametrize("path", library_files(), ids=lambda path: path.name)
def test_the_library_has_nothing_wrong_and_every_word_in_spanish(path: Path) -> None:
    assert complaints(path, grader()) == ()


@pytest.mark.parametrize(
    ("gone", "key", "line_words"),
    [
        ('blocks:\n  hello: {say: "¿Cómo está hoy?"}\n', "say:hello", "id: hello"),
        ('    text: "¿Cómo está?"\n', "text:mood", "link_id: mood\n"),
        (", bad: Mal", "option:mood:bad", "link_id: mood\n"),
    ],
)
def test_a_missing_translation_is_found_at_the_line_of_the_original(
    write: Write, gone: str, key: str, line_words: str
) -> None:
    path = found(write, es=SPANISH.replace(gone, ""))

    assert said(path) == [("script.yaml", line_of(SOUND, line_words), f"'{key}' has no translation into 'es'")]


def test_a_script_without_any_translation_lacks_every_word_unless_none_is_asked_for(write: Write) -> None:
    write(PART, "part.yaml")
    path = write(SOUND)

    assert len(complaints(path, EASY)) == 11
    assert complaints(path, EASY, languages=()) == ()


def test_of_what_the_staff_read_all_is_translated_or_nothing(write: Write) -> None:
    es = SPANISH.replace("blocks:\n", "sections: {all: Todo}\nblocks:\n")

    missing = {reason for _, _, reason in said(found(write, es=es))}

    wanted = ("title:hello", "record:hello", "title:extra", "record:extra", "title:pain")
    assert missing == {f"'{key}' has no translation into 'es'" for key in wanted}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("  mood-why:", "  mood-wy:", "'text:mood-wy' translates nothing: the script has no such words"),
        ("{good: Bien", "{fine: Bien", "'option:mood:fine' translates nothing: the script has no such words"),
        (
            "¿Por qué?",
            "¿Por qué {medicine}?",
            "'text:mood-why' must name {medicine} where the original does, and only there",
        ),
    ],
)
def test_a_translation_that_fits_nothing_is_found_at_its_own_line(
    write: Write, old: str, new: str, reason: str
) -> None:
    es = SPANISH.replace(old, new)

    wrong = [one for one in said(found(write, es=es)) if one[0] == "script.es.yaml"]

    assert wrong == [("script.es.yaml", line_of(es, new.removesuffix(":")), reason)]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (  # a question waits for answers that exclude each other
            "enable_when: [{question: mood, answer: bad}]",
            "enable_when: [{question: mood, answer: bad}, {question: mood, answer: good}]",
            "the question 'mood-why' can never be asked: its conditions contradict each other",
        ),
        (
            "enable_when: [{question: mood, answer: bad}]",
            "enable_when: [{question: mood, answer: bad}, {question: mood, operator: '!=', answer: bad}]",
            "the question 'mood-why' can never be asked: its conditions contradict each other",
        ),
        (
            "enable_when: [{question: mood, answer: bad}]",
            'enable_when: [{fact: age, operator: ">", answer: 70}, {fact: age, operator: "<=", answer: 70}]',
            "the question 'mood-why' can never be asked: its conditions contradict each other",
        ),
        (
            "enable_when: [{question: mood, answer: bad}]",
            'enable_when: [{question: mood, operator: exists, answer: "no"}, {question: mood, answer: bad}]',
            "the question 'mood-why' can never be asked: its conditions contradict each other",
        ),
        (  # two questions wait for each other
            "            required: true\n            answer_option: {good: Good, bad: Bad}",
            "            required: true\n            answer_option: {good: Good, bad: Bad}\n"
            "            enable_when: [{question: mood-why, operator: exists}]",
            "the question 'mood' can never be asked",
        ),
        (
            "        done_when: The person has said how it is.",
            "        done_when: The person has said how it is.\n"
            "        done_if: [{question: mood, answer: good}, {question: mood, answer: bad}]",
            "the step 'hello' can never be done: its conditions contradict each other",
        ),
    ],
)
def test_what_can_never_happen_is_found(write: Write, old: str, new: str, reason: str) -> None:
    script = SOUND.replace(old, new)
    place = "id: hello" if reason.startswith("the step") else f"link_id: {reason.split(chr(39))[1]}\n"

    assert ("script.yaml", line_of(script, place), reason) in said(found(write, script=script))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            "opened_by: [{fact: class, answer: nsaid}]",
            'opened_by: [{fact: age, operator: ">=", answer: 75}, {fact: age, operator: "<", answer: 40}]\n'
            "    opened_behavior: all",
            "the branch 'pain' can never open: its conditions contradict each other",
        ),
        (
            'when: [{question: pain-often, operator: ">=", answer: 7}]',
            "when:\n"
            '          - {question: pain-often, operator: ">", answer: 7}\n'
            '          - {question: pain-often, operator: "<", answer: 7}',
            "the proposal 'pain-daily' can never be made: its conditions contradict each other",
        ),
    ],
)
def test_a_branch_or_a_proposal_that_can_never_come_is_found(write: Write, old: str, new: str, reason: str) -> None:
    part = PART.replace(old, new)

    assert ("part.yaml", line_of(part, f"id: {reason.split(chr(39))[1]}"), reason) in said(found(write, part=part))


def test_several_answers_may_meet_several_conditions(write: Write) -> None:
    both = "enable_when: [{question: mood, answer: bad}, {question: mood, answer: good}]"
    script = SOUND.replace("enable_when: [{question: mood, answer: bad}]", both)
    repeats = script.replace("type: choice\n", "type: choice\n            repeats: true\n")

    assert said(found(write, script=repeats)) == []


def test_a_dangling_id_is_found_with_its_line(write: Write) -> None:
    script = SOUND.replace("{question: mood, answer", "{question: moods, answer")

    reason = "a condition asks for the question 'moods', which does not exist"
    assert said(found(write, script=script)) == [("script.yaml", line_of(script, "link_id: mood-why"), reason)]


def test_wording_that_is_too_hard_is_found_in_both_languages(write: Write) -> None:
    script = SOUND.replace("How are you today?", "How are you, and how is everything that you told me of last time?")
    es = SPANISH.replace("¿Cómo está hoy?", "¿Cómo está, y cómo le va con everything lo que me contó la última vez?")

    wrong = said(found(write, script=script, es=es), HARD)

    reason = "'say:hello' reads at grade 9.5, above 7"
    assert wrong == [("script.es.yaml", 3, reason), ("script.yaml", line_of(script, "id: hello"), reason)]


def test_drug_names_do_not_make_a_text_hard_in_either_language() -> None:
    texts = (
        ("en", "Do you take your {} each day with the food that you eat?", ("ibuprofen",)),
        ("es", "¿Toma usted su {} cada día con la comida que come?", ("ibuprofeno", "warfarina")),
    )
    how = Grader(measure_text, {"ibuprofen", "warfarin"})

    for language, text, names in texts:
        assert {how(text.format(name), language) for name in names} == {how(text.format("{medicine}"), language)}


def test_a_source_that_says_nothing_and_answers_that_read_the_same_are_found(write: Write) -> None:
    script = SOUND.replace('source: "This test"', 'source: "tbd"').replace("bad: Bad", "bad: good")

    assert [one[2] for one in said(found(write, script=script))] == [
        "'hello' names no source ('tbd')",
        "two answers of 'mood' read the same",
    ]


def test_a_complaint_reads_like_a_compiler_message() -> None:
    assert str(Complaint(Path("a/b.yaml"), 7, "why")) == "a/b.yaml:7: why"
    assert str(Complaint(Path("a/b.yaml"), 0, "why")) == "a/b.yaml: why"
