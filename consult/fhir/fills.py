"""A CSV of fills (claims, a pharmacy's list) as fill history and proposed rows of the regimen."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from consult.domain.fill import FILLS, Fill
from consult.domain.history import Outcome
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.mention import Status
from consult.errors import BadFile
from consult.fhir.codes import DATA
from consult.fhir.drugs import Drug, DrugReader
from consult.fhir.make import clean
from consult.fhir.preparation import MOST, Preparation
from consult.fhir.reading import LONGEST
from consult.fhir.taking import Dated
from consult.knowledge.rows import read_rows

NEEDED = ("name", "date")
GONE_AFTER = 90  # days without supply after which nobody knows whether it is still taken
_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)


@cache
def _columns() -> dict[str, str]:
    rows = read_rows(DATA / "fill_columns.csv", ("column", "header"), [])
    return {row["header"]: row["column"] for row in rows}


def prepare_fills(content: bytes, path: str, drugs: DrugReader, today: str) -> Preparation:
    """The preparation of a CSV of fills, as of an ISO date; a reversed fill (negative quantity) is taken out again.

    Raises BadFile for a file that is no such table; a row with a value that cannot be right is left, with its line.
    """
    if len(content) > LONGEST:
        raise BadFile(path, None, f"the file is too large: at most {LONGEST // 1024 // 1024} MB")
    made = Preparation()
    read: dict[str, Drug] = {}
    prescribers: dict[str, tuple[str, str]] = {}  # by row: the newest fill that names one
    fills: dict[tuple[str, str, int], Fill] = {}
    rows = 0
    for line, cells in _rows(content, path):
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


def _rows(content: bytes, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(path, None, "not UTF-8 text") from None
    lines = text.splitlines()
    if not lines:
        raise BadFile(path, None, "the file is empty")
    divider = max(",;\t|", key=lines[0].count)
    reader = csv.reader(lines, delimiter=divider, strict=True)
    try:
        header = [" ".join(re.sub(r"[_\W]+", " ", cell.lower()).split()) for cell in next(reader)]
        places = {_columns()[name]: place for place, name in reversed(list(enumerate(header))) if name in _columns()}
        missing = [name for name in NEEDED if name not in places]
        if missing:
            known = ", ".join(sorted(name for name, column in _columns().items() if column == missing[0]))
            raise BadFile(path, 1, f"no column for the {missing[0]} (known headers: {known})")
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise BadFile(path, reader.line_num, f"{len(row)} cells, not {len(header)} as in the header")
            yield reader.line_num, {name: " ".join(clean(row[place]).split()) for name, place in places.items()}
    except csv.Error as reason:
        raise BadFile(path, reader.line_num, f"not a CSV row: {reason}") from None


def _fill(cells: dict[str, str], drugs: DrugReader, read: dict[str, Drug], today: str) -> tuple[Fill, Drug, bool]:
    name = cells["name"][:200]
    if not name:
        raise ValueError("no name of a drug")
    day = _day(cells["date"])
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


def _day(text: str) -> str:
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    raise ValueError(f"the date {text[:20]!r} is not YYYY-MM-DD or MM/DD/YYYY")


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
