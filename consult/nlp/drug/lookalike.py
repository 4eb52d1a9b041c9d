"""What looks like a drug and is none: a laboratory value, a food, a person or place, an everyday word."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line

_UNIT = (
    r"(?:mg|mcg|ug|µg|g|gm|milligrams?|micrograms?|grams?|ius?|units?|u|meq|ml|tabs?|caps?|tablets?|capsules?|po|qd|bid|"
    r"tid|daily|qhs|prn|weekly|/day|pills?|gummies|x|k(?!,? ?[\d:])|once|twice|every|each|nightly|hs|sl|im|sq|sc|"
    r"subq|mwf|change|half|per day|a day|(?<!\. )(?:pump|puff|spray|drop|gtt|squirt|application|applicator|injection|"
    r"shot|syringe|vial|dose|teaspoon|tsp|tablespoon|tbsp|scoop|packet|softgel|lozenge|capful|click|inch|dab|gram|time)"
    r"(?:e?s)?|(?<!\. )patch(?:es)?|"
    r"(?:one|two|three)(?! (?:d(?:ays?)?|w(?:ee)?ks?|mo(?:nth)?s?|y(?:ea)?rs?) ago)|[ap]\.?m\b|noon|o'?clock|"
    r"q ?(?:wk|week|mo|month|o?d|am|pm|hs|\d))"
)
_LAB_AFTER = re.compile(
    r"^ ?(?:is |was |stays |remains |drops |goes |rises )?(?:below|above|under|over|less than|greater than|"
    r"[<>≤≥]) ?\d|^ in (?:the |her |his |my )?(?:blood|serum|urine)\b|"
    r"^(?!, (?:levels?|lvls?)\b|"
    r", (?:recheck|labs?|draw|tests?) (?!in\b|at\b|next\b|on\b|again\b|this\b|after\b)[a-z])"
    r"\W{0,3}(?:(?:levels?|lvls?|labs?|tests?|stores|panel|deficien\w*|trough|studies|pending|sat|draw|"
    r"recheck|concentration|conc|lab|good|fine|ok|okay|stable|normal|elevated|wnl|high|low|therapeutic|subtherapeutic|"
    r"def)\b|(?:(?:is|was|were|came back|back|still|now|today|again|remains|has been|down|up|at|to|of|=|running|"
    r"runs)[ :]{0,2}){1,4}(?:high|low|normal|elevated|ok|fine|wnl|borderline|therapeutic|"
    r"on the (?:high|low) (?:side|end)|a (?:bit|little|tad|touch) (?:high|low)|(?:re-?)?(?:checked|drawn|"
    r"tested|measured)|\d)"
    r"(?![\d.]{0,6} ?" + _UNIT + r"\b)|"
    r"(?:(?:is|was|were|of)[ :]{0,2})?[:=(<>]? ?\d{1,4}(?:\.\d{1,2})? ?(?:m?g|mcg|µg|ug|ng|pg|mmol|nmol|meq|m?iu|u|"
    r"umol) ?/ ?d?l\b|[:=(]? ?\d{1,4}(?:\.\d{1,2})?(?!(?:[\d.]|,(?=\d)){0,6} ?-? ?"
    + _UNIT
    + r"\b)(?!(?:[\d.]|,(?=\d)){0,6} ?(?:%|-? ?(?:days?|d|wks?|weeks?|mos?|months?|yrs?|years?|hours?|hr|h)\b))"
    r"(?![\d/]|[.,]\d))"
)
_SALT = r"(?: (?:carb(?:onate)?|cit(?:rate)?|gluc(?:onate)?|ox(?:ide)?|glycinate|sulf(?:ate)?|cl|chloride))?"
_NO_LEVEL = re.compile(  # "D3 2000", "calcium carb 600": amounts that no laboratory value is as high as
    r"(?:(?:vit(?:amin)?\.?[ -])?d[ -]?[23]? (?:400|600|800|\d{1,2}(?:,?000|k))|"
    rf"calcium{_SALT} (?:500|600|\d?[1-9]\d0)|"
    rf"mag(?:nesium)?{_SALT} (?:200|250|400|500)|iron{_SALT} 325|potassium{_SALT} (?:10|20|40|99)|"
    r"zinc (?:25|30|50)|vit(?:amin)?\.? (?:e (?:[248]00|1000)|c (?:500|1000))|dhea (?:25|50)|"
    r"selenium 200)\b(?![./]\d| ?(?:mg|mcg|ng|pg) ?/)"
)
_ITS_LEVEL = re.compile(r" ?\((?:levels?|lvls?|trough)\b")
_IN_BLOOD = re.compile(
    r"^ in (?:the |her |his |my )?(?:blood|serum|labs?)(?: test| work)?"
)  # "potassium in the blood was high"
_LAB_BEFORE = re.compile(
    r"(?:\b(?:low|high|elevated|serum|check|checked|recheck|repeat|normal|borderline|ionized|draw|deficient in|"
    r"ordered|fasting|lab|labs|total|low in)|[↑↓]) {0,2}[:,]? ?$"
)
_FOOD_AFTER = Rare(
    r"^[- ]?(?:rich|fortified|enriched|containing)\b|^ (?:foods?|intake|in (?:her |his |the )?(?:diet|food)|"
    r"supplemented|resistan\w*)\b|^[- ]dependent|^[- ]resistan"
)
_FOOD_BEFORE = Rare(
    r"\b(?:dietary|rich in|high in|low in|foods? with|foods? (?:high|rich) in|low|high|no added|avoid(?:ing)?"
    r" foods with)[- ]$"
)
_LEVEL_NEXT = Rare(r"^ (?:levels?|lvl|trough)\b")
_EATEN = re.compile(
    r"\b(?:eats?|eating|ate|drinks?|drinking|cooks?|cooking|snacks? on|fresh|raw|diet of)(?: \w+){0,3} $"
)
_DISH = re.compile(
    r"^ on (?:her |his |my |the )?(?:oatmeal|toast|cereal|apples?|applesauce|yogurt|food|salad|pancakes|everything)\b|"
    r"^ (?:tea|juice|bread|soup|sauce|chicken|muffins?|lattes?|chai|rice|curry|"
    r"toast|cookies|candy|cereal|smoothie|salt|ale|cocktail)\b"
)
_DOSED = re.compile(
    r"^[\s,:(-]{0,4}(?:x[lr]|er|sr|ir|hfa|cr|la|ec|dr)?[\s,:(-]{0,3}"
    r"(?:\d|half|one|two|q\d|qd|bid|tid|qid|qhs|qam|qpm|hs|"
    r"prn|daily|once|twice|nightly|weekly|tabs?|pills?|caps?|cream|patch|gel|gumm(?:y|ies)|oil|inhaler|spray|drops|"
    r"nasal|eye|po|refill|otc|dose|taper|allerg|intoler|script|rx\b|bottle|samples?)"
)


_LABS, _FOODS = wordlist.words("drug", "labs.txt"), wordlist.words("drug", "foods.txt")
_MONITORED = wordlist.words("drug", "monitored.txt")
_CONTEXT_WORD = re.compile(r"[\w/']+")
_AMOUNT_BEFORE = re.compile(r"\d ?(?:mg|mcg|tabs?|units?|u)\W{1,3}$|\b(?:mg|tabs?|caps?|puffs?) (?:of )?$")


@cache
def _context() -> frozenset[str]:
    return wordlist.words("drug", "context_words.txt")


def _is_lab(before: str, after: str) -> bool:
    return bool(_LAB_AFTER.search(_IN_BLOOD.sub("", after)[:60]) or _LAB_BEFORE.search(before[-30:]))


def _is_food(before: str, after: str, lacks: int) -> bool:
    """ "iron-rich", "high in vitamin K", "calcium foods"."""
    return bool(_FOOD_AFTER.search(after[:30], lacks) or _FOOD_BEFORE.search(before[-30:], lacks))


def _is_eaten(before: str, after: str) -> bool:
    return bool(_EATEN.search(before[-40:]) or _DISH.match(after[:20]))


def in_drug_context(before: str, after: str) -> bool:
    """A dose, a direction or a drug verb stands next to the name."""
    if _DOSED.search(after[:30]):
        return True
    near = _CONTEXT_WORD.findall(before[-40:])[-3:]
    return any(word in _context() for word in near) or bool(_AMOUNT_BEFORE.search(before[-20:]))


_AMOUNT_NEXT = re.compile(
    r"^[\s,:(-]{0,3}(?:x[lr]|er|sr|ir|hfa|nasal|d|pm)?\s?(?:\d[\d.,/-]{0,8} ?(?:mg|mcg|g|ius?|units?|ml|tabs?|caps?|"
    r"puffs?|sprays?|%)|\d/\d{2,3}|(?:eye ?drops?|gtts?|drops (?:prn|ou|od|os|\d|daily|bid|all day|"
    r"every|several|many|a few|for|when|as needed)|"
    r"daily|qd|bid|tid|qhs|prn|po|tabs?|pills?|one tablet|twice)\b)"
)
_NUMBER_NEXT = re.compile(
    r"^ \d{1,4}(?:\.\d{1,3})?(?:/\d{1,3})? (?:qd|bid|tid|qid|qhs|qam|qpm|hs|daily|nightly|weekly|prn|q\d|po|x ?\d)\b"
)
_TAKEN = re.compile(
    r"\b(?:takes?|taking|took|smokes?|smoking|smoked|vapes?|vaping|vaped|"
    r"on|started|starting|stopped|quit|uses?|using|tried|prescribed|refill(?:ed)?|"
    r"allergic to|tabs? of|dose of|hold|held|needs|"
    r"continue|d/c|d/c'd|switched to|changed to|rx for|given|gave|mg of|mg|since|after|due to|d/t|adding|added|"
    r"off|resumed|restarted|increased|stopping|from the|finished|held|holding|tolerating|failed|add|start|stop|"
    r"begin|missed|skips|forgets|allergy:|allergies:|with the)(?: (?:her|his|the|some|a|old|otc|generic|daily|"
    r"more|\w+'s)){0,2} $"
)


def is_dosed(after: str) -> bool:
    """An amount or a frequency stands right behind the name."""
    return bool(_AMOUNT_NEXT.match(after[:30]) or _NUMBER_NEXT.match(after[:30]))


def dosed_or_taken(before: str, after: str) -> bool:
    """Stronger than context: the name itself is dosed, or is the object of a drug verb."""
    return bool(_AMOUNT_NEXT.match(after[:30]) or _TAKEN.search(before[-40:]))


_SOLD = re.compile(
    r"^(?: (?:thing|stuff|product|powder|supp\w*))? (?:(?:she|he|they) )?(?:off|from|via|(?:saw |seen )?on)"
    r" (?:of )?(?:the |an? )?(?:tv|t\.v\.|television|radio|infomercial|internet|web|amazon|ebay|facebook|tiktok|"
    r"youtube|online|gnc|costco|health food|vitamin|natural)\b"
)


def is_sold(name: str, after: str) -> bool:
    """ "that cinnamon off the TV": a food as it is sold for health."""
    return name in _FOODS and bool(_SOLD.match(after[:60]))


_NAMED = re.compile(
    r"\b(?:in|(?:moved|back|drives|comes|calling|visiting|visit|is|lives|here|flew|up|down) from|near|of|to|"
    r"at|via|per|with|w/|"
    r"ms|mrs|mr|miss|dr|named|called|daughter|dtr|son|wife|husband|"
    r"sister|brother|mother|mom|niece|"
    r"nephew|granddaughter|grandson|aunt|cousin|friend|neighbor|aide|nurse|caregiver|rn|pharmacist|lady|girl)[.,:]? $"
)
_LIKE_A_DRUG = re.compile(
    r"^\W{0,3}(?:\d|x[lr]\b|er\b|gave|gives|mak(?:es|ing)|made|caus|binds? |knocks? |upsets? |constipates|helps? |"
    r"since|bc\b|b/c|due to|d/t|was|stopp|start|"
    r"held|hold|on hold|refill|rx|dose|"
    r"tabs?\b|pills?\b|patch|ring|shot|pen\b|worked|works|didn't|did not|never|not |too |for |samples?)|"
    r"^ ?[-=?:>+/] ?|^ ?[,;.)\"”]? ?$|^[,;] (?!ca\b|tx\b|fl\b|az\b)"
)
_RELATIVE = re.compile(
    r"^\W{1,3}(?:her |his |pt's |the )?(?:daughter|dtr|son|wife|husband|sister|brother|mother|mom|niece|"
    r"granddaughter|aide|caregiver|friend|nurse)\b"
)


_TITLE = Rare(
    r"\b(?:dr|mr|mrs|ms|miss|neighbou?r|daughter|dtr|son|wife|husband|sister|brother|mother|mom|niece|nephew|"
    r"granddaughter|grandson|aunt|uncle|cousin|friend|aide|nurse|caregiver|named|coworker|roommate)[.,:]? $"
)
_MR = re.compile(r"\bm(?:r|rs|s|iss)\.? $")  # "Mr. Tran, 70": an age, no amount
_PET = Rare(r"^, (?:my|her|his|the|our|their) (?:\w+ )?(?:dog|cat|pup|puppy|kitten|horse|bird|parrot|goat)\b")
_STREET = Rare(
    r"^ (?:ct|ave|avenue|rd|road|ln|lane|blvd|boulevard|cir|circle|pkwy|street|court|terrace|hwy|trail|apts?|"
    r"apartments?|hills?|heights|village|church|park|school|elementary|mall|county|nursing home|manor)\b"
)
_HOUSE_NUMBER = re.compile(r"\b\d{1,5} $")
_STREET_SHORT = Rare(r"^ (?:st|dr|way|pl|ter)\b")
_SCREENED = Rare(  # "uds: bup +, thc +": what a test of the urine found
    r"\b(?:uds|utox|u-?tox|(?:drug|tox\w*|urine) screen|urine drug|urine tox)\b[^;.]*$"
)
_FOUND = re.compile(r" ?(?:\+|-(?! ?\d)|\(?\b(?:neg|pos)|,|/|and\b|only\b|$|[.;])")
_OF_OTHER_THINGS = any_of(_SCREENED, _PET, _TITLE, _STREET, _STREET_SHORT, _LEVEL_NEXT, _FOOD_AFTER, _FOOD_BEFORE)


def is_no_drug(line: Line, start: int, end: int, first_word: str) -> bool:
    """A name that is meant for a person, a street, a food or the level of what it names."""
    lacks = line.lacks
    if first_word == "pred" and line.low.endswith("% ", 0, start):
        return True  # "FEV1 54% pred": predicted
    told = not lacks & _OF_OTHER_THINGS
    if not told and first_word not in _LABS and first_word not in _FOODS:
        return False
    before, after = line.low[:start], line.low[end:]
    if told:
        if _SCREENED.search(before, lacks) and _FOUND.match(after):
            return True
        if line.text[start].isupper() and not line.shouted and _is_named_so(before, after, lacks):
            return True
        if _LEVEL_NEXT.match(after, lacks) or _is_food(before, after, lacks):
            return True
    lab = (
        first_word in _LABS
        and _is_lab(before, after)
        and not _NO_LEVEL.match(line.low, start)
        and not (first_word in _MONITORED and _ITS_LEVEL.match(after))
    )
    return lab or (first_word in _FOODS and _is_eaten(before, after))


def _is_named_so(before: str, after: str, lacks: int) -> bool:
    """A capitalised word behind a title or a relation, or in front of a street: "22 Valerian Ct"."""
    so = (
        _PET.match(after[:20], lacks)
        or _TITLE.search(before[-25:], lacks)
        or _STREET.match(after[:20], lacks)
        or (_STREET_SHORT.match(after[:8], lacks) and _HOUSE_NUMBER.search(before[-8:]))
    )
    return bool(so) and (bool(_MR.search(before[-6:])) or not _AMOUNT_NEXT.match(after[:30]))


def is_person_or_place(before: str, after: str) -> bool:
    """For a name that is also a given name or a place: whether the words beside it speak of one, or of no drug."""
    if dosed_or_taken(before, after):
        return False
    if _NAMED.search(before[-25:]) or _RELATIVE.match(after[:25]):
        return True
    return not (_LIKE_A_DRUG.match(after[:25]) or in_drug_context(before, after))
