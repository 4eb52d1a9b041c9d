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


@pytest.mark.parametrize(
    "text",
    [
        "PCN number on card",
        "BIN PCN group missing",
        "PCN/BIN/group",
        "card has BIN 610011 PCN MEDDADV",
        "ASA class III per anesthesia",
        "ASA 3 per anesthesia",
        "anesthesia: ASA II",
        "APAP machine",
        "auto APAP",
        "sleeps w/ APAP, mask leaks",
        "blood thinner card",
        "vaccine record requested",
        "turmeric latte",
        "baking soda in the fridge",
        "moved here from Doral",
    ],
)
def test_a_name_in_another_meaning_is_no_drug(annotator: Annotator, text: str) -> None:
    assert _drugs(annotator, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("allergic to PCN, rash", [("PCN", "penicillin")]),
        ("ASA 3 times a week", [("ASA", "aspirin")]),
        ("ASA 81 daily, anesthesia consult pending", [("ASA", "aspirin")]),
        ("APAP 500 mg prn", [("APAP", "acetaminophen")]),
        ("on a blood thinner", [("blood thinner", "")]),
        ("vaccines due", [("vaccines", "")]),
        ("baking soda in water for heartburn", [("baking soda", "sodium bicarbonate")]),
        ("Lamisil at night", [("Lamisil", "terbinafine")]),
        ("Lamisil AT cream", [("Lamisil AT", "terbinafine")]),
        ("Soma at night", [("Soma", "carisoprodol")]),
        ("took soma last week", [("soma", "carisoprodol")]),
    ],
)
def test_the_same_names_in_their_own_meaning_are_read(
    annotator: Annotator, text: str, found: list[tuple[str, str]]
) -> None:
    assert _drugs(annotator, text) == found


@pytest.mark.parametrize(
    "text",
    [
        *("works at Concentra", "Ascensia meter", "uses Splenda in coffee", "Truvia daily", "on SSDI since May"),
        *("Tiguan broke down", "drives a Sentra", "Sentara referral", "Integra is in the shop", "Boiron store"),
        *("Halima called", "Teresita drives her", "spoke w/ Zofia", "Florine, 70", "Camilo has the card"),
        *("carprofen for the dog", "uses Relion daily", "went to Raleys", "Ms Acevedo", "Vandexa called back"),
    ],
)
def test_businesses_foods_cars_and_people_are_no_misspelt_drugs(annotator: Annotator, text: str) -> None:
    assert _drugs(annotator, text) == []


@pytest.mark.parametrize(
    ("text", "ingredient"),
    [
        ("Lipiter makes her ache", "atorvastatin"),
        ("bruising d/t Elaquis", "apixaban"),
        ("Metropolol 25 bid", "metoprolol"),
        ("on Hydroclorothiazid", "hydrochlorothiazide"),
        ("Concerta 36 qam", "methylphenidate"),
    ],
)
def test_misspelt_names_with_a_capital_are_still_read(annotator: Annotator, text: str, ingredient: str) -> None:
    (drug,) = annotator.annotate(text).medications

    assert drug.ingredients == (ingredient,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Emetrol for nausea", [("Emetrol", "dextrose+fructose+phosphoric acid")]),
        ("AllerFlo daily", [("AllerFlo", "fluticasone")]),
        ("Crocin for fever", [("Crocin", "acetaminophen")]),
        ("Primatene tablets prn", [("Primatene tablets", "ephedrine+guaifenesin")]),
        ("Primatene mist prn", [("Primatene mist", "epinephrine")]),
        ("Pepto Kids prn", [("Pepto Kids", "calcium")]),
        ("ZzzQuil Pure Zzzs hs", [("ZzzQuil Pure Zzzs", "melatonin")]),
        ("ZzzQuil hs", [("ZzzQuil", "diphenhydramine")]),
        ("Dulcolax soft chews", [("Dulcolax soft chews", "magnesium")]),
        ("Zyrtec eye drops bid", [("Zyrtec eye drops", "ketotifen")]),
        ("Lotrimin AF spray", [("Lotrimin AF spray", "miconazole")]),
        ("Lotrimin cream", [("Lotrimin", "clotrimazole")]),
        ("Aspercreme with lidocaine", [("Aspercreme with lidocaine", "lidocaine")]),
        ("Aspercreme w/ lidocaine", [("Aspercreme w/ lidocaine", "lidocaine")]),
        ("takes NMN", [("NMN", "nicotinamide mononucleotide")]),
        ("Advil Cold & Sinus prn", [("Advil Cold & Sinus", "ibuprofen+pseudoephedrine")]),
        ("Bayer Back & Body prn", [("Bayer Back & Body", "aspirin+caffeine")]),
        ("calcium & vitamin d", [("calcium", "calcium"), ("vitamin d", "vitamin d")]),
        ("Zyrtec & Flonase daily", [("Zyrtec", "cetirizine"), ("Flonase", "fluticasone")]),
        ("hep B shot given", [("hep B shot", "hepatitis b vaccine")]),
        ("cod liver oil daily", [("cod liver oil", "omega-3")]),
        ("icosapent 2 g bid", [("icosapent", "icosapent ethyl")]),
        ("CagriSema trial", [("CagriSema", "cagrilintide+semaglutide")]),
        ("Wal-Phed prn", [("Wal-Phed", "pseudoephedrine")]),
        ("Thera Tears prn", [("Thera Tears", "carboxymethylcellulose")]),
        ("takes Align", [("Align", "probiotic")]),
        ("tires need to align", []),
        ("Kirkland allergy daily", [("Kirkland allergy", "")]),
        ("Up & Up allergy relief", [("Up & Up allergy relief", "")]),
        ("Azo Bladder Control", [("Azo Bladder Control", "")]),
    ],
)
def test_products_by_what_they_hold(annotator: Annotator, text: str, found: list[tuple[str, str]]) -> None:
    assert _drugs(annotator, text) == found


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("thyroid nodule on US", []),
        ("nodule on her arm", ["lump"]),
        ("balance problem in checkbook", []),
        ("balance problem", ["unsteady gait"]),
        ("screened for depression today", []),
        ("Equate heartburn relief", []),
        ("Little Remedies gas", []),
        ("Sudafed Sinus Congestion", []),
        ("dry eye clinic", []),
        ("dry eyes", ["dry eyes"]),
        ("Yellow fever in 1980", []),
        ("Amita called", []),
        ("hard to start urinating", ["urinary hesitancy"]),
    ],
)
def test_words_of_products_and_places_are_no_symptoms(annotator: Annotator, text: str, concepts: list[str]) -> None:
    assert [one.concept for one in annotator.annotate(text).effects] == concepts
