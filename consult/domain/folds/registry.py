"""Where the folds are registered, one for each kind of event, and the words they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from consult.domain import events as ev
from consult.domain.state import Consult

V = TypeVar("V")
Fold = Callable[[Consult, ev.Event, Any], Consult]
FOLDS: dict[type, Fold] = {}


def on(kind: type) -> Callable[[Fold], Fold]:
    def register(function: Fold) -> Fold:
        FOLDS[kind] = function
        return function

    return register


def put(rows: Mapping[str, V], key: str, value: V) -> dict[str, V]:
    return {**rows, key: value}


def drop(rows: Mapping[str, V], key: str) -> dict[str, V]:
    return {k: v for k, v in rows.items() if k != key}


def place(order: tuple[str, ...], line_id: str, after: str) -> tuple[str, ...]:
    """`order` with the line below `after`; at the top for "", at the end where `after` is gone."""
    if order and order[-1] == after and line_id not in order:  # most lines are written below the last one
        return (*order, line_id)
    rest = [one for one in order if one != line_id]
    if after == "":
        at = 0
    elif after in rest:
        at = rest.index(after) + 1
    else:
        at = len(rest)
    return (*rest[:at], line_id, *rest[at:])


def changed(consult: Consult, **change: Any) -> Consult:
    """As `dataclasses.replace`, in a tenth of the time: every event goes through here."""
    after = object.__new__(Consult)
    after.__dict__.update(consult.__dict__)
    after.__dict__.update(change)
    return after
