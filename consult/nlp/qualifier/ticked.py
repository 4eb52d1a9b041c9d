"""Symptoms answered by a letter, a count of none or a box behind or before them: "SOB: N", "falls x0", "[x] cough"."""

from __future__ import annotations

import re

from consult.nlp.effect.find import Found
from consult.nlp.line import Line
from consult.nlp.qualifier.answered import Answer

_MAY_HOLD = re.compile(r"[:=–-] ?[yn]\b|[ )][YN](?![\w'’])|x ?0(?![\d.])|\b[nvdcf][+-]|[\[(] ?[x✓✔]? ?[\])]", re.I)
_LETTER = re.compile(r"(?: ?\(? ?[Yy] ?/ ?[Nn] ?\)?)?(?: ?[:=] ?| ?[–-] ?| )([YyNn])(?![\w'’/+&-])")
_AFTER_LETTER = re.compile(r" ?(?:$|[.;|)]|,(?! ?[vdc]\b)|  )")
_NEXT_ASKED = re.compile(r" ?[A-Za-z/ ]{2,25}[:=] ?[YyNn]\b")
_NONE = re.compile(r" ?[x×] ?0(?![\d.,/–-]*\d)")
_SIGN = re.compile(r"[+-](?=[\s,;/.]|$)")
_BOX = r"(?:\[ ?(?P<ticked>[xX✓✔])? ?\]|\( ?(?P<round>[xX✓✔])? ?\))"
_BOX_BEHIND = re.compile(rf" ?:? ?{_BOX}")
_BOX_BEFORE = re.compile(rf"{_BOX} ?$")
_BOX_REACH = 6  # characters
_JOINED = re.compile(r" ?/ ?")


def ticked(line: Line, effects: list[Found]) -> list[Answer]:
    """Which symptoms are denied or affirmed so, in their order."""
    if not _MAY_HOLD.search(line.text):
        return []
    out = []
    for i, one in enumerate(effects):
        if letter := _letter(line, one):
            first = i
            while first and _JOINED.fullmatch(line.low, effects[first - 1].end, effects[first].start):
                first -= 1  # "N/V: N"
            out.append(Answer(list(range(first, i + 1)), letter.group(1) in "nN", *letter.span(1)))
        elif none := _NONE.match(line.low, one.end):
            out.append(Answer([i], True, *none.span()))
        elif one.end == one.start + 1 and (sign := _SIGN.match(line.low, one.end)):
            out.append(Answer([i], sign.group() == "-", *sign.span()))  # "N+ V-"
    return out + _boxes(line, effects)


def _letter(line: Line, one: Found) -> re.Match[str] | None:
    """The letter that answers; without a mark before it a capital, at the end of what it answers."""
    found = _LETTER.match(line.text, one.end)
    if found is None:
        return None
    ends = _AFTER_LETTER.match(line.low, found.end())
    if line.text[found.start(1) - 2 : found.start(1)].strip(" ")[-1:] in (":", "="):
        return found if ends or _NEXT_ASKED.match(line.text, found.end()) else None
    marked = line.text[one.end : found.start(1)].strip(" ") in ("-", "–")
    return found if ends and (marked or found[1].isupper()) else None


def _boxes(line: Line, effects: list[Found]) -> list[Answer]:
    """Boxes beside symptoms; one alone may be of something to do: "[ ] dizziness, call her"."""
    leads = bool(effects and _BOX_BEFORE.search(line.text, 0, effects[0].start))
    out = []
    for i, one in enumerate(effects):
        if leads:
            box = _BOX_BEFORE.search(line.text, max(0, one.start - _BOX_REACH), one.start)
        else:
            box = _BOX_BEHIND.match(line.text, one.end)
        if box:
            out.append(Answer([i], not (box["ticked"] or box["round"]), *box.span()))
    return out if len(out) > 1 else []
