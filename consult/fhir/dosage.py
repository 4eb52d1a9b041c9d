"""Directions for use as a FHIR Dosage, and back: only what the normal form says; the rest stays in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from consult.domain.medication import Sig
from consult.fhir.codes import UCUM, Json
from consult.fhir.make import text, whole

PERIODS = {"hour": "h", "day": "d", "week": "wk", "month": "mo"}
WORDS_OF = {code: word for word, code in PERIODS.items()} | {"h": "hour", "min": "minute"}
WHEN = {"in the morning": "MORN", "at noon": "NOON", "in the evening": "EVE", "at bedtime": "HS"}
DAYS_OF = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.0}
_TIMES = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+))?/(day|week|month)")
_EVERY = re.compile(r"every (\d+)(?:-(\d+))? (hour|day|week|month)s?")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)(?:\s*-\s*(\d+(?:\.\d+)?))?\s*([^\d].*)?")
_MASS = {"mg", "g", "mcg", "mL", "ml", "ug"}


def dosage(sig: Sig) -> list[Json]:
    """The Dosage of the directions, with them as text; empty where nothing is known."""
    words = sig_text(sig)
    if not words:
        return []
    amount = _amount(sig.dose or "")
    return [
        whole(
            {
                "text": words,
                "timing": _timing(sig),
                "asNeededBoolean": True if sig.as_needed else None,
                "route": text(sig.route or ""),
                "doseAndRate": [amount] if amount else None,
                "additionalInstruction": [text(sig.timing)] if sig.timing and sig.timing not in WHEN else None,
            }
        )
    ]


def sig_text(sig: Sig) -> str:
    """The directions in one line, as recorded."""
    parts = [sig.strength, sig.dose, sig.route, sig.frequency, sig.timing, "as needed" if sig.as_needed else None]
    if sig.duration:
        parts.append(f"for {sig.duration}")
    return ", ".join(part for part in parts if part)


def _timing(sig: Sig) -> Json:
    repeat: dict[str, Any] = {}
    frequency = sig.frequency or ""
    if found := _TIMES.fullmatch(frequency):
        low, high, unit = float(found[1]), found[2], PERIODS[found[3]]
        if low == int(low):
            repeat = {"frequency": int(low), "period": 1, "periodUnit": unit}
            if high:
                repeat["frequencyMax"] = int(high)
        elif unit == "d" and low == 0.5:
            repeat = {"frequency": 1, "period": 2, "periodUnit": "d"}
    elif found := _EVERY.fullmatch(frequency):
        repeat = {"frequency": 1, "period": int(found[1]), "periodUnit": PERIODS[found[3]]}
        if found[2]:
            repeat["periodMax"] = int(found[2])
    if sig.timing in WHEN and repeat.get("periodUnit") != "h":
        repeat["when"] = [WHEN[sig.timing]]
    if repeat:
        return {"repeat": repeat}
    return {"code": text(frequency)} if frequency else {}


def _amount(dose: str) -> Json | None:
    found = _AMOUNT.fullmatch(dose.strip())
    if not found:
        return None
    unit = (found[3] or "").strip()
    coded = {"system": UCUM, "code": {"ml": "mL", "mcg": "ug"}.get(unit, unit)} if unit in _MASS else {}
    if found[2]:
        low, high = ({"value": _number(part), "unit": unit, **coded} for part in (found[1], found[2]))
        return {"doseRange": {"low": low, "high": high}}
    return {"doseQuantity": {"value": _number(found[1]), "unit": unit, **coded}}


def _number(digits: str) -> float | int:
    value = float(digits)
    return int(value) if value == int(value) else value


# --- and back


def read_dosage(dosages: Iterable[Any]) -> tuple[Sig, str]:
    """The directions of the first Dosage, and its text; what is not understood stays in the text only."""
    first = next((one for one in dosages if isinstance(one, dict)), None)
    if first is None:
        return Sig(), ""
    repeat = _inner(first, "timing", "repeat")
    amounts = first.get("doseAndRate")
    quantity: Any = {}
    if isinstance(amounts, list) and amounts and isinstance(amounts[0], dict):
        quantity = amounts[0].get("doseQuantity") or _inner(amounts[0], "doseRange", "low")
    return (
        Sig(
            dose=_dose(quantity),
            route=_route(first.get("route")),
            frequency=_frequency(repeat) or _code_text(_inner(first, "timing", "code")),
            as_needed=first.get("asNeededBoolean") is True or isinstance(first.get("asNeededCodeableConcept"), dict),
            timing=_when(repeat),
        ),
        str(first.get("text") or ""),
    )


def _inner(value: Any, *names: str) -> dict[str, Any]:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _dose(quantity: Any) -> str | None:
    value = quantity.get("value") if isinstance(quantity, dict) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    unit = str(quantity.get("unit") or quantity.get("code") or "").strip().lower()
    unit = re.sub(r"^\{?([a-z ]+?)s?\}?$", r"\1", unit) if not unit.startswith("m") else unit
    return f"{value:g} {unit}".strip()


def _frequency(repeat: dict[str, Any]) -> str | None:
    times, period, unit = repeat.get("frequency", 1), repeat.get("period"), repeat.get("periodUnit")
    if not isinstance(period, int | float) or not isinstance(times, int) or unit not in WORDS_OF or period <= 0:
        return None
    most = repeat.get("periodMax")
    if period == 1 and unit != "h":
        return f"{times}/{WORDS_OF[unit]}"
    if times == 1 and unit == "d" and period == 2 and not most:
        return "0.5/day"
    if times == 1:
        span = f"{period:g}-{most:g}" if isinstance(most, int | float) and most > period else f"{period:g}"
        plural = "" if span == "1" else "s"
        return f"every {span} {WORDS_OF[unit]}{plural}"
    if unit in DAYS_OF:
        daily = times / (period * DAYS_OF[unit])
        return f"{daily:g}/day" if daily == int(daily) else None
    return None


def _when(repeat: dict[str, Any]) -> str | None:
    codes = repeat.get("when")
    named = {code: word for word, code in WHEN.items()}
    return named.get(codes[0]) if isinstance(codes, list) and len(codes) == 1 else None


_ABBREVIATIONS = {
    "QD": "1/day", "BID": "2/day", "TID": "3/day", "QID": "4/day", "AM": "1/day", "PM": "1/day", "QOD": "0.5/day",
    "Q4H": "every 4 hours", "Q6H": "every 6 hours", "Q8H": "every 8 hours", "WK": "1/week", "MO": "1/month",
    "BED": "1/day",
}  # fmt: skip


def _code_text(code: dict[str, Any]) -> str | None:
    """The GTS abbreviation of a timing ("BID"), where there is no repeat."""
    codings = code.get("coding")
    for one in codings if isinstance(codings, list) else ():
        if isinstance(one, dict) and str(one.get("code", "")).upper() in _ABBREVIATIONS:
            return _ABBREVIATIONS[str(one["code"]).upper()]
    return _ABBREVIATIONS.get(str(code.get("text", "")).strip().upper())


_ROUTES = {
    "oral": "oral", "by mouth": "oral", "po": "oral", "subcutaneous": "subcutaneous", "inhalation": "inhaled",
    "respiratory tract": "inhaled", "inhaled": "inhaled", "topical": "topical", "cutaneous": "topical",
    "ophthalmic": "ophthalmic", "ocular": "ophthalmic", "otic": "otic", "auricular": "otic", "nasal": "nasal",
    "transdermal": "transdermal", "rectal": "rectal", "vaginal": "vaginal", "sublingual": "sublingual",
    "intramuscular": "injection", "intravenous": "injection", "injection": "injection",
}  # fmt: skip


def _route(concept: Any) -> str | None:
    if not isinstance(concept, dict):
        return None
    said = [str(concept.get("text") or "")]
    codings = concept.get("coding")
    said += [str(one.get("display") or "") for one in codings if isinstance(one, dict)] if codings else []
    for words in said:
        lower = words.strip().lower()
        for name, route in _ROUTES.items():
            if lower == name or lower.startswith((f"{name} ", f"{name}-")):
                return route
    return None
