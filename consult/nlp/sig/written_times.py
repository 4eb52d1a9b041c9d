"""Times of day that are written as other things are: "0900 and 2100", and "1 am 2 hs", which are amounts."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare

_TIME = r"(?:[01]\d|2[0-3]):?(?:00|15|30|45)"
_AND = r"(?: ?(?:,|&|\+|/|and) ?(?:and )?(?:at )?)"
_OF_24_HOURS = Rare(
    rf"(?:(?:\b(?:at|around|about|by)|@) ?|(?<=\()|(?<![\w./$#-])(?=0))(?P<times>{_TIME}(?: ?(?:hrs?|h)\b)?"
    rf"(?:{_AND}{_TIME}(?: ?(?:hrs?|h)\b)?){{0,5}})"
    r"(?![\w:/.%-]| ?(?:[ap]\.?m|mg|mcg|units?|u|iu|ml|cal|steps|calories|appt|visit|labs?|draw|today|tomorrow)\b)",
    DIRECTIONS,
)
_DIGITS = re.compile(r"(\d\d):?(\d\d)(?: ?(?:hrs?|h)\b)?")
_COUNT_AM = Rare(  # nobody takes a drug at one in the morning
    r"(?<![@\w./:-])(?<!at )(?P<count>[1-4]) ?am(?=[ ,&+]{1,3}(?:and )?(?:[1-4]|½|1/2) ?(?:at |in |q ?)?(?:noon|midday|"
    r"lunch|pm|hs|bedtime|evening|supper)\b)|"
    r"(?<![@\w./:-])(?<!at )(?<!by )(?<!~ )(?<!til )(?<!till )(?<!until )(?<!since )(?<!around )(?<!about )"
    r"(?P<alone>[12]) am\b",
    DIRECTIONS,
)
_COUNT_LATER = re.compile(r"(?<=[ ,&+])([1-4]) ?(?=(?:pm|noon)\b)")
_ONE_DAY = re.compile(  # "gave Tylenol x1 at 0200", "off since 0400"
    r"\b(?:since|until|till?|x ?1(?: dose)?|gave|given|got|last(?: dose)?|held|due|appt|admit\w*|dr[ae]wn?|levels?|"
    r"stopped)(?: \w+)? ?$"
)
WRITTEN = (_OF_24_HOURS, _COUNT_AM)


def as_told(text: str, lacks: int) -> str:
    """The lower-case text with hours from 1 to 12, and with amounts told apart from hours ("1 in am 2 hs")."""
    text = _OF_24_HOURS.sub(_of_12_hours, text, lacks)
    if (count := _COUNT_AM.search(text, lacks)) is None:
        return text
    return (
        f"{text[: count.start()]}{count['count'] or count['alone']} in am{_COUNT_LATER.sub(_in, text[count.end() :])}"
    )


def _in(count: re.Match[str]) -> str:
    return f"{count[1]} in "


def _of_12_hours(found: re.Match[str]) -> str:
    if _ONE_DAY.search(found.string, 0, found.start()):
        return found.group()
    hours = []
    for hour, minutes in _DIGITS.findall(found["times"]):
        clock = int(hour) % 12 or 12
        hours.append(f"{clock}{'' if minutes == '00' else ':' + minutes} {'am' if int(hour) < 12 else 'pm'}")
    return f" at {', '.join(hours)}"
