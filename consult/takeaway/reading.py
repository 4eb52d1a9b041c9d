"""What a Sig says, read into parts that every language can say.

A part that is not understood is marked, never guessed and never passed on as typed: the patient is then told
to ask. The accepted words are data (words/forms.yaml).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from consult.domain.medication import Sig
from consult.takeaway.words import Forms

Number = tuple[Decimal, Decimal]  # low and high; equal where there is no range

LEAST, MOST = Decimal("0.001"), Decimal(10_000_000)  # anything else is a slip of the hand
NUMBER = r"(\d+(?:\.\d+)?(?:/\d+)?)"
RANGE = rf"{NUMBER}(?:\s*(?:-|–|to)\s*{NUMBER})?"
AMOUNT = re.compile(rf"{RANGE}\s*([a-zµ]+)?(?:\(s\))?")
RATE = re.compile(rf"{RANGE}\s*/\s*(day|week|month|year)")
EVERY = re.compile(rf"every\s+(?:{RANGE}\s*)?(minute|hour|day|week|month|year)s?")
OFFSET = re.compile(rf"{RANGE}\s*(min|minute|hr|hour)s?\s+(before|after)\s+(.+)")
CLOCK = re.compile(r"(?:at )?(1[0-2]|[1-9])(?::([0-5]\d))? ?([ap])\.?m\.?")
OTHER_DAYS = ("other days",)
SPAN = re.compile(rf"(?:for\s+)?{RANGE}\s*(day|week|month|dose)s?(?:\s+only)?")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much each time; `unit` is a key of the unit words, "" for a bare count."""

    number: Number
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time by the clock; `hour` is 1 to 12."""

    hour: int
    minutes: str
    half: Literal["a", "p"]


Slot = str | Clock  # a key of the timing words, or the hour


@dataclass(frozen=True, slots=True)
class Part:
    """One of several amounts, with its time of the day or its weekdays; OTHER_DAYS are those not named."""

    amount: Amount
    slot: Slot | None = None
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rate:
    """How often. `kind` "times": so many times a period; "every": with that much time between; "once"; "days"."""

    kind: Literal["times", "every", "every-other-day", "once", "weekdays"]
    number: Number = (Decimal(1), Decimal(1))
    period: str = ""
    days: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Offset:
    """ "30 minutes before breakfast"."""

    number: Number
    unit: str
    side: Literal["before", "after"]
    anchor: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A Sig in parts; `unread` names the fields that said something which was not understood."""

    route: str
    amount: Amount | None = None
    parts: tuple[Part, ...] = ()
    rate: Rate | None = None
    slots: tuple[Slot, ...] = ()
    around: tuple[str | Offset, ...] = ()
    as_needed: bool = False
    duration: tuple[Number, str] | None = None
    unread: frozenset[str] = frozenset()


def read_sig(sig: Sig, forms: Forms) -> Reading:
    """The parts of a Sig that can be told to a patient."""
    unread: set[str] = set()
    amount = read_amount(sig.dose, forms)
    parts = () if amount else _parts(sig.dose, forms)
    if sig.dose and amount is None and not parts:
        unread.add("dose")
    route = _route(sig.route, amount or (parts[0].amount if parts else None), forms)
    if amount is None and not parts and not unread and route in forms.strength_is_dose:
        amount = read_amount(sig.strength, forms)
        if amount is not None and not amount.unit:
            amount = None
        if sig.route is None:
            route = _route(None, amount, forms)
    rate, timed = _rate(sig.frequency, forms)
    if sig.frequency and rate is None:
        unread.add("frequency")
    days, timing = _weekdays(sig.timing, forms)
    slots, around, understood = _timing(timing, forms)
    if days and (settled := _on_days(rate, days)):
        rate = settled
    elif days:
        understood = False  # "daily" and "on Monday": somebody has to ask which
    if not understood:
        unread.add("timing")
    if timed and timed not in slots:
        slots = (*slots, timed)
    if parts and _against(parts, rate):
        parts = ()
        unread.add("dose")
    duration = _duration(sig.duration)
    if sig.duration and duration is None:
        unread.add("duration")
    return Reading(route, amount, parts, rate, slots, around, sig.as_needed, duration, frozenset(unread))


def _number(low: str, high: str | None) -> Number | None:
    try:
        first = _decimal(low)
        last = _decimal(high) if high else first
    except (ArithmeticError, ValueError):
        return None
    return (first, last) if LEAST <= first <= last <= MOST else None


def _decimal(text: str) -> Decimal:
    if "/" in text:
        top, bottom = text.split("/")
        return Decimal(top) / Decimal(bottom)
    return Decimal(text)


def read_amount(text: str | None, forms: Forms) -> Amount | None:
    """A number with a unit ("1-2 tablet", "25 mg"), None where it is anything else."""
    plain = (text or "").strip().lower().replace(",", "").replace("½", "0.5")
    plain = re.sub(r"^(half|a half|one half)( an?)? ", "0.5 ", plain)
    found = AMOUNT.fullmatch(plain)
    if not found:
        return None
    number = _number(found[1], found[2])
    word = found[3] or ""
    unit = forms.units.get(word, "")
    if number is None or (word and not unit):
        return None
    return Amount(number, unit)


def _parts(text: str | None, forms: Forms) -> tuple[Part, ...]:
    """Several amounts, each with its time ("2 tablet morning, 1 tablet 8 pm") or days; () where one is not read."""
    parts: list[Part] = []
    for said in (text or "").lower().split(", "):
        words = said.split()
        unit = 1 + (len(words) > 2 and words[1] in forms.units)
        amount, when = read_amount(" ".join(words[:unit]), forms), " ".join(words[unit:])
        slot, days = _slot(when, forms), tuple(forms.weekdays.get(day, "") for day in when.split("/"))
        if slot is None and when in OTHER_DAYS:
            days = OTHER_DAYS
        if amount is None or (slot is None and not all(days)):
            return ()
        parts.append(Part(amount, slot, () if slot else days))
    whens = [when for part in parts for when in ((part.slot,) if part.slot else part.days)]
    alike = len({part.slot is None for part in parts}) == 1
    return tuple(parts) if len(parts) > 1 and alike and len(set(whens)) == len(whens) else ()


def _against(parts: tuple[Part, ...], rate: Rate | None) -> bool:
    """Whether how often is told otherwise than by the amounts."""
    if rate is None:
        return False
    times = Decimal(len(parts)) if parts[0].slot else Decimal(1)
    if parts[0].days and rate.period == "week":
        times = Decimal(sum(len(part.days) for part in parts))
    return rate.kind != "times" or rate.number != (times, times) or (rate.period != "day" and parts[0].slot is not None)


def _slot(piece: str, forms: Forms) -> Slot | None:
    if found := CLOCK.fullmatch(piece):
        return Clock(int(found[1]), found[2] or "", "a" if found[3] == "a" else "p")
    key = forms.timings.get(piece)
    return key if key in forms.slots else None


def _route(route: str | None, amount: Amount | None, forms: Forms) -> str:
    unit = amount.unit if amount else ""
    if route in forms.routes:
        return forms.route_units.get((route, unit), route)
    return forms.unit_routes.get(unit, "oral")


def _rate(text: str | None, forms: Forms) -> tuple[Rate | None, str]:
    """The rate, and the time of day that the word itself tells ("bedtime")."""
    plain = " ".join((text or "").lower().split())
    if not plain:
        return None, ""
    one = Decimal(1)
    if plain in forms.timed_frequencies:
        return Rate("times", (one, one), "day"), forms.timed_frequencies[plain]
    plain = forms.frequencies.get(plain, plain)
    if plain == "once":
        return Rate("once"), ""
    if plain == "every other day":
        return Rate("every-other-day"), ""
    if found := RATE.fullmatch(plain):
        number = _number(found[1], found[2])
        return (Rate("times", number, found[3]), "") if number and _whole(number) else (_rare(number, found[3]), "")
    if found := EVERY.fullmatch(plain):
        number = _number(found[1] or "1", found[2])
        return (Rate("every", number, found[3]), "") if number and _whole(number) else (None, "")
    said = [word for word in re.split(r"[\s,;&/]+", plain) if word not in ("", "on", "and", "every")]
    days = [forms.weekdays.get(word, "") for word in said]
    if days and all(days):
        return Rate("weekdays", days=tuple(dict.fromkeys(days))), ""
    return None, ""


def _rare(number: Number | None, period: str) -> Rate | None:
    """A rate below one, such as 0.33/day, as "every 3 days" where that is a whole number."""
    if number is None or number[0] != number[1] or number[0] >= 1:
        return None
    between = (1 / number[0]).quantize(Decimal(1))
    if abs(between * number[0] - 1) > Decimal("0.02"):
        return None
    return Rate("every", (between, between), period)


def _whole(number: Number) -> bool:
    return all(part == part.to_integral_value() for part in number)


def _weekdays(text: str | None, forms: Forms) -> tuple[tuple[str, ...], str]:
    """The weekdays in a timing ("monday, friday, bedtime"), and what is left of it."""
    pieces = [piece.strip() for piece in (text or "").lower().split(",")]
    days = [forms.weekdays[piece] for piece in pieces if piece in forms.weekdays]
    return tuple(dict.fromkeys(days)), ", ".join(piece for piece in pieces if piece not in forms.weekdays)


def _on_days(rate: Rate | None, days: tuple[str, ...]) -> Rate | None:
    """The weekdays as the rate, where so many times a week were said or none; None where the two differ."""
    times = Decimal(len(days))
    if rate is None or (rate.kind == "times" and rate.period == "week" and rate.number == (times, times)):
        return Rate("weekdays", days=days)
    return rate if rate.kind == "weekdays" and set(rate.days) == set(days) else None


def _timing(text: str | None, forms: Forms) -> tuple[tuple[Slot, ...], tuple[str | Offset, ...], bool]:
    slots: list[Slot] = []
    around: list[str | Offset] = []
    understood = True
    plain = " ".join((text or "").lower().split())
    pieces = [plain] if plain in forms.timings else re.split(r"\s*[,;&+/]\s*|\s+and\s+", plain)
    for piece in pieces:
        if not piece:
            continue
        key = forms.timings.get(piece)
        if slot := _slot(piece, forms):
            slots.append(slot)
        elif key is not None:
            around.append(key)
        else:
            offset = _offset(piece, forms)
            understood = understood and offset is not None
            if offset:
                around.append(offset)
    return tuple(dict.fromkeys(slots)), tuple(dict.fromkeys(around)), understood


def _offset(piece: str, forms: Forms) -> Offset | None:
    found = OFFSET.fullmatch(piece)
    number = _number(found[1], found[2]) if found else None
    anchor = forms.anchors.get(found[5]) if found else None
    if not found or number is None or anchor is None:
        return None
    return Offset(
        number, "hour" if found[3].startswith("h") else "minute", "before" if found[4] == "before" else "after", anchor
    )


def _duration(text: str | None) -> tuple[Number, str] | None:
    found = SPAN.fullmatch((text or "").strip().lower())
    number = _number(found[1], found[2]) if found else None
    return (number, found[3]) if found and number else None
