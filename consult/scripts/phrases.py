"""A small language for the words that answer a question, and a note line cut into what it matches.

A phrase is words in a row: ``no|denies otc``. ``a|b`` is either word, ``word?`` may be left out, ``smok*`` is any word
that begins so, ``..`` is up to five words, ``{number}`` a number (a digit or a word, a range has two ends),
``{reading}`` two numbers with a slash or "over" ("98 over 60"), ``{phone}`` a phone number with its area code. A
phrase never crosses a comma or the end of a sentence. Its length is bounded and it is matched by a set of positions,
so the time is linear in the line; there is nothing that could run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

LONGEST_PHRASE = 14  # elements
GAP = 5  # words
_NUMBERS = {
    word: float(value)
    for value, words in enumerate(
        ("zero", "one once", "two twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in words.split()
}
_TOKEN = re.compile(
    r"w/o(?![a-z])|w/|b/c(?![a-z])|d/c(?:'?e?d)?(?![a-z])|(?:hb)?a1c(?![a-z])|(?:b12|d[23])(?![a-z\d])"
    r"|(?<![\d.])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d.-])"  # a phone number
    r"|\d{2,3}(?: ?/ ?| over )\d{2,3}(?![\d.])"  # a blood pressure
    r"|\d+(?:\.\d+)?(?:\s?-\s?\d+(?:\.\d+)?|/\d+(?:\.\d+)?)?|[a-z]+(?:'[a-z]+)*|\S"
)
_SAME = {"w/o": "without", "w/": "with", "b/c": "because", "bc": "because", "&": "and", "hba1c": "a1c", "dont": "don't"}
_SILENT = frozenset("\"'`*_")
_ENDS = frozenset({";", ".", "!", "?", "but", "however", "\u2014", "\u2013"})
_PARTS = frozenset({",", "(", ")", "[", "]"})
_ELEMENT = re.compile(r"\.\.|\{(?:number|reading|phone)\}\??|[a-z0-9'$%:/+=]+\*?(?:\|[a-z0-9'$%:/+=]+\*?)*\??")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a line in lower case. `part` counts stretches between commas, `sentence` whole sentences.

    `low` and `high` are the ends of a number (equal where it is no range); a `reading` is "138/82".
    """

    word: str
    start: int
    end: int
    part: int
    sentence: int
    low: float | None = None
    high: float | None = None
    reading: bool = False
    phone: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A line cut up; `asks` are the sentences that are questions."""

    text: str
    tokens: tuple[Token, ...]
    asks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Element:
    """One element: what it may be, whether it may be left out. `kind` is word, gap, number, reading or phone."""

    kind: str
    words: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    optional: bool = False

    def fits(self, token: Token) -> bool:
        if self.kind == "number":
            return token.low is not None
        if self.kind == "reading":
            return token.reading
        if self.kind == "phone":
            return token.phone
        return token.word in self.words or token.word.startswith(self.beginnings)


Phrase = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `first` up to `last` (not included), and the number in it."""

    first: int
    last: int
    number: Token | None


@cache
def parse_phrase(text: str) -> Phrase:
    """The phrase of a text. Raises ValueError with the reason."""
    elements = []
    for word in text.split():
        if not _ELEMENT.fullmatch(word):
            raise ValueError(f"'{word}' is no part of a phrase")
        elements.append(_element(word))
    if not elements or elements[0].kind == "gap" or elements[-1].kind == "gap":
        raise ValueError("a phrase begins and ends with a word")
    if all(element.optional for element in elements):
        raise ValueError("a phrase needs a word that may not be left out")
    if len(elements) > LONGEST_PHRASE:
        raise ValueError(f"a phrase has at most {LONGEST_PHRASE} words")
    return tuple(elements)


def _element(word: str) -> Element:
    if word == "..":
        return Element("gap")
    optional = word.endswith("?")
    word = word.removesuffix("?")
    if word.startswith("{"):
        return Element(word[1:-1], optional=optional)
    options = word.split("|")
    plain = frozenset(option for option in options if not option.endswith("*"))
    begins = tuple(option[:-1] for option in options if option.endswith("*"))
    return Element("word", plain, begins, optional)


def cut(text: str) -> Words:
    """The words of a line with the stretches they stand in."""
    tokens: list[Token] = []
    asks: set[int] = set()
    part = sentence = 0
    low = text.lower().replace("\u2019", "'")
    if len(low) != len(text):  # a letter that has another length in lower case: offsets must hold
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("\u2019", "'")
    for found in _TOKEN.finditer(low):
        word = _SAME.get(found[0], found[0])
        apart = word == "-" and low[found.start() - 1 : found.start()] in ("", " ") and low[found.end() :][:1] == " "
        if word == "?":
            asks.add(sentence)
        if word == "?" and not (tokens and tokens[-1].sentence == sentence):
            continue  # "? still on it" is a question too
        if word in _ENDS or apart:
            part, sentence = part + 1, sentence + 1
        if word in _PARTS:
            part += 1
        elif word not in _SILENT and word not in _ENDS and word != "-":
            tokens.append(_token(word, found, part, sentence))
    return Words(text, tuple(tokens), frozenset(asks))


def _token(word: str, found: re.Match[str], part: int, sentence: int) -> Token:
    place = (found.start(), found.end(), part, sentence)
    if word in _NUMBERS:
        return Token(word, *place, _NUMBERS[word], _NUMBERS[word])
    if sum(letter.isdecimal() for letter in word) >= 10 and not word.isdecimal():
        return Token(word, *place, phone=True)
    if not word[0].isdecimal() or not word[0].isascii():
        return Token(word, *place)
    if "/" in word or "over" in word:
        return Token(word, *place, reading=True)
    ends = [float(end) for end in word.split("-")]
    return Token(word, *place, min(ends), max(ends))


def match_at(phrase: Phrase, tokens: Sequence[Token], first: int) -> Match | None:
    """The longest match that begins with the token `first`."""
    part = tokens[first].part
    states: dict[tuple[int, int], Token | None] = dict.fromkeys(_reach(phrase, [(0, 0)]), None)
    best: Match | None = None
    for place in range(first, len(tokens)):
        token = tokens[place]
        if token.part != part:
            break
        found: dict[tuple[int, int], Token | None] = {}
        for (at, gone), number in states.items():
            if at == len(phrase):
                continue
            element = phrase[at]
            if element.kind == "gap":
                if gone < GAP:
                    found.setdefault((at, gone + 1), number)
            elif element.fits(token):
                found.setdefault((at + 1, 0), token if element.kind == "number" else number)
        states = {}
        for state, number in found.items():
            for reached in _reach(phrase, [state]):
                states.setdefault(reached, number)
        if not states:
            break
        for (at, _), number in states.items():
            if at == len(phrase):
                best = Match(first, place + 1, number)
    return best


def _reach(phrase: Phrase, states: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The states and those reached from them without a word."""
    reached: list[tuple[int, int]] = []
    for at, gone in states:
        reached.append((at, gone))
        while at < len(phrase) and (phrase[at].optional or phrase[at].kind == "gap"):
            at, gone = at + 1, 0
            reached.append((at, gone))
    return reached


def find(phrase: Phrase, tokens: Sequence[Token]) -> list[Match]:
    """Every match, one for each beginning."""
    found = (match_at(phrase, tokens, first) for first, token in enumerate(tokens) if starts(phrase, token))
    return [match for match in found if match is not None]


def needed(phrase: Phrase) -> tuple[frozenset[str], ...]:
    """Sets of words of which a line must hold one each, so that the phrase can be in it at all."""
    return tuple(one.words for one in phrase if one.kind == "word" and not one.optional and not one.beginnings)


def starts(phrase: Phrase, token: Token) -> bool:
    """Whether a match may begin with this token."""
    for element in phrase:
        if element.fits(token):
            return True
        if not element.optional:
            return False
    return False
