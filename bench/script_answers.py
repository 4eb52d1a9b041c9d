"""Of the script answers that the lines of whole consults contain, how many are filled, and is anything filled wrong.

The consults are replayed line by line through the real analysis and the real domain. What each line contains was
marked by hand in `tests/unit/scripts/heard/development.jsonl`: `answers` it must fill, `may` are right where they
are read,
`*` is any text, `a|b` either value. Questions of branches that never open in the consult are not counted. Prints the
share and what is missed or wrong; fails under 80 % or where one is wrong.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from consult.app import build_analysis
from consult.domain import commands as co
from consult.domain.answer import answer_key
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.scripts import load_library
from consult.scripts.schema import Step
from consult.session.analysis import Analysis, situation

MARKED = Path(__file__).resolve().parent.parent / "tests/unit/scripts/heard/development.jsonl"
LEAST = 0.8
SCRIPT = load_library()["cmr"]
ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00.000Z"
Values = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Result:
    """`held` answers are in the lines; `missed` and `wrong` are (consult, line, question, values)."""

    held: int = 0
    missed: list[tuple[str, str, str, Sequence[str]]] = field(default_factory=list)
    wrong: list[tuple[str, str, str, Sequence[str]]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return 1 - len(self.missed) / self.held if self.held else 0.0


def measure(analysis: Analysis, path: Path = MARKED) -> Result:
    rows = [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines()]
    consults: dict[str, Consult] = {}
    read: list[dict[str, Sequence[str]]] = []
    for number, row in enumerate(rows):
        before = consults.get(row["consult"]) or replace(Consult(row["consult"]), phase="open")
        consults[row["consult"]] = after = _written(before, f"line-{number}", row["line"], analysis)
        read.append(_read(after, f"line-{number}"))
    asked = {name: _asked(consult, analysis) for name, consult in consults.items()}
    result = Result()
    for row, found in zip(rows, read, strict=True):
        name, text, wanted, may = row["consult"], row["line"], row["answers"], row.get("may", {})
        for key, values in wanted.items():
            if key.split("#")[0] in asked[name]:
                result.held += 1
                if not _fits(found.get(key, ()), values, may.get(key, ())):
                    result.missed.append((name, text, key, values))
        for key, values in found.items():
            allowed = {one for value in (*wanted.get(key, ()), *may.get(key, ())) for one in value.split("|")}
            if key.split("#")[0] in asked[name] and "*" not in allowed and not set(values) <= allowed:
                result.wrong.append((name, text, key, values))
    return result


def _asked(consult: Consult, analysis: Analysis) -> frozenset[str]:
    """The questions of the steps, and of the branches that are open at the end of the consult."""
    opened = {branch.branch_id for branch in analysis.judge(situation(consult, AT)).guidance.branches}
    return frozenset(link for link, block in SCRIPT.block_of.items() if isinstance(block, Step) or block.id in opened)


def _written(consult: Consult, line_id: str, text: str, analysis: Analysis) -> Consult:
    put = co.PutNoteLine(line_id, consult.order[-1] if consult.order else "", 0, text)
    for command, actor in ((put, ME), (co.RecordFindings(line_id, 1, analysis.annotate(text)), SYSTEM)):
        first = consult.seq + 1
        happened = decide(consult, command, actor, AT)
        events = [Event(first + i, consult.id, f"k{first}", AT, actor, one) for i, one in enumerate(happened)]
        consult = fold(consult, events)
    return consult


def _read(consult: Consult, line_id: str) -> dict[str, Sequence[str]]:
    """What the line has put into the answers of the consult, by question and the ingredients of its medication."""
    said: dict[str, set[str]] = {}
    for heard in consult.lines[line_id].heard:
        said.setdefault(heard.link_id, set()).update(heard.values)
    found: dict[str, Sequence[str]] = {}
    for answer in consult.answers.values():
        if any(one.line_id == line_id for one in answer.evidence):
            row = consult.medications.get(answer.medication_id)
            name = ("+".join(row.ingredients) or row.name) if row else ""
            key = answer_key(answer.link_id, name)
            found[key] = [value for value in answer.values if value in said.get(answer.link_id, ())]
    return found


def _fits(found: Sequence[str], wanted: Sequence[str], may: Sequence[str]) -> bool:
    if not found:
        return False
    if list(wanted) == ["*"]:
        return True
    allowed = {one for value in (*wanted, *may) for one in value.split("|")}
    named = all(any(one in found for one in value.split("|")) for value in wanted)
    return named and set(found) <= allowed


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [MARKED]
    analysis = build_analysis()
    failed = False
    for path in paths:
        result = measure(analysis, path)
        for kind, rows in (("missed", result.missed), ("wrong", result.wrong)):
            for name, text, key, values in rows:
                print(f"{kind}: {name}: {text} -> {key} = {', '.join(values)}")
        filled = result.held - len(result.missed)
        print(
            f"script answers: {path.stem}: {filled} of {result.held} filled ({result.share:.0%}), "
            f"{len(result.wrong)} wrong"
        )
        failed = failed or result.share < LEAST or bool(result.wrong)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
