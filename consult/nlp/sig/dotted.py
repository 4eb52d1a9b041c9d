"""Abbreviations and counts as prescriptions write them: "q.h.s.", "p.r.n.", "i-ii q4h"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare

_DOTTED = Rare(
    r"(?<![a-z.])(?:q\. ?(?:\d{1,2} ?h|h\.? ?s|[ap]\.? ?m|w(?:ee)?k|day|d|o\.d|i\.d)|[ap]\.m|h\.s|p\.r\.n|"
    r"[bt]\.i\.d|a\.c|"
    r"p\.c|p\.o)\.?(?![a-z\d.])",
    DIRECTIONS,
)
_SIGNS = r"(?:q ?(?:[ap]m|hs|d\b|o ?d\b|\d)|[bt]id|qid|hs\b|po\b)"
_MORE_SIGNS = r"(?:prn|daily|nightly|at (?:bedtime|hs|night)|by mouth|every)"
_ROMAN = Rare(  # "I daily check my sugar" counts nothing
    rf"(?<![\w./'-])(?<!type )(?<!stage )(?<!class )(?P<count>i{{1,3}})(?: ?(?:-|–|to|or) ?(?P<more>i{{1,3}}))? "
    rf"(?:(?={_SIGNS})|(?<=ii )(?={_MORE_SIGNS}))",
    DIRECTIONS,
)
DOTTED = (_DOTTED, _ROMAN)


def undotted(text: str, lacks: int) -> str:
    """The lower-case text with these abbreviations without their dots, and Roman counts in digits."""
    text = _DOTTED.sub(lambda found: found.group().replace(".", "").replace(" ", ""), text, lacks)
    return _ROMAN.sub(_in_digits, text, lacks)


def _in_digits(found: re.Match[str]) -> str:
    more = f"-{len(found['more'])}" if found["more"] else ""
    return f"{len(found['count'])}{more} "
