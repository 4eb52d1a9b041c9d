"""Slows guessing down: tries are counted by account or link, by address, and over the whole site.

A try is counted before it is judged and given back when it was right, so that many at once cannot slip past.
Nothing is stored: a restart forgets the counts, and each node counts for itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from consult.errors import TooMany

WINDOW = timedelta(minutes=15)
# Failed tries in the window. `key` is one account or link from one address, `subject` it from anywhere; the
# latter is wider, so that somebody elsewhere cannot easily lock a person out.
LIMITS: Mapping[str, int] = {"key": 10, "subject": 50, "address": 100, "site": 2000}


@dataclass(slots=True)
class Throttle:
    """`clock` gives aware times. At most `largest` counters are kept; the idle ones go first."""

    clock: Callable[[], datetime]
    limits: Mapping[str, int] = field(default_factory=lambda: LIMITS)
    window: timedelta = WINDOW
    largest: int = 20_000
    _tries: dict[tuple[str, ...], deque[datetime]] = field(default_factory=dict)

    def take(self, subject: str, address: str) -> None:
        """Count a try. Raises TooMany where one of the limits is reached; such a try is not counted."""
        now = self.clock()
        keys = _keys(subject, address)
        for key in keys:
            tries = self._tries.get(key)
            while tries and tries[0] <= now - self.window:
                tries.popleft()
            if tries is not None and len(tries) >= self.limits[key[0]]:
                raise TooMany("Too many tries. Wait a quarter of an hour and try again.")
        for key in keys:
            self._tries.setdefault(key, deque()).append(now)
        if len(self._tries) > self.largest:
            self._forget(now)

    def give_back(self, subject: str, address: str) -> None:
        """The try was right: do not count it."""
        for key in _keys(subject, address):
            tries = self._tries.get(key)
            if tries:
                tries.pop()
                if not tries:
                    del self._tries[key]

    def _forget(self, now: datetime) -> None:
        idle = [key for key, tries in self._tries.items() if not tries or tries[-1] <= now - self.window]
        for key in idle:
            del self._tries[key]
        # Under a flood of made-up names the pairs and names go, oldest first; address and site stay counted.
        spare = [key for key in self._tries if key[0] in ("key", "subject")]
        for key in spare[: max(0, len(self._tries) - self.largest)]:
            del self._tries[key]


def _keys(subject: str, address: str) -> tuple[tuple[str, ...], ...]:
    return (("key", subject, address), ("subject", subject), ("address", address), ("site",))
