"""A light stemmer, so that one entry of a word list covers its inflected and British forms."""

from __future__ import annotations

from functools import lru_cache

_LEAST = 3


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word: "swelling", "swells" and "swelled" give the same."""
    word = word.removesuffix("'s").replace("oea", "ea").replace("aem", "em").replace("oedema", "edema")
    if len(word) > _LEAST and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > _LEAST and word.endswith(("ches", "shes", "sses", "xes")):
        word = word[:-2]
    elif len(word) > _LEAST and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            word = word[: -len(ending)]
            break
    if len(word) > _LEAST and word.endswith("e"):
        word = word[:-1]
    if len(word) > _LEAST and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word
