"""All forms of one takeaway, made at once from one document: what is signed is every one of them.

Page and PDF in the ordinary form, in large print (18 points) and in largest print (24 points); a page in high
contrast; the reading version as plain text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from consult.domain.plan import Edition, PaperLine
from consult.takeaway.compose import compose
from consult.takeaway.conformance import Point, check
from consult.takeaway.document import Document
from consult.takeaway.page import render_html
from consult.takeaway.plaintext import render_text
from consult.takeaway.points import drug_names
from consult.takeaway.readability import Readability, measure
from consult.takeaway.review import lines_to_review
from consult.takeaway.source import TakeawayInput

Print = Callable[[str], Awaitable[bytes]]  # a page in, its PDF out
EDITIONS: tuple[Edition, ...] = ("standard", "large", "larger", "contrast")
PRINTED = ("standard", "large", "larger")  # high contrast is for screens: the ordinary print is black on white enough
HTML, PDF, TEXT = "text/html; charset=utf-8", "application/pdf", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Paper:
    """One form in bytes; `name` ends its address: "html", "pdf", "large.html", ..., "txt"."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Papers:
    """Every form of a version, and what it was judged to be."""

    language: str
    html: Paper
    pdf: Paper
    copies: tuple[Paper, ...]
    points: tuple[Point, ...]
    reading: Readability
    lines: tuple[PaperLine, ...] = ()

    @property
    def failing(self) -> tuple[str, ...]:
        """The points of the format that are not met: "6 Part D plan named"."""
        return tuple(f"{point.number} {point.name}" for point in self.points if not point.passed)


async def make_papers(source: TakeawayInput, to_pdf: Print) -> Papers:
    """Compose once, print in each form, judge the ordinary one. Raises what `to_pdf` raises."""
    document = compose(source)
    made: dict[str, Paper] = {}
    for edition in EDITIONS:
        page = page_of(document, edition)
        lead = "" if edition == "standard" else f"{edition}."
        made[f"{lead}html"] = Paper(f"{lead}html", HTML, page.encode())
        if edition in PRINTED:
            made[f"{lead}pdf"] = Paper(f"{lead}pdf", PDF, await to_pdf(page))
    made["txt"] = Paper("txt", TEXT, render_text(document).encode())
    html, pdf = made.pop("html"), made.pop("pdf")
    points = await asyncio.to_thread(check, source, document, html.content.decode(), pdf.content)
    reading = reading_of(source, document)
    lines = lines_to_review(document)
    return Papers(document.language, html, pdf, tuple(made.values()), tuple(points), reading, lines)


def page_of(document: Document, edition: Edition) -> str:
    """The page in one form."""
    return render_html(document, large=edition == "large", larger=edition == "larger", contrast=edition == "contrast")


def reading_of(source: TakeawayInput, document: Document | None = None) -> Readability:
    """How hard the words are, drug names taken out."""
    return measure(document or compose(source), drug_names(source))
