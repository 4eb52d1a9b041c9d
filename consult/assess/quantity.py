"""How much a day: strength, dose and frequency read as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from consult.domain.medication import Sig

MILLIGRAMS = {"mg": 1.0, "g": 1000.0, "gram": 1000.0, "grams": 1000.0, "mcg": 0.001, "ug": 0.001}
_AMOUNT = re.compile(
    r"(\d+(?:,\d{3})*(?:\.\d+)?(?:\s*/\s*\d+(?:\.\d+)?)*)\s*(mg|mcg|ug|grams?|g)\b(?!\s*/\s*m?l)", re.IGNORECASE
)
_COUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:tab|cap|pill|puff|patch|spray|drop|lozenge|caplet|gelcap|softgel)")
_PER = re.compile(r"(\d+(?:\.\d+)?)\s*(?:x|times)?\s*/?\s*(?:a|per|every)?\s*(day|week|month)\b")
_EVERY = re.compile(r"(?:every\s*|q\s*)(\d+)(?:\s*(?:-|to)\s*(\d+))?\s*(?:hours?|hrs?|h)\b")
_WORDS = (
    (re.compile(r"\b(four times (?:a |per )?da(?:y|ily)|qid)\b"), 4.0),
    (re.compile(r"\b(three times (?:a |per )?da(?:y|ily)|tid)\b"), 3.0),
    (re.compile(r"\b((?:twice|two times) (?:a |per )?da(?:y|ily)|bid)\b"), 2.0),
    (re.compile(r"\b(every other day|qod)\b"), 0.5),
    (re.compile(r"\bmg a week\b"), 1 / 7),
    (re.compile(r"\b(once (?:a |per )?week|weekly|every week|qweek)\b"), 1 / 7),
    (re.compile(r"\b(once (?:a |per )?month|monthly)\b"), 1 / 30),
    (re.compile(r"\b(once (?:a |per )?day|daily|every (?:day|night|morning|evening)|bedtime|nightly)\b"), 1.0),
    (re.compile(r"\b(qd|qhs|qam|qpm)\b"), 1.0),
)
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|other days|days a week|(?:odd|even) days")
_APART = re.compile(r", | \+ ")
DAYS_OF = {"day": 1.0, "week": 7.0, "month": 30.0}


@dataclass(frozen=True, slots=True)
class Amount:
    """`daily_mg` None where no strength in weight is known; `a_week` None where no frequency is known.

    `assumed` is true where the day's amount rests on a frequency of once a day that nobody said.
    """

    daily_mg: float | None = None
    a_week: float | None = None
    assumed: bool = False


def amount(sig: Sig) -> Amount:
    """The amount of a product with one ingredient."""
    if not (sig.strength or sig.dose or sig.frequency):
        return Amount()
    if sig.dose and _APART.search(sig.dose):
        return _several(sig)
    strengths = parts(Sig(dose=sig.dose)) or parts(sig)  # "1000 mg" of 500 mg tablets is what is taken at a time
    times = _a_day(" ".join(text for text in (sig.frequency, sig.dose, sig.strength) if text))
    weekly = times * 7 if times is not None else None
    if len(strengths) != 1:
        return Amount(None, weekly)
    return Amount(strengths[0] * _count(sig) * (times if times is not None else 1.0), weekly, times is None)


def _several(sig: Sig) -> Amount:
    """Of "40 mg morning, 20 mg 2 pm" the sum; of amounts by weekday that of the day with most."""
    together = " + " in (sig.dose or "")
    each = [
        amount(
            replace(sig, dose=dose, frequency=sig.frequency if together else None if _a_day(dose) else "1/day")
        ).daily_mg
        for dose in _APART.split(sig.dose or "")
    ]
    a_week = amount(replace(sig, dose=None)).a_week
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return Amount(None, a_week)
    return Amount(max(known) if _DAY.search(sig.dose or "") else sum(known), a_week)


def parts(sig: Sig) -> tuple[float, ...]:
    """The strengths in mg, in the order written; empty where none is given in weight."""
    for text in (sig.strength, sig.dose):
        found = _AMOUNT.search(text or "")
        if found:
            factor = MILLIGRAMS[found[2].lower()]
            return tuple(float(part.replace(",", "")) * factor for part in re.split(r"\s*/\s*", found[1]))
    return ()


def _count(sig: Sig) -> float:
    for text in (sig.dose, sig.strength):
        found = _COUNT.search((text or "").lower())
        if found:
            return float(found[1])
    dose = (sig.dose or "").strip()
    return float(dose) if sig.strength and re.fullmatch(r"\d+(?:\.\d+)?", dose) else 1.0


def _a_day(text: str) -> float | None:
    lower = text.lower()
    if found := _EVERY.search(lower):
        return 24.0 / float(found[1])
    if found := _PER.search(_AMOUNT.sub(" ", lower)):
        return float(found[1]) / DAYS_OF[found[2]]
    for pattern, times in _WORDS:
        if pattern.search(lower):
            return times
    return None
