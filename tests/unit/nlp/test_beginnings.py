"""Expressions that look at the first character before all else match what they matched before."""

from __future__ import annotations

import re

import pytest

from consult.nlp.beginnings import quick

EXPRESSIONS = (
    r"(?<![\w/])(?P<n>\d{1,3}|\.\d+)(?: ?(?P<unit>mg|g))?",
    r"(?:(?:in|at|by) ?){0,2}(?:noon|[89] ?am)",
    r"(?:^|[\s(,])([-^])",
    r"(?<=q )(?:hs|a-m|\]|\s)",
    r"(?i)(?<!x)TABS?",
    r"(?:\b(?:due|owed)|(?<!\w)'\d\d)\b",
    r"(?!no)[^\W\d]+ rash",
    r"(?:a|b|)?(?=c)",
    r"(?:x{2}|y{0}|z+?)w",
)
TEXTS = (
    "takes 5 mg at 8am, .5mg noon and by 9 am",
    "q hs, q a-m; q ]  q \t (-x ^y -z",
    "tabs xtabs TAB; due owed overdue '98 1'98",
    "red rash no rash; abc bc c; xxw w zzw yw",
    "",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_quick_expression_matches_what_it_matched(expression: str) -> None:
    plain = re.compile(expression)
    fast = re.compile(quick(expression))

    for text in TEXTS:
        assert [(one.span(), one.groups()) for one in fast.finditer(text)] == [
            (one.span(), one.groups()) for one in plain.finditer(text)
        ]
    assert fast.groupindex == plain.groupindex


def test_the_first_character_is_looked_at_where_an_expression_begins_with_a_test_or_a_repetition() -> None:
    assert quick(r"(?<!\w)(?:\d|q)").startswith(r"(?=[\dq])")
    assert quick(r"(?:at ){0,3}noon").startswith("(?=[an])")
    assert quick("noon|at").startswith("(?=[an])")


@pytest.mark.parametrize(
    "expression", [r"\bnoon", "noon", "^noon", "[an]oon", "(?:no)?", r"(?<!\w)\Wnoon", "(?i)(?:x)?noon"]
)
def test_an_expression_that_gains_nothing_by_it_stays_as_it_is(expression: str) -> None:
    assert quick(expression) == expression
