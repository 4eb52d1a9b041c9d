"""Values as bytes, for the sockets to the analysis processes.

Python's own pickle of a frozen dataclass with slots looks up its fields again for each value, which takes longer than
half of the analysis; here each class is looked at once, and its values are made anew by its constructor.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from io import BytesIO
from operator import attrgetter
from typing import Any

Reducer = Callable[[Any], tuple[type, tuple[Any, ...]]]


class _Reducers(dict[type, Reducer]):
    """How the values of a class are taken apart; KeyError for a class that pickle does better by itself."""

    def __missing__(self, kind: type) -> Reducer:
        if not is_dataclass(kind) or "__slots__" not in vars(kind):
            raise KeyError(kind)
        names = [field.name for field in fields(kind) if field.init and not field.kw_only]
        if len(names) < len(fields(kind)):
            raise KeyError(kind)
        get = attrgetter(*names) if names else None

        def reduce(value: Any) -> tuple[type, tuple[Any, ...]]:
            found = () if get is None else get(value)
            return kind, found if len(names) != 1 else (found,)

        self[kind] = reduce
        return reduce


_REDUCERS = _Reducers()


def packed(value: object) -> bytes:
    """Bytes that `unpacked` reads back; for processes of one program only."""
    stream = BytesIO()
    pickler = pickle.Pickler(stream, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = _REDUCERS
    pickler.dump(value)
    return stream.getvalue()


unpacked = pickle.loads
