"""Names for a prefix, for completing what the pharmacist types."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from consult.domain.lexicon import DrugName

MOST = 12


class Lookup:
    """Names that begin with what was typed, then names that hold it; common ones first.

    `common` are ingredients; among names alike in that, the shorter comes first.
    """

    def __init__(self, names: Iterable[DrugName], common: frozenset[str] = frozenset()) -> None:
        self._common = common
        proper = (name for name in names if name.ingredients and name.kind != "misspelling")
        self._sorted = sorted(proper, key=lambda one: one.name)
        self._keys = [one.name for one in self._sorted]

    def __call__(self, typed: str) -> list[DrugName]:
        """At most twelve; none for fewer than two letters."""
        wanted = " ".join(typed.lower().split())
        if len(wanted) < 2:
            return []
        first = bisect_left(self._keys, wanted)
        found: list[DrugName] = []
        for one in self._sorted[first:]:
            if not one.name.startswith(wanted):
                break
            found.append(one)
        found.sort(
            key=lambda one: (
                not self._common.issuperset(one.ingredients),
                "rare name" in one.note,
                one.kind == "abbreviation",
                len(one.name),
                one.name,
            )
        )
        if len(found) < MOST and len(wanted) >= 4:
            found += [one for one in self._sorted if wanted in one.name and not one.name.startswith(wanted)]
        return found[:MOST]
