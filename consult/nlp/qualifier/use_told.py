"""What a whole clause beside a drug tells of its use, where no cue of the list is: "that she came off in 2023"."""

from __future__ import annotations

import re

from consult.domain.mention import Status
from consult.nlp.drug.find import Drug
from consult.nlp.expressions import Expressions, Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.use_wordings import BEFORE, BEHIND

# "wants Xanax early": of what is taken another supply, form or time is asked for
_MORE_OF_IT = re.compile(
    r"^(?: [\d.,/]+(?: ?(?:mg|mcg|units?))?)?(?: \w+)? ?(?:refill\w*|early|earlier|sooner|filled|changed|cheaper|"
    r"brand|generic|"
    r"90|sent|delivered|moved|back|increased|decreased|lowered|raised|cut|stopped|tapered|weaned|gone|off|held|"
    r"reduced|down|up|upped|adjusted|d/c'?d?|"
    r"discontinued|checked|switched|changed|more|in (?:the )?(?:am|pm|morning|evening|"
    r"liquid)|as|"
    r"at|once|twice|every|daily|q ?\d|instead of (?:twice|bid|daily|tid|am|pm|\d))\b"
)
_OFFERED = re.compile(r"(?:try|trial|ok|told|advised|suggested|encouraged|instructed|asked)")
_REACH = 60  # characters before a drug
_USE_INSTEAD = Rare(r"^[^.;]{0,40}?\b(instead)(?=$|[.;,)])")
_USE = re.compile(
    r"(?:^|[.;,:-] ?|\b(?:to|can|will|should) )(?:just )?(?:use|try|take|switch to)(?: (?:some|otc|plain))* $"
)
OF_USE = (*(Rare(shape) for _, shape, _ in BEHIND), *(Rare(shape) for _, shape in BEFORE), _USE_INSTEAD)
_ANY = any_of(*OF_USE)
_LIKELY_BEHIND = Expressions(((status, holds), re.compile(shape)) for status, shape, holds in BEHIND)
_LIKELY_BEFORE = Expressions((status, re.compile(shape)) for status, shape in BEFORE)


def use_told(line: Line, drug: Drug, after: str) -> tuple[Status, int, int] | None:
    """The status, and where in the line it is told; `after` are the words behind the drug, lower case."""
    if line.lacks & _ANY:
        return None
    for (status, holds), shape in _LIKELY_BEHIND.likely(line.lacks):
        if (found := shape.search(after)) and holds(drug):
            told = found.lastindex or 1
            return status, drug.end + found.start(told), drug.end + found.end(told)
    start = max(0, drug.start - _REACH)
    instead = _USE_INSTEAD.match(after, line.lacks)
    if instead and _USE.search(line.low[start : drug.start]):
        return "intended", drug.end + instead.start(1), drug.end + instead.end(1)
    for status, shape in _LIKELY_BEFORE.likely(line.lacks):
        found = shape.search(line.low, start, drug.start)
        asked = status in ("unknown", "intended") and not (found and _OFFERED.match(found[1]))
        if found and not (asked and _MORE_OF_IT.match(after)):
            return status, found.start(1), found.end(1)
    return None
