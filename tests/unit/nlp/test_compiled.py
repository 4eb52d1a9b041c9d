"""What the compiler asks of the source; in the long form (`make compiled`) the findings of a compiled wheel as well."""

import ast
import importlib.util
import json
import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from consult.knowledge.vocabulary import Vocabulary
from consult.nlp.annotate import Annotator

ROOT = Path(__file__).resolve().parents[3]
SETS = ("fifteenth", "eighteenth", "twentysecond", "twentyeighth")
READ = """
import json, sys
from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp import annotate
words = load_vocabulary()
read = annotate.Annotator(words.names.values(), words.confused_pairs, words.common).annotate
json.dump([annotate.__file__, [repr(read(line)) for line in json.load(sys.stdin)]], sys.stdout)
"""


def _missing() -> str:
    """Why no wheel can be compiled here, "" where one can."""
    if os.environ.get("CONSULT_COMPILE") != "1":
        return "takes two minutes: CONSULT_COMPILE=1"
    needed = [name for name in ("mypyc", "setuptools", "hatchling", "pip") if importlib.util.find_spec(name) is None]
    if not shutil.which((sysconfig.get_config_var("CC") or "cc").split()[0]):
        needed.append("a C compiler")
    return f"not here: {', '.join(needed)}" if needed else ""


TOOL = runpy.run_path(str(ROOT / "tools/compiled.py"))


def test_all_modules_are_compiled_but_those_left_out() -> None:
    nlp = ROOT / "consult/nlp"
    every = {path.relative_to(nlp).as_posix() for path in nlp.rglob("*.py") if path.name != "__init__.py"}
    taken = {path.relative_to(nlp).as_posix() for path in TOOL["modules"](ROOT / "consult")}

    assert set(TOOL["PLAIN"]) < every
    assert taken == every - set(TOOL["PLAIN"])


def test_a_constant_is_marked_and_no_line_moves() -> None:
    source = '"""Doc."""\n\nfrom __future__ import annotations\n\n_MOST = 3\nWords = dict[str, int]\nfound = 1\n'

    assert TOOL["with_constants"](source).splitlines() == [
        *('"""Doc."""', "", "from __future__ import annotations; from typing import Final", ""),
        *("_MOST: Final = 3", "Words = dict[str, int]", "found = 1"),
    ]


@pytest.mark.parametrize("path", TOOL["modules"](ROOT / "consult"), ids=lambda path: path.stem)
def test_no_constant_is_set_twice_and_no_init_is_decorated(path: Path) -> None:
    """The compiler takes neither."""
    tree = ast.parse(TOOL["with_constants"](path.read_text(encoding="utf-8")))
    targets = [one.target for one in tree.body if isinstance(one, (ast.AnnAssign, ast.AugAssign))]
    times = Counter(one.id for one in targets if isinstance(one, ast.Name))
    made = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef) and one.name == "__init__"]

    assert [name for name, n in times.items() if n > 1] == []
    assert [one.lineno for one in made if one.decorator_list] == []


@pytest.mark.timeout(900)
@pytest.mark.skipif(_missing() != "", reason=_missing())
def test_a_compiled_wheel_finds_the_same(tmp_path: Path, vocabulary: Vocabulary) -> None:
    sets = [ROOT / f"tests/nlp/blind/{name}.jsonl" for name in SETS]
    lines = [json.loads(row)["text"] for one in sets for row in one.read_text(encoding="utf-8").splitlines()]
    read = Annotator(vocabulary.names.values(), vocabulary.confused_pairs, vocabulary.common).annotate

    wheel = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(tmp_path), "."]
    subprocess.run(wheel, cwd=ROOT, env={**os.environ, "CONSULT_SKIP_BUNDLE": "1"}, check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as packed:
        packed.extractall(tmp_path / "site")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps(lines),
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=True,
    )
    module, found = json.loads(done.stdout)

    assert len(lines) > 300
    assert Path(module).suffix != ".py"
    assert found == [repr(read(line)) for line in lines]
