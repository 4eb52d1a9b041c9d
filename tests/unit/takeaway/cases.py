"""A patient with twelve medicines, and ways to vary her."""

from __future__ import annotations

from typing import Any

from consult.domain.medication import Medication, Sig
from consult.domain.patient import Allergy, Effect, Patient
from consult.domain.plan import TodoItem
from consult.takeaway.source import Pharmacist, Site, TakeawayInput

ROWS: tuple[tuple[str, tuple[str, ...], Sig, str, str], ...] = (
    ("Eliquis", ("apixaban",), Sig("5 mg", "1 tablet", "oral", "2/day"), "to prevent blood clots", "Dr. Chen"),
    (
        "metformin",
        ("metformin",),
        Sig("1000 mg", "1 tablet", "oral", "2/day", timing="with meals"),
        "diabetes",
        "Dr. Patel",
    ),
    ("lisinopril", ("lisinopril",), Sig("20 mg", "1 tablet", "oral", "1/day"), "high blood pressure", "Dr. Patel"),
    (
        "Lipitor",
        ("atorvastatin",),
        Sig("40 mg", "1 tablet", "oral", "1/day", timing="bedtime"),
        "cholesterol",
        "Dr. Patel",
    ),
    (
        "albuterol",
        ("albuterol",),
        Sig(None, "2 puff", "inhaled", "every 4-6 hours", as_needed=True),
        "wheezing",
        "Dr. Okafor",
    ),
    (
        "Lantus",
        ("insulin glargine",),
        Sig(None, "20 unit", "subcutaneous", "1/day", timing="bedtime"),
        "diabetes",
        "Dr. Patel",
    ),
    (
        "Tylenol",
        ("acetaminophen",),
        Sig("500 mg", "1-2 tablet", "oral", "every 6 hours", as_needed=True),
        "knee pain",
        "",
    ),
    ("vitamin D", ("vitamin d",), Sig("2000 unit", "1 capsule", "oral", "1/day"), "", ""),
    (
        "Fosamax",
        ("alendronate",),
        Sig("70 mg", "1 tablet", "oral", "1/week", timing="30 minutes before breakfast"),
        "weak bones",
        "Dr. Chen",
    ),
    (
        "latanoprost",
        ("latanoprost",),
        Sig(None, "1 drop", "ophthalmic", "1/day", timing="bedtime"),
        "glaucoma",
        "Dr. Ruiz",
    ),
    ("water pill", (), Sig(None, None, None, "1/day", timing="morning"), "swelling", ""),
    (
        "Hyzaar",
        ("hydrochlorothiazide", "losartan"),
        Sig("50/12.5 mg", "1 tablet", "oral", "1/day", timing="morning"),
        "high blood pressure",
        "Dr. Patel",
    ),
)


def medication(name: str = "lisinopril", **fields: Any) -> Medication:
    """A confirmed row; the ingredient is the name where nothing else is said."""
    row: dict[str, Any] = {"id": f"med:{name}", "name": name, "ingredients": (name.lower(),), "review": "confirmed"}
    return Medication(**{**row, **fields})


def regimen(count: int) -> tuple[Medication, ...]:
    """So many rows; beyond twelve they repeat under other ids."""
    rows = []
    for number in range(count):
        name, ingredients, sig, why, prescriber = ROWS[number % len(ROWS)]
        rows.append(medication(name, id=f"m{number}", ingredients=ingredients, sig=sig, why=why, prescriber=prescriber))
    return tuple(rows)


def source(count: int = 12, **fields: Any) -> TakeawayInput:
    """A reviewed takeaway of so many medicines; every field can be set."""
    values: dict[str, Any] = {
        "patient": Patient(
            "p1",
            "Maria Lopez",
            "1952-03-04",
            "f",
            "555-0100",
            "14 Oak Street\nSpringfield, IL 62701",
            plan_name="Prairie Health Part D",
        ),
        "medications": regimen(count),
        "allergies": (Allergy("a1", "penicillin", ("penicillin",), "rash", review="confirmed"),),
        "effects": (Effect("e1", "dizziness", "dizzy when I stand up", ("lisinopril",), review="confirmed"),),
        "todos": (
            TodoItem(
                "t1",
                "Eliquis and Aleve together can cause bleeding",
                "Stop Aleve.\nUse Tylenol for knee pain.",
                "Taking both makes bleeding more likely.",
            ),
            TodoItem("t2", "Feeling dizzy when you stand up", "Stand up slowly."),
        ),
        "stopped": (medication("Aleve", ingredients=("naproxen",), status="stopped"),),
        "date_of_service": "2026-11-20",
        "prepared_on": "2026-11-23",
        "pharmacist": Pharmacist("Dana Reed", "PharmD", "555-0123", "Monday to Friday, 9 a.m. to 5 p.m."),
        "site": Site(letterhead=("Prairie Health Pharmacy",), plan_phone="1-800-555-0199"),
        "reviewed": True,
    }
    return TakeawayInput(**{**values, **fields})
