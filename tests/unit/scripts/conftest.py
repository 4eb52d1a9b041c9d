"""The compiled review, and a way to write script files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from consult.app import scripts
from consult.scripts import Script


@pytest.fixture(scope="session")
def cmr() -> Script:
    return scripts()["cmr"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    def write_file(text: str, name: str = "script.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_file
