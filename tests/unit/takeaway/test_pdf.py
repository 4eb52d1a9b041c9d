"""The PDF: tags, order, bytes, and a render process that cannot hang or read."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from consult.domain.plan import TodoItem
from consult.takeaway.compose import compose
from consult.takeaway.page import render_html
from consult.takeaway.pdf import Limits, Renderer, RenderFailed, close, render_pdf
from consult.takeaway.printed import read_printed
from consult.takeaway.source import TakeawayInput
from tests.unit.takeaway.cases import medication, source


def text_of(pdf: bytes, tmp_path: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "takeaway.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode("utf-8").replace("\u00a0", " ")


def elements(pdf: bytes) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S), dict(node.get("/A", pikepdf.Dictionary()))))
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot.K)
        return [(kind, {key: str(value) for key, value in more.items()}) for kind, more in found]


async def test_no_phone_number_is_torn(tmp_path: Path) -> None:
    # It would end at each place of a line.
    told = tuple(f"{'Ask ' * 9}{'i' * more} at (555) 010-0199 today." for more in range(1, 40))

    lines = text_of(await render_pdf(render_html(compose(source(other_information=told)))), tmp_path).splitlines()

    assert sum("(555) 010-0199" in line for line in lines) >= len(told)
    assert not [line for line in lines if line.rstrip().endswith("(555)")]


def test_the_pdf_is_tagged_with_language_title_and_scoped_headers(reviewed_pdf: bytes) -> None:
    printed = read_printed(reviewed_pdf)

    assert printed.tagged
    assert printed.claims_ua
    assert printed.language == "en"
    assert printed.shows_title
    assert printed.title == "Summary of your medication review for Maria Lopez"
    assert printed.header_cells >= 4 + 12
    assert printed.unscoped == 0
    assert printed.fonts_embedded
    assert printed.letter
    assert printed.smallest == 14.0


def test_column_heads_and_row_heads_have_their_own_scope(reviewed_pdf: bytes) -> None:
    scopes = [more["/Scope"] for kind, more in elements(reviewed_pdf) if kind == "/TH"]

    assert scopes.count("/Row") == 12
    assert scopes.count("/Column") >= 4
    assert set(scopes) == {"/Row", "/Column"}


def test_headings_go_down_one_level_at_a_time(reviewed_pdf: bytes) -> None:
    levels = [int(level[1]) for level in read_printed(reviewed_pdf).headings]

    assert levels[0] == 1
    assert levels.count(1) == 4
    assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels))


def test_each_part_starts_on_its_own_page(reviewed_pdf: bytes) -> None:
    starts = read_printed(reviewed_pdf).starts

    assert list(starts) == sorted(set(starts))
    assert len(starts) == 4


def test_running_lines_are_artifacts_and_no_part_of_the_reading_order(reviewed_pdf: bytes) -> None:
    kinds = {kind for kind, _ in elements(reviewed_pdf)}
    with pikepdf.open(io.BytesIO(reviewed_pdf)) as document:
        marked = [page.Contents.read_bytes().count(b"/Type /Pagination") for page in document.pages]

    assert "/NonStruct" not in kinds
    assert "/Lbl" in kinds
    assert all(count >= 3 for count in marked)


def test_every_piece_of_the_structure_points_to_text_on_its_page(reviewed_pdf: bytes) -> None:
    lost = []
    count = 0
    with pikepdf.open(io.BytesIO(reviewed_pdf)) as document:
        streams = {page.objgen: page.Contents.read_bytes() for page in document.pages}
        pending = [document.Root.StructTreeRoot.K]
        while pending:
            node = pending.pop()
            for child in node if isinstance(node, pikepdf.Array) else [node]:
                if not isinstance(child, pikepdf.Dictionary) or "/K" not in child:
                    continue
                pending.append(child.K)
                for piece in child.K if isinstance(child.K, pikepdf.Array) else [child.K]:
                    if isinstance(piece, int):
                        count += 1
                        if f"<</MCID {piece}>>".encode() not in streams[child.Pg.objgen]:
                            lost.append((str(child.S), piece))

    assert count > 100
    assert lost == []


def test_pages_read_in_order_with_running_titles_and_form_lines(reviewed_pdf: bytes, tmp_path: Path) -> None:
    pages = text_of(reviewed_pdf, tmp_path).split("\f")[:-1]

    titles = (
        "Your medication review",
        "Recommended To-Do List",
        "Medication List",
        "How to Get Rid of Medicines Safely",
    )
    first = [
        next(number for number, page in enumerate(pages) if re.search(rf"^\s*{title}\s*$", page, re.MULTILINE))
        for title in titles
    ]
    assert first == sorted(first)
    assert "Medication List – For Maria Lopez, born 03/04/1952 (Continued)" in pages[first[2] + 1]
    assert "(Continued)" not in pages[first[2]]
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
        assert "Form CMS-10396" in page
        assert "OMB Approval No. 0938-1154" in page


def test_a_draft_says_so_on_every_page(renderer: Renderer, tmp_path: Path) -> None:
    pdf = renderer.render(render_html(compose(source(12, reviewed=False))))

    pages = text_of(pdf, tmp_path).split("\f")[:-1]

    assert all("DRAFT – not reviewed by a pharmacist" in page for page in pages)


def test_no_row_and_no_to_do_block_is_split_over_pages(renderer: Renderer, tmp_path: Path) -> None:
    rows = tuple(
        medication(f"medicine{number}", id=f"m{number}", prescriber=f"begin{number} " + "word " * 12 + f"end{number}")
        for number in range(30)
    )
    items = tuple(
        TodoItem(f"t{number}", f"topic{number}", "Walk a bit.\n" * 4, f"reason{number}") for number in range(8)
    )
    pdf = renderer.render(render_html(compose(source(medications=rows, todos=items))))

    pages = text_of(pdf, tmp_path).split("\f")

    for number in range(30):
        assert any(re.search(rf"begin{number}\b", page) and re.search(rf"end{number}\b", page) for page in pages)
    for number in range(8):
        assert any(f"opic{number}" in page and f"eason{number}" in page for page in pages)


def test_the_same_page_gives_the_same_bytes_also_from_a_fresh_process(
    renderer: Renderer, reviewed: TakeawayInput, reviewed_pdf: bytes
) -> None:
    page = render_html(compose(reviewed))
    again = renderer.render(page)
    renderer.close()
    afresh = renderer.render(page)

    assert again == reviewed_pdf
    assert afresh == reviewed_pdf


HOSTILE = (
    "<script>alert(1)</script>",
    "<table><tr><td colspan=100000000>x",
    '<link rel="attachment" href="file:///etc/hostname">',
    '<img src="file:///etc/hostname"><img src="http://127.0.0.1:1/x">',
    "</style><style>* { display: none }",
    "{{ 7 * 7 }} {% include '/etc/hostname' %}",
    '" data-running="x" style="color: white',
    "&#x3c;b&#x3e; &lt;i&gt;",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_text(renderer: Renderer, tmp_path: Path, words: str) -> None:
    patient = replace(source().patient, name=words)
    item = TodoItem("t", words, words, words)
    page = render_html(compose(source(2, patient=patient, todos=(item,))))

    pdf = renderer.render(page)
    shown = " ".join(text_of(pdf, tmp_path).split())

    assert " ".join(words.split()).lower()[:30] in shown.lower()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
        assert "/AF" not in document.Root


def test_right_to_left_words_and_ten_thousand_letters_are_printed(renderer: Renderer, tmp_path: Path) -> None:
    items = (TodoItem("t1", "مرحبا بالعالم", "Call us."), TodoItem("t2", "long", "Walk " + "a" * 8000))

    pdf = renderer.render(render_html(compose(source(2, todos=items))))

    assert text_of(pdf, tmp_path).replace("\n", "").replace(" ", "").count("a") > 8000


def test_no_file_is_embedded_even_where_a_page_asks_for_it(renderer: Renderer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("top secret words")
    page = (
        f'<html lang="en"><title>t</title><link rel="attachment" href="file://{secret}">'
        f'<link rel="stylesheet" href="file://{secret}"><img src="file://{secret}" alt="x"><p>hello</p></html>'
    )

    pdf = renderer.render(page)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
        assert "/AF" not in document.Root
        streams = b"".join(o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream))
    assert b"top secret" not in streams


def test_a_render_that_hangs_is_killed_and_the_next_page_prints() -> None:
    renderer = Renderer(Limits(wall_seconds=1.0))
    page = render_html(compose(source(1)))
    try:
        renderer.warm()
        hung = renderer.pid
        with pytest.raises(RenderFailed) as refusal:
            renderer.render("<p>" + "word <b>x</b> " * 30_000)
        renderer.limits = Limits(wall_seconds=60)
        pdf = renderer.render(page)

        assert refusal.value.code == "render-timeout"
        assert renderer.pid != hung
        assert pdf.startswith(b"%PDF")
    finally:
        renderer.close()


def test_a_render_beyond_its_processor_time_is_ended_by_the_system() -> None:
    renderer = Renderer(Limits(cpu_seconds=1, wall_seconds=60))
    try:
        with pytest.raises(RenderFailed) as refusal:
            renderer.render("<p>" + "word <b>x</b> " * 30_000)

        assert refusal.value.code == "render-crashed"
    finally:
        renderer.close()


def test_a_render_beyond_its_memory_is_refused_without_hurting_the_server() -> None:
    renderer = Renderer(Limits(memory_bytes=300_000_000, cpu_seconds=100, wall_seconds=110))
    try:
        renderer.warm()  # there is room to start in
        with pytest.raises(RenderFailed) as refusal:
            renderer.render("<p>" + "word <b>x</b> " * 30_000)

        assert refusal.value.code in ("render-refused", "render-crashed")
    finally:
        renderer.close()


def test_a_page_nested_too_deeply_is_refused_with_a_code_and_no_word_of_the_patient(renderer: Renderer) -> None:
    with pytest.raises(RenderFailed) as refusal:
        renderer.render("<div>" * 5000 + "Maria Lopez")

    assert refusal.value.code == "render-refused"
    assert refusal.value.status == 503
    assert "Maria" not in f"{refusal.value} {refusal.value.detail}"


def test_a_page_too_large_is_refused_before_it_is_rendered() -> None:
    renderer = Renderer(Limits(html_bytes=1000))

    with pytest.raises(RenderFailed) as refusal:
        renderer.render("x" * 1001)

    assert refusal.value.code == "render-too-large"
    assert renderer.pid is None


async def test_rendering_leaves_the_event_loop_free(reviewed: TakeawayInput, reviewed_pdf: bytes) -> None:
    try:
        pdf = await render_pdf(render_html(compose(reviewed)))
    finally:
        close()

    assert pdf == reviewed_pdf


@pytest.mark.parametrize(("large", "smallest"), [(False, 14.0), (True, 18.0)])
def test_large_print_is_eighteen_points(renderer: Renderer, large: bool, smallest: float) -> None:
    pdf = renderer.render(render_html(compose(source(3)), large=large, contrast=large))

    assert read_printed(pdf).smallest == smallest


@pytest.mark.parametrize("large", [False, True])
def test_the_longest_names_of_common_drugs_stand_on_one_line(renderer: Renderer, tmp_path: Path, large: bool) -> None:
    names = ("Hydrochlorothiazide", "Medroxyprogesterone", "Dexmethylphenidate", "Methylprednisolone")
    rows = tuple(medication(name, why="high blood pressure", prescriber="Dr. Okafor") for name in names)

    shown = text_of(renderer.render(render_html(compose(source(medications=rows)), large=large)), tmp_path)

    assert [name for name in names if name not in shown] == []
