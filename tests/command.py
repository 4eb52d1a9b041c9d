"""`consult` as a person at a terminal meets it: a process of its own for each command, its words, its input, its end.

They are forked from one process that has imported the program and read its word lists, because a start costs more
than the commands do. One that reads a site's own data forgets what was read without it.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

LONGEST = 110.0  # seconds

_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload(["tests.warm"])


def consult(*words: str | Path, stdin: str = "", data: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run one command to its end. `data`: the folder of the site's own data."""
    called = [str(word) for word in words]
    environment = dict(os.environ) if data is None else {**os.environ, "CONSULT_DATA": str(data)}
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("in", "out", "err")]
        for file, text in zip(files, (stdin, "", ""), strict=True):
            file.write_text(text, encoding="utf-8")
        process = _WARM.Process(target=_command, args=(called, files, environment))
        process.start()
        process.join(LONGEST)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(called, LONGEST)
        out, err = (file.read_text(encoding="utf-8") for file in files[1:])
        return subprocess.CompletedProcess(called, process.exitcode, out, err)


def _command(words: list[str], files: list[Path], environment: Mapping[str, str]) -> None:
    from consult.cli import main

    os.environ.clear()
    os.environ.update(environment)
    if "CONSULT_DATA" in environment:
        for module in [one for name, one in sys.modules.items() if name.startswith("consult.")]:
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, mode, encoding="utf-8") for number, mode in enumerate("rww"))
    main(words)
