"""How an amount of a drug is written: numbers, units, counts of tablets."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.numbers import AND_HALF, DIGITS, WORDED, plain

UNIT_NAMES = {
    "milligram": "mg", "milligrams": "mg", "mgs": "mg", "mg": "mg", "mcg": "mcg", "mcgs": "mcg", "ug": "mcg",
    "µg": "mcg", "μg": "mcg", "microgram": "mcg", "micrograms": "mcg", "g": "g", "gm": "g", "gms": "g", "gram": "g",
    "grams": "g", "meq": "mEq", "unit": "unit", "units": "unit", "u": "unit", "iu": "unit", "ius": "unit", "%": "%",
    "ml": "mL",
    "mls": "mL", "cc": "mL", "milliliter": "mL", "milliliters": "mL", "million units": "million unit", "k units": "k",
    "mmol": "mmol", "percent": "%", "milliequivalents": "mEq", "milliequivalent": "mEq",
}  # fmt: skip
UNIT = "|".join(sorted((re.escape(one) for one in UNIT_NAMES), key=len, reverse=True))
_PER = r"(?: ?(?:/|per ) ?(?:\d{0,3}(?:\.\d)? ?)(?:ml|actuation|act|spray|hr|hour|h|inh|puff|dose|m2|m²|kg)\b)?"
AMOUNT = Rare(
    rf"(?<![\w./])(?P<one>{DIGITS})(?: ?(?P<k>k)(?= ?(?:units?|iu|u)\b))?"
    rf"(?P<more>(?: ?(?:{UNIT}))? ?(?:/|-|–| to ) ?{DIGITS}(?: ?(?:{UNIT}))??(?: ?[/-] ?{DIGITS})??)??"
    rf" ?-?(?P<unit>{UNIT})(?P<per>{_PER})(?![a-z]*/d?l)(?=$|[^a-z]|q[dh]|po\b|bid|tid|x\d)",
    DIRECTIONS,
)
_ROMAN = (  # "i tab", "i-ii caps"
    r"(?:i{1,3}(?=(?: ?(?:-|–|to|or) ?i{1,3})? ?(?:gtts?|drops?|tabs?|tablets?|caps?|capsules?|puffs?|sprays?)\b))"
)
COUNT = (
    rf"(?:{_ROMAN}|[1-9] ?[- ] ?1/2|\d{{1,2}}[½¼]|[1-4] [½¼]|{AND_HALF}|1/2|1/4|3/4|½|¼|¾|{DIGITS}|"
    rf"one-half|(?:an?|one) (?:half|quarter)|{WORDED}|half|quarter|"
    r"a couple(?: of)?|couple(?: of)?|single(?= (?:tab|cap|pill))|an?|on)"
)


def with_unit(number: str, unit: str | None) -> str:
    """An amount in normal form, "2.5 mg"; `unit` is one of UNIT_NAMES."""
    if not unit:
        return plain(number)
    name = UNIT_NAMES[unit]
    return f"{plain(number)}%" if name == "%" else f"{plain(number)} {name}"
