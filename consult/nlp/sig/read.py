"""Reads the directions for use out of the words around a drug name."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from consult.nlp import wordlist
from consult.nlp.expressions import DIRECTIONS, Expressions, Rare, any_of
from consult.nlp.sig.amount import AMOUNT, COUNT, UNIT, UNIT_NAMES
from consult.nlp.sig.bare import SUPPLY_BEFORE, bare
from consult.nlp.sig.change import CHANGE, changed
from consult.nlp.sig.count_before import count_between
from consult.nlp.sig.divided import DIVIDED, TOTAL, parts_of_total, share, total_of_week
from consult.nlp.sig.dotted import DOTTED, undotted
from consult.nlp.sig.frequency import Often, frequency_wordings, read_frequency
from consult.nlp.sig.moved_time import MOVED, at_its_new_time
from consult.nlp.sig.needed import ADDED, PRN, without_added
from consult.nlp.sig.numbers import DIGITS, WORDED, plain
from consult.nlp.sig.one_time import ONE_TIME, without_one_time
from consult.nlp.sig.pasted import PRINTED, written_out
from consult.nlp.sig.phases import (
    SEVERAL,
    added_up,
    amounts_by_day,
    amounts_by_often,
    amounts_by_time,
    days_taken,
    next_phase,
)
from consult.nlp.sig.spoken import SPOKEN, with_digits
from consult.nlp.sig.timing import read_timing, timing_wordings
from consult.nlp.sig.wordings import listed
from consult.nlp.sig.written_times import WRITTEN, as_told

_CONCENTRATION = Rare(  # and the models of pumps: "Medtronic 780G"
    r"\bu-?(?:100|200|300|500)\b|\b(?:530|630|670|770|780)g\b", DIRECTIONS
)
_PER_DAY = Rare(  # "0.05 mg/day patch weekly": what a patch gives off
    r"(?<![\d.])(0?\.\d{1,4} ?mg|\d{2,3} ?mcg) ?/ ?d(?:ay)?"
    r"(?= (?:patch(?:es)? )?(?:apply |change |put on )?(?:once |twice |[12] ?x ?|q ?)?"
    r"(?:/ ?|a |per |every )?w(?:ee)?k(?:ly)?\b)",
    DIRECTIONS,
)
_NOT_NORMAL = any_of(SPOKEN, *PRINTED, _CONCENTRATION, _PER_DAY, *MOVED, *WRITTEN, *DOTTED, TOTAL)
_ONE_TIME = any_of(*ONE_TIME)
_SUPPLY_AFTER = re.compile(
    r"^ ?(?:left(?! (?:eye|ear|nostril|side|arm|hand|knee|leg|foot|hip|shoulder))|"
    r"lasted|lasts|remaining|remain|refills?|in (?:the )?(?:bottle|bag)|supply|short|per month|"
    r"a month|/ ?mo|every month|missing|extra|splitter|box|organi[sz]er|minder|planner|cutter|crusher|bottle|dispenser)"
)
_DURATION = Rare(
    rf"(?:(?<![a-z])x|(?<=[a-z])x(?=\d)|\bfor(?: up to| another)?|\btimes) ?(?P<n>\d{{1,3}}|"
    rf"{WORDED}) ?-?(?P<unit>days?|d|weeks?|wks?|w(?!/)|months?|mos?)\b(?! (?:ago|prior))",
    DIRECTIONS,
)
_WITHOUT_IT = re.compile(  # "out x 1 wk": so long it was not taken
    r"\b(?:out|out of (?:it|them)|without(?: it| them)?|off(?: it)?|missed|skipped|none|nothing|gone|not (?:had|"
    r"taken)(?: it| any)?) $"
)
_DURATION_BARE = Rare(r"(?:daily|day|bid|tid|qid|qd) (?P<n>\d{1,3}) (?P<unit>days)\b", DIRECTIONS)
_DURATION_COUNT = Rare(  # "bid x5"
    r"(?:daily|day|bid|tid|qid|qd|q ?\d{1,2} ?h?) x ?(?P<n>\d{1,2})(?! ?(?:[\w/]|-\d|\.\d))", DIRECTIONS
)
_LASTING = any_of(_DURATION, _DURATION_BARE, _DURATION_COUNT)
_SPREAD = Rare(r"\b(?:gel|cream|crm|ointment|oint|ung|lotion|paste|aaa|affected areas?)\b", DIRECTIONS)
_MOST_SPREAD = 10  # grams or millilitres: what is more is the tube
_MOST_COUNTED = 12  # tablets: what is more is the bottle
_MIXED = re.compile(r"\b(?:in|with|w/) (?:a |about )?$")
_UNIT_FIRST = Rare(
    r"\b(?P<unit>patch|tab|tabs|cap|caps|puff|puffs|drops?|gtts?|sprays?|supp|suppository),? (?P<count>[1-9]|1/2|½)"
    r"(?= (?:q|po|pr|pv|o[uds]|a[uds]|bid|tid|qid|daily|every|each|once|"
    r"twice|hs|nightly|at (?:bedtime|night|hs)|in (?:the )?(?:am|pm|morning|evening)))",
    DIRECTIONS,
)
_OF_STRENGTH = Rare(  # "one 20 milligram tablet of"
    rf"(?<![\w./-])(?P<count>[1-4]|1/2|½|half(?: of)?(?: an?)?|an?|{WORDED}) {DIGITS}[ -]?(?:{UNIT}) "
    r"(?P<unit>tablets?|tabs?|capsules?|caps?|pills?)\b",
    DIRECTIONS,
)
_PUFFS = Rare(
    r"(?<![\w./@-])(?<!at )(?P<count>[1-4](?:-[2-4])?) ?p\b(?= (?:bid|tid|qid|qd|daily|prn|q ?\d))", DIRECTIONS
)  # "2p bid"
_MOST_PATCHES = 4
_POWDER = "polyethylene glycol 3350"
_SOLID = ("tablet", "capsule", "caplet", "softgel")
_DROPS = re.compile(r"(?<![\w./])\d(?: ?- ?\d)? ?(?:gtts?|drops?|sprays?|spr|puffs?|inh(?:alations?)?|p)\b")
_OF_RINGS = re.compile(r"^\S*ring\b|vag|\b(?:estr|etono|eluryng|haloette|annovera|insert)|rings? (?:q|every|monthly)")
_STRENGTH_FIRST = re.compile(r"\d{2,4} ?[-–] ([^\d].*|1/2)$")
_STRENGTHS = re.compile(r"^(?:[5-9]|\d{2,4})(?:\.\d+)? ?[-–/] ?\d")  # of a combination: nobody takes 10 to 20 capsules
_DASH_COUNT = re.compile(r"[\d.]+ [-–] ([1-4]|1/2|½)$")
_TWO_STRENGTHS = re.compile(r"(\d{1,3}(?:\.\d+)?) ?[-–] ?(\d{1,2}(?:\.\d+)?)")
_OWN_COUNT = re.compile(
    rf"[\s,;:-]*(?:sig:? ?)?(?:takes? |taking )?(?P<count>{DIGITS}|{WORDED}|1/2|half)(?= (?:po|by mouth|qd|qam|qpm|qhs|"
    r"hs|q|bid|tid|daily|every|each|nightly|twice|once|at|in|am|pm|a day|per day|prn)(?![a-z]))"
)
_HALF = Rare(r"\b(?:half|1/2|½) (?:of )?(?:an?|her|his|my|the) $", DIRECTIONS)  # "half a Xanax": the name is next
_COUNTED_OTHERWISE = any_of(_OF_STRENGTH, _PUFFS, _UNIT_FIRST, _HALF)
_NOTHING = " \x00,;:.-()\"'/&+"
_SPANS = {"d": "day", "w": "week", "m": "month"}


class Directions(NamedTuple):
    """The fields of a sig; None where not said."""

    strength: str | None = None
    dose: str | None = None
    route: str | None = None
    frequency: str | None = None
    as_needed: bool = False
    duration: str | None = None
    timing: str | None = None
    previous: str | None = None

    def filled(self, other: Directions) -> Directions:
        """These directions, with what they leave open taken from the other."""
        if other is _NONE:
            return self
        return Directions(
            self.strength or other.strength,
            self.dose or other.dose,
            self.route or other.route,
            self.frequency or other.frequency,
            self.as_needed or other.as_needed,
            self.duration or other.duration,
            self.timing or other.timing,
            self.previous or other.previous,
        )


_NONE = Directions()
_FROM_THERE = re.compile(
    r"\b(?:from|increas\w+|incr?|decreas\w+|decr?|rais\w+|lower\w+|reduc\w+|upped|bump\w*|titrat\w+|uptitrat\w+|adjust\w*|chang\w+|went)"
    r"(?: (?:up|down|from|her|his|my|the))* $"
)
_STEP = re.compile(
    rf"^(?: (?:er|xr|xl|sr|la|ir|cr))? ({DIGITS} ?(?:{UNIT})?(?: (?:daily|bid|qd|qhs|tid|hs|qam|qpm|nightly))? ?"
    r"(?:to|->|→|up to|down to) ?\d)"
)
_COUNT_BEFORE = re.compile(
    rf"(?<![\w./-])(?<!every )(?<!each )([1-4]|1/2|½|half|{WORDED})(?: of (?:the|her|his|my))? $"
)
_ONE_BEFORE = re.compile(r"\b(?:takes?|taking|took|uses?|chews?|pops?|swallows?) an? $")  # "takes a turmeric capsule"
_PUTS = re.compile(
    r"\b(?:rub(?:s|bed|bing)?|puts?|putting|smears?|dabs?|slathers?|spreads?|massages?)(?: (?:some|her|his|the|"
    r"a little|otc|this|that))* $"
)
_ON_SKIN = re.compile(
    r"^(?:'s)?(?: \w+)? (?:on|onto|into|in|over) (?:(?:both|the|her|his|my|each|sore|bad|low|lower|left|right|l|r) )*"
    r"(?:knees?|backs?|hands?|feet|foot|shoulders?|necks?|hips?|legs?|arms?|elbows?|wrists?|ankles?|fingers?|joints?|"
    r"skin|face|scalp|rash|spots?|groin|chest|toes?|nails?|calves|thighs?)\b"
)
_BARE_DOSE = re.compile(r"[\d.]+(?:-[\d.]+)?$")


def around(before: str, after: str, ingredients: tuple[str, ...], named: str) -> Directions:
    """The directions on both sides of a drug; `before` and `after` are lower case."""
    blank = not before.strip(_NOTHING)
    if not blank and (came := _STEP.match(after)) and _FROM_THERE.search(before):
        blank = True
        before, after = "", f"{after[: came.start(1)]} from {after[came.start(1) :]}"  # "from Lantus 20 to 24 units"
    if not blank:
        after = count_between(before, after)
    sig = read_directions(after, ingredients, named)
    if not blank:
        sig = sig.filled(read_directions(before, ingredients))
    if not blank and sig.route in (None, "oral") and _PUTS.search(before) and _ON_SKIN.match(after):
        sig = sig._replace(route="topical")  # "rubs Voltaren on her knees"
    counted = not blank if sig.dose is None else _BARE_DOSE.match(sig.dose)
    if counted and (form := _form().match(after)):
        said = None if sig.dose or _SUPPLY_AFTER.match(after[form.end() :]) else _COUNT_BEFORE.search(before)
        if said and SUPPLY_BEFORE.search(before[: said.start()]):
            said = None
        count = sig.dose or (plain(said[1]) if said else "1" if _ONE_BEFORE.search(before) else None)
        if count:
            sig = sig._replace(
                dose=f"{count} {_units()[form['unit']]}"
            )  # "one fentanyl 25 mcg patch", "two Advil tabs"
    return sig


@cache
def _form() -> re.Pattern[str]:
    names = "|".join(sorted((re.escape(word) for word in _units()), key=len, reverse=True))
    return re.compile(rf"(?: ?{DIGITS}(?:[-/]{DIGITS})? ?(?:{UNIT}))? (?P<unit>{names})(?![a-z])")


_name_lacks = lru_cache(maxsize=2048)(DIRECTIONS.unmet)  # names of drugs: the same few again and again


@lru_cache(maxsize=2048)
def _of_name(named: str) -> Directions:
    """What the name of a drug alone tells of its use."""
    return Directions(route=_route(named, _name_lacks(named)))


@cache
def _units() -> dict[str, str]:
    return {row["word"]: row["unit"] for row in wordlist.table("sig", "units.csv")}


@cache
def _dose_pattern() -> Rare:
    names = "|".join(sorted((re.escape(word) for word in _units()), key=len, reverse=True))
    return Rare(
        rf"(?:(?<![\w./])(?<![a-z]-)(?<!^-)|(?<=[ (]x))(?P<count>{COUNT}(?: ?(?:-|–|to|or) ?{COUNT})?) ?"
        rf"(?:\([\w/-]+(?: \w+)?\) ?)?(?:(?P<again>{WORDED}|one-half|half) |one-half to one )?"
        rf"(?:of (?:the|her|his|my|those|these) (?:(?:little|big|small|tiny|large|round|white|pink|blue|yellow|green|"
        rf"[\d.]+ ?mg) ){{0,3}})?"
        rf"(?:of a |of an |a |an |of the |small |whole |full |more |mini |regular )?-?(?P<unit>{names})(?=$|"
        rf"[^a-z]|po\b|q|bid|tid|x\d)",
        DIRECTIONS,
    )


@cache
def _routes() -> Expressions[str]:
    return listed("routes.txt", DIRECTIONS)


@cache
def _telling() -> int:
    """The needs of which a text meets one if it holds any direction."""
    for read in (_dose_pattern, _routes, frequency_wordings, timing_wordings):
        read()
    return DIRECTIONS.telling


def read_directions(text: str, ingredients: tuple[str, ...], named: str = "") -> Directions:
    """`text` is lower case around one drug; `named` the drug's own words, which may give its route away."""
    if not text.strip(_NOTHING):
        return _of_name(named) if named else _NONE
    lacks = DIRECTIONS.unmet(text)
    name_lacks = _name_lacks(named)
    telling = _telling()
    if lacks & name_lacks & telling == telling:
        return _NONE
    injected = _injected(ingredients)
    strength_now = previous = None
    if not lacks & _NOT_NORMAL:
        text, lacks = _normal(text, lacks)
    if not lacks & _ONE_TIME:
        text = without_one_time(text, lacks)
    before = text
    if not lacks & CHANGE:
        text, strength_now, previous = changed(text, lacks, "units" if injected else None)
    with_name, name_lacks = f"{named} {text}", lacks & name_lacks
    strength, dose = _amounts(text, lacks, injected, with_name, name_lacks)
    needed = text if lacks & ADDED else without_added(text, lacks)
    by_day = several = later = by_often = None
    taken: tuple[str, ...] = ()
    if not lacks & SEVERAL:
        by_day, taken = amounts_by_day(text, lacks), days_taken(text, lacks)
        by_often = None if by_day else amounts_by_often(text, lacks)
        several = by_day[0] if by_day else by_often[0] if by_often else amounts_by_time(text, lacks, injected)
        several = several or (added_up(text, lacks) if len(ingredients) == 1 else None)
        later = next_phase(text, lacks)
    dose = several or dose or _counted(text, lacks, with_name) or bare(text, lacks, strength is not None, injected)
    if dose and dose.endswith(" capsule") and _POWDER in ingredients:
        dose = f"{dose.removesuffix(' capsule')} capful"  # "MiraLAX 1 cap": that of the bottle
    # "75 mg caps bid bumped to 150 mg bid" is still by mouth, "changed from IM to po" no more injected
    route = _route(with_name, name_lacks) or (_route(f"{named} {before}", name_lacks) if strength_now else None)
    often = Often("1/day", 0, 0) if by_day or taken else read_frequency(text, lacks)
    timing = read_timing(text, lacks, often.value if often else None)
    if by_day:
        often = Often(by_day[1], 0, 0)
    elif by_often:
        often = Often(by_often[1], 0, 0)
    elif several and ", " in several and (often is None or often.value in ("1/day", "2/day")):
        often = Often(f"{several.count(', ') + 1}/day", 0, 0)  # "half in am, whole one hs"
    elif taken:
        often, timing = Often(f"{len(taken)}/week", 0, 0), ", ".join(filter(None, (*taken, timing)))
    if dose is None and strength and often and often.value == "1/week" and total_of_week(ingredients, text, lacks):
        dose = f"{strength} a week"
        strength = often = None
    if dose is None and strength and often and DIVIDED.search(text, lacks, often.start, often.end):
        dose = share(strength, often.value)
    found = Directions(
        strength,
        dose,
        route,
        often.value if often else None,
        PRN.search(needed, lacks) is not None,
        _until(None if lacks & _LASTING else _duration(text, lacks), later),
        timing,
    )
    if strength_now:
        if injected and strength_now.endswith("unit"):
            found = found._replace(dose=strength_now)
        else:
            found = found._replace(strength=strength_now)
    return _with_previous(found, previous) if previous else found


@lru_cache(maxsize=4096)
def _injected(ingredients: tuple[str, ...]) -> bool:
    return any(one.startswith("insulin") for one in ingredients)


def _normal(text: str, lacks: int) -> tuple[str, int]:
    """The text with amounts in digits and at the time of day that counts now; what it lacks of all needs."""
    plain_text = parts_of_total(written_out(text, lacks), lacks)
    plain_text = _PER_DAY.sub(r"\1/24h", plain_text, lacks)
    plain_text = undotted(_CONCENTRATION.sub(" ", with_digits(plain_text, lacks), lacks), lacks)
    if plain_text != text:
        lacks = DIRECTIONS.unmet(plain_text)
    told = as_told(at_its_new_time(plain_text, lacks), lacks)
    return (told, lacks) if told == plain_text else (told, DIRECTIONS.unmet(told))


def _route(text: str, lacks: int) -> str | None:
    """The first route in the order of the list."""
    for value, pattern in _routes().likely(lacks):
        if pattern.search(text):
            return value
    return None


def _with_previous(found: Directions, previous: str) -> Directions:
    if previous[-1].isdigit() and (now := found.strength or found.dose) and " " in now:
        previous = f"{previous} {now.split(' ', 1)[1]}"
    return found._replace(previous=previous)


_SHARE_AFTER = re.compile(
    r" (?:less|more|lower|higher|off|of (?:the|her|his|usual)|reduction|decrease|increase|"
    r"cut|better|bump|copay)\b"
)
_SHARE_BEFORE = re.compile(
    r"\b(?:by|down|up|about|cut|reduced?|decreased?|lowered|increased?|raised|"
    r"saves?)(?: about)?(?: \x00)? ?$"
)


_CONTAINER = re.compile(
    r" ?(?:vials?,? \d{1,3} ?u(?:nits?)?\b|pens|(?:kwik|flex)pens|cartridges?|bottles?|multi-?dose)\b"
)
_LIMIT = re.compile(r"\b(?:max\w*|nte|not to exceed|limit|up to|total|from|was)(?: (?:dose|of|is|daily))* $|\($")
_OF_THE_DAY = re.compile(r"\b(?:tdd|total daily (?:dose|insulin))(?: (?:is|was|of|about|around|approx))*[ :=~]*$")


def _amounts(text: str, lacks: int, injected: bool, with_name: str, name_lacks: int) -> tuple[str | None, str | None]:
    """The first strength, and an amount that is a dose by its unit; `with_name` is the text behind the name."""
    strength = dose = by_weight = None
    for match in AMOUNT.finditer(text, lacks):
        unit = UNIT_NAMES[match["unit"]]
        if unit == "%" and (
            injected or _SHARE_AFTER.match(text, match.end()) or _SHARE_BEFORE.search(text[: match.start()])
        ):
            continue  # "cut Lantus by 20%"
        number = plain(match["one"])
        if match["k"]:
            number = f"{number}000"
        value = number
        if match["more"]:
            value = re.sub(r"\s+", "", f"{number}{match['more']}").replace("–", "-").replace("to", "-")
            value = re.sub(rf"({UNIT})(?=[/-])", "", value)
            value = re.sub(r"(?<=[/-])\.", "0.", value)
        per = match["per"]
        if per:
            per = (
                re.sub(r"\s+", "", per)
                .replace("per", "/")
                .replace("ml", "mL")
                .replace("/5mL", "/5 mL")
                .replace("/15mL", "/15 mL")
            )
        whole = f"{value}%" if unit == "%" else f"{value} {unit}{per}"
        is_dose = (
            (unit == "mL" and not per)
            or (unit == "unit" and injected and not per)
            or (unit == "g" and strength is not None)
        )
        spread = unit in ("g", "mL") and _SPREAD.search(with_name, name_lacks) is not None
        is_dose = is_dose or (spread and unit == "g")
        if unit == "mL" and not per and _CONTAINER.match(text, match.end()):
            continue  # "1.5 mL pens"
        if unit in ("mg", "mcg") and not per and not dose and strength and strength.endswith("mL"):
            if "/" in strength and not _LIMIT.search(text, 0, match.start()):
                by_weight = by_weight or whole  # "2 mg/3 mL, injects 0.25 mg"
            continue
        if is_dose and _OF_THE_DAY.search(text, 0, match.start()):
            continue  # "TDD about 48 units"
        if is_dose and number == "0":
            continue  # "sliding scale, 0 units today": an amount that was not needed
        if _of_pack(text[: match.start()], unit, number, injected, spread):
            continue
        if is_dose:
            dose = dose or whole
        elif strength is None:
            strength = whole
    return strength, dose or by_weight


def _of_pack(before: str, unit: str, number: str, injected: bool, spread: bool) -> bool:
    """Whether an amount is what the bottle or tube holds: "1 gtt ou qhs 2.5 ml", "cream bid 60 g"."""
    if unit not in ("g", "mL"):
        return False
    if (injected and unit == "mL") or (spread and float(number) > _MOST_SPREAD):
        return True
    return _DROPS.search(before) is not None


def _counted(text: str, lacks: int, with_name: str) -> str | None:
    for match in _dose_pattern().finditer(text, lacks):
        unit = _units()[match["unit"]]
        if unit == "unit" or unit == "mL":
            continue  # an amount, read above
        if SUPPLY_BEFORE.search(text[: match.start()]) or _SUPPLY_AFTER.search(text[match.end() :]):
            continue
        if match["count"] == "on" and not text[: match.start()].rstrip().endswith("take"):
            continue
        if unit == "patch" and (
            match["count"].startswith(("0", ".")) or (match["count"].isdigit() and int(match["count"]) > _MOST_PATCHES)
        ):
            continue  # "fentanyl 50 patch": a strength
        solid = unit in _SOLID and match["again"] is None
        if solid and match["count"].isdigit() and int(match["count"]) > _MOST_COUNTED:
            continue
        if unit == "ring" and not _OF_RINGS.search(with_name):
            continue  # "socks leave a ring"
        if unit == "oz" and _MIXED.search(text[: match.start()]):
            continue  # "17 g in 8 oz of water"
        if unit in ("tablet", "capsule") and _STRENGTHS.match(match["count"]):
            if few := _DASH_COUNT.match(match["count"]):
                return f"{plain(few[1])} {unit}"  # "metformin 500 - 2 tabs"
            own = _OWN_COUNT.match(text, match.end())  # "Lotrel 10-20 caps one daily"
            if own is None:
                continue
            return f"{plain(own['count'])} {unit}"
        if _of_two(match["count"]) and match["again"] is None:
            own = _OWN_COUNT.match(text, match.end())  # "8-2 films 1.5 daily"
            if own is None:
                continue
            return f"{plain(own['count'])} {unit}"
        count = match["again"] if _too_many(match) else match["count"]
        if apart := _STRENGTH_FIRST.match(count):
            count = apart[1]  # "trazodone 50 - half tab"
        return f"{plain(count)} {unit}"
    if lacks & _COUNTED_OTHERWISE:
        return None
    if of_strength := _OF_STRENGTH.search(text, lacks):
        return f"{plain(of_strength['count'])} {_units()[of_strength['unit']]}"
    if puffs := _PUFFS.search(text, lacks):
        return f"{puffs['count']} puff"
    if turned := _UNIT_FIRST.search(text, lacks):
        return f"{plain(turned['count'])} {_units()[turned['unit']]}"
    return "0.5 tablet" if _HALF.search(text, lacks) else None


def _too_many(match: re.Match[str]) -> bool:
    """ "500 two tabs", "10 half tab": the first number is the strength."""
    if match["again"] is None or not match["count"].isdigit():
        return match["again"] is not None and _of_two(match["count"])
    return int(match["count"]) > 12 or match["again"].endswith("half")


def _of_two(count: str) -> bool:
    """ "115-21 two inh", "8-2 films": what falls is the strength of a combination, no range."""
    found = _TWO_STRENGTHS.fullmatch(count)
    return found is not None and float(found[1]) > float(found[2])


def _until(duration: str | None, later: str | None) -> str | None:
    if later is None:
        return duration
    return f"{duration}, then {later}" if duration else f"then {later}"


def _duration(text: str, lacks: int) -> str | None:
    match = _DURATION.search(text, lacks)
    if match is not None and _WITHOUT_IT.search(text, 0, match.start()):
        match = _DURATION.search(text, lacks, match.end())
    match = match or _DURATION_BARE.search(text, lacks)
    if match is None:
        match = _DURATION_COUNT.search(text, lacks)
        return f"{match['n']} day{'' if match['n'] == '1' else 's'}" if match else None
    number = plain(match["n"])
    return f"{number} {_SPANS[match['unit'][0]]}{'' if number == '1' else 's'}"
