"""A time of day that a dose was moved from or to: "10 mg hs, moved to am", "at noon, was 5 pm"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare

_SLOT = (
    r"(?:q ?am|q ?pm|q ?hs|am|pm|hs|the (?:am|pm)|(?:the )?(?:morning|evening|afternoon|night)(?:s|time)?|bed ?time|"
    r"noon|midday|breakfast|lunch(?:time)?|dinner|supper|(?:1[0-2]|[1-9])(?::\d\d)? ?[ap]m?)(?![a-z])"
)
_AT = r"(?:(?:at|in|every|with|w/|before|after|q) ?)?(?:the )?"
_TO = Rare(
    rf"\b(?:moved|switched|changed|shifted|moving|switching|changing)"
    rf"(?: it| dose| time| the dose| the time| ?\x00+)?\s*"
    rf"(?:(?:from )(?:{_AT}{_SLOT}) )?(?:to|->|→) (?=(?P<now>{_AT}{_SLOT}))",
    DIRECTIONS,
)
_FROM = Rare(
    rf"\b(?:was|used to be|used to take (?:it )?|instead of|rather than|no longer|not) (?:taking )?{_AT}{_SLOT}"
    rf"(?! (?:dose|med|pill))",
    DIRECTIONS,
)
_OFTEN = (
    r"(?:bid|tid|qid|qd|daily|once(?: a day)?|twice(?: a day)?|weekly|nightly|monthly|prn|"
    r"q ?\d+ ?h\w*|"
    r"every (?:other )?\w+(?: \w+)?|[1-4] ?x ?(?:/|a |per )? ?day|(?:two|three|four) times (?:a|per) day)"
)
_OFTEN_FROM = Rare(  # "from tartrate bid to succinate daily", "went from qd to bid"
    rf"\bfrom (?:[\w./-]+ ){{0,3}}?(?P<was>{_OFTEN})(?: [\w./-]+){{0,2}}? (?:to|->|→) "
    rf"(?=(?:[\w./-]+ ){{0,3}}?{_OFTEN}(?![a-z]))",
    DIRECTIONS,
)
_SLOTS = re.compile(rf"(?<![a-z\d]){_AT}{_SLOT}")
_SINGLE = {"mornings": "morning", "evenings": "evening", "nights": "night", "afternoons": "afternoon"}
MOVED = (_TO, _FROM, _OFTEN_FROM)


def at_its_new_time(text: str, lacks: int) -> str:
    """The lower-case text without the times of day at which the drug was taken before."""
    for told in (_FROM.search(text, lacks), _OFTEN_FROM.search(text, lacks)):
        if told:
            start, end = told.span("was" if "was" in told.groupdict() else 0)
            text = text[:start] + " " * (end - start) + text[end:]
    if (told := _TO.search(text, lacks)) is None:
        return text
    before = _SLOTS.sub("", text[: told.start()])
    now = told["now"].removeprefix("the ")
    now = _SINGLE.get(now, now)
    at = "q " if now[0] in "aphq" and len(now) < 4 else "in the " if now in _SINGLE.values() else ""
    return f"{before}{at.removeprefix('q ') if now.startswith('q') else at}{now}{text[told.end('now') :]}"
