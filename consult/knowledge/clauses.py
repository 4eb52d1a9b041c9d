"""The small language of conditions in the rule tables: tests on named facts, and what follows.

A context cell holds clauses separated by ";", each ``TEST & TEST => OUTCOME``, and may hold ``need LAB, LAB``, and in
a food rule ``ask FOOD``: a food that is worth asking about where nobody has named it.
Tests: ``age>=65``, ``potassium>5.5`` (any laboratory name), ``has KEY`` (a condition key), ``taking SELECTOR``
(another row), ``is SELECTOR`` (a drug of the finding itself), ``dose a>20`` (mg a day of that side),
``often a>1`` (times a week), ``route a=topical,nasal``, ``sex=f``, ``unknown LAB``, ``apart`` (the two rows bear
different names), ``one named WORD, WORD`` (just one of the rows bears such a name, as "er" for long-acting),
``always``; each may be preceded by ``not``. Outcomes: critical, warning, info, silent set the indicator; up and
down move it one step; raises, lowers and neutral only name the fact.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

OUTCOMES = frozenset({"critical", "warning", "info", "silent", "up", "down", "raises", "lowers", "neutral"})
COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}
_NUMBER = re.compile(r"^(?:(dose|often) ([ab]))?\s*([a-z_0-9]*?)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$")
_ROUTE = re.compile(r"^route ([ab])=(.+)$")
_SEX = re.compile(r"^sex=([fm])$")


@dataclass(frozen=True, slots=True)
class Test:
    """`what` is the kind of test, as in the list above ("lab" for any laboratory name); `side` is "a" or "b"."""

    what: str
    name: str = ""
    compare: str = ""
    limit: float = 0.0
    side: str = ""
    values: frozenset[str] = frozenset()
    negated: bool = False

    __test__ = False  # not a test case for pytest


@dataclass(frozen=True, slots=True)
class Clause:
    """All tests hold -> the outcome."""

    tests: tuple[Test, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Context:
    """The clauses in their order, the facts whose absence is to be named, and the food that is to be asked about."""

    clauses: tuple[Clause, ...] = ()
    need: tuple[str, ...] = ()
    ask: str = ""


def parse_test(text: str, expand: Callable[[Iterable[str]], frozenset[str]]) -> Test:
    """One test; `expand` turns the terms of a selector into ingredients. ValueError says what is not understood."""
    text = text.strip()
    negated = text.startswith("not ")
    if negated:
        text = text[4:].strip()
    if text in ("always", "apart"):
        return Test(text, negated=negated)
    if text.startswith("one named "):
        return Test("one named", values=frozenset(_split(text[10:])), negated=negated)
    if found := _SEX.match(text):
        return Test("sex", name=found[1], negated=negated)
    if found := _ROUTE.match(text):
        return Test("route", side=found[1], values=frozenset(_split(found[2])), negated=negated)
    word, _, rest = text.partition(" ")
    if word == "has" and rest:
        return Test("has", name=rest.strip(), values=frozenset(_split(rest)), negated=negated)
    if word in ("taking", "is") and rest:
        return Test(word, name=rest.strip(), values=expand(_split(rest)), negated=negated)
    if word == "unknown" and rest:
        return Test("unknown", name=rest.strip(), negated=negated)
    if found := _NUMBER.match(text):
        what, side, name, compare, limit = found.groups()
        if what is None and not name:
            raise ValueError(f"no name in test {text!r}")
        what = what or ("age" if name == "age" else "lab")
        return Test(what, name or "", compare, float(limit), side or "", negated=negated)
    raise ValueError(f"test not understood: {text!r}")


def parse_context(text: str, expand: Callable[[Iterable[str]], frozenset[str]]) -> Context:
    """A whole context cell; empty text gives an empty context."""
    clauses: list[Clause] = []
    need: list[str] = []
    ask = ""
    for part in (piece.strip() for piece in text.split(";")):
        if not part:
            continue
        if part.startswith("need "):
            need += _split(part[5:])
            continue
        if part.startswith("ask "):
            ask = part[4:].strip()
            continue
        tests, arrow, outcome = part.partition("=>")
        if not arrow or outcome.strip() not in OUTCOMES:
            raise ValueError(f"clause not understood: {part!r}")
        clauses.append(Clause(tuple(parse_test(test, expand) for test in tests.split("&")), outcome.strip()))
    return Context(tuple(clauses), tuple(need), ask)


def _split(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",") if piece.strip()]
