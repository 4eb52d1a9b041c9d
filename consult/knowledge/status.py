"""What stands in the packaged tables: rows, dates, review and a fingerprint of each file."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from consult.errors import BadFile
from consult.knowledge import sitefile
from consult.knowledge.rows import Row
from consult.knowledge.tables import KINDS

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class TableStatus:
    """One table: `newest` and `oldest` are dates of rows ("" without); `reviewed` counts the rows with a reviewer."""

    name: str
    rows: int
    oldest: str
    newest: str
    reviewed: int
    sha256: str


def table_status(folder: Path = FOLDER) -> list[TableStatus]:
    """Each CSV table of the folder, by name. Raises BadFile for a folder without tables."""
    found = [_of(path) for path in sorted(folder.glob("*.csv"))]
    if not found:
        raise BadFile(folder, None, "no tables")
    return found


def _of(path: Path) -> TableStatus:
    content = path.read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    dates = sorted(row["date"] for row in rows if row.get("date"))
    reviewed = sum((row.get("reviewer") or "unreviewed") != "unreviewed" for row in rows)
    fingerprint = hashlib.sha256(content).hexdigest()
    return TableStatus(
        path.name, len(rows), dates[0] if dates else "", dates[-1] if dates else "", reviewed, fingerprint
    )


def report(folder: Path = FOLDER) -> list[str]:
    """The status as lines of text."""
    tables = table_status(folder)
    rules = {kind: t.rows for kind in KINDS for t in tables if t.name == f"rules_{kind}.csv"}
    lines = [f"{'table':<26}{'rows':>7}  {'oldest':<12}{'newest':<12}{'reviewed':>8}  sha256"]
    lines += [f"{t.name:<26}{t.rows:>7}  {t.oldest:<12}{t.newest:<12}{t.reviewed:>8}  {t.sha256[:12]}" for t in tables]
    lines.append(f"rules: {sum(rules.values())} ({', '.join(f'{kind} {count}' for kind, count in rules.items())})")
    lines.append(f"data of {max(t.newest for t in tables)}, {sum(t.rows for t in tables)} rows in {len(tables)} tables")
    lines.append(f"version {version(folder)}, fingerprint of all: {fingerprint(folder)}")
    return lines


def fingerprint(folder: Path = FOLDER) -> str:
    """One SHA-256 for all tables of a folder."""
    return hashlib.sha256("".join(t.sha256 for t in table_status(folder)).encode()).hexdigest()


def version(folder: Path = FOLDER) -> str:
    """The version of the tables, as in the change log; "unnamed" for a folder that names none."""
    path = folder / "VERSION"
    return path.read_text(encoding="utf-8").strip() if path.is_file() else "unnamed"


def site_report(folder: Path) -> list[str]:
    """What a site has imported, as lines of text. Raises BadFile for a file that is not what it says."""
    lines = []
    for source in sitefile.SOURCES:
        found = sitefile.read_rows_of(folder, source)
        if found is None:
            continue
        manifest = found[0]
        counts = ", ".join(f"{name} {count}" for name, count in manifest.counts.items())
        lines.append(
            f"{source:<10}{manifest.rows:>8} rows  data of {manifest.data_date}  sha256 {manifest.sha256[:12]}"
        )
        lines.append(f"{'':<10}imported {manifest.imported_at} from {manifest.read_from}; {counts}")
        lines.append(f"{'':<10}terms: {manifest.terms}")
    return [f"site data in {folder}:", *(lines or ["nothing was imported"])]


def rule_rows(ids: Iterable[str], folder: Path = FOLDER) -> dict[str, Row]:
    """The rows of the rule tables with these ids, as they stand in the files."""
    wanted = set(ids)
    found: dict[str, Row] = {}
    for kind in KINDS:
        path = folder / f"rules_{kind}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            for cells in reader:
                if cells["id"] in wanted:
                    found[cells["id"]] = Row(path, reader.line_num, dict(cells))
    return found
