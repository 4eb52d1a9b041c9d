"""Anchors: links of the audit chain that are noted outside of the database, so that a cut at its end shows."""

from __future__ import annotations

import os
from pathlib import Path

from consult.errors import BadFile


def note_anchor(path: Path, at: str, seq: int, mac: str) -> None:
    """Add one line "time seq mac" and have it on the disk. Raises OSError."""
    with path.open("a", encoding="ascii") as file:
        file.write(f"{at} {seq} {mac}\n")
        file.flush()
        os.fsync(file.fileno())


def read_anchors(path: Path) -> list[tuple[int, str]]:
    """The links of such a file. Raises BadFile with the line."""
    found = []
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeError):
        raise BadFile(path, None, "there is no readable file of anchors") from None
    for number, line in enumerate(lines, 1):
        words = line.split()
        if len(words) != 3 or not words[1].isdigit():
            raise BadFile(path, number, "a line is TIME SEQ MAC")
        found.append((int(words[1]), words[2]))
    return found
