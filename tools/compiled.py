"""A copy of the package in which the reading of note lines is compiled: python tools/compiled.py FOLDER

In FOLDER/consult/nlp a compiled module stands beside each plain one, and is the one that is imported. The source stays
as it is. Needs a C compiler and mypyc (of mypy). The build hook calls this for a wheel (CONSULT_COMPILE=1).
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("check.py", "records.py")  # no note line goes through them
OPTIMIZED = "2"
# To look for warnings takes as long as all the rest; what nobody else may call is called directly.
FLAGS = ("-Wno-all", "-fvisibility=hidden")
_CONSTANT = re.compile(r"^(_?[A-Z][A-Z0-9_]*) = ", re.M)
_FUTURE = "from __future__ import annotations\n"


def modules(package: Path) -> list[Path]:
    """The modules that are compiled, given the folder of the package."""
    every = (path for path in package.glob("nlp/**/*.py") if path.name != "__init__.py")
    return sorted(path for path in every if path.relative_to(package / "nlp").as_posix() not in PLAIN)


def with_constants(source: str) -> str:
    """The source with its constants marked as such: a compiled function finds them without asking by name."""
    marked = _CONSTANT.sub(r"\1: Final = ", source)
    return marked if marked == source else marked.replace(_FUTURE, f"{_FUTURE[:-1]}; from typing import Final\n", 1)


def compile_into(folder: Path) -> None:
    from mypyc.build import mypycify
    from setuptools import setup

    shutil.copytree(
        ROOT / "consult", folder / "consult", ignore=shutil.ignore_patterns("static", "__pycache__", "*.so", "*.pyd")
    )
    os.chdir(folder)
    names = [path.as_posix() for path in modules(Path("consult"))]
    plain = {name: Path(name).read_text(encoding="utf-8") for name in names}
    for name, source in plain.items():
        Path(name).write_text(with_constants(source), encoding="utf-8")
    extensions = mypycify(
        ["--config-file=", "--ignore-missing-imports", "--cache-dir=build/types", *names],
        opt_level=OPTIMIZED,
        debug_level="0",
        group_name="consult.nlp.native",
    )
    for one in extensions:
        one.extra_compile_args = [*one.extra_compile_args, *FLAGS]
    setup(name="consult", packages=[], ext_modules=extensions, script_args=["-q", "build_ext", "--inplace"])
    for name, source in plain.items():
        Path(name).write_text(source, encoding="utf-8")
    shutil.rmtree("build")


if __name__ == "__main__":
    compile_into(Path(sys.argv[1]).resolve())
