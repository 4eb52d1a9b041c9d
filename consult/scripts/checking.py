"""Everything that is wrong with a script or part file and its translations, with file, line and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from consult.errors import BadFile
from consult.scripts.compiler import Part, compile_part, compile_script, part_paths
from consult.scripts.linking import items_of
from consult.scripts.reach import never
from consult.scripts.schema import Script
from consult.scripts.sources import Sources
from consult.scripts.translation import (
    LANGUAGES,
    STAFF_WORDS,
    Words,
    misfits,
    patient_words,
    read_words,
    staff_words,
    translation_path,
)
from consult.scripts.wording import filled

HARDEST = 7.0  # school grade
SHORTEST_JUDGED = 8  # words; the formulas say nothing about a shorter text
SHORTEST_SOURCE = 8  # characters
_WORD = re.compile(r"[^\W\d_]+")
Place = tuple[Path, int]


@dataclass(frozen=True, slots=True, order=True)
class Complaint:
    """One thing that is wrong; `line` counts from 1, 0 where it is the whole file."""

    path: Path
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}" if self.line else f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Grader:
    """How hard a text is: `grade` of it in a language once the `drugs` are taken out (names in lower case)."""

    grade: Callable[[str, str], float]
    drugs: Collection[str] = frozenset()

    def __call__(self, text: str, language: str) -> float:
        """A school grade; 0 for a text that is too short to be judged."""
        plain = _WORD.sub(lambda word: "" if self._is_drug(word.group()) else word.group(), filled(text, {}))
        return self.grade(plain, language) if len(_WORD.findall(plain)) >= SHORTEST_JUDGED else 0.0

    def _is_drug(self, word: str) -> bool:
        """Also by its Spanish ending: "ibuprofeno", "warfarina"."""
        word = word.lower()
        return word in self.drugs or (len(word) > 5 and word[-1] in "aeo" and word[:-1] in self.drugs)


def complaints(path: Path, measure: Grader, languages: Iterable[str] = LANGUAGES) -> tuple[Complaint, ...]:
    """What is wrong with the file, by line; a file that cannot be read has one complaint."""
    sources = Sources()
    try:
        return tuple(sorted(set(_look(path, measure, languages, sources))))
    except BadFile as error:
        return (Complaint(error.path, error.line or 0, error.reason),)


def _look(path: Path, measure: Grader, languages: Iterable[str], sources: Sources) -> Iterator[Complaint]:
    unit: Script | Part
    if sources.root(path).has("part"):
        unit, language, files = compile_part(path, sources), _language_of(path), [path]
    else:
        unit = compile_script(path, sources)
        language, files = unit.language, [path, *part_paths(path, sources)]
        for name, reason in never(unit):
            yield Complaint(*unit.places[name], reason)
    needed = dict(patient_words(unit.blocks, unit.prevention))

    def place(key: str) -> Place:
        return unit.places.get(key.split(":")[1], (path, 0))

    yield from _of_blocks(unit)
    yield from _hard(needed, language, measure, place)
    sections = unit.sections if isinstance(unit, Script) else ()
    told = dict(staff_words(unit.blocks, unit.prevention, sections))
    known = needed | told | {key: text for file in files[1:] for key, text in _words_of(file, sources).items()}
    for other in languages:
        if other == language:
            continue
        paths = [translation_path(file, language, other) for file in files]
        words = read_words([one for one in dict.fromkeys(paths) if sources.exists(one)], other, sources)
        for entry, reason in misfits(known, words):
            yield Complaint(entry.path, entry.line, reason)
        for key in (*needed, *(told if told.keys() & words.texts.keys() else ())):
            if key not in words.texts:
                yield Complaint(*place(key), f"'{key}' has no translation into '{other}'")
        spoken = {key: text for key, text in words.texts.items() if key.partition(":")[0] not in STAFF_WORDS}
        yield from _hard(spoken, other, measure, _in(words))


def _in(words: Words) -> Callable[[str], Place]:
    return lambda key: (words.places[key].path, words.places[key].line)


def _language_of(part: Path) -> str:
    """A part names no language: it is that of the folder it stands in ("en/steps/opening.yaml")."""
    return next((name for name in reversed(part.parts[:-1]) if len(name) == 2 and name.isalpha()), "en")


def _words_of(part: Path, sources: Sources) -> Mapping[str, str]:
    unit = compile_part(part, sources)
    return dict((*patient_words(unit.blocks, unit.prevention), *staff_words(unit.blocks, unit.prevention)))


def _of_blocks(unit: Script | Part) -> Iterator[Complaint]:
    for block in unit.blocks:
        if len(block.origin.source) < SHORTEST_SOURCE:
            yield Complaint(*unit.places[block.id], f"'{block.id}' names no source ('{block.origin.source}')")
    for item in items_of(unit.blocks):
        texts = [option.text.casefold() for option in item.options]
        if len(set(texts)) < len(texts):
            yield Complaint(*unit.places[item.link_id], f"two answers of '{item.link_id}' read the same")


def _hard(
    texts: Mapping[str, str], language: str, measure: Grader, place: Callable[[str], Place]
) -> Iterator[Complaint]:
    for key, text in texts.items():
        grade = 0.0 if key.startswith("option:") else measure(text, language)
        if grade > HARDEST:
            yield Complaint(*place(key), f"'{key}' reads at grade {grade:.1f}, above {HARDEST:g}")
