"""Rows of a CSV of another system, by the names that this program has for its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from consult.errors import BadFile
from consult.fhir.codes import DATA
from consult.fhir.make import clean
from consult.fhir.reading import LONGEST, no_text
from consult.knowledge.rows import read_rows

_DAYS = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
)


@cache
def columns(name: str) -> Mapping[str, str]:
    """Our column by a header in use (lower case, words parted by one space): data/<name>_columns.csv."""
    return {row["header"]: row["column"] for row in read_rows(DATA / f"{name}_columns.csv", ("column", "header"), [])}


def csv_rows(
    content: bytes, path: str, known: Mapping[str, str], needed: tuple[str, ...]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and cells of each row. Raises BadFile for what is no such table, with the line."""
    reader, header = _open(content, path)
    places = {known[name]: place for place, name in reversed(list(enumerate(header))) if name in known}
    missing = [name for name in needed if name not in places]
    if missing:
        headers = ", ".join(sorted(name for name, column in known.items() if column == missing[0]))
        raise BadFile(path, 1, f"no column for the {missing[0].replace('_', ' ')} (known headers: {headers})")
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise BadFile(path, reader.line_num, f"{len(row)} cells, not {len(header)} as in the header")
            yield reader.line_num, {name: " ".join(clean(row[place]).split()) for name, place in places.items()}
    except csv.Error as reason:
        raise BadFile(path, reader.line_num, f"not a CSV row: {reason}") from None


def header_of(content: bytes, path: str) -> list[str]:
    """The headers as `columns` has them. Raises BadFile."""
    return _open(content, path)[1]


def _open(content: bytes, path: str) -> tuple[Any, list[str]]:
    """The reader behind its header line, and the headers."""
    if len(content) > LONGEST:
        raise BadFile(path, None, f"the file is too large: at most {LONGEST // 1024 // 1024} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise no_text(content, path) from None
    lines = text.splitlines()
    if not lines:
        raise BadFile(path, None, "the file is empty")
    divider = max(",;\t|", key=lines[0].count)
    reader = csv.reader(lines, delimiter=divider, strict=True)
    try:
        return reader, [" ".join(re.sub(r"[_\W]+", " ", cell.lower()).split()) for cell in next(reader)]
    except csv.Error as reason:
        raise BadFile(path, reader.line_num, f"not a CSV row: {reason}") from None


def day_in_words(text: str) -> str:
    """The day of 2026-11-23, 11/23/2026 or 20261123 as YYYY-MM-DD. Raises ValueError."""
    for pattern in _DAYS:
        if found := pattern.fullmatch(text):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"])).isoformat()
            except ValueError:
                break
    raise ValueError(f"the date {text[:20]!r} is not YYYY-MM-DD or MM/DD/YYYY")
