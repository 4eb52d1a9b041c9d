"""How hard the takeaway is to read: a school grade for the whole and for each hard sentence.

English: Flesch-Kincaid grade level (Kincaid and others, 1975). Spanish: Crawford's grade formula (1984; to
confirm). Drug names are taken out first: a patient has to know them anyway. Nothing is rewritten here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from consult.takeaway.document import Document
from consult.takeaway.lines import lines_of
from consult.takeaway.words import read_yaml

TARGET_GRADE = 6.0
LONGEST_SENTENCE = 15  # words
SHORTEST_JUDGED = 5  # words; the formulas say nothing about shorter sentences

ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
NOT_AN_END = re.compile(r"\b(Dr|Mr|Mrs|Ms|Sr|Sra|St|vs|a\.m|p\.m)\.", re.IGNORECASE)
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|[\n;:]\s*")
SILENT_INSIDE = re.compile(r"(car|som|hom|lif|tim|sid|saf|bas|fir|not|ev|ther|wher)e(?=(?:g|f|t|m|l|n|b|w)[a-z]{2,})")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class HardSentence:
    """A sentence above the target: where, how hard, and what could be done; `words` counts them.

    `written` is False for the fixed words of the form, which nobody can change here.
    """

    place: str
    text: str
    grade: float
    words: int
    suggestions: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class Readability:
    """`grade` of the whole text (drug names and legal notices left out), and the sentences above the target.

    `written_grade` is that of the words written for this patient alone: easy fixed text must not hide them.
    """

    grade: float
    words: int
    sentences: int
    written_grade: float
    written_words: int
    hard: tuple[HardSentence, ...]

    @property
    def within_target(self) -> bool:
        return self.grade <= TARGET_GRADE


def measure(document: Document, drug_names: Iterable[str] = ()) -> Readability:
    """The readability of a takeaway; `drug_names` are taken out beside those that its medication list names."""
    names = {*drug_names}
    for row in document.medications.rows:
        names.update(re.findall(r"[^\W\d_]{4,}", row.name))
    strip = _stripper(names)
    counts: list[Count] = []
    written: list[Count] = []
    hard = []
    for line in lines_of(document):
        if line.legal or not line.plain:
            continue
        for sentence in sentences_of(line.text):
            count = _count(strip(sentence), document.language)
            if not count.words:
                continue
            counts.append(count)
            if line.written:
                written.append(count)
            grade = _grade(count, document.language)
            if count.words >= SHORTEST_JUDGED and grade > TARGET_GRADE:
                advice = _suggest(sentence, count.words, document.language)
                place = f"{line.part}: {line.place}"
                hard.append(HardSentence(place, sentence, round(grade, 1), count.words, advice, line.written))
    whole, own = _total(counts), _total(written)
    language = document.language
    return Readability(
        _grade_of(whole, language),
        whole.words,
        whole.sentences,
        _grade_of(own, language),
        own.words,
        tuple(hard),
    )


def measure_text(text: str, language: str = "en", drug_names: Iterable[str] = ()) -> float:
    """The grade of a piece of text, such as one to-do item while it is written."""
    strip = _stripper(set(drug_names))
    return _grade_of(_total([_count(strip(sentence), language) for sentence in sentences_of(text)]), language)


@dataclass(frozen=True, slots=True)
class Count:
    words: int
    syllables: int
    sentences: int = 1


def sentences_of(text: str) -> tuple[str, ...]:
    """The sentences of a text; lines, colons and semicolons end one too."""
    kept = NOT_AN_END.sub(r"\1", ADDRESS.sub("", text))
    return tuple(piece.strip() for piece in SENTENCE_END.split(kept) if WORD.search(piece))


def syllables(word: str, language: str = "en") -> int:
    """Syllables of a word by its vowels; a number counts as one."""
    plain = word.lower().replace("’", "'")
    if plain[0].isdigit():
        return 1
    if language == "es":
        plain = re.sub(r"([qg])u(?=[eiéí])", r"\1", plain)
        return max(1, len(re.findall(r"[íú]|[aeoáéó]|(?<![aeoáéóiuü])[iuü]+(?![aeoáéó])", plain)))
    plain = SILENT_INSIDE.sub(r"\1", plain.replace("'", ""))
    count = len(re.findall(r"[aeiouy]+", plain))
    if re.search(r"[^aeiouyl]e$|[^aeiouy]l?es$|[^aeiouytd]ed$", plain) and not re.search(
        r"([sxz]|[cs]h|[cg])es$", plain
    ):
        count -= 1
    if re.search(r"[aeiouy]le$|[aeiouy][^aeiouy]ely$", plain):
        count -= 1
    if re.search(r"ia(?!l$|n$)|io(?!n)|[^aeiou]iu|ua(?!r)|eo(?!ple)|(?:d|cl|sc|qu)ie(?:t|n)|[^q]uou|ier$", plain):
        count += 1
    return max(1, count)


def _count(sentence: str, language: str) -> Count:
    words = WORD.findall(sentence)
    return Count(len(words), sum(syllables(word, language) for word in words))


def _total(counts: list[Count]) -> Count:
    full = [count for count in counts if count.words]
    return Count(sum(count.words for count in full), sum(count.syllables for count in full), len(full))


def _grade_of(count: Count, language: str) -> float:
    return round(_grade(count, language), 1) if count.words else 0.0


def _grade(count: Count, language: str) -> float:
    if language == "es":
        return -0.205 * 100 * count.sentences / count.words + 0.049 * 100 * count.syllables / count.words - 3.407
    return 0.39 * count.words / count.sentences + 11.8 * count.syllables / count.words - 15.59


def _stripper(names: Iterable[str]) -> Any:
    known = sorted({name.casefold() for name in names if name.strip()}, key=len, reverse=True)
    if not known:
        return str
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in known) + r")\b", re.IGNORECASE)
    return lambda text: pattern.sub(" ", text)


def _suggest(sentence: str, words: int, language: str) -> tuple[str, ...]:
    rules = _rules(language)
    advice = [rules["split"].format(words=words, most=LONGEST_SENTENCE)] if words > LONGEST_SENTENCE else []
    low = f" {' '.join(WORD.findall(sentence.casefold()))} "
    advice += [f"{hard} → {easy}" for hard, easy in rules["easier"].items() if f" {hard} " in low]
    return tuple(advice or [rules["shorten"]])


@cache
def _rules(language: str) -> Mapping[str, Any]:
    return read_yaml(Path(__file__).parent / "rules" / f"{language}.yaml")
