"""What stands in the takeaway, and what does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consult.domain.medication import Directions, Medication, Sig
from consult.domain.patient import Allergy, Effect
from consult.domain.plan import TodoItem, TodoWords
from consult.takeaway.boilerplate import load_boilerplate
from consult.takeaway.compose import compose, preview
from consult.takeaway.page import render_html
from consult.takeaway.plaintext import render_text
from consult.takeaway.source import DisposalSites, Pharmacist
from consult.takeaway.words import load_health_words, shorthand
from tests.unit.takeaway.cases import medication, source

GOLDEN = Path(__file__).parent / "golden"


def test_the_reading_version_of_one_takeaway_is_as_agreed() -> None:
    text = render_text(compose(source(12)))

    assert text == (GOLDEN / "takeaway-en.txt").read_text(encoding="utf-8")


def test_the_spanish_reading_version_is_as_agreed() -> None:
    text = render_text(compose(source(3, language="es", todos=(), stopped=())))

    assert text == (GOLDEN / "takeaway-es.txt").read_text(encoding="utf-8")


def test_a_row_that_nobody_confirmed_is_not_printed() -> None:
    rows = (medication("lisinopril"), medication("warfarin", review="proposed"))

    text = render_text(compose(source(medications=rows)))

    assert "Lisinopril" in text
    assert "arfarin" not in text


def test_allergies_and_effects_that_nobody_confirmed_are_not_printed() -> None:
    allergy = Allergy("a", "sulfa", review="proposed")
    effect = Effect("e", "rash", "itchy arms", review="rejected")

    part = compose(source(allergies=(allergy,), effects=(effect,))).medications

    assert part.allergies.lines == ("None known",)
    assert part.effects.lines == ("None known",)


def test_a_stopped_medicine_leaves_the_list_and_enters_the_to_do_list() -> None:
    row = medication("Zantac", ingredients=("ranitidine",))

    document = compose(source(medications=(row,), stopped=(row,), todos=()))

    assert document.medications.rows == ()
    assert document.todo.blocks[0].topic == "Medicines you no longer take: Zantac"
    assert document.todo.blocks[0].actions[0] == "Do not take Zantac again before you talk with us or your doctor."


@pytest.mark.parametrize("language", ["en", "es"])
def test_who_does_not_take_what_was_ordered_is_asked_and_never_told_to_throw_it_away(language: str) -> None:
    row = medication("metformin", status="not-taken")
    thrown = load_boilerplate(language)["todo"]["stopped_actions"][1]

    document = compose(source(medications=(row,), stopped=(row,), todos=(), language=language))

    (block,) = document.todo.blocks
    assert "metformin" in block.topic
    assert thrown not in block.actions
    assert document.medications.rows == ()


def test_a_stopped_medicine_with_its_own_to_do_item_is_not_told_twice() -> None:
    document = compose(source())

    assert [block.topic for block in document.todo.blocks] == [
        "Eliquis and Aleve together can cause bleeding",
        "Feeling dizzy when you stand up",
    ]


@pytest.mark.parametrize(("language", "words"), [("en", "Preview: not reviewed"), ("es", "Vista previa: sin revisar")])
def test_a_preview_says_what_a_draft_would_and_that_nobody_has_reviewed_it(language: str, words: str) -> None:
    signed = source(language=language)

    shown = preview(signed)

    assert shown == replace(compose(signed), draft=words)
    assert render_html(shown).count(words) >= 3  # on each part


def test_without_any_finding_the_to_do_list_says_what_to_keep_doing() -> None:
    block = compose(source(todos=(), stopped=())).todo.blocks[0]

    assert block.actions[0] == "Take your medicines the way your list says."


def test_the_pharmacists_own_directions_stand_in_their_language_until_the_sig_is_another() -> None:
    twice, thrice = Sig(dose="1 tablet", frequency="2/day"), Sig(dose="1 tablet", frequency="3/day")
    own = (Directions("es", "Tome 1 con el\u202e desayuno.", twice), Directions("en", "Call 555-0100 first.", twice))
    row = medication(sig=twice, directions=own)

    def how(row: Medication, language: str) -> str:
        return compose(source(medications=(row,), language=language)).medications.rows[0].how

    assert (how(row, "es"), how(row, "en")) == ("Tome 1 con el desayuno.", "Call 555-0100 first.")
    assert how(replace(row, sig=thrice), "es").startswith("Tome 1 tableta")
    assert how(replace(row, status="on-hold"), "en") == "Paused. Ask your doctor before you take it again."


def test_each_line_of_an_action_gets_its_own_box() -> None:
    item = TodoItem("t", "sleep", "- go to bed at 10\n\n2) turn the phone off")

    block = compose(source(todos=(item,))).todo.blocks[0]

    assert block.actions == ("Go to bed at 10", "Turn the phone off")


def test_the_medicine_is_named_as_the_patient_says_it_with_the_generic_name() -> None:
    row = compose(source(1)).medications.rows[0]

    assert (row.name, row.detail) == ("Eliquis 5 mg", "generic name: apixaban")


def test_the_unit_of_a_strength_is_a_word_and_the_strength_stands_once() -> None:
    rows = (
        medication("vitamin D", sig=Sig("2000 unit")),
        medication("lisinopril 20 mg", sig=Sig("20 mg")),
        medication("Hyzaar", sig=Sig("50/12.5 mg")),
    )

    printed = compose(source(medications=rows)).medications.rows

    assert [row.name for row in printed] == ["Vitamin D 2,000 units", "Lisinopril 20 mg", "Hyzaar 50/12.5 mg"]


def test_a_misspelt_name_is_printed_as_the_ingredient_that_was_confirmed() -> None:
    row = medication("metropolol", ingredients=("metoprolol",), match="fuzzy", sig=Sig("25 mg"))

    printed = compose(source(medications=(row,))).medications.rows[0]

    assert printed.name == "Metoprolol 25 mg"


def test_a_medicine_known_only_by_its_class_asks_for_the_exact_name() -> None:
    row = medication("water pill", ingredients=(), match="class")

    printed = compose(source(medications=(row,))).medications.rows[0]

    assert (printed.name, printed.detail) == ("Water pill", "Ask your pharmacist for the exact name.")


def test_unknown_reason_and_prescriber_are_said_and_not_left_empty() -> None:
    printed = compose(source(medications=(medication("aspirin"),))).medications.rows[0]

    assert (printed.why, printed.prescriber) == ("Ask your pharmacist or doctor.", "Not known")


def test_a_paused_medicine_is_listed_without_directions_to_take_it() -> None:
    row = medication("warfarin", status="on-hold", sig=Sig("5 mg", "1 tablet", "oral", "1/day"))

    printed = compose(source(medications=(row,))).medications.rows[0]

    assert printed.how == "Paused. Ask your doctor before you take it again."


def test_a_medicine_that_was_ordered_but_is_not_taken_stands_under_other_information() -> None:
    row = medication("gabapentin", status="not-taken")

    part = compose(source(medications=(row,))).medications

    assert part.rows == ()
    assert part.other.lines == ("Ordered for me, but I do not take it: gabapentin",)


def test_side_effects_stand_in_the_words_of_the_patient() -> None:
    effect = Effect("e", "edema", "my ankles get puffy", ("amlodipine",), True, review="confirmed")

    part = compose(source(effects=(effect,))).medications

    assert part.effects.lines == ("My ankles get puffy (in the past, maybe from amlodipine)",)


def test_a_representative_receives_the_letter_and_is_named_in_the_list() -> None:
    document = compose(source(representative="Ana Lopez (daughter)"))

    assert document.cover.address[0] == "Ana Lopez (daughter), for Maria Lopez"
    assert document.cover.salutation == "Dear Ana Lopez (daughter),"
    assert "Ana Lopez (daughter) helped to make this list." in document.medications.instructions


def test_until_it_is_reviewed_every_part_says_that_it_is_a_draft() -> None:
    text = render_text(compose(source(reviewed=False)))

    assert text.count("DRAFT – not reviewed by a pharmacist") == 4


def test_local_take_back_places_are_printed() -> None:
    page = compose(source(disposal=DisposalSites(("Police station, 5 Elm Street",)))).disposal

    assert page.passages[1].lines == ("Police station, 5 Elm Street",)


def test_a_language_that_is_not_served_falls_back_to_english() -> None:
    assert compose(source(language="fr-CA")).language == "en"


def test_direction_marks_and_control_characters_do_not_reach_the_document() -> None:
    patient = replace(source().patient, name="Maria\u202e Lo\x00pez\u2066")

    assert compose(source(patient=patient)).patient_name == "Maria Lopez"


def test_slots_in_the_words_of_a_person_are_not_filled() -> None:
    item = TodoItem("t", "About {phone} and {__class__}", "Call {pharmacist}.")

    block = compose(source(todos=(item,))).todo.blocks[0]

    assert block.topic == "About {phone} and {__class__}"
    assert block.actions == ("Call {pharmacist}.",)


def test_a_to_do_item_is_told_in_the_language_of_the_paper() -> None:
    said = TodoWords("es", "El sangrado", "Deje de tomar Aleve.", "Juntas sangran.")
    item = TodoItem("t1", "Bleeding", "Stop Aleve.", "Both bleed.", said=(said,))

    spanish = compose(source(3, todos=(item,), language="es")).todo.blocks[0]
    english = compose(source(3, todos=(item,), language="en")).todo.blocks[0]

    assert (spanish.topic, spanish.actions, spanish.why) == (
        "El sangrado",
        ("Deje de tomar Aleve.",),
        "Juntas sangran.",
    )
    assert (english.topic, english.actions) == ("Bleeding", ("Stop Aleve.",))


def test_a_takeaway_without_medicines_says_so_and_one_of_sixty_lists_each() -> None:
    nothing = compose(source(3, medications=(), stopped=())).medications
    many = compose(source(60)).medications

    assert (nothing.rows, nothing.no_rows != "") == ((), True)
    assert len({row.key for row in many.rows}) == 60


def test_the_hours_stand_in_the_language_of_the_paper_where_the_site_has_them() -> None:
    both = Pharmacist("Dana Reed", "PharmD", "555-0123", "weekdays, 9 to 5", hours_es="de lunes a viernes, de 9 a 5")

    assert "weekdays, 9 to 5" in compose(source(2, pharmacist=both)).todo.contact
    assert "de lunes a viernes, de 9 a 5" in compose(source(2, pharmacist=both, language="es")).todo.contact
    assert "weekdays" in compose(source(2, pharmacist=replace(both, hours_es=""), language="es")).todo.contact


@pytest.mark.parametrize(
    ("substance", "reaction", "printed"),
    [
        ("Sulfa", "hives, trouble breathing", "Sulfas (ronchas, dificultad para respirar)"),
        ("penicillin", "", "Penicilina"),
        ("Bactrim", "an odd thing", "Bactrim (an odd thing)"),
    ],
)
def test_an_allergy_is_told_in_spanish_where_the_words_are_known(substance: str, reaction: str, printed: str) -> None:
    known = Allergy("allergy:x", substance, (), reaction, "confirmed")

    assert compose(source(2, allergies=(known,), language="es")).medications.allergies.lines == (printed,)


def test_a_side_effect_is_named_in_spanish_and_stays_in_the_patients_words_in_english() -> None:
    row = Effect("effect:dry mouth", "dry mouth", "mouth like cotton", review="confirmed")
    odd = replace(row, id="effect:odd", concept="something odd", words="feels odd")

    spanish, english = (compose(source(2, effects=(row, odd), language=tag)).medications for tag in ("es", "en"))

    assert spanish.effects.lines == ("Boca seca", "Feels odd")
    assert english.effects.lines == ("Mouth like cotton", "Feels odd")


@pytest.mark.parametrize(
    ("why", "printed"),
    [
        ("high blood pressure", "Presión arterial alta"),
        ("for diabetes", "Diabetes"),
        ("Heart failure and swelling", "Insuficiencia cardíaca, hinchazón"),
        ("heart failure, an odd thing", "Heart failure, an odd thing"),
        ("for her hands", "Las manos"),
        ("htn/chf", "Presión arterial alta, insuficiencia cardíaca"),
        ("dry mouth", "Boca seca"),
        ("", load_boilerplate("es")["medications"]["why_unknown"]),
    ],
)
def test_a_reason_is_told_in_spanish_where_all_of_it_is_known(why: str, printed: str) -> None:
    rows = compose(source(medications=(medication("lisinopril", why=why),), language="es")).medications.rows

    assert rows[0].why == printed


@pytest.mark.parametrize(
    ("why", "printed"),
    [
        ("HTN", "High blood pressure"),
        ("for afib", "Atrial fibrillation"),
        ("GERD and an odd thing", "Acid reflux, an odd thing"),
        ("n/v", "Nausea and vomiting"),
        ("for his knees", "Knees"),
        ("pain and/or fever", "Pain and/or fever"),
        ("b/c of her heart", "B/c of her heart"),
    ],
)
def test_a_short_form_is_written_out_and_other_words_stay(why: str, printed: str) -> None:
    rows = compose(source(medications=(medication("lisinopril", why=why),))).medications.rows

    assert rows[0].why == printed


def test_the_short_form_of_a_side_effect_is_written_out() -> None:
    row = Effect("e", "shortness of breath", "SOB", review="confirmed")

    assert compose(source(effects=(row,))).medications.effects.lines == ("Shortness of breath",)


def test_every_short_form_has_its_spanish_words() -> None:
    spanish = load_health_words("es")
    known = {*spanish["reasons"], *spanish["effects"]}

    assert {plain for plain in shorthand().values() if plain.casefold() not in known} == set()
