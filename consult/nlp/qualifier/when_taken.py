"""What the words around a drug say of when it is taken: paused for a while, still to come, or a course that is over."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line

_CLOSE_BEFORE = 70  # characters before a drug that may speak of it
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_PROCEDURE = (
    r"(?:(?:the|her|his|my|a|an|each|any|upcoming|dental|cataract|knee|hip|back|eye|her knee|oral) ){0,2}"
    r"(?:surger\w+|procedures?|colonoscop\w+|egd|endoscop\w+|biops\w+|cath\w*|extractions?|tooth|contrast|ct\b|scan|"
    r"mri|scope|operation|epidural|injections?|op\b|dental|implants?|root canal|angiogram|stent|ablation|"
    r"cardioversion|replacement|(?:hernia )?repair|bypass|resection|mastectom\w+|"
    r"lumpectom\w+|transplant|anesthesia|lp\b|bronch\w*)"
)
_AHEAD = r"(?:before|b4|prior to|ahead of|pre|day of|morning of|night before|for) ?-?"
_SPAN = r"(?:x ?)?(?:\d+ ?(?:-\d+ ?)?|(?:a|one|two|three|five|seven) )?(?:d|days?|wks?|weeks?|h|hrs?|hours?) "
_PAUSED_FOR = Rare(
    rf"\b(?:stop|stopped|stopping|off|d/c|d/c'd|pause|paused)\b(?: it| taking it)?(?: for)? ?(?:{_SPAN})?"
    rf"{_AHEAD}{_PROCEDURE}"
)
_FOR_A_TIME = Rare(
    rf"^(?: (?!because|due|since)[\w.]+){{0,3}}? ?(?:{_SPAN})?(?:the )?{_AHEAD}{_PROCEDURE}|"
    r"^[^.;]{0,40}?\b(?:for now|for the time being|pending|until|till|til|temporarily|in the meantime|"
    r"for a (?:few days|couple days|week|bit|while)|to see (?:if|whether|how)|this (?:week|wk)|today|"
    r"tonight|tomorrow)\b"
)
_FOR_GOOD = ("d/c", "dc", "stopped", "discontinu", "quit", "came off", "replac")
_NEVER_BACK = Rare(
    r"\b(?:didn'?t|did not|never|hasn'?t|has not|not|won'?t) (?:\w+ )?(?:go(?:ne)?|went|get|gotten|come|been|"
    r"re-?start\w*|resum\w+|start\w* back)(?: (?:back|it|on))*"
)
_PAUSE_OF_USE = Rare(r"\b(?:for now|this (?:week|wk)|for the time being|temporarily|until|till|til)\b")
_TO_COME = Rare(
    rf"^ {_DAY}\b(?! last)|^(?! (?:since|was|for the past))[^.;]{{0,40}}?\b(?:tonight|tomorrow|tmrw|tmr|tmw|tom\b|"
    rf"next (?:wk|week|mo|month|visit|appt|{_DAY})|(?:on|this|starts?|is|due) (?:{_DAY}|wknd|weekend)\b|(?:after|once|"
    rf"when|as soon as) (?:the |her |his |my |a )?(?:pa\b|prior auth|approv\w+|labs?|insurance|it comes|it arrives|"
    rf"surgery|procedure|vacation|tb\b|ekg|echo|a1c|antibiotics?|abx)|in (?:a|\d+|two|three|a few) (?:d|days?|wks?|"
    rf"weeks?|months?)\b|on (?:the )?\d{{1,2}}(?:st|nd|rd|th|/\d{{1,2}})|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b|"
    rf"\d{{1,2}}/\d{{1,2}}\b)"
)
_BEGINS = re.compile(
    r"^(?:starting|starts?|begin|begins|beginning|re-?start(?:ing|s)?|resum(?:e|es|ing)|add|"
    r"adding|going (?:back )?on)\b"
)
_SHE_STARTS = Rare(  # "the Linzess I start tomorrow"
    rf"^ (?:that |which )?(?:i|she|he|pt|they|we)(?:'m|'s| am| is| are| will|'ll)? (?:starts?|begins?|starting|"
    rf"beginning|get|gets|getting|pick(?:s|ing)? up) (?:taking )?(?:it )?(?:on |this )?(?:today|tonight|tomorrow|"
    rf"tmrw|next|soon|"
    rf"{_DAY}|in (?:a|\d+|two|three) (?:days?|wks?|weeks?)|after)\b(?! last)"
)
_FIRST_OF = Rare(r"\b(?:first|1st|initial) (?:dose (?:of )?|shot (?:of )?|injection (?:of )?)?$")
_FIRST_TO_COME = Rare(
    rf"^[^.;]{{0,40}}?\b(?:first|1st|initial|starter|loading) (?:dose|shot|inj\w*|pill|infusion|pen|patch|tab\w*|"
    rf"fill)\b[^.;]{{0,25}}?\b(?:tomorrow|tmrw|tmr|tmw|next|this (?:week|wk|am|pm|{_DAY})|on|due|set|sched\w*|planned|"
    rf"{_DAY})\b"
)
_GONE_BY = re.compile(r"\b(?:was|went|ago|yesterday|last|gave|made|had|caused|since|got|took)\b")
_PAST = Rare(
    rf"\b(?:ago|back in|last (?:yr|year|mo|month|wk|week|summer|winter|spring|fall|{_MONTH}|{_DAY})|yesterday|"
    rf"in (?:the )?(?:{_MONTH}|20[0-2]\d|19\d\d|summer|winter|spring|fall)|in the past|as a (?:kid|child|teen)|"
    rf"(?:19[5-9]\d|20[0-2]\d)|earlier this (?:yr|year|month|mo)|over the (?:summer|winter)|while (?:in )?(?:hosp\w*|"
    rf"inpatient|pregnant)|during (?:her|his|the) (?:stay|admission|hosp\w*))\b"
)
_LASTS = re.compile(r"\b(?:since|started|starting|began|still|refill\w*|daily|currently|ongoing|left)\b")
_TAKEN_AS = re.compile(
    r"(?:\b(?:took|given|gave (?:her|him|me|pt|them)|gave|got|received|prescribed|was on|on|had(?: been)?(?: on)?|put "
    r"(?:her|him|me|pt) on|used|did|rx'?d|treated (?:\w+ ){0,3}(?:with|w/)|tx'?d (?:\w+ ){0,3}(?:with|w/)|and|&|\+|"
    r"(?:a |an )?(?:\d+ ?-? ?days?|short|long|full|couple|few|\d+ ?(?:d|wk|week))? ?(?:course|courses|round|rounds|"
    r"days|doses|pack|burst) of|(?:s/p|after|finished|completed))\W*(?:(?:the|a|an|some|her|his|oral|iv|im|po|"
    r"topical) )*|^\W*)$"
)
_AFTER_COURSE = Rare(  # "INR 3.8 after a wk of Cipro"
    r"\b(?:after|since|post|following|s/p|finished|had|did|took|from) (?:an?|the|her|his|\d+|two|three|one) (?:\w+ )?"
    r"(?:wks?|weeks?|courses?|rounds?|z-?paks?|bursts?|cycles?) of(?: (?:the|some))? $|"
    r"\b(?:after|since|post|following|s/p|had|did|took|from) (?:5|7|10|14|five|seven|ten|fourteen) (?:d|"
    r"days?) of(?: (?:the|some))? $"
)
_CLEARED_WITH = Rare(
    r"\b(?:cleared|resolved|cured|gone|went away|knocked out|took care of|cleaned up)(?: (?:up|it|out|right up|"
    r"after))* (?:with|w/|w|by|after|on)(?: (?:a|an|one|some|the|course|round|dose|days|\d+|d|day|of))* $"
)
_COURSE_OF = Rare(r"\b(?:course|courses|round|rounds|burst|\d+ ?-?days?) of (?:\w+ )?$")
_TREATMENT = Rare(
    r"\b(?:finished|completed|done with|ended|s/p|completed all of) (?:\S+ ){0,4}(?:treatments?|courses?|therapy|tx|"
    r"rounds?|cycles?|regimen|taper|burst) (?:with|w/|w|of|on) (?:\w+ )?$"
)
_THERE = (
    r"(?:er|ed|e\.r\.|emergency (?:room|dept|department)|uc|urgent care|hospital|hosp|clinic|office|infusion center|"
    r"infusion|ambulance|icu|ward|l&d|or|pacu|rehab|snf|inpatient|post-?op|pre-?op|in-?office|ems|paramedics|"
    r"dentist(?:'s)?(?: office)?)"
)
_GIVEN_THERE = re.compile(
    rf"^(?! ?(?:rx|script|prescription|sample|to take|to use|to go))[^.;,]{{0,25}}? ?\b(?:in|at|by|@) "
    rf"(?:the |her |his )?(?:\w+ )?{_THERE}\b(?! (?:for home|to take|to continue|rx|script))"
)
_GAVE = Rare(r"\b(?:given|gave(?: (?:her|him|me|pt|them))?|got|received|had|administered|pushed)(?: \S+){0,3} $")
_AT_HOME = re.compile(r"\b(?:rx|script|prescription|sample|samples|refill|home)\b")
_THERE_GAVE = Rare(
    rf"\b(?:in (?:the )?)?{_THERE} (?:gave|got|received|administered|pushed|had)(?: (?:her|him|me|pt|them))?"
    r"(?: (?:iv|im|a|one|some|1|sl|po|dose of|shot of))* $"
)
_BY_OTHERS = any_of(_GAVE, _THERE_GAVE)
_X1 = Rare(r"^(?: \d[\d.,]*(?: ?(?:mg|mcg|g|gm|ml|units?))?)?(?: (?:iv|im|po|sl))? ?x ?1\b(?! ?(?:d|w|m))")
# What a text needs to tell of the time of a drug that is taken, but for one that begins or is given for a time.
OF_TIME = (
    *(
        _SHE_STARTS,
        _FIRST_TO_COME,
        _FIRST_OF,
        _PAUSED_FOR,
        _GAVE,
        _THERE_GAVE,
        _TREATMENT,
        _CLEARED_WITH,
        _AFTER_COURSE,
        _PAST,
    ),
)
_VACCINE_DUE = re.compile(
    r"\b(?:needs?|wants?|due for|overdue for|eligible for|will get|to get|should get|getting|recommend\w*|rec'?d?|"
    r"schedul\w+|ask\w* for|hasn't had|has not had|never had)(?: (?:a|an|the|her|his|my|next|second|2nd|first|1st|"
    r"annual|yearly|updated|new|to get|for|dose of|in))* $"
)
_VACCINE_IS_DUE = re.compile(
    r"^(?: (?:vaccine|shot|booster|dose|series|#?\d|1st|2nd|3rd|second|third|next))* (?:is |are )?(?:due|overdue|"
    r"needed|scheduled|pending)\b"
)
_VACCINE_GIVEN = re.compile(
    rf"\b(?:had|got|gotten|received|given|got both|completed|done|utd|up to date|current|s/p|last)\b|"
    rf"\b(?:after|since|from|following)(?: (?:the|her|his|my|second|first|last|2nd|1st|dose|of|getting))* $|"
    rf"\b(?:19|20)\d\d\b|\b{_MONTH}\b|\d{{1,2}}/\d{{1,2}}"
)
_VACCINE_NOT = re.compile(r"\b(?:due|needs?|will|wants?|pending|next|declin\w+|refus\w+|when|should|not|never)\b")


def paused_for(line: Line, drug: Drug, stop: int) -> tuple[int, int] | None:
    """ "Plavix, off 5 days before the colonoscopy": the span of the words that say so."""
    found = _PAUSED_FOR.search(line.low, line.lacks, drug.end, stop)
    return found.span() if found and not _NEVER_BACK.search(line.low, line.lacks, drug.end, stop) else None


def for_a_time(line: Line, status: str, after: str, said: str) -> tuple[int, int] | None:
    """ "stop metformin the day of the scan", "stopped for now pending labs": what was stopped goes on later.

    `after` are the words behind the drug, `said` is the cue of its status; a place in `after`.
    """
    if said.startswith(("was ", "had been", "used to", "took", "tried", "failed")):
        return None
    if _NEVER_BACK.search(after, line.lacks):
        return None  # "stopped before surgery and didn't go back on"
    found = (_PAUSE_OF_USE if status == "not-taken" else _FOR_A_TIME).search(after, line.lacks)
    if status == "not-taken" and not said.startswith(("not ", "isn't ", "is not ", "hasn't been ", "has not been ")):
        return None
    if found and found.group().endswith("today") and said.startswith(_FOR_GOOD):
        return None  # "d/c St John's wort today"
    return found.span() if found else None


def to_come(line: Line, before: str, after: str, cues: list[Cue]) -> tuple[int, int] | None:
    """ "starting Lexapro tonight", "first Dupixent shot is Friday": a place in `after`."""
    if she := _SHE_STARTS.match(after, line.lacks):
        return she.span()
    if (given := _FIRST_TO_COME.match(after, line.lacks)) and not _GONE_BY.search(given.group()):
        return given.span()
    first = _FIRST_OF.search(before, line.lacks) and not _GONE_BY.search(after)
    found = _TO_COME.match(after, line.lacks) if first or (cues and begins(cues[0].text.lower())) else None
    return found.span() if found else None


def begins(said: str) -> bool:
    """Whether the cue of its status tells that a drug is begun."""
    return bool(_BEGINS.match(said))


def given_for_a_time(drug: Drug) -> bool:
    """Whether a drug is no more than given once or for some days."""
    return _kept_for_a_time(drug.ingredients)


def is_vaccine(drug: Drug) -> bool:
    return bool(drug.ingredients) and all("vaccine" in name for name in drug.ingredients)


@lru_cache(maxsize=4096)
def _kept_for_a_time(ingredients: tuple[str, ...]) -> bool:
    vaccine = all("vaccine" in name for name in ingredients)
    return bool(ingredients) and (vaccine or _courses().issuperset(ingredients))


def vaccination(before: str, after: str) -> str | None:
    """ "due for Prevnar", "flu shot in Oct": what is said of a vaccine that no other cue speaks of."""
    if _VACCINE_DUE.search(before) or _VACCINE_IS_DUE.match(after):
        return "intended"
    given = _VACCINE_GIVEN.search(before[-25:]) or _VACCINE_GIVEN.search(after[:30])
    return "completed" if given and not _VACCINE_NOT.search(before[-25:] + after[:30]) else None


def course_over(line: Line, drug: Drug, after: str) -> bool:
    """ "Bactrim for UTI last month", "was on a course of Cipro": a drug that is given for days, in the past."""
    before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
    if _TREATMENT.search(before, line.lacks):
        return True
    usual = usual_course(drug)
    if usual and (_CLEARED_WITH.search(before, line.lacks) or _AFTER_COURSE.search(before, line.lacks)):
        return not _LASTS.search(after)
    over = _PAST.search(after, line.lacks) or (usual and _X1.match(after, line.lacks))
    if not over or not (usual or _COURSE_OF.search(before, line.lacks)):
        return False
    return bool(_TAKEN_AS.search(before)) and not _LASTS.search(after) and not _LASTS.search(before[-25:])


def usual_course(drug: Drug) -> bool:
    """Whether the drug is given for some days and no longer, as an antibiotic is."""
    return bool(drug.ingredients) and _courses().issuperset(drug.ingredients)


def given_once(line: Line, drug: Drug, after: str) -> bool:
    """ "given Toradol in the ED", "ED gave Zofran x1": a dose that others gave, there and then."""
    if line.lacks & _BY_OTHERS or _LASTS.search(after):
        return False
    before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
    there = _GAVE.search(before, line.lacks) and (_GIVEN_THERE.match(after) or _X1.match(after, line.lacks))
    return bool(there or _THERE_GAVE.search(before, line.lacks)) and not _AT_HOME.search(before[-25:])


@cache
def _courses() -> frozenset[str]:
    return frozenset(wordlist.lines("qualifier", "courses.txt"))
