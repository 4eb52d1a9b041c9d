"""Finds the words of symptoms in a line, without their qualifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import compress
from typing import NamedTuple

from consult.domain.mention import EffectMatch
from consult.nlp import wordlist
from consult.nlp.effect.lexicon import Lexicon, Sense, lexicon
from consult.nlp.effect.posture import GIDDY, with_rising
from consult.nlp.line import Line
from consult.nlp.lists import LISTS

_LISTED = (
    *("abd pain", "sore throat", "sob", "cp", "ha", "st", "si", "hi", "avh", "ah", "vh", "n", "v", "d", "c", "f"),
    *("chills", "fever", "cough", "rash", "dizziness", "edema", "swelling", "palpitations", "nausea", "headache"),
    *("diarrhea", "sweats"),
)
_LISTED_FIRST, _LISTED_LAST = (
    frozenset(one.split()[0] for one in _LISTED),
    frozenset(one.split()[-1] for one in _LISTED),
)
_SLASH = LISTS.add("/".__eq__)
_SLASHED = re.compile(rf"(?<![\w/])(?:(?:{'|'.join(_LISTED)})/){{1,5}}(?:{'|'.join(_LISTED)})(?:(?<=f/c)/s)?(?![\w/'])")
_NOT_A_LIST = frozenset({"d/c", "c/d", "f/c/d"})
_SIGNED = re.compile(r"(?<!\S)(?:[nvdcf][+-](?:[ ,/]+|$)){2,}")  # "N+ V- D+"
_AFTER = {("f", "c"): "chills", ("c", "s"): "sweating"}  # "f/c/s"
_ITEM = re.compile(r"[^/]+")
_PAIR_REACH = 7
_BEFORE_LETTER = frozenset(("no", "nil", "denies", "denied", "neg", "without", "ø", "having", "neither"))
_BETWEEN_LETTERS = frozenset((",", "or", "and", "&", "+", "nor"))
_CAPITALS = ("N V", "V D")  # "N V since Sunday"
_HOW_LONG = re.compile(r"x?\d*(?:d|days?|wks?|weeks?|h|hrs?)?")  # "c/o N x2 d, V x1"
_AFTER_LETTER = frozenset((*",;.&+", "or", "and", "nor", "but", "no", "since", "with", "today", "x", "either"))
_TO_PART = frozenset(
    (
        *("in", "of", "on", "under", "around", "inside", "my", "her", "his", "the", "their", "both", "all"),
        *("left", "right", "lower", "upper", "l", "r", "bilateral", "bilat", "up", "at", "inj", "injection"),
        *("shot",),
    )
)
_PAIRED, _WORDED, _MISSPELT = (
    0.95,
    0.9,
    0.7,
)  # how sure a part with its problem, a wording with a number, a correction is
_NEAR_DRUG = 20  # characters between the end of a trap and a drug
_LONGEST_JOINT = 4  # letters of the word that may lead from one to the other


class Found(NamedTuple):
    """A symptom in the words typed; `form` is "clause" where it has a subject or verb of its own,
    "adjective", "noun", or "diagnosis"."""

    start: int
    end: int
    concept: str
    form: str = "noun"
    confidence: float = 1.0
    match: EffectMatch = "exact"


_ADJECTIVES = frozenset(
    (
        *("sore", "numb", "weak", "sick", "hoarse", "thirsty", "sad", "anxious", "nauseous", "nauseated"),
        *("lightheaded", "short", "confused", "constipated", "tired", "bloated", "depressed", "exhausted"),
        *("fatigued", "winded", "irritable", "restless", "forgetful", "unsteady", "faint", "drowsy", "flushed"),
        *("moody",),
    )
)


_ADJECTIVE_AND_NOUN = 2  # words
_PARTICLES = frozenset(("up", "down", "out", "off", "over", "all", "again", "easily", "still", "now", "inside"))
_NOUN_ENDINGS = ("ity", "pathy", "gy", "ncy", "psy", "phy", "tomy")
_HAPPENED = frozenset(  # "no dizziness, fell in March" denies no fall
    ["fell", "fainted", "passed", "vomited", "threw", "blacked", "bled", "lost", "gained", "tripped", "woke"]
)
_STATES = frozenset(("gone", "down", "low", "poor", "off", "shot"))  # "denies SI, sex drive gone"
_HOW = frozenset(("easy", "easily", "easier"))  # "no bleeding, bruises easily"
_APART = "adjective apart"  # the problem of a part named before a denial: "eyes aren't dry"
_DENYING = frozenset(("not", "aint", "ain't", "isn't", "isnt", "aren't", "arent", "don't", "dont", "doesn't", "doesnt"))
_GOING_UP = frozenset(
    (
        *("swelled", "swell", "swells", "swoll", "swole", "swollen", "swolen"),
        *("puffed", "puff", "puffs", "blow", "blows", "blew", "blown"),
    )
)  # "ankles swelled up"
_NAMING = frozenset(("rash", "sores", "welt"))  # problems that what stands before only describes
_HEADS = frozenset(("bone", "bones", "muscle", "muscles", "joint", "joints", "tendon", "tendons"))
_OF_ANY_PART = frozenset(("bleeding", "bruising"))
_PREDICATES = frozenset(("swollen", "puffy", "swell", "swelled", "puff", "puffing", "up"))


def find_effects(
    line: Line, taken: Iterable[tuple[int, int]], corrected: dict[int, str], words: Lexicon | None = None
) -> list[Found]:
    """Longest first, never over `taken` spans (the drugs). `corrected` holds stems of misspelt tokens by index."""
    words = words or lexicon()
    blocked = list(taken)
    found: list[Found] = []
    stems = line.stems
    if corrected:
        stems = [corrected.get(i, one) for i, one in enumerate(stems)]
    traps = _traps(line, stems, words, corrected)
    if traps and blocked:
        traps = [one for one in traps if not _of_drug(line, one[1], blocked)]
    candidates = _patterns(line, words)
    candidates += _phrases(line, stems, words, corrected)
    candidates += _pairs(line, stems, words, corrected)
    if slashes := line.where(_SLASH):
        candidates += _slashed(line, words, slashes)
    if short := line.where(words.short):
        candidates += _short_forms(line, words, short)
    if len(candidates) > 1:
        candidates.sort(key=lambda one: (one.start - one.end, one.start, one.form != _APART))
    for one in candidates:
        for start, end in blocked:
            if one.start < end and start < one.end:
                break
        else:
            if (traps and _trapped(one, traps)) or (
                one.confidence == _WORDED
                and any(other.concept == one.concept and not _is_detail(line, other, words) for other in found)
            ):
                continue
            if one.concept == "memory loss" and _only_an_answer(line, one):
                continue
            if (other := words.other_sense.get(line.low[one.start : one.end])) and _is_other(line, one, other):
                blocked.append((one.start, one.end))
                continue
            concept, form = _by_company(line, one, words), _form(line, one, words)
            start, end = one.start, one.end
            both = with_rising(line.low, start, end) if concept in GIDDY else None
            if both and not any(both[0] < last and first < both[1] for first, last in blocked):
                start, end = both
                concept = "orthostatic dizziness"
            blocked.append((start, end))
            found.append(Found(start, end, concept, form, one.confidence, one.match))
    found.sort()  # no two begin at one place
    if len(found) > 1 and len({one.concept for one in found}) < len(found):
        return [one for one in found if not _only_a_detail(line, one, found, words)]
    return found


_DENIED_BEFORE = re.compile(r"\b(?:no|not|never|denies|denied|without|w/o|isn't|wasn't)\b[^,.;]*$")


def _is_detail(line: Line, one: Found, words: Lexicon) -> bool:
    detail = words.details.get(one.concept)
    return detail is not None and detail.fullmatch(line.low, one.start, one.end) is not None


def _only_a_detail(line: Line, one: Found, found: list[Found], words: Lexicon) -> bool:
    """ "constipated, goes every 3 days": what tells more of a symptom that stands there in a plainer word."""
    return _is_detail(line, one, words) and any(
        other.concept == one.concept
        and not _is_detail(line, other, words)
        and not _DENIED_BEFORE.search(line.low, 0, other.start)
        for other in found
    )


_NOT_RECALLED = re.compile(r"(?:can'?t|cannot|couldn'?t) remember$")
_ABOUT_A_FACT = re.compile(
    r"\b(?:might|may|maybe|either|or|whether|if|thinks?|unsure|which|what|when|some|something)\b"
)


def _only_an_answer(line: Line, one: Found) -> bool:
    """ "might have had a fall, cannot remember", "Mon or Tues, can't remember": what is not recalled is one thing."""
    if not _NOT_RECALLED.fullmatch(line.low, one.start, one.end):
        return False
    return bool(_ABOUT_A_FACT.search(line.low, 0, one.start))


_UP_TO_DRUG = re.compile(
    r"(?<!reaction )(?<!reactions )(?<!withdrawal )(?:on|by|with|to|from)(?: (?:the|her|his|my|starting|taking|new|"
    r"increased|more))* $"
)


def _of_drug(line: Line, end: int, drugs: list[tuple[int, int]]) -> bool:
    """Whether the last word of a trap reaches a drug: "shaky on trazodone", not "shaky on the details"."""
    drug = next((start for start, _ in drugs if 0 < start - end <= _NEAR_DRUG), None)
    leads = _UP_TO_DRUG.search(line.low, max(0, end - _LONGEST_JOINT), drug) if drug is not None else None
    return leads is not None and leads.start() < end  # not "thrush last fall caused by Advair"


def _trapped(one: Found, traps: list[tuple[int, int]]) -> bool:
    """A trap holds some of its words. A listed phrase that the whole trap is only a part of is meant all the same."""
    return any(
        one.start < end
        and start < one.end
        and not (one.match == "exact" and one.start <= start and end <= one.end and one.end - one.start > end - start)
        for start, end in traps
    )


def _by_company(line: Line, one: Found, words: Lexicon) -> str:
    """The concept of a bare word, by what else the line holds: "burning" beside eye drops."""
    word = line.low[one.start : one.end]
    rows = words.beside.get(word)
    if rows is None:
        return one.concept
    held = {low for low in line.lows if low != word}
    return next((concept for beside, concept in rows if not held.isdisjoint(beside)), one.concept)


def _is_other(line: Line, one: Found, senses: list[Sense]) -> bool:
    """What stands beside a word makes it another: "Mg runs 1.4", "a crawfish boil", "if it keeps up"."""
    return any(
        sense.search(line.low, 0, one.start) if before else sense.match(line.low, one.end) for before, sense in senses
    )


_WHO = re.compile(
    r"(?:^|[,;.:-] |\b(?:medicare|pt|patient|she's|he's|is|client|clinic|call|visit|lives?),? (?:an? )?)\W*"
    r"\d{2,3} ?-?(?:yo?|y/o|yr old|year old)? ?(?:[mf]\b|male|female|man|woman)"
)
_COMPLAINS = re.compile(  # "70M c/o migraines"
    r"\b(?:c/o|complain\w*|reports?|having|gets?|feels?|says?|states|fell|new (?:onset|bout)|worse|today|calls|called|"
    r"calling|here for|presents?|since|bc|d/t|from|takes|made|had)(?!\w)"
)
_LISTED_ON = re.compile(r"^ ?(?:$|[,.;&+/]|w/|with |and |since \d|x \d|\()")


@cache
def _chronic() -> frozenset[str]:
    return frozenset(wordlist.lines("effect", "chronic.txt"))


def _in_history(line: Line, one: Found) -> bool:
    """Whether it stands in a list that begins with age and sex."""
    who = _WHO.search(line.low, 0, one.start)
    if who is None or not _LISTED_ON.match(line.low[one.end :]):
        return False
    return _COMPLAINS.search(line.low, who.end(), one.start) is None


def _form(line: Line, one: Found, lists: Lexicon) -> str:
    if one.concept in lists.diagnoses:
        return "diagnosis"
    if line.low[one.start : one.end] in _chronic() and _in_history(line, one):
        return "diagnosis"  # "68F, fibro, depression": what the patient has, as under a heading
    if one.form == "clause":
        return one.form
    if one.form == _APART:
        return "adjective"
    words = line.low[one.start : one.end].split()
    first, last = words[0], words[-1]
    if len(words) > 1 and (last in _STATES or (last in _HOW and words[-2].endswith("s"))):
        return "clause"
    if first in _HAPPENED or (last in _PREDICATES and first in lists.regions):
        return "clause"
    if not _is_adjective(first):
        return "noun"
    named = len(words) == _ADJECTIVE_AND_NOUN and last not in _PARTICLES and not _is_adjective(last)
    return "noun" if named else "adjective"  # "sore throat", "blurry vision", but "sleepy", "tired out"


def _is_adjective(word: str) -> bool:
    return word in _ADJECTIVES or (word.endswith(("y", "ed", "ier")) and not word.endswith(_NOUN_ENDINGS))


def _traps(line: Line, stems: list[str], words: Lexicon, corrected: dict[int, str]) -> list[tuple[int, int]]:
    starts = words.traps.after
    lows, are_words, end = line.lows, line.are_words, len(stems)
    spans = []
    begun = line.known(words.trapping) if not corrected else list(map(starts.get, stems))
    for i, node in compress(enumerate(begun), begun):
        if node is None:
            continue
        last = i if node.says else -1
        for j in range(i + 1, end):
            if not node.after:
                break
            if not are_words[j] and (lows[j] in "-'" or (lows[j] == "/" and lows[j - 1] == "w")):
                continue
            after = node.after.get(stems[j])
            if after is None:
                break
            node = after
            if node.says:
                last = j
        if last >= 0:
            spans.append((line.starts[i], line.ends[last]))
    return spans


def _patterns(line: Line, words: Lexicon) -> list[Found]:
    found = []
    for concept, pattern in words.patterns.likely(line.lacks):
        for match in pattern.finditer(line.low):
            found.append(Found(match.start(), match.end(), concept, "clause", _WORDED, "pattern"))
    for match in words.trouble.finditer(line.low, line.lacks):
        concept = words.troubled[(match.lastindex or 1) - 1]
        found.append(Found(match.start(), match.end(), concept, "noun", _WORDED, "pattern"))
    return found


def _phrases(line: Line, stems: list[str], words: Lexicon, corrected: dict[int, str]) -> list[Found]:
    out = []
    for first, last, concept in words.walk.find(line, stems, corrected):
        start, end = line.starts[first], _with_quote(line, line.starts[first], line.ends[last])
        if corrected and any(i in corrected for i in range(first, last + 1)):
            out.append(Found(start, end, concept, "noun", _MISSPELT, "fuzzy"))
        else:
            out.append(Found(start, end, concept))
    return out


def _with_quote(line: Line, start: int, end: int) -> int:
    """The end with the mark that closes a quotation begun within: 'heart "skips"'."""
    if line.low[end : end + 1] in ('"', "”") and any(mark in line.low[start:end] for mark in '"“'):
        return end + 1
    return end


def _pairs(line: Line, stems: list[str], words: Lexicon, corrected: dict[int, str]) -> list[Found]:
    """Part and problem in either order: "legs are very achy", "puffy ankles", "cramps in both calves"."""
    lows, at = line.lows, line.where(words.parts)
    if corrected:
        lows = [words.whole.get(stems[i], low) if i in corrected else low for i, low in enumerate(lows)]
        at = sorted({*at, *corrected})
    regions, problems = words.regions, words.problems
    found: list[Found] = []
    for i in at:
        first = head = lows[i]
        if first in regions:
            own, other, links = regions, problems, words.to_problem
        elif first in problems:
            own, other, links = problems, regions, _TO_PART
        else:
            continue
        for j in range(i + 1, min(i + _PAIR_REACH, len(lows))):
            low = lows[j]
            if low == "back" and j == i + 1 and own is problems:
                break  # "stopped Lyrica, pain back": it has come again
            if low in other:
                if first in _OF_ANY_PART and j > i + 1 and lows[i + 1] == "/" and lows[j - 1] in problems:
                    break  # "bleeding/bruising/black stools"
                part, problem = (first, low) if own is regions else (low, head)
                concept = words.pair(regions[part], problems[problem])
                if concept is not None:
                    form = "clause" if own is regions else "noun"
                    denied = not _DENYING.isdisjoint(lows[i + 1 : j])
                    start, end = line.starts[j if denied else _first_of(lows, i)], line.ends[j]
                    if low in _GOING_UP and j + 1 < len(lows) and lows[j + 1] == "up":
                        end = line.ends[j + 1]
                    end = _with_quote(line, start, end)
                    found.append(Found(start, end, concept, _APART if denied else form, _PAIRED, "pattern"))
                if own is regions and _DENYING.isdisjoint(lows[i + 1 : j]):
                    found += _also(line, lows, words, regions[part], i, j)
                break
            if own is regions and (low in _DENYING or (low in _HEADS and j == i + 1)):
                first = low if low in _HEADS else first  # "shin bones hurt", "heel tendon is sore"
                continue
            if own is problems and problems.get(low) in _NAMING and lows[j - 1] in own:
                head = low  # "red bumps on chest"
            joined = low in ("and", "&", "n", "/") and lows[j - 1] in own
            if not joined and low not in own and low not in links:
                break
            if joined and (j + 1 >= len(lows) or lows[j + 1] not in own):
                break
    return found


def _first_of(lows: list[str], i: int) -> int:
    """ "pins n needles in toes" begins with the pins."""
    return i - 2 if lows[i] == "needles" and i > 1 and lows[i - 2] == "pins" else i


def _also(line: Line, lows: list[str], words: Lexicon, region: str, first: int, i: int) -> list[Found]:
    """The second problem of a part: "feet numb and burning"; where both are one concept they are one mention."""
    if i + 2 < len(lows) and lows[i + 1] in ("and", "&", "+", "n", "/") and lows[i + 2] in words.problems:
        concept = words.pair(region, words.problems[lows[i + 2]])
        if concept is not None:
            start = line.starts[first if concept == words.pair(region, words.problems[lows[i]]) else i + 2]
            return [Found(start, line.ends[i + 2], concept, "clause", _PAIRED, "pattern")]
    return []


def _short_forms(line: Line, words: Lexicon, at: list[int]) -> Iterable[Found]:
    lows = line.lows
    for i in at:
        low = lows[i]
        if low in words.written_low:
            yield from _abbreviation(line, words, i)
        if low in words.alone:
            yield Found(line.starts[i], line.ends[i], words.alone[low])
    if "+" in line.low:
        for row in _SIGNED.finditer(line.low):
            for at_sign in range(row.start(), row.end()):
                if line.low[at_sign] in words.letters:
                    yield Found(at_sign, at_sign + 1, words.letters[line.low[at_sign]])
    yield from _lone_letters(line, words, [i for i in at if len(lows[i]) == 1 and lows[i] in words.letters])


def _abbreviation(line: Line, words: Lexicon, i: int) -> Iterable[Found]:
    start, end = line.starts[i], line.ends[i]
    written = words.written.get(line.text[start:end])
    if written is None:
        return
    before = line.lows[i - 1] if i else ""
    after = line.lows[i + 1] if i + 1 < len(line.lows) else ""
    if before not in written.not_after and after not in written.not_before:
        yield Found(start, end, written.concept)


def _slashed(line: Line, words: Lexicon, at: list[int]) -> Iterable[Found]:
    """Letters and words in a row: "n/v/d"."""
    lows, last = line.lows, len(line.lows) - 1
    if not any(0 < i < last and lows[i - 1] in _LISTED_LAST and lows[i + 1] in _LISTED_FIRST for i in at):
        return
    for match in _SLASHED.finditer(line.low):
        if match.group() in _NOT_A_LIST:
            continue
        before = ""
        for item in _ITEM.finditer(match.group()):
            concept = _AFTER.get((before, item.group())) or words.letters.get(item.group())
            if concept is not None:  # a word is found as any other
                yield Found(match.start() + item.start(), match.start() + item.end(), concept)
            before = item.group()


def _lone_letters(line: Line, words: Lexicon, at: list[int]) -> Iterable[Found]:
    """Letters that a cue stands before ("no V, no D"), or three in a row ("N, V, D")."""
    lows = line.lows
    listed: list[int] = []
    for i in at:
        before, after = lows[i - 1] if i else "", lows[i + 1] if i + 1 < len(lows) else ""
        if before[-1:].isdigit():
            continue  # "x2 d"
        if before == "/" and i - 2 in at:
            listed = [i]  # the end of a list with slashes, read already: "n/v, F"
            continue
        if (
            after
            and after not in _AFTER_LETTER
            and after not in words.letters
            and not (after[0] == "x" and after[1:].isdigit())
        ):
            continue
        if listed and all(one in _BETWEEN_LETTERS or _HOW_LONG.fullmatch(one) for one in lows[listed[-1] + 1 : i]):
            listed.append(i)
        elif (before and (before in _BEFORE_LETTER or line.low[: line.starts[i]].endswith("c/o "))) or (
            line.text.startswith(_CAPITALS, line.starts[i]) and not line.shouted and i + 1 in at
        ):
            listed = [i]
        else:
            continue
        after_fever = len(listed) > 1 and lows[listed[-2]] == "f"
        concept = "chills" if after_fever and lows[i] == "c" else words.letters[lows[i]]
        yield Found(line.starts[i], line.ends[i], concept)
