"""Findings as records, and files of note lines in: the contract of `consult analyze`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from consult.domain.mention import Cue, EffectMention, Findings, MedicationMention
from consult.errors import BadFile


class Reader(Protocol):
    """What reads a note line."""

    def annotate(self, text: str, section: str = "") -> Findings: ...


def record_of(line_id: str, text: str, findings: Findings) -> dict[str, Any]:
    """One line's record: the format of the annotation guide, plus cues, confidence and candidates."""
    return {
        "id": line_id,
        "text": text,
        "medications": [_medication(one) for one in findings.medications],
        "effects": [_effect(one) for one in findings.effects],
    }


def analyze_records(lines: Iterable[str], annotator: Reader, path: Path | str = "-") -> Iterator[dict[str, Any]]:
    """A record a note line, for plain text or JSONL with "id", "text" and perhaps "section".

    It is JSONL where the first line that is not blank starts with "{". Blank lines are skipped; a plain line's
    id is its number. Raises BadFile with the line number for what cannot be read.
    """
    as_json: bool | None = None
    for number, raw in enumerate(lines, start=1):
        line = raw.rstrip("\r\n")
        if number == 1:
            line = line.removeprefix("\ufeff")
        if not line.strip():
            continue
        if as_json is None:
            as_json = line.lstrip().startswith("{")
        line_id, text, section = _parsed(line, number, path) if as_json else (str(number), line, "")
        yield record_of(line_id, text, annotator.annotate(text, section))


def _parsed(line: str, number: int, path: Path | str) -> tuple[str, str, str]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as problem:
        reason = problem.msg if isinstance(problem, json.JSONDecodeError) else "too deeply nested"
        raise BadFile(path, number, f"not JSON ({reason})") from problem
    if not isinstance(row, dict):
        raise BadFile(path, number, "not an object")
    text, line_id, section = row.get("text"), row.get("id", str(number)), row.get("section", "")
    if not isinstance(text, str):
        raise BadFile(path, number, 'no "text", or it is not a text')
    if not isinstance(line_id, (str, int)) or isinstance(line_id, bool):
        raise BadFile(path, number, '"id" is neither a text nor a number')
    if not isinstance(section, str):
        raise BadFile(path, number, '"section" is not a text')
    return str(line_id), text, section


def _medication(one: MedicationMention) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "ingredients": list(one.ingredients),
        "match": one.match,
        "strength": one.strength,
        "likely_strength": one.likely_strength,
        "dose": one.dose,
        "route": one.route,
        "frequency": one.frequency,
        "as_needed": one.as_needed,
        "status": one.status,
        "subject": one.subject,
        "duration": one.duration,
        "timing": one.timing,
        "previous": one.previous,
        "indication": one.indication,
        "confidence": one.confidence,
        "flags": list(one.flags),
        "cues": _cues(one.cues),
    }
    if one.match == "fuzzy":
        record["candidates"] = [
            {"name": name.name, "ingredients": list(name.ingredients), "score": name.score} for name in one.candidates
        ]
    return record


def _effect(one: EffectMention) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "concept": one.concept,
        "negated": one.negated,
        "uncertain": one.uncertain,
        "historical": one.historical,
        "subject": one.subject,
        "suspected": list(one.suspected),
        "severity": one.severity,
        "onset": one.onset,
        "match": one.match,
        "confidence": one.confidence,
        "cues": _cues(one.cues),
    }


def _cues(cues: tuple[Cue, ...]) -> list[dict[str, Any]]:
    return [{"sets": one.sets, "start": one.start, "end": one.end, "text": one.text} for one in cues]
