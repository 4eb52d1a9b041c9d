"""Directions for use in plain words: when and how much, as a patient reads them on the takeaway.

A number of times a day becomes times of the day (universal medication schedule: morning, noon, evening,
bedtime). What is not known is said as such: the patient is told to ask, nothing is invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from consult.domain.medication import Sig
from consult.takeaway.reading import (
    OTHER_DAYS,
    Amount,
    Clock,
    Number,
    Offset,
    Part,
    Rate,
    Reading,
    Slot,
    read_amount,
    read_sig,
)
from consult.takeaway.words import load_forms, load_words

Words = Mapping[str, Any]


def how_to_take(sig: Sig, language: str = "en") -> str:
    """One to three short sentences; never empty and never a sig code."""
    words = load_words(language)
    reading = read_sig(sig, load_forms())
    if reading.amount is None and not reading.parts and not reading.rate and not reading.slots:
        return _hardly_known(reading, words)
    sentences = [_main_sentence(reading, words) + "."]
    if reading.as_needed and reading.rate and reading.rate.kind == "every":
        low = (reading.rate.number[0], reading.rate.number[0])
        unit = _counted(words["spans"].get(reading.rate.period), low)
        if unit:
            sentences.append(words["wait"].format(n=_digits(low[0]), unit=unit))
    return " ".join(sentences + _open_questions(reading, words))


def as_recorded(sig: Sig) -> str:
    """The directions for a prescriber, in English: no time of day that was not said, no question; "" for none."""
    words: Words = {**load_words("en"), "schedule": {}, "as_needed": "as needed"}
    reading = read_sig(sig, load_forms())
    if reading.amount is not None or reading.parts or reading.rate or reading.slots:
        return _main_sentence(reading, words) + "."
    said = [*(_around(item, words) for item in reading.around), *(["as needed"] if reading.as_needed else [])]
    return f"{words['routes'][reading.route]['alone']} {', '.join(said)}." if said else ""


def say_strength(strength: str, language: str = "en") -> str:
    """A strength with its unit in words ("2,000 units"); one that is no single amount stands as it is."""
    amount = read_amount(strength, load_forms())
    return _amount(amount, load_words(language)) if amount and amount.unit else strength


def _hardly_known(reading: Reading, words: Words) -> str:
    if not reading.as_needed and not reading.around:
        return str(words["ask_all"])
    head = words["routes"][reading.route]["alone"]
    tail = [words["as_needed"]] if reading.as_needed else []
    tail += [_around(item, words) for item in reading.around]
    return f"{head} {', '.join(tail)}. {words['ask_amount_often']}"


def _main_sentence(reading: Reading, words: Words) -> str:
    amount = _amount(reading.amount, words) if reading.amount else ""
    route = words["routes"][reading.route]
    head = route["amount"].format(amount=amount) if amount else route["alone"]
    tail = [_around(item, words) for item in reading.around]
    if reading.parts:
        if reading.parts[0].days and reading.slots:
            tail.insert(0, _joined([_slot_words(slot, words) for slot in reading.slots], words["and"]))
        amounts = [_amount(part.amount, words) for part in reading.parts]
        amounts[0] = route["amount"].format(amount=amounts[0])
        said = [f"{one} {_when(part, words)}" for one, part in zip(amounts, reading.parts, strict=True)]
        head = _joined(said, words["and"])
        return ", ".join([head, *tail, *([words["as_needed"]] if reading.as_needed else []), *_lasting(reading, words)])
    slots, often = _slots(reading, words)
    said = [_slot_words(slot, words) for slot in slots]
    if said and reading.rate and (reading.rate.kind != "times" or reading.rate.period != "day"):
        # "once a week" must stand before the time of day, or it is read as a daily medicine.
        tail.insert(0, _joined(said, words["and"]))
        said = []
    if said:
        first, *more = said
        parts = [f"{head} {first}", *(f"{amount} {slot}".strip() for slot in more)]
        head = _joined(parts, words["and"])
    if reading.as_needed:
        tail.append(words["as_needed"])
    if often and said:
        head += f" ({often})"
    elif often and reading.as_needed and reading.rate and reading.rate.kind == "times":
        head += f" {tail.pop()}"
        tail.insert(0, words["up_to"].format(times=often))
    elif often:
        head += f" {often}"
    tail += _lasting(reading, words)
    if reading.as_needed and not often and not said and len(tail) == 1:
        return f"{head} {tail[0]}"
    return ", ".join([head, *tail])


def _when(part: Part, words: Words) -> str:
    if part.slot is not None:
        return _slot_words(part.slot, words)
    if part.days == OTHER_DAYS:
        return str(words["other_days"])
    return _days(part.days, words)


def _days(days: tuple[str, ...], words: Words) -> str:
    return str(words["on_days"].format(days=_joined([words["weekdays"][day] for day in days], words["and"])))


def _slot_words(slot: Slot, words: Words) -> str:
    if not isinstance(slot, Clock):
        return str(words["timings"][slot])
    clock = words["clock"]
    if slot.hour == 12 and not slot.minutes:
        half = clock["noon" if slot.half == "p" else "midnight"]
    else:
        half = clock["late" if slot.half == "p" and (slot.hour == 12 or slot.hour < 7) else slot.half]
    pattern = clock["one" if slot.hour == 1 else "many"]
    return str(pattern.format(hour=slot.hour, minutes=slot.minutes and f":{slot.minutes}", half=half))


def _lasting(reading: Reading, words: Words) -> list[str]:
    if not reading.duration:
        return []
    number, unit = reading.duration
    return [words["duration"].format(n=_range(number, words), unit=_counted(words["spans"][unit], number))]


def _slots(reading: Reading, words: Words) -> tuple[tuple[Slot, ...], str]:
    """The times of the day to name, and how often in words where the times alone do not tell it."""
    rate = reading.rate
    if rate is None:
        return reading.slots, ""
    often = _often(rate, words)
    if rate.kind != "times" or rate.period != "day" or rate.number[0] != rate.number[1]:
        return reading.slots, often
    times = int(rate.number[0])
    if times == 1:
        return (reading.slots, "") if len(reading.slots) <= 1 and reading.slots else ((), often)
    if len(reading.slots) == times:
        return reading.slots, often
    default: tuple[str, ...] = tuple(words["schedule"].get(times, ()))
    if reading.slots:
        swapped = _with_asked(default, reading.slots)
        return (swapped, often) if swapped else ((), often)
    if reading.as_needed or "timing" in reading.unread or times not in words["schedule"]:
        return (), often
    return default, often


def _with_asked(default: tuple[str, ...], asked: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """The usual times with the one that was said: 2 a day, one at bedtime, is morning and bedtime."""
    if len(asked) != 1 or len(default) < 2:
        return ()
    if asked[0] in default:
        return default
    return (*default[:-1], asked[0]) if asked[0] in ("bedtime", "night") else ()


def _often(rate: Rate, words: Words) -> str:
    if rate.kind == "once":
        return str(words["times"]["once"])
    if rate.kind == "every-other-day":
        return str(words["every_other_day"])
    if rate.kind == "weekdays":
        return _days(rate.days, words)
    table = words["times" if rate.kind == "times" else "every"][rate.period]
    return _counted(table, rate.number).format(n=_range(rate.number, words))


def _open_questions(reading: Reading, words: Words) -> list[str]:
    often_known = reading.rate is not None or bool(reading.slots or reading.parts)
    asked = []
    if reading.amount is None and not reading.parts:
        asked.append(words["ask_amount" if often_known else "ask_amount_often"])
    elif not often_known:
        asked.append(words["ask_often"])
    unsettled = bool(reading.slots) and reading.rate is not None and _contradicts(reading, words)
    if "timing" in reading.unread or unsettled:
        asked.append(words["ask_when"])
    if "duration" in reading.unread:
        asked.append(words["ask_long"])
    return asked


def _contradicts(reading: Reading, words: Words) -> bool:
    rate = reading.rate
    if rate is None or rate.kind != "times" or rate.period != "day" or reading.parts:
        return False
    return not _slots(reading, words)[0]


def _around(item: str | Offset, words: Words) -> str:
    if isinstance(item, str):
        return str(words["timings"][item])
    unit = _counted(words["spans"][item.unit], item.number)
    said = words[item.side].format(n=_range(item.number, words), unit=unit, anchor=words["anchors"][item.anchor])
    return str(said)


def _amount(amount: Amount, words: Words) -> str:
    if not amount.unit:
        return _range(amount.number, words)
    unit = words["units"][amount.unit]
    low, high = amount.number
    if low == high:
        return _of_unit(low, unit, words)
    if unit.get("measure") or (low >= 1 and low == int(low) and high == int(high)):
        return f"{_range(amount.number, words)} {unit['many']}"
    return str(words["range"].format(low=_of_unit(low, unit, words), high=_of_unit(high, unit, words)))


def _of_unit(number: Decimal, unit: Mapping[str, Any], words: Words) -> str:
    count = _digits(number)
    name = unit["one"] if number == 1 or (unit.get("measure") and number < 1) else unit["many"]
    if unit.get("measure"):
        return f"{count} {name}"
    kind = unit.get("kind", "any")
    if count in words["parts"]:
        patterns = words["parts"][count]
        return str(patterns.get(kind, patterns["any"]).format(**unit))
    whole = int(number)
    if whole and number - whole == Decimal("0.5"):
        pattern = words["and_half"].get(kind, words["and_half"]["any"])
        return str(pattern.format(n=whole, unit=unit["one"] if whole == 1 else unit["many"], many=unit["many"]))
    return f"{count} {name}"


def _range(number: Number, words: Words) -> str:
    low, high = (_digits(part) for part in number)
    return low if low == high else str(words["range"].format(low=low, high=high))


def _digits(number: Decimal) -> str:
    if number == int(number):
        return f"{int(number):,}"
    return f"{number.quantize(Decimal('0.001')).normalize():f}"


def _counted(table: Mapping[str, str] | None, number: Number) -> str:
    if table is None:
        return ""
    return table["one"] if number == (Decimal(1), Decimal(1)) else table["many"]


def _joined(parts: list[str], conjunction: str) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + conjunction + parts[-1]
