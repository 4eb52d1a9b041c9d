"""Names as they stand on labels are brought to their dictionary form; spelling is never guessed."""

import pytest

from consult.knowledge.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("typed", "ingredients"),
    [
        ("Lopressor 25 mg", "metoprolol"),
        ("LOPRESSOR", "metoprolol"),
        ("metoprolol succinate XL", "metoprolol"),
        ("metoprolol succinate ER 50 mg 24hr tab", "metoprolol"),
        ("Bactrim DS", "sulfamethoxazole+trimethoprim"),
        ("sulfamethoxazole/trimethoprim", "sulfamethoxazole+trimethoprim"),
        ("trimethoprim and sulfamethoxazole 800-160 mg", "sulfamethoxazole+trimethoprim"),
        ("Prilosec OTC 20mg", "omeprazole"),
        ("Losartan-HCTZ 50-12.5 mg", "hydrochlorothiazide+losartan"),
        ("hydrocodone-acetaminophen 5-325", "acetaminophen+hydrocodone"),
        ("Tylenol (acetaminophen) 500mg", "acetaminophen"),
        ("Symbicort 160/4.5 mcg/act inhaler", "budesonide+formoterol"),
        ("Advair Diskus 250-50", "fluticasone+salmeterol"),
        ("insulin glargine 100 units/mL SoloStar pen", "insulin glargine"),
        ("ferrous sulfate 325 mg (65 mg iron)", "iron"),
        ("potassium chloride ER 20 mEq", "potassium"),
        ("vitamin D3 1,000 units", "vitamin d"),
        ("timolol maleate 0.5% eye drops", "timolol"),
        ("Detrol LA", "tolterodine"),
        ("ProAir HFA", "albuterol"),
        ("fluticasone propionate nasal spray", "fluticasone"),
        ("generic Lipitor", "atorvastatin"),
        ("amlodipine + benazepril", "amlodipine+benazepril"),
        ("St John’s Wort", "st. john's wort"),
        ("Humulin 70/30", "insulin nph+insulin regular"),
        ("calcium carbonate", "calcium"),
        ("cholecalciferol", "vitamin d"),
        ("neomycin-polymyxin-hydrocortisone otic", "hydrocortisone+neomycin+polymyxin b"),
        ("amphetamine-dextroamphetamine ER 20 mg", "amphetamine+dextroamphetamine"),
    ],
)
def test_a_name_from_a_label_is_found(vocabulary: Vocabulary, typed: str, ingredients: str) -> None:
    found = vocabulary.resolve(typed)

    assert found is not None
    assert found.ingredients == tuple(ingredients.split("+"))


@pytest.mark.parametrize(
    ("typed", "route"),
    [
        ("lidocaine 5% patch", "transdermal"),
        ("diclofenac 1% gel", "topical"),
        ("timolol 0.5% eye drops", "ophthalmic"),
        ("amlodipine 5 mg tablet", "oral"),
        ("budesonide nebs", "inhaled"),
        ("amlodipine 5 mg", None),
    ],
)
def test_a_dosage_form_gives_the_route(vocabulary: Vocabulary, typed: str, route: str | None) -> None:
    found = vocabulary.resolve(typed)

    assert found is not None
    assert found.route == route


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "25 mg", "tablet", "+", "/", "xyzzy", "iron out", "lisinopril/xyzzy", "atorvastatinn", "a" * 10_000],
)
def test_what_is_no_name_is_not_guessed(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.resolve(typed) is None


def test_a_class_word_is_resolved_without_ingredients(vocabulary: Vocabulary) -> None:
    found = vocabulary.resolve("Water pill")

    assert found is not None
    assert found.ingredients == ()


def test_every_name_resolves_to_itself(vocabulary: Vocabulary) -> None:
    lost = [name for name, known in vocabulary.names.items() if vocabulary.resolve(name) is not known]

    assert lost == []
