"""Numbers as people write them."""

from __future__ import annotations

import re

_NAMED = {
    "i": "1", "ii": "2", "iii": "3", "whole": "1", "whole one": "1", "single": "1",
    "a": "1", "an": "1", "on": "1", "one": "1", "once": "1", "two": "2", "twice": "2", "three": "3", "thrice": "3",
    "a couple": "2", "couple": "2", "a couple of": "2", "couple of": "2",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
    "a half": "0.5", "one half": "0.5", "a quarter": "0.25", "one quarter": "0.25",
    "half a": "0.5", "half an": "0.5", "half of a": "0.5", "half of an": "0.5",
    "half": "0.5", "one-half": "0.5", "1/2": "0.5", "½": "0.5", "quarter": "0.25", "1/4": "0.25", "¼": "0.25",
    "3/4": "0.75", "¾": "0.75", "one and a half": "1.5", "1 1/2": "1.5", "1-1/2": "1.5", "1½": "1.5", "1 ½": "1.5",
    "one and one half": "1.5", "one and half": "1.5", "1 and half": "1.5", "two and half": "2.5",
    "two and a half": "2.5", "2 1/2": "2.5", "2½": "2.5", "1 and 1/2": "1.5", "1 and a half": "1.5",
}  # fmt: skip

AND_HALF = r"(?:(?:[1-9]|one|two|three|four) ?(?:and|&|n) ?(?:(?:an?|one) )?(?:half|1/2|½))"
_AND_HALF = re.compile(r"(\w{1,8}) ?(?:and|&|n) ?(?:(?:an?|one) )?(?:half|1/2|½)")
_TO = re.compile(r" ?(?:-|–|to|or) ?")
DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,7}(?:\.\d{1,4})?|\.\d{1,4})"
WORDED = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve)"


def plain(number: str) -> str:
    """ "1,000" -> "1000", ".5" -> "0.5", "1.0" -> "1", "half" -> "0.5"; a range keeps its dash."""
    if number.isdecimal():
        return number
    number = " ".join(number.lower().split())
    if number in _NAMED:
        return _NAMED[number]
    if more := _AND_HALF.fullmatch(number):
        return f"{plain(more[1])}.5"
    parts = _TO.split(number)
    if len(parts) == 2 and all(parts):
        return f"{plain(parts[0])}-{plain(parts[1])}"
    number = number.replace(",", "")
    if number.startswith("."):
        number = "0" + number
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number
