"""What an old phone or laptop has to fetch before a page is usable: its scripts, as they travel."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from consult.config import Settings

STATIC = Settings().static
BEFORE_THE_CALL = 25 * 1024  # bytes, compressed
WORKSPACE = 150 * 1024
BEFORE_THE_NOTES = 75 * 1024  # so that the consult is on its way before the editor has arrived


def scripts(manifest: dict[str, dict[str, list[str]]], entry: str) -> set[str]:
    """The entry and what it imports at once."""
    one = manifest[entry]
    return {str(one["file"])}.union(*(scripts(manifest, name) for name in one.get("imports", [])))


def weight(file: str) -> int:
    return len(gzip.compress((STATIC / file).read_bytes(), 9))


@pytest.fixture
def manifest() -> dict[str, dict[str, list[str]]]:
    path = Path(STATIC / ".vite/manifest.json")
    assert path.exists(), "build the pages first: python tools/bundle.py"
    found: dict[str, dict[str, list[str]]] = json.loads(path.read_text())
    return found


def test_the_patients_page_before_the_call_stays_small(manifest: dict[str, dict[str, list[str]]]) -> None:
    files = scripts(manifest, "src/patient/main.ts")

    weights = {file: weight(file) for file in files}

    assert sum(weights.values()) <= BEFORE_THE_CALL, weights


def test_nothing_of_the_call_the_visit_or_the_workspace_is_in_it(manifest: dict[str, dict[str, list[str]]]) -> None:
    code = "".join((STATIC / file).read_text() for file in scripts(manifest, "src/patient/main.ts"))

    for absent in ("RTCPeerConnection", "Is this right?", "Hang up", "sala de espera", "cm-content"):
        assert absent not in code, absent


def test_the_workspace_stays_small_and_its_editor_comes_behind_it(manifest: dict[str, dict[str, list[str]]]) -> None:
    first = scripts(manifest, "src/workspace/main.tsx")
    notes = scripts(manifest, "src/workspace/notes/Editor.tsx") - first

    before, after = (sum(weight(file) for file in files) for files in (first, notes))

    assert before <= BEFORE_THE_NOTES, first
    assert before + after <= WORKSPACE, notes
