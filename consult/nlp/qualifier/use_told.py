"""What a whole clause beside a drug tells of its use, where no cue of the list is: "that she came off in 2023"."""

from __future__ import annotations

import re

from consult.domain.mention import Status
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Expressions, Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.when_taken import usual_course

_USUAL_COURSE = ", usual course"  # behind a status that holds only of drugs given as a course

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
_OFFERED = re.compile(r"(?:try|trial|agree|ok|told|advised|suggested|encouraged|instructed|asked)")
_REACH = 60  # characters before a drug
_USE_INSTEAD = Rare(r"^[^.;]{0,90}?\b(instead)(?=$|[.;,)])")
_USE = re.compile(
    r"(?:^|[.;,:-] ?|\b(?:to|can|will|should) )(?:just )?(?:use|try|take|do|switch to)(?: (?:some|otc|plain))* $|"
    r"\b(?:told|advised|counsel\w*|suggest\w*|recommend\w*)\b[^.;]{0,50}[,-] $"  # "told her no, Tylenol instead"
)


def _read(name: str) -> Expressions[tuple[Status, bool]]:
    """The rows of a list; each with its status, and whether it holds only of a drug that is given as a course."""
    slots = dict(row.split(" | ", 1) for row in wordlist.lines("qualifier", "use_slots.txt"))
    rows = []
    for row in wordlist.lines("qualifier", name):
        status, _, shape = row.partition(" | ")
        told = status.removesuffix(_USUAL_COURSE)
        rows.append(((told, told != status), wordlist.filled(shape, slots)))
    return Expressions(rows)  # type: ignore[arg-type]  # of what a list says


_BEHIND, _BEFORE = _read("use_behind.txt"), _read("use_before.txt")
OF_USE = (_BEHIND, _BEFORE, _USE_INSTEAD)  # what a line needs to hold any of them


def use_told(line: Line, drug: Drug, after: str) -> tuple[Status, int, int] | None:
    """The status, and where in the line it is told; `after` are the words behind the drug, lower case."""
    for (status, of_courses), shape in _BEHIND.likely(line.lacks):
        if (found := shape.search(after)) and (not of_courses or usual_course(drug)):
            told = found.lastindex or 1
            return status, drug.end + found.start(told), drug.end + found.end(told)
    start = max(0, drug.start - _REACH)
    instead = _USE_INSTEAD.match(after, line.lacks)
    if instead and _USE.search(line.low[start : drug.start]):
        return "intended", drug.end + instead.start(1), drug.end + instead.end(1)
    for (status, _), shape in _BEFORE.likely(line.lacks):
        found = shape.search(line.low, start, drug.start)
        asked = status in ("unknown", "intended") and not (found and _OFFERED.match(found[1]))
        if found and not (asked and _MORE_OF_IT.match(after)):
            return status, found.start(1), found.end(1)
    return None
