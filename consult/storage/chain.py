"""The chain of the audit trail: each row carries a MAC over itself and the MAC before it.

A row that was changed, taken out, put in or swapped breaks the chain at its place. A cut at the end does not: for
that the newest link (an anchor) is told to the log now and then, and kept elsewhere. The key is a setting and stands
outside of the database; without one the chain still shows damage, but anybody who can write rows could make it anew.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

import orjson

START = ""  # the MAC before the first row
# The columns that a MAC covers, in this order, after the MAC before and the seq of the row.
COLUMNS = ("at", "actor_id", "role", "action", "consult_id", "object", "outcome", "code", "payload")


class Key:
    """A key of the chain. `id` says which one made a row, and nothing else about it; "" for none."""

    def __init__(self, secret: str = "") -> None:
        # Not `hmac.digest`: it gives the interpreter's lock away at each call, and where the loop is busy the thread
        # that commits then waits a tenth of a millisecond for each row until it has it back.
        self._keyed = hmac.new(secret.encode(), digestmod="sha256")
        self.id = hashlib.sha256(b"consult audit " + secret.encode()).hexdigest()[:8] if secret else ""

    def mac(self, before: str, seq: int, values: Sequence[str]) -> str:
        made = self._keyed.copy()
        made.update(orjson.dumps([before, seq, *values]))
        return made.hexdigest()


def link(key: Key, seq: int, before: str, rows: Iterable[tuple[str, ...]]) -> list[tuple[int, str, tuple[str, ...]]]:
    """The rows behind row `seq` with the MAC `before`: (seq, MAC, values) of each."""
    linked = []
    for values in rows:
        seq += 1
        before = key.mac(before, seq, values)
        linked.append((seq, before, values))
    return linked


def digest(events: Iterable[tuple[object, ...]]) -> str:
    """What an audit row keeps of the events of its command: SHA-256 over (seq, type, actor, data) of each; "" for
    none. So a change in the log shows too, while a purge of the words leaves the chain whole."""
    said = b"".join([orjson.dumps(event) for event in events])
    return hashlib.sha256(said).hexdigest() if said else ""
