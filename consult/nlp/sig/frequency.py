"""How often: normalised to "2/day", "1/week", "every 4-6 hours", "0.5/day"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from consult.nlp import wordlist
from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.numbers import WORDED, plain
from consult.nlp.sig.weekdays import DAYS, LETTERED, days_of
from consult.nlp.sig.wordings import Wordings

_N = r"(?P<n>\d{1,2}(?:\.5)?|" + WORDED + ")"
_M = r"(?P<m>\d{1,2}|" + WORDED + ")"
_N2 = r"(?:" + WORDED + ")"
_DAYS = (
    r"(?:mondays?|mon|tuesdays?|tues?|wednesdays?|wed|weds|thursdays?|thurs?|thu|fridays?|fri|saturdays?|sat|"
    r"sundays?|sun)"
)
_WEEKDAYS = Rare(
    rf"\b(?:(?:every|each|on|q) ?)?({_DAYS}(?:(?: ?[,/&+–-] ?| and | ?, and ?| thru | through | to | )"
    rf"(?:{_DAYS})){{1,6}})\b",
    DIRECTIONS,
)
_LETTERED = Rare(
    rf"\b(?:(?:every|each|on|q) ?)?((?:{LETTERED}|m ?- ?(?:f|th|sat?))(?:(?: and | ?[&+,] ?){_DAYS})?)\b",
    DIRECTIONS,
)
_TIME = (
    r"(?:\d{1,2}(?::\d\d)? ?(?:am|pm|[ap]\b)|q ?am|q ?pm|q ?hs|am|pm|a\.m\.|p\.m\.|mornings?|midday|mid-day|noon|"
    r"afternoons?|evenings?|eve|"
    r"nights?|nite|bedtime|bed|hs|breakfast|brkfst|bkfst|bfast|lunch|dinner|supper|midnight|evening meal)"
)
_AMOUNT = (
    r"(?:(?:an? second|another|\d{1,4}(?:\.\d+)?|1/2|½|half|one|two|three|(?:the |an)?other)"
    r"(?: ?(?:mg|mcg|units?|u|tabs?|tablets?|caps?|capsules?|puffs?|pills?|films?|sprays?|drops?|gtts?|one|dose))? ?)"
)
_BEFORE_TIME = (
    r"(?:(?:again|early|late|mid|in|at|q|with|before|after|every|each|the|w/|w|@|by|then|ac|around|about|"
    r"at (?:one|two|three|four|five) in the) ?)"
)
_AT_TIME = r"(?:in|at|every|each|the|@|then|around|about) ?"  # not "every night with supper", which is one time
_CLOCK = r"\d{1,2}(?::\d\d)? ?[ap](?:m\b|\b)"
_MARK = r"(?: ?(?:,|&|and|\+|/|;|-|then|plus) ?(?:and |& )?)"
_TIMES = Rare(
    rf"(?<![a-z\d/.]){_BEFORE_TIME}{{0,3}}{_TIME}"
    rf"(?:(?:{_MARK}{_AMOUNT}?| {_AMOUNT}| (?={_AT_TIME})| (?={_CLOCK})){_BEFORE_TIME}{{0,3}}{_TIME}){{1,5}}(?![a-z])",
    DIRECTIONS,
)
_HOUR = re.compile(r"\d{1,2}(?::\d\d)?")
_HOURS = Rare(  # "at 7, 11, 3 and 7"
    r"\bat (\d{1,2}(?::\d\d)?(?:, ?\d{1,2}(?::\d\d)?){1,4},? ?(?:and|&) \d{1,2}(?::\d\d)?)(?![\d.]| ?(?:mg|mcg|units?|"
    r"u\b|tabs?))",
    DIRECTIONS,
)
_SEVERAL = any_of(_WEEKDAYS, _LETTERED, _TIMES, _HOURS)
_PARTS = (
    ("morning", re.compile(r"am$|^\d.*a$|a\.m|morning|br")),
    ("noon", re.compile(r"noon|midday|mid-day|lunch")),
    ("night", re.compile(r"bed|hs|night|nite")),
    ("evening", re.compile(r"pm$|p\.m|p$|eve|dinner|supper")),
)
_ONE_TIME = re.compile(_TIME + r"(?![a-z])")
_PER_WEEK = re.compile(
    rf"[ ,(-]{{0,3}}(?:(?:maybe|about|only|just|approx|~|up to|usually|prn)[ ,]{{0,2}}){{0,2}}(?:{_N} ?"
    r"(?:x|times|days|nights|nites|mornings|evenings)|(?P<times>twice)) ?(?:/|a|per|each|out of the|every)? ?"
    r"(?:week|wk)(?:ly)?\b"
)
_NEEDED_SO_OFTEN = re.compile(rf"[^.;]{{0,20}}\bprn\b[^.;\d]{{0,30}}?{_PER_WEEK.pattern}")  # "ac breakfast prn, 3x/wk"
_CHANGED_TO = re.compile(
    r" ?(?:-+>|=>|→|–>|(?:[,;-] ?)?(?:(?:was|then|since|but|and|just) )*(?:(?:changed|increased|went|cut|dropped|"
    r"decreased|reduced|"
    r"lowered|bumped|switched|moved)(?: (?:up|down|back))? to|up to|down to|now(?: only| just)?)) ?(?=[a-z\d])"
)
_NEARLY = re.compile(  # "near every day lately" is none
    r"\b(?:near(?:ly)?|almost|practically|virtually|(?:just|pretty) (?:about|near)|pretty much|damn near|close to|"
    r"not quite|more or less|supposed to be) $"
)
_IS_SO = re.compile(  # "fine at night", "worse in the morning": how it is then, no direction
    r"\b(?:fine|ok|okay|good|great|bad|worse|worst|better|best|wheezy|wheezes|itchy|itches|restless|stuffy|quiet|awake|"
    r"asleep|sore|stiff|achy|hurts?|aches?|burns?|snores|coughs?|coughing|cries|wanders|alone)"
    r"(?:,? (?:just|mostly|only|esp|especially))? $"
)
_THEN = re.compile(r"(?:at|in|every|each|@) ?")
_NEARLY_REACH = 16  # characters
_CYCLE = "cycle"  # what says only on which days
_OF_A_DAY = Rare(  # "Sunday mornings", "Thursday at bedtime": never daily
    r"\b(?:mon|tues?|wed(?:nes)?|thurs?|thu|fri|sat(?:ur)?|sun)(?:day)?s? (?:at |in the )?$", DIRECTIONS
)
_OF_A_DAY_REACH = 20  # characters
_BESIDE = 4  # characters
_BLANK = re.compile(r" \(?(?:on )?")
_DAY_WORD = re.compile(r"daily|every day|qd\b")


_SELDOM = re.compile(r"[ ,]{1,2}(?:qod|q\.o\.d\.?|eod|every (?:other|2nd|second) (?:day|night|morning|evening))\b")
_DAY_HOURS, _WEEK = 24, 7
_ON_DAYS = re.compile(
    rf"(?:[ ,]{{1,2}}x ?(?P<doses>[2-4]) ?doses)?[ ,(-]{{1,3}}(?:(?P<only>only|just) )?(?:"
    rf"(?<!,)(?<!, )(?P<week>once (?:a |per |every )?(?:week|wk)|once weekly|weekly|(?:every|each|q) ?(?:week|wk))\b"
    rf"(?! (?:taper|drop|decreas|increas|for|x))|"
    rf"(?:on |(?P<each>every |each |q ?))?(?P<days>{DAYS})(?! ?(?:[:=]|\d|hd\b|dialysis|labs?\b|clinic|appt|visits?|"
    rf"inr|off\b|the ))(?P<last> only)?)"
)
_PLURAL = re.compile(r"days\b")


class Often(NamedTuple):
    """A frequency and where it stands in the text."""

    value: str
    start: int
    end: int


@cache
def frequency_wordings() -> Wordings:
    rows = []
    for row in wordlist.lines("sig", "frequencies.txt"):
        value, _, expression = row.partition(" | ")
        expression = expression.replace("{n2}", _N2).replace("{n}", _N).replace("{m}", _M)
        rows.append(("0.5/day" if value == "every other day" else value, expression))
    return Wordings(rows)


def _part_of_day(time: str) -> str:
    """Two words for one time of day ("qam every morning") count once; clock times count by the hour."""
    if time[0].isdigit():
        return time.replace(" ", "")
    return next((part for part, pattern in _PARTS if pattern.search(time)), time)


def _several(text: str, lacks: int) -> list[tuple[int, int, int, str]]:
    """Weekdays, and times of day that count together: place, least first where several begin there, end, value."""
    found: list[tuple[int, int, int, str]] = []
    for match in _WEEKDAYS.finditer(text, lacks):
        found.append((match.start(), match.start() - match.end(), match.end(), f"{len(days_of(match[1]))}/week"))
    for match in _LETTERED.finditer(text, lacks):
        found.append((match.start(), match.start() - match.end(), match.end(), f"{len(days_of(match[1]))}/week"))
    for match in _HOURS.finditer(text, lacks):
        count = len(_HOUR.findall(match[1]))
        found.append((match.start(), -2, match.end(), f"{count}/day"))
    for match in _TIMES.finditer(text, lacks):
        count = len({_part_of_day(one) for one in _ONE_TIME.findall(match.group())})
        if count > 1:
            found.append((match.start(), -2, match.end(), f"{count}/day"))
    return found


def read_frequency(text: str, lacks: int) -> Often | None:
    """The first frequency in a piece of lower-case text that lacks these needs; several times of day count together,
    and those of a few days of the week as so many a week."""
    often = _first(text, lacks)
    if often is None or often.end == len(text) or not often.value.endswith(("/day", "hours")):
        return often
    return _of_days(text, often) or often


def _of_days(text: str, often: Often) -> Often | None:
    """ "bid on Mondays", "q12h x3 doses once a week": how often in a week."""
    found = _ON_DAYS.match(text, often.end)
    if found is None:
        return None
    kind, a_day = often.value.split("/")[-1], often.value.split("/")[0].removeprefix("every ").removesuffix(" hours")
    if not a_day.isdigit() or (kind != "day" and _DAY_HOURS % int(a_day)):
        return None
    times = int(a_day) if kind == "day" else _DAY_HOURS // int(a_day)
    days = len(days_of(found["days"])) if found["days"] else 1
    sure = any(found[one] for one in ("doses", "week", "only", "last", "each"))
    if days == 1 and not sure and not _PLURAL.search(found["days"] or ""):
        return None  # "bid, Monday": that day alone
    if days == _WEEK or (kind != "day" and not found["doses"] and found["week"]):
        return None
    return Often(f"{int(found['doses'] or times) * days}/week", often.start, found.end())


def _first(text: str, lacks: int) -> Often | None:
    found: list[tuple[int, int, int, str]] = []
    if not lacks & _SEVERAL:
        found = _several(text, lacks)
    worded = frequency_wordings().first(text, lacks)
    if worded is not None:
        value, match = worded.value, worded.match
        if "{" in value:
            for name, number in match.groupdict().items():
                value = value.replace(f"{{{name}}}", plain(number)) if number else value
            value = "1/day" if value == "every 1 days" else value
        found.append((match.start(), match.start() - match.end(), match.end(), value))
    start, _, end, value = min(found, default=(0, 0, 0, _CYCLE))
    if value == _CYCLE:
        return None
    near = max(0, start - _NEARLY_REACH)
    if _NEARLY.search(text, near, start) or (
        value == "1/day" and _THEN.match(text, start) and _IS_SO.search(text, near, start)
    ):
        return _first(text[:start] + "\x00" * (end - start) + text[end:], lacks)
    if value == "1/day" and (day := _OF_A_DAY.search(text, lacks, max(0, start - _OF_A_DAY_REACH), start)):
        habit = day.group().rstrip().endswith("days") or text[start:end].rstrip().endswith("s")
        return Often("1/week", day.start(), end) if habit else None
    if value == "1/day":  # "daily M-F"
        of_days = next((one for one in found if 0 < one[0] - end <= _BESIDE and one[3].endswith("/week")), None)
        if of_days is not None and _BLANK.fullmatch(text, end, of_days[0]):
            return Often(of_days[3], start, of_days[2])
    daily = value == "1/day" and not _DAY_WORD.match(text, start, end)
    grouped = [one for one in found if one[1] == -2 and one[0] <= end and one[2] >= start] if daily else None
    if grouped:
        start, _, end, value = grouped[0]
        daily = value == "1/day" and not _DAY_WORD.match(text, start, end)
    if daily:
        # "at hs, maybe 2x/wk": the time of day tells when, the count how often
        weekly = _PER_WEEK.match(text, end) or _NEEDED_SO_OFTEN.match(text, end)
        if weekly:
            return Often(f"{plain(weekly['n'] or weekly['times'])}/week", start, weekly.end())
        if seldom := _SELDOM.match(text, end):  # "2 tabs hs qod"
            return Often("0.5/day", start, seldom.end())
    if changed := _CHANGED_TO.match(text, end):  # "gabapentin hs -> tid": the last is what is taken
        later = read_frequency(text[changed.end() :], lacks)
        if later is not None and later.start == 0:
            return Often(later.value, start, changed.end() + later.end)
    return Often(value, start, end)


_OWN = Rare(r"\b(?:her|his|my|their|pt's) (daily|nightly|weekly|monthly) $")
_HOW_OFTEN = {"daily": "1/day", "nightly": "1/day", "weekly": "1/week", "monthly": "1/month"}


def of_its_own(before: str, lacks: int) -> str | None:
    """ "sores the day after her weekly methotrexate": how often, as an adjective of the name behind these words."""
    found = _OWN.search(before, lacks)
    return _HOW_OFTEN[found[1]] if found else None
