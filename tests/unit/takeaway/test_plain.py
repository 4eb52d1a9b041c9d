"""Directions for use in plain words: one line a sig, English."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.medication import Sig
from consult.takeaway.plain import how_to_take
from consult.takeaway.words import load_forms, load_words

T1 = "1 tablet"
ASK_AMOUNT = "Ask your pharmacist how much to take each time."
ASK_OFTEN = "Ask your pharmacist how often to take it."

SIGS: list[tuple[Sig, str]] = [
    # times a day
    (Sig(dose=T1, frequency="1/day"), "Take 1 tablet once a day."),
    (Sig(dose=T1, frequency="2/day"), "Take 1 tablet in the morning and 1 tablet in the evening (2 times a day)."),
    (
        Sig(dose=T1, frequency="3/day"),
        "Take 1 tablet in the morning, 1 tablet at noon and 1 tablet in the evening (3 times a day).",
    ),
    (
        Sig(dose="1 capsule", frequency="4/day"),
        "Take 1 capsule in the morning, 1 capsule at noon, 1 capsule in the evening and 1 capsule at bedtime"
        " (4 times a day).",
    ),
    (Sig(dose=T1, frequency="5/day"), "Take 1 tablet 5 times a day."),
    (Sig(dose=T1, frequency="1-2/day"), "Take 1 tablet 1 to 2 times a day."),
    (Sig(dose=T1, frequency="daily"), "Take 1 tablet once a day."),
    (
        Sig(dose=T1, frequency="twice daily", timing="morning and bedtime"),
        "Take 1 tablet in the morning and 1 tablet at bedtime (2 times a day).",
    ),
    (
        Sig(dose=T1, frequency="2/day", timing="bedtime"),
        "Take 1 tablet in the morning and 1 tablet at bedtime (2 times a day).",
    ),
    # several amounts
    (
        Sig(
            dose="12 unit morning, 14 unit evening", frequency="2/day", route="subcutaneous", timing="morning, evening"
        ),
        "Inject 12 units under your skin in the morning and 14 units in the evening.",
    ),
    (
        Sig(strength="5 mg", dose="2.5 mg monday/friday, 5 mg other days", frequency="1/day", route="oral"),
        "Take 2.5 mg every Monday and Friday and 5 mg on the other days.",
    ),
    (
        Sig(dose="5 mg monday/wednesday, 2.5 mg friday", frequency="3/week"),
        "Take 5 mg every Monday and Wednesday and 2.5 mg every Friday.",
    ),
    (
        Sig(dose="10 mg 9 am, 10 mg 1 pm, 20 mg bedtime", frequency="3/day", timing="9 am, 1 pm, bedtime, with food"),
        "Take 10 mg at 9 AM, 10 mg at 1 PM and 20 mg at bedtime, with food.",
    ),
    (  # three times a day and two amounts: somebody has to ask
        Sig(dose="2 tablet morning, 1 tablet evening", frequency="3/day"),
        "Take it in the morning, at noon and in the evening (3 times a day). " + ASK_AMOUNT,
    ),
    (
        Sig(dose="2 tablet morning, some evening", frequency="2/day"),
        f"Take it in the morning and in the evening (2 times a day). {ASK_AMOUNT}",
    ),
    (Sig(dose="1 tablet monday, 2 tablet bedtime"), "Ask your pharmacist how to take this."),
    # by the clock
    (
        Sig(dose="1.5 tablet", frequency="2/day", timing="7 am, 12:30 pm"),
        "Take 1 and a half tablets at 7 AM and 1 and a half tablets at 12:30 PM (2 times a day).",
    ),
    (
        Sig(dose=T1, frequency="2/day", timing="12 am, 12 pm"),
        "Take 1 tablet at 12 AM (midnight) and 1 tablet at 12 PM (noon) (2 times a day).",
    ),
    # a time of the day
    (Sig(dose=T1, frequency="1/day", timing="bedtime"), "Take 1 tablet at bedtime."),
    (Sig(dose=T1, frequency="bedtime"), "Take 1 tablet at bedtime."),
    (Sig(dose=T1, timing="at bedtime"), "Take 1 tablet at bedtime."),
    (Sig(dose=T1, frequency="1/day", timing="in the morning"), "Take 1 tablet in the morning."),
    (Sig(dose=T1, frequency="every morning"), "Take 1 tablet in the morning."),
    (Sig(dose="2 tablet", timing="morning and bedtime"), "Take 2 tablets in the morning and 2 tablets at bedtime."),
    (Sig(dose=T1, frequency="1/day", timing="evening"), "Take 1 tablet in the evening."),
    (Sig(dose=T1, frequency="1/day", timing="at night"), "Take 1 tablet at night."),
    # hours, days, weeks, months
    (Sig(dose=T1, frequency="every 8 hours"), "Take 1 tablet every 8 hours."),
    (Sig(dose=T1, frequency="every 12 hours"), "Take 1 tablet every 12 hours."),
    (Sig(dose=T1, frequency="every hour"), "Take 1 tablet every hour."),
    (
        Sig(dose="2 tablet", frequency="every 4-6 hours", as_needed=True),
        "Take 2 tablets every 4 to 6 hours, only when you need it. Wait at least 4 hours between doses.",
    ),
    (Sig(dose=T1, frequency="1/week"), "Take 1 tablet once a week, on the same day each week."),
    (Sig(dose="8 tablet", frequency="every week"), "Take 8 tablets once a week, on the same day each week."),
    (Sig(dose=T1, frequency="2/week"), "Take 1 tablet 2 times a week."),
    (Sig(dose=T1, frequency="1/month"), "Take 1 tablet once a month, on the same day each month."),
    (Sig(dose=T1, frequency="every 3 months"), "Take 1 tablet every 3 months."),
    (Sig(dose=T1, frequency="every 2 weeks"), "Take 1 tablet every 2 weeks."),
    (Sig(dose=T1, frequency="every 6 months"), "Take 1 tablet every 6 months."),
    (Sig(dose=T1, frequency="1/year"), "Take 1 tablet once a year."),
    (Sig(dose=T1, frequency="0.5/day"), "Take 1 tablet every other day (1 day yes, 1 day no)."),
    (Sig(dose=T1, frequency="every other day"), "Take 1 tablet every other day (1 day yes, 1 day no)."),
    (Sig(dose=T1, frequency="0.33/day"), "Take 1 tablet every 3 days."),
    (Sig(dose=T1, frequency="0.5/week"), "Take 1 tablet every 2 weeks."),
    (Sig(dose=T1, frequency="every 3 days"), "Take 1 tablet every 3 days."),
    (Sig(dose=T1, frequency="Monday, Wednesday and Friday"), "Take 1 tablet every Monday, Wednesday and Friday."),
    (Sig(dose=T1, frequency="tue/thu"), "Take 1 tablet every Tuesday and Thursday."),
    (Sig(dose=T1, frequency="once"), "Take 1 tablet 1 time only."),
    (
        Sig(dose=T1, frequency="1/week", timing="morning"),
        "Take 1 tablet once a week, on the same day each week, in the morning.",
    ),
    # parts of a tablet
    (Sig(dose="0.5 tablet", frequency="1/day"), "Take half a tablet once a day."),
    (Sig(dose="1/2 tablet", frequency="1/day"), "Take half a tablet once a day."),
    (Sig(dose="half tablet", frequency="1/day"), "Take half a tablet once a day."),
    (Sig(dose="0.25 tablet", frequency="1/day"), "Take a quarter of a tablet once a day."),
    (Sig(dose="1/3 tablet", frequency="1/day"), "Take a third of a tablet once a day."),
    (Sig(dose="0.00001 mg", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(dose="9" * 40 + " mg", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(dose="1.5 tablet", frequency="1/day"), "Take 1 and a half tablets once a day."),
    (Sig(dose="2.5 tablets", frequency="1/day"), "Take 2 and a half tablets once a day."),
    (Sig(dose="1-2 tablet", frequency="1/day"), "Take 1 to 2 tablets once a day."),
    (Sig(dose="0.5-1 tablet", frequency="1/day"), "Take half a tablet to 1 tablet once a day."),
    # other forms and ways
    (
        Sig(dose="2 puff", route="inhaled", frequency="2/day"),
        "Breathe in 2 puffs in the morning and 2 puffs in the evening (2 times a day).",
    ),
    (
        Sig(dose="2 puff", frequency="every 4 hours", as_needed=True),
        "Breathe in 2 puffs every 4 hours, only when you need it. Wait at least 4 hours between doses.",
    ),
    (
        Sig(dose="1 drop", route="ophthalmic", frequency="2/day"),
        "Put 1 drop in your eye in the morning and 1 drop in the evening (2 times a day).",
    ),
    (Sig(dose="3 drop", route="otic", frequency="1/day"), "Put 3 drops in your ear once a day."),
    (Sig(dose="2 gtts", frequency="1/day"), "Use 2 drops once a day."),
    (Sig(dose="1 spray", route="nasal", frequency="1/day"), "Use 1 spray in your nose once a day."),
    (
        Sig(dose="20 unit", route="subcutaneous", frequency="1/day", timing="bedtime"),
        "Inject 20 units under your skin at bedtime.",
    ),
    (Sig(strength="20 unit", route="subcutaneous", frequency="1/day"), "Inject 20 units under your skin once a day."),
    (
        Sig(dose="10 units", frequency="3/day", timing="before meals"),
        "Use 10 units in the morning, 10 units at noon and 10 units in the evening (3 times a day), before meals.",
    ),
    (
        Sig(strength="0.5 mg", route="subcutaneous", frequency="1/week"),
        "Inject 0.5 mg under your skin once a week, on the same day each week.",
    ),
    (Sig(dose="1 patch", route="transdermal", frequency="every 72 hours"), "Put 1 patch on your skin every 72 hours."),
    (Sig(dose="1 patch", frequency="1/week"), "Put 1 patch on your skin once a week, on the same day each week."),
    (
        Sig(strength="1 %", route="topical", frequency="2/day"),
        f"Put it on your skin in the morning and in the evening (2 times a day). {ASK_AMOUNT}",
    ),
    (
        Sig(dose="1 suppository", route="rectal", frequency="1/day"),
        "Put 1 suppository into your bottom (rectum) once a day.",
    ),
    (
        Sig(dose="1 application", route="vaginal", frequency="2/week"),
        "Put 1 application into your vagina 2 times a week.",
    ),
    (
        Sig(dose=T1, route="sublingual", as_needed=True, frequency="every 5 minutes"),
        "Let 1 tablet melt under your tongue every 5 minutes, only when you need it."
        " Wait at least 5 minutes between doses.",
    ),
    (Sig(dose="5 mL", route="oral", frequency="1/day"), "Take 5 mL once a day."),
    (Sig(dose="2.5 mL", route="oral", frequency="1/day"), "Take 2.5 mL once a day."),
    (Sig(dose="1 tsp", frequency="1/day"), "Take 1 teaspoon once a day."),
    (
        Sig(dose="1 packet", frequency="1/day", timing="with a glass of water"),
        "Take 1 packet once a day, with a full glass of water.",
    ),
    # strength alone
    (Sig(strength="25 mg", frequency="1/day"), "Take 25 mg once a day."),
    (Sig(strength="5000 unit", frequency="1/day"), "Use 5,000 units once a day."),
    (Sig(strength="50/12.5 mg", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(strength="100 unit/mL", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    # food and other circumstances
    (Sig(dose=T1, frequency="1/day", timing="with food"), "Take 1 tablet once a day, with food."),
    (Sig(dose=T1, frequency="1/day", timing="on an empty stomach"), "Take 1 tablet once a day, on an empty stomach."),
    (
        Sig(dose=T1, frequency="1/day", timing="30 minutes before breakfast"),
        "Take 1 tablet once a day, 30 minutes before breakfast.",
    ),
    (Sig(dose=T1, frequency="1/day", timing="1 hour before meals"), "Take 1 tablet once a day, 1 hour before meals."),
    (Sig(dose=T1, frequency="1/day", timing="with dinner"), "Take 1 tablet once a day, with dinner."),
    (Sig(dose=T1, frequency="1/day", timing="morning, with food"), "Take 1 tablet in the morning, with food."),
    # as needed
    (Sig(dose=T1, frequency="3/day", as_needed=True), "Take 1 tablet only when you need it, up to 3 times a day."),
    (Sig(dose=T1, frequency="1/day", as_needed=True), "Take 1 tablet only when you need it, up to once a day."),
    (Sig(dose=T1, frequency="bedtime", as_needed=True), "Take 1 tablet at bedtime, only when you need it."),
    (Sig(dose=T1, as_needed=True), f"Take 1 tablet only when you need it. {ASK_OFTEN}"),
    # how long
    (Sig(dose=T1, frequency="1/day", duration="5 days"), "Take 1 tablet once a day, for 5 days."),
    (Sig(dose=T1, frequency="1/day", duration="1 week"), "Take 1 tablet once a day, for 1 week."),
    (Sig(dose=T1, frequency="1/day", duration="10-14 days"), "Take 1 tablet once a day, for 10 to 14 days."),
    # not known, or not understood
    (Sig(), "Ask your pharmacist how to take this."),
    (Sig(strength="50/12.5 mg"), "Ask your pharmacist how to take this."),
    (Sig(as_needed=True), "Take it only when you need it. Ask your pharmacist how much to take and how often."),
    (Sig(dose=T1), f"Take 1 tablet. {ASK_OFTEN}"),
    (Sig(frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(dose=T1, frequency="qod"), f"Take 1 tablet. {ASK_OFTEN}"),
    (Sig(dose="1 po", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(dose="0 tablet", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (Sig(dose="1/0 tablet", frequency="1/day"), f"Take it once a day. {ASK_AMOUNT}"),
    (
        Sig(dose=T1, frequency="1/day", timing="ac hs"),
        "Take 1 tablet once a day. Ask your pharmacist what time to take it.",
    ),
    (
        Sig(dose=T1, frequency="2/day", timing="noon"),
        "Take 1 tablet 2 times a day. Ask your pharmacist what time to take it.",
    ),
    (
        Sig(dose=T1, frequency="1/day", duration="until gone"),
        "Take 1 tablet once a day. Ask your pharmacist how long to take it.",
    ),
    (Sig(dose="x" * 300, frequency="y" * 300), "Ask your pharmacist how to take this."),
]


@pytest.mark.parametrize(("sig", "words"), SIGS, ids=[words[:60] for _, words in SIGS])
def test_directions_are_told_in_plain_words(sig: Sig, words: str) -> None:
    assert how_to_take(sig) == words


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_sig_code_reaches_the_patient_in_any_language(language: str) -> None:
    codes = re.compile(r"\b(?:" + "|".join(load_forms().codes) + r")\b")

    leaks = [said for sig, _ in SIGS if codes.search((said := how_to_take(sig, language)).lower())]

    assert leaks == []


def test_every_code_as_a_frequency_is_replaced_by_a_request_to_ask() -> None:
    said = {how_to_take(Sig(dose="1 tablet", frequency=code)) for code in load_forms().codes}

    assert said == {f"Take 1 tablet. {ASK_OFTEN}"}


def test_spanish_says_the_same_directions_with_its_own_grammar() -> None:
    half = how_to_take(Sig(dose="0.5 tablet", frequency="1/day"), "es")
    patch = how_to_take(Sig(dose="0.5 patch", frequency="1/week"), "es")
    needed = how_to_take(Sig(dose="1-2 tablet", frequency="every 4-6 hours", as_needed=True), "es")
    several = how_to_take(Sig(dose="2.5 mg monday, 5 mg other days", frequency="1/day"), "es")
    clock = how_to_take(Sig(dose=T1, frequency="3/day", timing="1 pm, 8 pm, 12 am"), "es")

    assert several == "Tome 2.5 mg los días lunes y 5 mg los demás días."
    assert clock.startswith("Tome 1 tableta a la 1 de la tarde, 1 tableta a las 8 de la noche y 1 tableta a las 12 de")
    assert half == "Tome media tableta 1 vez al día."
    assert patch == "Ponga medio parche sobre la piel 1 vez a la semana, siempre el mismo día."
    assert needed == (
        "Tome 1 a 2 tabletas cada 4 a 6 horas, solo cuando lo necesite. Espere al menos 4 horas entre una dosis y otra."
    )


def test_each_language_has_words_for_every_form_that_is_understood() -> None:
    forms = load_forms()

    for language in ("en", "es"):
        words = load_words(language)
        assert set(forms.units.values()) <= set(words["units"])
        assert set(forms.timings.values()) <= set(words["timings"])
        assert set(forms.anchors.values()) <= set(words["anchors"])
        assert forms.routes | set(forms.unit_routes.values()) <= set(words["routes"])
        assert set(forms.weekdays.values()) == set(words["weekdays"])


def often(timing: str) -> str:
    """The frequency that the extraction gives beside a timing: so many times a week for weekdays."""
    days = [piece for piece in timing.split(", ") if piece.endswith("day")]
    return f"{len(days)}/week" if days else "1/day"


def test_a_medicine_of_certain_weekdays_is_told_by_its_days() -> None:
    said = how_to_take(Sig(dose=T1, route="oral", frequency="3/week", timing="monday, wednesday, friday"))

    assert "Monday, Wednesday and Friday" in said
    assert "Ask" not in said


@pytest.mark.parametrize(
    ("frequency", "timing", "said"),
    [
        ("1/week", "monday", "every Monday"),
        ("3/week", "monday, wednesday, friday", "every Monday, Wednesday and Friday"),
        (None, "sunday", "every Sunday"),
    ],
)
def test_a_weekday_is_told_with_its_name(frequency: str | None, timing: str, said: str) -> None:
    assert how_to_take(Sig(dose=T1, frequency=frequency, timing=timing)) == f"Take 1 tablet {said}."


@pytest.mark.parametrize("frequency", ["1/day", "2/week"])
def test_a_weekday_that_does_not_fit_the_frequency_is_asked_about(frequency: str) -> None:
    assert "Ask your pharmacist" in how_to_take(Sig(dose=T1, frequency=frequency, timing="monday"))


def test_every_unit_and_timing_that_the_extraction_gives_can_be_said() -> None:
    data = Path(__file__).parents[3] / "consult" / "nlp" / "sig" / "data"
    rows = csv.DictReader(
        line for line in (data / "units.csv").read_text("utf-8").splitlines() if not line.startswith("#")
    )
    units = {row["unit"] for row in rows}
    lines = (data / "timing.txt").read_text("utf-8").splitlines()
    timings = {line.split(" | ")[0] for line in lines if line and not line.startswith("#")}

    unsaid = [unit for unit in units if how_to_take(Sig(dose=f"2 {unit}", frequency="1/day")).count("Ask")]
    untold = [
        timing for timing in timings if "Ask" in how_to_take(Sig(dose=T1, frequency=often(timing), timing=timing))
    ]

    assert len(units) > 20
    assert len(timings) > 8
    assert unsaid == []
    assert untold == []


FREE = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.from_regex(r"[0-9./-]{1,6} ?(tablet|mg|puff|day|/day|/week|hours|po|bid|prn)?", fullmatch=True),
    st.sampled_from(
        ["2/day", "every 4-6 hours", "1/week", "bedtime", "with food", "5 days", "oral", "nasal", "1 tablet"]
    ),
)


@given(st.builds(Sig, FREE, FREE, FREE, FREE, st.booleans(), FREE, FREE), st.sampled_from(["en", "es"]))
def test_whatever_a_sig_holds_the_patient_reads_whole_sentences_without_codes(sig: Sig, language: str) -> None:
    said = how_to_take(sig, language)

    assert said[0].isupper()
    assert said.endswith(".")
    assert not set(re.findall(r"[a-z]+", said.lower())) & load_forms().codes
    assert "{" not in said
