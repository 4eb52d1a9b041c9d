"""What may be filled into a text of a script: names and values, and nothing that runs."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.errors import BadFile
from consult.scripts import load_script
from consult.scripts.entries import LONGEST_TEXT
from consult.scripts.wording import LONGEST_FILLED, filled, names_in, short_form
from tests.unit.scripts.test_script_refusals import PART, SOUND, line_of

ASPIRIN = {"medicine": "aspirin EC", "strength": "81 mg"}


@pytest.mark.parametrize(
    ("text", "short", "words"),
    [
        ("Is {{ medicine }} working?", "Is {medicine} working?", "Is aspirin EC working?"),
        ("Is {medicine} working?", "Is {medicine} working?", "Is aspirin EC working?"),
        ("{{medicine|upper_first}} {{ strength }}", "{medicine|upper_first} {strength}", "Aspirin EC 81 mg"),
        ("{{ medicine | lower | upper_first }}.", "{medicine|lower|upper_first}.", "Aspirin ec."),
        ("No names at all", "No names at all", "No names at all"),
    ],
)
def test_a_name_is_filled_in_with_its_filters(text: str, short: str, words: str) -> None:
    assert short_form(text) == short
    assert filled(short, ASPIRIN) == words


def test_what_has_no_value_leaves_nothing() -> None:
    assert filled("Take {medicine} {strength}.", {"medicine": "aspirin"}) == "Take aspirin ."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ drug }}", "{drug} is not known"),
        ("{{ medicine.__class__ }}", "not an attribute"),
        ("{{ medicine['id'] }}", "not an attribute"),
        ("{{ medicine() }}", "not a call"),
        ("{{ ''.join(medicine) }}", "not a call"),
        ("{% for x in medicine %}a{% endfor %}", "not a loop"),
        ("{% if medicine %}a{% endif %}", "not a condition"),
        ("{{ medicine if todo else strength }}", "not a condition"),
        ("{% include 'x' %}", "not another file"),
        ("{% import 'x' as y %}", "not another file"),
        ("{% extends 'x' %}", "not another file"),
        ("{% set medicine = 'x' %}", "not 'assign'"),
        ("{% raw %}{{ medicine }}{% endraw %}", "a brace stands alone"),
        ("{% raw %}words{% endraw %}", "only a name may stand in braces"),
        ("{# hidden #} words", "only a name may stand in braces"),
        ("{{ medicine * 100000000 }}", "not 'mul'"),
        ("{{ 9 ** 9 ** 9 ** 9 }}", "not 'pow'"),
        ("{% for x in range(10 ** 9) %}a{% endfor %}", "not a loop"),
        ("{{ " + "(" * 500 + "medicine" + ")" * 500 + " }}", "too deep"),
        ("{{ " + "-" * 1000 + "medicine }}", "too deep"),
        ("{{ medicine" + "|lower" * 180 + " }}", "at most 2 filters"),
        ("{{ 9 }}", "not a fixed value"),
        ("{{ medicine | replace('a', 'b') }}", "the filter 'replace' is not known"),
        ("{{ medicine | attr('id') }}", "the filter 'attr' is not known"),
        ("{{ medicine | lower(1) }}", "takes nothing in brackets"),
        ("{{ medicine", "the braces cannot be read"),
        ("{{ medicine }", "the braces cannot be read"),
        ("all } alone", "a brace stands alone"),
        ("a { alone", "a brace stands alone"),
    ],
)
def test_anything_else_in_braces_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        short_form(text)


def test_it_is_refused_with_file_and_line_in_scripts_and_in_translations(tmp_path: Path) -> None:
    (tmp_path / "part.yaml").write_text(PART, encoding="utf-8")
    path = tmp_path / "script.yaml"
    broken = SOUND.replace("text: Why is that?", 'text: "Why {{ mood.id }}?"')
    path.write_text(broken, encoding="utf-8")

    with pytest.raises(BadFile, match="not an attribute") as caught:
        load_script(path)
    assert caught.value.line == line_of(broken, 'text: "Why')

    path.write_text(SOUND, encoding="utf-8")
    spanish = tmp_path / "script.es.yaml"
    spanish.write_text('translation: es\nitems:\n  mood: {text: "{% if 1 %}x{% endif %}"}\n', encoding="utf-8")
    with pytest.raises(BadFile, match="not a condition") as caught:
        load_script(path)
    assert (caught.value.path, caught.value.line) == (spanish, 3)


def test_a_value_is_never_read_as_a_template_and_cannot_grow_the_text_without_end() -> None:
    assert filled("Is {medicine} working?", {"medicine": "{{ 7 * 7 }}{% x %}"}) == "Is {{ 7 * 7 }}{% x %} working?"
    assert len(filled("{medicine}" * 100, {"medicine": "x" * 100_000})) == LONGEST_FILLED


@given(st.text(alphabet="{}%#|.()[]'\" medicinestrengthlower_first019", max_size=60))
def test_what_is_not_refused_can_always_be_filled_in(text: str) -> None:
    try:
        short = short_form(text)
    except ValueError:
        return

    assert isinstance(filled(short, ASPIRIN), str)
    assert names_in(short) <= {"medicine", "strength", "todo"}


def test_the_hardest_text_is_filled_in_at_once() -> None:
    """The longest text of the most names with the most filters, each with a value of the greatest length."""
    hardest = short_form(("{{todo|lower|lower}}" * (LONGEST_TEXT // 20))[:LONGEST_TEXT])

    started = time.process_time()
    words = filled(hardest, {"todo": "X" * 10_000})

    assert len(words) == LONGEST_FILLED
    assert time.process_time() - started < 1, "seconds of processor time; some 0.02 are usual"
