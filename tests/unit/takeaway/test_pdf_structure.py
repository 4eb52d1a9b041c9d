"""Every form of the takeaway, and the letter, against what of PDF/UA-1 a machine can judge."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from consult.takeaway.compose import compose
from consult.takeaway.letter import compose_letter, render_letter
from consult.takeaway.page import render_html
from consult.takeaway.pdf import Renderer
from tests.unit.takeaway.cases import source
from tests.unit.takeaway.structure import faults, walk
from tests.unit.takeaway.test_letter import letter_input

FORMS: tuple[dict[str, bool], ...] = ({}, {"large": True}, {"larger": True}, {"contrast": True})


@pytest.mark.parametrize("form", FORMS, ids=["standard", "large", "larger", "contrast"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_form_is_whole_in_its_structure(renderer: Renderer, language: str, form: dict[str, bool]) -> None:
    pdf = renderer.render(render_html(compose(source(12, language=language)), **form))

    assert faults(pdf) == []


def test_a_draft_and_a_takeaway_without_medicines_are_whole_too(renderer: Renderer) -> None:
    pdf = renderer.render(render_html(compose(source(0, reviewed=False, todos=(), stopped=(), effects=()))))

    assert faults(pdf) == []


def test_the_letter_to_a_prescriber_is_whole_in_its_structure(renderer: Renderer) -> None:
    assert faults(renderer.render(render_letter(compose_letter(letter_input())))) == []


def _untag(document: Any) -> None:
    page = document.pages[1]
    page.Contents = document.make_stream(page.Contents.read_bytes() + b"\n0 0 10 10 re f\n")


def _unscope(document: Any) -> None:
    head = next(node for node, _ in walk(document.Root.StructTreeRoot.K) if node.S == "/TH")
    del head.A


def _disown(document: Any) -> None:
    document.Root.StructTreeRoot.ParentTree.Nums[1][3] = None


def _skip(document: Any) -> None:
    head = next(node for node, _ in walk(document.Root.StructTreeRoot.K) if node.S == "/H2")
    head.S = pikepdf.Name.H3


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_untag, "page 2: f is neither content nor artifact"),
        (_unscope, "a header cell without scope"),
        (_disown, "page 1: content 3 has no owner that knows it"),
        (_skip, "H3 after H1"),
    ],
)
def test_what_is_spoilt_is_found(reviewed_pdf: bytes, spoil: Any, said: str) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(reviewed_pdf)) as document:
        spoil(document)
        document.save(out)

    assert said in faults(out.getvalue())


def test_ours_is_read_as_xml_and_gives_the_bytes_that_reading_it_as_html_gives(
    renderer: Renderer, reviewed_pdf: bytes
) -> None:
    page = render_html(compose(source(12)))

    assert renderer.render(page.replace('<meta charset="utf-8"/>', '<meta charset="utf-8">')) == reviewed_pdf
