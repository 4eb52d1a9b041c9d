"""The document as plain text, for reading aloud, for a braille device, or for a message."""

from __future__ import annotations

from consult.takeaway.document import DisposalPage, Document, MedicationList, Passage, TodoList


def render_text(document: Document) -> str:
    """The whole takeaway in reading order; the table becomes one short paragraph a medicine."""
    parts = [
        _cover(document),
        _todo(document.todo),
        _medications(document.medications),
        _disposal(document.disposal),
    ]
    if document.draft:
        parts = [[document.draft, "", *part] for part in parts]
    foot = [document.form_line, document.omb_line]
    return "\n\n\n".join("\n".join(part) for part in [*parts, foot]) + "\n"


def _cover(document: Document) -> list[str]:
    cover = document.cover
    lines = [*cover.letterhead, ""] if cover.letterhead else []
    lines += [_title(cover.title), "", cover.date, "", *cover.address, "", cover.salutation, ""]
    for text in cover.paragraphs:
        lines += [text, ""]
    lines += [cover.bullets_intro, *(f"- {text}" for text in cover.bullets), "", cover.contact, "", cover.closing_line]
    lines += ["", cover.closing, *cover.signature, "", cover.enclosures]
    if cover.copies:
        lines.append(cover.copies)
    for text in cover.notices:
        lines += ["", text]
    return lines


def _todo(todo: TodoList) -> list[str]:
    lines = [_title(todo.title), todo.subject, todo.prepared, "", *todo.instructions, "", todo.heading]
    for block in todo.blocks:
        lines += ["", f"{todo.topic_label} {block.topic}", todo.action_label]
        lines += [f"- {action}" for action in block.actions]
        if block.why:
            lines.append(f"{todo.why_label} {block.why}")
    return [*lines, "", todo.contact]


def _medications(part: MedicationList) -> list[str]:
    lines = [_title(part.title), part.subject, part.prepared, "", *part.instructions, "", part.heading]
    if not part.rows:
        lines += ["", part.no_rows]
    for row in part.rows:
        head = f"{row.name} ({row.detail})" if row.detail else row.name
        cells = (head, row.how, row.why, row.prescriber)
        lines += ["", *(f"{column}: {cell}" for column, cell in zip(part.columns, cells, strict=True))]
    lines += ["", part.blank_intro]
    for passage in (part.allergies, part.effects, part.other, part.notes):
        lines += ["", *_passage(passage)]
    return [*lines, "", part.contact, "", *_passage(part.paperwork)]


def _disposal(page: DisposalPage) -> list[str]:
    lines = [_title(page.title), "", page.intro]
    for passage in page.passages:
        lines += ["", *_passage(passage)]
    return [*lines, "", page.contact]


def _passage(passage: Passage) -> list[str]:
    return [passage.heading, *(f"- {line}" for line in passage.lines)] if passage.lines else [passage.heading]


def _title(text: str) -> str:
    return text.upper()
