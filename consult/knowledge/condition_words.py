"""How a condition or allergy is said: of whom, denied, or known and of no concern to the rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from consult.knowledge.rows import read_rows, terms
from consult.knowledge.rules import spaced

KINDS = (
    "nothing said", "of another person", "counts all the same", "denied at the start", "denied anywhere", "opening",
    "without a rule", "allergen without a rule",
)  # fmt: skip
_PART = re.compile(r"[,;]")


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """The words by kind, each with one space around it."""

    words: dict[str, tuple[str, ...]]

    def own(self, text: str) -> str:
        """What of the text (lower case) is said of the patient and not denied; "" where nothing is.

        A family's history stays where the rules weigh it (an inherited long QT).
        """
        if self.says_nothing(text):
            return ""
        parts = _PART.split(text)
        kept = [part for part in parts if not self._set_aside(spaced(part))]
        return text if len(kept) == len(parts) else ", ".join(part.strip() for part in kept)

    def says_nothing(self, text: str) -> bool:
        """Whether the text only says that there is none ("nkda")."""
        return not text.strip() or f" {text.strip(' .')} " in self.words["nothing said"]

    def name_of(self, text: str) -> str:
        """The text without what stands before the name ("s/p mi" is "mi")."""
        padded, short = spaced(text), ""
        while padded != short:
            short = padded
            for opening in self.words["opening"]:
                if padded.startswith(opening) and padded != opening:
                    padded = padded[len(opening) - 1 :]
        return padded.strip()

    def of_no_concern(self, text: str, kind: str = "without a rule") -> bool:
        """Whether the words are known though no rule is about them."""
        padded = spaced(text)
        return any(word in padded for word in self.words[kind])

    def _set_aside(self, padded: str) -> bool:
        if any(padded.startswith(word) for word in self.words["denied at the start"]):
            return True
        if any(word in padded for word in self.words["denied anywhere"]):
            return True
        if any(word in padded for word in self.words["counts all the same"]):
            return False
        return any(word in padded for word in self.words["of another person"])


def read_condition_words(path: Path, dates: list[str]) -> ConditionWords:
    """The table. Raises BadFile with the line for a kind that is none."""
    words: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for row in read_rows(path, ("kind", "words"), dates):
        with row.blame():
            if row["kind"] not in words:
                raise ValueError(f"kind {row['kind']!r} is not one of {', '.join(KINDS)}")
            words[row["kind"]] += [f" {word} " for word in terms(row["words"])]
    return ConditionWords({kind: tuple(dict.fromkeys(found)) for kind, found in words.items()})
