"""Directions as prescriptions and pharmacies print them, and what is printed beside them: "T1T PO QD #90 RF3"."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare
from consult.nlp.sig.numbers import plain

_COUNT = r"(?:\d{1,2}(?:\.5)?(?: ?(?:-|to) ?\d)?|(?:1/2|½)(?: ?- ?1)?|1[ -]1/2|1½)"
_NEXT = (
    r"(?=[ ,]{1,2}(?:po|by mouth|orally|sl|qd|qod|bid|tid|qid|q ?\d|q ?[ap]m|q ?hs|hs|daily|every|prn|w/|with|at)\b)"
)
_CODE = Rare(  # "t1t", "t1-2c", "tk 1 t po", "1c tid"
    rf"(?<![\w./-])(?:(?:t|tk ?)(?P<n>{_COUNT})(?P<unit>[tc])(?![a-z])|"
    rf"(?:tk )?(?P<more>{_COUNT}) ?(?P<of>[tc]){_NEXT})",
    DIRECTIONS,
)
_UNITS = {"t": "tab", "c": "cap"}
_NUMBERS = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|forty-five|sixty|"
    r"ninety)"
)
_TOLD_TWICE = Rare(  # "2 (two) times daily", "every 5 (five) minutes", "one (1) tablet"
    rf"\b(?:(?P<digits>\d{{1,3}}) ?\({_NUMBERS}\)|{_NUMBERS} ?\((?P<behind>\d{{1,3}})\))", DIRECTIONS
)
_TO_BE_TAKEN = Rare(  # "one to be taken each morning"
    r"\b(?P<count>\d|1/2|half|one|two|three|four) to be (?:taken|used|sucked|chewed)(?= )", DIRECTIONS
)
_IN_ALL = Rare(  # of "2 mg tab, 1.5 tabs (3 mg) mon, 1 tab (2 mg) other days": the strength stands before
    r"(?<=[a-z]) \((?:=? ?)\d[\d.,]*(?: ?- ?\d[\d.,]*)? ?(?:mg|mcg|meq|units?|g)(?: total| dose)?\)", DIRECTIONS
)
_STRENGTH = re.compile(r"\d ?(?:mg|mcg|meq|units?|g)\b")
PRINTED = (_CODE, _TOLD_TWICE, _TO_BE_TAKEN, _IN_ALL)


def written_out(text: str, lacks: int) -> str:
    """The lower-case text with these codes as people say them: "t1t po qd" -> "1 tab po qd"."""
    text = _IN_ALL.sub(lambda found: "" if _STRENGTH.search(text, 0, found.start()) else found.group(), text, lacks)
    text = _TOLD_TWICE.sub(lambda found: found["digits"] or found["behind"], text, lacks)
    text = _CODE.sub(_counted, text, lacks)
    return _TO_BE_TAKEN.sub(lambda found: f"takes {plain(found['count'])}", text, lacks)


def _counted(found: re.Match[str]) -> str:
    return f"{found['n'] or found['more']} {_UNITS[found['unit'] or found['of']]}"


_OF_SIZE = r"(?:g|gm|gms|grams?|ml|mls|oz)"
_OF_PACK = (
    r"(?:tabs?|tablets?|caps?|capsules?|pens?|inhalers?|patches|pills?|vials?|boxe?s?|bottles?|tubes?|films?|softgels?|"
    r"packets?|each|ea|ct|units?)"
)
_BEHIND = (  # a size: "15 mL, RF 3", "4 g, lf 7/28"
    r"[ ,;|]{1,3}(?:(?:rf|rfl|r|refills?|ref)[ :#.]{0,2}\d|\d{1,2} ?(?:refills?|rf)\b|nr\b|no refills?|daw\b|lf\b|"
    r"last f)"
)
DISPENSED = (  # what is no direction: quantities, sizes, day supplies, and how much of it was filled
    rf"# ?\d[\d.]* ?{_OF_SIZE}\b",
    rf"#(?: ?\d{{2,}}|\d(?= ?{_OF_PACK}))[\d,.]*(?: ?{_OF_PACK}(?:\(s\))?)?(?![\w(])",
    rf"\b(?:disp(?:ense[ds]?|d)?|qty|quantity)[ .:#=-]{{0,3}}\d[\d,.]*(?: ?(?:{_OF_SIZE}|{_OF_PACK})(?:\(s\)|\b))?",
    rf"(?<=[,;|] )\d[\d.]* ?{_OF_SIZE}(?={_BEHIND})",
    rf"(?<![\w./])\d[\d.]* ?{_OF_SIZE} ?(?:[/,|] ?|per )?\d{{1,3}} ?(?:ds|days?(?: supply)?)\b",
    r"(?<![\w./])(?<!\()(?:1\.5|[2-9]|10) ?ml (?:pens?|penfills?|kwikpens?|flexpens?|cartridges?)\b",
    r"\b(?:2[89]|[3-9]\d|1\d\d) ?(?:days?(?:\(s\))?(?=, ?\d[\d.]*(?: [a-z]+)?, ?(?:refills?|rf)\b)|ds\b|"
    r"d(?:ays?)? supply\b)",
    r"\b(?:pdc|mpr|adherence|compliance)(?: rate)?[ :=(]{0,3}\d[\d.]* ?%?",
)
