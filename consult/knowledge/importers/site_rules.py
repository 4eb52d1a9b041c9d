"""A site's own interaction rules, or a licensed vendor's, in the ten items of the HL7 PDDI-CDS information model.

CSV (a row a rule) or JSON (a list of objects) with the same names. `drugs_a` and `drugs_b` are selectors of our
tables ("warfarin", "@nsaid", "!aspirin", divided by ";"); `context` holds clauses as in the packaged rules.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from consult.domain.alert import Severity
from consult.errors import BadFile
from consult.knowledge.clauses import parse_context
from consult.knowledge.importers.reading import Say, Source, now, quiet
from consult.knowledge.rows import terms
from consult.knowledge.rules import Rule, Todo
from consult.knowledge.sitefile import Manifest
from consult.knowledge.tables import Knowledge, select

TITLE = "The site's own rules"
LARGEST = 50 * 1024 * 1024
NEEDED = ("id", "drugs_a", "drugs_b", "consequences", "class", "action", "evidence", "date", "reviewer")
OPTIONAL = (
    "seriousness", "mechanism", "context", "exposure_frequency", "harm_frequency", "title", "replaces", "todo_topic",
    "todo_action", "todo_why",
)  # fmt: skip
# The operational classes of PDDI-CDS, and what each is here.
CLASSES: Mapping[str, Severity] = {
    "contraindicated": "contraindicated",
    "use only if benefit outweighs risk": "major",
    "assess risk and take action if necessary": "moderate",
    "no special precautions": "minor",
}
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,58}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
LONGEST = {"title": 120, "consequences": 2000, "action": 2000, "mechanism": 2000, "evidence": 1000}


def read_site_rules(
    path: Path, knowledge: Knowledge, terms_of_use: str, say: Say = quiet
) -> tuple[Manifest, list[dict[str, str]]]:
    """The rules as rows of texts, each of which makes a rule. Raises BadFile with the line (CSV) or place (JSON)."""
    source = Source(path, say)
    content = source.whole(LARGEST)
    rows = list(_json_rows(path, content) if content.lstrip()[:1] in (b"[", b"{") else _csv_rows(path, content))
    if not rows:
        raise BadFile(path, None, "it holds no rule")
    seen: set[str] = set()
    own = {rule.id for rules in knowledge.rules.values() for rule in rules}
    for place, row in rows:
        try:
            make_rule(row, knowledge)
            if row["id"] in seen:
                raise ValueError(f"the rule {row['id']!r} stands twice")
            for replaced in terms(row["replaces"]):
                if replaced not in own:
                    raise ValueError(f"it replaces {replaced!r}, and there is no rule of that name")
        except ValueError as reason:
            raise BadFile(path, place, str(reason)) from None
        seen.add(row["id"])
    made = [row for _, row in rows]
    manifest = Manifest(
        source="rules",
        title=TITLE,
        terms=terms_of_use,
        read_from=str(path),
        read_sha256=source.sha256,
        data_date=max(row["date"] for row in made),
        imported_at=now(),
        rows=len(made),
        counts={
            "rules": len(made),
            "rules of ours replaced": sum(len(terms(row["replaces"])) for row in made),
            "reviewed": sum(row["reviewer"] != "unreviewed" for row in made),
        },
    )
    return manifest, made


def make_rule(row: Mapping[str, str], knowledge: Knowledge) -> Rule:
    """The rule of a row. Raises ValueError."""
    if not _ID.fullmatch(row["id"]):
        raise ValueError(f"id {row['id'][:40]!r} is not lower-case letters, digits, '-', '.' and '_', at most 59")
    severity = CLASSES.get(row["class"].strip().lower())
    if severity is None:
        raise ValueError(f"class {row['class'][:60]!r} is not one of: {'; '.join(CLASSES)}")
    if not _DATE.fullmatch(row["date"]):
        raise ValueError(f"date {row['date'][:20]!r} is not YYYY-MM-DD")
    for name, longest in LONGEST.items():
        if len(row[name]) > longest:
            raise ValueError(f"{name} is longer than {longest} characters")

    def expand(selector: Any) -> frozenset[str]:
        return select(selector, knowledge.groups, knowledge.known)

    a, b = expand(terms(row["drugs_a"])), expand(terms(row["drugs_b"]))
    if not a or not b:
        raise ValueError("drugs_a and drugs_b must each name a drug")
    context = parse_context(row["context"], expand)
    for clause in context.clauses:
        for test in clause.tests:
            for key in test.values if test.what == "has" else ():
                if key not in knowledge.conditions:
                    raise ValueError(f"no condition named {key!r}")
    why = " ".join(part for part in (_sentence(row["consequences"]), _frequencies(row)) if part)
    systemic = frozenset({"systemic"})
    return Rule(
        id=f"site:{row['id']}", kind="interaction", a=a, b=b, keys=(), gate=None, allowed=(), days=0,
        severity=severity, topic=f"site:{row['id']}", merge="", route_a=systemic, route_b=systemic, context=context,
        risk=row["title"] or _first_words(row["consequences"]), why=why, mechanism=row["mechanism"],
        action=row["action"], todo=Todo(row["todo_topic"], row["todo_action"], row["todo_why"]),
        source=row["evidence"], date=row["date"], reviewer=row["reviewer"],
    )  # fmt: skip


def _frequencies(row: Mapping[str, str]) -> str:
    said = [
        f"{words}: {_sentence(row[name])}"
        for name, words in (
            ("seriousness", "Seriousness"),
            ("exposure_frequency", "How often they are given together"),
            ("harm_frequency", "How often it harms"),
        )
        if row[name]
    ]
    return " ".join(said)


def _sentence(words: str) -> str:
    return words if not words or words.endswith((".", "!", "?")) else f"{words}."


def _first_words(words: str) -> str:
    head = words.split(".")[0]
    return head if len(head) <= 80 else head[:79].rpartition(" ")[0] + "\N{HORIZONTAL ELLIPSIS}"


def _csv_rows(path: Path, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
    except UnicodeDecodeError:
        raise BadFile(path, None, "not UTF-8 text") from None
    reader = csv.DictReader(lines, strict=True)
    try:
        _check_names(path, 1, reader.fieldnames or ())
        for cells in reader:
            if None in cells or None in cells.values():
                raise BadFile(path, reader.line_num, "the number of cells is not that of the header")
            yield reader.line_num, _texts(path, reader.line_num, cells)
    except csv.Error as reason:
        raise BadFile(path, reader.line_num, f"not a CSV row: {reason}") from None


def _json_rows(path: Path, content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        value = json.loads(content)
    except json.JSONDecodeError as reason:
        raise BadFile(path, reason.lineno, f"not JSON: {reason.msg}") from None
    except (UnicodeDecodeError, RecursionError):
        raise BadFile(path, None, "not JSON that can be read") from None
    rules = value.get("rules") if isinstance(value, dict) else value
    if not isinstance(rules, list):
        raise BadFile(path, None, 'a list of rules is needed, or an object with "rules"')
    for place, one in enumerate(rules, 1):
        if not isinstance(one, dict):
            raise BadFile(path, place, "a rule is an object")
        _check_names(path, place, one)
        yield place, _texts(path, place, one)


def _check_names(path: Path, place: int, names: Any) -> None:
    missing = [name for name in NEEDED if name not in names]
    unknown = [str(name) for name in names if name not in (*NEEDED, *OPTIONAL)]
    if missing or unknown:
        told = [f"without {', '.join(missing)}"] if missing else []
        told += [f"with the unknown {', '.join(unknown)[:100]}"] if unknown else []
        raise BadFile(path, place, f"{' and '.join(told)} (known: {', '.join((*NEEDED, *OPTIONAL))})")


def _texts(path: Path, place: int, cells: Mapping[str, Any]) -> dict[str, str]:
    """Every item as text; lists of drugs may be JSON lists."""
    row = {}
    for name in (*NEEDED, *OPTIONAL):
        value = cells.get(name, "")
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            value = "; ".join(value)
        if not isinstance(value, str):
            raise BadFile(path, place, f"{name} is no text")
        row[name] = " ".join(value.split())
        if name in NEEDED and not row[name]:
            raise BadFile(path, place, f"{name} is empty")
    return row
