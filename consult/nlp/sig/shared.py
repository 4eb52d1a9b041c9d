"""What is told once for several drugs: "Tylenol and Benadryl at night", "metformin (Glucophage) 500 mg", "Zocor
(simvastatin) stopped"."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.domain.mention import Cue, MedicationMention
from consult.nlp import wordlist
from consult.nlp.line import Line

_AND = re.compile(r"^(?:,? (?:and|plus|&|\+|w/|with) (?:(?:her|his|the|my|otc|daily) )?| ?[&+/] ?)$")
_COMMA = re.compile(
    r"^(?: (?:gel|cream|oint(?:ment)?|spray|drops|lotion|inhaler|patch(?:es)?|tabs?|caps?|pills?))?, ?$"
)
_SAME_DRUG = re.compile(r"^ ?(?:\(|/|=|-|, ?| aka | generic for | \(generic )$")
_OPENS = re.compile(r"[^;()\[\]]{0,90}[(\[](?:generic|brand|aka|gen|for|[\s:=])*")  # " XL (", " 50 mg tab [generic "
_CLOSES = re.compile(r"[^;()\[\]]{0,24}[)\]]")
_AMOUNT = r"(?: ?\d[\d.,]*(?: ?(?:mg|mcg|g|iu|units?|meq|%|tabs?|caps?|puffs?))?){0,2}"
_AND_AMOUNT = re.compile(rf"^{_AMOUNT}(?:,| and| &| \+|, and) ?$")
_AMOUNT_ALL = re.compile(rf"^{_AMOUNT}(?:,| -)? ?(?:both|all|each)\b")
_AND_ITS_AMOUNT = re.compile(
    rf"^(?: (?:er|xr|xl|sr|ec|dr|la|cr))?{_AMOUNT}"
    r"(?: (?:tablets?|capsules?|pills?|softgels?|gumm(?:y|ies)|caplets?))? ?"
    r"(?:\+|&|and|plus) ?(?:(?:her|his|the|a|an|one|two|half a|[12]) )?$"
)
_ONCE = ("1/day", "1/week", "1/month")
_ALL = re.compile(r"^\W{0,3}(?:both|all|each)\b")
_OTHER_NAME = re.compile(r" ?\((?:generic|brand|aka|generic for)? ?")
_STOPPED_WITH = re.compile(
    r"\b(?:along|together|at the same time|same time|same day) (?:w/|with|as)(?: (?:the|her|his))? $"
)
_UNDER_A_TIME = re.compile(  # "in the box every morning: A 25 mg, B 81 mg and C"
    r"(?:^|[.;,\n] ?|\b(?:box|organizer|planner|takes?|has|pills|meds|slot) )(?:(?:in|the|every|each|at|with|her|"
    r"his) )*"
    r"(?P<time>q?am|mornings?|noon|midday|lunch|q?pm|evenings?|supper|dinner|q?hs|bedtime|nights?|nightly|breakfast)"
    r"(?: (?:meds?|pills?|box|slot|time|ones))? ?(?::|=|->|→| - | – ) ?$"
)
_WHEN = (
    (("am", "qam", "morning", "mornings"), "morning"),
    (("noon", "midday"), "noon"),
    (("lunch",), "with lunch"),
    (("pm", "qpm", "evening", "evenings"), "evening"),
    (("supper", "dinner"), "with dinner"),
    (("hs", "qhs", "bedtime"), "bedtime"),
    (("night", "nights", "nightly"), "night"),
    (("breakfast",), "with breakfast"),
)
_SELDOM_DAILY = wordlist.words("sig", "seldom_daily.txt")
_NEXT_IN_LIST = re.compile(r"^[^.;:\n?]{0,40}(?:,|\band|&|\+|/) ?$")


def shared(line: Line, medications: list[MedicationMention]) -> list[MedicationMention]:
    """The mentions, with what a later one of the same list says of when and how often."""
    out = _under_a_time(line, list(medications))
    for i in range(len(out) - 2, -1, -1):
        out[i], out[i + 1] = _in_one(line, *_by_two_names(line, out[i], out[i + 1]))
        one, after = out[i], out[i + 1]
        gap = line.low[one.end : after.start]
        if one.frequency or one.as_needed:
            continue
        alike = one.status == after.status and one.subject == after.subject
        if alike and (_each(line, out, i) or _once_for_both(after, gap)):
            out[i] = replace(one, frequency=after.frequency, as_needed=after.as_needed, timing=after.timing)
            continue
        if one.strength or one.dose:
            continue
        if one.ingredients and one.ingredients == after.ingredients and _SAME_DRUG.match(gap):
            out[i] = replace(
                one,
                strength=after.strength,
                dose=after.dose,
                route=one.route or after.route,
                frequency=after.frequency,
                as_needed=after.as_needed,
                duration=after.duration,
                timing=after.timing,
            )
        elif alike and _joined(line, out, i, gap):
            out[i] = replace(
                one,
                frequency=after.frequency,
                as_needed=after.as_needed,
                duration=one.duration or after.duration,
                timing=after.timing,
            )
    return out


def _under_a_time(line: Line, medications: list[MedicationMention]) -> list[MedicationMention]:
    """The mentions; those of a list behind a time of day are taken once a day then, where nothing else is said."""
    if (
        ":" not in line.low
        and "=" not in line.low
        and ">" not in line.low
        and "→" not in line.low
        and " - " not in line.low
    ):
        return medications
    when = None
    for i, one in enumerate(medications):
        if when and not _NEXT_IN_LIST.match(line.low[medications[i - 1].end : one.start]):
            when = None
        if head := _UNDER_A_TIME.search(line.low[: one.start]):
            when = _timing_of(head["time"])
        told = one.frequency is not None or one.as_needed or one.route == "injection"
        if when and one.status == "active" and not told and _SELDOM_DAILY.isdisjoint(one.ingredients):
            medications[i] = replace(one, frequency="1/day", timing=one.timing or when)
        elif when and one.frequency == "1/day" and i + 1 < len(medications):
            gap = line.low[one.end : medications[i + 1].start]
            if (head := _UNDER_A_TIME.search(gap)) and one.timing == _timing_of(head["time"]):
                medications[i] = replace(one, timing=when)  # "noon - A 300 mg, hs - B": the last is of B
    return medications


def _timing_of(word: str) -> str:
    return next(timing for words, timing in _WHEN if word in words)


def _by_two_names(
    line: Line, one: MedicationMention, after: MedicationMention
) -> tuple[MedicationMention, MedicationMention]:
    """The directions of a drug by both its names: "Lipitor 40 mg (atorvastatin) 1 tab qhs"."""
    named = one.ingredients and one.ingredients == after.ingredients
    if not named or not _OPENS.fullmatch(line.low, one.end, after.start) or not _CLOSES.match(line.low, after.end):
        return one, after
    return _filled(one, after), _filled(after, one)


def _filled(one: MedicationMention, other: MedicationMention) -> MedicationMention:
    return replace(
        one,
        strength=one.strength or other.strength,
        dose=one.dose or other.dose,
        route=one.route or other.route,
        frequency=one.frequency or other.frequency,
        as_needed=one.as_needed or other.as_needed,
        duration=one.duration or other.duration,
        timing=one.timing or other.timing,
    )


def _in_one(
    line: Line, one: MedicationMention, after: MedicationMention
) -> tuple[MedicationMention, MedicationMention]:
    """The status that is told of one name of a drug told of the other too, and of what was stopped along with it."""
    told, told_after = _status_cue(one), _status_cue(after)
    gap = line.low[one.end : after.start]
    if told and not told_after:
        named = one.ingredients == after.ingredients and _OTHER_NAME.fullmatch(gap)
        if named or (told.start >= one.end and _STOPPED_WITH.search(gap)):
            after = replace(after, status=one.status, cues=(*after.cues, told))
    elif told_after and not told and one.ingredients == after.ingredients and _OTHER_NAME.fullmatch(gap):
        one = replace(one, status=after.status, cues=(*one.cues, told_after))
    return one, after


def _status_cue(one: MedicationMention) -> Cue | None:
    for cue in one.cues:
        if cue.sets == "status":
            return cue
    return None


def _each(line: Line, medications: list[MedicationMention], i: int) -> bool:
    """ "vit d 2000 iu and biotin 5000 mcg, both daily": amounts of their own, and one time for all."""
    while i + 1 < len(medications) and _AND_AMOUNT.match(line.low[medications[i].end : medications[i + 1].start]):
        i += 1
    return bool(_AMOUNT_ALL.match(line.low[medications[i].end :]))


def _once_for_both(after: MedicationMention, gap: str) -> bool:
    """ "Plavix 75 + ASA 81 qd": amounts of their own, and one time for both; more than once a day may be told of the
    last alone ("donepezil 10 + memantine 10 bid")."""
    return after.frequency in _ONCE and not after.as_needed and bool(_AND_ITS_AMOUNT.match(gap))


def _joined(line: Line, medications: list[MedicationMention], i: int, gap: str) -> bool:
    """Joined by "and", or by a comma in a list that ends so or stands under "both" or "all"."""
    last = len(medications) - 1
    if _AND.match(gap):
        return True
    if not _COMMA.match(gap):
        return False
    for j in range(i + 1, last + 1):
        after = line.low[medications[j].end : medications[j + 1].start] if j < last else line.low[medications[j].end :]
        if j < last and (_AND.match(after) or _COMMA.match(after)):
            if _AND.match(after):
                return True
            continue
        return bool(_ALL.match(after))
    return False
