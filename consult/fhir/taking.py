"""One resource of another system as a value of ours, or the reason why it is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from consult.domain.fill import LONGEST_STAY, Fill, Stay
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.mention import Status
from consult.domain.patient import Allergy, Condition, Lab
from consult.fhir.codes import LOINC, NDC, Json, lab_of
from consult.fhir.dosage import read_dosage
from consult.fhir.drugs import Drug, DrugReader
from consult.fhir.make import clean
from consult.fhir.reading import Links

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
STATEMENTS: dict[str, Status] = {
    "active": "active", "completed": "completed", "intended": "intended", "stopped": "stopped", "on-hold": "on-hold",
    "unknown": "unknown", "not-taken": "not-taken",
}  # fmt: skip
REQUESTS: dict[str, Status] = {
    "active": "active", "on-hold": "on-hold", "completed": "completed", "stopped": "stopped", "unknown": "unknown",
}  # fmt: skip
NONE_KNOWN = {"716186003", "409137002", "428607008", "429625007"}  # SNOMED CT: no known (drug, food, …) allergy
STAYED_IN = {"IMP", "ACUTE", "NONAC"}  # HL7 v3-ActCode: inpatient, acute, non-acute (a nursing facility)
MEANT_NOT = {"entered-in-error", "refuted"}


class Left(Exception):
    """The resource is not taken; the text says why. It holds no words of a patient beyond a name of a thing."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A medication and when it was written, for choosing between several of the same drug."""

    row: Medication
    at: str


def objects(value: Any) -> list[Json]:
    """The objects of a list; empty for anything else, so that a broken element is as if it were not there."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def words_of(concept: Any) -> str:
    """What a person reads of a concept: its text, else the display of a code."""
    if not isinstance(concept, dict):
        return ""
    said = [concept.get("text"), *(one.get("display") for one in objects(concept.get("coding")))]
    return next((" ".join(clean(one).split())[:200] for one in said if isinstance(one, str) and one.strip()), "")


def codes_of(concept: Any, system: str = "") -> set[str]:
    codings = objects(concept.get("coding")) if isinstance(concept, dict) else []
    return {str(one.get("code")) for one in codings if not system or one.get("system") == system}


def day_of(*values: Any) -> str:
    """The first value that begins with a whole date, as YYYY-MM-DD; "" where there is none."""
    for value in values:
        if isinstance(value, dict):
            value = value.get("end") or value.get("start")
        if isinstance(value, str) and _DAY.match(value):
            return value[:10]
    return ""


def medication(one: Json, links: Links, drugs: DrugReader) -> Dated:
    """A MedicationStatement or MedicationRequest. Raises Left."""
    kind, status = one["resourceType"], str(one.get("status"))
    known = (STATEMENTS if kind == "MedicationStatement" else REQUESTS).get(status)
    if known is None:
        raise Left(f"its status is {status[:30]}")
    if kind == "MedicationRequest" and one.get("intent") in ("proposal", "option"):
        raise Left(f"it is only a {one['intent']}")
    if one.get("doNotPerform") is True:
        raise Left("it says that the drug is not to be given")
    drug = _drug(one, links, drugs)
    dosages = one.get("dosage" if kind == "MedicationStatement" else "dosageInstruction")
    sig, _ = read_dosage(dosages if isinstance(dosages, list) else [])
    sig = Sig(drug.strength, sig.dose, sig.route or drug.route, sig.frequency, sig.as_needed, None, sig.timing)
    reasons = one.get("reasonCode")
    row = Medication(
        id=medication_key(drug.ingredients, drug.name)[:80],
        name=drug.name,
        ingredients=drug.ingredients[:12],
        sig=sig,
        status=known,
        why=words_of(reasons[0]) if isinstance(reasons, list) and reasons else "",
        prescriber=_display(one.get("requester"), one, links),
        source="history",
        started=day_of(_inner(one, "effectivePeriod", "start")),
    )
    return Dated(row, day_of(one.get("dateAsserted"), one.get("authoredOn"), one.get("effectiveDateTime")))


def fill(one: Json, links: Links, drugs: DrugReader) -> tuple[Fill, Drug]:
    """A MedicationDispense. Raises Left."""
    status = str(one.get("status"))
    if status != "completed":
        raise Left(f"its status is {status[:30]}")
    day = day_of(one.get("whenHandedOver"), one.get("whenPrepared"))
    if not day:
        raise Left("it has no date")
    drug = _drug(one, links, drugs)
    supply, quantity = _number(_inner(one, "daysSupply", "value")), _number(_inner(one, "quantity", "value"))
    days = int(supply) if supply is not None and 0 < supply <= 400 else 0
    made = Fill(drug.name, day, days, drug.ingredients[:12], quantity if quantity and quantity > 0 else None)
    return made, drug


def stay(one: Json) -> Stay:
    """An Encounter as days in a hospital or a nursing facility. Raises Left."""
    kind = one.get("class")
    if str(kind.get("code") if isinstance(kind, dict) else "") not in STAYED_IN:
        raise Left("it is no stay in a hospital or nursing facility")
    if one.get("status") not in ("finished", "in-progress", "onleave"):
        raise Left(f"its status is {str(one.get('status'))[:30]}")
    first, last = day_of(_inner(one, "period", "start")), day_of(_inner(one, "period", "end"))
    try:
        length = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    except ValueError:
        raise Left("it has no whole dates of admission and discharge") from None
    if not 0 < length <= LONGEST_STAY:
        raise Left(f"its dates do not make a stay of 1 to {LONGEST_STAY} days")
    return Stay(first, last)


def allergy(one: Json, drugs: DrugReader) -> Allergy:
    """An AllergyIntolerance. Raises Left."""
    if codes_of(one.get("verificationStatus")) & MEANT_NOT:
        raise Left("it was refuted or entered in error")
    if codes_of(one.get("clinicalStatus")) & {"inactive", "resolved"}:
        raise Left("it is not active")
    said = words_of(one.get("code"))
    if codes_of(one.get("code")) & NONE_KNOWN or said.lower().startswith(("no known", "nkda", "nka")):
        raise Left("it says that none is known; ask and record it")
    drug = drugs.concept(one.get("code"))
    if drug is None:
        raise Left("it names no substance")
    reactions = [
        words_of(sign) for reaction in objects(one.get("reaction")) for sign in objects(reaction.get("manifestation"))
    ]
    key = "+".join(drug.ingredients) or drug.name.lower()
    felt = ", ".join(said for said in reactions if said)[:200]
    return Allergy(f"allergy:{key}"[:80], drug.name, drug.ingredients[:12], felt, "confirmed", "history")


def condition(one: Json) -> Condition:
    """A Condition. Raises Left."""
    if codes_of(one.get("verificationStatus")) & MEANT_NOT:
        raise Left("it was refuted or entered in error")
    if over := codes_of(one.get("clinicalStatus")) & {"inactive", "resolved", "remission"}:
        raise Left(f"it is {min(over)}")
    name = re.sub(r"\s*\((?:disorder|finding|situation)\)$", "", words_of(one.get("code"))).strip().lower()
    if not name:
        raise Left("it has a code without words")
    return Condition(
        f"condition:{name}"[:80], name, day_of(one.get("onsetDateTime"), one.get("onsetPeriod")), "history"
    )


def labs(one: Json) -> Iterator[Lab]:
    """An Observation: a value, or the parts of a panel such as blood pressure. Raises Left."""
    status = str(one.get("status"))
    if status not in ("final", "amended", "corrected", "preliminary"):
        raise Left(f"its status is {status[:30]}")
    day = day_of(
        one.get("effectiveDateTime"), one.get("effectivePeriod"), one.get("effectiveInstant"), one.get("issued")
    )
    parts = objects(one.get("component"))
    reasons: list[str] = []
    made: list[Lab] = []
    for part in [one, *parts] if "valueQuantity" in one or not parts else parts:
        try:
            made.append(_lab(part, day))
        except Left as left:
            reasons.append(str(left))
    if not made:
        raise Left(reasons[0])
    yield from made


def _lab(part: Json, day: str) -> Lab:
    row = next((known for code in codes_of(part.get("code"), LOINC) if (known := lab_of(code)) is not None), None)
    if row is None:
        raise Left("its code is not one that the checks use")
    quantity = part.get("valueQuantity")
    value = _number(quantity.get("value")) if isinstance(quantity, dict) else None
    if value is None:
        raise Left("it has no number")
    assert isinstance(quantity, dict)
    if quantity.get("comparator"):
        raise Left(f"it is only a bound ({quantity['comparator']}{value:g})")
    units = [str(one) for one in (quantity.get("code"), quantity.get("unit")) if one] or [""]
    for unit in units:
        ours = row.in_our_unit(value, unit)
        if ours is not None:
            return Lab(row.name, ours, row.unit, day)
    raise Left(f"its unit {units[-1][:20]} is not one for {row.name}" if units[-1] else "it has no unit")


def _drug(one: Json, links: Links, drugs: DrugReader) -> Drug:
    concept = one.get("medicationCodeableConcept")
    if concept is None and "medicationReference" in one:
        held = links.follow(one["medicationReference"], one)
        concept = held.get("code") if held is not None else {"text": one["medicationReference"].get("display")}
        if held is not None and not words_of(concept) and not codes_of(concept, NDC):
            parts = [drugs.concept(part.get("itemCodeableConcept")) for part in objects(held.get("ingredient"))]
            known = [part for part in parts if part is not None]
            if known:
                ingredients = tuple(sorted({word for part in known for word in part.ingredients}))
                return Drug(" / ".join(part.name for part in known)[:200], ingredients)
    drug = drugs.concept(concept)
    if drug is None:
        codes = sorted(codes_of(concept))
        raise Left(f"its code {codes[0][:20]} is not known here, and it has no words" if codes else "it names no drug")
    return drug


def _display(reference: Any, within: Json, links: Links) -> str:
    """The name of a person or place that a reference leads to."""
    if not isinstance(reference, dict):
        return ""
    if isinstance(reference.get("display"), str):
        return " ".join(clean(reference["display"]).split())[:200]
    held = links.follow(reference, within)
    return name_of(held) if held is not None else ""


def name_of(one: Json) -> str:
    """The name of a patient, practitioner or organization."""
    names = one.get("name")
    if isinstance(names, str):
        return " ".join(clean(names).split())[:200]
    for name in objects(names):
        given = name.get("given")
        given = " ".join(str(part) for part in given) if isinstance(given, list) else ""
        whole = name.get("text") or f"{given} {name.get('family') or ''}"
        if isinstance(whole, str) and whole.strip():
            return " ".join(clean(whole).split())[:200]
    return ""


def _inner(one: Json, *names: str) -> Any:
    value: Any = one
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
