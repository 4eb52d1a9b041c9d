"""A CSV of fills (claims, a pharmacy's list) as fill history and proposed rows of the regimen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from consult.domain.fill import FILLS, Fill
from consult.domain.history import Outcome
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.mention import Status
from consult.errors import BadFile
from consult.fhir.csv_rows import columns, csv_rows, day_in_words
from consult.fhir.drugs import Drug, DrugReader
from consult.fhir.preparation import MOST, Preparation
from consult.fhir.taking import Dated

NEEDED = ("name", "date")
GONE_AFTER = 90  # days without supply after which nobody knows whether it is still taken


def prepare_fills(content: bytes, path: str, drugs: DrugReader, today: str) -> Preparation:
    """The preparation of a CSV of fills, as of an ISO date; a reversed fill (negative quantity) is taken out again.

    Raises BadFile for a file that is no such table; a row with a value that cannot be right is left, with its line.
    """
    made = Preparation()
    read: dict[str, Drug] = {}
    prescribers: dict[str, tuple[str, str]] = {}  # by row: the newest fill that names one
    fills: dict[tuple[str, str, int], Fill] = {}
    rows = 0
    for line, cells in csv_rows(content, path, columns("fill"), NEEDED):
        rows += 1
        try:
            fill, drug, back = _fill(cells, drugs, read, today)
        except ValueError as reason:
            made.left("fill", cells.get("name", "")[:80], f"line {line}: {reason}")
            continue
        fill = replace(fill, source=Path(path).name[:200])
        if back:
            gone = [key for key in fills if key[:2] == fill.key[:2]]
            for key in gone:
                del fills[key]
            made.left("fill", f"{fill.name} {fill.date}", f"line {line}: reversed")
            continue
        if fill.key in fills:
            made.merged("fill", f"{fill.name} {fill.date}", f"line {line}: it stands in the file more than once")
        fills[fill.key] = fill
        if cells.get("prescriber"):
            row = medication_key(drug.ingredients, drug.name)
            prescribers[row] = max(prescribers.get(row, ("", "")), (fill.date, cells["prescriber"][:200]))
    if not rows:
        raise BadFile(path, None, "the table holds no row")
    newest = sorted(fills.values(), key=lambda one: one.date, reverse=True)
    if len(newest) > FILLS:
        made.left("fill", f"{len(newest) - FILLS} more", f"a preparation holds at most {FILLS}; the newest are taken")
    made.fills = newest[:FILLS]
    for proposed in _regimen(made.fills, read, prescribers, today):
        made.medications.setdefault(proposed.id, Dated(proposed, proposed.last_fill))
    made.medications = dict(list(made.medications.items())[: MOST["medication"]])
    return made


def _fill(cells: dict[str, str], drugs: DrugReader, read: dict[str, Drug], today: str) -> tuple[Fill, Drug, bool]:
    name = cells["name"][:200]
    if not name:
        raise ValueError("no name of a drug")
    day = day_in_words(cells["date"])
    if day > today:
        raise ValueError(f"the date {day} lies ahead")
    days = _whole(cells.get("days_supply", ""), "days of supply")
    quantity = _amount(cells.get("quantity", ""))
    if name not in read:
        by_code = drugs.ndc(re.sub(r"\D", "", cells.get("ndc", ""))) if cells.get("ndc") else ()
        said = drugs.words(name)
        read[name] = replace(said, ingredients=by_code) if by_code else said
    drug = read[name]
    back = days < 0 or (quantity is not None and quantity < 0)
    if not back and days > 400:
        raise ValueError(f"{days} days of supply cannot be right")
    amount = quantity if quantity is not None and quantity > 0 else None
    return Fill(name, day, max(days, 0), drug.ingredients[:12], amount), drug, back


def _whole(text: str, what: str) -> int:
    if not text:
        return 0
    if not re.fullmatch(r"-?\d{1,4}(?:\.0+)?", text):
        raise ValueError(f"{what} {text[:20]!r} is no whole number")
    return int(float(text))


def _amount(text: str) -> float | None:
    if not text:
        return None
    if not re.fullmatch(r"-?\d{1,6}(?:\.\d+)?", text):
        raise ValueError(f"the quantity {text[:20]!r} is no number")
    return float(text)


def _regimen(
    fills: list[Fill], read: dict[str, Drug], prescribers: dict[str, tuple[str, str]], today: str
) -> Iterator[Medication]:
    """A proposed row for each drug, from its newest fill; one whose supply ended long ago may not be taken any more."""
    for fill in fills:
        drug = read[fill.name]
        key = medication_key(drug.ingredients, drug.name)
        ends = date.fromisoformat(fill.date) + timedelta(days=fill.days_supply + GONE_AFTER)
        status: Status = "active" if ends >= date.fromisoformat(today[:10]) else "unknown"
        sig = Sig(strength=drug.strength, route=drug.route)
        yield Medication(
            key[:80],
            drug.name,
            drug.ingredients[:12],
            sig=sig,
            status=status,
            prescriber=prescribers.get(key, ("", ""))[1],
            source="history",
            last_fill=fill.date,
        )


def report(outcomes: list[Outcome]) -> list[str]:
    """What became of each item, as lines of text: the counts, then what was merged and left, and why."""
    lines = []
    for kind in dict.fromkeys(one.kind for one in outcomes):
        own = [one for one in outcomes if one.kind == kind]
        counts = {fate: sum(one.fate == fate for one in own) for fate in ("taken", "merged", "left")}
        lines.append(f"{kind}: " + ", ".join(f"{count} {fate}" for fate, count in counts.items() if count))
        lines += [f"  {one.fate}: {one.name}" + (f" ({one.why})" if one.why else "") for one in own]
    return lines
