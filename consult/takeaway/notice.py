"""The few words around a paper that is sent: they name no medicine, no illness and no patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consult.takeaway.boilerplate import fill, language_of, load_boilerplate
from consult.takeaway.compose import clean
from consult.takeaway.letter import letter_words


@dataclass(frozen=True, slots=True)
class Notice:
    """Subject and text of a message, in a language."""

    language: str
    subject: str
    text: str


def notice_of(language: str, site_name: str, phone: str) -> Notice:
    """The message with a takeaway, in the language of the document (English where it is not known)."""
    known = language_of(language)
    return _notice(known, load_boilerplate(known), site_name, phone)


def letter_notice(site_name: str, phone: str) -> Notice:
    """The message with a letter to a prescriber."""
    return _notice("en", letter_words(), site_name, phone)


def _notice(language: str, boilerplate: Mapping[str, Any], site_name: str, phone: str) -> Notice:
    words = boilerplate["notice"]
    slots = {"site": clean(site_name), "phone": clean(phone) or boilerplate["not_known"]}
    text = "\n\n".join(fill(line, slots) for line in words["lines"])
    return Notice(language, fill(words["subject"], slots), text + "\n")
