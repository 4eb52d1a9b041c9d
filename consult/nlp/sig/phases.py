"""Directions with more than one amount: "20 units am, 12 units pm", "5 mg mwf, 2.5 mg other days", tapers.

Telling the first amount for every dose would tell a wrong one. Amounts of a day or of the days of a week are told
each with its time ("20 unit morning, 12 unit evening"), which the takeaway reads; the steps of a taper are kept in
words, and the takeaway asks how long.
"""

from __future__ import annotations

import re
from typing import Any

from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.numbers import AND_HALF, WORDED, plain
from consult.nlp.sig.weekdays import DAYS, WEEK, days_of

_UNIT = r"(?P<unit>units?|u|tabs?|tablets?|caps?|capsules?|pills?|puffs?|mg|mcg|ml|meq|g|drops?)"
_COUNT = rf"(?<![\w./:])(?P<count>{AND_HALF}|[1-9] 1/2|\d{{1,4}}(?:\.\d+)?|\.\d+|1/2|½|half|whole(?: one)?|{WORDED})"
_WORD = (
    r"(?P<time>q ?am|q ?pm|q ?hs|hs|am|pm|mornings?|noon|midday|lunch(?:time)?|afternoons?|evenings?|nights?|"
    r"bedtime|breakfast|brkfst|bkfst|bfast|brekkie|dinner|supper)"
)
_HOUR = r"(?<=[@ q])(?P<hour>1[0-2]|0?[1-9])(?P<minutes>:[0-5]\d)? ?(?P<half>[ap])(?:m|\.m\.?)?"
_PART = Rare(
    rf"{_COUNT} ?(?:{_UNIT}(?: po| by mouth)? ?)?"
    rf"(?P<at>(?:\d{{1,2}} ?-?min(?:ute)?s? (?:prior to |b4 )?)?"
    rf"(?:(?:in|at|@|every|each|with|w/|w|before|for|ac|q) ?)?(?:the )?)"
    rf"(?:{_HOUR}|{_WORD})(?![a-z]| (?:day|week)| ?(?:/|a |per |each |out of ).{{0,4}}w(?:ee)?k)",
    DIRECTIONS,
)
_ALSO_AT = re.compile(rf" ?(?:and|&|\+|/|,) ?(?:(?:in|at|q|with|w/|w|every) )?(?:the )?{_WORD}(?![a-z])")
_CLOCK = re.compile(r"(?:at|@|around|about|by) ?$")
_NAMES = (
    ("morning", re.compile(r"am|morn|br|bk|bfast")),
    ("noon", re.compile(r"noon|midday|lunch")),
    ("afternoon", re.compile(r"after")),
    ("evening", re.compile(r"pm|even|dinn|supp")),
    ("bedtime", re.compile(r"hs|bed")),
    ("night", re.compile(r"night")),
)
_TIMES = Rare(
    r"am\b|pm\b|hs\b|\d[ap]\b|morning|noon|midday|lunch|evening|night|bedtime|br?k?fa?st|breakfast|dinner|supper",
    DIRECTIONS,
)
_REST = (
    r"(?P<rest>(?:all |the |all the )?(?:other|remaining) days|(?:the )?rest(?: of (?:the )?(?:week|days))?|all others|"
    r"the others|every other day of the week|otherwise)"
)
_DAY_PART = Rare(
    rf"{_COUNT} ?(?:an? )?(?:{_UNIT} ?)?(?:(?:on|every|po|daily|each|qd|qhs|qam|qpm|hs|nightly) ?)*(?:{_REST}|"
    rf"(?P<days>{DAYS}))(?![a-z])",
    DIRECTIONS,
)
_DAY_FIRST = Rare(  # "MWF 5 mg, other days 2.5"
    rf"(?:{_REST}|(?P<days>{DAYS})) ?(?:[:=-] ?|takes? )?{_COUNT} ?(?:{_UNIT})?(?![\w/:]| ?(?:[ap]m?\b|days?|wks?|"
    r"weeks?))",
    DIRECTIONS,
)
_EXCEPT = (
    r"(?:except|exc\.?|ex\.?(?= \d)|"
    rf"x(?= ?(?:\d|\.\d|½|half)[\d./]* ?(?:{_UNIT.replace('?P<unit>', '?:')} ?)?(?:on )?{DAYS}))"
)
_DAILY_BUT = Rare(
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:po )?(?:(?:daily|qd|every ?day|once daily|once a day|nightly|qhs|q ?pm|each day|"
    rf"all days)|"
    rf"(?=[ ,(-]{{1,3}}(?:but )?{_EXCEPT}))(?:[ ,(-]{{1,3}}(?:but )?(?:{_EXCEPT}|but|other than)(?: for)? "
    rf"(?:takes? )?(?=(?:\d|\.\d|1/2|½|half|{DAYS}[ ,:]{{0,2}}\d))|"
    rf"[,;] ?(?=(?:[\d.]+|1/2|½|half(?: an?)?|one|two) ?(?:mg|mcg|tabs?|tablets?|caps?|pills?)? ?"
    rf"(?:on |every )?{DAYS}))",
    DIRECTIONS,
)
_DAYS_OFF = Rare(
    rf"\b(?:daily|qd|every ?day|each day|nightly|qhs|qam|every (?:morning|night)|once a day|"
    rf"(?:6|5|six|five) days(?: ?(?:/|a|per) ?(?:wk|week))?|(?P<on>{DAYS}))[ ,(-]{{1,3}}(?:but )?"
    rf"(?:except|not|other than|none|no dose|nothing|skips?|skipping|off|but(?= (?:on )?{DAYS} ?(?:$|[,.;)])))"
    rf"(?: for)?(?: it)?(?: on| every| each)? "
    rf"(?P<days>{DAYS})(?![a-z])",
    DIRECTIONS,
)
_ITS = _UNIT.replace("?P<unit>", "?P<its>")
_OTHER = r"(?P<other>\d{1,4}(?:\.\d+)?|\.\d+|1/2|½|half|one|two)"
_A_WEEK = Rare(  # "5 mg x5 days/wk and 7.5 mg x 2 days/wk"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:(?:po|qd|daily|for|on|x) ?)*(?P<n>[1-6]|{WORDED}) ?d(?:ays?)? ?(?:/|a|per|each|"
    rf"out of the)"
    r" ?w(?:ee)?k(?![a-z])",
    DIRECTIONS,
)
_ODD_EVEN = Rare(  # "3 mg odd days, 4 mg even days"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:(?:po|qd|daily|on) ?)*(?P<odd>odd|even)(?: days?| dates?)?(?: ?(?:,|;|and|&|/|"
    rf"then) ?)+"
    rf"{_OTHER} ?(?:{_ITS} ?)?(?:(?:po|qd|daily|on) ?)*(?:odd|even)(?: days?| dates?)?(?![a-z])",
    DIRECTIONS,
)
_THE_NEXT = Rare(  # "40 mg one day, 20 mg the next"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:one|1) day(?: ?(?:,|;|and|&|/|then|alternating with) ?)+{_OTHER} ?(?:{_ITS} ?)?"
    r"(?:on )?(?:the )?(?:next|other|following)(?: day)?(?![a-z])",
    DIRECTIONS,
)
_IN_TURN = Rare(  # "alternate lasix 20 mg and 40 mg every other day"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:and|&|with|w/) ?{_OTHER} ?(?:{_ITS})(?: po)? (?:every other day|qod|"
    rf"on alternat\w+ days|"
    r"alternating days|alternately)\b",
    DIRECTIONS,
)
_ALTERNATING = Rare(  # "5 mg alternating with 2.5 mg", "75 mcg alt w/ 88 mcg"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:(?:po|qd|daily|x1) ?)*,? ?alt(?:\.|ernat(?:e|es|ed|ing))?(?: days?)?(?: (?:with|"
    rf"w/?|and))? ?"
    rf"(?P<other>\d{{1,4}}(?:\.\d+)?|\.\d+|1/2|½|half) ?(?:{_UNIT.replace('?P<unit>', '?P<its>')})?(?![\w/])",
    DIRECTIONS,
)
_A_DAY = {"qd": 1, "daily": 1, "bid": 2, "tid": 3, "qid": 4, "q12h": 2, "q8h": 3, "q6h": 4}
_OFTEN_AND = Rare(  # "50 mg tid and 200 mg hs"
    rf"{_COUNT} ?(?:{_UNIT} ?)?(?:po |by mouth )?(?P<often>qd|daily|bid|tid|qid|q ?(?:12|8|6) ?h)"
    rf"(?: (?:w/ ?|with |w )meals)?(?: ?(?:,|;|and|plus|\+|&|with|w/|then) ?){{1,2}}(?:an? )?"
    rf"(?P<other>\d{{1,4}}(?:\.\d+)?|1/2|½|half|{WORDED}) ?(?:{_UNIT.replace('?P<unit>', '?P<its>')} ?)?"
    rf"(?:po |(?:at|q|@|every|in) ?(?:the )?)*{_WORD}(?![a-z]| ?prn)",
    DIRECTIONS,
)
_ADDED = Rare(  # "75 mg plus 150 mg"; the first of "5 mg + 2.5 mg bid" may be another drug's
    r"(?<![\w./-])(?P<one>\d{1,4}(?:\.\d+)?) ?(?P<unit>mg|mcg)? ?(?:\+|plus|and an?) ?"
    r"(?P<other>\d{1,4}(?:\.\d+)?) ?(?P<its>mg|mcg)(?![a-z/])",
    DIRECTIONS,
)
_MEALS = ("morning", "noon", "evening")
_MEAL_UNITS = Rare(  # "10-12-14 units with breakfast lunch dinner"
    r"(?<![\w./-])(?P<first>\d{1,2})[-/](?P<second>\d{1,2})[-/](?P<third>\d{1,2}) ?(?:units?|u)\b"
    r"(?=[^.;]{0,20}\b(?:meals?|breakfast|ac|bfast|b/l/d)\b)",
    DIRECTIONS,
)
_FAR_APART = 8  # times that one amount of a drug may be another
_SPAN = r"(?:x|for|times) ?\d{1,3} ?-?(?:days?|d|weeks?|wks?|w|months?|mos?)\b"
_NEXT = r"(?:[^;.\x00]|\.(?=\d))"
_THEN = Rare(rf"\bthen (?P<next>{_NEXT}{{0,20}}?(?:\d|off|stop|whole|full)(?:[^;.,\x00]|\.(?=\d)){{0,30}})", DIRECTIONS)
_STEPS = Rare(
    rf"{_SPAN}[, ]{{1,2}}(?:and )?(?:then |-> ?|→ ?)?(?P<next>\d{_NEXT}{{0,24}}?{_SPAN}{_NEXT}{{0,100}})", DIRECTIONS
)
SEVERAL = any_of(
    _DAY_PART,
    _DAY_FIRST,
    _TIMES,
    _THEN,
    _STEPS,
    _DAYS_OFF,
    _ALTERNATING,
    _OFTEN_AND,
    _ADDED,
    _A_WEEK,
    _ODD_EVEN,
    _THE_NEXT,
    _IN_TURN,
    _MEAL_UNITS,
)  # what a text needs to hold more than one amount


def amounts_by_day(text: str, lacks: int) -> tuple[str, str] | None:
    """ "5 mg mwf, 2.5 mg other days": the amounts, and how often in all; None where one amount is told.

    Amounts in turn are told in words, so that nobody takes the first of them every day.
    """
    for pattern in (_ALTERNATING, _ODD_EVEN, _THE_NEXT, _IN_TURN):
        turns = pattern.search(text, lacks)
        if turns and plain(turns["count"]) != plain(turns["other"]):
            unit = turns["its"] or turns["unit"]
            first, other = (f"{plain(turns[one])} {_plain_unit(unit)}".rstrip() for one in ("count", "other"))
            if odd := turns.groupdict().get("odd"):
                return f"{first} {odd} days, {other} {'even' if odd == 'odd' else 'odd'} days", "1/day"
            return f"{first} alternating with {other}", "1/day"
    if told := _days_a_week(text, lacks):
        return told
    for pattern in (_DAY_PART, _DAY_FIRST):
        parts = [match.groupdict() for match in pattern.finditer(text, lacks)]
        if parts and (daily := _DAILY_BUT.search(text, lacks)):
            parts.append({**daily.groupdict(), "days": None, "rest": "other days"})
        if parts and (told := _by_day(parts)):
            return told
    return None


def _days_a_week(text: str, lacks: int) -> tuple[str, str] | None:
    """ "5 mg 5 days a week, 7.5 mg 2 days a week"."""
    parts = list(_A_WEEK.finditer(text, lacks))
    if len({plain(part["count"]) for part in parts}) < 2:
        return None
    unit = next((part["unit"] for part in parts if part["unit"]), None)
    days = [plain(part["n"]) for part in parts]
    doses = [
        " ".join(filter(None, (plain(part["count"]), _plain_unit(part["unit"] or unit), f"{n} days a week")))
        for part, n in zip(parts, days, strict=True)
    ]
    total = sum(map(int, days))
    return (", ".join(doses), "1/day" if total == len(WEEK) else f"{total}/week") if total <= len(WEEK) else None


def added_up(text: str, lacks: int) -> str | None:
    """ "75 mg plus 150 mg" that are taken together: both amounts."""
    found = _ADDED.search(text, lacks)
    if found is None:
        return None
    its = found["its"]
    return f"{plain(found['one'])} {found['unit'] or its} + {plain(found['other'])} {its}"


def amounts_by_often(text: str, lacks: int) -> tuple[str | None, str] | None:
    """ "50 mg tid and 200 mg hs": the amounts, None where they are alike, and how often in all."""
    found = _OFTEN_AND.search(text, lacks)
    if found is None:
        return None
    often, time = found["often"].replace(" ", ""), _named_time(found["time"])
    total = f"{_A_DAY[often] + 1}/day"
    first, other = plain(found["count"]), plain(found["other"])
    unit, its = _plain_unit(found["unit"]), _plain_unit(found["its"])
    if first == other and (unit == its or not its):
        return None, total
    first, other = (" ".join(filter(None, one)) for one in ((first, unit or its, often), (other, its or unit, time)))
    return f"{first}, {other}", total


def _by_day(parts: list[dict[str, Any]]) -> tuple[str, str] | None:
    said, named = [], list[str]()
    for part in parts:
        days = days_of(part["days"] or "", named)
        said.append((plain(part["count"]), part["unit"], days))
        named += days
    if len({count for count, _, _ in said}) < 2:
        return None
    rest = sum(not days for _, _, days in said)
    if rest > 1 or len(set(named)) < len(named):
        return None
    unit, most = next((unit for _, unit, _ in said if unit), None), max(_value(count) for count, _, _ in said)
    doses = [
        " ".join(filter(None, (count, _plain_unit(own or _likely(count, unit, most)), "/".join(days) or "other days")))
        for count, own, days in said
    ]
    often = "1/day" if rest or len(named) == len(WEEK) else f"{len(named)}/week"
    return ", ".join(doses), often


def _value(count: str) -> float:
    return float(count) if count.replace(".", "", 1).isdigit() else 0.0


def _likely(count: str, unit: str | None, most: float) -> str | None:
    """The unit of another amount, where it may be that of this: "88 mcg M-Sat, 2 on Sun" is not 2 mcg."""
    return None if unit in ("mg", "mcg") and _value(count) * _FAR_APART < most else unit


def days_taken(text: str, lacks: int) -> tuple[str, ...]:
    """The days on which a drug is taken of which the days without it are told ("daily except Fri"); else none."""
    off = _DAYS_OFF.search(text, lacks)
    if off is None:
        return ()
    without = days_of(off["days"])
    return tuple(day for day in (days_of(off["on"]) if off["on"] else WEEK) if day not in without)


_SKIPS = re.compile(
    r"\b(?:skips?|skipping|leaves? (?:out|off)|omits?|(?:does ?n't|do ?n't|does not|do not|not) (?:take|taking|use))"
    r"(?: (?:the|her|his|my|that|dose|doses|of))* $"
)
_ON_DAYS = re.compile(rf"^ ?(?:on |every |each )(?P<days>{DAYS})(?![a-z])")


def days_skipped(before: str, after: str) -> str | None:
    """ "skips the torsemide on Sundays": the days, in the words of the text; none where they are not left out."""
    days = _ON_DAYS.match(after)
    return days["days"] if days and _SKIPS.search(before) else None


def amounts_by_time(text: str, lacks: int, injected: bool = False) -> str | None:
    """ "20 unit morning, 12 unit evening" where the amounts of a day differ; None where they are one.

    `injected`: an insulin, which is counted in units where none is said.
    """
    if injected and (meals := _MEAL_UNITS.search(text, lacks)):
        counts = meals.group("first", "second", "third")
        if len(set(counts)) > 1:
            return ", ".join(f"{count} unit {time}" for count, time in zip(counts, _MEALS, strict=True))
    if len(list(_TIMES.finditer(text, lacks))) < 2:
        return None
    parts = list(_PART.finditer(text, lacks))
    bare = [part for part in parts if _may_be_an_hour(part)]  # "10 am" may be an amount or the hour
    hours = any(part["hour"] for part in parts) or any(_CLOCK.search(text, 0, part.start()) for part in bare)
    hours = hours or (len(bare) == len(parts) and not injected)
    said: dict[str, tuple[str, str | None]] = {}
    amount = None
    for part in parts:
        if hours and part in bare:  # "10 mg 9am 1pm": the amount goes on
            time = f"{int(part['count'])} {part['time']}"
        else:
            amount, time = (plain(part["count"]), part["unit"]), _time_of(part)
        if amount:
            said.setdefault(time, amount)
        also = _ALSO_AT.match(text, part.end())
        while amount and also:  # "1 cap am and noon, 2 caps hs"
            said.setdefault(_named_time(also["time"]), amount)
            also = _ALSO_AT.match(text, also.end())
    if len({count for count, _ in said.values()}) < 2:
        return None
    unit = next((unit for _, unit in said.values() if unit), "units" if injected else None)
    if unit is None and hours:
        return None  # "40 am, 20 2pm"
    return ", ".join(
        " ".join(filter(None, (count, _plain_unit(own or unit), time))) for time, (count, own) in said.items()
    )


def _may_be_an_hour(part: re.Match[str]) -> bool:
    count = part["count"]
    return part["time"] in ("am", "pm") and not (part["unit"] or part["at"]) and count.isdigit() and int(count) <= 12


def _time_of(part: re.Match[str]) -> str:
    if part["hour"]:
        return f"{int(part['hour'])}{part['minutes'] or ''} {part['half']}m"
    return _named_time(part["time"])


def _named_time(word: str) -> str:
    return next((name for name, pattern in _NAMES if pattern.search(word)), word)


def next_phase(text: str, lacks: int) -> str | None:
    """The words of what follows a first amount: "20 mg x5d, then off"."""
    match = _STEPS.search(text, lacks) or _THEN.search(text, lacks)
    return match["next"].strip(" ,") if match else None


def _plain_unit(unit: str | None) -> str:
    if unit is None:
        return ""
    names = {"u": "unit", "tab": "tablet", "cap": "capsule", "mg": "mg", "mcg": "mcg", "meq": "mEq", "ml": "mL"}
    single = unit.removesuffix("s") if unit not in names else unit
    return names.get(single, single)
