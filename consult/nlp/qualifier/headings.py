"""What the heading over a line, or at its start, says of everything under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from consult.nlp import wordlist
from consult.nlp.line import Line
from consult.nlp.qualifier.people import is_person

_MEDS = r"(?:meds?|medications?|medicines?|pills|rx'?s?|prescriptions|bottles|list)"
_LONGEST = 45  # characters of a heading with what it names beside
_ALONE = re.compile(r"[a-z][a-z0-9 /&'()-]{1,40}:")  # any other heading ends the section before it
_ENDS = (":", " -", " –", " —")  # what marks a line of a few words as a heading
_LISTS = re.compile(  # "Meds", "Home medications", "Fam hx": with no mark at all, as nobody answers with it
    r"\b(?:meds?|medications?|medicines?|otcs?|rx|allergies|intolerances|list|hx|history|f?h|[pf]mhx?|fhx|fam|problems?|"
    r"plan|recommendations)\b"
)
# With text behind them these tell of complaints, and of what was prescribed.
_ONLY_ALONE = {"problems": ("", "drop"), "problem": ("", "drop"), "rx": ("active", "")}
_DISCHARGE = re.compile(  # "d/c list vs home bottles": what the hospital sent home; with text behind it what was ended
    r"(?:hosp(?:ital)? )?(?:d/?c|discharge) (?:list|meds?|med list|medications?|medicines|summary|papers|"
    r"paperwork|instructions)"
    r"(?: (?:vs|compared|against|from|per)\b.*)?"
)
_REVIEWED = re.compile(r"(?: ?[-–:,] ?| ?\()(?:reviewed|updated|verified|confirmed|unchanged|as below|per \w+)\)?$")
_JOINED = re.compile(r" ?[/&+,] ?| and ")
_REACTIONS = frozenset(
    ("se", "s/e", "reactions", "reaction", "rxns", "side effects", "adr", "adrs", "adverse reactions")
)
_SOMEBODYS = re.compile(  # "Husband's meds:", "Meds (wife):"
    rf"(?:(?:her|his|the|pt'?s?) )?(?P<whose>\w{{1,15}}?)(?:'?s|s')? {_MEDS}|"
    rf"{_MEDS} (?:of|for|\()(?: ?(?:her|his|the))? ?(?P<of>\w+)\)?"
)
_ANOTHER = re.compile(
    r"(?:(?:[.;|\n]|\s[-–/])\s*(?=[a-z][a-z /&'-]{1,30}:)|[\s,](?=(?:(?:current|home|active|daily|rx|her|his) )*"
    r"(?:meds?|medications?|medicines)(?: list)?:))([a-z][a-z /&'-]{1,30})(?=:)"
)
_OTHER = frozenset(  # say nothing
    (
        *("rx", "new", "otc", "otcs", "supplements", "vitamins", "prn", "takes", "taking", "continue", "continued"),
        *("cont", "unchanged", "no change", "no changes", "same", "resume", "resumed", "changed", "change", "modified"),
        *("increased", "decreased", "dose change", "dose changes", "start", "started"),
    )
)
# What may follow the name of a heading: "On hold per MD (pre-op):", "To start 3/1:", "Recs to PCP:"
_TAIL = re.compile(
    r"\(|(?:per|by|since|until|till?|from|for|to|as|w/|with|on|at|after|before|pre|post|prior|pending|due|d/t|x|\d\S*|"
    r"list|meds?|medications?|medicines?|drugs?|rx|today|tonight|tomorrow|now|currently|only|this|next|last|recently|"
    r"so|in|vs\.?|compared|against|from|patient|pt|md|pcp|intolerances?|and|or|&)\b"
)
_LEAD = re.compile(
    r"^(?:pt'?s?|patient'?s?|her|his|my|known|current|new|updated|reported|documented|listed|other|medication|med|"
    r"drug|the|meds?|medications?|drugs) "
)
_DASH = re.compile(r"^(?P<name>[a-z][a-z/']* [a-z /'@&]{2,60}?) ?[-–] ")  # "stop taking these medications - HCTZ"
_BARE = frozenset(("all", "alg", "dx", "fh", "tried", "failed", "rec", "completed", "plan"))  # begin sentences, too


@dataclass(frozen=True, slots=True)
class Heading:
    """`status` holds for drugs, `effects` is "drop", "other" or ""; offsets of a heading in the line, else -1."""

    status: str = ""
    effects: str = ""
    start: int = -1
    end: int = -1
    later: Heading | None = None  # another one in the same line: "Allergies: NKDA. Meds: Zocor"

    def over(self, offset: int) -> Heading:
        """The heading that a place of the line stands under."""
        return self.later.over(offset) if self.later is not None and offset >= self.later.end else self


_NONE = Heading()


@cache
def _headings() -> dict[str, tuple[str, str]]:
    return {
        row["heading"]: (row["status"].replace("-", "") if row["status"] == "-" else row["status"], row["effects"])
        for row in wordlist.table("qualifier", "headings.csv")
    }


def section_of(line: Line) -> tuple[str, str, str]:
    """(text, status, effects) of a line that is only a heading, empty strings for any other line."""
    text = line.low.strip()
    name = text.strip(" -–—*#:=_.")
    reviewed = _REVIEWED.search(name)
    name = name[: reviewed.start()] if reviewed else name
    marked = bool(reviewed) or text.endswith(_ENDS) or text.startswith("#") or line.text.strip().isupper()
    if marked:
        known = ("active", "") if _DISCHARGE.fullmatch(name) else _known(name)
        known = known or _ONLY_ALONE.get(name) or _of_somebody(name)
    else:
        known = _headings().get(name) if _LISTS.search(name) else None
    if known:
        return name, *known
    return (name, "", "") if _ALONE.fullmatch(text) else ("", "", "")


def _known(name: str) -> tuple[str, str] | None:
    """What a heading says, whoever or whatever time it names beside: "on hold per MD", "known allergies"."""
    known = _headings().get(name)
    if known or len(name) > _LONGEST:
        return known
    for words in dict.fromkeys((name, _LEAD.sub("", name))):
        parts = words.split()
        for count in range(len(parts), 0, -1):
            core = " ".join(parts[:count]).rstrip(" ,-/")
            if core in _headings() and core not in _BARE and (count == len(parts) or _TAIL.match(parts[count])):
                return _headings()[core]
    return _joined(name)


def _joined(name: str) -> tuple[str, str] | None:
    """ "ADRs/intolerances", "allergies & reactions": headings that say the same, or the one with what it tells of."""
    first, *more = _JOINED.split(name)
    known = _headings().get(_LEAD.sub("", first.strip()))
    told = [_headings().get(one.strip()) for one in more]
    same = (one == known or part.strip() in _REACTIONS for one, part in zip(told, more, strict=True))
    return known if known and more and all(same) else None


def _of_somebody(name: str) -> tuple[str, str] | None:
    """What "Husband's meds" says: taken, and by somebody else."""
    found = _SOMEBODYS.fullmatch(name)
    return ("active", "other") if found and is_person(found["whose"] or found["of"]) else None


def heading_of(line: Line) -> Heading:
    """The heading at the line's start ("Allergies: ..."), else the section that the line stands under."""
    colon = line.low.find(":")
    if colon > 0:
        known = _known(line.low[:colon].strip(" -*#"))
        if known:
            return Heading(*known, start=0, end=colon, later=_later(line, colon))
    if (dash := _DASH.search(line.low)) and (known := _headings().get(dash["name"])):
        return Heading(*known, start=0, end=dash.end("name"), later=_later(line, dash.end()))
    known = _known(line.section.strip().lower().rstrip(":")) if line.section else None
    return Heading(*known) if known else _NONE


def _later(line: Line, offset: int) -> Heading | None:
    """The next heading of the line behind the offset."""
    for found in _ANOTHER.finditer(line.low, offset):
        known = _known(found[1].strip()) or (("", "") if found[1].strip() in _OTHER else None)
        if known:
            return Heading(*known, start=found.start(1), end=found.end(1), later=_later(line, found.end(1)))
    return None
