"""The word lists behind directions for use, read once from YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from consult.errors import BadFile

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Forms:
    """What a Sig may say: accepted words to canonical keys, the same for every language."""

    units: Mapping[str, str]
    unit_routes: Mapping[str, str]
    routes: frozenset[str]
    route_units: Mapping[tuple[str, str], str]
    strength_is_dose: frozenset[str]
    frequencies: Mapping[str, str]
    timed_frequencies: Mapping[str, str]
    timings: Mapping[str, str]
    slots: tuple[str, ...]
    anchors: Mapping[str, str]
    weekdays: Mapping[str, str]
    codes: frozenset[str]


def read_yaml(path: Path) -> dict[str, Any]:
    """A YAML file of the package as a mapping; BadFile names the place where it cannot be read."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise BadFile(path, line, error.problem or "not YAML") from error
    if not isinstance(data, dict):
        raise BadFile(path, 1, "a mapping was expected")
    return data


@cache
def load_forms() -> Forms:
    """The accepted forms (words/forms.yaml)."""
    data = read_yaml(HERE / "words" / "forms.yaml")
    timings = {key: row["words"] for key, row in data["timings"].items()}
    return Forms(
        units=_by_word(data["units"]),
        unit_routes=data["unit_routes"],
        routes=frozenset(data["routes"]),
        route_units={
            (route, unit): words for route, rows in data["route_units"].items() for unit, words in rows.items()
        },
        strength_is_dose=frozenset(data["strength_is_dose"]),
        frequencies=_by_word(data["frequencies"]),
        timed_frequencies=_by_word(data["timed_frequencies"]),
        timings=_by_word(timings),
        slots=tuple(key for key, row in data["timings"].items() if row.get("slot")),
        anchors=_by_word(data["anchors"]),
        weekdays=_by_word(data["weekdays"]),
        codes=frozenset(data["codes"]),
    )


@cache
def load_words(language: str) -> Mapping[str, Any]:
    """How a language says directions (words/<language>.yaml)."""
    return read_yaml(HERE / "words" / f"{language}.yaml")


@cache
def load_health_words(language: str) -> Mapping[str, Mapping[str, str]]:
    """Reasons for use, side effects and substances in a language (words/health/<language>.yaml), none for English."""
    path = HERE / "words" / "health" / f"{language}.yaml"
    return read_yaml(path) if path.exists() else {}


@cache
def shorthand() -> Mapping[str, str]:
    """Short forms of a note and what they are in plain English words (words/health/shorthand.yaml)."""
    known: Mapping[str, str] = read_yaml(HERE / "words" / "health" / "shorthand.yaml")["shorthand"]
    return known


def _by_word(rows: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: key for key, words in rows.items() for word in words}
