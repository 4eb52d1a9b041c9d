"""A count that stands before the name while the times stand behind it: "half a tablet of metoprolol 25 in the morning
and half at night"."""

from __future__ import annotations

import re

from consult.nlp.sig.amount import COUNT
from consult.nlp.sig.numbers import DIGITS, plain
from consult.nlp.sig.weekdays import DAYS

_COUNT_OF = re.compile(
    rf"(?<![\w./-])(?P<count>{COUNT})(?: (?:an?|of an?|of the|of (?:her|his|my)))?(?: (?P<unit>tabs?|tablets?|pills?|"
    rf"caps?|capsules?))?(?: of)?(?: (?:the|her|his|my|an?))?(?: {DIGITS} ?(?:mg|mcg))? $"
)
_OF = re.compile(r"\bof(?: (?:the|her|his|my|an?))?(?: [\d.]+ ?(?:mg|mcg))? $")
_TIMES_FIRST = re.compile(
    rf"^(?P<head> (?:tartrate|succinate|er|xr|xl|sr|cr|ir))?(?: (?P<number>{DIGITS})(?P<unit> ?(?:mg|mcg))?)?"
    rf"(?: (?P<form>tabs?|tablets?|pills?))?,? "
    rf"(?=(?:in|at|every|each|with|q ?[ap]m|[ap]m|on {DAYS})\b[^,;.]{{0,24}}(?:,| and| &| \+) ?(?:an? )?{COUNT})"
)


def count_between(before: str, after: str) -> str:
    """The words behind the name, with the count that stands before it where they go on with times and other counts."""
    times = _TIMES_FIRST.match(after)
    count = _COUNT_OF.search(before) if times else None
    if not (times and count) or not _OF.search(before):
        return after
    strength = f" {times['number']}{times['unit']}" if times["unit"] else ""
    unit = count["unit"] or times["form"] or "tablet"
    return f"{times['head'] or ''}{strength} {plain(count['count'])} {unit} {after[times.end() :]}"
