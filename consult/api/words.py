"""What the page shells say, by language: English in the templates, the others in the catalogue beside the package.

The browser bundle takes its texts from the same catalogue (`tools/catalogue.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent.parent / "locale"
NAMES = {"en": "English", "es": "Español"}  # each in its own language


def N_(text: str) -> str:  # noqa: N802 - the name that gatherers of texts know
    """Marks a text for the catalogue where it is translated only later."""
    return text


@lru_cache(maxsize=8)
def catalogue(language: str) -> Mapping[str, str]:
    """English text -> text of a language that `languages()` lists; empty for English."""
    if language == "en":
        return {}
    with (LOCALES / language / "LC_MESSAGES/consult.po").open("rb") as file:
        rows = [(one.id, one.string) for one in read_po(file, locale=language)]
    return {said: meant for said, meant in rows if isinstance(said, str) and isinstance(meant, str) and meant}


def translator(language: str) -> Callable[[str], str]:
    """English in, the language out; English where the catalogue lacks a text."""
    texts = catalogue(language)
    return lambda text: texts.get(text, text)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Tags of the languages there are, English first."""
    return ("en", *sorted(path.name for path in LOCALES.iterdir() if path.is_dir()))


def negotiate(request: web.Request, *, kept: str = "") -> str:
    """The language of `lang=`, else the one `kept` of before, else the browser's first that there are words for.

    English where none of them is known.
    """
    for asked in (request.query.get("lang", ""), kept):
        if asked in languages():
            return asked
    for part in request.headers.get("Accept-Language", "").split(",")[:20]:
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in languages():
            return tag
    return "en"
