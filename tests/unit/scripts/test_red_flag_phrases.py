"""Red flags in typed notes: what sounds like an emergency opens its card; what is past, denied or another's does not.

This is a memory aid and no detector: the figures say how much of these lists is caught, not of what people may write.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consult.app import build_analysis
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.patient import Patient
from consult.domain.people import SYSTEM, Actor
from consult.session.analysis import Analysis, situation

FOLDER = Path(__file__).parent / "red_flags"
ME = Actor("staff-1", "pharmacist", "Daniel Reyes")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    return build_analysis()


def told(name: str) -> list[tuple[str, list[str]]]:
    rows = [json.loads(row) for row in (FOLDER / name).read_text(encoding="utf-8").splitlines()]
    return [(row["line"], row["flags"]) for row in rows]


def flags(analysis: Analysis, text: str) -> list[str]:
    """The red flags that are open after this one line."""
    return list(analysis.judge(situation(after(analysis, text), "2026-11-23")).guidance.urgent)


def after(analysis: Analysis, text: str) -> Consult:
    """An open consult with this one line, made by its own decisions."""
    consult = Consult("c1")
    patient = Patient("p1", "Maria Lopez", "1952-03-14")
    steps: list[tuple[co.Command, Actor]] = [
        (co.ScheduleConsult(patient, ME.id, "2026-11-23T15:00:00Z"), ME),
        (co.OpenConsult(), ME),
        (co.PutNoteLine("a", "", 0, text), ME),
        (co.RecordFindings("a", 1, analysis.annotate(text)), SYSTEM),
    ]
    for command, actor in steps:
        for data in decide(consult, command, actor, "2026-11-23T15:00:00Z"):
            event = Event(consult.seq + 1, "c1", f"k{consult.seq}", "2026-11-23T15:00:00Z", actor, data)
            consult = fold(consult, [event])
    return consult


def test_most_phrasings_open_their_card(analysis: Analysis) -> None:
    lines = told("phrasings.jsonl")

    missed = [(line, wanted) for line, wanted in lines if not set(wanted) <= set(flags(analysis, line))]

    assert len(lines) >= 110
    assert len(missed) / len(lines) <= 0.1, missed


def test_what_only_sounds_like_it_hardly_ever_opens_one(analysis: Analysis) -> None:
    """A card too many costs one question; a card too few may cost more. So a few are borne, and no more."""
    lines = told("near_misses.jsonl")

    false = [(line, found) for line, _ in lines if (found := flags(analysis, line))]

    assert len(lines) >= 60
    assert len(false) / len(lines) <= 0.08, false


def test_words_that_sound_like_it_are_a_yes_to_confirm_and_a_no_closes_the_card(analysis: Analysis) -> None:
    consult = after(analysis, "crushing chest pressure since this morning")
    view = situation(consult, "2026-11-23")

    asked = analysis.judge(view).guidance.next
    denied = {**view.view.answers, "chest-pain-now": Answer("chest-pain-now", ("no",))}
    closed = analysis.judge(replace(view, view=replace(view.view, answers=denied))).guidance

    assert asked is not None
    assert asked.link_id == "chest-pain-now"
    assert consult.answers["chest-pain-now"].review == "proposed"
    assert closed.urgent == ()
