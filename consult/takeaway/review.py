"""What is read before signing: the lines of the document that speak of this patient, each to be looked at."""

from __future__ import annotations

from consult.domain.plan import PaperLine
from consult.takeaway.document import Document


def lines_to_review(document: Document) -> tuple[PaperLine, ...]:
    """In reading order: whom the letter goes to, each to-do block, each medicine, and the passages below the list.

    The fixed words of the form are the same for everybody and are not among them.
    """
    cover, todo, listed = document.cover, document.todo, document.medications
    lines = [("cover", f"{cover.salutation} {'; '.join((*cover.address, cover.date))}")]
    lines += [
        (f"todo:{block.key or number}", _joined(block.topic, *block.actions, block.why))
        for number, block in enumerate(todo.blocks, 1)
    ]
    lines += [
        (f"medication:{row.key}", _joined(row.name, row.detail, row.how, row.why, row.prescriber))
        for row in listed.rows
    ]
    for name, passage in (("allergies", listed.allergies), ("effects", listed.effects), ("other", listed.other)):
        lines.append((name, f"{passage.heading} {'; '.join(passage.lines)}"))
    return tuple(PaperLine(key[:200], text) for key, text in lines)


def _joined(*parts: str) -> str:
    return " \N{MIDDLE DOT} ".join(part for part in parts if part)
