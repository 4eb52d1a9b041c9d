"""Note lines written before the rules for them were: how well each set is read as a whole.

Of those in not_learnt the weights of the second reading have learnt nothing either.

The lines stand for writers the rules were not made for, so they are held by figures and not line by line. What the
very first reading of each set gave is in blind/README.md; the floors here only keep what has been reached.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consult.nlp.annotate import Annotator
from consult.nlp.records import record_of
from tests.nlp.scoring import Record, score

HERE = Path(__file__).parent
SETS = sorted([*(HERE / "blind").glob("*.jsonl"), *(HERE / "not_learnt").glob("*.jsonl")])
FLOORS = {
    "medication": 0.97,
    "ingredients": 0.97,
    "effect": 0.96,
    "concept": 0.93,
    "medication status": 0.95,
    "medication subject": 0.98,
    "medication as_needed": 0.97,
    "medication strength": 0.97,
    "medication dose": 0.95,
    "medication route": 0.95,
    "medication frequency": 0.95,
    "effect negated": 0.98,
    "effect uncertain": 0.97,
    "effect historical": 0.94,
    "effect subject": 0.98,
    "effect suspected": 0.88,
}
ABOUT_EFFECTS = ("fourth", "seventh", "ninth")  # written for effects: the drugs are asides, hardly one with directions
FEW_EFFECTS = (
    "fifth",
    "sixth",
    "eighth",
    "tenth",
)  # written for medications; twenty effects or fewer, too few for a figure

# Where one set is held by less: the twentieth marks the first of several amounts where the reading gives all; of the
# twenty-first little was learnt, it shows what a writer with ever new words for blame still loses. The newest mark
# in their own way what others mark otherwise (no route for a water pill, concepts that no list has).
LESS = {
    "twentieth": {"medication dose": 0.74},
    "twentyfirst": {
        "effect": 0.93,
        "concept": 0.87,
        "medication route": 0.79,
        "effect suspected": 0.68,
    },
    "twentyninth": {"medication route": 0.92},
    "thirtieth": {"medication dose": 0.9, "medication route": 0.88},
    "thirtyfirst": {"effect": 0.94, "concept": 0.84, "medication route": 0.89},
    "thirtysecond": {
        "ingredients": 0.965,
        "concept": 0.92,
        "medication dose": 0.9,
        "medication route": 0.87,
        "effect historical": 0.93,
        "effect suspected": 0.78,
    },
    "thirtythird": {
        "effect": 0.94,
        "concept": 0.87,
        "medication route": 0.92,
        "medication frequency": 0.92,
        "effect uncertain": 0.95,
        "effect historical": 0.93,
        "effect subject": 0.97,
        "effect suspected": 0.79,
    },
    "thirtyfourth": {"medication dose": 0.92},
    "thirtyfifth": {"medication route": 0.88},
    "thirtysixth": {"medication dose": 0.93},
    "thirtyseventh": {"medication route": 0.92},
    "thirtyninth": {"medication route": 0.93},
    "fortieth": {"medication dose": 0.92},
    "fortyfirst": {"medication route": 0.93, "effect suspected": 0.77},
    "fortysecond": {"medication route": 0.93},
    "fortythird": {"effect": 0.94, "concept": 0.9},
    "fortyfourth": {"concept": 0.89},
    "fortyfifth": {
        "concept": 0.92,
        "medication dose": 0.86,
        "medication subject": 0.97,
        "effect subject": 0.97,
    },
    # The forty-sixth writes down what callers say, word for word.
    "fortysixth": {
        "effect": 0.92,
        "concept": 0.84,
        "medication status": 0.9,
        "medication subject": 0.93,
        "medication strength": 0.94,
        "medication dose": 0.92,
        "medication route": 0.64,
        "medication frequency": 0.84,
        "effect uncertain": 0.92,
        "effect historical": 0.83,
        "effect suspected": 0.66,
    },
    "fortyseventh": {
        "medication status": 0.93,
        "medication dose": 0.92,
        "medication route": 0.92,
        "effect historical": 0.9,
        "effect suspected": 0.77,
    },
    "fortyeighth": {"medication route": 0.92},
    "fiftieth": {"medication route": 0.92},
    "fiftyfirst": {"effect": 0.93, "concept": 0.92, "medication dose": 0.93},
    "fiftysecond": {"effect": 0.93, "concept": 0.9, "medication dose": 0.93, "medication route": 0.85},
    "fiftythird": {
        "effect": 0.92,
        "concept": 0.89,
        "medication subject": 0.97,
        "medication dose": 0.86,
        "medication route": 0.85,
        "medication frequency": 0.9,
        "effect subject": 0.96,
    },
    "fiftyfourth": {"medication dose": 0.93},
    "fiftyfifth": {"medication dose": 0.93, "medication route": 0.84},
    "fiftysixth": {"medication route": 0.88},
    "fiftyseventh": {
        "effect": 0.88,
        "concept": 0.84,
        "medication subject": 0.97,
        "medication dose": 0.92,
        "medication route": 0.88,
        "medication frequency": 0.94,
        "effect historical": 0.92,
    },
    "fiftyeighth": {
        "concept": 0.91,
        "medication status": 0.94,
        "medication dose": 0.92,
        "medication route": 0.89,
    },
    "fiftyninth": {"medication route": 0.91},
    "sixtieth": {"effect": 0.95, "medication dose": 0.94, "medication route": 0.91},
    "sixtyfirst": {"medication route": 0.92},
    "sixtysecond": {"medication route": 0.88},
    "sixtythird": {"medication route": 0.91},
    "sixtyfifth": {"concept": 0.89, "medication route": 0.85},
    "sixtyninth": {"medication dose": 0.94, "medication route": 0.83},
    "seventieth": {"medication route": 0.86},
    "seventyfirst": {"medication dose": 0.92},
    "seventythird": {"concept": 0.89},
    "seventyfourth": {"ingredients": 0.96, "concept": 0.83, "medication route": 0.82},
    "seventysixth": {"medication dose": 0.94, "medication route": 0.8},
    "seventyseventh": {"concept": 0.89},
    "seventyeighth": {"concept": 0.91, "medication dose": 0.92, "medication route": 0.75},
    "seventyninth": {"medication dose": 0.94, "effect uncertain": 0.96},
    "eightieth": {"concept": 0.9},
    "eightyfirst": {"concept": 0.91, "medication dose": 0.94},
    "eightysecond": {"concept": 0.92, "medication route": 0.91, "effect subject": 0.97},
    "eightythird": {
        "ingredients": 0.93,
        "effect": 0.95,
        "concept": 0.84,
        "medication dose": 0.92,
        "medication route": 0.86,
        "medication frequency": 0.94,
        "effect suspected": 0.85,
    },
    "eightyfifth": {"concept": 0.9, "medication route": 0.94},
    "eightyseventh": {"concept": 0.91, "medication strength": 0.96, "medication dose": 0.9},
    "eightyeighth": {"medication route": 0.88},
    "eightyninth": {"concept": 0.88, "medication dose": 0.9},
    # Dense shorthand of a clinic: half of its lines tell by a colon or a sign what others tell in words.
    "ninetieth": {
        "concept": 0.88,
        "medication subject": 0.97,
        "medication dose": 0.8,
        "medication route": 0.86,
        "effect subject": 0.97,
    },
    "ninetyfirst": {"ingredients": 0.95, "medication subject": 0.97, "medication route": 0.91},
    "ninetysecond": {
        "medication strength": 0.94,
        "medication dose": 0.92,
        "medication route": 0.8,
        "medication frequency": 0.94,
    },
    "ninetythird": {"medication dose": 0.91, "medication route": 0.86},
    "ninetyfourth": {"concept": 0.9, "medication strength": 0.96, "medication dose": 0.81, "medication route": 0.88},
    "ninetyfifth": {
        "medication dose": 0.88,
        "medication route": 0.92,
        "effect historical": 0.93,
        "effect suspected": 0.87,
    },
    "ninetysixth": {"medication route": 0.93},
    "ninetyeighth": {"medication route": 0.85},
    "ninetyninth": {"effect": 0.95, "medication route": 0.88},
    "hundredfirst": {"medication dose": 0.92, "medication route": 0.89},
    "hundredsecond": {"medication route": 0.93},
    "hundredthird": {"medication subject": 0.97, "medication route": 0.88},
    "hundredfourth": {
        "effect": 0.77,
        "concept": 0.72,
        "medication dose": 0.92,
        "medication route": 0.85,
        "effect negated": 0.96,
        "effect uncertain": 0.96,
    },
    "hundredfifth": {
        "effect": 0.84,
        "concept": 0.77,
        "medication subject": 0.96,
        "medication dose": 0.81,
        "medication frequency": 0.93,
        "effect negated": 0.97,
        "effect subject": 0.94,
    },
    "hundredsixth": {"medication route": 0.9},
    "hundredseventh": {"medication route": 0.93},
    "hundredtenth": {"medication dose": 0.92},
    "hundredeleventh": {"medication dose": 0.9, "effect suspected": 0.86},
    "hundredtwelfth": {"medication dose": 0.92},
    "hundredthirteenth": {"concept": 0.85, "medication strength": 0.96},
    "hundredfifteenth": {"medication dose": 0.94, "medication route": 0.89},
    "hundredeighteenth": {
        "effect historical": 0.92,
        "medication dose": 0.92,
        "medication route": 0.88,
    },  # 1 of 14, 2 of 17
}


def lines(path: Path) -> list[Record]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", SETS, ids=lambda one: one.stem)
def test_unseen_lines_are_read_at_least_this_well(annotator: Annotator, path: Path) -> None:
    gold = lines(path)
    floors = FLOORS | LESS.get(path.stem, {})
    if path.stem in FEW_EFFECTS:
        floors = {name: floor for name, floor in FLOORS.items() if name.startswith(("medication", "ingredients"))}
    if path.stem in ABOUT_EFFECTS:
        floors = {name: floor for name, floor in FLOORS.items() if not name.startswith("medication ")}

    found = score(gold, [record_of(row["id"], row["text"], annotator.annotate(row["text"])) for row in gold])

    assert {name: round(found[name], 3) for name, floor in floors.items() if found[name] < floor} == {}


@pytest.mark.parametrize("path", SETS, ids=lambda one: one.stem)
def test_the_marked_words_stand_where_the_gold_says(path: Path) -> None:
    wrong = [
        (row["id"], one["text"])
        for row in lines(path)
        for one in (*row["medications"], *row["effects"])
        if row["text"][one["start"] : one["end"]] != one["text"]
    ]

    assert wrong == []
