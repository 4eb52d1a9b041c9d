"""Which expressions are tried on a text: leaving one out that matches would lose a finding."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import consult.nlp
from consult.nlp.effect.lexicon import lexicon
from consult.nlp.expressions import DIRECTIONS, LINES, Expressions, Needs, Rare, needed

EXAMPLES = Path(__file__).parents[2] / "nlp" / "examples"


@pytest.mark.parametrize(
    ("expression", "alternatives"),
    [
        (r"gain(?:ed|s)? \d+ lbs", [[{"gain\x01", "gained\x01", "gains\x01"}, {"N"}, {"\x01lbs"}]]),
        (r"is (?:-|>) one", [[{"is\x01"}, {"-", ">"}, {"\x01one"}]]),
        (
            r"(?:loose|watery) ?x ?\d",
            [[{"loose", "watery"}, {"loosex", "wateryx", "\x01x"}, {"loosexN", "wateryxN", "\x01xN", "\x01N"}]],
        ),
        (r"(?:every ?)?(?:[a-z]|\d)", [[]]),
        (r"q(?:hs|2h)|(?:p|n)rn", [[{"qhs", "q2h", "prn", "nrn"}]]),
        (r"(?i)nausea", [[]]),
        (r"(?:no)?t(?=here)(?!fore)", [[{"t"}, {"here"}]]),
        (r"(?<=\d)po|as needed", [[{"N"}, {"po"}], [{"as\x01"}, {"\x01needed"}]]),
        (r"x ?[12]\d|none 0", [[{"x"}, {"xNN", "\x01NN"}], [{"none\x01"}, {"\x010"}]]),
        (r"(?:\w+ day|per week)s", [[{"\x01day", "\x01week"}, {"s"}]]),
    ],
)
def test_an_expression_needs_only_what_every_match_holds(expression: str, alternatives: list[list[set[str]]]) -> None:
    found = needed(expression)

    assert found == alternatives


def test_the_edge_of_a_word_is_part_of_what_is_needed() -> None:
    rare = Rare(r"\b(?:am|d/c)\b")

    assert rare.possible(LINES.unmet("at 8 am, then"))
    assert rare.possible(LINES.unmet("d/c'd"))
    assert not rare.possible(LINES.unmet("same name, bad/cold"))


def test_expressions_that_may_match_come_in_their_order_with_those_that_need_nothing() -> None:
    every = Expressions([("a", "rash"), ("b", r"\s"), ("c", "hives?|itch")])

    assert [name for name, _ in every.likely(LINES.unmet("hive and rash"))] == ["a", "b", "c"]
    assert [name for name, _ in every.likely(LINES.unmet("hives, itch"))] == ["b", "c"]
    assert [name for name, _ in every.likely(LINES.unmet(""))] == ["b"]


def test_an_expression_made_after_a_text_was_looked_at_is_tried_on_it() -> None:
    lacks = LINES.unmet("swollen uvula")
    rare = Rare("uvula")

    assert rare.search("swollen uvula", lacks) is not None


def test_a_rare_expression_finds_what_the_expression_finds() -> None:
    rare = Rare(r"\b(?:from|was) \d+")

    assert (found := rare.search("it was 5 mg", LINES.unmet("it was 5 mg"))) is not None
    assert found.group() == "was 5"
    assert rare.search("now 5 mg", LINES.unmet("now 5 mg")) is None
    assert [one.group() for one in rare.finditer("was 5, from 6", LINES.unmet("was 5, from 6"))] == ["was 5", "from 6"]
    assert rare.sub("-", "was 5 mg", LINES.unmet("was 5 mg")) == "- mg"


def test_a_text_that_meets_no_telling_need_holds_no_match_of_any_expression() -> None:
    kind = Needs()
    Rare(r"\b(?:swollen|puffy) (?:feet|ankles)\b", kind)
    Expressions([("a", r"hives?|itch(?:y|ing)"), ("b", r"\d+ lbs")], kind)

    assert kind.unmet("for pain, 10 mg") & kind.telling == kind.telling
    assert all(kind.unmet(one) & kind.telling != kind.telling for one in ("puffy feet", "itching", "3 lbs"))


def every_rare() -> Iterator[Rare]:
    for module in pkgutil.walk_packages(consult.nlp.__path__, "consult.nlp."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, Rare):
                yield one
    yield lexicon().trouble


def test_no_rare_expression_is_left_out_on_a_line_that_it_matches() -> None:
    lines = [row.lower() for one in sorted(EXAMPLES.glob("*.txt")) for row in one.read_text("utf-8").splitlines()]
    rares = list(every_rare())

    matching = 0
    for line in lines:
        lacks = {kind: kind.unmet(line) for kind in (LINES, DIRECTIONS)}
        for rare in rares:
            if rare.pattern.search(line):
                matching += 1
                assert rare.possible(lacks[rare.kind]), (rare.expression, line)
    assert matching


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
        assert [
            one for one, pattern in lexicon().patterns.likely(LINES.unmet(text)) if pattern.search(text)
        ] == matching
