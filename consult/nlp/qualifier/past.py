"""Whether the reaction behind a drug that is no longer taken is told as past."""

from __future__ import annotations

import re
from functools import cache
from operator import attrgetter

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.when_taken import usual_course

_PAST = Rare(
    r"\b(?:19[5-9]\d|20[0-3]\d)\b|(?<!\w)'\d\d\b|\b(?:years?|yrs?|months?|mos?|weeks?|wks?|decades?) (?:ago|back)\b|"
    r"\bin '?[6-9]\d(?=[\"”]?(?:$|[,.;)]))|"
    r"(?<!\d)(?:0?[1-9]|1[0-2])/(?:[0-3]\d/)?(?:1\d|2[0-6]|20[0-2]\d)(?![\d/])|\blast (?:yr|year|month|summer|"
    r"winter|spring|fall|week)\b|"
    r"\b(?:as a|as|when) (?:child|kid|teen|teenager|baby|boy|girl|young)\b|\bin (?:the )?past\b|(?:@|"
    r"\bat) ?age ?\d{1,2}\b|\bin (?:jan|feb|"
    r"mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\b|\bpreviously\b|\bdecades\b"
)
_VERB = re.compile(
    r"\b(?:made|gave|caused|had|got(?! (?:the boot|the axe?|nixed|cut|dropped|pulled|stopped|off|d/c|tossed|rid))|"
    r"was|were|felt|couldn't|could not|couldnt|developed|broke|led|left|hurt|"
    r"ached|itched|burned|cramped|took|bothered|upset (?=her|his|my|the)|experienced|swelled|passed|became|"
    r"kept|turned|threw|fainted|bound|backed|plugged|knocked|wiped|dried|tore|tied|messed|sunburned|"
    r"tingled|tasted|peeled|shook|blurred|rang|bruised|twitched|jumped|spun|raced|jerked|stiffened|locked|froze|flared|"
    r"throbbed|pounded|bled|wheezed|coughed|puked|oozed|sweated|"
    r"blew|ballooned|zonked|put (?=her|him|me|on|weight|about|like|\d)|did(?:n'?t| not)|vomited|wrecked|killed|stung)\b"
)
_AFTER = re.compile(r"\bafter (?:(?:the|an?|some|bad|severe|she had|he had) ){0,2}$")
_CLOSE = 25
_CAUSED = re.compile(r"(?:on|with|w/|from|to|while on) ?$|caused|made|gave|triggered|led to|brought on|resulted in")
_NOW = Rare(r"\b(?:still|now|takes?|taking|currently|daily|qd|bid|tid|qhs|since|started|increased|raised)\b")
_ALLERGIC = frozenset(("hives", "angioedema", "throat swelling", "swelling"))
_WORST = _ALLERGIC | {"anaphylaxis"}
_REACTIONS = _WORST | {"rash"}
_CONCEPT = attrgetter("concept")
_EACH_TIME = re.compile(r"(?:makes|gives|causes|brings|if|when|whenever|every time|each time|any time)\b")
_TODAY = re.compile(r"\b(?:still|now|today|currently|daily|since|started|increased|bid|tid|qhs|qd)\b")
_MARK = re.compile(r"^ ?(?:[-–:=(]|->|→) ?\(?$")
_IS = re.compile(r"^ ?= ?(?:(?:bad|severe|mild|gi upset|some|terrible) ?)?$")
_ITEM_BEGINS = re.compile(r"(?:^|[,;.:&]|\band) ?$")
_ITEM_ENDS = re.compile(r" ?(?:$|[,;./&+(]|and\b|as an?\b|per\b|years\b|yrs\b|in \d)")
_DATED = re.compile(r",? \(?(?:in )?(?:(?:19[5-9]|20[0-3])\d\b|as an? (?:kid|child|teen|baby))")
_DOSED = re.compile(r"^\W{0,3}\d")
_GONE_SINCE = Rare(
    r"[ ,]{1,2}(?:is |are |has |have |now |all |much )*(?:gone|better|resolved|went away|improved|"
    r"cleared)[^.;]{0,20}? (?:since|after|with|once) (?:the |her |his )?(?:switch\w*|chang\w+|swap\w*|moved|moving)\b"
)
_CAME_ON = re.compile(r"\b(?:began|started|came on|onset|appeared|developed|showed up)\b[^.;,]{0,40}$")
_WHILE_ON = re.compile(r"\b(?:while|when|as long as) (?:(?:she|he|pt|i) was )?(?:on|taking) (?:it|that|them)\b")
_GOES_ON = re.compile(  # "aches, which have persisted"
    r"[^.;]{0,30}?(?:,|\b(?:which|that|and|but)\b)(?: (?:which|that|and|but|they|it|have|has|still))* "
    r"(?:persist\w*|continu\w+|linger\w*|remain\w*|"
    r"never (?:went|fully|really|left|quite|completely|totally)|(?:not|n't) (?:gone|resolved|better)|still there|"
    r"ongoing)\b"
)
_APART = re.compile(r";| - ")
_STILL_NOW = re.compile(  # "stopped it 3 wks ago, dizzy + snappy now"
    r"(?:(?:,| and| &| \+| or) ?[a-z ]{0,25}?)? (?:still )?(?:now|ever since|since then|currently|these days|"
    r"to this day)\b"
)
_ON_IT = re.compile(r"\bon (?:it|that|them)\b(?! (?:now|still|again))")  # of a course that is over
_GIVEN_UP_FOR = re.compile(
    r"(?:was|were|had|got) (?:\w+ ){0,3}?(?:because|bc|b/c|cuz|since|as) "
    r"(?:(?:he|she|it|pt|they|that|this|i|the|her|his|my) )*?(?:is|are|gets?|has|have|feels?|makes?|gives?|knocks?|"
    r"keeps?|leaves?|causes?|puts?|upsets?|[a-z]+s)\b"
)
_RECENT = re.compile(r"(?:weeks?|wks?|months?|mos?) ago")
_GONE = ("stopped", "completed", "allergy")
_HELD = re.compile(r"\b(?:was|were|had|kept|got|made|gave|caused)\b[^.;,]{0,25}$")  # "on hold, was vomiting on it"

_OVER_NOW = Rare(  # "tickle cough; swapped to losartan, has since cleared", "runny stools during, now nl"
    r"(?:[;,.]|->|→|–|—|=>|\b(?:and|but|then)) ?(?:(?:it|they|all|both|sx|this|that|which|now|then|has|have|is|are|was|"
    r"were|since|fully|completely|totally) )*(?P<over>(?:cleared(?: up)?|resolved|clear since (?:off|stopp\w+|d/c\w*)|"
    r"gone(?: now| since)|(?:now|since) (?:nl|wnl|normal|fine|ok|okay|resolved|gone|clear|cleared)|"
    r"(?:nl|normal|clear) (?:now|since|p)|(?:fine|ok|okay) (?:now|since|after(?:wards?)?)|"
    r"(?:none|not (?:a )?one|not once) since)(?: (?:now|then|off|off it|that|p|since))?)(?= ?(?:$|[;.]))"
)
_NOT_OVER = re.compile(r"\b(?:not|isn'?t|hasn'?t|haven'?t|never|until|till|if|when|once|half|almost|nearly)\b|\?")


def over_by_now(line: Line, one: Found, named: list[Found]) -> tuple[int, int] | None:
    """Of the last symptom `named` in a line, the span of the words behind it that tell that it is over, if any do."""
    if one is not named[-1]:
        return None
    said = _OVER_NOW.search(line.low, line.lacks, one.end)
    if said is None or _NOT_OVER.search(line.low, said.start(), said.start("over")):
        return None
    return said.span("over")


def of_the_past(line: Line) -> bool:
    """The line tells of the past alone."""
    return bool(_PAST.search(line.low, line.lacks)) and not _NOW.search(line.low, line.lacks)


def told_as_past(line: Line, cue_text: str) -> bool:
    """ "both caused aches years ago": a past reaction, so the drug is no longer taken."""
    return bool(_CAUSED.match(cue_text)) and of_the_past(line)


def may_end_use(line: Line, effects: list[Found]) -> bool:
    """Whether what is told of these symptoms may say that a drug is no longer taken."""
    worst = not _WORST.isdisjoint(map(_CONCEPT, effects))
    return worst or of_the_past(line) or _GONE_SINCE.search(line.low, line.lacks) is not None


def allergy_told(line: Line, one: Found, drug: Drug, cue_text: str) -> bool:
    """ "penicillin makes her throat close", "anaphylaxis with Rocephin": what comes each time, or the worst."""
    if one.concept == "anaphylaxis":
        return not _TODAY.search(line.low)
    if cue_text.strip() == "to" and one.concept in _REACTIONS:  # "hives to Bactrim", "rash to Keflex in 2015"
        return not (_TODAY.search(line.low) or _DOSED.match(line.low[drug.end :]))
    if one.concept not in _ALLERGIC or _TODAY.search(line.low) or _DOSED.match(line.low[drug.end :]):
        return False
    return bool(_EACH_TIME.match(cue_text))


def gone_since_switch(line: Line, one: Found, drug: Drug) -> bool:
    """ "thigh aches from Pravachol gone since switch to Livalo": the drug that is blamed is no longer taken."""
    return bool(_GONE_SINCE.match(line.low[max(one.end, drug.end) :], line.lacks))


def allergic(effects: list[Found], listed: bool) -> list[Found]:
    """The symptoms that may be a reaction to a drug; all are where another drug is `listed` as an allergy."""
    return effects if listed else [one for one in effects if one.concept in _REACTIONS]


def listed_with_reaction(line: Line, one: Found, drug: Drug) -> bool:
    """ "PCN - rash": a name and what it does, nothing else."""
    if _MARK.match(line.low[drug.end : one.start]):
        return True
    dated = line.low[drug.end : one.start] == " " and _DATED.match(line.low, one.end)
    return bool(dated) and one.concept in _REACTIONS  # "Bactrim hives 1998"


def not_borne(line: Line, one: Found, drug: Drug) -> bool:
    """ "codeine = n/v": an item of a list of allergies, whatever the drug does."""
    if not drug.ingredients or not _IS.match(line.low[drug.end : one.start]):
        return False
    if not (_ITEM_BEGINS.search(line.low[: drug.start]) and _ITEM_ENDS.match(line.low, one.end)):
        return False
    return usual_course(drug) or _often_not_borne().issuperset(drug.ingredients)


@cache
def _often_not_borne() -> frozenset[str]:
    return frozenset(wordlist.lines("qualifier", "often_not_borne.txt"))


def reaction_is_past(
    line: Line, one: Found, sources: list[tuple[Drug, Standing]], others: list[Drug]
) -> tuple[int, int] | None:
    """The span of the words that tell it as past, None where nothing does.

    Under several drugs of one list ("allergies: A (rash), B (hives 1990)") a date holds for its own item.
    """
    if not sources or not all(standing.status in _GONE for _, standing in sources):
        held = bool(sources) and all(standing.status == "on-hold" for _, standing in sources)
        said = _HELD.search(line.low, 0, one.start) if held else None
        return (said.start(), one.start) if said else None
    if _GOES_ON.match(line.low, one.end) or _STILL_NOW.match(line.low, one.end):
        return None
    verb = None
    for match in _VERB.finditer(line.low):
        apart = _APART.search(line.low, match.end(), max(match.end(), one.start))
        if abs(match.start() - one.start) <= 40 and match.end() <= one.end and not apart:
            verb = match
    if verb is not None and _GIVEN_UP_FOR.search(line.low, verb.start(), one.end):
        verb = None  # "was stopped because he is irritable on it": the reason is told as of now
    while_on = _WHILE_ON.search(line.low, one.start)
    if not while_on and all(standing.status == "completed" for _, standing in sources):
        while_on = _ON_IT.search(line.low, one.end)
    after = _AFTER.search(line.low[max(0, one.start - _CLOSE) : one.start])
    left, right = 0, len(line.low)
    if sources[0][1].status == "allergy":
        first = sources[0][0].start
        left = max((drug.end for drug in others if drug.end <= first), default=0)
        left = max(left, line.low.rfind(",", left, first) + 1, line.low.rfind(" - ", left, first) + 1)
        right = min((drug.start for drug in others if drug.start >= one.end), default=right)
        for end in hard_breaks(line):
            if end <= first:
                left = max(left, end)  # "PCN - hives as a child; codeine - nausea"
    found = _PAST.search(line.low, line.lacks, left, right) or verb or while_on or after
    if found is not None and _RECENT.match(found.group()) and _CAME_ON.search(line.low, one.end, found.start()):
        return None  # "itch began w/ allopurinol 3 wks ago"
    if found is not None and found is after:
        start = max(0, one.start - _CLOSE) + found.start()
        return start, start + len("after")
    return (found.start(), found.end()) if found else None
