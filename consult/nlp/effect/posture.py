"""Dizziness that comes with standing up is one symptom: "giddy whenever he hops up", "stood up and saw stars"."""

from __future__ import annotations

import re

GIDDY = frozenset(("dizziness", "lightheadedness", "vertigo", "presyncope"))
_ITSELF = frozenset(("vertigo", "bppv"))  # a diagnosis, whatever brings it on
_FAR = 60  # characters before a symptom within which the standing up begins
_SEAT = r"(?: (?:the|a|her|his|my))? (?:bed|chair|recliner|couch|sofa|tub|car|toilet|commode|seat|pew)"
_RISING = (
    r"(?:(?:stand|stands|standing|stood|sits?|sitting|sat|shoots?|straightens?|straightening) up|"
    r"stands?|standing|stood|upright|rises?|rising|rose|arises?|arising|"
    r"(?:gets?|getting|got|hops?|hopping|hopped|jumps?|jumping|jumped|pops?|popping|popped|climbs?|climbing) "
    rf"(?:up|(?:out of|off|from){_SEAT}))(?: (?:out of|off of|off|from){_SEAT})?"
    r"(?: (?:too |so |real |very )*(?:fast|quick|quickly|suddenly))?"
)
_WHEN = r"(?:when(?:ever)?|if|as|after|on|upon|with|w/|while|every time|each time|any ?time|as soon as|once)"
_BEHIND = re.compile(
    r"[\"”]?,?(?: (?:worse|mostly|mainly|only|just|especially|esp|always|sometimes|often|bad))? "
    rf"{_WHEN}(?: she| he| i| pt| they)?(?: first| just| even)? ?{_RISING}"
    r"(?![\w-])(?! (?:order|dose|weight|still|on|in line|there|here)\b)"
)
_BEFORE = re.compile(
    rf"\b{_RISING}(?:,| and| &| then)*"
    r"(?: (?:she|he|i|pt|gets?|feels?|is|goes|went|the|it|her|his|my|a|so|very|really)){0,4} $"
)


def with_rising(low: str, start: int, end: int) -> tuple[int, int] | None:
    """Where dizziness told in low[start:end] and the standing up that brings it on begin and end together."""
    if low[start:end] in _ITSELF:
        return None
    if behind := _BEHIND.match(low, end):
        return start, behind.end()
    before = _BEFORE.search(low, max(0, start - _FAR), start)
    return (before.start(), end) if before else None
