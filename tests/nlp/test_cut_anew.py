"""Known lines cut at other places: what nobody wrote so, and a hurried hand may."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.nlp.annotate import Annotator
from tests.nlp.marked import read

FOLDER = Path(__file__).parent
WORDS = 20


def cut_anew(first: int) -> Iterator[str]:
    """All marked lines and blind sets in one, cut every twenty words from this word on."""
    lines = [one.text for path in sorted(FOLDER.glob("examples/*.txt")) for one in read(path)]
    for path in sorted(FOLDER.glob("blind/*.jsonl")):
        lines += [json.loads(row)["text"] for row in path.read_text(encoding="utf-8").splitlines()]
    words = "; ".join(lines).split()
    for i in range(first, len(words), WORDS):
        yield " ".join(words[i : i + WORDS])


@pytest.mark.parametrize("first", [3, 11])
def test_a_line_cut_elsewhere_is_read_and_every_span_shows_its_words(annotator: Annotator, first: int) -> None:
    for line in cut_anew(first):
        found = annotator.annotate(line)

        for one in (*found.medications, *found.effects):
            for part in (one, *one.cues):
                assert line[part.start : part.end] == part.text, line


def test_what_is_listed_beside_a_reaction_is_no_effect_of_the_drug(annotator: Annotator) -> None:
    found = annotator.annotate("Bactrim (hives as a teen); latex; • 74 M, HFrEF (EF 30%), AF, gout, BPH")

    assert [(one.concept, one.suspected) for one in found.effects] == [("hives", ("sulfamethoxazole", "trimethoprim"))]
