"""Wordings by which a line blames a drug around the symptom, and wordings that clear it of the blame."""

from __future__ import annotations

import re

from consult.domain.mention import Cue
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import Hit
from consult.nlp.qualifier.known import given_for, known_for, named_after, named_with
from consult.nlp.qualifier.when_taken import usual_course

_THE = r"(?:(?:the|her|his|my|taking|starting|increasing|new|that|this|all) )*"
_LIKELY = Rare(
    r"^ ?[,(–-]?(?:,| -| –)? ?\(?(?:is |are |was |most |very |this is |it's |its |that's )?(?:likely|lkly|prob|"
    r"probably|possibly|poss|perhaps|presumably|suspect(?:ed|s|ing)?|suspicious for|culprit:?|cause:?|\?)"
    rf" ?(?:is |it's |from |due to |d/t |2/2 |side effect of |se of |related to )?{_THE}$"
)
_ENDED_DASH = Rare(
    r"^(?: (?:patch|cream|gel|drops|inhaler|pills?|tabs?|er|xr|xl|sr))?"
    r"(?: \d[\d.]*(?: ?mg| ?mcg)?| on (?:his |her |their )?own| himself| herself)? ?(?:[-–(:]|--) ?"
    r"(?:(?:bad|severe|terrible|too|the|got|had|contact|mild|diffuse|some|lots of|skin) )?$"
)
_FOR_SYMPTOM = Rare(
    r"\b(?:suspects?|suspected|suspecting|blam\w+|faults?|faulted|faulting|fingers|fingered|"
    r"holds?(?= [\w-]+ (?:[\w-]+ )?(?:responsible|accountable)\b)|"
    r"point(?:s|ed|ing)? (?:the |a )?(?:finger )?at)"
    rf"(?: it's| it is| that)? {_THE}(?:(?:\w+ ){{1,3}}?\w+, |\w+ \w+ \()?$"
)
_IT_FOR = Rare(  # "Lipitor 40, blames it for the cramps"
    r"(?<!n't)(?<!not)(?<!never) (?:blam\w+|fault(?:s|ed|ing)?|suspect(?:s|ed|ing)?|hold(?:s|ing)?|accus(?:es?|ed|ing)|"
    r"finger(?:s|ed)) (?:it|that|this|them|(?:that|this|the) (?:one|stuff|pill|med|drug|patch|shot))"
    r"(?: (?:responsible|partly|mostly|all|entirely|squarely|too|also))* (?:for|of|over|in) "
    r"(?:(?:the|her|his|my|all|this|these|that|new|recent|last|causing|giving|\w+'s) )*$"
)
_THEN_FOR = Rare(
    r"^(?: \w+){0,2}? (?:(?:is |as |might be |may be |the |likely |probable |possible |a )*(?:culprit|cause|reason|"
    r"to blame|at fault|responsible|the one|blamed|faulted|fingered|suspected|implicated)|"
    r"(?:catch|catches|catching|gets?|getting|takes?|"
    r"taking) the blame) (?:for|of|behind) "
    r"(?:(?:the|her|his|my|this|these|all|all the|new|recent) )*$"
)
_FOR = Rare(
    r"^(?: [\w.%/]+){0,2},?\)? (?:for|re|re:) (?:(?:the|her|his|my|this|all|new|recent|being|feeling|so|"
    r"causing|giving|\w+'s) )*$"
)
_CLEARS = Rare(
    r"(?:\b(?:do|does|did)(?:n't| not) (?:really )?(?:think|believe|feel|blame|attribute|suspect|relate|associate|"
    r"link|want to blame|say|hold|fault|pin|put|credit)\b|\b(?:don|doesn|didn)t (?:really )?(?:think|believe|"
    r"feel|blame|suspect)\b|\bdoubts?\b|"
    r"\bdoubtful\b|\bunrelated\b|\bunlikely\b|\bpredat\w+|\bnot (?:from|related|due|caused|because|blaming|the|"
    r"attributed|attributing|bc|b/c|d/t|2/2|likely|a side effect|an? se|linked|thought|felt)\b|"
    r"\brins(?:e|es|ed|ing)\b|\b(?:isn|wasn|aren)'t "
    r"(?:from|related|due|caused|because|the|likely)\b|\brather than\b|\binstead of\b|\bnothing to do "
    r"with\b)[^.;,]{0,40}$"
)
_BEFORE_IT = Rare(
    rf"\b(?:(?:even |long |well |way )?(?:before|prior to|b4)(?: and (?:after|since))?|"
    rf"predat(?:es?|ed|ing)) (?:\w+ )?{_THE}$"
)
_CLEARS_EFFECT = Rare(
    r"\b(?:(?:do|does|did)(?:n't| not|nt) (?:really )?(?:think|believe|feel|suspect)|doubts?|unlikely)(?: that)?"
    r"(?: (?:the|her|his|my|this|these|any))? $"
)
_GONE_OFF = Rare(
    r"^(?: (?:is|are|was|has|all|now))? (?:resolved|cleared(?: up)?|gone|better|improved|went away|settled|subsided) "
    r"(?:since |once |now |when )?off (?:(?:the|her|his|my|of) )*$"
)
# "lisinopril cough -> losartan", "Chantix nightmares, quit it"
_THEN_ENDED = Rare(r"^ ?(->|-->|=>|→|,? ?(?:so |then )?(?:quit|stopped|d/c'?d|dc'?d|switched|changed|off)\b)")
_THEN_HELD = Rare(r"^ ?(?:->|-->|=>|→) ?(held|stopped|d/c'?d|dc'?d|paused|reduced|cut|dose reduced|halved|switched)\b")
_TO_REACTION = re.compile(r"^(?: [\w/.%-]+){0,6} ?(?:,|-|–|:) (?:(?:bad|severe|got|had|new|some) )?$")
_MAKES = Rare(r"\b(?:makes?|made|gives?|gave|swells?|causes?|caused|keeps?|dries|puts?|leaves?|turns|got)\b")
_THAT_DRUG = Rare(r"^(?: [\w']+){0,6}, ((?:that|this|them|those|these)(?: (?:new|old|damn|darn|dang))?) $")
ALLERGIC = frozenset(("anaphylaxis", "hives", "angioedema", "rash", "itching", "swelling", "allergic reaction"))
_TO = (" to ", " to the ", " to her ", " to his ", " to my ")
_RELATED = Rare(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?:,| -| –|;)? ?\(?(?:\?+ ?(?:poss\w* )?(?:related|connected|cause|culprit|linked|"
    r"side effect|se\b|adr\b)|(?:possibly|poss|probably|prob|likely|maybe|may be|might be|could be) (?:related|"
    r"connected|linked|(?:a |the )?(?:cause|culprit|side effect|se\b))|related ?\?|side effect ?\?|se ?\?|culprit ?\?)"
)
_STILL_BLAMED = Rare(r"\bnot (?:sure|certain|clear|only|just)\b")
_PROBABLY = Rare(r"(?:very |most )?(?:likely|prob\w*|suspect\w*|poss\w*|presum\w*|thinks?|believes?|figures?)\b")
_ASKS = Rare(r"(?:asks?|asked|asking|wonders?|wondering|wants to know|curious)\b")
_HERS = Rare(r"(?:\b(?:her|his|my|their|the|these|this|all|that's why|is why|why (?:her|his|my)?)|'s) $")
_BUT_FOR = Rare(
    r"^(?: (?:well|fine|ok|okay|great|otherwise))*,? (?:except(?: for)?|other than|apart from|aside from|besides|"
    r"but for|with the exception of|save for|minus|but (?:has|with|gets|having|some))"
    r"(?: (?:some|the|a|an|mild|occ|occasional))* $"
)
_LEFT_OUT = Rare(
    r"\b(?:miss(?:es|ed|ing)?|forgets?|forgot|skip(?:s|ped|ping)?|runs? out of|ran out of|running out of|without|w/o|"
    r"(?:late|behind) (?:on|with)|(?:doesn't|don't|didn't|does not) (?:take|have|get)|withdraw\w* from)"
    r"(?: (?:a|her|his|my|the|taking|dose|doses|of|any|one)){0,4} $"
)


_IN_PLACE = Rare(r"\b(?:instead of|rather than|in place of) (?:(?:the|her|his|my) )?$")


def cleared(line: Line, one: Found, drug: Drug, start: int, end: int) -> bool:
    """ "doesn't think it's the losartan", "rash predates the doxy", "not from metformin": whether the words before a
    cue of blame, or between the cue and the drug, take the blame away."""
    first = max(one.end, 0) if one.end <= start else 0
    if _CLEARS_EFFECT.search(line.low[: one.start], line.lacks):
        return True
    before = line.low[first:end]
    if one.end > start and drug.end <= start:  # the drug stands before the cue: what is said before the drug counts
        if _IN_PLACE.search(line.low, line.lacks, 0, drug.start):
            return False  # "on losartan instead of lisinopril due to cough"
        before = line.low[: drug.start] + " "
        if _CLEARS.search(before, line.lacks) and not _STILL_BLAMED.search(before, line.lacks):
            return True
        before = line.low[drug.end : start] + " "
    if _CLEARS.search(before, line.lacks) and not _STILL_BLAMED.search(before, line.lacks):
        return True
    if line.low[start:end].endswith("before") or line.low.startswith(_NEVER, start):
        return False  # "itching she never had before Bactrim", "never had cramps before Lipitor"
    return drug.start >= end and bool(_BEFORE_IT.search(line.low[first : drug.start], line.lacks))


_NEVER = ("never ", "no ", "had no ", "didn't have ", "did not have ", "hadn't ", "wasn't ", "not ")
_INFECTIONS = frozenset(
    (
        "urinary tract infection",
        "infection",
        "respiratory infection",
        "pneumonia",
        "bronchitis",
        "sinusitis",
        "cellulitis",
        "skin infection",
    )
)
_OF_INFECTION = _INFECTIONS | {"fever", "cough", "sore throat", "ear pain", "dysuria", "chills", "urinary frequency"}
_ILL = _OF_INFECTION | {"vomiting", "diarrhea", "dehydration", "influenza", "covid-19", "gastroenteritis"}
_IN_COURSE = re.compile(r"\b(?:days?|d|wks?|weeks?)\b|^(?:while )?on$")
_CATCHES = Rare(r"\b(?:gets?|getting|got|gotten|catches|caught|keeps getting)(?: (?!her\b|him\b|me\b)\w+){0,3} $")
_ASKING = ("asks", "asked", "asking", "wonders", "wondering", "wants to know", "curious", "wonder")
_WOULD_HELP = Rare(
    r"^(?: (?:or|and) \w+)?(?: \w+)?(?: (?:would|will|could|might|may|can|should|is|be|are))* (?:help\w*|work\w*|"
    r"ok|okay|safe|fine|alright|good|worth|"
    r"do (?:it|the trick|something)|do anything|do any good|an option|better|enough|covered|best|needed|necessary|"
    r"cure|fix|prevent|stop it|"
    r"ease|relieve)\b"
)
_OFF = re.compile(r"^ off(?: of)? (?:(?:the|her|his|my|that|this|it, the) )*$")  # "groggy off the Ambien"
_OF_LEAVING = frozenset(  # what comes of stopping a drug too
    (
        *("anxiety", "insomnia", "irritability", "agitation", "depressed mood", "pain", "sweating", "tremor"),
        *("headache", "palpitations", "hyperglycemia", "nightmares", "mood swings"),
    )
)
_LESS = re.compile(r"\b(?:less|no|not|isn't|never|fewer|denies) (?:\w+ )?$")
_OFF_IT = re.compile(r"^ off(?: of)? (?:it|that|this|them)\b")
_TAKEN_THEN = re.compile(
    r"(?:when|whenever|(?:on )?the (?:days|nights)) |(?:with |w/ ?|after )?(?:each|every)\b|.{0,60}\b(?:hours?|hrs?|"
    r"min\w*|mins?) (?:after|post)\b|.{0,60}\b(?:puffs?|"
    r"doses?|shots?|"
    r"sprays?) of\b|(?:s/p|post|p)$"
)
_BESIDE = frozenset(
    (
        "on",
        "with",
        "w",
        "w/",
        "while on",
        "while taking",
        "even on",
        "even with",
        "taking",
        "using",
        "->",
        "=>",
        "→",
        "took",
        "was on",
        "had been on",
    )
)
_WAITS = re.compile(r"\b(?:held|hold|holding|paused|for)\b")
_WITH_ILLNESS = Rare(r"\b(?:held|holds?|holding|paus(?:ed?|ing)|delay(?:ed|ing)|postpon(?:ed|ing))\b")
_NOT_TAKEN_NOW = Rare(r"\b(?:not taking|isn't taking|didn't take|skip(?:s|ped|ping)?|missed)\b|\bno $")


def treated(line: Line, one: Found, drug: Drug, said: Cue) -> bool:
    """ "UTI, day 2 of Macrobid", "MTX on hold for an infection": what an antibiotic is for, and why another waits."""
    words = said.text.lower()
    if (words in _BESIDE or _TAKEN_THEN.match(words)) and given_for(drug, one.concept):
        return True  # "pain still bad on Norco", "nauseous w/ Zofran"
    if words.startswith(_ASKING) and drug.start >= said.end and _WOULD_HELP.match(line.low[drug.end :], line.lacks):
        return True  # "leg cramps at night, asks if magnesium would help"
    if one.concept in _INFECTIONS and _WAITS.search(words):
        return True
    if one.concept in _ILL and not known_for(drug, one.concept) and said.start < one.start:
        place = max(0, drug.start - 35), one.start
        if _WITH_ILLNESS.search(line.low, line.lacks, *place) or (
            one.concept in _OF_INFECTION and _NOT_TAKEN_NOW.search(line.low, line.lacks, *place)
        ):
            return True  # "not taking methotrexate this wk bc of fever"
    return one.concept in _OF_INFECTION and usual_course(drug) and _IN_COURSE.search(words) is not None


def left_out(line: Line, drug: Drug) -> bool:
    """ "when he forgets his Effexor": what comes of a missed dose is no side effect of the drug."""
    return bool(_LEFT_OUT.search(line.low[max(0, drug.start - 45) : drug.start], line.lacks))


def around(line: Line, one: Found, drug: Drug, ended: bool, last: bool) -> tuple[int, int] | None:
    """The span of the words that blame the drug beside the symptom, where no single cue does.

    `ended` tells that the drug is no longer taken, `last` that the line ends with its name.
    """
    if one.end <= drug.start:
        gap = line.low[one.end : drug.start]
        if len(gap) > 60:
            return None
        if (
            known_for(drug, one.concept)
            and (of := _OFF.match(gap))
            and (one.concept not in _OF_LEAVING or _CATCHES.search(line.low[: one.start], line.lacks))
            and not _LESS.search(line.low[: one.start])
        ):
            return one.end + 1, one.end + len(of.group().rstrip())
        if one.concept in ALLERGIC and gap in _TO:
            return one.end + 1, drug.start  # "anaphylaxis to ceftriaxone"
        if gone := _GONE_OFF.match(gap, line.lacks):
            return one.end + 1, one.end + len(gone.group().rstrip())
        if related := _RELATED.match(line.low[drug.end :], line.lacks):
            return drug.end, drug.end + related.end()
        if known_for(drug, one.concept) and named_after(gap):
            return one.start, drug.end
        caused = _MAKES.search(line.low[max(0, one.start - 25) : one.end], line.lacks)
        if caused and (that := _THAT_DRUG.match(gap, line.lacks)):
            return one.end + that.start(1), one.end + that.end(1)
        return (one.end, drug.start) if _LIKELY.match(gap, line.lacks) else None
    gap = line.low[drug.end : one.start]
    if len(gap) > 50:
        return None
    before = line.low[max(0, drug.start - 60) : drug.start]
    if known_for(drug, one.concept) and _OFF_IT.match(line.low[one.end :]) and _CATCHES.search(gap, line.lacks):
        return one.end + 1, one.end + 4
    if (found := _FOR_SYMPTOM.search(before, line.lacks)) and _FOR.match(gap, line.lacks):
        return drug.start - len(before) + found.start(), drug.start
    if _THEN_FOR.match(gap, line.lacks):
        return drug.end, one.start
    if it := _IT_FOR.search(gap, line.lacks):
        return drug.end + it.start() + 1, one.start - 1
    if known_for(drug, one.concept) and (named := named_with(gap, line.low[one.start : one.end])):
        start, end = named
        return (drug.end + start, drug.end + end) if start else (drug.start, one.end)
    if gap == " " and (then := _THEN_HELD.match(line.low[one.end :], line.lacks)):
        return one.end + then.start(1), one.end + then.end(1)
    if (
        ended
        and (gap == " " or _TO_REACTION.match(gap))
        and (then := _THEN_ENDED.match(line.low[one.end :], line.lacks))
    ):
        return one.end + then.start(1), one.end + then.end(1)
    if ended and _ENDED_DASH.match(gap, line.lacks):
        return drug.end, one.start
    return None


_LESSENED = Rare(
    r"\b(?:decreas\w+|reduc\w+|lower\w*|halv\w+|cut(?: back| down)?(?: on)?|back\w* off(?: on)?)(?: dose of)? "
    r"(?:(?:the|her|his|my) )*$"
)
_WAS_LESSENED = Rare(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?| dose| was| got| been| had| has)* (?:decreased|reduced|lowered|halved|cut|cut back|"
    r"cut in half)(?: (?:from|to) [\d.]+(?: ?mg| ?mcg)?)* for (?:(?:the|her|his|my) )*$"
)


_GIVEN_UP_FOR = Rare(  # "Myfortic 360 mg bid, was 720 bid, cut in Jan for diarrhea"
    r"[ ,;(](?:decreased|reduced|lowered|halved|cut|held|stopped|d/c'd|dc'd|dropped|paused)"
    r"(?: (?!on\b|w/|with\b)[\w/.]+){0,4}? for (?:(?:the|her|his|my|some|bad) )*$"
)


def for_symptom(line: Line, one: Found, drug: Drug) -> bool:
    """ "suspect tramadol for the nausea", "amlodipine likely culprit for edema": no purpose of the drug."""
    gap = line.low[drug.end : one.start]
    before = line.low[max(0, drug.start - 60) : drug.start]
    return (
        bool(_THEN_FOR.match(gap, line.lacks))
        or bool(_IT_FOR.search(gap, line.lacks))
        or bool(_BUT_FOR.match(gap, line.lacks))
        or (bool(_FOR_SYMPTOM.search(before, line.lacks)) and bool(_FOR.match(gap, line.lacks)))
        or (bool(_LESSENED.search(before, line.lacks)) and bool(_FOR.match(gap, line.lacks)))
        or bool(_WAS_LESSENED.match(gap, line.lacks))
        or bool(_GIVEN_UP_FOR.search(gap, line.lacks))
    )


TO_ANOTHER = re.compile(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?: \w+)? ?(?:to|with|for|->|→|-->) (?:(?:the|a|his|her|new) )?$"
)
_ONLY_FOR = re.compile(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?: (?:daily|qd|bid|qhs))? for (?:(?:the|her|his|dry|bad|new|persistent) )*$"
)


def switched_for(line: Line, one: Found, drugs: list[Drug], index: int) -> bool:
    """ "lisinopril changed to losartan for cough": what the first is known for is no purpose of the second."""
    if index == 0 or not TO_ANOTHER.match(line.low[drugs[index - 1].end : drugs[index].start]):
        return False
    return known_for(drugs[index - 1], one.concept) and bool(_ONLY_FOR.match(line.low[drugs[index].end : one.start]))


_DOES_IT = re.compile(r"\b(?:mak(?:es|ing|in)|causing|giving)\b")


def only_the_cause(line: Line, one: Found, doubt: Cue, blames: list[Cue]) -> bool:
    """Whether words of doubt speak of the cause alone: "asks if X is behind her hair loss", "likely culprit"."""
    if doubt.sets != "uncertain":
        return False
    if any(known.start < doubt.end and doubt.start < known.end for known in blames):
        if doubt.text == "?" and doubt.start >= one.end:
            return True  # "no libido: ?risperdal"
        behind = any(known.text.lower().endswith("behind") for known in blames)  # "could be behind the ringing"
        return behind or bool(_PROBABLY.match(doubt.text.lower(), line.lacks))
    if not _ASKS.match(doubt.text.lower(), line.lacks) or doubt.start > one.start:
        return False
    if _DOES_IT.search(line.low, doubt.end, one.start):
        return False  # "asks if X is making her tired"
    return bool(_HERS.search(line.low[max(0, one.start - 15) : one.start], line.lacks)) or any(
        "blame" in known.text.lower() or "that's why" in known.text.lower() for known in blames
    )


_REACTION_FIRST = re.compile(
    r"^ ?(?:[-–:=(]|<-|\b(?:to|from|with|w/|on|after|d/t|due to)\b) ?(?:(?:the|her|his|iv|oral) )?$"
)


def reaction_first(line: Line, one: Found, first: Found, drugs: list[Drug], index: int) -> bool:
    """ "allergies: hives - amoxicillin": in a list that begins with a reaction each stands before its drug."""
    leads = drugs[0].start >= first.start
    return leads and bool(_REACTION_FIRST.match(line.low[one.end : drugs[index].start]))


OF_CHANGE = re.compile(r"\b(?:bump\w*|jump|increas\w+|dose|rais\w+|upp?\w*|titrat\w+|chang\w+|switch\w*|doubled)\b")
_CHANGE = re.compile(
    r"\b(?:bump\w*|increas\w+|inc|incr|raised?|upp?ed|doubled|up|titrat\w+|changed|switch\w*|went (?:from|to)|from|"
    r"new)\b|->|→|↑"
)


def changed(line: Line, drugs: list[Drug], earlier: list[int], until: int) -> int:
    """The last drug of which a change is told ("dizzy since the bump"), else the last one."""
    stops = [*(drugs[i].start for i in earlier[1:]), until]
    told = [i for i, stop in zip(earlier, stops, strict=True) if _CHANGE.search(line.low, drugs[i].end, stop)]
    return told[-1] if told else earlier[-1]


_WITHOUT = Rare(r"\bw/?o(?:ut)?\b")
_BORNE = re.compile(r"\b(?:lives?|living|deals?|dealing|cop(?:es?|ing)|puts? up|putting up|ok|okay|fine) $")


_OF_ELSE = Rare(  # "tired since it got cold", "sad since the change of jobs"
    r"^ (?:(?:got|gets|is|was|turned|became|started|began) (?:so |too |really |to )?(?:cold|hot|warm|humid|dark|wet|"
    r"chilly|"
    r"late|rain\w*|snow\w*)|(?:(?:change|move|switch|bump) (?:(?:of|in|on|to|at) (?:the |her |his |a )?)?|(?:of|in|on|"
    r"at) (?:the |her |his |a )?)(?:jobs?|work|"
    r"diet|"
    r"seasons?|weather|time|clocks?|sched\w*|shifts?|routine|mattress|pillow|school|house|homes?|address|head|table|"
    r"car))\b"
)


_STEP_FROM = re.compile(r"\d[\d.]*(?: ?(?:mg|mcg|g|units?|u|tabs?|puffs?|x|/d|/day|bid|tid|qd|daily))* ?$")
_STEP_TO = re.compile(r" ?\d|(?: ?(?:half|one|two|qod|bid|tid|qd|daily|off|stop))\b")


def blames_not(line: Line, hit: Hit) -> bool:
    """ "worse w/o her trazodone", "loose stools but lives w/ it"."""
    if _OF_ELSE.match(line.low[hit.end :], line.lacks):
        return True
    if hit.low[0] in "-=→" and _STEP_TO.match(line.low, hit.end) and _STEP_FROM.search(line.low, 0, hit.start):
        return True  # "baclofen 10→20 mg: legs like jelly"
    borne = hit.low[0] == "w" and _BORNE.search(line.low, max(0, hit.start - 10), hit.start)
    return bool(borne or _WITHOUT.search(line.low, line.lacks, hit.start, hit.end + 3))


_SWITCH_TO = Rare(
    r"\b(?:chang|switch|swap|mov|convert|replac|trad|rotat|transition|substitut)\w*(?: out| over)? "
    r"(?:to|for|with|by|w/) (?:(?:the|a|his|her) )?$"
)
_SWITCH_FROM = Rare(
    r"\b(?:chang|switch|swap|mov|convert|replac|trad|rotat|transition|substitut)\w*(?: (?:her|him|me|pt|over|out))*"
    r"(?: from)?(?: (?:the|a|his|her))? $"
)
_INSTEAD = Rare(r"^[^.;]{0,30}?\binstead\b")
_LEFT = Rare(r"\b(?:off|out|stop\w*|quit|d/c'?d?|dc'?d?|drop\w*|no more)\b")
_WHY = Rare(r"^(?: [\w.,/%-]+){0,6}? ?,? ?(?:because|bc|b/c|cuz|since|as|due to|d/t|after)\b")


def left_behind(line: Line, one: Found, drugs: list[Drug], index: int) -> int:
    """Of two drugs of a switch the one that was left, where the effect is why: "A changed to B because ... on it"."""
    if index == 0 or one.start < drugs[index].end:
        return index
    former = drugs[index - 1]
    switched = _SWITCH_TO.search(line.low, line.lacks, former.end, drugs[index].start) or (
        _SWITCH_FROM.search(line.low, line.lacks, 0, former.start)
        and TO_ANOTHER.match(line.low[former.end : drugs[index].start])
    )
    instead = _INSTEAD.match(line.low[drugs[index].end : one.start], line.lacks)  # "A off, B instead d/t cough"
    switched = switched or (
        instead and _LEFT.search(line.low, line.lacks, max(0, former.start - 12), drugs[index].start)
    )
    return index - 1 if switched and _WHY.match(line.low[drugs[index].end : one.start], line.lacks) else index


_HEADS = re.compile(
    r"\b(from|due to|d/t|on|with|since|after|because of|2/2)(?: (?:the|her|his|my|starting|"
    r"taking))* $"
)
_COLON = re.compile(r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)? ?(?::|->|→|=) ?(?:(?:gets|feels|is|has|having|some) ){0,2}$")
_ON_IT = re.compile(r"(?:^|[.;!] )\"?((?:while |when )?on)(?: (?:the|her|his|my))? $")
_ITS_DOSE = re.compile(r"^(?: \d[\d.]*(?: ?mg| ?mcg)?(?: (?:her|his|my|the))?| (?:her|his|my|the)) $")


def told_of(line: Line, drug: Drug, one: Found) -> tuple[int, int] | None:
    """ "blames DRUG for EFFECT" and "DRUG doubled and now EFFECT": the span of the words that blame."""
    gap = line.low[drug.end : one.start]
    if _COLON.match(gap) and (headed := _HEADS.search(line.low[: drug.start])):
        return headed.start(), headed.start() + len(headed[1])
    if _ITS_DOSE.match(gap) and (on := _ON_IT.search(line.low[: drug.start])):
        return on.start(1), on.end(1)  # "on Norvasc 10 her ankles blow up"
    return None


_LESS_TAKEN = Rare(
    r"\b(?:only|just|cut\w*|half|halv\w+|less|lower\w*|skip\w*|reduc\w+|decreas\w+|down|backed off|split\w*|instead "
    r"of|rather than|in place of|every other|spac\w+|stretch\w*|on (?:her|his) own|sparingly|not daily|"
    r"misses|took a break)\b"
)
_BECAUSE = ("because", "bc", "b/c", "due to", "d/t", "cuz", "cause of", "as she", "as he", "from")


def less_taken(line: Line, drug: Drug, hit: Hit) -> bool:
    """ "just once a day bc of the gas": less is taken for what the drug does."""
    return hit.low.startswith(_BECAUSE) and bool(
        _LESS_TAKEN.search(line.low, line.lacks, max(0, drug.start - 30), hit.start)
    )


_NONE = Rare(  # "pink urine one day last wk, clear since"
    r"\b(?:clear|ok|okay|none|nothing|good|stable|normal|quiet|well|uneventful|never again|zero|0|back to normal|"
    r"no (?:more|trouble|problems?|issues?|recurrences?|repeats?|episodes?|further|others?|such|new ones?|"
    r"bleeding|falls?)|"
    r"not (?:again|one|any|a single one)|all (?:clear|good|quiet))(?: (?:of (?:it|those|them)|at all|ever|again|then|"
    r"episodes?|events?|issues?))* $"
)


def none_since(gap: str, lacks: int) -> bool:
    """Whether the words between a symptom and "since" tell that it did not come again."""
    return _NONE.search(gap, lacks) is not None
