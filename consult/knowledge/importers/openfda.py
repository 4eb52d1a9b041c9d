"""openFDA drug labels (JSON): the text of a label, shown on demand as evidence beside an alert. It never makes a rule.

Source: openFDA drug/label; U.S. Food and Drug Administration. Terms: CC0; openFDA asks not to rely on it alone.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from consult.errors import BadFile
from consult.knowledge.importers.reading import Say, Source, now, quiet, together
from consult.knowledge.sitefile import Manifest
from consult.knowledge.vocabulary import Vocabulary

TITLE = "openFDA drug labels"
TERMS = "openFDA, U.S. Food and Drug Administration, CC0. Label text as published; not validated for clinical use."
SECTIONS = ("boxed_warning", "contraindications", "drug_interactions")
LONGEST = 20_000  # characters a section
LARGEST = 600 * 1024 * 1024  # bytes a file


def read_openfda(paths: list[Path], vocabulary: Vocabulary, say: Say = quiet) -> tuple[Manifest, list[list[object]]]:
    """Rows [ingredients joined by "+", label id, effective date, brand, {section: text}], the newest label of each.

    Raises BadFile.
    """
    sources: list[Source] = []
    newest: dict[str, list[object]] = {}
    read = without = 0
    for path in paths:
        source = Source(path, say)
        for label in _labels(source):
            read += 1
            row = _row(label, vocabulary)
            if row is None:
                without += 1
            elif str(row[2]) >= str(newest.get(str(row[0]), row)[2]):
                newest[str(row[0])] = row
            if read % 2000 == 0:
                say(f"{path.name}: {read:,} labels")
        sources.append(source)
    rows = [newest[key] for key in sorted(newest)]
    if not rows:
        raise BadFile(paths[0], None, "it holds no label of a drug that we know with one of the sections that are used")
    manifest = Manifest(
        source="openfda",
        title=TITLE,
        terms=TERMS,
        read_from=", ".join(map(str, paths)),
        read_sha256=together(*sources),
        data_date=max(str(row[2]) for row in rows),
        imported_at=now(),
        rows=len(rows),
        counts={"drugs with label text": len(rows), "labels read": read, "left out": without},
    )
    return manifest, rows


def _labels(source: Source) -> list[dict[str, Any]]:
    path, content = source.path, source.whole(LARGEST)
    try:
        value = json.loads(content)
    except json.JSONDecodeError as reason:
        raise BadFile(path, reason.lineno, f"not JSON: {reason.msg}; was it cut?") from None
    except (UnicodeDecodeError, RecursionError):
        raise BadFile(path, None, "not JSON that can be read") from None
    results = value.get("results") if isinstance(value, dict) else None
    if not isinstance(results, list) or not results:
        raise BadFile(path, None, "it holds no results: this is not a file of openFDA drug labels")
    return [one for one in results if isinstance(one, dict)]


def _row(label: dict[str, Any], vocabulary: Vocabulary) -> list[object] | None:
    known = label.get("openfda")
    if not isinstance(known, dict):
        return None
    substances = known.get("substance_name") or known.get("generic_name")
    if not isinstance(substances, list) or not substances:
        return None
    ingredients = set()
    for substance in substances:
        read = vocabulary.resolve(str(substance))
        if read is None or not read.ingredients:
            return None
        ingredients |= set(read.ingredients)
    sections = {
        name: " ".join(" ".join(map(str, text)).split())[:LONGEST]
        for name in SECTIONS
        if isinstance(text := label.get(name), list) and text
    }
    day = str(label.get("effective_time") or "")
    if not sections or not re.fullmatch(r"\d{8}", day):
        return None
    brands = known.get("brand_name")
    brand = str(brands[0])[:100] if isinstance(brands, list) and brands else ""
    date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    return ["+".join(sorted(ingredients)), str(label.get("set_id") or "")[:80], date, brand, sections]
