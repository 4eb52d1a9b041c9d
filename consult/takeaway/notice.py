"""The few words around a takeaway that is sent: they name no medicine, no illness and no patient."""

from __future__ import annotations

from dataclasses import dataclass

from consult.takeaway.boilerplate import fill, language_of, load_boilerplate
from consult.takeaway.compose import clean


@dataclass(frozen=True, slots=True)
class Notice:
    """Subject and text of a message, in a language."""

    language: str
    subject: str
    text: str


def notice_of(language: str, site_name: str, phone: str) -> Notice:
    """The message in the language of the document (English where it is not known)."""
    known = language_of(language)
    boilerplate = load_boilerplate(known)
    words = boilerplate["notice"]
    slots = {"site": clean(site_name), "phone": clean(phone) or boilerplate["not_known"]}
    return Notice(
        known, fill(words["subject"], slots), "\n\n".join(fill(line, slots) for line in words["lines"]) + "\n"
    )
