"""The takeaway against Medicare's standardized format: eighteen points, each with the place where it fails.

The points are those of a public reading of Form CMS-10396 (2022 format); passing them is no approval by CMS.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from consult.takeaway import points
from consult.takeaway.compose import compose
from consult.takeaway.document import Document
from consult.takeaway.page import render_html
from consult.takeaway.points import Case, Finding
from consult.takeaway.printed import read_printed
from consult.takeaway.source import TakeawayInput

Result = Literal["pass", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list. `places` says where and why it fails or warns, empty where it passes."""

    number: int
    name: str
    result: Result
    places: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.result != "fail"


CHECKS: tuple[tuple[str, Callable[[Case], list[Finding]]], ...] = (
    ("Three parts in order, each on a new page", points.parts_in_order),
    ("Name, date of birth and date on every part", points.names_and_dates),
    ("Date of service known and not after the letter", points.service_date),
    ("Letter within 14 days of the service", points.within_fourteen_days),
    ("Phone, hours and TTY in all three parts", points.contact_lines),
    ("Part D plan named", points.plan_named),
    ("Form number, OMB number and paperwork statement", points.form_numbers),
    ("To-do list has topics and actions that start with a verb", points.todo_blocks),
    ("Every medicine of the consult listed once", points.every_medicine_once),
    ("Four columns filled, no sig codes", points.columns_filled),
    ("Allergies and side effects filled", points.allergies_and_effects),
    ("Stopped medicines off the list and in the to-do list", points.stopped_medicines),
    ("Safe-disposal page", points.disposal_page),
    ("Notice on fair treatment and other formats", points.notices),
    ("Type of 14 points, contrast, tags, language", points.accessible),
    ("Reading grade within the target", points.reading_grade),
    ("The same in English and Spanish", points.same_in_each_language),
    ("No words for clinicians only", points.no_clinician_words),
)


def check(
    source: TakeawayInput, document: Document | None = None, html: str | None = None, pdf: bytes = b""
) -> list[Point]:
    """The eighteen points for a takeaway.

    The document and the page are made from the source where they are not given; without a PDF the points are
    judged by the page, and point 15 says so with a warning.
    """
    document = document or compose(source)
    html = render_html(document) if html is None else html
    case = Case(source, document, html, read_printed(pdf) if pdf else None)
    return [_point(number, name, judge(case)) for number, (name, judge) in enumerate(CHECKS, 1)]


def _point(number: int, name: str, findings: list[Finding]) -> Point:
    result: Result = "pass"
    if findings:
        result = "fail" if any(finding.fails for finding in findings) else "warn"
    return Point(number, name, result, tuple(f"{finding.place}: {finding.what}" for finding in findings))
