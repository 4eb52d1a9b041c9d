"""Every kind of broken file is refused with its name, its line and the reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from consult.errors import BadFile
from consult.scripts import check_file, load_library, load_script
from consult.scripts.library import library_files

SOUND = """\
script: small
version: "1"
language: en
title: A small script
about: Only for this test.
include: [part.yaml]
sections:
  - id: all
    title: All
    steps:
      - id: hello
        title: Hello
        phase: collect
        say: How are you today?
        record: How the person is.
        done_when: The person has said how it is.
        source: "This test"
        date: 2026-11-23
        reviewer: unreviewed
        items:
          - link_id: mood
            text: How are you?
            type: choice
            required: true
            answer_option: {good: Good, bad: Bad}
          - link_id: mood-why
            text: Why is that?
            type: text
            enable_when: [{question: mood, answer: bad}]
      - use: extra
"""

PART = """\
part: extra
steps:
  - id: extra
    title: Extra
    phase: assess
    branches: hold
    say: We look at one more thing.
    record: The thing.
    done_when: It was looked at.
    source: "This test"
    date: 2026-11-23
    reviewer: unreviewed
    items:
      - {link_id: extra-note, text: Branches open here., type: display}
branches:
  - id: pain
    title: Pain pills
    opened_by: [{fact: class, answer: nsaid}]
    source: "This test"
    date: 2026-11-23
    reviewer: unreviewed
    items:
      - link_id: pain-often
        text: How often do you take it?
        type: integer
        required: true
    proposes:
      - id: pain-daily
        when: [{question: pain-often, operator: ">=", answer: 7}]
        need: safety
        title: Pain pills every day
        todo_topic: Pain pills
        todo_action: Ask your doctor how often you can take them.
        todo_why: They can harm your stomach.
"""

Write = Callable[..., Path]


def refusal(write: Write, script: str = SOUND, part: str = PART) -> BadFile:
    write(part, "part.yaml")
    path = write(script)
    with pytest.raises(BadFile) as caught:
        load_script(path)
    return caught.value


def line_of(text: str, words: str) -> int:
    return text[: text.index(words)].count("\n") + 1


def test_the_sound_files_of_this_test_compile(write: Write) -> None:
    part = write(PART, "part.yaml")
    script = write(SOUND)

    assert check_file(script)[0] == "script.yaml: script 'small' version 1, A small script"
    assert check_file(part) == ["part.yaml: part with 1 steps and 1 branches"]


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("title: Hello", "titel: Hello", "titel", "unknown key 'titel'"),
        ("        say: How are you today?\n", "", "id: hello", "'say' is missing"),
        ('        source: "This test"\n', "", "id: hello", "'source' is missing"),
        ("        reviewer: unreviewed\n", "", "id: hello", "'reviewer' is missing"),
        ("        date: 2026-11-23\n", "        date: last week\n", "date:", "'last week' is no date"),
        ("phase: collect", "phase: collecting", "phase:", "'collecting' is not one of collect, assess"),
        ("type: choice", "type: chioce", "chioce", "'chioce' is not one of boolean, choice"),
        ("type: choice", "type: boolean", "link_id: mood\n", "type boolean takes no 'answer_option'"),
        ("type: text", "type: choice", "link_id: mood-why", "type choice needs 'answer_option'"),
        ("type: text", "type: group", "link_id: mood-why", "type group needs 'items'"),
        ("required: true", "required: maybe", "required:", "expected true or false, found 'maybe'"),
        ("            required: true\n", "", "link_id: mood\n", "a step needs at least one required question"),
        ("link_id: mood-why", "link_id: mood", "link_id: mood\n            text: Why", "'mood' already stands in"),
        ("link_id: mood-why", "link_id: Mood Why", "link_id: Mood Why", "is no id"),
        ("question: mood,", "question: mod,", "link_id: mood-why", "asks for the question 'mod', which does not exist"),
        ("question: mood,", "question: mood-why,", "link_id: mood-why", "waits for its own answer"),
        ("answer: bad", "answer: awful", "link_id: mood-why", "'awful' is no answer to 'mood' (answers: good, bad)"),
        ("question: mood,", "fact: moon,", "fact: moon", "unknown fact 'moon'"),
        ("question: mood,", "fact: age,", "fact: age", "the fact 'age' is a number"),
        ("question: mood, answer", "question: mood, operator: like, answer", "operator", "'like' is not one of exists"),
        ("question: mood,", 'question: mood, operator: ">",', "question: mood", "'>' needs a number"),
        ("question: mood,", "fact: class, operator: contains,", "fact: class", "takes the operators = != exists"),
        ("question: mood,", "fact: lab,", "fact: lab", "the fact 'lab' needs 'name'"),
        ("question: mood,", "fact: medication_class,", "fact: medication_class", "only in questions asked for each"),
        ("question: mood, answer: bad", "answer: bad", "answer: bad", "names either a 'question' or a 'fact'"),
        ("question: mood, answer: bad", "question: mood", "question: mood", "'answer' is missing"),
        ("{good: Good, bad: Bad}", "{good: Good}", "{good", "a choice needs at least two options"),
        ("{good: Good, bad: Bad}", "{good: Good, good: Bad}", "good: Bad", "the key 'good' stands twice"),
        ("{good: Good, bad: Bad}", "[good, bad]", "[good", "expected a mapping (key: value), found a list"),
        ("text: How are you?", "text: How is {drug}?", "text: How is", "{drug} is not known"),
        ("text: How are you?", "text: How is {medicine}?", "text: How is", "only in questions asked for each"),
        ("text: How are you?", "text: How is {todo}?", "text: How is", "only in questions asked for each to-do item"),
        (
            "phase: collect",
            "phase: collect\n        for_each: pill",
            "for_each",
            "'pill' is not one of medication, todo",
        ),
        (
            "        say: How are you today?",
            "        for_each: todo\n        say: How is {medicine}?",
            "say:",
            "{medicine} has a meaning only in questions asked for each medication",
        ),
        ("type: text", "type: text\n            same: how\n            lab: inr", "lab:", "belongs to a number"),
        ("type: text", "type: text\n            for_each: todo", "for_each", "'for_each' belongs to a step or a group"),
        (
            "            type: text\n",
            "            type: group\n            for_each: todo\n"
            "            items: [{link_id: a, text: A, type: group, for_each: medication, items: []}]\n",
            "items: [{link_id: a",
            "a loop stands in no other loop",
        ),
        (
            "            type: text\n",
            "            type: group\n            for_each: todo\n"
            "            items: [{link_id: a, text: A, type: text, heard: [{says: [ok], answer: x}]}]\n",
            "items: [{link_id: a",
            "a note does not say which to-do item",
        ),
        ("text: How are you?", "text: 12", "text: 12", "expected a text, found 12"),
        ("text: How are you?", 'text: ""', 'text: ""', "the text is empty"),
        ("text: How are you?", "text: [How, are]", "text: [How", "expected a single value, found a list"),
        ("- use: extra", "- use: extras", "use: extras", "no included file has a step 'extras'"),
        ("[part.yaml]", "[gone.yaml]", "include:", "there is no file 'gone.yaml'"),
        ("[part.yaml]", "[../../part.yaml]", "include:", "is not a .yaml file beside or below the script"),
        ("id: all", "id: hello", "id: hello\n        title", "the id 'hello' already stands in script.yaml:8"),
        ("      - use: extra\n", "", "script: small", "the script has branches but no step with 'branches: hold'"),
        ("title: A small script", "title: &a A small script", "title: &a", "anchors (&) and aliases (*)"),
        ("title: A small script", "title: !!python/object:os.system x", "title:", "expected a text"),
        ("title: A small script", "title: [unclosed", "", "not YAML"),
    ],
)
def test_a_broken_script_is_refused_at_its_line(write: Write, old: str, new: str, where: str, reason: str) -> None:
    broken = SOUND.replace(old, new, 1)
    assert broken != SOUND

    error = refusal(write, broken)

    assert reason in error.reason
    assert Path(str(error.detail["path"])).name == "script.yaml"
    if where:
        assert error.line == line_of(broken, where)


@pytest.mark.parametrize(
    ("old", "new", "where", "reason"),
    [
        ("answer: nsaid", "answer: [nsaid, [x]]", "opened_by", "expected a single value, found a list"),
        ("need: safety", "need: money", "need:", "'money' is not one of indication"),
        ("        todo_why: They can harm your stomach.\n", "", "id: pain-daily", "'todo_why' is missing"),
        ("question: pain-often", "question: pain-oft", "id: pain\n", "asks for the question 'pain-oft'"),
        ("link_id: pain-often", "link_id: mood", "link_id: mood", "'mood' already stands in script.yaml:21"),
        ("        required: true\n", "", "link_id: pain-often", "a branch needs at least one required"),
        (
            "    proposes:",
            "    red_flags: [{flag: fire, when: [{question: pain-often, operator: exists}]}]\n    proposes:",
            "id: pain\n",
            "there is no red flag 'fire'",
        ),
        ("    branches: hold\n", "    branches: here\n", "branches: here", "'here' is not one of none, ask, hold"),
    ],
)
def test_a_broken_part_is_refused_in_the_part(write: Write, old: str, new: str, where: str, reason: str) -> None:
    broken = PART.replace(old, new, 1)
    assert broken != PART

    error = refusal(write, part=broken)

    assert reason in error.reason
    assert Path(str(error.detail["path"])).name == "part.yaml"
    assert error.line == line_of(broken, where)


@pytest.mark.parametrize("path", library_files(), ids=lambda path: path.stem)
def test_every_file_of_the_library_is_sound_by_itself(path: Path) -> None:
    assert check_file(path)[0].startswith(path.name)


def test_a_second_step_that_holds_branches_is_refused_where_it_stands(write: Write) -> None:
    error = refusal(write, SOUND.replace("phase: collect", "phase: collect\n        branches: hold"))

    assert error.reason == "only one step of a script may hold the branches"
    assert (Path(str(error.detail["path"])).name, error.line) == ("part.yaml", line_of(PART, "id: extra\n    title"))


def test_an_alias_bomb_is_refused_before_it_unfolds(write: Write) -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]

    error = refusal(write, "\n".join(layers))

    assert (error.line, error.reason) == (1, "anchors (&) and aliases (*) are not allowed in a script")


def test_a_file_nested_too_deep_is_refused(write: Write) -> None:
    error = refusal(write, "script: " + "[" * 5000)

    assert error.reason == "nested deeper than 24 levels"


def test_a_file_too_large_is_refused_without_reading_it(write: Write) -> None:
    error = refusal(write, "# " + "x" * (512 * 1024))

    assert error.reason == "larger than 512 KiB"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "the file is empty"), ("just words", "expected a mapping"), ("a: 1\n---\nb: 2\n", "not YAML")],
)
def test_what_is_no_script_at_all_is_refused(write: Write, text: str, reason: str) -> None:
    assert reason in refusal(write, text).reason


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    path.write_bytes(b"script: \xff\xfe")

    with pytest.raises(BadFile, match=re.escape("not UTF-8 text (byte 8)")):
        load_script(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be read: No such file"):
        load_script(tmp_path / "gone.yaml")
    with pytest.raises(BadFile, match="cannot be read: Is a directory"):
        load_script(tmp_path)


def test_a_library_with_one_script_in_two_files_is_refused(write: Write) -> None:
    write(PART, "en/part.yaml")
    write(SOUND, "en/a.yaml")
    path = write(SOUND, "en/b.yaml")

    with pytest.raises(BadFile, match="the script 'small' stands in two files"):
        load_library(path.parent.parent)
    with pytest.raises(BadFile, match="no such folder"):
        load_library(path.parent.parent, "xx")


def test_questions_that_are_asked_alike_take_the_same_answers(write: Write) -> None:
    broken = SOUND.replace("type: choice", "type: choice\n            same: how")
    broken = broken.replace("type: text", "type: text\n            same: how")

    error = refusal(write, broken)

    assert "'mood' is another question" in error.reason
    assert error.line == line_of(broken, "link_id: mood-why")
