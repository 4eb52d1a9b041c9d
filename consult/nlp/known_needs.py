"""What the expressions of this project need, worked out beforehand: that took a quarter of the start of a reader.

`needs.json` is written by tools/needs.py. What it does not hold is worked out when it is asked for.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2s
from importlib.resources import files

Strings = frozenset[str]


def known_needs(expression: str) -> list[list[Strings]] | None:
    """For each alternative of an expression what it needs, None for one that is not known."""
    alternatives = _all().get(key_of(expression))
    return None if alternatives is None else [[frozenset(one.split(" ")) for one in needs] for needs in alternatives]


def key_of(expression: str) -> str:
    """What an expression is known by."""
    return blake2s(expression.encode(), digest_size=10).hexdigest()


def written(needs: dict[str, list[list[Strings]]]) -> str:
    """The needs of expressions as the file holds them; no string of a need has a blank."""
    told = {
        key_of(one): [[" ".join(sorted(need)) for need in every] for every in found] for one, found in needs.items()
    }
    rows = (f"{json.dumps(key)}: {json.dumps(told[key], ensure_ascii=False)}" for key in sorted(told))
    return "{\n" + ",\n".join(rows) + "\n}\n"


def forget() -> None:
    """What is in memory of the file; it is hardly asked for again."""
    _all.cache_clear()


@cache
def _all() -> dict[str, list[list[str]]]:
    rows: dict[str, list[list[str]]] = json.loads(files("consult.nlp").joinpath("needs.json").read_text("utf-8"))
    return rows
