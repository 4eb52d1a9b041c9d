"""What an alert tells the pharmacist, as the request that a letter makes of a prescriber."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import consult.knowledge
from consult.domain.to_prescriber import REVIEW, for_prescriber

RULES = Path(consult.knowledge.__file__).parent / "data"


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("Consider acetaminophen.", "Consider acetaminophen."),
        (
            "Consider calling the prescriber today; a gap of 36 hours is needed between the two.",
            "Please review this as soon as you can. A gap of 36 hours is needed between the two.",
        ),
        (
            "Consider asking what happened and when; consider calling the prescriber about another choice.",
            "Consider another choice.",
        ),
        ("Consider asking the prescribers which one is meant to stay.", "Please tell us which one is meant to stay."),
        (
            "Consider asking whether both are needed, and naloxone at home.",
            "Consider naloxone at home. Please tell us whether both are needed.",
        ),
        ("Consider asking for the date of the last INR.", "Please tell us the date of the last INR."),
        ("Consider a lithium level and asking about tremor.", "Consider a lithium level."),
        ("Consider asking about muscle pain.", REVIEW),
        ("Consider asking how much; above 3 g a day counts.", f"{REVIEW} Above 3 g a day counts."),
        ("Consider a TSH. Consider asking the prescriber about the dose.", "Consider a TSH. Consider the dose."),
        ("", ""),
    ],
)
def test_an_action_is_put_as_a_request_to_the_prescriber(action: str, asked: str) -> None:
    assert for_prescriber(action) == asked


def test_no_rule_sends_a_prescriber_to_the_prescriber_or_to_ask_the_patient() -> None:
    actions = {row["action"] for file in RULES.glob("rules_*.csv") for row in csv.DictReader(file.open())}
    aside = (
        "the prescriber today",
        "calling the prescriber",
        "asking the prescriber",
        "telling the patient",
        "asking what",
    )

    said = [for_prescriber(action) for action in actions if action]

    assert len(said) > 800
    assert [text for text in said if any(one in text for one in aside)] == []
    assert [text for text in said if not text or "  " in text or ".." in text] == []
