"""A fill: one dispensing of a medication, as a pharmacy or a claim tells it; and a stay, in which none is needed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from consult.domain.text import DateText, Limit, Short

FILLS = 2000  # two years of thirty medicines, filled monthly, and some more
STAYS = 100
LONGEST_STAY = 366  # days; a longer one is a mistyped date, or a home


@dataclass(frozen=True, slots=True)
class Fill:
    """What was handed over. `name` is as the source wrote it, `ingredients` what it stands for, where recognised.

    `date` is YYYY-MM-DD; `days_supply` whole days, 0 where not told; `quantity` in dispensed units (tablets, mL),
    None where not told; `source` says where it was read ("claims.csv", "MedicationDispense").
    """

    name: Short
    date: DateText
    days_supply: int = 0
    ingredients: Annotated[tuple[Short, ...], Limit(12)] = ()
    quantity: float | None = None
    source: Short = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """The same for one dispensing that two sources tell of."""
        return "+".join(sorted(self.ingredients)) or self.name.strip().lower(), self.date, self.days_supply


def with_fills(known: tuple[Fill, ...], new: tuple[Fill, ...]) -> tuple[Fill, ...]:
    """All fills, the oldest first, each dispensing once."""
    kept = {fill.key: fill for fill in (*new, *known)}  # what is known stays
    return tuple(sorted(kept.values(), key=lambda fill: (fill.date, fill.key)))


@dataclass(frozen=True, slots=True)
class Stay:
    """Days in a hospital or a skilled nursing facility, from admission to discharge (YYYY-MM-DD, both included)."""

    first: DateText
    last: DateText


def with_stays(known: tuple[Stay, ...], new: tuple[Stay, ...]) -> tuple[Stay, ...]:
    """All stays, the oldest first, each once."""
    return tuple(sorted({*known, *new}, key=lambda stay: (stay.first, stay.last)))[-STAYS:]


def days_away(stays: Iterable[Stay]) -> frozenset[str]:
    """The days of the stays, as ISO dates."""
    spans = ((date.fromisoformat(stay.first), date.fromisoformat(stay.last)) for stay in stays)
    return frozenset(
        (first + timedelta(number)).isoformat()
        for first, last in spans
        for number in range(min((last - first).days + 1, LONGEST_STAY))
    )
