"""An amount that is told for a whole day and taken in parts: "900 mg/day in 3 divided doses"."""

from __future__ import annotations

import re

from consult.nlp import wordlist
from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.numbers import DIGITS

DIVIDED = Rare(
    r"\b(?:divided|split|(?:in(?:to)?|as|over) (?:\d|two|three|four) (?:equal |separate )?doses)\b", DIRECTIONS
)
TOTAL = Rare(  # "1500 mg total daily (500 tid)"
    rf"(?<![\w./]){DIGITS} ?(?P<unit>mg|mcg|g|units?)(?: total (?:daily|a day|per day|/ ?day)| (?:daily|a day|"
    rf"per day) total|/ ?day(?: total)?| total dose| total)(?: dose)?,? ?[(=:] ?(?:as |given as )?(?P<each>{DIGITS})"
    r"(?: ?(?:mg|mcg|units?))? "
    r"(?=(?:bid|tid|qid|[2-4] ?x|twice|three|four|q ?\d))",
    DIRECTIONS,
)
_OF_A_WEEK = Rare(rf"(?<![\w./]){DIGITS} ?mg ?(?:(?:total )?(?:/ ?|per |a )w(?:ee)?k|(?:total )?weekly)\b", DIRECTIONS)
_WEEKLY_TOTAL = wordlist.words("sig", "weekly_total.txt")
_OF_A_DAY = re.compile(r"(\d+(?:\.\d+)?) (\w+)")


def share(strength: str, often: str) -> str | None:
    """What is taken at a time of an amount that is told for a whole day: of "900 mg" three times a day "300 mg"."""
    amount, times = _OF_A_DAY.fullmatch(strength), often.split("/")[0]
    if amount is None or not times.isdigit():
        return None
    share = round(float(amount[1]) / int(times), 2)
    return f"{share:g} {amount[2]}"


def total_of_week(ingredients: tuple[str, ...], text: str, lacks: int) -> bool:
    """ "warfarin 35 mg/week": what a week's tablets add up to."""
    return not _WEEKLY_TOTAL.isdisjoint(ingredients) and _OF_A_WEEK.search(text, lacks) is not None


def _each(total: re.Match[str]) -> str:
    return f"{total['each']} {total['unit']} "


def parts_of_total(text: str, lacks: int) -> str:
    """The lower-case text with what is taken at a time in place of the total that is told before it."""
    return TOTAL.sub(_each, text, lacks)
