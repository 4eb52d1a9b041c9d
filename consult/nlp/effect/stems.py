"""A light stemmer, so that one entry of a word list covers its inflected and British forms."""

from __future__ import annotations

from functools import lru_cache

_LEAST = 3
_WRITTEN_OUT = (
    {
        word.replace("'", ""): word
        for word in [
            "can't",
            "couldn't",
            "don't",
            "doesn't",
            "didn't",
            "isn't",
            "wasn't",
            "aren't",
            "weren't",
            "hasn't",
            "haven't",
            "hadn't",
            "won't",
            "wouldn't",
            "shouldn't",
            "ain't",
            "she's",
            "he's",
            "it's",
            "i'm",
            "they're",
            "you're",
            "i've",
            "we've",
            "that's",
            "there's",
        ]
    }
    | {"cannot": "can't", "its": "its", "shes": "she's", "hes": "he's"}
    | {"nite": "night", "nites": "nights", "tonite": "tonight", "thru": "through"}
    | {"butt": "buttocks"}  # its stem would be "but"
    | {"weaker": "weak", "sicker": "sick", "fainter": "faint", "hoarser": "hoarse", "stiffer": "stiff", "sorer": "sore"}
    | {"sadder": "sad", "redder": "red", "drier": "dry", "looser": "loose", "tighter": "tight"}
)
_MORE, _MORE_LEAST = "ier", 6  # "sleepier", "itchier"; not "tier"
_ADVERBS = frozenset(("easier", "earlier"))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word: "swelling", "swells" and "swelled" give the same."""
    word = (
        _WRITTEN_OUT.get(word, word)
        .removesuffix("'s")
        .replace("oea", "ea")
        .replace("aem", "em")
        .replace("oedema", "edema")
    )
    if word.endswith(_MORE) and len(word) >= _MORE_LEAST and word not in _ADVERBS:
        word = word[: -len(_MORE)] + "y"
    elif len(word) > _LEAST and word.endswith("ies"):
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
