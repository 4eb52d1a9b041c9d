"""Proportion of days covered (PDC): on how many days of a treatment period a target drug was at hand. Pure.

Rules of the CMS Star Ratings Technical Notes 2026 (D08 to D10, Attachment L): an early refill of the same target
ingredient, alone or in a combination, is used after what is at hand; different ingredients that overlap are not put
one after the other; a shared ingredient that is no target (hydrochlorothiazide) moves nothing. Days in a hospital or
nursing facility, the day of discharge included, are left out of both numbers; what would have been used on them is
used on later days without supply. Supply beyond the end of the period is cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from consult.domain.fill import Fill

LONGEST = 3660  # days; a longer period is a mistyped date


@dataclass(frozen=True, slots=True)
class DaysCovered:
    """`covered` of `days` in the period `first` to `last` (ISO dates, both included)."""

    covered: int
    days: int
    first: str
    last: str

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where the period has no countable day."""
        return self.covered / self.days if self.days else 0.0


def days_covered(
    fills: Iterable[Fill], targets: Collection[str], first: str, last: str, away: Collection[str] = ()
) -> DaysCovered:
    """The days from `first` to `last` on which a target was at hand; `away` are days in a facility (ISO dates).

    Fills before `first` are not counted. Raises ValueError for what is no period of at most ten years.
    """
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if not 0 <= (end - begin).days < LONGEST:
        raise ValueError("the period ends before it begins, or is longer than ten years")
    start = begin.toordinal()
    supply: dict[int, list[tuple[str, int]]] = {}  # by day of the period: what is handed over, and for how many days
    for fill in fills:
        if fill.days_supply > 0 and first <= fill.date <= last and (targeted := _of(fill, targets)):
            day = date.fromisoformat(fill.date).toordinal() - start
            supply.setdefault(day, []).extend((ingredient, fill.days_supply) for ingredient in targeted)
    stays = {date.fromisoformat(day).toordinal() - start for day in away}
    at_hand: dict[str, int] = {}
    moved = covered = counted = 0  # moved: days of supply that a stay has pushed back
    for number in range((end - begin).days + 1):
        for ingredient, days in supply.get(number, ()):
            at_hand[ingredient] = at_hand.get(ingredient, 0) + days
        using = bool(at_hand)
        if using:
            at_hand = {ingredient: left - 1 for ingredient, left in at_hand.items() if left > 1}
        if number in stays:
            moved += using
            continue
        counted += 1
        if not using and moved:
            moved -= 1
            covered += 1
        covered += using
    return DaysCovered(covered, counted, first, last)


def _of(fill: Fill, targets: Collection[str]) -> tuple[str, ...]:
    return tuple(ingredient for ingredient in fill.ingredients if ingredient in targets)
