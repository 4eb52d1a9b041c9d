"""Blame by a word that stands for the drug named before: "the bad dreams it gave her", "which she blames on it".

What such lines have in common is a subject that can only be the drug ("it", "that one", "the last shot") with a verb
of bringing about, an opinion about it, a change of its dose since which the symptom is there, or the amount that brings
it.
"""

from __future__ import annotations

import re

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.blame_wordings import changed
from consult.nlp.qualifier.drug_list import chain, loosely_listed
from consult.nlp.qualifier.known import given_for, known_for

_REACH = 100  # characters
_ENDS = r"(?=$|[,.;:)!?\"”]| (?:and|but|so|or|then|which|when|if|bc|because|for|too|now|she|he|is|are|was|were|w/)\b)"
_ONE = (
    r"(?:one|ones|stuff|pills?|meds?|drug|dose|shots?|inj(?:ection)?s?|infusions?|patch(?:es)?|inhaler|"
    r"cream|gel|drops|tab(?:let)?|cap(?:sule)?|round|"
    r"spray|puff|kind|medicine|medication)"
)
_PART = (
    r"(?:am|pm|noon|midday|morning|afternoon|evening|night|bedtime|hs|lunch|supper|dinner|breakfast|daytime|nighttime)"
)
_IT = (
    r"(?:it|that|this|they|those|these|(?:(?:that|this|the|each|every|his|her|my) )?(?:last|first|second|third|next|"
    r"other|"
    rf"old|regular|new|\d(?:st|nd|rd|th)) {_ONE}|"
    rf"(?:(?:the|his|her|my|each|every) )?{_PART} {_ONE}|(?:the )?(?:former|latter)|the (?:first|second)|"
    rf"(?:that|this|the|each|every) {_ONE}|the (?:regular|"
    rf"old one|generic))"
)
_HAD = (
    r"(?:'(?:d|s|ve))?(?: (?:had|has|have|was|is|were|are|been|would|will|kept|keeps|started|began|just|really|always|"
    r"also|only|still|sometimes|usually|ended up|stung and|burned and|hurt and))*"
)
_WHOM = r"(?: (?:him|her|me|them|us|pt|mom|dad|the pt|wife|husband))"
_GAVE = (
    r"(?:g[ai]v(?:es?|ing|en)|gave|caus(?:es?|ed|ing)|mak(?:es?|ing)|made|leav(?:es?|ing)|left|bring(?:s|ing)?(?: on|"
    r" out)?|brought(?: on| out)?|trigger(?:s|ed|ing)?|set(?:s|ting)? off|produc(?:es?|ed|ing)|creat(?:es?|ed)|"
    r"leads? to|led to|result(?:s|ed) in|stirr(?:ed|s) up|kick(?:s|ed) (?:up|off))"
)
_GOT = (
    r"(?:get(?:s|ting)?|got|gotten|had|has|puts?|sends?|sent|throws?|threw|thrown|turn(?:s|ed)|render(?:s|ed)|"
    r"knock(?:s|ed)|driv(?:es?|en)|drove|land(?:s|ed)|ke(?:eps?|pt)|wore|wears|ran|runs)"
)
_DID = Rare(  # "it had gotten her so dehydrated", "last one left a red welt"
    rf"(?:^|[ ,;(–-]){_IT}{_HAD} (?:{_GAVE}{_WHOM}?|{_GOT}{_WHOM})"
    r"(?: (?!no\b|not\b|less\b|better\b|never\b|fewer\b|off\b|relief\b|over\b|and\b|but\b|through\b)[\w'-]+){0,4} $"
)
_DOER = Rare(  # "both tore up her stomach", "it's been making her sleepy"
    rf"(?:^|[ ,:;–-])(?<!half of )(?<!some of )(?<!most of )"
    rf"(?:{_IT}|(?:both|all(?: three| four)?|each(?: one)?|every one|either(?: one)?)(?: of (?:them|"
    rf"those))?){_HAD} $"
)
_QUOTED = re.compile(r"[,.;:–-] ?[\"“']$")
_VERBS = wordlist.words("qualifier", "blame_verbs.txt")
_IT_GAVE = Rare(  # "the bad dreams it gave her quit", "the constipation that comes with it"
    rf"^(?: that| which|, which)? (?:{_IT}{_HAD} (?:{_GAVE}|{_GOT}(?={_WHOM}))\b(?! (?:way|up)\b)|"
    r"(?:comes?|came|coming|goes|went) (?:along )?(?:with|from|after) "
    rf"(?:it|that|them|taking it)\b{_ENDS})"
)
_OF_IT = Rare(  # "hates the moon face from it and skips it", "queasy until she backed down to 1.2"
    r"^(?: (?!better|gone|less|resolved|improved|no\b|not\b|eased|and\b|but\b)\w+){0,2}? (?:from|off|due to|d/t|"
    r"because of|"
    rf"bc of|thanks to) (?:it|that|them|those|this|(?:that|this|the) {_ONE})\b(?:(?= every| each| all| at)|{_ENDS})|"
    r"^,?(?: that| which)?(?: (?:she|he|i|pt))? (?:never (?:had|got|used to (?:get|have))|didn't (?:have|"
    r"get))(?: any)? (?:before|until|till) (?:it|this|that|starting (?:it|this|that))\b|^(?: \w+){0,2} (?:until|"
    r"till) (?:she|he|we|they|i|pt|pcp|md|dr) (?:backed|cut|dropped|went (?:down|back)|lowered|reduced|halved|split|"
    r"came (?:off|down)|stopped|quit|switched)\b(?! (?:smok|drink|eat|work|the (?!dose|pill|med|drug)|her\b|his\b))"
)
_OPINION = (
    r"(?:convinced|sure|certain|positive|swears?|thinks?|thought|believes?|figures?|reckons?|says?|said|feels?|"
    r"suspects?|insists?|bets?|decided|knows?|wond(?:ers?|ering)(?: if| whether)?|asks if|and|but|-|–|,)"
)
_HELD = Rare(  # "one yeast infection in Oct that she blames on it"
    r"^[^.;]{0,60}?(?:\b(?:(?:blam|pin|put|chalk|attribut|credit|ascrib|trac|link|relat|connect)\w*|la(?:ys?|id)|ties?|"
    r"tied)(?: (?:it|this|that|them|those|all|these))?(?: all)?(?: down| up| back)? (?:on|to) (?:it|that|this|them|"
    r"those|"
    rf"(?:that|this|the) {_ONE})\b|\b(?:at its (?:door|feet)|holds? (?:it|that) responsible|held (?:it|"
    rf"that) responsible|"
    r"(?:suspicious|wary) of (?:it|that))\b|\b(?:blam|fault|accus|suspect)(?:es?|s|ed|ing)? (?:it|that|this)\b(?: for|"
    r" of)?|"
    rf"{_OPINION}(?: that)? {_IT} (?:does|did|is doing|was doing|causes|caused|started) (?:it|that|this)\b|"
    rf"{_OPINION}(?: that)? (?:it'?s|that'?s|thats|it is|that is|that one is|it has to be|it must be)(?: (?:prob\w*|"
    rf"likely|"
    r"all))? (?:what(?:'s| is) (?:doing|causing) (?:it|that)|what (?:it is|(?:it|that) was|did it|does it|caused it|"
    r"causes it|is doing it)|to blame|"
    r"doing (?:it|this|that)|behind (?:it|this|that)|at fault|responsible|"
    r"(?:the )?(?:cause|culprit|reason)))"
    rf"{_ENDS}"
)
_NOT_IT = Rare(
    r"\b(?:not|never|doesn'?t|don'?t|didn'?t|isn'?t|wasn'?t|nobody|no one|neither|nor|quit|stopped) (?:\w+ )?\w*$"
)
_AMOUNT = (
    r"(?:whole|full|entire|both|two|three|four|2|3|4|second|2nd|third|3rd|extra|more|more than (?:one|two|\d)|all|"
    r"higher|bigger|double|other(?: half)?)"
)
_AMOUNT_OF = (
    r"(?: (?:\d+|thing|ones?|dos(?:e|es)|pills?|tab\w*|cap\w*|amount|puffs?|of them|three|two|mg|half|patch(?:es)?|"
    r"gummies|in|at once|together|at a time|a day|daily|at night|at bedtime|in (?:a|one) day))*"
)
_IF_MORE = Rare(  # "groggy til noon if she takes the whole 100"
    r"^[^.;,]{0,30}? (?:if|when|whenever|once|(?:on )?(?:the )?(?:days|nights|mornings)(?: when| that)?|any ?time|"
    r"every time|each time) (?:she|he|i|pt|they)(?:'s)? (?:(?:tak(?:es?|ing)|took|uses?|has|had|gets?|got|does|did|"
    r"tries|tried|swallows|"
    rf"goes (?:up )?(?:to|over|past|above))(?: (?:the|a|her|his|my))* {_AMOUNT}{_AMOUNT_OF}|doubles? (?:up|it)|"
    rf"doubled (?:up|it)|overdoes it|ups it|takes more){_ENDS}"
)
_AT_MORE = Rare(
    r"^[^.;,]{0,20}? (?:(?:with|w/|on|at|from|after) (?:(?:the|a|her|his) )?(?:higher|bigger|full|whole|larger|"
    r"stronger|double)(?: (?:dose|one|pill|tab|tablet|cap|capsule|strength|\d+(?: ?mg)?))?|(?:with|w/|on|at|from|"
    rf"after) (?:more than (?:one|two|\d)|anything over \d+)(?: ?mg)?){_ENDS}"
)
_AT_STRENGTH = Rare(rf"^[^.;,]{{0,20}}? (?:at|on) (?:the )?(?!1[0-2]\b)\d{{2,4}}(?: ?mg| ?mcg)?{_ENDS}")
_SINCE_STRENGTH = Rare(r"^ (?:ever )?since (?:on |at |the |up to )?(\d+(?:\.\d+)?)(?: ?mg| ?mcg)?(?=$|[.;,)])")
_SINCE_MORE = Rare(  # "since the bump from 25"
    r"^(?: [\w/]+){0,4}?,? (?:ever )?(?:since|after|with|w/) (?:(?:the|her|his|my|that|last|recent|a|we|they|it|dose|"
    r"md|pcp|dr|she|he|was|got) )*(?:bump|jump|increas|rais|step|stepp|mov|chang|going|went|hik|upp|titrat|"
    r"doubl)\w*(?: up| it)? (?:up )?(?:from|to) (?:the )?\d[\d./]*"
)
_EVER_SINCE = Rare(  # "went from 24/26 to 49/51 mg three wks ago, ever since lightheaded"
    r"^(?P<told>(?:[^.;]|\.(?=\d)){0,90}?)(?:[;,–-]+| and| &)? ?\b(?:ever since(?: then)?|since then|since that (?:day|"
    r"time|week)|from (?:that (?:day|time|point)|then)(?: on)?),?(?: (?:she|he|i|pt|they|she's|he's|i'm|i've|has|have|"
    r"had|is|are|been|gets?|getting|got|feels?|feeling|with|w/|having|some|her|his|my|the|both|more|very|so|quite|bad|"
    r"really|a|bit|lot|of|\w+ (?:and|&)))* $"
)
_RAISED = re.compile(
    r"\b(?:raised|increased|doubled|tripled|bumped|upped|up to|went (?:up|to)|went from|moved up|put up|titrated|"
    r"inc'?d|started|added|began|new|restarted|switched to|changed to|stepped up)\b|↑"
)
_LOWERED = re.compile(
    r"\b(?:down|cut|lower\w*|decreas\w*|reduc\w*|halv\w*|off|stopp\w*|held|hold|quit|tapered|skip\w*|d/c'?d?|less|"
    r"better|fewer|without)\b"
)
_FROM_TO = re.compile(r"\b(\d+(?:\.\d+)?)[\d./]*(?: ?mg| ?mcg| ?units?)? ?(?:->|→|to) ?(\d+(?:\.\d+)?)")
_BEGAN = Rare(
    r"\b(?:start(?:ed|ing)?|began|put on|placed on|added|raised|increased|doubled|bumped(?: up)?|upped|went up on|"
    r"switched to|changed to)(?: (?:the|her|his|my|on|some))* $"
)
_DAYS_AFTER = Rare(  # "last given 11/6, sore arm for a day after"
    r"^(?: (?:for|x|lasting|lasted|about|almost|like))*(?: (?:a|an|one|two|three|four|few|couple|couple of|several|"
    r"\d+(?:-\d+)?|the|next|following|all|that))* ?(?:d|days?|h(?:ou)?rs?|nights?|w(?:ee)?ks?|morning|"
    r"evening)(?: or (?:so|two))? ?(?:after(?:wards?)?|post|following|each time|every time)(?=$|[,.;)!])"
)
_GIVEN = re.compile(
    r"\b(?:im|iv|subq|subcut|sq|sc|shots?|inj\w*|infus\w*|given|vaccine|booster|q ?\d+ ?-?(?:w\w*|m\w*)|monthly|weekly|"
    r"q ?mo|q ?wk|every (?:\d|two|other|week|month)\w*)\b"
)
_OF_BOTH = Rare(
    r"^ (?:with|w/|on|from|after) (?:both(?: of them)?|either(?: one)?|all (?:of them|three|\d)|each(?: of them| one)?|"
    rf"them all){_ENDS}"
)
_BLAMES_BOTH = Rare(  # "bruises on her arms she blames on both", "cramps, pins it on the combo"
    r"^[^.;]{0,25}?(?:,| (?:that|which|who|she|he|pt|they|i))* (?:blam(?:es?|ed|ing)|pin(?:s|ned)?|puts?|lays?|laid|"
    r"chalks?|chalked|attribut(?:es?|ed)|faults?|ties|tied|trac(?:es|ed))(?: (?:it|this|that|them))?(?: (?:on|to|up to|"
    r"down to))? (?:both(?: of them)?|them both|all (?:of them|three|four)|the (?:two|pair|combo|combination|mix)"
    rf"(?: of them)?){_ENDS}"
)
_EASED = (
    r"(?:gone|better|resolv\w+|cleared(?: up)?|went (?:away|down)|improved|quit|stopped|let up|settled|subsided|faded|"
    r"eased(?: up)?|disappeared|left|calmed down|dried up|vanished|ended)"
)
_GONE_SINCE = Rare(  # "hand shakes went away after we switched her off Prograf"
    rf"^[^.;,]{{0,25}}? {_EASED}(?: [^.;,]{{0,20}}?)? (?:after|when|once|since|as soon as|now that|the (?:day|week|"
    rf"minute))"
    r"(?: (?!start|add|on\b|began)[\w']+){0,3}? (?:(?:(?:took|taken|switched|moved|changed|swapped|weaned|tapered|got|"
    r"pulled|came|went|coming|going|getting|being)(?: (?:her|him|me|them|pt|over|dad|mom))? (?:off|from|away from|"
    r"off of)|stopp\w+|quit|dropp\w+|pulled|ditched|tossed|nixed|d/c'?d?|held)|(?P<swapped>swapp\w+|traded|exchanged|"
    r"replaced|switched|changed))(?: (?:of|the|her|his|my|that|old|taking))* $"
)
_CAME_WITH = Rare(  # "stuffy nose that showed up with the Flomax"
    r"^(?: that| which)? (?:showed up|came up|came on|cropped up|set in|popped up|surfaced|appeared|kicked in|arrived|"
    r"turned up|crept in|began|started|hit)(?: right| soon| shortly| not long| a week| a month)? (?:with|w/|after|"
    r"alongside)(?: (?:the|her|his|my|starting|adding|taking|new))* $"
)
_LEFT_FOR_IT = Rare(  # "had vivid nightmares, so she quit it"
    r"^,? ?(?:- )?(?:so|and so|which is why|that's why|this is why)(?: then)? (?:she|he|they|i|we|pt|"
    r"(?:(?:the|her|his) )?(?:doctor|doc|dr|pcp|md|np|cards|cardio\w*|neuro\w*|psych\w*|gi|rheum\w*))"
    r"(?: (?:just|has|had|finally))? (?:quit|stopped|d/c'?d|dropped|tossed|threw out|threw away|gave up|came off|"
    r"went off)(?: (?:on|of|taking|using))* (?:it|that|them|this)\b"
)
_WITH_DOSES = Rare(  # "scalp tingling w/ doses", "yeast infxn in April after start", "hot flashes, ?ADR"
    r"^,? (?:w/|with|after|following) (?:(?:each|every|the|her|his|my|am|pm|morning|evening|first|few|higher) )*"
    rf"(?:doses|shots|injections|infusions|puffs|treatments){_ENDS}|"
    r"^,? (?:on|with|w/|upon|during|after) (?:instillation|application|administration|injection|insertion|inhalation|"
    rf"infusion){_ENDS}|"
    rf"^(?: \w+){{0,2}}? (?:since|after|w/|with) (?:the|those|these|her|his) (?:new )?{_ONE}s?{_ENDS}|"
    rf"^[^.;,]{{0,25}}? (?:after|since|upon|w/|with) (?:the )?(?:start|initiation|titration){_ENDS}|"
    rf"^[^.;]{{0,25}}?,? ?\(?(?:\? ?|poss\w* |likely |prob\w* )(?:an? )?(?:adr|ae|se|s/e|side[- ]effect|"
    rf"(?:drug|med)[- ]related|rxn){_ENDS}"
)
_INSTILLED = re.compile(r"\b(?:instill\w*|instil\w*|go(?:es|ing) in)\b")
_WHEN_TAKEN = Rare(  # "talks out of her head the nites she takes it", "shaky when the afternoon one kicks in"
    r"^,? ?(?:only |mostly |esp\w* )?(?:on )?(?:(?:the|those|any|all|every|each|most) )?(?:days?|nights?|nites?|"
    r"mornings?|evenings?|afternoons?|weeks?|weekends?) (?:that |when |after )?(?:she|he|i|pt|they)(?:'s)? (?:ever )?"
    r"(?:takes?|took|uses?|used|has|had|gets?|does|injects?|applies|wears?|doses?|taking|on|swallows|pops) "
    rf"(?:it|one|them|that|this|some|any|the {_ONE}|her {_ONE}|his {_ONE}){_ENDS}|"
    rf"^ (?:when|once|after|as) (?:it|(?:(?:the|her|his|that|each|every) )?(?:{_PART} )?{_ONE}) (?:kicks? in|hits?|"
    rf"takes hold|starts? working|goes in){_ENDS}"
)
_A_COURSE = r"(?:course|burst|taper|pack|dosepak|round|script|bottle|rx|treatment|regimen|cycle)"
_WHOLE_COURSE = Rare(  # "Flagyl, metallic taste the whole 7 days"
    rf"^,? (?:for |during |thru |through |throughout )?(?:the |her |his )?(?:(?:whole|entire|full) (?:time|{_A_COURSE}|"
    r"(?:\d+|two|three|four|five|six|seven|ten|fourteen) ?(?:d|days?|wks?|weeks?))|all (?:of )?(?:\d+|three|four|five|"
    rf"six|seven|ten) (?:days|weeks|wks|doses)){_ENDS}|^,? (?:throughout(?: (?:it|the {_A_COURSE}))?|"
    rf"(?:from )?(?:start|"
    r"beginning) to (?:finish|end)|(?:un)?till? (?:the |her |his |my )?(?:last|final) (?:pill|dose|day|one|tab\w*)|"
    rf"(?:un)?till? (?:it was |she was |he was |she |he )?(?:done|finished|over)(?: with it)?){_ENDS}"
)
_ALL_WEEK = Rare(rf"^,? (?:(?:the |that )?(?:whole|entire) |all )(?:week|wk|weekend)(?: long)?{_ENDS}")
_COURSE_DONE = Rare(rf"\b(?:done|finish\w*|complet\w+|ended|wrapped up|over|{_A_COURSE})\b")
_BEHIND_IT = Rare(  # "could it be behind her diarrhea?"
    r"(?:^|[ ,;.–-])(?:could|might|may|can|is|was|if|whether|thinks?) (?:it|that|this)(?:'s)?"
    r"(?: (?:may|might|could|is|be))* (?:behind|causing|the cause of|the reason for|what's causing|responsible for|"
    r"to blame for|doing)(?: (?:her|his|the|my|all|this|that|these))* $"
)
_FOR_ANOTHER = re.compile(r"^(?: \d[\d.]*(?: ?mg)?)?(?: out| over)? (?:for|to|with)\b")


def by_antecedent(line: Line, one: Found, drugs: list[Drug]) -> tuple[list[int], tuple[int, int]] | None:
    """The indexes of the drugs that a word in their place blames, and the span of the words that do."""
    earlier = [i for i, drug in enumerate(drugs) if drug.end <= one.start and one.start - drug.end <= _REACH]
    later = next((i for i, drug in enumerate(drugs) if drug.start >= one.end), None)
    gone = None if later is None else _GONE_SINCE.match(line.low[one.end : drugs[later].start], line.lacks)
    if later is not None and gone and (not gone["swapped"] or _FOR_ANOTHER.match(line.low[drugs[later].end :])):
        return [later], (one.end + 1, drugs[later].start - 1)
    if later is not None and not given_for(drugs[later], one.concept):
        came = _CAME_WITH.match(line.low[one.end : drugs[later].start], line.lacks)
        if came is not None:
            return [later], (one.end + 1, drugs[later].start - 1)
    if not earlier or given_for(drugs[earlier[-1]], one.concept):
        return None
    i = earlier[-1]
    drug, known = drugs[i], known_for(drugs[i], one.concept)
    gap, after = line.low[drug.end : one.start], line.low[one.end : one.end + _REACH]
    if later is not None:
        after = line.low[one.end : min(one.end + _REACH, drugs[later].start)]
    if both := _OF_BOTH.match(after, line.lacks) or _BLAMES_BOTH.match(after, line.lacks):
        return loosely_listed(line, drugs, i), (one.end + len(after) - len(after.lstrip(" ,")), one.end + both.end())
    did = _DID.search(gap, line.lacks)
    if _INSTILLED.search(line.low, one.start, one.end):
        return [i], (one.start, one.end)  # "stings on instillation"
    if did is None and line.low[one.start : one.end].split()[0] in _VERBS:
        did = _DOER.search(gap, line.lacks)
        if did is None and _QUOTED.search(gap):  # 'metformin 1000 mg bid, "runs right through me"'
            return [i], (one.start, one.start + len(line.low[one.start : one.end].split()[0]))
    if did is not None:
        joined = len(did.group()) - len(did.group().lstrip(" ,;:(–-"))
        return chain(line, drugs, i), (drug.end + did.start() + joined, one.start - 1)
    if asked := _BEHIND_IT.search(gap, line.lacks):
        return [i], (drug.end + asked.start() + 1, one.start - 1)
    if (since := _EVER_SINCE.match(gap, line.lacks)) and _more_taken(line, drug, since["told"]):
        return [i], (drug.end + since.end("told"), one.start - 1)
    behind = (
        _IT_GAVE.match(after, line.lacks)
        or _OF_IT.match(after, line.lacks)
        or _LEFT_FOR_IT.match(after, line.lacks)
        or _IF_MORE.match(after, line.lacks)
        or _AT_MORE.match(after, line.lacks)
        or _WHEN_TAKEN.match(after, line.lacks)
        or _WITH_DOSES.match(after, line.lacks)
        or (_AT_STRENGTH.match(after, line.lacks) if known else None)
    )
    if behind is None and known and _COURSE_DONE.search(line.low, line.lacks, max(0, drug.start - 25), one.start):
        behind = _WHOLE_COURSE.match(after, line.lacks) or _ALL_WEEK.match(after, line.lacks)
    if behind is None and (held := _HELD.match(after, line.lacks)) and not _NOT_IT.search(held.group(), line.lacks):
        behind = held
    if behind is None and (known or _GIVEN.search(line.low, drug.start, one.start)):
        behind = _DAYS_AFTER.match(after, line.lacks)
    if behind is not None:
        joined = len(behind.group()) - len(behind.group().lstrip(" ,–-"))
        return chain(line, drugs, i), (one.end + joined, one.end + behind.end())
    since = _SINCE_STRENGTH.match(after, line.lacks)
    if since and re.search(rf"(?<![\d.]){re.escape(since[1])}(?: ?m|\b)", gap):
        return [i], (one.end + 1, one.end + since.end())  # "donepezil 10 hs, nightmares since 10"
    if more := _SINCE_MORE.match(after, line.lacks):
        return [changed(line, drugs, earlier, one.start)], (one.end + 1, one.end + more.end())
    return None


def _more_taken(line: Line, drug: Drug, told: str) -> bool:
    """Whether the words behind a drug tell that more of it is taken, or those before it that it was begun."""
    if numbers := _FROM_TO.search(told):
        return float(numbers[1]) < float(numbers[2])
    if _LOWERED.search(told):
        return False
    return bool(_RAISED.search(told)) or bool(_BEGAN.search(line.low[: drug.start], line.lacks))
