"""What a takeaway makes of what is missing, too much, or not what it should be: a clear word, and nothing half-made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from consult.takeaway.compose import compose
from consult.takeaway.conformance import check
from consult.takeaway.page import render_html
from consult.takeaway.pdf import Renderer
from consult.takeaway.printed import read_printed
from consult.takeaway.source import Pharmacist, Site, TakeawayInput
from tests.unit.takeaway.cases import medication, source
from tests.unit.takeaway.test_pdf import text_of


def failing(case: TakeawayInput) -> dict[int, str]:
    """The points that fail, with what they say."""
    return {point.number: " ".join(point.places) for point in check(case) if not point.passed}


def test_without_medicines_the_list_says_so_and_every_point_still_passes(renderer: Renderer, tmp_path: Path) -> None:
    case = source(0, stopped=())

    shown = text_of(renderer.render(render_html(compose(case))), tmp_path)

    assert "I take no medicines" in " ".join(shown.split())
    assert failing(case) == {}


def test_sixty_medicines_are_all_printed(renderer: Renderer, tmp_path: Path) -> None:
    rows = tuple(medication(f"Medicine{number:02d}") for number in range(60))

    pdf = renderer.render(render_html(compose(source(medications=rows))))
    shown = text_of(pdf, tmp_path)

    assert [row.name for row in rows if row.name not in shown] == []
    assert read_printed(pdf).pages > 8


def test_a_missing_prescriber_and_reason_are_said_and_not_left_empty() -> None:
    case = source(medications=(medication("lisinopril", why="", prescriber=""),))

    row = compose(case).medications.rows[0]

    assert (row.why, row.prescriber) == ("Ask your pharmacist or doctor.", "Not known")
    assert failing(case) == {}


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ({"site": Site(plan_name=""), "patient": replace(source().patient, plan_name="")}, 6),
        ({"pharmacist": Pharmacist("Dana Reed", "PharmD", "", "weekdays")}, 5),
        ({"pharmacist": Pharmacist("Dana Reed", "PharmD", "555-0123", "")}, 5),
    ],
)
def test_missing_settings_of_plan_and_site_are_named_by_their_point(change: dict[str, object], number: int) -> None:
    found = failing(source(**change))

    assert list(found) == [number]
    assert found[number]


@pytest.mark.parametrize("name", ["Мария Лопес", "Μαρία Λόπες", "محمد الأحمد"])
def test_a_name_in_another_script_is_printed(renderer: Renderer, tmp_path: Path, name: str) -> None:
    pdf = renderer.render(render_html(compose(source(2, patient=replace(source().patient, name=name)))))

    assert read_printed(pdf).title.endswith(name)
    assert read_printed(pdf).fonts_embedded
    assert any(part in text_of(pdf, tmp_path) for part in (name.split()[0], name.split()[0][::-1]))


def test_a_picture_where_text_belongs_stays_text_and_fetches_nothing(renderer: Renderer, tmp_path: Path) -> None:
    picture = "data:image/png;base64," + "iVBORw0KGgo" * 30
    item = replace(source().todos[0], topic=picture[:200], action=f'<img src="{picture}">')

    shown = text_of(renderer.render(render_html(compose(source(2, todos=(item,))))), tmp_path)

    assert "data:image/png" in "".join(shown.split()).lower().replace("☐", "")
