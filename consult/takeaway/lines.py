"""Every piece of text that a patient reads, with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from consult.takeaway.document import Document, Passage


@dataclass(frozen=True, slots=True)
class Line:
    """`part` is cover, todo, medications or disposal; `legal` marks fixed legal text, `plain` running prose.

    `written` marks the pharmacist's own words, which can still be changed (not what the patient said).
    """

    part: str
    place: str
    text: str
    legal: bool = False
    plain: bool = True
    written: bool = False


def lines_of(document: Document) -> tuple[Line, ...]:
    """All lines in reading order."""
    return tuple(line for line in _all(document) if line.text)


def _all(document: Document) -> Iterator[Line]:
    yield from _cover(document)
    yield from _todo(document)
    yield from _medications(document)
    page = document.disposal
    yield Line("disposal", "title", page.title, plain=False)
    yield Line("disposal", "introduction", page.intro)
    for passage in page.passages:
        yield from _passage("disposal", passage)
    yield Line("disposal", "contact line", page.contact)


def _cover(document: Document) -> Iterator[Line]:
    cover = document.cover
    yield Line("cover", "title", cover.title, plain=False)
    for place, texts in (("letterhead", cover.letterhead), ("address", cover.address), ("signature", cover.signature)):
        for text in texts:
            yield Line("cover", place, text, plain=False)
    yield Line("cover", "date", cover.date, plain=False)
    yield Line("cover", "salutation", cover.salutation, plain=False)
    for number, text in enumerate(cover.paragraphs, 1):
        yield Line("cover", f"paragraph {number}", text)
    yield Line("cover", "bullets", cover.bullets_intro)
    for number, text in enumerate(cover.bullets, 1):
        yield Line("cover", f"bullet {number}", text)
    yield Line("cover", "contact line", cover.contact)
    yield Line("cover", "closing line", cover.closing_line)
    yield Line("cover", "enclosures", cover.enclosures, plain=False)
    yield Line("cover", "copies", cover.copies, plain=False)
    for text in cover.notices:
        yield Line("cover", "notice", text, legal=True)


def _todo(document: Document) -> Iterator[Line]:
    todo = document.todo
    for place, text in (("title", todo.title), ("title box", todo.subject), ("date", todo.prepared)):
        yield Line("todo", place, text, plain=False)
    for text in todo.instructions:
        yield Line("todo", "instructions", text)
    for number, block in enumerate(todo.blocks, 1):
        yield Line("todo", f"item {number}, topic", block.topic, written=True)
        for action in block.actions:
            yield Line("todo", f"item {number}, action", action, written=True)
        yield Line("todo", f"item {number}, reason", block.why, written=True)
    yield Line("todo", "contact line", todo.contact)


def _medications(document: Document) -> Iterator[Line]:
    part = document.medications
    for place, text in (("title", part.title), ("title box", part.subject), ("date", part.prepared)):
        yield Line("medications", place, text, plain=False)
    for text in part.instructions:
        yield Line("medications", "instructions", text)
    for number, row in enumerate(part.rows, 1):
        yield Line("medications", f"row {number}, medication", f"{row.name} {row.detail}".strip(), plain=False)
        yield Line("medications", f"row {number}, how", row.how)
        yield Line("medications", f"row {number}, why", row.why, plain=False)
        yield Line("medications", f"row {number}, prescriber", row.prescriber, plain=False)
    yield Line("medications", "blank rows", part.blank_intro)
    for passage in (part.allergies, part.effects, part.other):
        yield from _passage("medications", passage)
    yield Line("medications", "contact line", part.contact)
    for text in part.paperwork.lines:
        yield Line("medications", "paperwork statement", text, legal=True)


def _passage(part: str, passage: Passage) -> Iterator[Line]:
    for text in passage.lines:
        yield Line(part, passage.heading, text)
