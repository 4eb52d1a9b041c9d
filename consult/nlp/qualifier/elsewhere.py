"""Cues of status that speak of something else than the use of a drug."""

from __future__ import annotations

import re

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import Hit
from consult.nlp.qualifier.status_wordings import CHANGE

ENDING = (
    r"(?:stop|quit|d/c|discontinu|com(?:e|ing) off|go(?:ing)? (?:off|without)|get(?:ting)? off|giv(?:e|ing) (?:it |"
    r"them )?up|cut(?:ting)? (?:back|down|out)|taper|wean|switch|chang|drop|skip|hold|lower|reduc)"
)
_OTHER_THAN = Rare(
    r"^ (?:something|anything|some|an?|another|any)? ?(?:thing|one|drug|med|option)?(?:other than|else than|else for|"
    r"besides|alternatives? (?:to|for)|replacement for|substitute for|stronger than|better than|cheaper than|"
    r"in place of)\b"
)
_WISHES = frozenset(
    (
        *("wants", "want", "plans", "plan", "agreed", "needs", "need", "hopes", "going", "will", "would", "to", "like"),
        *("about", "consider", "considering", "discussed", "discussing"),
    )
)
_CHANGES_IT = re.compile(
    rf"^ (?:to )?(?:try )?(?:{CHANGE}|hold|skip|keep|continue|stay|refill|renew|recheck|monitor|check|review|move)\b"
)
_WHEN_NEEDED = re.compile(r"\bprn\b|\bas needed\b|\bonly (?:if|when|for)\b|\b(?:rarely|seldom|occasional\w*|rescue)\b")
_THE_REST = re.compile(r"\b(?:the rest|rest|leftovers?|remaining|the old|old ones?)\b")
_SWITCHED = Rare(r"\b(?:switch|chang|swap|mov|convert|transition)\w* (?:\w+ ){0,2}(?:to|over)\b")
_WENT_CLOSE = 25  # characters between "went to" and the drug
_CLOSE = 8  # characters between "the rest of" and the drug


def _around() -> dict[str, list[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]]]:
    """By the first word of a cue: how it begins, and what stands right before and right behind it."""
    found: dict[str, list[tuple[str, re.Pattern[str] | None, re.Pattern[str] | None]]] = {}
    for row in wordlist.lines("qualifier", "elsewhere.txt"):
        cues, _, around = row.partition(" | ")
        before, _, behind = around.replace("{ending}", ENDING).partition("{cue}")
        for one in cues.split("; "):
            shapes = re.compile(f"{before}$") if before else None, re.compile(f"^{behind}") if behind else None
            found.setdefault(one.split(" ", 1)[0], []).append((one, *shapes))
    return found


_AROUND = _around()


def speaks_elsewhere(line: Line, drugs: list[Drug], hit: Hit, after: str) -> bool:
    """ "BPs held in the 120s", "d/c list has ...", "if the plan denies Ajovy"; `after` are the words behind the cue."""
    low = hit.low
    for begins, before, behind in _AROUND.get(low.split(" ", 1)[0], ()):
        if (
            low.startswith(begins)
            and (before is None or before.search(line.low[: hit.start]))
            and (behind is None or behind.match(after))
        ):
            return True
    if _OTHER_THAN.match(after, line.lacks) and any(drug.start >= hit.end for drug in drugs):
        return True  # "would like to try something other than Chantix"
    if low.rpartition(" ")[2] in _WISHES and _CHANGES_IT.match(after):
        return True  # "neurology wants to taper the ropinirole"
    if low.startswith("none since"):  # of what is taken as needed
        return _WHEN_NEEDED.search(line.low) is not None
    if low.startswith("went"):
        return not any(0 <= drug.start - hit.end <= _WENT_CLOSE for drug in drugs)
    if not _THE_REST.search(low) or any(0 <= drug.start - hit.end <= _CLOSE for drug in drugs):
        return False
    return _SWITCHED.search(line.low, line.lacks, 0, hit.start) is not None
