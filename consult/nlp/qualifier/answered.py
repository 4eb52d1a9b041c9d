"""What a person answers when asked about several symptoms: "asked about nosebleeds, dark stools - none of em"."""

from __future__ import annotations

import re
from typing import NamedTuple

from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line

_REACH = 80  # characters behind a symptom in which the answer stands
_ASKED = Rare(
    r"\b(?:ask(?:ed|ing)?|inquir(?:ed|ing|y)|quer(?:ied|y)|question(?:ed|ing)|screen(?:ed|ing|s)?|check(?:ed|ing|s)?|"
    r"prob(?:ed|ing)|prompted|went (?:through|thru|down|over)|ran (?:through|thru|down)|review(?:ed|ing)?|ros|any|"
    r"do you|does (?:he|she|pt)|did (?:he|she|pt)|have you)\b"
)
_TO_ALL = (
    r"(?:none of (?:'?em|them|these|those|that|it|the above)|"
    r"no(?:ne|pe|t)? (?:to|on|for) (?:all|both|any|each|everything)(?: (?:of )?(?:\w+|the above|\d))?|"
    r"(?:denies|denied|denying|neg(?:ative)?) (?:all|both|(?:on|for|to|x) ?(?:all|both|\d))(?: of (?:\w+|the above))?|"
    r"(?:all|both) (?:no|neg(?:ative)?|denied|absent|none)|neither(?: one| of (?:'?em|them|these|those|the two))?)"
)
_NO = (
    r"(?:no(?:,? (?:sir|ma'?am|never))?|none|nope|nah|nil|neg(?:ative)?|nothing|never|zero|zip|0(?: ?/ ?10)?|"
    r"denie[sd](?: any| it| that)?|not (?:really|lately|recently|so far|since|at all|a one|"
    r"that (?:she|he|i|pt) (?:knows?|knew|noticed|notices|has noticed|recalls?|can recall|can think of)))"
)
_YES = (
    r"(?:(?:yes|yep|yup|yeah|aye)(?: (?:to (?:all|both)|x ?\d|when|if|at|in|on|since|every|daily|mostly|but|only|from|"
    r"after|has|sometimes|occ\w*|some|a (?:little|bit|few))\b)?|sometimes|occasional(?:ly)?|endorses|admits|"
    r"at times|now and then|a little|a few|(?:once|twice|\d+ ?x?) (?:since|in|last|this)\b)"
)
_WHO = r"(?:(?:and |but )?(?:(?:pt|patient|she|he|they|i|wife|hubby|husband|dtr|daughter|mom|son) )?)"
_SAYS = r"(?:(?:says?|said|states?|stated|reports?|reported|answers?|answered|replie[sd]|told me|tells me) )?"
_SO_FAR = (
    r"(?: (?:so far|yet|at this time|currently|today|now|lately|recently|reported|noted|noticed|at all|whatsoever|"
    r"since (?:\w+ )?\w+|this (?:week|wk|month|visit|time)|per (?:pt|patient|him|her|wife|dtr)))?"
)
_REPLY = re.compile(
    rf"[\s\"”)]*(?P<mark>\?|->|→|[-–—:;,.=])?[\"”\s?.–-]{{0,12}}{_WHO}{_SAYS}[\"“]?"
    rf"(?:(?P<all>{_TO_ALL})|(?P<no>{_NO}))(?={_SO_FAR}\s*(?:$|[,.;)!\"”]| - |→|but\b|except\b))"
)
_AFFIRMED = re.compile(
    rf"[\s\"”)]*(?:\?|->|→|[-–—:;,.=])[\"”\s?.–-]{{0,12}}{_WHO}{_SAYS}[\"“]?(?P<yes>{_YES})(?![a-z])"
)
_ANSWERS = Rare(rf"\b{_TO_ALL}")
_OF_ANSWERS = any_of(_ASKED, _ANSWERS)
_OUT_OF_LIST = re.compile(r"[.;!]|\s-\s|\b(?:but|has|had|having|c/o|yes|no|denie[sd]|none|which|because|bc)\b|,\s*is\b")
_JOINT = re.compile(r"[\s,/&+\"”“?]*(?:(?:and|or|nor|n|any|either|plus|also)\b[\s/&+]*)*(?:the |her |his |some |new )?")
_CLAIMED = re.compile(r"\b(?:c/o|has|had|having|reports?|endorses|gets|got|with|still)\b[^.;?]*$")


class Answer(NamedTuple):
    """Which symptoms are denied or affirmed, and the words that tell so."""

    places: list[int]
    denied: bool
    start: int
    end: int


def answers(line: Line, effects: list[Found]) -> list[Answer]:
    """The answers to questions about the symptoms of a line, in their order."""
    low = line.low
    if line.lacks & _OF_ANSWERS and "?" not in low:
        return []
    out = []
    for i, one in enumerate(effects):
        if reply := _REPLY.match(low, one.end, one.end + _REACH):
            to_all = reply["all"] is not None
            if places := _list_before(line, effects, i, to_all, reply["mark"] == "?"):
                out.append(Answer(places, True, *reply.span("all" if to_all else "no")))
        elif yes := _AFFIRMED.match(low, one.end, one.end + _REACH):
            asked = _asked(line, effects, i)
            if asked and (len(asked) == 1 or yes["yes"].endswith(("all", "both"))):
                out.append(Answer(asked, False, *yes.span("yes")))
    return out


def _asked(line: Line, effects: list[Found], last: int) -> list[int]:
    """The symptoms from the last word of asking to this one; none where something else ends the question between."""
    asks = [found.end() for found in _ASKED.finditer(line.low[: effects[last].start], line.lacks)]
    for begin in reversed(asks):
        if not _OUT_OF_LIST.search(line.low, begin, effects[last].start):
            return [i for i in range(last + 1) if effects[i].start >= begin]
    return []


def _list_before(line: Line, effects: list[Found], last: int, to_all: bool, question: bool) -> list[int]:
    """The symptoms that an answer behind the last of them speaks of; a mere "no" needs a question."""
    asked = _asked(line, effects, last)
    if asked or not (to_all or question):
        return asked
    first = last
    while first and _JOINT.fullmatch(line.low, effects[first - 1].end, effects[first].start):
        if not to_all and "?" in line.low[effects[first - 1].end : effects[first].start]:
            break
        first -= 1
    if not to_all and _CLAIMED.search(line.low, 0, effects[first].start):
        first = last
    return list(range(first, last + 1))
