"""Amounts said in words, as dictation writes them: "one hundred twelve micrograms" -> "112 micrograms"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare

_SMALL = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {"hundred": 100, "thousand": 1000}
_WORD = "|".join(sorted((*_SMALL, *_SCALES), key=len, reverse=True))
_UNIT = (
    r"(?:mgs?|milligrams?|mcgs?|micrograms?|units?|grams?|g|meq|milliequivalents?|ml|mls|milliliters?|cc|percent|"
    r"international units?)"
)
_SPOKEN = re.compile(
    rf"\b(?:a )?(?P<whole>(?:{_WORD})(?:(?: and |[ -])(?:{_WORD})){{0,5}})?"
    rf"(?: ?point (?P<part>(?:{_WORD})(?: (?:{_WORD})){{0,2}}))?(?=[ -]{_UNIT}\b)"
)
_HALF_OF = re.compile(rf"\b(?P<part>half|one[- ]half|a half|quarter|a quarter)(?: of)? an? (?={_UNIT}\b)")
_PARTS = {"quarter": "0.25 ", "a quarter": "0.25 "}


def with_digits(text: str, lacks: int) -> str:
    """The lower-case text with the amounts before a unit in digits; words that are no number stay."""
    if not SPOKEN.possible(lacks):
        return text
    text = _HALF_OF.sub(lambda match: _PARTS.get(match["part"], "0.5 "), text)
    return _SPOKEN.sub(_digits, text)


SPOKEN = Rare(rf"\b(?:{_WORD}|half|quarter)\b", DIRECTIONS)


def _digits(match: re.Match[str]) -> str:
    whole = _number(match["whole"]) if match["whole"] else 0
    if whole is None or not (match["whole"] or match["part"]):
        return match.group()
    if not match["part"]:
        return str(whole)
    places = [_SMALL.get(word) for word in match["part"].split()]
    if any(place is None or (place > 9 and len(places) > 1) for place in places):
        return match.group()
    return f"{whole}." + "".join(str(place) for place in places)


def _number(words: str) -> int | None:
    """ "two hundred and fifty", "twenty five", "one twelve" (112); None for a list of digits."""
    total = group = 0
    before = 0
    for word in re.split(r" and |[ -]", words):
        if word in _SCALES:
            group = max(group, 1) * _SCALES[word]
            if word == "thousand":
                total, group = total + group, 0
            before = 0
            continue
        value = _SMALL[word]
        if before and (before < 20 or value > 9):
            if not (before < 10 <= value):
                return None
            group *= 100  # "one twelve", "two fifty"
        group += value
        before = value
    return total + group
