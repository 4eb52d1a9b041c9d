"""What of the facts cannot be used as it stands, and why: never a guess, never silence."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.assess.situation import words_for
from consult.domain.alert import Unchecked
from consult.domain.facts import Facts
from consult.domain.medication import Medication, Sig
from consult.domain.patient import Lab
from consult.knowledge.tables import Knowledge

ROUTES = frozenset(
    (
        "oral", "sublingual", "buccal", "topical", "transdermal", "ophthalmic", "otic", "nasal", "inhaled", "vaginal",
        "rectal", "subcutaneous", "intramuscular", "intravenous", "injection", "intradermal", "intravitreal",
        "intrauterine", "subdermal", "implant", "intra-articular", "epidural", "intrathecal", "dental", "urethral",
        "feeding tube", "intravesical", "scalp", "irrigation",
    )
)  # fmt: skip
_BARE = re.compile(
    r"^\s*(\d+(?:\.\d+)?)(?:\s+(?:a day|daily|once|twice|bid|tid|qid|qd|qhs|nightly|at bedtime|every).*)?\s*$", re.I
)
MOST_TABLETS = 4
NOT_COMPARED = "not recognised; it is compared with no medication"


def set_aside(facts: Facts, knowledge: Knowledge) -> tuple[Facts, list[Unchecked]]:
    """The facts with the laboratory values that can be used, and what cannot, each with its reason."""
    labs: list[Lab] = []
    left: list[Unchecked] = []
    for lab in facts.labs:
        name = " ".join(lab.name.lower().replace("_", " ").split())
        known = knowledge.labs.get(name) or knowledge.labs.get(name.replace(" ", "_"))
        if known is None:
            left.append(Unchecked(lab.name, "this laboratory value is not known to the rules"))
        elif not known.takes(lab.unit):
            left.append(
                Unchecked(lab.name, f"{lab.value:g} {lab.unit}: the unit is not one of {', '.join(known.units)}")
            )
        elif not known.low <= lab.value <= known.high:
            left.append(Unchecked(lab.name, f"{lab.value:g} is not possible; check the number and its unit"))
        else:
            labs.append(lab if lab.name == known.name else replace(lab, name=known.name))
    left += [doubt for row in facts.medications for doubt in _of_row(row)]
    for text in facts.allergies:
        if not _known_allergy(text, knowledge):
            left.append(Unchecked(f"allergy: {text}", NOT_COMPARED))
    for text in facts.conditions:
        if not _known_condition(text, knowledge):
            left.append(Unchecked(f"condition: {text}", NOT_COMPARED))
    return (facts if tuple(labs) == facts.labs else replace(facts, labs=tuple(labs))), left


def _of_row(row: Medication) -> list[Unchecked]:
    left: list[Unchecked] = []
    route = (row.sig.route or "").lower()
    if route and route not in ROUTES:
        left.append(Unchecked(row.name, f"route {route!r} is not known; checked as taken into the whole body"))
    bare = _without_unit(row.sig)
    if bare:
        left.append(Unchecked(row.name, f"dose {bare!r} has no unit; limits of the dose are not checked"))
    return left


def _without_unit(sig: Sig) -> str:
    """A strength, or a dose too large for a number of tablets, without a unit; "" where there is none."""
    if sig.strength and _BARE.match(sig.strength):
        return sig.strength
    found = _BARE.match(sig.dose or "") if not sig.strength else None
    return (sig.dose or "") if found and float(found[1]) > MOST_TABLETS else ""


def _known_allergy(text: str, knowledge: Knowledge) -> bool:
    words = knowledge.words.own(" ".join(text.lower().split()))
    if not words or knowledge.canonical(words) in knowledge.known:
        return True
    if knowledge.words.of_no_concern(words, "allergen without a rule"):
        return True
    return any(words_for(pattern, (words,)) is not None for pattern in knowledge.allergens.values())


def _known_condition(text: str, knowledge: Knowledge) -> bool:
    words = " ".join(text.lower().split())
    own = knowledge.words.own(words)
    return not own or bool(knowledge.conditions_in(words)) or knowledge.words.of_no_concern(own)
