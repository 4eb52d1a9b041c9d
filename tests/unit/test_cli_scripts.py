"""`consult scripts` as a person with files meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import consult
from tests.unit.scripts.test_script_refusals import PART, SOUND


def test_the_library_is_sound() -> None:
    result = consult("scripts", "check")

    assert (result.returncode, result.stderr) == (0, "")
    assert "script 'cmr' version 1" in result.stdout
    assert "languages: en, es" in result.stdout


def test_a_script_that_comes_with_the_program_is_checked_by_its_id() -> None:
    result = consult("scripts", "check", "adherence")

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("adherence.yaml: script 'adherence'")


def test_everything_wrong_with_a_file_is_said_with_its_line_and_status_2(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8")
    path = tmp_path / "script.yaml"
    path.write_text(SOUND, encoding="utf-8")

    lacking, without = consult("scripts", "check", path), consult("scripts", "check", "--without-translations", path)

    assert lacking.returncode == 2
    assert f"consult: {path}:11: 'say:hello' has no translation into 'es'" in lacking.stderr
    assert len(lacking.stderr.splitlines()) == 11
    assert (without.returncode, without.stderr) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("question: mood,", "question: moods,", 26, "asks for the question 'moods', which does not exist"),
        ("- use: extra", "- use: extras", 30, "no included file has a step 'extras'"),
        (
            "            required: true\n",
            "            required: true\n            enable_when: [{question: mood-why, operator: exists}]\n",
            11,
            "'hello' can never be reached",
        ),
        (
            "[{question: mood, answer: bad}]",
            "[{question: mood, answer: bad}, {question: mood, answer: good}]",
            26,
            "'mood-why' can never be asked: its conditions contradict each other",
        ),
        ('        source: "This test"\n', "", 11, "'source' is missing"),
        ('source: "This test"', 'source: "tbd"', 11, "'hello' names no source ('tbd')"),
        (
            "How are you today?",
            "Kindly characterize your subjective symptomatology and pharmacological intricacies comprehensively.",
            11,
            "'say:hello' reads at grade",
        ),
        ("How are you today?", "How are you {{ mood.id }}?", 14, "only a name may stand in braces, not an attribute"),
    ],
)
def test_each_kind_of_fault_is_said_with_file_line_and_reason(
    tmp_path: Path, old: str, new: str, line: int, reason: str
) -> None:
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8")
    path = tmp_path / "script.yaml"
    path.write_text(SOUND.replace(old, new), encoding="utf-8")

    result = consult("scripts", "check", "--without-translations", path)

    said = [one for one in result.stderr.splitlines() if one.startswith(f"consult: {path}:{line}: ")]
    assert result.returncode == 2
    assert any(reason in one for one in said), result.stderr


def test_a_script_is_walked_with_answers_from_a_pipe() -> None:
    lines = (
        "claims",
        "video",
        "maybe",
        ":drug warfarin",
        ":drug zzyzx",
        ":note crushing chest pain now",
        "",
        ":where",
        ":x",
    )

    result = consult("scripts", "try", "cmr", "--age", "80", stdin="\n".join(lines) + "\n")

    said = result.stdout
    assert result.returncode == 0, result.stderr
    assert "! 'maybe' is no answer here (yes, later, declined)" in said
    assert "! the drug 'zzyzx' is not known" in said
    assert "Branch warfarin: warfarin is on the list" in said
    assert "read from the notes: yes (an empty line confirms it)" in said
    assert said.index("== Chest pain") < said.index("What was done?")
    assert ":skip REASON" in said
    assert "of 21 steps done" in said


def test_a_walk_asks_about_an_item_that_is_put_on_the_to_do_list() -> None:
    lines = (":todo Walk each day", ":step teach-back", "retaught", "", ":quit")

    said = consult("scripts", "try", "cmr", "--language", "es", stdin="\n".join(lines) + "\n").stdout

    assert "Lo dijo con sus palabras: Walk each day" in said
    assert "2 retaught: Lo expliqué otra vez y entonces salió bien" in said
    assert "teach-back" not in said[said.index("Open: ") :].split("\n")[0]


@pytest.mark.parametrize("words", [("no-such-file.yaml",), ("cmr", "--age", "300")])
def test_what_cannot_be_walked_is_refused_with_status_2(words: tuple[str, ...]) -> None:
    result = consult("scripts", "try", *words)

    assert result.returncode == 2
    assert result.stderr.startswith("consult: ")


def test_a_page_of_each_script_is_written_with_both_languages_conditions_and_sources(tmp_path: Path) -> None:
    result = consult("scripts", "docs", tmp_path / "pages")

    page = (tmp_path / "pages" / "cmr.html").read_text(encoding="utf-8")
    assert result.returncode == 0, result.stderr
    assert len(list((tmp_path / "pages").iterdir())) == 6
    assert "Do you still take {medicine}?" in page
    assert "¿Todavía toma {medicine}?" in page
    assert "Opens when: takes vitamin k antagonist" in page
    assert "for each to-do item" in page
    assert "Warfarin label (DailyMed)" in page
    assert "unreviewed" in page


def test_pages_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    result = consult("scripts", "docs", tmp_path / "file")

    assert result.returncode == 2
    assert "is no folder that can be written to" in result.stderr
