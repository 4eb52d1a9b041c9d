"""A dose that is given once, before or beside what is taken from then on: "40 mEq x1 then 20 mEq bid"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.amount import UNIT
from consult.nlp.sig.frequency import read_frequency
from consult.nlp.sig.numbers import DIGITS

_AMOUNT = rf"{DIGITS} ?(?:{UNIT})(?![a-z/])"
_TOLD_ONCE = (
    r"(?:x ?1(?! ?[\d/])(?: dose)?|once(?! (?:an?|per|daily|weekly|every|each|monthly|nightly|at|in) ?|-|/)|now|"
    r"(?:today|tonight)(?: (?:and|&) tomorrow)?|stat|(?:on )?day (?:1|one)|one[- ]time(?: dose)?|single dose|"
    r"load(?:ed|ing)?(?: dose)?|bolus)"
)
_BY_NEEDLE = r"(?:iv ?push|ivp|ivpb|iv|im)"
_WAY = (
    r"(?:po|by mouth|orally|sq|subq|sc|push|tabs?|tablets?|caps?|dose|given|(?:in|at) (?:the )?(?:er|ed|office|clinic))"
)
_SAID = rf"(?: (?:{_TOLD_ONCE}|{_BY_NEEDLE}|{_WAY})(?![a-z]))"
_GOES_ON = (
    r"(?:start\w*|cont\w*|(?:takes?|taking)|on|by|to|at|with|tomorrow|in (?:the )?(?:am|morning)|home (?:on|with))"
)
_FIRST = Rare(
    rf"(?:\b(?:load(?:ed|ing)?|bolus)(?: dose)?(?: (?:of|with|w/))? ?)?(?<![\w./-]){_AMOUNT}(?P<said>{_SAID}{{1,5}})"
    rf"(?P<mark>(?: ?[,;])? (?:and |& )?(?:(?:and )?then|followed by|f/b)|,| ?(?:->|→))(?: {_GOES_ON}){{0,3}} "
    rf"(?={DIGITS} ?(?:{UNIT}|tabs?|tablets?|caps?|capsules?)(?![a-z]))",
    DIRECTIONS,
)
_AFTER = Rare(
    rf"\bafter (?:an? |the |one |her |his )?(?:first |initial |single |load(?:ing)? (?:dose )?(?:of )?|bolus (?:of )?)?"
    rf"{_AMOUNT}(?P<said>{_SAID}{{1,5}})",
    DIRECTIONS,
)
_ONCE = re.compile(rf" {_TOLD_ONCE}(?![a-z])")
_NEEDLE = re.compile(rf" {_BY_NEEDLE}(?![a-z])")
_SWALLOWED = re.compile(r"[^.;]{0,30}\b(?:po|by mouth|orally|oral|tabs?|tablets?)\b")
ONE_TIME = (_FIRST, _AFTER)


def without_one_time(text: str, lacks: int) -> str:
    """The lower-case text without the amount that is given once, where another is told that goes on."""
    if (after := _AFTER.search(text, lacks)) and (_ONCE.search(after["said"]) or _NEEDLE.search(after["said"])):
        start, end = after.span()
        if read_frequency(text[:start], lacks):
            text = text[:start] + " " * (end - start) + text[end:]
    first = _FIRST.search(text, lacks)
    if first is None:
        return text
    rest = text[first.end() :]
    by_needle = _NEEDLE.search(first["said"]) and first["mark"] != "," and _SWALLOWED.match(rest)
    if not (_ONCE.search(first["said"]) or by_needle):
        return text
    often = read_frequency(rest, lacks)
    if often is None or re.search(r"[;.] ", rest[: often.start]):
        return text
    return text[: first.start()] + " " * (first.end() - first.start()) + rest
