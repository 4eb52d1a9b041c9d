"""Cases in a file: patient and medications in, alerts out, for `consult check`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from consult.assess.assess import assess
from consult.domain.alert import Alert, Unchecked
from consult.domain.facts import Facts
from consult.domain.lexicon import DrugName
from consult.domain.medication import Medication, Sig
from consult.domain.mention import Status
from consult.domain.patient import Lab
from consult.errors import BadFile
from consult.knowledge.tables import Knowledge

_AMOUNT_ON = re.compile(r"\s+\d.*$")  # "25 mg daily" behind a name
COLLECTIVE = "collective name"
STATUSES: dict[str, Status] = {status: status for status in get_args(Status)}
SEXES: dict[str, Literal["f", "m", ""]] = {"f": "f", "m": "m", "": "", "female": "f", "male": "m"}


class Names(Protocol):
    """What resolves a drug name: the vocabulary."""

    def resolve(self, name: str) -> DrugName | None: ...


def check_records(
    lines: Iterable[str], vocabulary: Names, knowledge: Knowledge, path: Path | str, today: str = ""
) -> Iterator[dict[str, Any]]:
    """One result for each case line, in order. Raises BadFile with the line number for a case that cannot be read."""
    for name, facts, unresolved in read_cases(lines, vocabulary, knowledge, path, today):
        result = assess(facts, knowledge)
        yield {
            "id": name,
            "alerts": [_alert(alert) for alert in result.alerts],
            "checked": result.checked,
            "not_checked": [{"name": left.name, "reason": left.reason} for left in (*unresolved, *result.not_checked)],
            "data_date": result.data_date,
        }


def read_cases(
    lines: Iterable[str], vocabulary: Names, knowledge: Knowledge, path: Path | str, today: str = ""
) -> Iterator[tuple[Any, Facts, list[Unchecked]]]:
    """The id, the facts and the unread names of each case line. Raises BadFile with the line number.

    `today` is the day (ISO) of a case that names none.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except json.JSONDecodeError as reason:
            raise BadFile(path, number, f"not JSON: {reason}") from reason
        try:
            facts, unresolved = _facts(_object(case, "the case"), vocabulary, knowledge, today)
        except ValueError as reason:
            raise BadFile(path, number, str(reason)) from reason
        yield case.get("id", str(number)), facts, unresolved


def _facts(case: dict[str, Any], vocabulary: Names, knowledge: Knowledge, today: str) -> tuple[Facts, list[Unchecked]]:
    patient = _object(case.get("patient") or {}, "patient")
    age = patient.get("age")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 130):
        raise ValueError(f"patient age should be whole years, not {age!r}")
    given = patient.get("sex") or ""
    if given not in SEXES:
        raise ValueError(f'patient sex should be "f", "m" or "", not {given!r}')
    day = _day(case, "today") or today
    rows: list[Medication] = []
    unresolved: list[Unchecked] = []
    entries = case.get("medications")
    if not isinstance(entries, list):
        raise ValueError("medications should be a list")
    for n, entry in enumerate(entries):
        row, doubt = _medication(_object(entry, f"medication {n + 1}"), n, vocabulary, knowledge, day)
        if row.ingredients:
            rows.append(row)
        else:
            unresolved.append(Unchecked(row.name, "name not recognised"))
        if doubt:
            unresolved.append(Unchecked(str(entry["name"]), doubt))
    facts = Facts(
        age=age,
        sex=SEXES[given],
        conditions=tuple(word.lower() for word in _words(patient, "conditions")),
        allergies=_allergies(_words(patient, "allergies"), vocabulary, knowledge),
        labs=_labs(patient.get("labs") or {}),
        medications=tuple(rows),
        today=day,
    )
    return facts, unresolved


def _medication(
    entry: dict[str, Any], place: int, vocabulary: Names, knowledge: Knowledge, today: str
) -> tuple[Medication, str]:
    """The row, and what is doubtful about it ("" where nothing is)."""
    name = entry.get("name")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"medication {place + 1} has no name")
    ingredients = tuple(word.lower() for word in _words(entry, "ingredients"))
    route = _text(entry, "route")
    doubt = ""
    if not ingredients:
        known = vocabulary.resolve(name)
        if known is None and (short := _AMOUNT_ON.sub("", name).strip()) != name:
            known = vocabulary.resolve(short)
            if known is not None:
                doubt, name = f"read as {short}; what else the name says is not used", short
        if known is not None:
            ingredients = known.ingredients
            route = route or known.route
        elif knowledge.canonical(name) in knowledge.known:
            ingredients = (knowledge.canonical(name),)
    else:
        each = (_known_as(word, vocabulary, knowledge) for word in ingredients)
        ingredients = tuple(dict.fromkeys(one for several in each for one in several))
        doubt = _contradiction(name, ingredients, vocabulary, knowledge)
    end = _day(entry, "end")
    status = entry.get("status") or ("stopped" if end and end < today else "active")
    if status not in STATUSES:
        raise ValueError(f"status {status!r} of {name!r} is not one of {', '.join(STATUSES)}")
    dose, strength = _text(entry, "dose"), _text(entry, "strength")
    sig = Sig(strength=strength, dose=dose, route=route, frequency=_text(entry, "frequency"))
    row = Medication(f"med:{place + 1}", name, ingredients, sig=sig, status=STATUSES[status], review="confirmed")
    return replace(row, last_fill=end or _day(entry, "last_fill")), doubt


def _contradiction(name: str, listed: tuple[str, ...], vocabulary: Names, knowledge: Knowledge) -> str:
    """Why the ingredient list does not fit the name; "" where it may. What is listed is checked."""
    read = vocabulary.resolve(name)
    if read is None or not read.ingredients:
        return ""
    known, given = (set(map(knowledge.canonical, words)) for words in (read.ingredients, listed))
    if known & given or any(COLLECTIVE in knowledge.groups_of(word) for word in known):
        return ""
    return f"the name means {', '.join(read.ingredients)}, the list says {', '.join(listed)}; checked as the list says"


def _known_as(word: str, vocabulary: Names, knowledge: Knowledge) -> tuple[str, ...]:
    """The word itself where the tables know it, else the ingredients that the vocabulary reads in it."""
    if knowledge.canonical(word) in knowledge.known:
        return (word,)
    read = vocabulary.resolve(word)
    return read.ingredients if read is not None and read.ingredients else (word,)


def _allergies(words: list[str], vocabulary: Names, knowledge: Knowledge) -> tuple[str, ...]:
    """The words as said, and behind a brand that no allergen covers its ingredients."""
    said: list[str] = []
    for word in words:
        said.append(word)
        lower = word.lower()
        if knowledge.canonical(lower) in knowledge.known or any(p.fits(lower) for p in knowledge.allergens.values()):
            continue
        read = vocabulary.resolve(word)
        said += read.ingredients if read is not None else ()
    return tuple(said)


def _labs(labs: Any) -> tuple[Lab, ...]:
    if not isinstance(labs, dict):
        raise ValueError("labs should be an object of names and numbers")
    made = []
    for name, value in labs.items():
        at = unit = ""
        if isinstance(value, dict):
            at, unit, value = str(value.get("at") or ""), str(value.get("unit") or ""), value.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"lab {name!r} should be a number, not {value!r}")
        made.append(Lab(str(name).lower(), float(value), unit, at))
    return tuple(made)


def _words(holder: dict[str, Any], key: str) -> list[str]:
    words = holder.get(key) or []
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise ValueError(f"{key} should be a list of words")
    return words


def _text(entry: dict[str, Any], key: str) -> str | None:
    value = entry.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{key} should be text, not {value!r}")
    return value or None


def _day(value: dict[str, Any], key: str) -> str:
    day = _text(value, key) or ""
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError as reason:
        raise ValueError(f"{key} should be a day as YYYY-MM-DD, not {day!r}") from reason


def _object(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{what} should be an object")
    return value


def _alert(alert: Alert) -> dict[str, Any]:
    return {
        "id": alert.id,
        "kind": alert.kind,
        "between": list(alert.between),
        "severity": alert.severity,
        "indicator": alert.indicator,
        "title": alert.title,
        "why": alert.why,
        "action": alert.action,
        "source": alert.source,
        "mechanism": alert.mechanism,
        "factors": [{"name": f.name, "value": f.value, "effect": f.effect} for f in alert.factors],
        "rule": alert.rule,
    }
