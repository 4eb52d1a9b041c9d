"""Many wordings looked for at once: one pass over the text finds where any begins, then each is tried there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from consult.nlp.expressions import Expressions

_GROUP = re.compile(r"\(\?P<\w+>")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording found: its value and the match."""

    value: str
    match: re.Match[str]


class Wordings:
    """Patterns with their values. At one place the longest counts, at equal length the one listed first."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        rows = list(rows)
        self._patterns = Expressions((value, re.compile(expression)) for value, expression in rows)
        at_word: list[str] = []
        others: list[str] = []
        for _, expression in rows:
            for part in _alternatives(_GROUP.sub("(?:", expression)):
                if part.startswith(r"\b"):
                    at_word.append(part[2:])
                else:
                    others.append(part)
        begins = [rf"\b(?:{'|'.join(at_word)})"] if at_word else []
        self._any = re.compile("|".join([*begins, *others]))

    def first(self, text: str, start: int = 0) -> Wording | None:
        """The first wording from an offset on."""
        found = self._any.search(text, start)
        if found is None:
            return None
        best: Wording | None = None
        for value, pattern in self._patterns.likely(text):
            match = pattern.match(text, found.start())
            if match is not None and (best is None or match.end() > best.match.end()):
                best = Wording(value, match)
        return best

    def all(self, text: str) -> list[Wording]:
        """All wordings that do not overlap, from the left."""
        out: list[Wording] = []
        start = 0
        while (found := self.first(text, start)) is not None:
            out.append(found)
            start = max(found.match.end(), start + 1)
        return out


def _alternatives(expression: str) -> list[str]:
    """The parts of an expression between the bars that stand outside all brackets."""
    parts, depth, begin, i, in_set = [], 0, 0, 0, False
    while i < len(expression):
        char = expression[i]
        if char == "\\":
            i += 2
            continue
        if in_set:
            in_set = char != "]"
        elif char == "[":
            in_set = True
            if expression[i + 1 : i + 2] == "^":
                i += 1
            if expression[i + 1 : i + 2] == "]":
                i += 1
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            parts.append(expression[begin:i])
            begin = i + 1
        i += 1
    return [*parts, expression[begin:]]
