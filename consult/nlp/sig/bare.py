"""An amount that is told by a number alone: "takes 2 w/ supper", "1-2 q6h prn", "two when it flares"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.numbers import DIGITS, WORDED, plain

_AFTER_STRENGTH = re.compile(
    r"^[\s,:-]*(?:(?:er|xr|xl|sr|cr|dr|ec|la) )?\d{1,4}(?:[./-]\d{1,4}){0,2}(?: ?[,–-])? "
    r"(?=\d |\d ?- ?\d |one |two |half |1/2 |½ )"
)
_LEAD_COUNT = Rare(
    rf"\b(?:takes?|taking|took|uses?|using|pops?|chews?|puts|wears?|swallows?|applies|gives?|gave)"
    rf"(?: about| just| only| her| his| up to)? "
    rf"(?P<count>\d{{1,2}}|\d ?(?:-|or|to) ?\d|1/2|½|half|{WORDED})(?: of (?:the|her|his|my|those))?"
    rf"(?: {DIGITS} ?(?:mg|mcg))? $",
    DIRECTIONS,
)
_BARE_UNITS = Rare(
    r"^[\s,:-]*(?P<count>\d{1,3}) ?(?=(?:qd|bid|tid|qhs|qam|qpm|hs|q ?\d|daily|nightly|twice|once|every|at|in|am|pm|"
    r"before|with|w(?=/ ?[a-z])|ac|sq|sc|subq|subcut|units?)(?![a-z]))",
    DIRECTIONS,
)
_UNITS_OF = Rare(r"(?<![\w./])(?P<count>\d{1,3}) of (?:the |her |his |my )?$", DIRECTIONS)  # "14 of Lantus"
_OFTEN = (
    r"(?:(?:po|by mouth|orally|qd|bid|tid|qid|qhs|qam|qpm|hs|q ?\d{1,2}(?: ?- ?\d{1,2})?(?: ?h(?:rs?|ours?)?)?|daily|"
    r"(?:[2-6]|two|three|four|five|six) times|"
    r"every|each|sl|under|nightly|twice|once|at (?:bedtime|night|nite|hs|supper|lunch)|"
    r"in (?:the )?(?:am|pm|morning|mornin|evening|afternoon|a\.m\.|p\.m\.)|prn|before|b4|after|with|w|"
    r"ac\b|3x|2x|per day|a day|when(?:ever)?|"
    r"on (?:(?:her|his|my|the|really) )?(?:bad|rough|worse|worst) days)(?![a-z])|@ ?(?:hs|bedtime|night|supper)|"
    r"(?<= )(?:noon|supper|breakfast|bkfst|dinner|lunch|bedtime|at a time|same time|"
    r"most (?:days|nights|mornings|evenings))(?![a-z]))"
)
_FEW = (
    r"(?:[1-3](?: ?(?:-|or|to) ?[2-4]| ?- ?1/2|½| (?:and )?(?:1/2|½|a half))?|1/2|½|(?:one|two) (?:or|to) "
    r"(?:two|three)|one|two|three|half)"
)
_BARE = Rare(
    rf"(?<![\w./-])(?<!at )(?<!@ )(?<!til )(?<!till )(?<!until )(?<!by )(?P<count>{_FEW}) ?(?={_OFTEN})", DIRECTIONS
)
_TAKEN = Rare(  # "takes 2 of them", "pops 3 for a headache"
    rf"\b(?:takes?|taking|took|pops?|chews?|uses?|swallows?)(?: (?:about|just|only|like|usually|up to|maybe|around))? "
    rf"(?P<count>{_FEW}|[4-6])(?= ?(?:{_OFTEN}|(?:of (?:them|these|those|the \d+s?)|at a time|if|"
    rf"for(?! (?:\d|{WORDED}|an?\b))|on|most|some|at|instead|as needed)\b|[,;)](?! ?\d)|\s*$))",
    DIRECTIONS,
)
_ON_OCCASION = Rare(  # "Tums in the purse, 2 when she eats late"
    rf"(?<=[,;:(–] )(?P<count>{_FEW}) (?=(?:when(?:ever)?|if|prn|as needed|(?:at|before|b4) (?:bed|bedtime|hs|night)|"
    rf"after (?:eating|meals|spicy|supper|dinner)|(?:on )?bad days|q ?\d{{1,2}} ?h(?:rs?|ours?)?|bid|tid|qid|qhs|qam|"
    rf"qpm)(?![a-z]))",
    DIRECTIONS,
)
_FORM = re.compile(r"^[ ,-]*(?:(?:ds|er|xr|xl|sr|cr|dr|ec|la|odt|(?:12|24) ?-?h(?:ou)?rs?|(?:12|24)h)[ ,]+)?")
_PO_ONLY = Rare(
    r"(?<![\w./-])(?P<count>\d{1,2}(?:\.5)?|1/2|½|one|two|three|1 ?- ?2|i{1,3}(?: ?- ?i{1,3})?) ?"
    r"(?=(?:po|by mouth|orally|p[rv](?= (?:q|[bt]id|prn|x ?\d|daily|once|hs)))(?![a-z]))",
    DIRECTIONS,
)
_TIMES_COUNT = Rare(
    r"(?<=[\d ])x ?(?P<count>[1-6])(?= (?:(?:po|by mouth|qd|bid|tid|qid|qhs|qam|qpm|daily|nightly)\b|"
    r"(?:w/|with|at|before|after) ?(?:meals?|food|breakfast|bkfst|bfast|lunch|dinner|supper|bed(?:time)?)\b))",
    DIRECTIONS,
)
_COUNTED_BARE = any_of(_LEAD_COUNT, _BARE, _PO_ONLY, _TIMES_COUNT, _TAKEN, _ON_OCCASION)
_IF_TAKEN = re.compile(  # "groggy when he takes two" tells of a symptom
    r"(?:\x00|\b(?:when(?:ever)?|if|unless|days|nights|times|after|never|so|once|until|every time|each time)"
    r"(?: (?:she|he|they|i|pt|only|that|it|has|ever))*)\s*$"
)
_TAKES = re.compile(r"\btakes? $|\btakes? (?=\d )")
SUPPLY_BEFORE = re.compile(
    r"(?:#|qty|disp\w*|bottle of|(?<!contents )of|last|lost|ran out of|found|has|had|box of|pack of|extra|gave|"
    r"count|\bthan|"
    r"\bmax(?:imum)?|\bmakes|\btotals?|\bnew) ?$"
)


def bare(text: str, lacks: int, has_strength: bool, injected: bool) -> str | None:
    """The amount; an insulin (`injected`) is counted in units."""
    if injected:
        counted = _BARE_UNITS.match(text, lacks) or _UNITS_OF.search(text, lacks)
        return f"{plain(counted['count'])} unit" if counted else None
    if lacks & _COUNTED_BARE:
        return None
    lead = _LEAD_COUNT.search(text, lacks) or _TIMES_COUNT.search(text, lacks)
    if lead:
        return plain(lead["count"])
    match = _PO_ONLY.search(text, lacks)
    if match is None and _BARE.possible(lacks):
        if skipped := _AFTER_STRENGTH.match(text):
            match = _BARE.pattern.match(text, skipped.end())
        if match is None and (has_strength or _BARE.pattern.match(_FORM.sub("", text)) or _TAKES.search(text[:40])):
            match = _BARE.pattern.search(text)
    match = match or _taken(text, lacks) or _ON_OCCASION.search(text, lacks)
    if match is None or SUPPLY_BEFORE.search(text[: match.start()]):
        return None
    value = plain(match["count"])
    return value if "-" in value or float(value) <= 12 else None


def _taken(text: str, lacks: int) -> re.Match[str] | None:
    match = _TAKEN.search(text, lacks)
    return None if match is None or _IF_TAKEN.search(text, 0, match.start()) else match
