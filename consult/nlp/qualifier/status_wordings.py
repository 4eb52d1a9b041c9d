"""Wordings around a drug that tell of its use by their form: doubt about the use, use of long ago, a planned stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consult.domain.mention import Cue
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line

_BEFORE = 80  # characters
# What is done with a drug that is taken, in any form of the verb.
CHANGE = (
    r"(?:(?:down|up)-?)?titrat\w*|taper\w*|wean\w*|decreas\w*|lower\w*|reduc\w+|increas\w*|rais\w+|adjust\w*|"
    r"optimi[sz]\w*|bump\w*|doubl\w+|halv\w+|cut\w*|split\w*|upp(?:ed|ing)|"
    r"(?:go|goes|going|went|back|backed|backing|inch|inching|creep|creeping) (?:up|down|off|lower|higher)(?: on)?"
)
_TWICE = 2
# "not sure whether he's still on X", "can't recall ever taking X": between the doubt and the drug stand only such words
_NOT_KNOWN = Rare(
    r"\b(not (?:sure|certain|positive|clear)|(?:is|was|are|were)n'?t (?:sure|certain|positive|clear)|unsure|"
    r"(?:work|figure|sort|make) out(?= (?:if|whether))|uncertain|unclear|unknown|(?:do|does|did)(?:n'?t| not) (?:know|"
    r"recall|remember|think)|(?:can|could)(?:'?t|n'?t|not| not) (?:say|recall|remember|tell|confirm|verify)|no idea|"
    r"no recollection of|unable to (?:say|recall|confirm|verify|tell)|no memory of|confused about|"
    r"question(?:able)?)(?: (?:from|per|based on|by) (?:the |her |his )?[\w'-]+| to (?:me|us))?(?: (?:for sure|if|"
    r"whether|that|or not|he'?s?|she'?s?|pt|(?:her|his|my|the) (?:father|mother|dad|mom|husband|wife|son|daughter|"
    r"patient|pt)|they'?re|they|i'?m|i|we|is|was|are|has|had|have|does|did|still|even|ever|also|supposed to|meant "
    r"to|be|being|"
    r"been|on|taking|takes?|took|uses?|used|using|given|getting|gets|got|started|stopped|about|of|re|actually|really|"
    r"currently|now|again|hospital|kept|keeps?|put|left|sent|discharged|doctor|dr)\b,?){0,8} (?:(?:the|her|his|my|a|"
    r"any) )?$"
)
OF_DOUBT = any_of(_NOT_KNOWN)
_NOT_USE = re.compile(
    r"^ ?(?:\S+ )?(?:dos(?:e|es|ing|age)|strength|directions|instructions|timing|times?|sig|schedule|copay|cost|"
    r"refills?|is for|helps?|helping|works?|working|does|do|is doing|causes?|causing|makes?|is why|is the|interacts?|"
    r"with food|should be|needs?|will|would|is covered|covered|in (?:am|pm))\b"
)
_THINKS_NOT = re.compile(r"(?:do|does|did)(?:n'?t| not) think")
_OF_USE = re.compile(r"\b(?:on|taking|takes?|took|uses?|used|using|given|getting|gets|got|started)\b")
_SEQUEL = re.compile(r"^ ?(?:,? ?(?:or|and)|/|,) ?(?:the |her |his )?$")
_AGO = (
    r"(?:about |maybe |many |several |a few |few |some |over |like |~ ?|>)*(?:\d+\+? ?|(?:a|one|two|three|four|five|"
    r"six|ten|twenty|couple|few|many|several) )?(?:y|yrs?|years?|decades?) (?:ago|back)|\bas an? (?:young )?(?:kid|"
    r"child|teen|teenager|baby|girl|boy|young \w+|youth)|\bin (?:(?:her|his|my) )?(?:(?:early|late|mid) )?(?:[1-5]0s|"
    r"teens|twenties|thirties|forties|youth)|\bin (?:college|high school|childhood)|"
    r"\bin (?:the )?(?:distant |remote )?past\b|"
    r"\bin (?:1st|2nd|3rd|[4-9]th|first|second|third|fourth|fifth|sixth|grade|middle|elementary) (?:grade|school)|"
    r"\bin (?:19[5-9]\d|20[0-2]\d)(?=,? ?[:–-])|\bx ?[12],? (?:last|in) \w+|"
    r"\bin the (?:early |late |mid |"
    r"mid-)?(?:(?:19)?[5-9]0|20[01]0)'?s|\bback in (?:the )?\S+|(?:a )?(?:long|while|long time|long while) (?:ago|"
    r"back)|way back|decades back|once upon a time"
)
LONG_AGO = Rare(_AGO)
_AGO_BEHIND = re.compile(
    r"^(?: \d[\w.,/%-]*| mg| mcg| units?| qd| bid| tid| qhs| daily| pills?| tabs?| caps?| use| usage| therapy| tx| "
    rf"rx| trial){{0,4}},? ?(?:-|–|\()? ?(?:{_AGO})\b"
)
_BEGAN = re.compile(
    r"\b(?:start\w*|began|begun|add\w*|since|dx\w*|diagnosed|put (?:her|him|me|pt) on|prescribed|rx'?d|restarted|"
    r"resumed|chang\w+|increas\w+|decreas\w+|switch\w*|still|continu\w+|last (?:dose|fill|filled|refill|level)|for|"
    r"been on|refill\w*|allerg\w*)\b"
)
_PLANNED = Rare(
    r"\b(?:plan(?:s|ned|ning)?|will|'ll|going|gonna|wants?|wanting|would like|'d like|hop(?:es|ing)|wish(?:es|ing)?|"
    r"anxious|love|help|may|might|could|consider\w*|asking|begging|begs|pleading|think(?:s|ing)? (?:of|about)|"
    r"talk\w* (?:of|about)|discuss\w*|"
    r"agree[sd]?|agreeable|ready|aim(?:s|ing)?|intends?|try|tries|trying|tried|attempt(?:s|ed|ing)?|eager|keen|"
    r"rec'?d?|advis\w+|recommend\w*|"
    r"suggest\w*|propos\w+|look(?:s|ing)|goal(?: is)?|option(?: is)?|asks?|asked|working|decid\w+ (?:if|whether)|"
    r"afraid|scared|nervous|reluctant|hesitant|slow\w*|gradual\w*|"
    r"(?:md|dr|pcp|np|cards|cardiology|cardiologist|neuro|neurology|gi|onc|oncology|psych|rheum|surgeon|team) to)"
    r"(?: (?:to|about|of|on|for|be|being|him|her|me|pt|"
    r"them|is|maybe|eventually|slowly|try|trying|help|get|getting|let|have|having|start|starting|begin|md|pcp|into|at|"
    r"mom|dad|mother|father|patient|w/|with|possibly|just|also|towards?|taper|wean|come|go|he|she|we|they|that|would|"
    r"should|coming|going|getting|being|taken|tapering|weaning|provider|prescribers?|"
    r"office|clinic|cards|cardiology|dr|doctor|np))*"
    r"(?:,|(?<!plan):)? ?$"
)
_RAISED = Rare(  # a stop that is talked over: "will ask Dr. Patel about stopping aspirin", "message to PCP re: d/c of"
    r"\b(?:ask\w*|call\w*|messag\w*|msgs?|msg'd|pag(?:e|ed|ing)|fax\w*|contact\w*|check\w*|speak\w*|spoke|talk\w*|d/w|"
    r"discuss\w*|question\w*|request\w*|sent|send\w*|note|letter|email\w*|consult\w*|follow(?:ed)? up|f/u|raise|"
    r"bring up)"
    r"(?: [\w./'’-]+){0,5}? (?:about|re|re:|regarding|if|whether|concerning|on)"
    r"(?: (?:she|he|they|we|pt|can|could|should|to|possibly|maybe|safely|the|need|needs|may))* $"
)
_PLANNED_FIRST = Rare(  # "will start Flonase and wean off the Afrin"
    r"\b(?:(?:will|'ll|plans?|planning|going|gonna|agreed|agrees|wants?|would like|rec|recommend\w*|advised)(?: to)?|"
    r"(?:plan|a/p|recs?) ?[:=-]) "
    r"(?:start|try|begin|add|switch|change|go|taper|cut|lower|use|do)\b[^.;:]{0,50}?(?:&|\band|\bthen|,|\+)"
    r"(?: (?:then|also|slowly|to|gradually))* $"
)
_NOT_ABLE = Rare(  # "can't stop the Afrin", "hard to come off Ambien"
    r"\b(?:can'?t|can ?not|couldn'?t|could not|unable to|(?:not|never been) able to|hard to|tough to|difficult to|"
    r"impossible to|"
    r"won'?t|wouldn'?t|refus(?:es|ed|ing) to|instead of|rather than|afraid of|scared of|(?:won'?t|wouldn'?t|will not) "
    r"(?:even )?(?:hear(?: of| about)?|consider|discuss|entertain|(?:think|talk) (?:of|about)|budge on)|"
    r"(?:no ?body|no one|noone|never|not) (?:has |have |had |was |been )*(?:ever )?(?:said|says|told|asked|advised|"
    r"mentioned|suggested|instructed)(?: (?:her|him|me|us|pt|them))?(?: (?:to|that she|that he|she should|"
    r"he should))?|never (?:want(?:s|ed)?|"
    r"plans?) to|"
    r"no (?:way|plans?|desire|interest|intention) (?:to|of|in))(?: (?:just|really|ever|seem to|be|even|bring (?:him|"
    r"her)self to))* $"
)
_ENDED = re.compile(r"(?:ed|taken|gotten) off$|^(?:stopped|discontinued|d/c'd|dc'd)$")
_WANTED = Rare(
    r"\b(?:wants?|would like|hop(?:es|ing)|needs?|asks?|asked|wish(?:es)?|hoping)(?: (?:to have|to get|to see))?"
    r" (?:her|him|me|pt|patient|them|mom|dad|it|to be|to get)(?: (?:to be|to get|being))? $|"
    r"\b(?:wants?|would like|prefers?|recommends?|suggests?)(?: to (?:have|get|see))? (?:the|her|his|my|this) [\w'/-]+"
    r"(?: [\d.,/]+(?: ?(?:mg|mcg|units?))?)?(?: (?:slowly|to be|gradually))* $"  # "wants the pramipexole tapered off"
)
_MAY_BE = Rare(  # "whether it could be swapped for another", "would like to have the Lyrica dropped"
    r"\b(?:can|could|may|might)(?: (?:just|also|now|safely|maybe|ever))* be $|"
    r"\b(?:would like|hop(?:es|ing)|wants?|prefers?|wish(?:es)?) to (?:have|get|see) (?:(?:the|her|his|my) )?[\w'-]+ $"
)
_PASSIVE = re.compile(
    r"^(?:stopped|discontinued|d/c'd|dc'd|dropped|swapped|switched|replaced|changed|taken|weaned|cut)\b"
)
STOPPING = re.compile(
    r"^(?:(?:be )?(?:done|finished|through) (?:with|w/?)|stop|stopping|quit|quitting|d/c|dc|d/c'?ing|discontinue|"
    r"discontinuing|discontinuation of|off|"
    r"(?:com|go|gett)ing off|(?:come|go|get) off|"
    r"(?:taper|wean|titrat|phas|cut|pull|tak|stepp)(?:e|ing)? ?(?:her |him |me |pt )?(?:off|out)(?: of)?|"
    r"(?:drop|dropping|pull|pulling)(?: (?:the|her|his|my))?|give up|giving up|get rid of|getting rid of|"
    r"deprescribe|deprescribing)$"
)
# "Symbicort - ran out, no longer uses": behind a cue that looks ahead stands nothing that it could speak of
_NO_OBJECT = re.compile(
    r"^ ?(?:$|[.,;:)!\"”-]|(?:it|them|this|that|those|these|in|since|after|before|until|till?|because|bc|b/c|cuz|d/t|"
    r"due|when|last|next|today|tonight|tomorrow|tmrw|yesterday|now|again|yet|by|per|but|and|so|early|late|back|as|"
    r"while|once|over|at|for|on|w/|with|earlier|recently|then|years?|months?|if|ago|either|herself|himself|"
    r"pending)\b(?!/)|x ?\d|~?\d|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|(?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day\b)"
)
_SLOWLY = re.compile(r"(?:taper|wean|titrat|phas)")
_PLAN_OF = re.compile(r"\b(?:plan|p|a/p|rec|recs)(?: is)? ?[:=-] ?(?:to |slowly |slow )*$")
_OPEN_END = frozenset(
    ("of", "to", "for", "with", "w/", "about", "from", "the", "re", "on", "off", "her", "his", "my", "by", "a")
)
_POINTS_BACK = re.compile(r"^ (?:it|them|this one|that one|this|that)\b(?! (?:med|drug|pill|is|was|makes|gives))")


_BESIDE = re.compile(  # between what is asked about and what is taken: "X is ok to take w/ my Y"
    r"^(?:'s)?(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?:,? (?:and )?(?:asks?|asking|asked|wonders|wants to know) (?:if|whether) "
    r"(?:it|they|that|this))?(?P<says>(?: (?:is|are|would|will|be|still|ok|okay|safe|alright|all right|"
    r"fine|compatible|allowed|good|bad|mix|mixes|interacts?|interferes?|go|goes|clash|clashes|mess|messes|work|works|"
    r"to|take|taken|taking|use|used|using|combine|together|along))*) (?:with|w/|w|alongside|on top of|while on|"
    r"while taking|if on|if taking|and) (?:(?:my|her|his|the|their|this|that|all) )?(?:other |current |daily )?$"
)
_JUDGED = Rare(
    r"\b(?:ok|okay|safe|alright|all right|fine|compatible|allowed|mix|mixes|interacts?|interferes?|go|goes|clash\w*)\b"
)
OF_JUDGEMENT = any_of(_JUDGED)
_ASKS_IF = re.compile(
    r"\b(?:is|are|if|whether|does|do|will|would|can|could)(?: (?:the|her|his|my|an?|taking|using|some|otc|it|ok|okay|"
    r"safe|for|to|take|that))* $"
)


_NO_ALLERGY = re.compile(
    r"\b(?:denies|denied|no|not|without|never had)(?: (?:an?|any|known|true|the|hx of|history of))* $"
)
_NOT_ALLERGIC = re.compile(
    r"^ ?\?+ ?[-–]{0,2} ?(?:(?:pt|patient|she|he|says|mom|dtr|daughter|wife|husband) )?(denies|denied|no\b|none|nope|"
    r"never|not (?:that|allergic|true))"
)


def allergy_denied(line: Line, drug: Drug, said: Cue) -> tuple[int, int] | None:
    """ "ASA allergy? pt denies", "no PCN allergy": the place of the denial."""
    if found := _NOT_ALLERGIC.match(line.low[max(said.end, drug.end) :]):
        start = max(said.end, drug.end)
        return start + found.start(1), start + found.end(1)
    behind = said.start >= drug.end and _NO_ALLERGY.search(line.low[max(0, drug.start - _BEFORE) : drug.start])
    return (drug.start - len(behind.group()), drug.start - 1) if behind else None


def beside_it(line: Line, drugs: list[Drug], index: int) -> bool:
    """Whether a drug is named as what another one is taken with: "X with my Y"."""
    found = _BESIDE.match(line.low[drugs[index - 1].end : drugs[index].start])
    return found is not None and (
        "and" not in found.group().split()[-2:] or bool(_JUDGED.search(found["says"], line.lacks))
    )


def asked_beside(line: Line, drugs: list[Drug], index: int) -> tuple[int, int] | None:
    """ "asks if Mucinex is ok w/ her lisinopril": the place of the words that ask whether both go together."""
    if index + 1 == len(drugs):
        return None
    found = _BESIDE.match(line.low[drugs[index].end : drugs[index + 1].start])
    if found is None or not _JUDGED.search(found["says"], line.lacks):
        return None
    before = line.low[max(0, drugs[index].start - _BEFORE) : drugs[index].start]
    return (
        (drugs[index].end + found.start("says") + 1, drugs[index].end + found.end("says"))
        if _ASKS_IF.search(before)
        else None
    )


_IT_WAS = Rare(
    r"\b(?:it was|it's|it is|it were|was it|blames?|blaming|suspects?|thinks?|from|due to)"
    r"(?: (?:all|just|the|her|his|my|that))* $"
)


_WHILE_ON_IT = Rare(  # "finished the prednisone Fri, was mean as a snake on the pred"
    r"\b(?:was|were|felt|had|got|kept|made|gave|couldn'?t|ate|slept|gained|lost|threw)\b[^.;]{0,60}"
    r" (?:on|w/|with|from|off)(?: (?:the|her|his|my|that))* $"
)
_NAMED_AGAIN = any_of(_IT_WAS, _WHILE_ON_IT)


def blamed_again(line: Line, drugs: list[Drug]) -> Iterator[tuple[int, int]]:
    """ "ramipril was switched, so it was the ramipril": a drug that is named again for what it did, and the first."""
    if len(drugs) < _TWICE or line.lacks & _NAMED_AGAIN:
        return
    for i, drug in enumerate(drugs):
        first = next((j for j in range(i) if drug.ingredients and drugs[j].ingredients == drug.ingredients), None)
        if first is not None and (
            _IT_WAS.search(line.low[: drug.start], line.lacks)
            or _WHILE_ON_IT.search(line.low, line.lacks, drugs[first].end, drug.start)
        ):
            yield i, first


def not_known(line: Line, drugs: list[Drug], index: int) -> tuple[int, int] | None:
    """The words of doubt whether a drug is taken: "couldn't say whether he takes Plavix or Eliquis"."""
    drug = drugs[index]
    first = drug
    while index and _SEQUEL.match(line.low[drugs[index - 1].end : first.start]):
        index -= 1
        first = drugs[index]
    start = max(0, first.start - _BEFORE)
    found = _NOT_KNOWN.search(line.low, line.lacks, start, first.start)
    if found is None or _NOT_USE.match(line.low[drug.end :]):
        return None
    if _THINKS_NOT.match(found[1]) and not _OF_USE.search(found.group()):
        return None  # "doesn't think it's the Lipitor"
    return found.span(1)


def long_ago(line: Line, drug: Drug, after: str) -> tuple[int, int] | None:
    """ "Accutane as a teen", "used Ambien years ago": a place in `after`, the words behind the drug."""
    found = _AGO_BEHIND.match(after) if LONG_AGO.possible(line.lacks) else None
    if found is None or _BEGAN.search(line.low[max(0, drug.start - 35) : drug.start]):
        return None
    return found.end() - len(found.group().lstrip(" ,(–-")), found.end()


def only_planned(line: Line, start: int, cue: str) -> bool:
    """ "planning to taper off Paxil", "thinking of pulling the Plavix": it is taken until then."""
    if _PASSIVE.match(cue) and _MAY_BE.search(line.low[max(0, start - _BEFORE) : start], line.lacks):
        return True
    if _ENDED.search(cue):
        return bool(_WANTED.search(line.low[max(0, start - _BEFORE) : start], line.lacks))
    if cue.split()[0] == "let":
        return planned(line, start)  # "daughter will let it run out"
    if _SLOWLY.match(cue) and _PLAN_OF.search(line.low[:start]):
        return True  # "plan: taper off lorazepam over 8 wk"
    before = line.low[max(0, start - _BEFORE) : start]
    if STOPPING.match(cue) and _NOT_ABLE.search(before, line.lacks):
        return True
    return bool(STOPPING.match(cue)) and (
        planned(line, start) or bool(_RAISED.search(before, line.lacks) or _PLANNED_FIRST.search(before, line.lacks))
    )


def planned(line: Line, start: int) -> bool:
    """Words of a plan, a wish or advice stand right before the offset."""
    return bool(_PLANNED.search(line.low[max(0, start - _BEFORE) : start], line.lacks))


def commented(cue: str, after: str, of_another: bool) -> bool:
    """Whether the cue has no object behind it, so that it comments on what was named before."""
    if _POINTS_BACK.match(after) and not of_another:
        return True
    return cue.split()[-1] not in _OPEN_END and bool(_NO_OBJECT.match(after))
