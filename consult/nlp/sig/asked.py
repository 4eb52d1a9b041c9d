"""A change of dose that is only asked for: "ask PCP re lowering amlodipine 10 mg to 5 mg" leaves it at 10 mg."""

from __future__ import annotations

import re

from consult.nlp.expressions import Rare
from consult.nlp.sig.amount import UNIT
from consult.nlp.sig.numbers import DIGITS

_CHANGE = (
    r"(?:lower|rais|increas|decreas|reduc|cut|drop|bump|up-?titrat|titrat|taper|doubl|halv|adjust|chang|upp?|(?:go|come)"
    r"(?:ing)? (?:up|down))(?:ing|ping|ting|e|p)?"
)
_ASKS = Rare(  # not "Dr wants to bump the Ozempic up to 1 mg", "asks why it was cut to 5 mg"
    r"(?:\b(?:ask(?:s|ed|ing)?|request\w*|messag\w*|msg\w*|fax\w*|e?mail(?:s|ed)?|"
    r"(?:can|could|should) (?:we|she|he|i|pt)|(?:suggest\w*|propos\w+) to|"
    r"(?:told|tells?) (?:the )?(?:md|dr|pcp|doc|np))\b|"
    r"(?:^|[.;,] ?|\b(?:pt|patient|she|he|i|mom|dad|dtr|daughter|son|wife|husband|family|also|now|but) )"
    r"(?:wants?|would like|hop(?:es|ing)|wish(?:es)?|would rather|prefers?)\b(?! (?:dr|md|pcp|doc\w*|cards|endo)\b))"
    r"(?![^.;]*\b(?:why|since|after|because|bc|when|how)\b)[^.;]*$"
)
_VERB = re.compile(rf"\b{_CHANGE}(?: (?:back|up|down|on|of|off|the|her|his|my|dose|mom'?s|dad'?s|in|pt'?s|daily))* $")
_TO = re.compile(
    rf"^(?P<kept>(?:(?!\b(?:was|were|got|since|but|now|still|has|had|on|at)\b)[^,;.?]|\.(?=\d)){{0,30}}?)"
    rf"(?P<verb> (?:to )?(?:be |get |gets )?(?:{_CHANGE}|\w+ed)(?: (?:back|up|down))*)? ?"
    rf"(?:\bto|->|→) (?:just |only |about )?{DIGITS}(?! ?(?:u|units?)\b)(?: ?(?:{UNIT}))?(?![\w/-])"
    r"(?: (?:daily|qd|bid|tid|qid|qhs|hs|qam|qpm|nightly|weekly|at bedtime|(?:once|twice) (?:a day|daily)))*"
)
_TO_BEFORE = re.compile(
    rf"\bto {DIGITS}(?: ?(?:{UNIT}))?(?: (?:daily|bid|qd|qhs))? (?:on|of|w/|with|for)(?: (?:the|her|his|my))? $"
)


def unasked(lacks: int, before: str, after: str, sentence: str) -> tuple[str, str]:
    """The lower-case words on both sides of a name, without the amount that is asked for.

    `lacks` is that of the line, `sentence` all that stands before the name in its sentence.
    """
    if not _ASKS.search(sentence, lacks):
        return before, after
    if found := _TO_BEFORE.search(sentence):
        return ("", after) if _VERB.search(sentence[: found.start()]) else (before, after)
    wanted = _TO.match(after)
    if wanted is None or not (wanted["verb"] or _VERB.search(sentence)):
        return before, after
    return before, f"{wanted['kept'].replace(' from', '')}{after[wanted.end() :]}"
