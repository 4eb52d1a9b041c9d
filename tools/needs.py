"""Write consult/nlp/needs.json: what each expression of the note reader needs. `--check` only says whether it is old.

Run it after a change of an expression or of a list that holds some: until then what is new is worked out at each start.
Run it, too, after a change of how needs are worked out (consult/nlp/expressions.py): until then the file's still hold.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # and not this folder, whose `catalogue` is no package

from consult.nlp import expressions, known_needs  # noqa: E402

FILE = ROOT / "consult/nlp/needs.json"


def found() -> str:
    """The file as it should be."""
    needs: dict[str, list[list[frozenset[str]]]] = {}

    def noted(expression: str) -> list[list[frozenset[str]]]:
        needs[expression] = expressions.worked_out(expression)
        return needs[expression]

    expressions.needed = noted
    from consult.knowledge.vocabulary import load_vocabulary
    from consult.nlp.annotate import Annotator

    words = load_vocabulary()
    Annotator(words.names.values(), words.confused_pairs, words.common)
    return known_needs.written(needs)


def main() -> int:
    new = found()
    if "--check" in sys.argv[1:]:
        old = FILE.read_text(encoding="utf-8") == new
        print(f"needs: {FILE.name} is as it should be" if old else "needs: run tools/needs.py, and commit the file")
        return 0 if old else 1
    FILE.write_text(new, encoding="utf-8")
    print(f"needs: {FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
