"""What is taken where something else is ordered: "prescribed 12.5 mg bid but takes it once a day"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.amount import AMOUNT, COUNT
from consult.nlp.sig.frequency import read_frequency
from consult.nlp.sig.needed import PRN
from consult.nlp.sig.numbers import DIGITS

_INSTEAD = Rare(
    r"(?:(?:^|[,;–(]| -) ?(?:(?P<but>but|however|yet|though) )?|\b(?P<but_then>but|however|yet|though) )"
    r"(?:(?:(?P<truly>actually|really|in fact)|he|she|pt|patient|i|they|is|has been|he's|she's|i'm|states?|reports?|"
    r"says?|only|just|now|currently|has|been) ){0,6}"
    r"(?:(?:takes|taking|take|uses|using)(?: (?:it|them|this|only|just|actually|really|about))*|now (?:only|just)) ",
    DIRECTIONS,
)
_ORDERED = re.compile(
    r"\b(?:prescribed|ordered|supposed to|meant to|should be|label(?:ed|led)?|list(?:ed|s)?|bottle|directions?|"
    r"instructed|told to|rx'?d?|script|sig|written|chart|mar|was (?:taking|on)|used to take)\b"
)
_AMOUNT_FIRST = re.compile(
    rf"(?:about |only |just )?(?:(?P<count>{COUNT}) ?(?:an? )?(?P<unit>tab|cap|pill|puff|spray|drop|unit|"
    rf"of (?:it|them)\b|of the\b)?|{DIGITS})(?![./\d]| ?(?:x|times|days|nights|h\b|hours|hrs)\b)"
)
_NUMBER_FIRST = re.compile(rf"^[\s,:-]*(?:(?:er|xr|xl|sr|cr|dr|la|ec|ir|tartrate|succinate) )?{DIGITS}(?![\d./:])")
_REACH = 16  # characters before which it is told how often it is taken
_SOMETIMES = re.compile(  # "but takes 20 mg if bp is high" is no other dose for every day
    r"\b(?:if|when|whenever|unless|extra|more|prn|as needed|on (?:bad|some|days|the days|\w+days?)|sometimes|"
    r"at times|some|"
    r"once in a while|occ\w*)\b"
)
_COUNTED_IN = re.compile(r"(?:\d|½|\b(?:one|two|three|half)) ?(tab|cap|pill|puff|spray)(?:let|sule)?s?\b")
_NEAR = 40  # characters
_MOST_TOLD = 4  # times that it is told how often
_ONCE = re.compile(
    r"(?:only |just )?(?P<often>once|twice)(?= ?(?:$|[,.;)(-]|bc\b|because\b|d/t\b|since\b))"
)  # "bid - takes once"
_HALVES = ("half", "1/2", "½", "one", "1", "two", "2", "three", "3")


def as_taken(before: str, after: str, sentence: str) -> tuple[str, str]:
    """The lower-case words on both sides of a name, without what is ordered where it is told what is taken instead.

    `sentence` is all that stands before the name in its sentence.
    """
    if not ("tak" in after or "us" in after or "now" in after):
        return before, after
    lacks = DIRECTIONS.unmet(after)
    found = _INSTEAD.search(after, lacks)
    if found is None:
        return before, after
    told, taken = after[: found.start()], after[found.end() :]
    once = _ONCE.match(taken)
    sure = found["but"] or found["but_then"] or found["truly"] or once
    if not sure and not (_ORDERED.search(sentence) or _ORDERED.search(told)):
        return before, after
    if once:
        taken = f"{once['often']} a day{taken[once.end() :]}"
    often = read_frequency(taken, DIRECTIONS.unmet(taken))
    often = often if often and often.start <= _REACH else None
    needed = PRN.match(taken, lacks) is not None
    amount = AMOUNT.search(taken, lacks, 0, _REACH)
    first = _AMOUNT_FIRST.match(taken)
    if first and not first["unit"] and first["count"] in ("a", "an", "on"):
        first = None
    counted = first is not None and amount is None and bool(first["unit"] or (first["count"] in _HALVES))
    if counted and first and not first["unit"] and (same := _COUNTED_IN.search(told)):
        taken = f"{first.group().strip()} {same[1]} {taken[first.end() :].strip()}"  # "2 tabs tid, takes 1 hs"
    if not (often or needed or amount or first) or ((amount or first) and _SOMETIMES.search(taken, 0, _NEAR)):
        return before, after
    how_often = read_frequency(told, lacks)
    if not (how_often or re.search(r"\d|prn", told) or _AMOUNT_FIRST.search(before)):
        return before, after
    was = AMOUNT.search(told, lacks)
    strength = was.group() if was else number.group() if (number := _NUMBER_FIRST.match(told)) else ""
    kept = told if not (amount or first) else strength if counted else ""
    if how_often and (often or needed):
        kept = _without(kept, lacks)
    again = f" {told[how_often.start : how_often.end]}" if how_often and kept != told and not (often or needed) else ""
    if not needed and kept != told and PRN.search(told, lacks):
        again += " prn"
    now = f" takes {taken}" if counted else f" {taken}"
    return ("" if amount or first else before), f" {kept.strip()}{now.rstrip()}{again}"


def _without(text: str, lacks: int) -> str:
    """The text without all that tells how often."""
    for _ in range(_MOST_TOLD):
        if (often := read_frequency(text, lacks)) is None:
            break
        text = f"{text[: often.start]} {text[often.end :]}"
    return text
