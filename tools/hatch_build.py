"""Build hook: put the browser bundle into the wheel, building it where it is not there or not fresh."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):
    """Runs before the files are collected; an unpacked sdist carries the bundle and needs no Node."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if os.environ.get("CONSULT_SKIP_BUNDLE") or version == "editable":
            return
        if (root / "consult/static/app/.vite/manifest.json").exists() and not (root / ".git").exists():
            return
        subprocess.run([sys.executable, str(root / "tools/bundle.py")], cwd=root, check=True)
