"""DDInter CSV: pairs of a public list, for a site that may use it; off unless it is imported with its licence accepted.

Its licence (CC BY-NC-SA 4.0, as stated by others) does not allow commercial use. Files for several groups of drugs are
not published, so that a pair may be missing; the list gives no mechanism and no management.
"""

from __future__ import annotations

import csv
from pathlib import Path

from consult.errors import BadFile
from consult.knowledge.importers.reading import Say, Source, modified, now, quiet, together
from consult.knowledge.sitefile import Manifest
from consult.knowledge.vocabulary import Vocabulary

TITLE = "DDInter"
TERMS = "DDInter, CC BY-NC-SA 4.0: not for commercial use; confirm the terms at the origin."
HEADER = ("DDInterID_A", "Drug_A", "DDInterID_B", "Drug_B", "Level")
LEVELS = ("Major", "Moderate", "Minor", "Unknown")
KEPT = ("Major", "Moderate")
INCOMPLETE = "DDInter publishes no files for several groups of drugs: a pair that is not in it may still interact."


def read_ddinter(paths: list[Path], vocabulary: Vocabulary, say: Say = quiet) -> tuple[Manifest, list[list[object]]]:
    """Rows [ingredient, ingredient, level] of what is Major or Moderate and of drugs that we know. Raises BadFile."""
    sources = [Source(path, say) for path in paths]
    pairs: dict[tuple[str, str], str] = {}
    names: dict[str, str] = {}
    read = dropped = unknown = 0
    for source in sources:
        lines = source.lines()
        number, head = next(lines)
        if tuple(cell.strip() for cell in head.removeprefix("\ufeff").split(",")) != HEADER:
            raise BadFile(source.path, number, f"the header is not {','.join(HEADER)}")
        for number, line in lines:
            cells = next(csv.reader([line], strict=True))
            if len(cells) != len(HEADER) or cells[4] not in LEVELS:
                raise BadFile(source.path, number, "a row needs five cells, the last one of " + ", ".join(LEVELS))
            read += 1
            if cells[4] not in KEPT:
                dropped += 1
                continue
            a, b = (_ingredient(cells[place], vocabulary, names) for place in (1, 3))
            if not a or not b or a == b:
                unknown += 1
                continue
            key = (min(a, b), max(a, b))
            if pairs.get(key) != "Major":
                pairs[key] = cells[4]
    rows: list[list[object]] = [[a, b, level] for (a, b), level in sorted(pairs.items())]
    if not rows:
        raise BadFile(paths[0], None, "it holds no major or moderate pair of drugs that we know")
    counts = {level.lower(): sum(row[2] == level for row in rows) for level in KEPT}
    manifest = Manifest(
        source="ddinter",
        title=TITLE,
        terms=TERMS,
        read_from=", ".join(map(str, paths)),
        read_sha256=together(*sources),
        data_date=max(modified(path) for path in paths),
        imported_at=now(),
        rows=len(rows),
        counts={**counts, "rows read": read, "minor or unknown left out": dropped, "of drugs not known": unknown},
    )
    return manifest, rows


def _ingredient(name: str, vocabulary: Vocabulary, known: dict[str, str]) -> str:
    if name not in known:
        read = vocabulary.resolve(name)
        known[name] = read.ingredients[0] if read is not None and len(read.ingredients) == 1 else ""
    return known[name]
