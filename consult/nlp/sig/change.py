"""A change of dose: the new amount or count, and the old directions that it ends."""

from __future__ import annotations

import re
from typing import NamedTuple

from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.amount import AMOUNT, COUNT, UNIT, with_unit
from consult.nlp.sig.frequency import read_frequency
from consult.nlp.sig.numbers import DIGITS

_NUMBER = rf"(?:{DIGITS})"
_HOW_OFTEN = (
    r"(?P<often> (?:daily|bid|qd|qhs|tid|qid|hs|q ?am|q ?pm|nightly|at (?:bedtime|night)|"
    r"in the (?:am|pm|morning|evening)|weekly|once a day|twice a day))?(?: po)?"
)
_FROM_TO = Rare(
    rf"\b(?:from|(?:bumped|increased|inc|incr|raised|upped|lowered|decreased|dec|decr|reduced|changed|titrated|"
    rf"adjusted|dropped|went)(?: up| down)?(?: from)?) (?P<old>{_NUMBER}) ?(?P<old_unit>{UNIT})?{_HOW_OFTEN} "
    rf"?(?:to|->|→|up to|down to|-) ?(?P<new>{_NUMBER}) ?(?P<unit>{UNIT})?(?![\d/])",
    DIRECTIONS,
)
_BY_TO = Rare(  # "increase Levemir by 4 units to 24 units"
    rf"\bby (?:another )?(?:{DIGITS} ?(?:{UNIT})?|half|1/2|50 ?%) (?:up |down )?to (?={DIGITS} ?(?:{UNIT})\b)",
    DIRECTIONS,
)
_DOWN = Rare(  # "100 to 88 mcg daily": no range falls
    rf"(?<![\w./-])(?P<old>{_NUMBER}) ?(?P<old_unit>{UNIT})? to (?P<new>{_NUMBER}) ?(?P<unit>{UNIT})(?![a-z/])",
    DIRECTIONS,
)
_DATED = Rare(  # "50 to 100 mg in feb"
    rf"(?<![\w./-])(?P<old>{_NUMBER}) ?(?P<old_unit>{UNIT})? to (?P<new>{_NUMBER}) ?(?P<unit>{UNIT})(?= (?:in (?:jan|"
    r"feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)|last (?:week|wk|month|mo|visit|appt|time|year)|yesterday|"
    r"since|\d+ ?"
    r"(?:d|days?|w|wks?|weeks?|mos?|months?) ago|on \d{1,2}/\d))",
    DIRECTIONS,
)
_EACH = Rare(  # "20 mg daily to 40 mg daily": with how often to each it is no range
    rf"(?<![\w./-])(?P<old>{_NUMBER}) ?(?P<old_unit>{UNIT})? (?:daily|bid|qd|qhs|tid|qid|hs|q ?am|q ?pm|nightly) to "
    rf"(?P<new>{_NUMBER}) ?(?P<unit>{UNIT})(?= (?:daily|bid|qd|qhs|tid|qid|hs|q ?am|q ?pm|nightly)\b)",
    DIRECTIONS,
)
_IN_HALF = re.compile(  # "25 mg cut in half to 12.5"
    rf"(?P<old>{_NUMBER}) ?(?P<unit>{UNIT})(?P<often> [a-z]{{2,7}})?,? (?:was |is |has been )?(?:cut|reduced|split|"
    rf"decreased|lowered)(?: (?:in|by) (?:half|1/2))? to (?P<new>{_NUMBER})"
    r"(?= ?(?:$|[,;)]|\.(?!\d)|daily|bid|tid|qid|q[dahp]|hs|nightly|at |in |on |due|for|bc|because|after|by|per |w/|"
    r"with|"
    r"and|but))"
)
_ARROW = Rare(
    rf"(?<![\w./])(?P<old>{_NUMBER}) ?(?P<old_unit>{UNIT})?{_HOW_OFTEN} ?(?:->|-->|→|"
    rf"=>) ?(?P<new>{_NUMBER}) ?(?P<unit>{UNIT})?(?![\d/]| ?\x00)",
    DIRECTIONS,
)
_TO_FROM = Rare(
    rf"\bto (?P<new>{_NUMBER}) ?(?P<unit>{UNIT})?{_HOW_OFTEN} (?:up |down )?from (?P<old>{_NUMBER})(?![\d/:])"
    rf" ?(?P<old_unit>{UNIT})?(?![a-z])",
    DIRECTIONS,
)
_WAS = Rare(
    rf"\b(?:was|were|up from|down from|from|previously|prev|formerly|used to be|used to take|instead of|"
    rf"had been|prior dose|old dose|was on|was taking)(?: at| on)?"
    rf" (?P<old>{_NUMBER})(?![\d/:]) ?(?P<old_unit>{UNIT})?(?! ?(?:years|yrs|yr|days|wks|weeks|months|mo|am|pm|"
    rf"lbs?|%|tabs?|puffs?))(?![a-z])",
    DIRECTIONS,
)
_NOW = Rare(
    rf"\b(?:(?:increased|inc|incr|decreased|dec|decr|raised|lowered|reduced|changed|bumped|went|titrated|cut|"
    rf"dropped|upped|doubled|halved|moved|↑|↓|uptitrated|bump|increase|decrease|raise|lower|reduce|change|"
    rf"cut back)(?: up| down| back)? (?:it |dose )?to|now(?: on| at| taking| takes)?|"
    rf"(?:resumed|restarted|re-started)(?: [\d/]+)? at|↑|↓|↑ to|↓ to|up to|"
    rf"down to) ?(?P<new>{_NUMBER}) ?(?P<unit>{UNIT})(?![a-z])",
    DIRECTIONS,
)
_OTHER_WAY = Rare(  # "changed from monthly IM to 1000 mcg po daily": nothing of the old way holds
    r"\b(?:changed|switched|moved|converted|went|go|going|change|switch|move)(?: over)? from +(?:(?:monthly|weekly|"
    r"daily|nightly|once|twice|a|day|week|month|every|other|qd|bid|tid|qid|qhs|qam|prn|im|iv|sq|subq|sc|po|oral|shots?|"
    r"injections?|inj|pills?|tabs?|caps?|cream|patch(?:es)?|liquid|the|her|his) +)+to "
    rf"(?={DIGITS} ?(?:{UNIT})\b|monthly|weekly|daily|nightly|once|twice|every|qd|bid|tid|qid|qhs|qam|prn|im|"
    "sq|subq|po|oral)",
    DIRECTIONS,
)
_COUNTED_IN = r"(?:tabs?|tablets?|caps?|capsules?|pills?|puffs?|sprays?|drops?|gtts?|patch(?:es)?|softgels?)\b"
_NOW_COUNTED = Rare(  # "2 tabs bid, now 1 tab daily"
    r"\b(?:(?:increased|decreased|raised|lowered|reduced|changed|bumped|went|titrated|cut|dropped|upped|moved)"
    r"(?: up| down| back)? (?:it |dose )?to|now(?: on| at| taking| takes)?|down to) "
    rf"(?P<new>{COUNT}) ?(?={_COUNTED_IN})",
    DIRECTIONS,
)
_OLD_COUNTED = re.compile(rf"(?<![\w./])(?:{COUNT}) ?{_COUNTED_IN}(?: of)?")
CHANGE = any_of(_OTHER_WAY, _BY_TO, _DOWN, _EACH, _FROM_TO, _TO_FROM, _ARROW, _WAS, _NOW, _NOW_COUNTED)
_ENDS = frozenset(",;.")


class Change(NamedTuple):
    """The text without the wording of the change and without what is over; the new amount and the old."""

    text: str
    strength: str | None = None
    previous: str | None = None


def _without(text: str, start: int, end: int) -> str:
    """The text with blanks between two offsets, so that all others stay."""
    return text[:start] + " " * (end - start) + text[end:]


def _told_anew(after: str) -> bool:
    """ "20 mg bid changed to 40 mg daily": how often the new amount is taken is said too, so the old one is over."""
    often = read_frequency(after, DIRECTIONS.unmet(after))
    return often is not None and not _ENDS.intersection(after[: often.start])


def _old_begins(text: str, amount: re.Match[str] | None) -> int:
    """Where in a text that ends with the old directions their amount or how often they were followed begins."""
    often, counted = read_frequency(text, DIRECTIONS.unmet(text)), _OLD_COUNTED.search(text)
    begins = [one.start() for one in (amount, counted) if one] + ([often.start] if often else [])
    return min(begins, default=len(text))


def _new_count(text: str, lacks: int) -> tuple[str, str] | None:
    """The text without the old count of tablets or puffs, and that count, where a new one is told."""
    match = _NOW_COUNTED.search(text, lacks)
    old = match and _OLD_COUNTED.search(text[: match.start()])
    if not match or not old:
        return None
    new = match.start("new")
    begins = _old_begins(text[: match.start()], old) if _told_anew(text[match.end() :]) else match.start()
    rest = _without(_without(text, begins, new), old.start(), old.end())
    return rest, old.group().removesuffix(" of")


def _pair(text: str, lacks: int) -> Change | None:
    """Two amounts of which the second is the new one though no word says so."""
    match = _DOWN.search(text, lacks)
    falls = match is not None and _value(match["new"]) < _value(match["old"])
    if not falls or (match is not None and match["old_unit"] not in (None, match["unit"])):
        match = _EACH.search(text, lacks) or _DATED.search(text, lacks) or _IN_HALF.search(text)
    if match is None or re.search(r"\bfrom $", text[: match.start()]):
        return None
    rest = _without(text, match.start(), match.end()) + (match.groupdict().get("often") or "")
    old = with_unit(match["old"], match.groupdict().get("old_unit") or match["unit"])
    return Change(rest, with_unit(match["new"], match["unit"]), old)


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def changed(text: str, lacks: int, counted_in: str | None) -> Change:
    """What a text in lower case tells of a change of dose; `lacks` is what it lacks of what DIRECTIONS asks for,
    `counted_in` a unit left unsaid."""
    if way := _OTHER_WAY.search(text, lacks):
        return Change(_without(text, way.start(), way.end()))
    if by := _BY_TO.search(text, lacks):
        text = _without(text, by.start(), by.end())
    if told := _pair(text, lacks):
        return told
    for pattern in (_FROM_TO, _TO_FROM, _ARROW):
        match = pattern.search(text, lacks)
        if match:
            unit = match["unit"] or match["old_unit"] or counted_in
            new = with_unit(match["new"], unit) if unit else None
            rest = _without(text, match.start(), match.end())
            rest += match["often"] or ""  # "25 qd -> 12.5": as often as before, where nothing else is said
            return Change(rest, new, with_unit(match["old"], match["old_unit"] or unit))
    previous = None
    match = _WAS.search(text, lacks)
    if match:
        previous = with_unit(match["old"], match["old_unit"])
        text = _without(text, match.start(), match.end())
    match = _NOW.search(text, lacks)
    if match:
        before = AMOUNT.search(text[: match.start()], lacks)
        if before and not previous:
            previous = with_unit(before["one"], before["unit"])
        if before or previous or not match.group().startswith("up to"):
            old = _old_begins(text[: match.start()], before) if _told_anew(text[match.end() :]) else match.start()
            rest = _without(text, old, match.end())
            return Change(rest, with_unit(match["new"], match["unit"]), previous)
    if counted := _new_count(text, lacks):
        return Change(counted[0], None, previous or counted[1])
    return Change(text, None, previous)
