"""Rows of the rule, condition and allergen tables, read into rules and patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import get_args

from consult.domain.alert import AlertKind, Severity
from consult.knowledge.clauses import Context, Test, parse_context, parse_test
from consult.knowledge.rows import Row, terms
from consult.knowledge.rules import Pattern, Rule, Todo

Expand = Callable[[Iterable[str]], frozenset[str]]
_DAYS = re.compile(r"^([a-z0-9_]+) (\d+)$")


def read_patterns(rows: list[Row], expand: Expand) -> dict[str, Pattern]:
    """The words of conditions or allergens by key; "@group" among the phrases stands for the names of its members."""
    made: dict[str, Pattern] = {}
    for row in rows:
        with row.blame():
            labs = tuple(parse_test(test, lambda _: frozenset()) for test in terms(row["labs"]))
            phrases = list(dict.fromkeys([row["key"], *_phrases(row["phrases"], expand)]))
            made[row["key"]] = Pattern(
                key=row["key"],
                phrases=tuple(phrase for phrase in phrases if phrase[0] != "=" and f"={phrase}" not in phrases),
                exact=frozenset(phrase[1:] for phrase in phrases if phrase[0] == "="),
                unless=terms(row["unless"]),
                labs=labs,
                egfr=float(row["egfr"]) if row["egfr"] else None,
            )
    return made


def _phrases(text: str, expand: Expand) -> Iterator[str]:
    for phrase in terms(text):
        if phrase[0] == "@":
            yield from sorted(expand((phrase,)))
        else:
            yield phrase


def read_rule(
    kind: AlertKind, row: Row, expand: Expand, patterns: Mapping[str, Pattern], todos: Mapping[str, Todo]
) -> Rule:
    """The rule of a row; `expand` turns the terms of a selector into ingredients. ValueError says what is wrong."""
    for column in ("id", "risk", "why", "action"):
        if not row[column]:
            raise ValueError(f"column {column} is empty")
    if row["severity"] not in get_args(Severity):
        raise ValueError(f"severity {row['severity']!r} is not one of {', '.join(get_args(Severity))}")
    if row["todo"] not in todos:
        raise ValueError(f"no to-do text named {row['todo']!r}")
    a = expand(terms(row["a"]))
    if not a:
        raise ValueError("column a names no ingredient")
    b, keys, gate, allowed, days = _other_side(kind, row["b"], expand, patterns)
    context = parse_context(row["context"], expand)
    _check_conditions(context, patterns)
    if context.ask and kind != "food_herb":
        raise ValueError(f"only a food rule asks about a food: {context.ask!r}")
    route_a, route_b = _routes(row["routes"])
    severity: Severity = row["severity"]  # type: ignore[assignment]
    return Rule(
        row["id"], kind, a, b, keys, gate, allowed, days, severity, row["topic"] or row["id"], row["merge"],
        route_a, route_b, context, row["risk"], row["why"], row["mechanism"], row["action"], todos[row["todo"]],
        row["source"], row["date"], row["reviewer"],
    )  # fmt: skip


def _other_side(
    kind: AlertKind, text: str, expand: Expand, patterns: Mapping[str, Pattern]
) -> tuple[frozenset[str], tuple[str, ...], Test | None, tuple[tuple[frozenset[str], frozenset[str]], ...], int]:
    """What column b means depends on the kind: drugs, conditions, allergens, a limit, allowed pairs, a laboratory."""
    empty: frozenset[str] = frozenset()
    if kind in ("interaction", "food_herb"):
        b = expand(terms(text))
        if not b:
            raise ValueError("column b names no ingredient")
        return b, (), None, (), 0
    if kind == "allergy" and text == "same ingredient":
        return empty, (), None, (), 0
    if kind in ("condition", "allergy"):
        keys = terms(text)
        for key in keys:
            if key not in patterns:
                raise ValueError(f"no condition or allergen named {key!r}")
        if not keys:
            raise ValueError("column b names no condition or allergen")
        return empty, keys, None, (), 0
    if kind in ("age", "renal", "dose"):
        return empty, (), parse_test(text, expand), (), 0
    if kind == "monitoring":
        found = _DAYS.match(text)
        if not found:
            raise ValueError(f"column b should be a laboratory name and days, not {text!r}")
        return empty, (found[1],), None, (), int(found[2])
    pairs = []
    for pair in terms(text):
        left, plus, right = pair.partition("+")
        if not plus:
            raise ValueError(f"allowed pair without '+': {pair!r}")
        pairs.append((expand(_commas(left)), expand(_commas(right))))
    return empty, (), None, tuple(pairs), 0


def _commas(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _check_conditions(context: Context, patterns: Mapping[str, Pattern]) -> None:
    for clause in context.clauses:
        for test in clause.tests:
            for key in test.values if test.what == "has" else ():
                if key not in patterns:
                    raise ValueError(f"no condition named {key!r}")


def _routes(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """ "" is systemic on both sides; "any"; "a:any"; "b:inhaled,nasal"; "a:any b:any"; "same" for duplications."""
    sides = {"a": frozenset({"systemic"}), "b": frozenset({"systemic"})}
    for part in text.split():
        side, colon, names = part.partition(":")
        if not colon:
            sides = {"a": frozenset(_commas(part)), "b": frozenset(_commas(part))}
        elif side in sides:
            sides[side] = frozenset(_commas(names))
        else:
            raise ValueError(f"routes not understood: {text!r}")
    return sides["a"], sides["b"]
