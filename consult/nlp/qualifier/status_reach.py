"""Which drugs a cue of status speaks of: the one behind it, the one before it, and those listed with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import get_args

from consult.domain.mention import Status
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import listed, same_sentence, sentence
from consult.nlp.qualifier.cue_meaning import KIN, meant
from consult.nlp.qualifier.cue_words import Hit
from consult.nlp.qualifier.status_wordings import CHANGE, commented, only_planned, planned

_STATUSES = frozenset(get_args(Status))
_COMMENTS = _STATUSES - {"active", "allergy"}
_NEAR = frozenset(wordlist.lines("qualifier", "near_cues.txt"))
_STOPPERS = wordlist.words("qualifier", "clause_words.txt")
_SIG_WORDS = wordlist.words("qualifier", "direction_words.txt")
_UNDER = frozenset(("on", "with", "w", "from", "since"))
_TAKEN_WITH = frozenset(("with", "w", "while", "on"))
_EXCEPT = frozenset(("except", "besides", "only"))
_FAR_REACH = 5
_STILL_TAKEN = re.compile(r"^ ?(?:still )?(?:(?:be )?(?:taking|takes|on|using|uses)\b|active|current|needs?)")
# "ON HOLD (pre-op): A, B", "never picked up from will-call: A, B": what stands over a list holds for all of it
_LIST_UNDER = re.compile(
    r"^(?! ?(?:it|because|bc|due|for|since|so|now|after|with|per|dose|of)\b)(?: [\w'/-]+){0,4}"
    r"(?: ?\([^)]{1,30}\))?[\"”]? ?(:| -+| –) ?$"
)
_A_CLAUSE = re.compile(r"[a-z].* .* .* .* ")
_ENDS_FAR = frozenset((",", ";", "-", "but", "because", "bc", "when", "since"))
_NEAR_REACH = 2
_OTHER_THOUGHT = re.compile(
    r"\.(?=\s|$)|\n|\b(?:takes?|taking|carries|carrying|keeps|needs|gets|has (?:an?|her|his)|tolerat\w+|on|uses?|"
    r"using|started|can take|ok with|okay with|fine with|switched|now|but)\b"
)
_AND = re.compile(r"\b(?:and|or|nor|plus|both|vs|versus)\b|[&+/]")
_FROM = re.compile(r"^[^.;,]{0,25} (?:from|instead of) (?:(?:the|her|his|my) )?$")
_BRACKETED = re.compile(r"^ ?\([^()]{1,40}\),? (?:and|or|nor|&) $")
_OTHER_ALLERGENS = re.compile(r"^(?: (?:\w[\w'-]* ?){1,3}(?:\([^()]*\))?,){1,6} (?:and )?$")
_NEW_FORM = re.compile(
    r"^ (?:the |a |an |her |his )?(?:oral |lower |higher |smaller |larger |chewable |different |early |late )?(?:\d|"
    r"dose\b|strength|liquid|susp\w*|solution|syrup|powder|sprinkles?|gumm\w+|pens?\b|vials?\b|tab\w*|cap\w*|generic|"
    r"brand|name brand|er\b|xr\b|ir\b|odt|(?:long|short|slow|extended|immediate)[ -](?:acting|release)|"
    r"patch|cream|half|once|twice|bid|tid|daily|qd|qhs|qam|qpm|hs|am\b|pm\b|night\w*|morning\w*|evening\w*|"
    r"afternoon\w*|noon|midday|bedtime|(?:with |w/ ?|before |after )?(?:breakfast|lunch|dinner|supper|food|meals?)\b|"
    r"time\b|every|prn|as needed|weekly|weekends?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|mail order)"
)
_REASON_FOR_PLAN = re.compile(
    r"\b(?:if|unless|since|because|bc|b/c|d/t|due to|instead of|given that|while on|already on|when off|after)\b"
)
_CHANGE_OF_TAKEN = re.compile(  # what is done with a drug that is taken
    rf"\b(?:{CHANGE}|move|keep|stay|continue|cont|monitor\w*|re-?check\w*|check\w*|f/u|follow\w*|review\w*|refill\w*|"
    r"renew\w*|levels?|"
    r"effects?|from|on|with current|timing of|while)(?: (?!then\b|start\b|and\b)[\w/]+){0,2} $"
)
_ON_A_DATE = re.compile(r"^ (?:on )?\d{1,2}/\d{1,2}\b")
_SUCH_AS = re.compile(
    r"[a-z][\w-]*,? \(?(?:such as|like|including|incl\.?|e\.?g\.?,?) $|"
    r"\b(?:all|any|every) (?:[\w/-]+ ){0,3}?[\w/-]+ \($"
)
_OF_THAT_KIND = re.compile(  # "off all BP meds including Norvasc"
    r"^ ?(?:[\w-]+ )?,? ?\(?(?:such as|like|including|incl\.?|esp\.?|especially|e\.?g\.?,?|i\.?e\.?,?) "
    r"(?:(?:the|her|his) )?$|^ ?\($"
)
_THE_OTHER = re.compile(
    r"^ (?:the|that) other(?: (?:one|bottle|pill|med|drug))?(?=$|[ .,;)])(?! (?:day|night|week|drugs|meds))"
)
_GOES_ON = re.compile(r"^,? ?(?:and|&|\+|then|so)(?= )")
_TO_BE_SWAPPED = re.compile(
    r"(?:switch|chang|swap|convert|rotat|transition|replac|trad|exchang|substitut|mov|go)(?:e|p?ing)?(?: out)?"
    r"(?: from)?$"
)
_SINCE_SWITCH = re.compile(r"(?:ever )?(?:since|after|with) .*from$")  # "X, better since switch from Y"
_DONE = re.compile(
    r"\b(?:had to|forced to|did|(?:made|had|let|helped) (?:her|him|me|them|us|pt)|"
    r"(?:since|after|upon|with|from|post|prior to|before)(?: (?:the|her|his))?) $"
)
_REASON = re.compile(r"^ (?:d/t|due to|b/c|bc|because|2/2|out of fear|over concern)\b")  # "X never filled d/t sulfa"
_WHEN_ANOTHER = re.compile(
    r"^ (?:(?:on |in )?(?:\d{1,2}/\d{1,2}(?:/\d\d)?|\w{3,9}) )?(?:when|once|as|since|after|because|bc|b/c|now that|"
    r"while|til|till|until|during|for|due to|d/t|b/c of|bc of|because of|in favor of|the (?:day|week|month))"
    r"(?: (?:the|her|his|my|they|he|she|we|md|pcp|gave|got|put|on|started|began|added|new))* $"
)
_ANOTHER_BEGINS = re.compile(  # "takes Claritin; tomorrow he starts Flonase"
    r"^,? (?:(?:she|he|pt|we|they|i|md|pcp|will|'ll|is|plans?|to|going|then|be) )*"
    r"(?:start|add|begin|switch|restart|resum|go(?:es|ing)? on)\w* "
)
_OF_IT = re.compile(r" (?:it|this|that|that one|this one)$")
_COMPANION = re.compile(
    r"\b(?:on top of|along with|together with|in addition to|besides|alongside|while (?:still )?(?:on|taking))"
    r"(?: (?:the|her|his|my|daily|other))* $"
)
_IT_BESIDE = re.compile(  # "Spiriva still there; told him it doubles up with Trelegy, binned it": the Spiriva
    r"\b(?:it|that|this) (?:doubles? (?:up )?(?:with|w/|on)|duplicates|interacts (?:with|w/)|clashes (?:with|w/)|"
    r"fights (?:with|w/)|is the same as|does the same as)(?: (?:the|her|his|my))? $"
)
_PAUSE = re.compile(r"[,;:]|\.(?=\s)|\n")
_RX_FOR = re.compile(
    r"(?:rx|script|prescription|refills?|bottle|box|order|supply|samples?|course|pack|dose) (?:for|of)"
    r"(?: (?:the|her|his|my))? $"
)


def planned_anew(line: Line, begin: int, start: int) -> bool:
    """Whether a plan that begins at one offset is to start the drug at the other.

    Not "plan: taper gabapentin", nor the second of "plan: add spironolactone since K low on Lasix".
    """
    between = line.low[begin:start]
    return not (_REASON_FOR_PLAN.search(between) or _CHANGE_OF_TAKEN.search(between))


def targets(
    line: Line, breaks: list[int], drugs: list[Drug], hit: Hit, status: str, side: str
) -> list[tuple[int, str]]:
    status = meant(line, breaks, drugs, hit, status)
    if status in ("took", "oldone", "nothing"):
        return []
    before = after = None
    for i, drug in enumerate(drugs):
        if drug.end <= hit.start:
            before = i
        elif drug.start >= hit.end:
            after = i
            break
    if after is not None and not same_sentence(breaks, hit.end, drugs[after].start):
        after = None
    if before and _OF_IT.search(hit.low) and _beside_another(line, breaks, drugs, before):
        before -= 1  # "takes Aleve on top of Xarelto, stopped it": the Aleve
    if before is not None and after is None and _THE_OTHER.match(line.low[hit.end :]) and status in _STATUSES:
        other = next((i for i in range(before, -1, -1) if drugs[i].ingredients != drugs[before].ingredients), None)
        if other is not None:
            return [(other, status)]  # "fills Benicar and Diovan, takes only the Diovan, never opened the other"
    over = _LIST_UNDER.match(line.low[hit.end : drugs[after].start]) if after is not None else None
    if (
        over
        and after is not None
        and status in _STATUSES
        and (over[1] == ":" or before is None)
        and not (side == "heading" and over[0].strip(" :-–"))  # "all meds same: A, B"
        and not _A_CLAUSE.search(line.low[sentence(line, breaks, hit.start)[0] : hit.start])
    ):
        stop = sentence(line, breaks, hit.end)[1]
        under = [i for i, drug in enumerate(drugs) if hit.end <= drug.start < stop]
        return [(i, status) for i in under if status != "intended" or planned_anew(line, hit.end, drugs[i].start)]
    sides = ("after", "either", "directly", "next")
    forward = after is not None and side in sides and _reaches(line, hit, drugs[after].start, side)
    goes_on = before is not None and _GOES_ON.match(line.low[hit.end :])
    if before is not None and goes_on and not _PAUSE.search(line.low[drugs[before].end : hit.start]):
        forward = False  # "lisinopril stopped and started on losartan", "lisinopril stopped and losartan started"
    if (
        before is not None
        and _ON_A_DATE.match(line.low[hit.end :])
        and not line.low[drugs[before].end : hit.start].strip()
    ):
        forward = False  # "doxycycline finished 2/11 w/ a prednisone burst"
    if (
        before is not None
        and after is not None
        and status in ("stopped", "on-hold")
        and _WHEN_ANOTHER.match(line.low[hit.end : drugs[after].start])
        and same_sentence(breaks, drugs[before].end, hit.start)
    ):
        forward = False  # "warfarin stopped when Eliquis came in"
    if hit.low == "back on" and before is not None and not line.low[hit.end :].strip(' .,;)"”!'):
        return [(before, "active")]  # "held 2 doses, back on"
    if status == "switched":
        if not forward and _NEW_FORM.match(line.low[hit.end :]):
            return []  # "KCl changed to liquid", "lisinopril changed to 20 mg"
        may_be = only_planned(line, hit.start, hit.low)  # "could be swapped for something else"
        out = [(after, "intended" if may_be else "active")] if forward and after is not None else []
        former = after + 1 if out and after is not None and after + 1 < len(drugs) else 0
        if former and _FROM.match(line.low[drugs[former - 1].end : drugs[former].start]):
            out.append((former, "stopped"))  # "switched to Basaglar from Lantus"
        if before is not None and same_sentence(breaks, drugs[before].end, hit.start):
            out.append((before, "active" if may_be else "stopped"))
        return out
    if status == "swap":
        if not forward or after is None:
            return []
        if after + 1 >= len(drugs):
            return [(after, "stopped")] if before is not None and _SINCE_SWITCH.match(hit.low) else []
        to = line.low[drugs[after].end : drugs[after + 1].start]
        if not re.search(r"\b(?:to|for|with|w)\b|→|->|=>", to[-12:]):
            return []
        if planned(line, hit.start) or (_TO_BE_SWAPPED.match(hit.low) and not _DONE.search(line.low[: hit.start])):
            return [(after, "active"), (after + 1, "intended")]
        return [(after, "stopped"), (after + 1, "active")]
    if status == "switching":
        if not forward or after is None:
            return []
        return [(after, "active"), *([(after + 1, "intended")] if after + 1 < len(drugs) else [])]
    if forward and after is not None and hit.low == "plan" and not planned_anew(line, hit.end, drugs[after].start):
        return []
    if forward and after is not None:
        status = "unknown" if status in ("unsure", "thinks") else status
        return [(i, status) for i in _onward(line, drugs, after, status)]
    if after is not None and hit.low == "tomorrow" and _ANOTHER_BEGINS.match(line.low[hit.end :]):
        return []
    if status == "unsure" and not _STILL_TAKEN.match(line.low[hit.end :]):
        return []  # "unsure if she should take it with food"
    behind = side in ("before", "either") or (side == "after" and _commented(line, breaks, drugs, before, hit, status))
    if side == "before" and before is not None and hit.low in _NEAR:
        behind = _only_directions(line, drugs[before].end, hit.start)  # "Norvasc 5, BP log sent in"
    if behind and before is not None:
        status = "unknown" if status in ("unsure", "thinks") else status
        return [(i, status) for i in _backward(line, drugs, before, hit)]
    return []


def _beside_another(line: Line, breaks: list[int], drugs: list[Drug], index: int) -> bool:
    """Whether a drug is named only as what the one before it is taken with."""
    before = line.low[: drugs[index].start]
    if _IT_BESIDE.search(before):
        return True
    return _COMPANION.search(before) is not None and same_sentence(breaks, drugs[index - 1].end, drugs[index].start)


def _commented(line: Line, breaks: list[int], drugs: list[Drug], before: int | None, hit: Hit, status: str) -> bool:
    """ "DRUG - plans to begin Monday": a cue that looks ahead speaks of the drug it comments on."""
    if before is None or status not in _COMMENTS or hit.low in _NEAR or hit.low in ("took", "avoid"):
        return False
    if not same_sentence(breaks, drugs[before].end, hit.start) or any(one.start >= hit.end for one in drugs):
        return False
    return commented(hit.low, line.low[hit.end :], bool(KIN.search(line.low[: drugs[before].start])))


def _reaches(line: Line, hit: Hit, start: int, side: str) -> bool:
    reach = 0 if side == "next" else _NEAR_REACH if side == "directly" or hit.low in _NEAR else _FAR_REACH
    if _REASON.match(line.low[hit.end : start]):
        return False
    first, last = hit.last, line.at(start)
    named = _SUCH_AS.search(line.low[hit.end : start]) or _RX_FOR.search(line.low[hit.end : start])
    if named:
        last = bisect_right(line.ends, hit.end + named.start())
    others = _OTHER_ALLERGENS.match(line.low[hit.end : start]) if hit.side("allergy") == "after" else None
    if others and not _OTHER_THOUGHT.search(others.group()):
        return True  # "allergic to shellfish, latex, Demerol"
    if first < last and line.lows[first] == ":":
        first += 1
    if sum(line.are_words[first:last]) > reach:
        return False
    between = line.lows[first:last]
    if not _EXCEPT.isdisjoint(between) and not hit.low.endswith(("except", "besides")):
        return False  # "denies OTCs except Tums"
    if hit.low in ("no", "no more", "denies", "denies any") and not _UNDER.isdisjoint(between):
        return False  # "no dizziness on lisinopril"
    if (hit.side("advised") or hit.low.startswith("avoid")) and not _TAKEN_WITH.isdisjoint(between):
        return False  # "avoid grapefruit with simvastatin"
    return (_ENDS_FAR if side == "after" and reach == _FAR_REACH else _STOPPERS).isdisjoint(between)


def _onward(line: Line, drugs: list[Drug], first: int, status: str) -> list[int]:
    """The drug after the cue and those listed with it."""
    out = [first]
    for i in range(first + 1, len(drugs)):
        if not _same_list(line, drugs, i, status):
            break
        out.append(i)
    return out


def _same_list(line: Line, drugs: list[Drug], i: int, status: str) -> bool:
    """Whether a cue before the drug ahead of this one speaks of this one, too."""
    start, end = drugs[i - 1].end, drugs[i].start
    gap = line.low[start:end]
    if status == "allergy":
        return not _OTHER_THOUGHT.search(gap)
    if status != "active" and drugs[i - 1].match == "class" and _OF_THAT_KIND.match(gap):
        return True
    if _BRACKETED.match(gap):
        return True  # "can't take Neurontin (swelling) or Lyrica"
    if listed(line, start, end):
        goes_on = "," not in gap or bool(_AND.search(line.low[start : drugs[-1].start]))
        dosed = re.match(r"\W{0,3}\d", line.low[drugs[i].end :])
        return goes_on or not dosed or status not in ("stopped", "intended", "active", "on-hold")
    both = _only_directions(line, start, end) and _AND.search(gap)
    return bool(both) and status in ("stopped", "intended", "unknown", "on-hold", "completed")


def _only_directions(line: Line, start: int, end: int) -> bool:
    """Nothing but amounts, directions and list marks stands between."""
    return all(
        low in _SIG_WORDS or low[0].isdigit() or low in ",&+/.%-" or low[0] == "q" for low in line.between(start, end)
    )


def _backward(line: Line, drugs: list[Drug], last: int, hit: Hit) -> list[int]:
    """The drug before the cue, and those joined to it by "and" or under "both"."""
    out = [last]
    both = "both" in line.low[drugs[last].end : hit.end + 1]
    for i in range(last - 1, -1, -1):
        gap = line.low[drugs[i].end : drugs[i + 1].start]
        if not (listed(line, drugs[i].end, drugs[i + 1].start) and (_AND.search(gap) or both or len(out) > 1)):
            break
        out.append(i)
    return out
