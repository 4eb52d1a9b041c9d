"""The letter to a prescriber."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from consult.domain.medication import Sig
from consult.domain.problem import Problem
from consult.errors import BadCommand
from consult.takeaway.letter import LetterInput, Recommendation, compose_letter, render_letter
from consult.takeaway.pdf import Renderer
from consult.takeaway.printed import read_printed
from tests.unit.takeaway.cases import medication, source

ASK = Recommendation(
    Problem("p1", "safety", "bleeding risk", "Apixaban and naproxen daily, age 74.", medications=("m0",)),
    "Consider stopping naproxen.",
    "FDA label of apixaban",
)


def letter_input(**fields: Any) -> LetterInput:
    case = source(3)
    values: dict[str, Any] = {
        "patient": case.patient,
        "prescriber": "Dr. Chen",
        "recommendations": (ASK,),
        "medications": case.medications,
        "date_of_service": case.date_of_service,
        "prepared_on": case.prepared_on,
        "pharmacist": case.pharmacist,
        "site": case.site,
        "reviewed": True,
    }
    return LetterInput(**{**values, **fields})


def test_each_recommendation_has_its_finding_source_and_boxes() -> None:
    page = render_letter(compose_letter(letter_input()))

    assert "Recommendation 1: Bleeding risk" in page
    assert "Apixaban and naproxen daily, age 74." in page
    assert "Eliquis" in page
    assert "FDA label of apixaban" in page
    assert all(f"<li>{answer}</li>" in page for answer in ("Accept", "Accept with this change:", "Decline, because:"))


def test_the_letter_leaves_the_decision_to_the_prescriber() -> None:
    opening = compose_letter(letter_input()).opening

    assert "Please consider the 1 recommendation below" in opening
    assert opening.endswith("The decision is yours.")


def test_rows_that_nobody_confirmed_are_not_in_the_letter() -> None:
    rows = (medication("lisinopril"), medication("warfarin", review="proposed"))

    letter = compose_letter(letter_input(medications=rows))

    assert [row[0] for row in letter.rows] == ["Lisinopril"]


def test_a_letter_without_a_recommendation_is_refused() -> None:
    with pytest.raises(BadCommand):
        compose_letter(letter_input(recommendations=()))


def test_words_in_the_letter_are_escaped() -> None:
    page = render_letter(compose_letter(letter_input(prescriber="<script>alert(1)</script>")))

    assert "<script" not in page


def test_an_unreviewed_letter_says_that_it_is_a_draft() -> None:
    assert "DRAFT – not reviewed by a pharmacist" in render_letter(compose_letter(letter_input(reviewed=False)))


def test_the_letter_is_a_tagged_pdf(renderer: Renderer) -> None:
    printed = read_printed(renderer.render(render_letter(compose_letter(letter_input()))))

    assert printed.tagged
    assert printed.title == "Medication review: Maria Lopez"


def test_three_recommendations_and_twelve_medicines_stand_on_one_page(renderer: Renderer) -> None:
    case = source(12)
    long = Recommendation(replace(ASK.problem, detail="Apixaban and naproxen daily, age 74. " * 4), ASK.text * 3)

    page = render_letter(compose_letter(letter_input(recommendations=(ASK, long, ASK), medications=case.medications)))

    assert read_printed(renderer.render(page)).pages == 1


def test_five_recommendations_stand_on_one_page(renderer: Renderer) -> None:
    page = render_letter(compose_letter(letter_input(recommendations=(ASK,) * 5, medications=source(9).medications)))

    assert read_printed(renderer.render(page)).pages == 1


def test_directions_for_a_prescriber_are_as_recorded_and_ask_nothing() -> None:
    rows = (
        medication("metformin", sig=Sig("500 mg", "1 tablet", "oral", "2/day"), why="diabetes"),
        medication("Benadryl", sig=Sig("25 mg", None, "oral", None, as_needed=True)),
        medication("melatonin"),
    )

    letter = compose_letter(letter_input(medications=rows))

    assert [row[1:] for row in letter.rows] == [
        ("Take 1 tablet 2 times a day.", "For: diabetes."),
        ("Take 25 mg as needed.", ""),
        ("Directions not known.", ""),
    ]


def test_medicines_that_the_heading_names_are_not_named_again() -> None:
    known = (medication("naproxen", id="m1"), medication("Eliquis", id="m2"))
    ask = replace(ASK, problem=replace(ASK.problem, title="Naproxen + Eliquis: bleeding", medications=("m1", "m2")))
    other = replace(ask, problem=replace(ask.problem, title="Bleeding"))

    letter = compose_letter(letter_input(recommendations=(ask, other), medications=known))

    assert [block.medications for block in letter.blocks] == ["", "naproxen, Eliquis"]


def test_the_day_of_the_reply_is_named_where_there_is_one() -> None:
    assert "by December 7, 2026" in compose_letter(letter_input(reply_by="2026-12-07")).reply
    assert "glad to hear" not in compose_letter(letter_input()).reply
