"""How a line is cut into words."""

from __future__ import annotations

import pytest

from consult.nlp import line as line_module
from consult.nlp.line import Line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lasix 12.5 mg, 1,000 units.", ["lasix", "12.5", "mg", ",", "1,000", "units", "."]),
        ("can't  'take' it", ["can't", "'", "take", "'", "it"]),
        ("don’t d/c", ["don't", "d", "/", "c"]),
        ("vit_d .5 a.m.", ["vit", "_", "d", ".", "5", "a", ".", "m", "."]),
        ("x\ud800y 5½ Ⅻ", ["x", "\ud800", "y", "5½", "ⅻ"]),
        (" \t\n", []),
    ],
)
def test_a_point_inside_a_number_and_an_apostrophe_inside_a_word_do_not_cut(text: str, words: list[str]) -> None:
    line = Line(text)

    assert line.lows == words
    assert [line.low[start:end] for start, end in zip(line.starts, line.ends, strict=True)] == words


def test_marks_are_no_words() -> None:
    assert Line("5 mg, _a").are_words == [True, True, False, False, True]


def test_what_was_pasted_without_a_blank_is_cut_and_not_kept() -> None:
    before = len(line_module._PLAIN.cuts)

    line = Line("1a/" * 600)

    assert len(line.lows) == 1200
    assert len(line_module._PLAIN.cuts) == before
