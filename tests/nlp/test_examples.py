"""The marked note lines under examples/ are read as marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.nlp.annotate import Annotator
from tests.nlp.marked import Example, marks_of, read

EXAMPLES = [one for path in sorted((Path(__file__).parent / "examples").glob("*.txt")) for one in read(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.where)
def test_a_note_line_is_read_as_marked(annotator: Annotator, example: Example) -> None:
    medications, effects = marks_of(annotator.annotate(example.text))

    assert (medications, effects) == (example.medications, example.effects), example.text
