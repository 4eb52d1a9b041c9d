"""What the words around a symptom tell of its past: "the pain he used to get", "hoarse until he learned to rinse"."""

from __future__ import annotations

import re

from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line

_BEHIND = 60  # characters behind a symptom in which its end is told
_CLOSE = 40  # characters before a symptom
_USED_TO = Rare(  # "used to wheeze nightly", "had been constipated"; "is used to the dizziness" tells of no past
    r"(?<!is )(?<!are )(?<!was )(?<!get )(?<!gets )(?<!got )(?<!getting )\b(used to|had been)(?: (?:so|very|really|be|"
    r"always|often|having|getting))* $"
)
_HAD_MADE = Rare(  # "it had gotten her so dehydrated she went to the ER"
    r"\b(had (?:gotten|got|made|given|caused|left|turned|kept|been (?:giving|making|causing)))(?: (?:her|him|me|pt|"
    r"them|us|so|too|very|really|all|bad|some|awful|terrible|the|a|an))* $"
)
_SHE_USED_TO = Rare(  # "the leg pain he used to get from Lipitor", not "as dizzy as he used to be"
    r"^ (?:that |which )?(?:he|she|they|i|pt) (used to|had been) (?:get|have|feel|getting|having)\b"
)
_WAS_BEFORE = Rare(r"^(?: \w+){0,2}? (before|prior to|until) (?:the |her |his |my |starting |going on )?\w")
_WAS = re.compile(r"\b(?:was|were)(?: (?:so|very|really|always|often|having|getting))* $")
_DID = (
    r"(?:was|were|did|had|got|went|came|learned|learnt|quit|cut|began|put|took|gave|found|stopped|started|switched|changed|"
    r"lowered|raised|added|dropped|halved|reduced|moved|increased|decreased|held|finished|weaned|tapered|fixed)"
)
_UNTIL_DID = Rare(rf"^[^.;]{{0,40}}? (until|till?) (?:[\w'-]+ ){{0,4}}?{_DID}\b")
_STILL_SO = re.compile(
    r"\b(?:can'?t|cannot|won'?t|doesn'?t|isn'?t|is|are|gets|has|feels|stays|if|still|no|not)\b[^.;]*$"
)
_MONTH = (
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|"
    r"november|december)"
)
_HAPPENED = re.compile(
    r"(?:fell|tripped|slipped|slid|fainted|passed out|blacked out|collapsed|went down|took a|threw up)\b"
)
_IN_MONTH = Rare(  # "fell in shower aug"
    rf"^(?! (?:since|from|every))(?: (?!since|from|every)[\w/'-]+){{0,3}}? ({_MONTH})(?: \d{{1,2}})?"
    r"(?=$|[,.;:)]| [-–] )"
)
_SO_LONG_AGO = Rare(  # "fell in the garage 2 wks ago"
    r"^(?: (?!since\b|from\b|every\b)[\w/'-]+){0,4}? ((?:~ ?)?(?:\d+|an?|one|two|three|four|six|several|(?:a )?few|"
    r"(?:a )?couple(?: of)?) ?(?:wks?|weeks?|mos?|months?|yrs?|years?) (?:ago|back))\b"
)
_FELT_THEN = Rare(  # "one 58 last month, felt shaky + sweaty then"
    r"^(?: ?[+&/,]? ?(?:and )?(?!now\b|since\b|and\b|every\b|by\b|until\b|til\b|but\b)[\w-]+(?![\w-])){0,3} (then)"
    r"(?=\s*(?:$|[.,;)\"”]))"
)
_FELT = re.compile(r"\b(?:felt|was|were|had|got|went|woke(?: up)?)\b[^.;]{0,40}$")
_KIN = (
    r"(?:brother|sister|mom|mother|mum|dad|father|wife|husband|hubby|son|daughter|dtr|aunt|uncle|cousin|neighbou?r|"
    r"friend|buddy|co-?worker|boss|niece|nephew|grandma|grandmother|grandpa|grandfather|bf|gf|partner|roommate|"
    r"mil|fil|sil|bil|(?:sister|brother|mother|father)-in-law)"
)
_HIS_KIN_HAD = Rare(  # "his brother had wild dreams on it"
    rf"\b(?:his|her|my|their|pt'?s|the|an?) (?:[\w-]+ )?{_KIN} (had|got|did have|ended up with|was|were)"
    r"(?: (?:an?|the|some|such|bad|awful|terrible|horrible|so|really|very|all|having|getting))* $"
)
_ON_THAT = re.compile(
    r" (?:on|w/|with|from|off|after|taking|while on) (?:it|that|them|those|this one|that one)\b(?! now)"
)
_QUIT_FOR = Rare(  # "gave her hives so derm pulled it"
    r"^,? (?:so|and) (?:she|he|i|they|we|pt|md|dr|pcp|doc|derm|cards|neuro|psych|rheum|wife|dtr|mom)(?: then)? "
    r"(quit|stopped|pulled|came off|went off|got off|switched|tossed|gave up|d/c'?d|dc'?d|dropped|"
    r"took (?:her|him|me) off)\b"
)
_GAVE = re.compile(
    r"\b(?:gave|made|caused|kept|left|got) (?:(?:her|him|me|pt|them|such|so|bad|awful|the|a|an|too|real) ?)*$"
)
_GAVE_ITSELF = re.compile(r"(?:gave|made|kept|left|knocked|wiped|tore|upset|put) (?:her|him|me|pt|them)\b")
_CAME_OFF = Rare(  # "got a clot from Yasmin and came off it"
    r"^ (?:from|on|w/|with|after) [^.;,]{1,30} (?:and|so) (?:she |he |they |i )?(?:had to )?"
    r"(came off|come off|quit|stopped?|went off|got off)(?: (?:it|them|that)\b|(?=$|[,.;]))"
)
_GOT = re.compile(r"\b(?:got|had|developed|ended up w(?:/|ith))(?: (?:an?|some|bad|awful|terrible|the|such))* $")
_BEFORE_THE_END = Rare(  # "put on 40 lb with Zyprexa before she came off it"
    r"^[^.;,]{0,30}? (before (?:(?:she|he|they|i|pt) )(?:came off|quit|stopped|went off|got off|switched|was switched|"
    r"was taken off)|before (?:md|dr|pcp|it was|they) (?:stopped|pulled|switched))\b"
)
_DID_THEN = Rare(  # "rebound heartburn when she tried to quit in the spring"
    r"^ when (?:she|he|they|i|pt) (?:first |last )?(?:ran|stopped|quit|tried|missed|came|went|was|took|had|skipped|got|"
    r"forgot|used)\b[^.;]{0,50}?\b(in (?:(?:19|20)\d\d|(?:the |early |late )*(?:spring|summer|winter|fall|past))|"
    r"last (?:year|yr|spring|summer|fall|winter|month)|\w+ (?:years?|yrs?|months?|mos?) ago|back then|as an? \w+|"
    r"on (?:vacation|a trip))\b"
)
_IN_A_SEASON = Rare(r"^ in (?:the )?(?:early |late )?(spring|summer|winter)\b")
_STARTED = re.compile(r"\b(?:started|began|kicked in|came on|broke out|swelled|hurt|fell out)\b")
_LOWERED_FOR = Rare(
    r"\b(lowered|cut|reduced|dropped|decreased|backed (?:off|down)|came down|halved)\b[^.;]{0,40}"
    r"\b(?:because of|bc of|b/c of|d/t|due to|from|for|bc|over) (?:the |her |his |bad |some )?$"
)
_FINE_NOW = re.compile(
    r"^(?:,| -|;)(?![^.]*\b(?:not|isn'?t|never|hasn'?t)(?: \w+)? (?:gone|resolved|away|normal|over)\b)"
    r"[^.]{0,25}?\b(?:formed|fine|normal|ok|okay|good|clear|flat|solid|regular|dry|gone|better|steady|none|"
    r"no more)"
    r"(?: (?:now|since|again|lately|today))"
)
_ON_IT_IN = Rare(  # "was on Haldol in the 80s and his jaw locked up"
    r"\b(in (?:the )?(?:early |late |mid )?(?:'?[5-9]0'?s|19[5-9]\d|20[0-3]\d)),? (?:and|&|when)"
    r"(?: (?:he|she|his|her|the|it|they|i|my|pt|both))* $"
)
_NO_VITAL = re.compile(r"\b(?:bps?|sbp|systolics?|hr|pulse|sugars?|bgs?|glucose|sats?|pressures?|running|lows?) $")
_ON_IT_THEN = Rare(  # "jaw locked up on Haldol in the 80s"
    r"^(?: out| up| over)? (?:on|w/|with|from|after|while on|when on) (?:[\w/'-]+ ){1,3}"
    r"((?:back )?in (?:the )?(?:early |late |mid )?(?:'?[5-9]0'?s|19[5-9]\d|20[0-3]\d)|"
    r"(?:\w+ )?(?:years?|yrs?) ago|long ago)\b"
)
_DID_SO = re.compile(
    r"\b(?:locked|swelled|swole|fell|fainted|passed|vomited|threw|blacked|bled|gained|lost|put on|ached|itched|broke|"
    r"grew|ran|shook|burned|cramped|twitched|turned|tore|went|came|blew|puffed|peeled|ballooned|couldn't|seized|stiffened)\b"
)
_SOME_DAYS = (
    r"(?:first|1st|initial) (?:(?:few|couple(?: of)?|several|\d{1,2}(?: ?(?:-|or|to) ?\d{1,2})?|two|three|four|five|"
    r"six|ten)(?: or (?:two|three|four))? ?)?(?:days?|d|wks?|weeks?|mos?|months?|nights?|nites?|doses|"
    r"shots)\b(?: or (?:two|so|2))?"
)
_FIRST_DAYS = Rare(  # "loose stools the first couple weeks", not "dizzy the first day after each shot"
    r"^(?: (?!and\b|but\b|since\b|until\b|no\b|or\b|after\b)[\w/'-]+){0,3}?[, ]{1,2}"
    rf"(?:for |in |during |over |at )?((?:only |just )?(?:the |her |his |my )?{_SOME_DAYS}(?: only)?)"
    r"(?! (?:or (?:two|so|2)\b|of (?!it\b|taking|starting|being|treatment|tx\b|therapy|the (?:new|med|drug|dose|pill))|"
    r"post|following|after (?!start|beginning|the (?:new|change|switch))|back|in a row)|"
    r",? ?(?:and|but|then)(?: \w+)? (?:still|now|worse|getting|ongoing|every|again|kept|keeps))"
)
_FIRST_DAYS_HAD = Rare(
    rf"\b({_SOME_DAYS})(?: (?:on|of|after|w/|with) (?:it|that|them|this|starting|taking it))?,? "
    r"(?:(?:she|he|pt|i|they|it) )?(?:had|was|were|got|felt|made (?:her|him|me)|gave (?:her|him|me))"
    r"(?: (?:so|very|really|some|bad|a|little|bit|of|the|awful|terrible|mild|lots))* $"
)
_GOT_OVER = Rare(  # "was dizzy, past that now", "hives from sulfa, that's behind her"
    r"^(?:[^.;,]{0,30}?(?=,| -| –))?"
    r"(?:[\s,;–-]|\b(?:but|and|now|she|he|pt|they|it|that|this|those|these|i|(?:she|he|it|that)'?s|i'm|they're|is|are|"
    r"was|all|both|has|have|since|finally|thankfully|says|pretty much)\b)*"
    r"((?:(?:got|gotten|done|is|was|well|all) )?(?:(?:(?<!sleeps )(?<!works )(?<!pushes )over|past|beyond)"
    r" (?:that|it|this|them|those|these|all (?:of )?(?:that|this|it))|"
    r"(?:got|gotten|is|was|all) (?:through|thru) (?:that|it|this)|(?:in )?back of (?:her|him|me)|"
    r"behind (?:her|him|me|them|us)))"
    r"(?=\s*(?:$|[,.;)]|now\b|within\b|in \w+ (?:d|day|wk|week|mo)|after\b|by\b|once\b|and\b|but\b|thank))"
)
_OVER_THE = Rare(  # "got over the nausea", "she's past the headaches"
    r"(?<!not )(?<!never )(?<!n't )(?<!hardly )(?<!barely )\b((?:got|gotten|is|(?:she|he)'?s|i'm|are|was|finally|now) "
    r"(?:over|past|beyond|done (?:with|w/)))(?: (?:the|her|his|my|that|those|all|most of|initial|early|bad))+ $"
)
_OF_PAST = any_of(
    *(_FIRST_DAYS, _FIRST_DAYS_HAD, _GOT_OVER, _OVER_THE),
    *(_USED_TO, _HAD_MADE, _SHE_USED_TO, _WAS_BEFORE, _UNTIL_DID, _IN_MONTH, _QUIT_FOR, _BEFORE_THE_END, _DID_THEN),
    *(_IN_A_SEASON, _LOWERED_FOR, _CAME_OFF, _ON_IT_IN, _ON_IT_THEN, _SO_LONG_AGO, _FELT_THEN, _HIS_KIN_HAD),
)


def past_words(line: Line, one: Found) -> tuple[int, int] | None:
    """The span of the words that tell that a symptom is over; None where none do."""
    lacks = line.lacks
    if lacks & _OF_PAST:
        return None
    start, end = one.start, one.end
    near = max(0, start - _CLOSE)
    for before in (_USED_TO, _HAD_MADE, _FIRST_DAYS_HAD, _OVER_THE):
        if said := before.search(line.low, lacks, near, start):
            return said.span(1)
    if (said := _HIS_KIN_HAD.search(line.low, lacks, 0, start)) and _ON_THAT.match(line.low, end):
        return said.span(1)
    rest = line.low[end : end + _BEHIND]
    if (said := _WAS_BEFORE.match(rest, lacks)) and _WAS.search(line.low, near, start):
        return _moved(said, end)
    for behind, holds in _BY_WHAT_FOLLOWS:
        if (said := behind.match(rest, lacks)) and holds(line, one):
            return _moved(said, end)
    if (said := _LOWERED_FOR.search(line.low, lacks, 0, start)) and _FINE_NOW.match(rest):
        return said.span(1)
    dated = _ON_IT_IN.search(line.low, lacks, 0, start)
    if dated and _did(line, one) and not _NO_VITAL.search(line.low, 0, dated.start()):
        return dated.span(1)
    return None


_NOT_UNTIL = Rare(  # "no cough until lisinopril was started", "no nausea other than w/ the first dose": it is there
    r"^(?: at all| ever| like (?:this|that)| (?:this|so) bad)? (?:until|till?|(?:before|prior to) "
    r"(?!(?:bed|bedtime|meals?|breakfast|lunch|dinner|supper|hand|this|"
    r"that(?! (?:one|drug|pill|med|new))|or|and|visit|the visit|now|today)\b)) ?\w|"
    r"^,? (?:except|other than|aside from|apart from|unless|outside of|besides)(?: for)? "
    r"(?:w/|(?:with|when|while|if|after|on|in|at|during|the first|right|first|she|he|i|pt)\b)"
)


def came_only_then(line: Line, one: Found) -> bool:
    """Whether what was denied is told to have come since, or in some cases."""
    return bool(_NOT_UNTIL.match(line.low[one.end : one.end + _BEHIND], line.lacks))


def _moved(said: re.Match[str], by: int) -> tuple[int, int]:
    return by + said.start(1), by + said.end(1)


def _always(line: Line, one: Found) -> bool:
    return True


def _no_longer_so(line: Line, one: Found) -> bool:
    """ "nauseated until the dose was lowered", not "can't sleep until ..."."""
    return not _STILL_SO.search(line.low, max(0, one.start - _CLOSE), one.start + 1) and not _STILL_SO.match(
        line.low, one.start, one.end
    )


def _an_event(line: Line, one: Found) -> bool:
    return _HAPPENED.match(line.low, one.start, one.end) is not None


def _felt(line: Line, one: Found) -> bool:
    return _FELT.search(line.low, 0, one.start) is not None


def _given(line: Line, one: Found) -> bool:
    """ "gave her nightmares", "made him sick"."""
    return _GAVE_ITSELF.match(line.low, one.start) is not None or bool(
        _GAVE.search(line.low, max(0, one.start - _CLOSE), one.start)
    )


def _started(line: Line, one: Found) -> bool:
    return _STARTED.search(line.low, one.start, one.end) is not None


def _had(line: Line, one: Found) -> bool:
    return _GOT.search(line.low, max(0, one.start - _CLOSE), one.start) is not None


def _did(line: Line, one: Found) -> bool:
    return _DID_SO.search(line.low, one.start, one.end) is not None


_BY_WHAT_FOLLOWS = (
    (_ON_IT_THEN, _did),
    (_FIRST_DAYS, _always),
    (_GOT_OVER, _always),
    (_SHE_USED_TO, _always),
    (_UNTIL_DID, _no_longer_so),
    (_IN_MONTH, _an_event),
    (_SO_LONG_AGO, _an_event),
    (_FELT_THEN, _felt),
    (_QUIT_FOR, _given),
    (_CAME_OFF, _had),
    (_BEFORE_THE_END, _always),
    (_DID_THEN, _always),
    (_IN_A_SEASON, _started),
)
