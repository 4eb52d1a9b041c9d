"""The takeaway as a document: labelled plain text in reading order, the same for page, PDF and reading version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cover:
    """The letter."""

    title: str
    letterhead: tuple[str, ...]
    date: str
    address: tuple[str, ...]
    salutation: str
    paragraphs: tuple[str, ...]
    bullets_intro: str
    bullets: tuple[str, ...]
    contact: str
    closing_line: str
    closing: str
    signature: tuple[str, ...]
    enclosures: str
    copies: str
    notices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TodoBlock:
    """One topic with the actions to tick and, where known, the reason; `key` is the id of the item or regimen row."""

    topic: str
    actions: tuple[str, ...]
    why: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class TodoList:
    """The Recommended To-Do List."""

    title: str
    subject: str
    prepared: str
    instructions: tuple[str, ...]
    heading: str
    topic_label: str
    action_label: str
    why_label: str
    blocks: tuple[TodoBlock, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class MedicationRow:
    """`name` leads the row; `detail` is the generic name and strength; `key` is the id of the regimen row."""

    key: str
    name: str
    detail: str
    how: str
    why: str
    prescriber: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with lines under it; `blank_lines` are left for the patient to write on."""

    heading: str
    lines: tuple[str, ...] = ()
    blank_lines: int = 0


@dataclass(frozen=True, slots=True)
class MedicationList:
    """The Medication List."""

    title: str
    subject: str
    prepared: str
    instructions: tuple[str, ...]
    heading: str
    columns: tuple[str, str, str, str]
    rows: tuple[MedicationRow, ...]
    no_rows: str
    blank_intro: str
    blank_rows: int
    allergies: Passage
    effects: Passage
    other: Passage
    notes: Passage
    contact: str
    paperwork: Passage


@dataclass(frozen=True, slots=True)
class DisposalPage:
    """How to get rid of medicines that are not needed any more."""

    title: str
    intro: str
    passages: tuple[Passage, ...]
    contact: str


@dataclass(frozen=True, slots=True)
class Document:
    """The whole takeaway. `draft` is the words that mark every page while nobody has signed, else empty."""

    language: str
    title: str
    description: str
    author: str
    patient_name: str
    birth_date: str
    prepared_on: str
    draft: str
    continued: str
    page_words: tuple[str, str, str]  # "Page ", " of ", ""
    form_line: str
    omb_line: str
    cover: Cover
    todo: TodoList
    medications: MedicationList
    disposal: DisposalPage
