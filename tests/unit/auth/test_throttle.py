"""Guessing is slowed down by account, by address and over the site."""

from __future__ import annotations

import pytest

from consult.auth.throttle import Throttle
from consult.errors import TooMany
from tests.unit.auth.fakes import Clock

LIMITS = {"key": 3, "subject": 5, "address": 7, "site": 12}


def _refused(throttle: Throttle, subject: str, address: str) -> bool:
    try:
        throttle.take(subject, address)
    except TooMany:
        return True
    return False


def _taken(throttle: Throttle, pairs: list[tuple[str, str]]) -> int:
    return sum(not _refused(throttle, subject, address) for subject, address in pairs)


@pytest.mark.parametrize(
    ("pairs", "allowed"),
    [
        ([("ann", "1.1.1.1")] * 20, 3),
        ([("ann", f"1.1.1.{number}") for number in range(20)], 5),
        ([(f"login-{number}", "1.1.1.1") for number in range(20)], 7),
        ([(f"login-{number}", f"1.1.1.{number}") for number in range(20)], 12),
    ],
    ids=["one pair", "one account from everywhere", "one address for all accounts", "everybody"],
)
def test_tries_are_limited(pairs: list[tuple[str, str]], allowed: int) -> None:
    assert _taken(Throttle(Clock(), LIMITS), pairs) == allowed


def test_other_people_are_not_held_up_by_a_guesser() -> None:
    throttle = Throttle(Clock(), LIMITS)
    _taken(throttle, [("ann", "1.1.1.1")] * 20)

    assert not _refused(throttle, "ann", "2.2.2.2")
    assert not _refused(throttle, "sam", "1.1.1.1")


def test_right_try_is_not_counted() -> None:
    throttle = Throttle(Clock(), LIMITS)
    for _ in range(50):
        throttle.take("ann", "1.1.1.1")
        throttle.give_back("ann", "1.1.1.1")

    assert _taken(throttle, [("ann", "1.1.1.1")] * 9) == 3


def test_after_the_window_one_may_try_again() -> None:
    clock = Clock()
    throttle = Throttle(clock, LIMITS)
    _taken(throttle, [("ann", "1.1.1.1")] * 9)
    clock.go(minutes=14, seconds=59)
    before = _refused(throttle, "ann", "1.1.1.1")
    clock.go(seconds=1)

    assert before
    assert _taken(throttle, [("ann", "1.1.1.1")] * 9) == 3


def test_flood_of_made_up_names_neither_fills_memory_nor_frees_its_address() -> None:
    throttle = Throttle(Clock(), LIMITS | {"address": 500, "site": 10**6}, largest=100)

    allowed = _taken(throttle, [(f"login-{number}", "1.1.1.1") for number in range(2000)])

    assert allowed == 500
    assert len(throttle._tries) <= 100
