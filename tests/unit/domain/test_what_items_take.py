"""What the items of a list and plain numbers take from the lines before them, as pharmacists type."""

from __future__ import annotations

import pytest

from consult.app import annotator
from consult.domain import gather
from consult.domain.medication import Medication
from consult.nlp.annotate import Annotator
from tests.unit.domain.test_in_context import reader as reader
from tests.unit.domain.test_in_context import statuses, typed


def row(reader: Annotator, *lines: str) -> Medication:
    return next(iter(typed(reader, *lines).medications.values()))


@pytest.mark.parametrize("begin", ["   ", "- ", "  • ", "2) ", " - 3. "])
def test_an_item_without_a_name_speaks_of_the_drug_above(reader: Annotator, begin: str) -> None:
    told = row(reader, "5. Lipitor 40", f"{begin}off 3 wks")

    assert told.status == "stopped"
    assert [one.start for one in told.evidence][1] == len(begin)


@pytest.mark.parametrize("line", ["   makes him sleepy", "- makes her so sleepy", '"makes me sleepy"', "le da sueño"])
def test_an_item_blames_the_drug_above(reader: Annotator, line: str) -> None:
    rows = gather.effects(typed(reader, "gabapentin 300 mg tid", line)).values()

    assert [one.suspected for one in rows] == [("gabapentin",)]


@pytest.mark.parametrize(
    ("line", "strength", "previous"),
    [
        ("went up to 60 on the 3rd", "60 mg", "30 mg"),
        ("psych bumped it to 60 last visit", "60 mg", "30 mg"),
        ("cut it back to 20 and feels fine", "20 mg", "30 mg"),
        ("that was increased to 60 today", "60 mg", "30 mg"),
        ("moved it to 8 am", "30 mg", ""),
        ("walked it to 5 stores", "30 mg", ""),
    ],
)
def test_a_number_alone_is_the_new_strength(line: str, strength: str, previous: str) -> None:
    told = row(annotator(), "Cymbalta 30 qd", "nausea first week, gone now", line)

    assert (told.sig.strength, told.previous) == (strength, previous)


def test_the_amount_that_was_told_first_is_known_where_the_drug_is_named_again() -> None:
    (told,) = typed(
        annotator(), "atorva 80", "legs ache, thinks its the lipitor", "cards cut it to 40"
    ).medications.values()

    assert (told.name, told.sig.strength, told.previous) == ("atorva", "40 mg", "80 mg")


@pytest.mark.parametrize(
    ("line", "dose"),
    [
        ('"gives me the trots" so only takes 1 tab bid now', "1 tablet"),
        ("stomach upset by noon most days, so now takes one tab", "1 tablet"),
        ("walks to the park most days, so takes one bottle of water", None),
    ],
)
def test_an_amount_behind_its_reason_is_that_of_the_drug_above(reader: Annotator, line: str, dose: str | None) -> None:
    assert row(reader, "metformin ER 500 mg bid", line).sig.dose == dose


@pytest.mark.parametrize("line", ["moved it to am last wk - better", "switched it to the morning"])
def test_it_is_moved_to_another_time(reader: Annotator, line: str) -> None:
    assert row(reader, "donepezil 10 mg hs", "gives her nightmares", line).sig.timing == "morning"


@pytest.mark.parametrize(
    "line",
    [
        "tired since the dose went up",
        "sweats since going up",
        "dizzy since her last increase",
        "HA since they bumped it up",
    ],
)
def test_a_symptom_since_the_dose_was_changed_is_laid_to_the_drug_above(reader: Annotator, line: str) -> None:
    (effect,) = gather.effects(typed(reader, "metoprolol 25 mg bid", line)).values()

    assert effect.suspected == ("metoprolol",)


def test_a_drug_in_doubt_under_allergies_is_one(reader: Annotator) -> None:
    consult = typed(reader, "ALLERGIES", "nkda per chart", "Bactrim?? hives 2010", "HOME MEDS", "singulair 10 mg")

    assert [(one.substance, one.reaction) for one in gather.allergies(consult).values()] == [("Bactrim", "hives")]
    assert statuses(consult) == {"singulair": "active"}
    assert gather.effects(consult) == {}


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("d/c list vs home bottles:", "active"),
        ("D/C meds:", "active"),
        ("discharge meds:", "active"),
        ("d/c'd meds:", "stopped"),
        ("A/P", "active"),
        ("Next steps:", "intended"),
    ],
)
def test_what_a_heading_says_of_the_drugs_under_it(reader: Annotator, heading: str, status: str) -> None:
    assert statuses(typed(reader, heading, "carvedilol 12.5 mg bid")) == {"carvedilol": status}


def test_a_heading_of_complaints_ends_the_one_above(reader: Annotator) -> None:
    assert statuses(typed(reader, "Stopped:", "Fosamax", "ROS:", "Tums 2 tabs")) == {
        "Fosamax": "stopped",
        "Tums": "active",
    }


@pytest.mark.parametrize(("line", "over"), [("no more loose stools", True), ("no loose stools today", False)])
def test_a_symptom_that_is_no_more_is_over(reader: Annotator, line: str, over: bool) -> None:
    (effect,) = gather.effects(typed(reader, "Mag 400 mg hs - loose stools", "cut to 200 mg", line)).values()

    assert (effect.historical, len(effect.evidence)) == (over, 2 if over else 1)


@pytest.mark.parametrize(
    ("line", "whom"),
    [
        ("daughter Meg reports for mom (82)", "mom"),
        ("dtr on the phone for her mother", "mother"),
        ("son calling re his dad", "dad's"),
        ("wife answers for husband, he is HOH", "husband"),
        ("pt is her mother", "mom"),
    ],
)
def test_a_relative_speaks_for_the_patient(reader: Annotator, line: str, whom: str) -> None:
    consult = typed(reader, line, f"{whom} takes Eliquis 5 mg bid", "sister takes Lexapro", f"{whom} is dizzy")

    assert statuses(consult) == {"Eliquis": "active"}
    assert [one.concept for one in gather.effects(consult).values()] == ["dizziness"]


@pytest.mark.parametrize(
    "line", ["daughter fills the box", "wife cares for her mother", "calls from her mom stress her"]
)
def test_a_relative_who_is_only_named_is_not_the_patient(reader: Annotator, line: str) -> None:
    assert statuses(typed(reader, line, "mother takes Eliquis 5 mg bid")) == {}


def test_how_long_it_is_taken_again_is_no_duration(reader: Annotator) -> None:
    told = row(reader, "torsemide 10 mg bid", "skipped it at the wedding, back on it x 3 d")

    assert (told.status, told.sig.duration) == ("active", None)
