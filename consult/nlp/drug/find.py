"""Finds drug names in a line: the longest name first, then misspellings, then combinations and salts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rapidfuzz.distance import OSA

from consult.domain.lexicon import DrugName
from consult.domain.mention import Candidate, Match
from consult.domain.text import unaccented
from consult.nlp import wordlist
from consult.nlp.drug.as_written import as_written, with_other_meaning, writings
from consult.nlp.drug.found import Drug, spans
from consult.nlp.drug.general import ANY_INSULIN, without_forms, without_general
from consult.nlp.drug.heard import Heard, sound
from consult.nlp.drug.index import DrugIndex
from consult.nlp.drug.joined import joined
from consult.nlp.drug.lookalike import (
    dosed_or_taken,
    in_drug_context,
    is_dosed,
    is_no_drug,
    is_person_or_place,
    is_sold,
)
from consult.nlp.drug.misspelling import Misspellings, often_named
from consult.nlp.drug.parted import Parted
from consult.nlp.drug.purpose import class_words, for_purpose, may_name_purpose
from consult.nlp.drug.with_vitamin_d import WITH_D, with_vitamin_d
from consult.nlp.kept import Kept
from consult.nlp.line import Line
from consult.nlp.lists import LISTS

_FIRST_WORD = re.compile(r"[ ']")
_GAP = re.compile(r"^(?: |-|/|\.|'| - | ?#)$")
_SAINT_GAP = re.compile(r"^\. $")
_PLUS_GAP = re.compile(r"^ ?\+ ?$")
_AND_GAP = re.compile(r"^ ?& ?$")  # "Advil Cold & Sinus"
_PLUS = frozenset(("d", "d3", "vitamin", "vit"))  # "calcium 600 + D" is one product
_SECOND = re.compile(r"^ ?(?:tabs? )?\d{1,3}(?:\.\d+)? ?(?:mg)? ?[/-] ?(\d{1,3}(?:\.\d)?)(?![\d/.])")
_SHORT = 3
_LEAST_ACCENTED = 7
_ACCENTED_SCORE = 0.89
_NUMBERED = ("2", "3", "4")  # "Tylenol 3" is a product, but not in "tylenol 3-4x/wk"
_COUNTED = re.compile(
    r" ?[-–/] ?\d| ?x(?:\b|(?= ?/))| ?(?:times?|tabs?|tablets?|caps?|caplets?|pills?|days?|nights?|or \d|to \d|"
    r"a (?:day|night|week|wk|month)|per (?:day|week|wk)|/ ?(?:d|w|m))\b"
)
_UNIT_NEXT = re.compile(r"^ ?(?:mg|mcg|units?|ius?|meq)\b")
_STRENGTH_NEXT = re.compile(r"^ ?\d{1,4}(?:\.\d+)? ?(?:mg|mcg)\b")
_STRENGTH_WORD = re.compile(r"^\d+(?:mg|mcg|ius?|meq)$")
_NUMBER_LAST = re.compile(r"\d ?$")
_ELEMENT_DOSE = {  # "Ca 600 mg" is a tablet, "Ca 9.8" and "Ca 10.2 mg/dL" are laboratory values
    "k": re.compile(r"^ \d{1,3} ?meq\b(?! ?/)"),
    **dict.fromkeys(("fe", "mg", "zn"), re.compile(r"^ \d{2,4} ?mg\b(?! ?/)")),
    "ca": re.compile(rf"^ \d{{2,4}} ?mg\b(?! ?/)|{WITH_D}"),
}
_APART = re.compile(r"[\W_]")
_FARTHEST = 3  # letters; what is farther from the name is near to a known misspelling of it
_PLACE_NOTE = "also a given name or place"
_TOO_NEAR = 0.035
_LETTER_DIGIT = re.compile(r"^[a-zA-Z]\d{1,2}$")
_VITAMIN_DOSE = re.compile(
    r"^ ?-? ?[\d,.]+ ?k? ?(?:ius?|units?|u|mcg|mg|sl|im|sq|subq|po|qd|daily|weekly|monthly|bid|"
    r"q ?(?:d|wk|week|mo|month))\b|^ (?:[468]00|\d{1,2}(?:,?000|k))\b|"
    r"^ (?:daily|qd|shots?|injections?|supplements?|vitamins?|weekly|monthly|tab(?:let)?s?|im|inj|"
    r"cap(?:sule)?s?|pills?|softgels?|gumm(?:y|ies)|sublingual|sl|drops|lozenges?|nightly|bid|otc)\b|"
    r"^ (?:(?:was|is|got|just|now) )?(?:changed|switched|moved|converted|stopped|started|restarted|added|held)\b"
)
# What stands between a name and a short one of the same list: "lisinopril 10, mtx", "iron and D3".
_LISTED_WITH = re.compile(
    r"^(?: ?(?:\d[\w./-]*(?![\w./-])|mg|mcg|ius?|units?|qd|bid|tid|qhs|daily|prn))*"
    r"(?:\s?[,/&+;]| -| and\b| or\b| plus\b)+ ?$"
)
_ENDS_ITEM = re.compile(r"^ ?(?:$|[,;.)&+/]|- |and\b|or\b|plus\b|too\b|prn\b|otc\b)")
_SUPPLEMENTS = re.compile(
    r"\b(?:takes?|taking|took|uses?|vit|vitamins?|supps?|supplements?|otcs?|mvi|herbals?|on|with|w/)\b"
    r"(?! (?:levels?|labs?))(?:[\s,:&+/-]|\w{1,4}\b|magnesium\b|calcium\b|biotin\b)*$"
)
_A_VITAMIN = re.compile(r" ?(?:multi|vit|mvi|mvt|women|men\b|men's|brand|gumm)")
_A_PRODUCT = re.compile(r"\b(?:the|a|her|his|my|some) $")
_ARTICLE = re.compile(r"\b(?:the|from|of|old|more|w/|with|than)(?: the| her| his)? $")


@cache
def _formulations() -> frozenset[str]:
    return wordlist.words("drug", "formulations.txt")


@cache
def _traps() -> tuple[int, dict[str, re.Pattern[str]]]:
    """The everyday phrases by their first word, and the number of the list of those words."""
    phrases: dict[str, list[str]] = {}
    for phrase in sorted(wordlist.lines("drug", "traps.txt"), key=len, reverse=True):
        phrases.setdefault(_APART.split(phrase)[0], []).append(re.escape(phrase))
    known = {first: re.compile(rf"(?:{'|'.join(some)})\b") for first, some in phrases.items()}
    return LISTS.add(lambda word: word.partition("'")[0] in known), known


def _trapped(line: Line) -> list[tuple[int, int]]:
    """The spans of everyday phrases that hold the name of a drug."""
    number, known = _traps()
    if not (at := line.where(number)):
        return []
    tried = ((i, known[line.lows[i].partition("'")[0]]) for i in at)
    return [found.span() for i, phrase in tried if (found := phrase.match(line.low, line.starts[i]))]


@cache
def _direction_names() -> frozenset[str]:
    return frozenset(wordlist.lines("drug", "direction_names.txt"))


@cache
def _short_names() -> frozenset[str]:
    return wordlist.words("drug", "short_names.txt")


@cache
def _salts() -> frozenset[str]:
    return wordlist.words("drug", "salts.txt")


@cache
def _second_strengths() -> dict[str, str]:
    rows = (row.split(": ", 1) for row in wordlist.lines("drug", "second_strengths.txt"))
    return {strength: ingredient for ingredient, strengths in rows for strength in strengths.split()}


# What a word may be the beginning of:
_NAME, _FIRST_OF_NAME, _PURPOSE, _MISSPELT, _LONG_WORD, _PART = 1, 2, 4, 8, 16, 32


class DrugFinder:
    """Looks names up; holds no patient text."""

    def __init__(self, index: DrugIndex, misspellings: Misspellings, everyday: frozenset[str]) -> None:
        self._index = index
        self._misspellings = misspellings
        self._everyday = everyday
        self._doubtful = everyday.union(_ELEMENT_DOSE, _direction_names(), writings())
        second = frozenset(_second_strengths().values())
        pairs = [both for both in index.combinations if len(both) == 2 and not second.isdisjoint(both)]
        self._with_seconds = frozenset(one for both in pairs for one in both)
        self._parted = Parted(index, misspellings, everyday)
        self._heard = Heard(one for word, one in index.single.items() if word in often_named())
        self.roles = Kept(self._role)

    def _role(self, low: str) -> int:
        """What the word may be: a name, only the first word of one, the first of a class word, a misspelling, one only
        where a strength stands behind, or the first letters of a name."""
        if not low[0].isalnum():
            return 0
        known, bare, role = self._misspellings, low.replace("'", ""), 0
        if self._index.starts & {low, bare, low.removesuffix("'s").replace("'", "")}:
            role = _NAME if low in self._index.names or bare != low else _FIRST_OF_NAME
        if low in class_words()[0]:
            role |= _PURPOSE
        if low.isalpha() and self._parted.may_begin(low):
            role |= _PART
        if bare == low and known.is_ordinary(low, True):
            return role
        if not low.isascii():
            role |= _MISSPELT
        elif low.isalpha() and low not in self._index.names:
            role |= _LONG_WORD if known.is_ordinary(low, False) else _MISSPELT
        return role

    def find(self, line: Line) -> list[Drug]:
        found: list[Drug] = []
        traps, general = _trapped(line), False
        after, count, salts = 0, len(line.lows), _salts()
        for i, role in line.told(self.roles):
            if i < after:
                continue
            last = found[-1].end if found else None
            read = (
                self._exact(line, i, last)
                if role & _NAME or (role & _FIRST_OF_NAME and self._goes_on(line, i))
                else None
            )
            if read is None or read[1] == i + 1:
                of_parts = self._parted.find(line, i) if role & _PART else None
                if of_parts is None and read is None and role & _MISSPELT:
                    of_parts = self._parted.with_slip(line, i, after)
                read = of_parts or read
            if read is None and role & _FIRST_OF_NAME:
                read = self._second_misspelt(line, i)
            if read is None and role & _PURPOSE:
                read = self._class(line, i)
            if read is None and role & (_MISSPELT | _LONG_WORD):
                read = self._misspelt(line, i, role)
            if read is None:
                continue
            hit, after = read
            if traps and any(start < hit.end and hit.start < end for start, end in traps):
                continue
            meant = hit.candidates[0].name if hit.match == "fuzzy" and hit.candidates else line.lows[i]
            if with_other_meaning(line, hit.start, hit.end):
                continue
            if not is_no_drug(line, hit.start, hit.end, _FIRST_WORD.split(meant, 1)[0]):
                if after < count and line.lows[after] in salts:
                    hit, after = self._with_salt(line, hit, after)
                if last is not None and (whole := self._of_two_words(line, found[-1], hit)):
                    found[-1] = whole
                    continue
                found.append(hit)
                general = general or hit.match == "class" or hit.ingredients == ANY_INSULIN
        for first, last, candidates in self._heard.find(line, spans(found)):
            start, end = line.starts[first], line.ends[last - 1]
            if not (traps and any(left < end and start < right for left, right in traps)):
                best = candidates[0]
                found.append(Drug(start, end, best.ingredients, "fuzzy", None, round(best.score, 2), candidates))
        if may_name_purpose(line) and (by_purpose := for_purpose(line, spans(found))):
            found += [Drug(start, end, (), "class", None, 0.9) for start, end in by_purpose]
            general = True
        found.sort(key=lambda drug: drug.start)
        if general:
            found = without_general(line, without_forms(line, found))
        if len(found) > 1:
            found = joined(line, found, self._index.combinations)
        found = with_vitamin_d(line, found)
        for i, drug in enumerate(found):
            if len(drug.ingredients) == 1 and not drug.brand and drug.ingredients[0] in self._with_seconds:
                found[i] = self._with_second(line, drug)
        return found

    def _goes_on(self, line: Line, i: int) -> bool:
        """Whether the word after the first one of a name may be the next of it."""
        if i + 1 == len(line.lows):
            return False
        after = line.lows[i + 1]
        return after in self._index.seconds[line.lows[i]] or not after.isalnum()

    def _second_misspelt(self, line: Line, i: int) -> tuple[Drug, int] | None:
        """A name of two words with a slip in the second: "black cohush", "milk thissle"."""
        if i + 1 == len(line.lows) or line.low[line.ends[i] : line.starts[i + 1]] not in (" ", "-"):
            return None
        meant = self._misspellings.second_word(line.lows[i], line.lows[i + 1])
        if meant is None:
            return None
        start, end = line.starts[i], line.ends[i + 1]
        return Drug(start, end, meant.ingredients, "fuzzy", None, meant.score, (meant,)), i + 2

    def _of_two_words(self, line: Line, first: Drug, second: Drug) -> Drug | None:
        """ "Invega Sustena", "Abilfy Maintena": a name of two words that are names too, one of them with a slip."""
        if not line.low[first.end : second.start].isspace() or first.ingredients != second.ingredients:
            return None
        typed, more = line.low[first.start : first.end], line.low[second.start : second.end]
        firsts, seconds = [typed, *(one.name for one in first.candidates)], [more, *(x.name for x in second.candidates)]
        if not any(f"{one} {other}" in self._index.names for one in firsts for other in seconds):
            return None
        return replace(second if second.match == "fuzzy" else first, start=first.start, end=second.end)

    def _exact(self, line: Line, i: int, before: int | None) -> tuple[Drug, int] | None:
        """`before` is where the name found before ends."""
        lows, names, beginnings = line.lows, self._index.names, self._index.beginnings
        keys, indexes = [lows[i].replace("'", "")], [i]
        for j in range(i + 1, len(lows)) if keys[0] in beginnings else ():
            low = lows[j]
            if line.are_words[j]:
                longer = f"{keys[-1]} {low}".replace("'", "")
                goes_on = longer in beginnings
                if not (goes_on or longer in names or "'" in low) or not _joins(line, indexes[-1], j):
                    break
                indexes.append(j)
                keys.append(longer)
                if not goes_on:
                    break
            elif low == "&" and f"{keys[-1]} and" in beginnings:
                indexes.append(j)
                keys.append(f"{keys[-1]} and")
            elif low not in "-/.'#+&":
                break
        while keys:
            last, name = lows[indexes[-1]], names.get(keys[-1])
            if (
                name is not None
                and name.kind not in ("brand", "class")
                and "&" in line.low[line.starts[i] : line.ends[indexes[-1]]]
            ):
                name = None  # "calcium & vitamin d" are two
            if name is None and "'" in last:
                name = names.get(" ".join([*keys[-2:-1], last.removesuffix("'s")]))
            counted = last in _NUMBERED and keys[-1][:-2] in names and _COUNTED.match(line.low, line.ends[indexes[-1]])
            if (
                name is not None
                and not counted
                and self._acceptable(line, line.starts[i], line.ends[indexes[-1]], name, before)
            ):
                return self._drug(line, indexes, name), indexes[-1] + 1
            keys.pop()
            indexes.pop()
        return None

    def _drug(self, line: Line, indexes: list[int], name: DrugName) -> Drug:
        """The name in the line; words behind it that are no part of it leave `indexes`."""
        while len(indexes) > 1 and (
            line.lows[indexes[-1]] in _formulations()
            or _STRENGTH_WORD.match(line.lows[indexes[-1]])
            or line.text.startswith("at", line.starts[indexes[-1]])  # "Lamisil at night"
        ):
            indexes.pop()
        if len(indexes) > 1 and line.lows[indexes[-1]].isdigit():
            after = line.low[line.ends[indexes[-1]] :]
            while len(indexes) > 1 and line.lows[indexes[-1]].isdigit() and _UNIT_NEXT.match(after):
                indexes.pop()  # "Mag-Ox 400": the number is the strength
        start, end = line.starts[indexes[0]], line.ends[indexes[-1]]
        if line.low[start:end].endswith("'s"):
            end -= 2
        match: Match = "class" if not name.ingredients else "fuzzy" if name.kind == "misspelling" else "exact"
        candidates = (Candidate("+".join(name.ingredients), name.ingredients, 0.95),) if match == "fuzzy" else ()
        return Drug(
            start,
            end,
            name.ingredients,
            match,
            name.route,
            0.9 if match == "fuzzy" else 1.0,
            candidates,
            name.kind == "brand",
        )

    def _acceptable(self, line: Line, start: int, end: int, name: DrugName, last: int | None) -> bool:
        placed = bool(name.note) and _PLACE_NOTE in name.note
        low, typed = line.low[start:end], line.text[start:end]
        if not placed and end - start > _SHORT and low.removesuffix("'s") not in self._doubtful:
            return True
        before, after = line.low[:start], line.low[end:]
        if placed:
            return not is_person_or_place(before, after)
        if (written := as_written(line, start, end)) is not None and (written or low not in self._everyday):
            return written
        if low in _ELEMENT_DOSE:
            return bool(_ELEMENT_DOSE[low].match(after)) and not _NUMBER_LAST.search(before)
        if low in self._everyday:
            return dosed_or_taken(before, after) or is_sold(low, after)
        if low in _direction_names():
            capital = typed != low and not line.shouted
            return capital or bool(_A_PRODUCT.search(before)) or bool(_A_VITAMIN.match(after))
        if end - start > _SHORT or low in _short_names():
            return True
        ends = _ENDS_ITEM.match(after)
        if ends and last is not None and _LISTED_WITH.match(line.low[last:start]):
            return True
        if _LETTER_DIGIT.match(typed):
            return bool(_VITAMIN_DOSE.match(after) or (ends and _SUPPLEMENTS.search(before)))
        if name.kind in ("abbreviation", "synonym", "brand", "class"):
            if any(char.isupper() for char in typed[1:]) and not line.shouted and len(typed) == _SHORT:
                return True
            return in_drug_context(before, after) or bool(_ARTICLE.search(before))
        return True

    def _class(self, line: Line, i: int) -> tuple[Drug, int] | None:
        """A drug that is only said by its purpose and form: "water pill", "pressure pills"."""
        purposes, forms = class_words()
        for j in range(i + 1, min(i + 4, len(line.lows))):
            word = line.lows[j]
            if word in forms:
                return Drug(line.starts[i], line.ends[j], (), "class", None, 0.9), j + 1
            if word not in purposes:
                break
        return None

    def _misspelt(self, line: Line, i: int, role: int) -> tuple[Drug, int] | None:
        word, start, end = line.lows[i], line.starts[i], line.ends[i]
        if not word.isascii():
            return self._accented(line, i)
        dosed = role & _LONG_WORD != 0
        if dosed and not _STRENGTH_NEXT.match(line.low[end:]):
            return None
        candidates = self._misspellings.candidates(word, True, dosed)
        context = bool(candidates) and in_drug_context(line.low[:start], line.low[end:])
        if candidates and not context:
            candidates = self._misspellings.candidates(word, False, dosed)
            if candidates and not is_dosed(line.low[end:]) and self._misspellings.is_slip(word, candidates[0]):
                return None
            if candidates and line.text[start].isupper() and not line.shouted and _is_far(word, candidates[0].name):
                return None  # "Teresita called"
        if not candidates and (sounded := self._parted.sounded(line, i)) is not None:
            return sounded
        if not (candidates and candidates[0].name.startswith(word)) and is_dosed(line.low[end:]):
            candidates = self._misspellings.truncated(word) or candidates  # "tams 0.4 mg" is not Tums
        if not candidates:
            return None
        best = candidates[0]
        if best.name in self._everyday and not dosed_or_taken(line.low[:start], line.low[end:]):
            return None  # "drinks a lot of caffiene"
        confidence = best.score * (0.9 if context else 0.75)
        if len(candidates) > 1 and (
            self._misspellings.confused(best, candidates[1]) or best.score - candidates[1].score < _TOO_NEAR
        ):
            confidence = min(confidence, 0.3)
        return (
            Drug(start, end, best.ingredients, "fuzzy", None, round(confidence, 2), candidates),
            i + 1,
        )

    def _accented(self, line: Line, i: int) -> tuple[Drug, int] | None:
        """A name with the accents of another language: "losartán"."""
        word = line.lows[i]
        plain = unaccented(word)
        name = self._index.names.get(plain)
        if plain == word or name is None or not name.ingredients or len(plain) < _LEAST_ACCENTED:
            return None
        candidates = (Candidate(name.name, name.ingredients, _ACCENTED_SCORE),)
        return Drug(line.starts[i], line.ends[i], name.ingredients, "fuzzy", None, _ACCENTED_SCORE, candidates), i + 1

    def _with_salt(self, line: Line, drug: Drug, after: int) -> tuple[Drug, int]:
        """The drug with the salt behind it."""
        if drug.match != "class" and line.text[drug.end : line.starts[after]] == " ":
            return replace(drug, end=line.ends[after]), after + 1
        return drug, after

    def _with_second(self, line: Line, drug: Drug) -> Drug:
        """ "hydrocodone 5/325" is the product with acetaminophen."""
        second = _second_strengths().get(_last_of_strength(line.low[drug.end :]) or "")
        if second is None:
            return drug
        both = tuple(sorted((*drug.ingredients, second)))
        return replace(drug, ingredients=both) if both in self._index.combinations else drug


def _joins(line: Line, i: int, j: int) -> bool:
    """The words may belong to one name."""
    gap = line.text[line.ends[i] : line.starts[j]]
    if gap == " " or _GAP.match(gap) or _AND_GAP.match(gap):
        return True
    if gap == "/ ":
        return line.lows[i] == "w"
    if _SAINT_GAP.match(gap):
        return line.lows[i] == "st"
    return bool(_PLUS_GAP.match(gap)) and line.lows[j] in _PLUS


def _is_far(word: str, name: str) -> bool:
    """The word neither is one letter from the name nor sounds like it."""
    return 1 < OSA.distance(word, name) <= _FARTHEST and sound(word) != sound(name)


def _last_of_strength(after: str) -> str | None:
    match = _SECOND.match(after)
    return match[1] if match else None
