"""How drugs, misspelt names and directions are read on openly licensed corpora.

python bench/corpora_drugs.py FOLDER [--errors N]: the folder holds primock57_notes*.jsonl, mts_meds_allergy*.jsonl,
misspell_redmed*.jsonl and sigs*.jsonl (one record a line); a file that is not there is left out and named.

Notes are read line by line with the heading above as section, as a session reads them. A mention counts where spans
overlap, one to one; "class" mentions are the label DRUG_CLASS.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from consult.domain.mention import MedicationMention
from consult.knowledge.vocabulary import Vocabulary, load_vocabulary
from consult.nlp.annotate import Annotator
from consult.nlp.sig.read import read_directions

Record = dict[str, Any]
DRUGS = ("DRUG", "DRUG_CLASS")
STATUS = {
    "taking": {"active"},
    "stopped": {"stopped"},
    "not_taking": {"not-taken"},
    "planned": {"intended"},
    "allergic": {"allergy"},
    "tried": {"completed", "stopped"},
}
HEADING = re.compile(r"^\s*([A-Za-z][A-Za-z /]{1,30}):")
MOUTH = re.compile(r"\bpo\b|\bp\.o|mouth|\boral|\bswallow")
PER_DAY = {"week": 1 / 7, "month": 1 / 30, "day": 1.0}


def lines_of(text: str) -> Iterator[tuple[int, str, str]]:
    """(offset, line, heading over it): a heading holds until the next one or an empty line."""
    offset, heading = 0, ""
    for line in text.split("\n"):
        named = HEADING.match(line)
        if named:
            heading = named[1].strip()
        elif not line.strip():
            heading = ""
        yield offset, line, heading
        offset += len(line) + 1


def paired(gold: list[tuple[int, int]], found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    overlaps = sorted(
        (max(a[0], b[0]) - min(a[1], b[1]), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)
    )
    out: list[tuple[int, int]] = []
    for apart, i, j in overlaps:
        if apart < 0 and all(i != one and j != other for one, other in out):
            out.append((i, j))
    return out


def notes(rows: list[Record], annotator: Annotator, vocabulary: Vocabulary, errors: int) -> list[str]:
    """Span F1 of drugs and classes, the ingredient and the status on matched drugs."""
    gold_count = found_count = hits = named = right = said = status_right = 0
    wrong: list[str] = []
    for row in rows:
        gold = [one for one in row["entities"] if one["label"] in DRUGS]
        found: list[tuple[int, int, MedicationMention]] = []
        for offset, line, heading in lines_of(row["text"]):
            for one in annotator.annotate(line, heading).medications:
                found.append((offset + one.start, offset + one.end, one))
        pairs = paired([(one["start"], one["end"]) for one in gold], [(a, b) for a, b, _ in found])
        gold_count, found_count, hits = gold_count + len(gold), found_count + len(found), hits + len(pairs)
        met = {i for i, _ in pairs}
        wrong += [f"missed {one['text']!r} in {row['id']}" for i, one in enumerate(gold) if i not in met]
        seen = {j for _, j in pairs}
        wrong += [f"extra {row['text'][a:b]!r} in {row['id']}" for j, (a, b, _) in enumerate(found) if j not in seen]
        for i, j in pairs:
            want, got = gold[i], found[j][2]
            if want["label"] == "DRUG" and want.get("norm"):
                meant = vocabulary.resolve(want["norm"])
                named += 1
                same = set(got.ingredients) == (set(meant.ingredients) if meant else {want["norm"]})
                right += same
                if not same:
                    wrong.append(f"{want['text']!r} = {want['norm']!r}, read {got.ingredients}")
            if want.get("status") in STATUS:
                said += 1
                status_right += got.status in STATUS[want["status"]]
                if got.status not in STATUS[want["status"]]:
                    wrong.append(f"{want['text']!r} {want['status']}, read {got.status} in {row['id']}")
    both = 2 * hits / (gold_count + found_count)
    return [
        f"precision {hits / found_count:.3f} recall {hits / gold_count:.3f} F1 {both:.3f}",
        f"ingredient {right / named:.3f} of {named}; status {status_right / said:.3f} of {said}",
        *wrong[:errors],
    ]


def misspelt(rows: list[Record], annotator: Annotator, vocabulary: Vocabulary, errors: int) -> list[str]:
    """Common drugs (those with a patient page of the NHS): the right ingredient, a wrong one, none."""
    out: list[str] = []
    wrong: list[str] = []
    for label, common in (("common drugs", True), ("other drugs", False)):
        counts = {"right": 0, "wrong": 0, "none": 0}
        accepted = 0
        for row in rows:
            if bool(row["meta"].get("nhs_common")) is not common:
                continue
            (gold,) = row["entities"]
            names = (gold["norm"], gold.get("intended") or gold["norm"])
            known = [one for one in map(vocabulary.resolve, names) if one]
            meant = [set(one.ingredients) for one in known] or [{gold["norm"]}]
            got = [
                one
                for one in annotator.annotate(row["text"]).medications
                if one.start < gold["end"] and one.end > gold["start"]
            ]
            kind = "none" if not got else "right" if set(got[0].ingredients) in meant else "wrong"
            counts[kind] += 1
            accepted += kind == "wrong" and got[0].match == "exact"
            if kind != "right":
                wrong.append(f"{kind}: {gold['text']!r} for {gold['norm']!r}, read {[one.ingredients for one in got]}")
        total = sum(counts.values())
        shares = ", ".join(f"{kind} {count / total:.3f}" for kind, count in counts.items())
        out.append(f"{label}, {total}: {shares}; wrong and not marked as a guess {accepted}")
    return [*out, *wrong[:errors]]


def per_day(frequency: str | None) -> str | None:
    """ "2/day" -> "2", "every 4-6 hours" -> "4-6", "1/week" -> "0.143": the corpus counts a day."""
    if frequency is None:
        return None
    hours = re.fullmatch(r"every ([\d.]+)(?:-([\d.]+))? hours", frequency)
    if hours:
        counts = sorted({f"{24 / float(one):.3f}".rstrip("0").rstrip(".") for one in hours.groups() if one}, key=float)
        return "-".join(counts)
    days = re.fullmatch(r"every ([\d.]+) days", frequency)
    if days:
        return f"{1 / float(days[1]):.3f}".rstrip("0").rstrip(".")
    often = re.fullmatch(r"([\d.-]+)/(day|week|month)", frequency)
    if often is None:
        return frequency
    count = [f"{float(one) * PER_DAY[often[2]]:.3f}".rstrip("0").rstrip(".") for one in often[1].split("-")]
    return "-".join(count)


def directions(rows: list[Record], annotator: Annotator, vocabulary: Vocabulary, errors: int) -> list[str]:
    """All six fields right, and each. A route counts here only where it is said, not where a tablet implies it."""
    fields = ("dose", "unit", "route", "per_day", "prn", "days")
    right = dict.fromkeys(fields, 0)
    whole = 0
    wrong: list[str] = []
    for row in rows:
        sig = read_directions(row["text"].lower(), ())
        amount, _, unit = (sig.dose or sig.strength or "").partition(" ")
        length, _, span = (sig.duration or "").split(",")[0].removeprefix("then").strip().partition(" ")
        days = int(length) * {"d": 1, "w": 7, "m": 30}.get(span[:1], 0) if length.isdigit() else None
        route = sig.route if sig.route != "oral" or MOUTH.search(row["text"].lower()) else None
        got = {
            "dose": amount or None,
            "unit": unit.lower() or None,
            "route": route,
            "per_day": per_day(sig.frequency),
            "prn": sig.as_needed,
            "days": days or None,
        }
        for name in fields:
            right[name] += got[name] == row["sig"][name]
        missed = {name: got[name] for name in fields if got[name] != row["sig"][name]}
        whole += not missed
        if missed:
            wrong.append(f"{row['text']!r}: {missed}")
    shares = ", ".join(f"{name} {count / len(rows):.3f}" for name, count in right.items())
    return [f"all fields {whole / len(rows):.3f} of {len(rows)}; {shares}", *wrong[:errors]]


Score = Callable[[list[Record], Annotator, Vocabulary, int], list[str]]
SETS: tuple[tuple[str, str, Score], ...] = (
    ("GP notes", "primock57_notes*.jsonl", notes),
    ("medication and allergy sections", "mts_meds_allergy*.jsonl", notes),
    ("misspellings", "misspell_redmed*.jsonl", misspelt),
    ("directions", "sigs*.jsonl", directions),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--only", default="", help="the name of one set")
    options = parser.parse_args()
    if options.folder is None:
        print("no folder with corpora given: nothing measured")
        return
    vocabulary = load_vocabulary()
    annotator = Annotator(vocabulary.names.values(), vocabulary.confused_pairs, vocabulary.common)
    for name, pattern, measure in SETS:
        if options.only and options.only != name:
            continue
        paths = sorted(options.folder.glob(pattern))
        if not paths:
            print(f"{name}: no file {pattern}")
            continue
        rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
        print(f"{name} ({len(rows)} records)")
        for line in measure(rows, annotator, vocabulary, options.errors):
            print(f"  {line}")


if __name__ == "__main__":
    main()
