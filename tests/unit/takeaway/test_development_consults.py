"""Twelve consults by other hands than the demo's, replayed from their notes: each takeaway meets the format."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consult.config import read_settings
from consult.domain.patient import Patient
from consult.rehearse import note_lines, replay
from consult.takeaway.conformance import check
from consult.takeaway.papers import reading_of

FOLDER = Path(__file__).resolve().parents[2] / "consults"
NOTES = sorted(FOLDER.glob("*.txt"))
TEXTS = {path: note_lines(path, path.read_text(encoding="utf-8").splitlines()) for path in NOTES}
SITE = {
    "site_name": "Prairie Medication Review",
    "help_phone": "555-0100",
    "help_hours": "Monday to Friday, 8 am to 6 pm",
    "plan_name": "Prairie Health Part D",
    "disposal_places": ("Prairie Pharmacy, 100 Main Street",),
}


def test_there_are_twelve_of_them() -> None:
    assert len(NOTES) == 12


@pytest.mark.parametrize("path", NOTES, ids=lambda path: path.stem)
async def test_the_takeaway_of_a_development_consult_meets_all_points_in_both_languages(path: Path) -> None:
    lines = TEXTS[path]
    patient = Patient("p1", "Maria Lopez", "1950-03-14", "f", address="14 Oak Street\nSpringfield, IL 62701")

    draft = await replay(lines, patient, lambda event: None, True, read_settings({}, **SITE))

    assert draft is not None
    failing = [
        (language, point.number, point.name, point.places)
        for language in ("en", "es")
        for point in check(replace(draft.source, language=language, reviewed=True))
        if not point.passed
    ]
    assert failing == []
    assert reading_of(draft.source).grade <= 6
    assert len(draft.source.medications) >= 3
