"""Error-prone writing in directions, by the list of the ISMP: "1.0 mg", "QD", "u"."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp.expressions import LINES, Expressions
from consult.nlp.sig.wordings import listed


@cache
def _flags() -> Expressions[str]:
    return listed("error_prone.txt", LINES)


def likely_flags(lacks: int) -> list[tuple[str, re.Pattern[str]]]:
    """The error-prone writings, with their codes, that a line may hold which lacks these needs."""
    return _flags().likely(lacks)


def flags_of(typed: str, likely: list[tuple[str, re.Pattern[str]]]) -> tuple[str, ...]:
    """Codes of the error-prone writing in the words of a sig, as typed."""
    return tuple([code for code, pattern in likely if pattern.search(typed)])
