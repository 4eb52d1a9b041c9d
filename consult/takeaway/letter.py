"""The letter to a prescriber: problems and recommendations, each with boxes to accept, change or decline.

It is written for a clinician, so it holds what the takeaway must not: finding, source, directions as recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from consult.domain.medication import Medication
from consult.domain.patient import Patient
from consult.domain.problem import Problem
from consult.errors import BadCommand
from consult.takeaway.boilerplate import fill, say_birth_date, say_date
from consult.takeaway.compose import clean, medicine_name, sentence
from consult.takeaway.page import render_template
from consult.takeaway.plain import as_recorded, say_strength
from consult.takeaway.source import Pharmacist, Site
from consult.takeaway.words import read_yaml


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What is asked for an accepted problem; `source` names the evidence, "" where none was given."""

    problem: Problem
    text: str
    source: str = ""


def recommendation_of(problem: Problem) -> Recommendation:
    """What a problem asks of the prescriber, in its own words."""
    return Recommendation(problem, problem.recommendation, problem.evidence)


@dataclass(frozen=True, slots=True)
class LetterInput:
    """Everything a letter is written from. Dates are YYYY-MM-DD; `medications` are the confirmed rows.

    `reply_by` is "" where no day is named.
    """

    patient: Patient
    prescriber: str
    recommendations: tuple[Recommendation, ...]
    medications: tuple[Medication, ...]
    date_of_service: str
    prepared_on: str
    pharmacist: Pharmacist
    site: Site = Site()
    prescriber_address: str = ""
    reply_by: str = ""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class LetterBlock:
    heading: str
    finding: str
    medications: str
    recommendation: str
    source: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter as plain text in reading order; `words` are the fixed labels."""

    language: str
    title: str
    author: str
    prepared_on: str
    draft: str
    running: str
    letterhead: tuple[str, ...]
    address: tuple[str, ...]
    date: str
    subject: str
    opening: str
    blocks: tuple[LetterBlock, ...]
    rows: tuple[tuple[str, str, str], ...]
    reply: str
    signature: tuple[str, ...]
    words: Any


def compose_letter(source: LetterInput) -> Letter:
    """The letter to one prescriber; BadCommand where there is nothing to recommend."""
    if not source.recommendations:
        raise BadCommand("A letter needs at least one recommendation.")
    words = letter_words()
    pharmacist = source.pharmacist
    count = len(source.recommendations)
    slots = {
        "patient": clean(source.patient.name),
        "birth_date": say_birth_date(source.patient.birth_date) or words["not_known"],
        "prescriber": clean(source.prescriber) or words["not_known"],
        "date": say_date(source.prepared_on, "en"),
        "service_date": say_date(source.date_of_service, "en"),
        "pharmacist": clean(pharmacist.name) or words["not_known"],
        "phone": clean(pharmacist.phone) or words["not_known"],
        "reply_by": say_date(source.reply_by, "en") if source.reply_by else "",
        "hours": clean(pharmacist.hours).rstrip(".") or words["not_known"],
        "count": f"{count} {words['one' if count == 1 else 'many']}",
    }
    title = fill(words["title"], slots)
    subject = fill(words["subject"], slots)
    names = {row.id: medicine_name(row) for row in source.medications}
    address = [clean(line) for line in source.prescriber_address.splitlines() if clean(line)]
    return Letter(
        language="en",
        title=title,
        author=slots["pharmacist"],
        prepared_on=source.prepared_on[:10],
        draft="" if source.reviewed else words["draft"],
        running=f"{subject} {words['continued']}",
        letterhead=tuple(clean(line) for line in source.site.letterhead if clean(line)),
        address=(fill(words["to"], slots), *address),
        date=fill(words["date"], slots),
        subject=subject,
        opening=fill(words["opening"], slots),
        blocks=tuple(_block(number, item, names) for number, item in enumerate(source.recommendations, 1)),
        rows=tuple(_row(row) for row in source.medications if row.review == "confirmed" and row.status == "active"),
        reply=" ".join(fill(words[key], slots) for key in ("reply", *(("reply_by",) if slots["reply_by"] else ()))),
        signature=tuple(line for line in (slots["pharmacist"], clean(pharmacist.title)) if line),
        words=words,
    )


def render_letter(letter: Letter, nonce: str = "") -> str:
    """The letter as a self-contained page, for the browser and for `pdf.render_pdf`."""
    page = tuple(letter.words["page"])
    return render_template("letter.html.j2", letter, page, nonce, draft=bool(letter.draft), more=("letter.css",))


def _block(number: int, item: Recommendation, names: dict[str, str]) -> LetterBlock:
    problem = item.problem
    heading = fill(letter_words()["number"], {"number": str(number), "title": sentence(problem.title)})
    listed = [names[key] for key in problem.medications if key in names]
    told = all(name.casefold() in problem.title.casefold() for name in listed)
    named = "" if told else ", ".join(listed)
    return LetterBlock(heading, sentence(problem.detail), named, sentence(item.text), clean(item.source))


def _row(row: Medication) -> tuple[str, str, str]:
    generic = ", ".join(clean(name) for name in row.ingredients)
    name = medicine_name(row)
    full = name if generic.casefold() in ("", name.casefold()) else f"{name} ({generic})"
    strength = say_strength(clean(row.sig.strength or ""))
    words = letter_words()
    return (
        sentence(f"{full} {strength}".strip()),
        as_recorded(row.sig) or words["directions_unknown"],
        fill(words["why"], {"why": clean(row.why)}) if clean(row.why) else "",
    )


@cache
def letter_words() -> Any:
    """The fixed words of the letter."""
    return read_yaml(Path(__file__).parent / "boilerplate" / "letter" / "en.yaml")
