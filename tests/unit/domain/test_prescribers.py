"""Whom a problem is put to: a prescriber of its medicines, never the words that stand for nobody."""

from __future__ import annotations

import pytest

from consult.domain.medication import Medication, prescriber_of


def row(prescriber: str) -> Medication:
    return Medication(f"med:{prescriber}", "x", ("x",), prescriber=prescriber)


@pytest.mark.parametrize("nobody", ["", " ", "over the counter", "OTC", "self", "N/A", "sin receta", "None."])
def test_what_nobody_prescribed_is_put_to_who_prescribed_the_other(nobody: str) -> None:
    assert prescriber_of((row(nobody), row("Dr. Chen"))) == "Dr. Chen"
    assert prescriber_of((row(nobody),)) == ""


def test_the_first_prescriber_is_asked() -> None:
    assert prescriber_of((row("Dr. Selfridge"), row("Dr. Chen"))) == "Dr. Selfridge"
