"""The strength that a number without a unit stands for: "sertraline 50 qam" is 50 mg, since it is sold so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from consult.nlp.sig.numbers import DIGITS, plain

_TAKEN = (0.5, 1, 1.5, 2, 3, 4)  # of what is sold, at one time: "prednisone 40" is two of 20 mg
_UNITS = frozenset(("mg", "mcg", "mEq", "unit"))
_MCG = 1000  # in a mg
_LEAST = 1e-6  # by which two amounts differ
_NO_STRENGTH = (  # a date, a range, a reading, a count, an age, a share
    r"(?![\d/%:]|[.,-]\d|(?! [-–] \d ?(?:tabs?|tablets?|caps?|capsules?|pills?|po|qd|[bt]id|daily)\b)"
    r" ?(?:-|–|to|or|->|→) ?\d| ?(?:x(?! ?\d)|times|tabs?|tablets?|caps?|capsules?|pills?|puffs?|"
    r"drops?|gtts?|sprays?|units?|u|ml|cc|g|gm|grams?|mg|mcg|meq|%|d|days?|w(?![/ ] ?[a-z])|wks?|weeks?|mos?|"
    r"months?|y|yrs?|years?|yo|"
    r"hrs?|hours?|h|mins?|minutes?|am|pm|a\.m|p\.m|lbs?|pounds?|kg|of|left|refills?|bottles?|doses?|st|nd|rd|th|"
    r"points?|"
    r"bucks|dollars|patch(?:es)?|shots?|pens?|inj\w*)(?![a-z]))"
)
_NUMBER = re.compile(  # right behind the name
    r"^[\s,:-]*(?:(?:er|xr|xl|sr|cr|dr|la|ec|ir|hcl|sodium|succinate|tartrate|pills?|tabs?|tablets?|caps?) )?"
    rf"(?:at |@ ?)?(?P<number>{DIGITS}){_NO_STRENGTH}"
)
_HOUR_NO = re.compile(r"^[\s,:-]*(?P<number>1[3-9]|[2-9]\d|\d{3,4})(?= ?[ap]m\b)")  # "torsemide 20 am": no time of day
_NOW = re.compile(  # "increased to 50 bid", "↑ 40"
    r"^(?:[^.;\d]{0,20}\b(?:increas\w+|decreas\w+|rais\w+|lower\w+|reduc\w+|cut|went|bumped|upped|titrated|changed|"
    rf"dropped)(?: (?:up|down|back|dose))? to | ?[↑↓] ?(?:to )?)(?P<number>{DIGITS}){_NO_STRENGTH}"
)
_CHANGED = re.compile(
    rf"\d ?(?:-+>|=>|→|>|up to|down to|to) ?(?P<number>{DIGITS}){_NO_STRENGTH}"
)  # "40->80", "from 50 to 100"


_PAIR = re.compile(  # "160/12.5" behind the name of two ingredients
    rf"^[\s,:-]*(?:(?:er|xr|xl|sr|cr|hct|hctz|plus|diskus|hfa|ellipta) )?(?P<one>{DIGITS}) ?[/-] ?(?P<other>{DIGITS})"
    r"(?![\d/%:]|[.,-]\d| ?(?:mg|mcg)\b)"
)


class Sold:
    """In which strengths ingredients are sold, as numbers by unit; ranges and shares are left out.

    Combinations of two ("hydrochlorothiazide+valsartan": "160-12.5 mg") are kept as they are written.
    """

    def __init__(self, strengths: Mapping[str, Iterable[str]]) -> None:
        self._by_unit: dict[str, dict[str, list[float]]] = {}
        self._pairs: dict[str, dict[str, str]] = {}  # by ingredients: the unit of each pair of numbers
        for ingredient, some in strengths.items():
            for one in some:
                number, _, unit = one.partition(" ")
                if "+" in ingredient:
                    self._pairs.setdefault(ingredient, {})[number] = unit
                elif unit in _UNITS:
                    self._by_unit.setdefault(ingredient, {}).setdefault(unit, []).append(float(number))

    def meant(
        self, ingredients: Sequence[str], after: str, dose: str | None, previous: str | None = None
    ) -> str | None:
        """The strength that stands without its unit at the start of `after`, the lower-case words behind the name, or
        the new one where they tell of a change from the `previous`.

        None where the number is the amount that is taken (`dose`), where several units would do, or where nothing is
        sold of which four at most give it.
        """
        if len(ingredients) == 2:
            return self._of_two(ingredients, after)
        units = self._by_unit.get(ingredients[0]) if len(ingredients) == 1 else None
        if units is None:
            return None
        found = _CHANGED.search(after) if previous and previous[-1].isdigit() else None
        found = found or _NUMBER.match(after) or _HOUR_NO.match(after) or _NOW.match(after)
        if found is None:
            return None
        number = plain(found["number"])
        if number in (previous, dose.split(" ", 1)[0] if dose else None):
            return None
        fitting = {unit for unit, sold in units.items() if _fits(float(number), sold)}
        if not fitting and _fits(float(number) * _MCG, units.get("mcg", ())):
            return f"{number} mg"  # "digoxin 0.125"
        return f"{number} {fitting.pop()}" if len(fitting) == 1 else None

    def _of_two(self, ingredients: Sequence[str], after: str) -> str | None:
        found = _PAIR.match(after)
        if found is None:
            return None
        one, other = plain(found["one"]), plain(found["other"])
        unit = self._pairs.get("+".join(sorted(ingredients)), {}).get(f"{one}-{other}")
        return f"{one}/{other} {unit}" if unit else None


def _fits(number: float, sold: Sequence[float]) -> bool:
    return any(abs(number - one * count) < _LEAST for one in sold for count in _TAKEN)
