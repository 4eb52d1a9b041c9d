"""Eighteen points: one document that passes all, and for each point one that fails it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from consult.domain.patient import Allergy
from consult.domain.plan import TodoItem, TodoWords
from consult.errors import BadFile
from consult.takeaway.compose import compose
from consult.takeaway.conformance import Point, check
from consult.takeaway.document import Document, Passage
from consult.takeaway.page import render_html
from consult.takeaway.points import starts_with_verb
from consult.takeaway.source import Pharmacist, TakeawayInput
from consult.takeaway.tagged import make_bare_pdf
from tests.unit.takeaway.cases import medication, source

HARD = "Ask your cardiologist regarding anticoagulation discontinuation considerations preceding hospitalization. " * 4


def point(points: list[Point], number: int) -> Point:
    return next(entry for entry in points if entry.number == number)


def edit(document: Document, part: str, **changes: Any) -> Document:
    return replace(document, **{part: replace(getattr(document, part), **changes)})


def test_a_reviewed_takeaway_with_its_pdf_passes_every_point(reviewed: TakeawayInput, reviewed_pdf: bytes) -> None:
    points = check(reviewed, pdf=reviewed_pdf)

    assert [entry.number for entry in points] == list(range(1, 19))
    assert {entry.name: entry.places for entry in points if entry.result == "fail"} == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_fixed_words_alone_pass_without_a_warning_but_for_the_missing_pdf(language: str) -> None:
    points = check(source(12, language=language, todos=(), stopped=()))

    assert [entry.number for entry in points if entry.result != "pass"] == [15]
    assert point(points, 15).places == ("PDF: not judged: none was given",)


SOURCES: list[tuple[int, str, TakeawayInput]] = [
    (2, "no date of birth", source(patient=replace(source().patient, birth_date=""))),
    (3, "service unknown", source(date_of_service="")),
    (4, "service unknown", source(date_of_service="")),
    (3, "service after the letter", source(date_of_service="2026-11-24")),
    (3, "no date of service", source(prepared_on="2026-11-23", date_of_service="2026-02-30")),
    (4, "fifteen days", source(date_of_service="2026-11-08")),
    (5, "no hours", source(pharmacist=Pharmacist("Dana Reed", "PharmD", "555-0123", ""))),
    (5, "no TTY", source(pharmacist=Pharmacist("Dana Reed", "PharmD", "555-0123", "Monday", ""))),
    (6, "no plan", source(patient=replace(source().patient, plan_name=""))),
    (7, "no form number", source(site=replace(source().site, form_line=""))),
    (7, "no OMB number", source(site=replace(source().site, omb_line="OMB"))),
    (8, "no verb", source(todos=(TodoItem("t", "Sleep", "More sleep would be good."),))),
    (16, "hard words", source(todos=(TodoItem("t", "Considerations", HARD),))),
    (18, "severity", source(todos=(TodoItem("t", "Major interaction with aspirin", "Stop aspirin."),))),
    (18, "confidence", source(todos=(TodoItem("t", "Aspirin", "Stop aspirin (confidence: 0.92)."),))),
    (18, "alert id", source(todos=(TodoItem("t", "interaction:ibuprofen+warfarin", "Stop it."),))),
    (18, "regimen id", source(other_information=("see med:apixaban",))),
]


@pytest.mark.parametrize(("number", "case"), [(n, c) for n, _, c in SOURCES], ids=[f"{n} {w}" for n, w, _ in SOURCES])
def test_a_source_that_breaks_a_point_fails_it(number: int, case: TakeawayInput) -> None:
    found = point(check(case), number)

    assert found.result == "fail"
    assert found.places


EMPTY = Passage("", ())
DOCUMENTS: list[tuple[int, str, Callable[[Document], Document]]] = [
    (2, "no name on the letter", lambda d: edit(d, "cover", address=(), salutation="Dear patient,")),
    (2, "no date of birth", lambda d: edit(d, "medications", subject="For Maria Lopez")),
    (2, "no date on the to-do list", lambda d: edit(d, "todo", prepared="")),
    (5, "no contact line", lambda d: edit(d, "medications", contact="")),
    (7, "no paperwork statement", lambda d: edit(d, "medications", paperwork=EMPTY)),
    (8, "no to-do item", lambda d: edit(d, "todo", blocks=())),
    (8, "no topic", lambda d: edit(d, "todo", blocks=(replace(d.todo.blocks[0], topic=""),))),
    (9, "a medicine missing", lambda d: edit(d, "medications", rows=d.medications.rows[1:])),
    (9, "a medicine twice", lambda d: edit(d, "medications", rows=(*d.medications.rows, d.medications.rows[0]))),
    (9, "a stranger", lambda d: edit(d, "medications", rows=(replace(d.medications.rows[0], key="x"),))),
    (10, "an empty cell", lambda d: edit(d, "medications", rows=(replace(d.medications.rows[0], prescriber=""),))),
    (10, "a sig code", lambda d: edit(d, "medications", rows=(replace(d.medications.rows[0], how="1 tab PO bid"),))),
    (11, "no allergy line", lambda d: edit(d, "medications", allergies=EMPTY)),
    (11, "no side-effect line", lambda d: edit(d, "medications", effects=EMPTY)),
    (12, "still listed", lambda d: edit(d, "medications", rows=(replace(d.medications.rows[0], key="med:Aleve"),))),
    (12, "stopped and not told", lambda d: edit(d, "todo", blocks=d.todo.blocks[1:])),
    (13, "no disposal page", lambda d: edit(d, "disposal", passages=())),
    (14, "no notices", lambda d: edit(d, "cover", notices=())),
    (17, "other to-do items than in Spanish", lambda d: edit(d, "todo", blocks=d.todo.blocks[:1])),
]  # fmt: skip


def test_a_reason_in_letters_that_nobody_can_say_is_pointed_out() -> None:
    case = source()

    def shown(why: str) -> list[Point]:
        rows = (replace(compose(case).medications.rows[0], why=why), *compose(case).medications.rows[1:])
        return check(case, edit(compose(case), "medications", rows=rows))

    assert point(shown("Pvd"), 10).result == "warn"
    assert point(shown("High blood pressure"), 10).result == "pass"


@pytest.mark.parametrize(
    ("number", "broken"), [(n, b) for n, _, b in DOCUMENTS], ids=[f"{n} {w}" for n, w, _ in DOCUMENTS]
)
def test_a_document_that_breaks_a_point_fails_it(number: int, broken: Callable[[Document], Document]) -> None:
    case = source()

    found = point(check(case, broken(compose(case))), number)

    assert found.result == "fail"
    assert found.places


PAGES: list[tuple[int, str, str, str]] = [
    (1, "a part is missing", 'class="part todo"', 'class="part other"'),
    (1, "no new page", ".part { break-before: page; }", ""),
    (15, "small type", "html { font-size: 14pt; }", "html { font-size: 12pt; }"),
    (15, "small print", "h3 { font-size: 1em;", "h3 { font-size: .8em;"),
    (15, "pale type", "color: #4a535c", "color: #9aa3ac"),
    (15, "no language", '<html lang="en">', "<html>"),
    (15, "no scope", '<th scope="row">', "<th>"),
    (15, "style attribute", "<main>", '<main style="color: red">'),
]


@pytest.mark.parametrize(
    ("number", "old", "new"), [(n, o, w) for n, _, o, w in PAGES], ids=[f"{n} {w}" for n, w, _, _ in PAGES]
)
def test_a_page_that_breaks_a_point_fails_it(number: int, old: str, new: str) -> None:
    case = source()
    page = render_html(compose(case))
    assert old in page

    found = point(check(case, html=page.replace(old, new)), number)

    assert found.result == "fail"


def test_a_pdf_without_tags_fails_the_points_on_parts_and_access(reviewed: TakeawayInput) -> None:
    points = check(reviewed, pdf=make_bare_pdf(render_html(compose(reviewed))))

    assert point(points, 1).result == "fail"
    assert "PDF: not tagged" in point(points, 15).places


def test_a_file_that_is_no_pdf_is_refused() -> None:
    with pytest.raises(BadFile):
        check(source(), pdf=b"hello")


def test_ten_days_are_a_warning_and_fourteen_still_pass() -> None:
    warned = point(check(source(date_of_service="2026-11-09")), 4)

    assert warned.result == "warn"
    assert warned.passed


def test_a_medicine_that_waits_for_confirmation_is_reported() -> None:
    case = source(medications=(medication("lisinopril"), medication("warfarin", review="proposed")))

    found = point(check(case), 9)

    assert found.result == "warn"
    assert found.places == ("medications: 1 not confirmed and left out",)


@pytest.mark.parametrize(("others", "result"), [((), "fail"), (("confirmed",), "warn")])
def test_none_known_is_not_said_while_an_allergy_waits_for_confirmation(others: tuple[Any, ...], result: str) -> None:
    known = tuple(Allergy("a1", "codeine", ("codeine",), review=review) for review in others)

    found = point(check(source(allergies=(*known, Allergy("a2", "sulfa")))), 11)

    assert found.result == result
    assert found.places == ("medications: allergies not confirmed and left out: 1",)


@pytest.mark.parametrize(
    "action",
    ["Take it with food.", "Do not stop it.", "Please call us.", "If you feel faint, sit down.", "Never share it.",
     "Each morning, weigh yourself.", "Don’t drive."],
)  # fmt: skip
def test_an_action_may_start_with_its_condition_or_a_lead_in(action: str) -> None:
    assert starts_with_verb(action, "en")


@pytest.mark.parametrize("action", ["The dose is too high.", "Blood pressure", "", "If you feel faint", "You must."])
def test_a_statement_is_no_action(action: str) -> None:
    assert not starts_with_verb(action, "en")


def test_point_17_names_an_item_that_is_not_written_in_the_language_of_the_paper() -> None:
    item = TodoItem("t1", "Bleeding", "Stop Aleve.")
    told = replace(item, said=(TodoWords("es", "El sangrado", "Deje de tomar Aleve."),))

    missing = check(source(3, todos=(item,), language="es"))[16]
    there = check(source(3, todos=(told,), language="es"))[16]

    assert (missing.result, missing.places) == (
        "fail",
        ("todo item 1: not written in the language of the paper (es)",),
    )
    assert there.result == "pass"


@pytest.mark.parametrize(
    ("action", "verb"),
    [
        ("Díganos si le duele.", True),
        ("Siéntese un momento.", True),
        ("Cuénteselo a su médico.", True),
        ("Nos vemos.", False),
    ],
)
def test_a_spanish_action_may_begin_with_a_verb_and_a_pronoun(action: str, verb: bool) -> None:
    assert starts_with_verb(action, "es") is verb


def test_a_name_that_no_font_can_print_is_told_and_one_that_can_be_is_not() -> None:
    case = source(3)
    unknown = check(replace(case, patient=replace(case.patient, name="Maria \U00013000")))[14]
    cyrillic = check(replace(case, patient=replace(case.patient, name="Ольга")))[14]

    assert any("no font here has \U00013000" in place for place in unknown.places)
    assert cyrillic.passed
