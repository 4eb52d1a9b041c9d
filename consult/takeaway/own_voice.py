"""What a note says of a patient, as the patient would say it: "dizzy when she stands up" is "dizzy when I stand up"."""

from __future__ import annotations

import re

_WHO = r"(?:she|he|pt|patient)"
_VERBS = {"is": "am", "'s": "am", "has": "have", "does": "do", "goes": "go", "was": "was", "isn't": "am not"}
_SAID = re.compile(
    rf"\b{_WHO}(?: (?P<verb>is|has|does|goes|was|isn't|[a-z]{{2,}}s)\b|(?P<short>'s)\b|\b)", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:her|him)self\b", re.IGNORECASE)
_OBJECT = re.compile(  # behind these "her" is no "my"
    r"\b(?P<before>(?:makes?|made|making|gives?|gave|giving|keeps?|kept|keeping|leaves?|left|puts?|bothers?|bothered|"
    r"hurts?|upsets?|wakes?|woke|waking|turns?|turned|gets?|got|binds?|bound|knocks?|knocked|wipes?|wiped|drives?|"
    r"drove) )(?:her|pt|patient|them)\b|\bhim\b|\b(?:her|pt|patient)(?=\W*$)",
    re.IGNORECASE,
)
_WHOSE = re.compile(r"\b(?:her|his|their|pt's|patient's)\b", re.IGNORECASE)
_HISSING = re.compile(r"(?:ss|sh|ch|x|zz)es$")


def own_voice(words: str) -> str:
    """The words with "I", "me" and "my" for "she", "her" and the like, and the verb that goes with "I"."""
    said = _SAID.sub(lambda found: f"I{_plain(found['verb'] or found['short'] or '')}", words)
    said = _SELF.sub("myself", said)
    said = _OBJECT.sub(lambda found: f"{found['before'] or ''}me", said)
    return _WHOSE.sub("my", said)


def _plain(verb: str) -> str:
    low = verb.lower()
    if not verb:
        return ""
    if low in _VERBS:
        return f" {_VERBS[low]}"
    if low.endswith("ies"):
        return f" {verb[:-3]}y"
    return f" {verb[:-2] if _HISSING.search(low) else verb[:-1]}"
