"""Directions as a pharmacist types them, read into a Sig, and told to the patient in plain words."""

from __future__ import annotations

import pytest

from consult.domain.medication import Sig
from consult.nlp.sig.read import read_directions
from consult.takeaway.plain import how_to_take


def sig_of(typed: str) -> Sig:
    said = read_directions(typed, ())
    return Sig(said.strength, said.dose, said.route, said.frequency, said.as_needed, said.duration, said.timing)


@pytest.mark.parametrize(
    ("typed", "frequency", "timing", "told"),
    [
        ("10 mg 1 tab po qhs", "1/day", "bedtime", "Take 1 tablet at bedtime."),
        ("1 tab at bedtime", "1/day", "bedtime", "Take 1 tablet at bedtime."),
        ("1 tab hs prn", "1/day", "bedtime", "Take 1 tablet at bedtime, only when you need it."),
        ("1 cap qam", "1/day", "morning", "Take 1 capsule in the morning."),
        ("1 tab every morning", "1/day", "morning", "Take 1 tablet in the morning."),
        ("1 tab qpm", "1/day", "evening", "Take 1 tablet in the evening."),
        ("1 tab at noon", "1/day", "noon", "Take 1 tablet at noon."),
        ("1 tab nightly", "1/day", "night", "Take 1 tablet at night."),
        ("1 tab qam w/ breakfast", "1/day", "morning, with breakfast", "Take 1 tablet in the morning, with breakfast."),
        (
            "1 tab bid with food",
            "2/day",
            "with food",
            "Take 1 tablet in the morning and 1 tablet in the evening (2 times a day), with food.",
        ),
        (
            "6 units tid ac",
            "3/day",
            "before meals",
            "Use 6 units in the morning, 6 units at noon and 6 units in the evening (3 times a day), before meals.",
        ),
        (
            "1 tab qam and qhs",
            "2/day",
            "morning, bedtime",
            "Take 1 tablet in the morning and 1 tablet at bedtime (2 times a day).",
        ),
    ],
)
def test_a_time_of_day_or_meal_that_was_typed_is_told(typed: str, frequency: str, timing: str, told: str) -> None:
    sig = sig_of(typed)

    assert (sig.frequency, sig.timing, how_to_take(sig)) == (frequency, timing, told)


@pytest.mark.parametrize(
    ("typed", "frequency", "timing"),
    [
        ("1 tab mwf", "3/week", "monday, wednesday, friday"),
        ("1 tab every mon and thurs", "2/week", "monday, thursday"),
        ("1 tab weekly on sundays", "1/week", "sunday"),
        ("1 tab q wed", "1/week", "wednesday"),
    ],
)
def test_weekdays_are_kept_and_never_told_as_daily(typed: str, frequency: str, timing: str) -> None:
    sig = sig_of(typed)

    told = how_to_take(sig)
    assert (sig.frequency, sig.timing) == (frequency, timing)
    assert not any(word in told for word in ("a day", "every day", "daily"))


@pytest.mark.parametrize(
    ("typed", "dose", "told"),
    [
        (
            "20 units am, 12 units pm",
            "20 unit morning, 12 unit evening",
            "Use 20 units in the morning and 12 units in the evening.",
        ),
        (
            "25 mg 1 tab am and 2 tabs hs",
            "1 tablet morning, 2 tablet bedtime",
            "Take 1 tablet in the morning and 2 tablets at bedtime.",
        ),
        (
            "300 mg caps: 1 am, 1 noon, 2 hs",
            "1 morning, 1 noon, 2 bedtime",
            "Take 1 in the morning, 1 at noon and 2 at bedtime.",
        ),
        ("10 mg am, 5 mg pm", "10 mg morning, 5 mg evening", "Take 10 mg in the morning and 5 mg in the evening."),
        (
            "40 mg at 8 am and 20 mg at 2pm",
            "40 mg 8 am, 20 mg 2 pm",
            "Take 40 mg at 8 AM and 20 mg at 2 PM.",
        ),
        (
            "5 mg daily except 2.5 mg mon and fri",
            "2.5 mg monday/friday, 5 mg other days",
            "Take 2.5 mg every Monday and Friday and 5 mg on the other days.",
        ),
        (
            "5 mg mwf and 2.5 mg other days at bedtime",
            "5 mg monday/wednesday/friday, 2.5 mg other days",
            "Take 5 mg every Monday, Wednesday and Friday and 2.5 mg on the other days, at bedtime.",
        ),
    ],
)
def test_where_the_amounts_differ_each_is_told_with_its_time(typed: str, dose: str, told: str) -> None:
    sig = sig_of(typed)

    assert sig.dose == dose
    assert how_to_take(sig) == told


def test_days_without_a_dose_leave_what_is_said_of_the_hour() -> None:
    told = how_to_take(sig_of("88 mcg daily except sundays on an empty stomach"))

    assert told.endswith("Thursday, Friday and Saturday, on an empty stomach.")


def test_a_taper_is_not_told_as_if_it_ended_with_its_first_step() -> None:
    sig = sig_of("40 mg qd x5d then 20 mg x5d then off")

    assert sig.duration == "5 days, then 20 mg x5d then off"
    assert how_to_take(sig) == "Take 40 mg once a day. Ask your pharmacist how long to take it."


def test_a_weekday_beside_a_daily_drug_is_no_direction() -> None:
    assert sig_of("10 mg daily, labs on monday").timing is None
