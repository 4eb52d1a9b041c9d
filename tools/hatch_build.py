"""Build hook: put a fresh browser bundle into the wheel and, where asked for, compiled modules beside the source."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface):
    """Runs before the files are collected; an unpacked sdist carries the bundle and needs no Node.

    With CONSULT_COMPILE=1 the wheel holds a compiled module beside each plain one that reads note lines.
    """

    def dependencies(self) -> list[str]:
        return ["mypy>=2.4,<3", "setuptools>=77"] if self._compiles() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if self._compiles() and version != "editable":
            self._compile(root, build_data)
        if os.environ.get("CONSULT_SKIP_BUNDLE") or version == "editable":
            return
        if (root / "consult/static/app/.vite/manifest.json").exists() and not (root / ".git").exists():
            return
        subprocess.run([sys.executable, str(root / "tools/bundle.py")], cwd=root, check=True)

    def _compiles(self) -> bool:
        return self.target_name == "wheel" and os.environ.get("CONSULT_COMPILE") == "1"

    def _compile(self, root: Path, build_data: dict[str, Any]) -> None:
        self._compiled = TemporaryDirectory()  # until the wheel is written
        folder = Path(self._compiled.name)
        subprocess.run([sys.executable, str(root / "tools/compiled.py"), str(folder)], check=True)
        build_data.update(pure_python=False, infer_tag=True)
        for pattern in ("*.so", "*.pyd"):
            for path in folder.rglob(pattern):
                build_data["force_include"][str(path)] = path.relative_to(folder).as_posix()
