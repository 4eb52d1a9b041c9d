"""Which expressions are tried on a text: leaving one out that matches would lose a finding."""

from __future__ import annotations

import re

import pytest

from consult.nlp.effect.lexicon import lexicon
from consult.nlp.expressions import Expressions, Rare, needed


@pytest.mark.parametrize(
    ("expression", "strings"),
    [
        (r"\bgain(?:ed|s)? \d+ lbs", {"gain"}),
        (r"(?:loose|watery) ?x ?\d", {"loose", "watery"}),
        (r"(?:every ?)?\d", None),
        (r"(?:then|\d)x?", None),
        (r"(?i)nausea", None),
        (r"(?:no)?t(?=here)", {"t"}),
    ],
)
def test_an_expression_needs_only_what_every_match_holds(expression: str, strings: set[str] | None) -> None:
    found = needed(re.compile(expression))

    assert found == (None if strings is None else frozenset(strings))


def test_expressions_that_may_match_come_in_their_order_with_those_that_need_nothing() -> None:
    every = Expressions((name, re.compile(one)) for name, one in (("a", "rash"), ("b", r"\d"), ("c", "hives?")))

    assert [name for name, _ in every.likely("hive and rash")] == ["a", "b", "c"]
    assert [name for name, _ in every.likely("hives")] == ["b", "c"]
    assert [name for name, _ in every.likely("")] == ["b"]


def test_a_rare_expression_finds_what_the_expression_finds() -> None:
    rare = Rare(r"\b(?:from|was) \d+")

    assert (found := rare.search("it was 5 mg")) is not None
    assert found.group() == "was 5"
    assert rare.search("now 5 mg") is None
    assert rare.search("was told") is None


def test_no_symptom_wording_is_left_out_on_a_text_that_it_matches() -> None:
    texts = (
        "gained 10 lbs",
        "up 3x at night to pee",
        "sleeps only 4 hours",
        "heart goes a mile a minute",
        "bms q 3 days",
    )

    for text in texts:
        matching = [concept for concept, pattern in lexicon().patterns if pattern.search(text)]

        assert matching
        assert [one for one, pattern in lexicon().patterns.likely(text) if pattern.search(text)] == matching
