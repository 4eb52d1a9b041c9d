"""Events of the letters to prescribers and of their answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from consult.domain.letter import Letter
from consult.domain.plan import Delivery
from consult.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class LetterRequested:
    """A letter is to be made, or made anew under the same id."""

    letter: Letter
    type: Literal["letter_requested"] = "letter_requested"


@dataclass(frozen=True, slots=True)
class LetterDrafted:
    """The letter stands, as bytes under its hashes."""

    letter: Letter
    type: Literal["letter_drafted"] = "letter_drafted"


@dataclass(frozen=True, slots=True)
class LetterFailed:
    """The letter could not be made; its code says why."""

    letter: Letter
    type: Literal["letter_failed"] = "letter_failed"


@dataclass(frozen=True, slots=True)
class LetterSent:
    """The letter went out, signed by whoever sent it: `delivery` is the proof, its address masked.

    `problems` are the ones it asks about, as they stand now.
    """

    letter: Letter
    delivery: Delivery
    problems: tuple[Problem, ...]
    type: Literal["letter_sent"] = "letter_sent"


@dataclass(frozen=True, slots=True)
class ProblemAnswered:
    """What became of a problem: the prescriber's answer, or its end."""

    problem: Problem
    type: Literal["problem_answered"] = "problem_answered"
