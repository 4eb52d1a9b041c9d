"""Which drugs of a line belong together where one is blamed: those listed with it, and that which names a kind."""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.line import Line

_OPENS_BRACKET = re.compile(
    r'^["”]?(?: \w+)?,? ?["”]? ?\($|'
    r"^,? (?:most )?(?:likely|prob(?:ably)?|poss(?:ibly)?|maybe|namely|i think) (?:the |her |his )?$"
)
_JOINED = re.compile(  # "the Bactrim or possibly all that Keflex", "metformin, or is it the magnesium"
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?\s*,?\s*(?:(?:and|&|\+|or|/|vs\.?|versus|plus)\s*|and/or |"
    r"(?=(?:could|might|may|maybe|possibly|perhaps|is it|was it)\b))"
    r"(?:(?:(?:could|might|may) (?:also )?be|maybe|possibly|poss|perhaps|else|(?:is|was) (?:it|that|this)|it's|"
    r"its|from|"
    r"due to|d/t|even) )*(?:(?:all|the|of|her|his|my|that|this|those|these|new|old|an?|extra) )*$"
)
_LOOSELY = re.compile(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?: ?,)? ?(?:,|and|&|\+|or|/|then|plus|n|->)(?: (?:and|or|then|later|even|also|the|"
    r"her|his|now|before that))* ?$"
)
_LISTED = re.compile(r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?,\s*$")


def with_listed(line: Line, drugs: list[Drug], first: int) -> list[int]:
    """The drugs that the line lists from one on: "A and B", "A, B or C"."""
    last = joined = first
    while last + 1 < len(drugs) and (joint := _joint(line, drugs, last)):
        last += 1
        joined = last if joint == "joined" else joined
    return list(range(first, joined + 1))


def chain(line: Line, drugs: list[Drug], last: int) -> list[int]:
    """The drugs that the line lists up to one: its own, and those before it in "A, B and C"."""
    first = last
    while first > 0 and (joint := _joint(line, drugs, first - 1)) and (first < last or joint == "joined"):
        first -= 1
    return list(range(first, last + 1))


def loosely_listed(line: Line, drugs: list[Drug], last: int) -> list[int]:
    """The drugs that the line tells one after another up to one: "A, then B", "A, B, C in the past, all of them"."""
    first = last
    while first > 0 and _LOOSELY.match(line.low[drugs[first - 1].end : drugs[first].start]):
        first -= 1
    return list(range(first, last + 1))


def _joint(line: Line, drugs: list[Drug], index: int) -> str:
    """How a drug and the next one are listed: "joined" by "and" or "or", a "comma", or "" for not at all."""
    between = line.low[drugs[index].end : drugs[index + 1].start]
    return "joined" if _JOINED.match(between) else "comma" if _LISTED.match(between) else ""


def bracketed(line: Line, drugs: list[Drug], index: int) -> int:
    """The drug in brackets behind a kind of drug that is blamed: "it's that beta blocker (atenolol)"."""
    if drugs[index].match != "class" or index + 1 == len(drugs):
        return index
    return index + 1 if _OPENS_BRACKET.match(line.low[drugs[index].end : drugs[index + 1].start]) else index
