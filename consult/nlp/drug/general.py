"""Words for a kind of drug ("eye drops", "NSAIDs"): dropped where another name explains them or none is meant."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.line import Line

ANY_INSULIN = ("insulin",)
_FORM_GAP = re.compile(
    r"^\)?(?: (?:\(?\d[\w.,/%-]*|[.,/-]+|mg|mcg|%|iu|units?|xl|er|sr|hfa|cr|base|(?:mg|mcg)/(?:act|actuation|dose|inh|"
    r"spray|puff)|diskus|ellipta|respimat|handihaler|oral|nasal|ophthalmic|pressurized|metered|dose)\)?)* $"
)
_SOLD_AS = re.compile(r"\b(?:qty|quantity|disp(?:ense[ds]?)?|#) ?[:.#-]? ?\d+ $")  # "Qty 1 inhaler"
_NAMED_NEXT = re.compile(r"^(?:: | ?= ?| [-–] |,? ?[\"“(]|,? (?:called|named|i\.e\.|ie|aka) )[\"“]?$")
_DENIED = re.compile(
    r"\b(?:no|denies|denied|denying|without|not (?:on|using|taking) any|doesn't (?:use|take)(?: any)?|"
    r"never (?:uses|takes|used))\b"
    r"[^.;:]{0,60}$"
)
_NONE_TAKEN = re.compile(
    r"\b(?:no|denies|denied|denying|without|not (?:on|using|taking)|isn't (?:on|using|taking)|"
    r"(?:doesn't|does not|don't|do not|never) (?:takes?|uses?)|never (?:on|used|taken)|not interested in|"
    r"should (?:i|she|he|pt|they|we) (?:be )?(?:on|taking|take|start)|"
    r"consider(?:ing)?|candidate for|declin(?:es|ed)|would benefit from)"
    r"(?: (?:any|an?|use of|using|taking|other|otc|daily|regular|prescription|known|current|recent|frequent|"
    r"over the counter|adding|starting|trying|switching to|initiating|addition of))* $"
)
_LISTED = re.compile(r"^(?:,|/| or| and|, or|, and|,? any)+ ?(?:any |other )?$")
_TO_HEAD = re.compile(r"^(?:ok |okay |so |and )?(?:moving on to|now|next|as for|then|going to|under) ")
_HEADS = re.compile(r"^ *(?::| [-–]|[-–] |=| colon\b)")
_HAS_NONE = re.compile(r" ?[:=-] ?(?:none|no\b|n/a|nil|denies|neg|0\b)")


@cache
def _general() -> frozenset[str]:
    return frozenset(wordlist.lines("drug", "general_words.txt"))


def without_forms(line: Line, found: list[Drug]) -> list[Drug]:
    """Drops the class words that only tell the form of the drug before them: "Narcan 4 mg nasal spray"."""
    out: list[Drug] = []
    for drug in found:
        if drug.match == "class" and out and _FORM_GAP.match(line.low[out[-1].end : drug.start]):
            continue
        if drug.match == "class" and out and _SOLD_AS.search(line.low, out[-1].end, drug.start):
            continue
        out.append(drug)
    return out


def _named_by(line: Line, kind: Drug, drug: Drug) -> bool:
    """ "statin: Lipitor", "insulin: Lantus 30 units": a kind of drug, and behind it which one."""
    is_kind = kind.match == "class" or (kind.ingredients == ANY_INSULIN and "insulin " in "+".join(drug.ingredients))
    return is_kind and drug.match != "class" and bool(_NAMED_NEXT.match(line.low[kind.end : drug.start]))


def without_general(line: Line, found: list[Drug]) -> list[Drug]:
    """Drops a class word that another name explains ("eye drops, Lumigan"), and general words that are denied."""
    out: list[Drug] = []
    denied = -1
    for i, drug in enumerate(found):
        if i + 1 < len(found) and _named_by(line, drug, found[i + 1]):
            continue
        if drug.match == "class":
            before = line.low[: drug.start]
            if (
                not _TO_HEAD.sub("", before).strip(" -*#")
                and _HEADS.match(line.low[drug.end :])
                and line.low[drug.end - 1] == "s"
            ):
                continue  # "INHALERS - Spiriva 2 puffs", "Herbals: none"
            if line.low[drug.start : drug.end] in _general() and _DENIED.search(before):
                continue
            if _HAS_NONE.match(line.low[drug.end :]):
                continue  # "Anticoagulation: none"
            if _NONE_TAKEN.search(before) or (denied >= 0 and _LISTED.match(before[denied:])):
                denied = drug.end
                continue  # "denies any NSAIDs or steroids": no drug of the patient's is meant
        out.append(drug)
    return out
