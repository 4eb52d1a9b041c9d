"""Names with a blank in them, abbreviations and words that mean something else, products and what they hold."""

from __future__ import annotations

import pytest

from consult.nlp.annotate import Annotator


def _drugs(annotator: Annotator, text: str) -> list[tuple[str, str]]:
    return [(one.text, "+".join(one.ingredients)) for one in annotator.annotate(text).medications]


@pytest.mark.parametrize(
    ("text", "typed", "ingredient"),
    [
        ("hydro chlorothiazide 25 mg daily", "hydro chlorothiazide", "hydrochlorothiazide"),
        ("on hydroxy chloroquine bid", "hydroxy chloroquine", "hydroxychloroquine"),
        ("hydro chloro thiazide qam", "hydro chloro thiazide", "hydrochlorothiazide"),
        ("am oxicillin tid x 10 days", "am oxicillin", "amoxicillin"),
        ("stopped the oxy butynin", "oxy butynin", "oxybutynin"),
        ("refilled es citalopram", "es citalopram", "escitalopram"),
        ("clon idine 0.1 bid", "clon idine", "clonidine"),
        ("gaba pentin 300 tid", "gaba pentin", "gabapentin"),
        ("takes ibu profen", "ibu profen", "ibuprofen"),
        ("takes pr avastatin at night", "pr avastatin", "pravastatin"),
        ("la tanoprost in both eyes", "la tanoprost", "latanoprost"),
        ("el iquis 5 mg bid", "el iquis", "apixaban"),
        ("proto nix before breakfast", "proto nix", "pantoprazole"),
        ("takes zep bound weekly", "zep bound", "tirzepatide"),
        ("takes los art in daily", "los art in", "losartan"),
        ("uses clara tin for allergies", "clara tin", "loratadine"),
        ("takes zar elto w/ supper", "zar elto", "rivaroxaban"),
        ("takes am lodapine daily", "am lodapine", "amlodipine"),
    ],
)
def test_a_name_with_a_blank_in_it_is_one_guess(annotator: Annotator, text: str, typed: str, ingredient: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert (drug.text, drug.ingredients, drug.match) == (typed, (ingredient,), "fuzzy")
    assert drug.candidates[0].ingredients == (ingredient,)


def test_the_letters_of_a_name_tell_no_route(annotator: Annotator) -> None:
    (drug,) = annotator.annotate("pr avastatin 40 mg daily").medications

    assert drug.route is None


@pytest.mark.parametrize(
    "text",
    [
        "pro air quality is bad",
        "no vac today",
        "came in as a cold",
        "seen on line",
        "went to pro l",
        "make NA level due",
    ],
)
def test_plain_words_beside_each_other_are_no_drug(annotator: Annotator, text: str) -> None:
    assert _drugs(annotator, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("calcium carbonate bid", [("calcium carbonate", "calcium")]),
        ("hydrocodone apap prn", [("hydrocodone apap", "acetaminophen+hydrocodone")]),
        ("takes vitamin d daily", [("vitamin d", "vitamin d")]),
        ("losarta in the morning", [("losarta", "losartan")]),
        ("tried everything but apap", [("apap", "acetaminophen")]),
        ("aspirin or Tylenol prn", [("aspirin", "aspirin"), ("Tylenol", "acetaminophen")]),
    ],
)
def test_a_drug_beside_other_words_stays_as_it_is(
    annotator: Annotator, text: str, found: list[tuple[str, str]]
) -> None:
    assert _drugs(annotator, text) == found
