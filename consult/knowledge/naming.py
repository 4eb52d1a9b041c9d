"""The text of a drug name as people type it: tidied, without its strength, split into the drugs of a combination."""

from __future__ import annotations

import re

_MARKS = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "®": "", "™": "", "_": " "})
_NUMBER = r"\d+(?:[.,]\d+)*"
_SERIES = rf"{_NUMBER}(?:\s?[-/]\s?{_NUMBER})*"
_UNIT = (
    r"(?:mg|mcg|ug|µg|μg|g|gm|grams?|meq|mmol|iu|units?|u|ml|mls|l|%|mg/ml|mcg/hr|"
    r"hr|hours?|act|actuation|dose|puff|spray)"
)
_STRENGTH = re.compile(rf"(?<![\w.-]){_SERIES}\s?-?{_UNIT}(?:\s?/\s?(?:{_NUMBER}\s?)?{_UNIT})*(?![\w])", re.IGNORECASE)
_BARE_NUMBER = re.compile(rf"(?<=\s)#?{_SERIES}$")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]")
_STRONG = re.compile(r"\s*(?:[/+,;&]|(?<=\s)(?:and|with|w)(?=\s))\s*")
_WEAK = re.compile(r"\s*(?:[/+,;&-]|(?<=\s)(?:and|with|w)(?=\s))\s*|\s+-\s+")
_EDGES = " .,;:*-/+\"'"


def tidy(text: str) -> str:
    """Lower case, one space between words, plain quotes and hyphens, no marks at the edges."""
    return " ".join(text.translate(_MARKS).lower().split()).strip(' .,;:*"')


def without_strength(text: str) -> str:
    """The name without amounts that carry a unit ("25 mg", "160/4.5 mcg/act")."""
    return " ".join(_STRENGTH.sub(" ", text).split()).strip(_EDGES)


def without_number(text: str) -> str:
    """The name without a bare amount at its end ("5-325")."""
    return _BARE_NUMBER.sub("", text).strip(_EDGES)


def around_brackets(text: str) -> tuple[str, ...]:
    """What stands outside brackets, then what stands inside; empty where there are none."""
    inside = [piece.strip() for piece in _BRACKETS.findall(text) if piece.strip()]
    return (_BRACKETS.sub("", text).strip(), *inside) if inside else ()


def pieces(text: str) -> tuple[tuple[str, ...], ...]:
    """The ways to read the name as a combination, surest first: without and with the hyphen as a separator."""
    found: list[tuple[str, ...]] = []
    for separator in (_STRONG, _WEAK):
        parts = tuple(part.strip(_EDGES) for part in separator.split(text) if part.strip(_EDGES))
        if len(parts) > 1 and parts not in found:
            found.append(parts)
    return tuple(found)
