"""What the words around a match make of it: denied, past, asked or planned, said of somebody else."""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Literal

from consult.scripts.phrases import Match, Token, Words

_REACH = 6  # words between a negation and what it denies
_FILE = Path(__file__).parent / "library" / "en" / "context_words.txt"


@cache
def _list(name: str) -> frozenset[str]:
    for row in _FILE.read_text(encoding="utf-8").splitlines():
        known, _, words = row.partition(": ")
        if known == name:
            return frozenset(words.split())
    raise KeyError(name)


Denial = Literal["no", "yes", "unclear"]


def denied(words: Words, match: Match) -> Denial:
    """Whether the match stands under a negation; "unclear" where a list goes on after "no …,"."""
    tokens = words.tokens
    own = tokens[match.first]
    for place in range(match.first - 1, max(match.first - 1 - _REACH, -1), -1):
        token = tokens[place]
        if token.part != own.part or token.word in _list("ends-not") - {"and"}:
            break
        if token.word in _list("not") or token.word in _list("denies") or (token.low == 0 and token.high == 0):
            return "yes"
    return _listed(words, match)


def _listed(words: Words, match: Match) -> Denial:
    """A bare stretch after a comma goes on with what the stretch before it began: "denies falls, dizziness"."""
    tokens = words.tokens
    own = tokens[match.first]
    part = own.part
    while True:
        stretch = [token for token in tokens if token.part == part and token.sentence == own.sentence]
        if (
            not stretch
            or len(stretch) > 4
            or any(t.low is not None or t.word in _list("verb") or t.word == ":" for t in stretch)
        ):
            return "no"
        if part == own.part and any(token.word in _list("not") for token in stretch):
            return "no"  # "no etoh, never smoked": it says its own no
        before = [token for token in tokens if token.part == part - 1 and token.sentence == own.sentence]
        if not before:
            return "no"
        if any(token.word in _list("denies") for token in before):
            return "yes"
        if any(token.word in _list("not") for token in before):
            plain = len(before) <= 4 and not any(token.word in _list("verb") for token in before)
            return "unclear" if plain else "no"
        part -= 1


def uncertain(words: Words, match: Match) -> bool:
    """A question, a plan, an advice or a wish, not a report."""
    own = words.tokens[match.first]
    if own.sentence in words.asks:
        return True
    refused = False  # "denies any": no question
    for place, token in enumerate(words.tokens[: match.first]):
        if token.sentence != own.sentence or _month(words.tokens, place):
            continue
        refused = refused or token.word in _list("denies") or token.word in _list("not")
        if token.word in _list("unsure"):
            return True
        here = token.part == own.part and token.word in _list("unsure-here")
        if here and not (token.word == "any" and refused):
            return True
    return False


def _month(tokens: tuple[Token, ...], place: int) -> bool:
    """ "in May", "May 2022": the month, no doubt."""
    if tokens[place].word != "may":
        return False
    before = tokens[place - 1].word if place else ""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return before in _list("month-after") or (following is not None and following.low is not None)


def past(words: Words, match: Match) -> bool:
    """A cue of years ago stands in the same stretch."""
    own = words.tokens[match.first]
    here = [t for i, t in enumerate(words.tokens) if t.part == own.part and not match.first <= i < match.last]
    for place, (token, following) in enumerate(zip_longest(here, here[1:])):
        if token.word == "past" and _recent(here[place + 1 :]):
            continue
        at_meals = token.word == "before" and following is not None and following.word in _list("meals")
        if (token.word in _list("past") and not at_meals) or (
            token.word == "used" and following is not None and following.word == "to"
        ):
            return True
        if token.low is not None and 1930 <= token.low <= 2099 and token.low == int(token.low):
            return True
        if token.word in ("yr", "yrs", "year", "years") and following is not None and following.word == "ago":
            return True
    return False


def _recent(tokens: list[Token]) -> bool:
    """ "(the past) few weeks", "(the past) 3 days" is the time that is asked about, not long ago."""
    for token in tokens[:2]:
        if token.word in _list("recent"):
            return True
        if token.low is None and token.word not in ("few", "couple", "several"):
            return False
    return False


def of_another(words: Words, match: Match) -> bool:
    """Somebody else is the one who does it."""
    tokens = words.tokens
    own = tokens[match.first]
    other = False
    for place, token in enumerate(tokens[: match.first]):
        if token.sentence != own.sentence:
            continue
        following = tokens[place + 1].word if place + 1 < len(tokens) else ""
        bare = token.word.removesuffix("'s")
        if bare in _list("people"):
            beside = place > 0 and tokens[place - 1].word in _list("beside") | {"her", "his", "the", "a"}
            led = beside and _led(tokens, place)
            other = not (led or following in _list("tells")) or bare != token.word
        elif token.word in _list("patient"):
            other = False
    return other


def _led(tokens: tuple[Token, ...], place: int) -> bool:
    """ "with her daughter", "per wife": beside or teller, not the one spoken of."""
    back = place - 1
    if tokens[back].word in ("her", "his", "the", "a") and back > 0:
        back -= 1
    return tokens[back].word in _list("beside")
