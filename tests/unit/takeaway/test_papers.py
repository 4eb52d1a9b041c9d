"""Every form of a takeaway says the same words, and is made with the version that is signed."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

import pytest

from consult.domain.plan import TodoItem
from consult.takeaway.compose import compose
from consult.takeaway.notice import notice_of
from consult.takeaway.page import TEMPLATES
from consult.takeaway.papers import Papers, make_papers, page_of
from consult.takeaway.pdf import Renderer
from consult.takeaway.printed import read_printed
from tests.unit.takeaway.cases import source

SIZES = {"large": 18.0, "larger": 24.0}


@pytest.fixture(scope="module")
def papers(renderer: Renderer) -> Papers:
    async def printed(page: str) -> bytes:
        return renderer.render(page)

    return asyncio.run(make_papers(source(4), printed))


def words(html: str) -> list[str]:
    return re.sub(r"<style.*?</style>|<[^>]*>", " ", html, flags=re.S).split()


def test_the_forms_are_page_print_and_text(papers: Papers) -> None:
    names = [one.name for one in papers.copies]

    assert names == ["large.html", "large.pdf", "larger.html", "larger.pdf", "contrast.html", "txt"]
    assert (papers.html.name, papers.pdf.name) == ("html", "pdf")


def test_every_page_says_the_same_words(papers: Papers) -> None:
    pages = [one.content.decode() for one in papers.copies if one.name.endswith("html")]

    assert all(words(page) == words(papers.html.content.decode()) for page in pages)


@pytest.mark.parametrize("edition", ["large", "larger"])
def test_large_print_is_as_large_as_its_name_and_tagged(papers: Papers, edition: str) -> None:
    found = read_printed(next(one.content for one in papers.copies if one.name == f"{edition}.pdf"))

    assert (found.smallest, found.tagged, found.unscoped, found.letter) == (SIZES[edition], True, 0, True)


def coloured(css: str) -> set[str]:
    """The selectors that set a colour of type."""
    rules = re.findall(r"([^{};/]+)\{([^{}]*)\}", css)
    return {one.strip() for names, body in rules if re.search(r"(?<![-\w])color:", body) for one in names.split(",")}


def test_high_contrast_paints_everything_black_that_has_a_colour() -> None:
    plain, contrast = ((TEMPLATES / name).read_text() for name in ("takeaway.css", "contrast.css"))

    assert coloured(plain) - coloured(contrast) == set()
    assert set(re.findall(r"#\w+", contrast)) == {"#000", "#fff"}
    assert page_of(compose(source(3)), "contrast").index(contrast) > 0


def test_points_that_fail_are_named_by_number(renderer: Renderer) -> None:
    async def printed(page: str) -> bytes:
        return renderer.render(page)

    nobody = replace(source(1), patient=replace(source(1).patient, plan_name=""))

    assert asyncio.run(make_papers(nobody, printed)).failing == ("6 Part D plan named",)


def test_the_same_words_give_the_same_bytes_in_every_form(papers: Papers, renderer: Renderer) -> None:
    async def printed(page: str) -> bytes:
        return renderer.render(page)

    again = asyncio.run(make_papers(source(4), printed))

    assert [one.content for one in again.copies] == [one.content for one in papers.copies]


def test_hard_sentences_come_with_a_suggestion(renderer: Renderer) -> None:
    async def printed(page: str) -> bytes:
        return renderer.render(page)

    hard = "Discontinue the administration of this medication immediately if gastrointestinal bleeding is observed."
    found = asyncio.run(make_papers(source(1, todos=(TodoItem("t1", "Bleeding", hard),)), printed)).reading

    assert [one.text for one in found.hard if one.written] == [hard]
    assert all(one.suggestions for one in found.hard)


@pytest.mark.parametrize("language", ["en", "es", "fr", ""])
def test_the_words_around_a_sent_paper_fit_its_language(language: str) -> None:
    notice = notice_of(language, "Prairie", "")

    assert notice.language == ("es" if language == "es" else "en")
    assert "{" not in notice.subject + notice.text
