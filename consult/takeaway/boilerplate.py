"""The fixed words of the takeaway in a language, with slots filled from a closed list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from consult.takeaway.words import read_yaml

FOLDER = Path(__file__).parent / "boilerplate"
SLOT = re.compile(r"\{([a-z_]+)\}")


@cache
def languages() -> tuple[str, ...]:
    """The languages that a takeaway can be written in."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def language_of(tag: str) -> str:
    """The language that a tag such as "es-MX" is served in; English where there is no other."""
    short = tag.split("-", maxsplit=1)[0].strip().lower()
    return short if short in languages() else "en"


@cache
def load_boilerplate(language: str) -> Mapping[str, Any]:
    """boilerplate/<language>.yaml as it stands."""
    return read_yaml(FOLDER / f"{language}.yaml")


def fill(pattern: str, slots: Mapping[str, str]) -> str:
    """The pattern with its {slots} filled; values are never read as patterns again."""
    return SLOT.sub(lambda found: slots[found[1]], pattern)


def say_date(iso: str, language: str) -> str:
    """A date in words ("November 23, 2026"); the words for "not known" where it is no date."""
    words = load_boilerplate(language)
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return str(words["not_known"])
    slots = {"month": words["months"][day.month - 1], "day": str(day.day), "year": str(day.year)}
    return fill(words["date_pattern"], slots)


def say_birth_date(iso: str) -> str:
    """mm/dd/yyyy, as the form wants it in both languages; "" where it is no date."""
    try:
        return date.fromisoformat(iso[:10]).strftime("%m/%d/%Y")
    except ValueError:
        return ""
