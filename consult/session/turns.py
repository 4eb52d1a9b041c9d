"""The order of one page's commands, across answers that say "send it again".

A page sends several commands ahead of their answers, and sends again what could not be saved. A command must then
not be taken before one that the page sent earlier and that still has to come again, however late, doubled or mixed
the answers and repetitions are.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from consult.errors import Unavailable

GIVEN_UP_SECONDS = 10.0  # after this a page does not send again what could not be saved
MOST = 1000  # commands of one page that are remembered


class Turns:
    """`place` is where a command first stood among those of its page; it keeps it until it has its last answer."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._numbers = itertools.count()
        self._places: dict[str, int] = {}
        self._owed: dict[str, float] = {}  # told to come again: when

    def take(self, command_id: str) -> None:
        """A command has come. Raises Unavailable while one that was sent before it has to come again."""
        if self._owed:
            self._forget()
        place = self._place(command_id)
        if self._owed and place > min(self._places[one] for one in self._owed):
            raise Unavailable("Something sent before this could not be saved yet. Send that first.")
        self._owed.pop(command_id, None)

    def owe(self, command_id: str) -> None:
        """The page is told to send this command again; nothing where another sending of it has had its last answer."""
        if command_id in self._places:
            self._owed[command_id] = self._now()

    def put_off(self, command_id: str) -> None:
        """The page is told to send again a command that was not looked at."""
        self._place(command_id)
        self.owe(command_id)

    def _place(self, command_id: str) -> int:
        if command_id not in self._places:
            if len(self._places) >= MOST:
                raise Unavailable("Too much is waiting to be saved. Try again.")
            self._places[command_id] = next(self._numbers)
        return self._places[command_id]

    def settle(self, command_id: str) -> None:
        """The command has its last answer."""
        self._places.pop(command_id, None)
        self._owed.pop(command_id, None)

    def _forget(self) -> None:
        """Wait no longer for what the page no longer sends. What it keeps sending keeps its place."""
        oldest = self._now() - GIVEN_UP_SECONDS
        for command_id in [one for one, at in self._owed.items() if at < oldest]:
            self.settle(command_id)
