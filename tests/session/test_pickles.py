"""What goes to an analysis process and what comes back is the same there as here."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field

import pytest

from consult.app import build_analysis
from consult.domain.consult import Consult
from consult.session.analysis import situation
from consult.session.pickles import packed, unpacked


@dataclass(frozen=True, slots=True)
class Nothing:
    pass


@dataclass(frozen=True, slots=True)
class One:
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    first: int
    second: object = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Made:
    first: int
    second: int = field(init=False, default=0)


@dataclass(frozen=True)
class Open:
    first: One


class Plain:
    def __init__(self, word: str) -> None:
        self.word = word

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plain) and other.word == self.word


@pytest.mark.parametrize(
    "value",
    [
        Nothing(),
        One(("a",)),
        One(()),
        Named(1, second=One(("b",))),
        Made(1),
        Open(One(("c",))),
        Plain("d"),
        None,
        ("e", 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_of_any_kind_comes_back_as_it_was(value: object) -> None:
    assert unpacked(packed(("job", value))) == ("job", value)


def test_what_the_analysis_is_asked_and_answers_comes_back_as_it_was() -> None:
    analysis = build_analysis()
    findings = analysis.annotate("stopped warfarin 5 mg daily last week, dizzy since; bp 128/76")
    asked = situation(Consult("c1"), "2026-11-23")
    judgement = analysis.judge(asked)

    assert unpacked(packed((findings, asked, judgement))) == (findings, asked, judgement)
    assert findings.medications
    assert len(packed(judgement)) <= len(pickle.dumps(judgement))
