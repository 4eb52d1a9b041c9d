"""Directions with more than one amount: "20 units am, 12 units pm", "40 mg x5d then 20 mg x5d".

A sig holds one amount. Telling the first for every dose would tell a wrong one, so such directions are kept in words:
the takeaway does not read them as an amount or a time and asks, and the pharmacist sees what was said.
"""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.numbers import WORDED, plain

_UNIT = r"(?P<unit>units?|u|tabs?|tablets?|caps?|capsules?|pills?|puffs?|mg|mcg|ml|meq|g|drops?)"
_TIME = (
    r"(?P<time>q ?am|q ?pm|q ?hs|hs|am|pm|mornings?|noon|midday|lunch(?:time)?|afternoons?|evenings?|nights?|"
    r"bedtime|breakfast|dinner|supper)"
)
_PART = Rare(
    rf"(?<![\w./])(?P<count>\d{{1,4}}(?:\.\d+)?|1/2|½|half|{WORDED}) ?(?:{_UNIT}(?: po| by mouth)? ?)?"
    rf"(?:(?:in|at|@|every|each|with|w/|before|for|ac|q) ?)?(?:the )?"
    rf"(?:(?<=[@ q])\d{{1,2}}(?::\d\d)? ?(?=[ap]m))?{_TIME}(?![a-z])",
    DIRECTIONS,
)
_NAMES = (
    ("morning", re.compile(r"am|morn|breakf")),
    ("noon", re.compile(r"noon|midday|lunch")),
    ("afternoon", re.compile(r"after")),
    ("evening", re.compile(r"pm|even|dinn|supp")),
    ("bedtime", re.compile(r"hs|bed")),
    ("night", re.compile(r"night")),
)
_TIMES = Rare(r"am\b|pm\b|hs\b|morning|noon|midday|lunch|evening|night|bedtime|breakfast|dinner|supper", DIRECTIONS)
_DAYS = (
    r"(?:mwf|m/w/f|m-w-f|tts|ttss|tths|t/th/s|t/th/s/s|t/th/sa/su|tuthsa|tth|t/th|weekdays|weekends?|m-f|sat/sun|"
    r"(?:(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)(?:[a-z]{0,6}s?)\b[ ,/&+]{0,3}(?:and )?){1,6})"
)
_REST_WORDS = (
    r"(?:(?:all |the )?other days|(?:the )?rest(?: of (?:the )?(?:week|days))?|all others|the others|every other day of"
    r" the week|remaining days|otherwise|t/th/s/s|ttss|t/th/sa/su|weekends?|sat/sun)"
)
_REST = re.compile(_REST_WORDS)
_DAY_PART = Rare(
    rf"(?<![\w./])(?P<count>\d{{1,4}}(?:\.\d+)?|1/2|½|half|{WORDED}) ?(?:{_UNIT} ?)?(?:(?:on|every|po|daily|each) ?)*"
    rf"(?P<days>{_REST_WORDS}|{_DAYS})(?![a-z])",
    DIRECTIONS,
)
_THEN = Rare(r"\bthen (?P<next>[^;.\x00]{0,20}?(?:\d|off|stop)[^;.,\x00]{0,30})", DIRECTIONS)
SEVERAL = any_of(_DAY_PART, _TIMES, _THEN)  # what a text needs to hold more than one amount


def amounts_by_day(text: str, lacks: int) -> str | None:
    """ "5 mg mwf, 2.5 mg other days" where each day has a dose but the amounts differ; None elsewhere."""
    parts = [match.groupdict() for match in _DAY_PART.finditer(text, lacks)]
    if len({plain(part["count"]) for part in parts}) < 2 or not any(_REST.match(part["days"]) for part in parts):
        return None
    unit = next((part["unit"] for part in parts if part["unit"]), None)
    said = [(plain(part["count"]), _plain_unit(part["unit"] or unit), part["days"].strip()) for part in parts]
    return ", ".join(" ".join(filter(None, one)) for one in said)


def amounts_by_time(text: str, lacks: int, injected: bool = False) -> str | None:
    """ "20 unit morning, 12 unit evening" where the amounts of a day differ; None where they are one.

    `injected`: an insulin, which is counted in units where none is said.
    """
    if len(list(_TIMES.finditer(text, lacks))) < 2:
        return None
    parts = [match.groupdict() for match in _PART.finditer(text, lacks)]
    unit = next((part["unit"] for part in parts if part["unit"]), "units" if injected else None)
    if len({plain(part["count"]) for part in parts}) < 2:
        return None
    if unit is None and all(part["time"] in ("am", "pm") for part in parts):
        return None  # "10 am, 5 pm" may be the hours
    said: dict[str, str] = {}
    for part in parts:
        name = next((name for name, pattern in _NAMES if pattern.search(part["time"])), part["time"])
        said.setdefault(name, " ".join(filter(None, (plain(part["count"]), _plain_unit(part["unit"] or unit), name))))
    return ", ".join(said.values()) if len(said) > 1 else None


def next_phase(text: str, lacks: int) -> str | None:
    """The words after "then" where they hold another amount or an end: "20 mg x5d"."""
    match = _THEN.search(text, lacks)
    return match["next"].strip() if match else None


def _plain_unit(unit: str | None) -> str:
    if unit is None:
        return ""
    names = {"u": "unit", "tab": "tablet", "cap": "capsule", "mg": "mg", "mcg": "mcg", "meq": "mEq", "ml": "mL"}
    single = unit.removesuffix("s") if unit not in names else unit
    return names.get(single, single)
