"""Reading a table: CSV with a header line, each row with its source, date and reviewer."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from consult.errors import BadFile

PROVENANCE = ("source", "date", "reviewer")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row and where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @contextmanager
    def blame(self) -> Iterator[None]:
        """Turns a ValueError about this row into BadFile with its place."""
        try:
            yield
        except ValueError as reason:
            raise BadFile(self.path, self.line, str(reason)) from reason


def read_rows(path: Path, columns: tuple[str, ...], dates: list[str]) -> list[Row]:
    """The rows of a table; their dates are added to `dates`. Raises BadFile with the line."""
    if not path.is_file():
        raise BadFile(path, None, "the file is missing")
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        wanted = [*columns, *(name for name in PROVENANCE if name not in columns)]
        missing = [name for name in wanted if name not in (reader.fieldnames or ())]
        if missing:
            raise BadFile(path, 1, f"no column {', '.join(missing)}")
        try:
            for cells in reader:
                rows.append(_row(path, reader.line_num, cells))
        except (csv.Error, UnicodeDecodeError) as reason:
            raise BadFile(path, reader.line_num, str(reason)) from reason
    if not rows:
        raise BadFile(path, None, "the table is empty")
    dates += [row["date"] for row in rows]
    return rows


def _row(path: Path, line: int, cells: dict[str | None, str | None]) -> Row:
    if None in cells or None in cells.values():
        raise BadFile(path, line, "the number of cells is not that of the header")
    clean = {str(name): " ".join((value or "").split()) for name, value in cells.items()}
    for name in PROVENANCE:
        if not clean[name]:
            raise BadFile(path, line, f"column {name} is empty")
    if not _DATE.match(clean["date"]):
        raise BadFile(path, line, f"date {clean['date']!r} is not YYYY-MM-DD")
    return Row(path, line, clean)


def terms(text: str) -> tuple[str, ...]:
    """The entries of a cell that holds a list, separated by ";"."""
    return tuple(piece.strip() for piece in text.split(";") if piece.strip())
