"""What takes the blame from a drug: a warning that merely names it, another cause, a symptom that was there before."""

from __future__ import annotations

import re

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line

_TOLD_OF = Rare(  # "warned her about serotonin syndrome"
    r"\b(?:warn\w*|caution\w*|counsel\w*|advis\w*|educat\w*|remind\w*|"
    r"told(?! (?:us|me|md|doc|dr|doctor|pcp|np|clinic|nurse|office|the)\b)|explain\w*|taught|teaching|talk\w*|"
    r"discuss\w*|review\w*|went over|handout|info|watch(?:ing)?|look(?:ing)? out|monitor(?:ing)?|aware|knows)"
    r"(?: (?!has|had|from|since)[\w']+){0,3}? (?:about|of|on|re|re:|(?<=watch )for|(?<=watching )for|(?<=out )for|"
    r"(?<=monitor )for|regarding|against)(?: (?!has|had|from|since|after|because|for|stop|switch|chang)[\w']+){0,4} $"
)
_IF_IT_COMES = Rare(  # "ER if rash or mouth sores w Lamictal"
    r"\b(?:call|ring|phone|page|er|ed|911|stop|hold|go|come|seek|tell|notify|contact|return|let (?:us|me|md) know|"
    r"head)\b(?: [\w'/]+){0,5}? (?:if|should|in case)(?: [\w'/,]+){0,6} $|\b(?:call|report|"
    r"notify)\b(?: [\w']+){0,3}? (?:for|any|new)(?: [\w'/,]+){0,5} $|\b(?:stop|hold)\b(?: [\w'/]+){0,4}? (?:for (?:any|"
    r"new)|if)(?: [\w'/,]+){0,5} $|\b(?:warn\w*|explain\w*|counsel\w*|advis\w*|educat\w*|caution\w*)(?: (?:her|him|pt|"
    r"mom|dad|them))? that (?:[\w']+ )?$"
)
_IF = Rare(r"(?:^|[.;,!] |\b(?:and|then) )(?:if|should|for any)(?: (?:her|his|the|a|any|she|he|has|gets|you|your))* $")
_THEN_DO = Rare(
    r"^[^.;!]{0,50}?(?:[,:–-]|->|→| then| to)? ?\b(?:call|go to|stop|hold|seek|er|ed|911|let us know|come in|tell)\b"
)
_OTHERS = "|".join(sorted(wordlist.words("qualifier", "other_causes.txt")))
_OTHER_CAUSE = Rare(  # "ate at a buffet, it gave her diarrhea", "the heat made her dizzy"
    rf"^(?P<before>(?:[^.;]|\.(?=\d)){{0,90}}?)\b(?:{_OTHERS})s?\b(?: (?!after\b|before\b|takes\b|started\b|on\b|"
    rf"when\b)[\w']+)"
    r"{0,4}?,?(?: and| but|,? which| -)?(?: (?:it|that|this|they|all|has|had|just|really|always|"
    r"been)(?:'s)?)*(?:, the)? ?$"
)
_FROM_OTHER = Rare(rf"^(?: \w+){{0,2}} (?:after|from|since|due to|with|during) (?:\w+ ){{0,2}}(?:{_OTHERS})s?\b")
_OF_TIME = re.compile(
    r"\b(?:after|for|since|during|before|when|with|w/|(?<!ate )at|by|on|in|until|no|post|despite|from)(?: (?:the|her|"
    r"his|my|a|an|that|old|new|big))* $"
)
_IT_GAVE = Rare(r"^(?:that |which )?(?:it|that|this|they) (?:\w+ )?(?:g[ai]v|caus|ma[kd]|le[af]|br)")
_SAYS_WHY = Rare(
    r"\b(?:caus\w*|ma[kd]\w*|g[ai]v\w*|from|due|d/t|side effects?|ses?|s/e|scared|afraid|fear\w*|since|blam\w*|lead\w*|"
    r"led|trigger\w*|br(?:ing|ought)\w*|result\w*|because|bc|account|reasons?|view|owing|thanks|over)\b"
)
_BLAMES_OTHER = Rare(  # "stools loose, blames the gas station burritos"
    r"^[^.;]{0,40}?\b(?:blam(?:es|ed|ing)|pins|chalks|attributes|credits)(?: (?:it|that|this|them|those|these))?"
    r"(?: all)?(?: up)?(?: (?:on|to))? (?P<what>(?:the|her|his|my|all|a|an|too much|those|that|their|old)"
    r" [^.,;()]{3,60})"
)
_TELLS_CAUSE = re.compile(r"(?:from|due|d/t|caus|mak|made|giv|gave|2/2|secondary|because|bc)")
_DRUG_WORDS = re.compile(
    r"\b(?:meds?|medicines?|medications?|pills?|tabs?|tablets?|caps?|capsules?|shots?|injections?|infusions?|doses?|"
    r"drugs?|patch|patches|drops|inhalers?|insulin|antibiotics?|vitamins?|supplements?|statins?|steroids?|generics?|"
    r"brand|rx|scripts?|prescriptions?|one|ones|change|switch|increase|combo|both|two|stuff|it)\b"
)
_HAD_BEFORE = Rare(  # "a dry cough. Had both before the Lotensin too"
    r"^[^;]{0,50}?(?<!never )(?<!not )(?<!n't )\b(?:(?:had|has had|have had|'d had) (?:both|it|them|that|this|those|"
    r"these|all(?: of (?:it|that|them))?)|(?:was|were|been) (?:there|present|like that|that way|around)|"
    r"predat(?:es|ed|ing))(?: \w+)? ?(?:(?:long |well |way |years |yrs |even )*(?:before|prior to)|the )"
)


_OFF_IT = (
    r"(?:off|stopp(?:ing|ed)|d/c(?:'?ing|'?d)?|holding|held|quitting|quit|discontinu(?:ing|ed)|coming off|came off|"
    r"being off|without|w/o)(?: (?:of|the|her|his|my|taking))* $"
)
_DOUBTED = Rare(
    r"\b(?:doubt(?:s|ful)?|not (?:\w+ )?(?:convinced|persuaded)|(?:do|does|did)(?:n't| not) (?:think|believe|feel)|"
    r"unlikely)(?: that)?(?: (?:the|her|his|my|this|these))* $"
)
_IS_ITS = re.compile(
    r" (?:is|are|was|were|comes?|came)(?: (?:from|due to|d/t|2/2|because of|bc of|caused by|related to))?"
    r"(?: (?:the|her|his|my))* $"
)
_NOT_BEHIND = Rare(
    r"^ (?:(?:is|was|could be|would be|can be|has been|would|could|really) )*(?:(?:the |a |her |his )?"
    r"(?:likely |main |only )?(?:caus\w+(?: of)?|"
    r"reason(?: for)?|culprit(?: for)?|source of|giv\w+|mak\w+|behind|to blame(?: for)?|why|"
    r"responsible(?: for)?|contribut\w+(?: to)?|related to|what's causing|doing))(?: (?:the|her|his|him|my|this|all|"
    r"any|she|he|is|has|such|so|these))* $"
)
_STARTED_AFTER = Rare(
    r"^(?: (?:was|were|is|only|not|itself))* (?:started|added|begun|began|given|prescribed|came)"
    r"(?: (?:on|\d+ \w+|long|well|weeks|months|years|only|in))* after (?:(?:the|her|his|my|all|this|that) )*$"
)
_GOES_ON_OFF = Rare(  # "cough continues after stopping lisinopril", "dizzy even off the HCTZ"
    rf"^ (?:[\w'/]+ ){{0,2}}?(?:continu\w+|persist\w*|linger\w*|remain\w*|no better|not better|unchanged|"
    rf"still (?:there|present)|even)(?: [\w'/]+){{0,5}}? {_OFF_IT}"
)
_EITHER_WAY = Rare(  # "heartburn same with or without naproxen"
    r"^[^.;]{0,30}?\b(?:(?:with|w/) ?or ?(?:without|w/o)|on or off|regardless of|whether or not|no matter|"
    r"independent of)\b[^.;]{0,20}$"
)
_UNCHANGED = Rare(
    r"^[^.;,]{0,15}?\b(?:unchanged|no (?:better|change|diff\w*)|not (?:any )?(?:better|different)|"
    r"(?:the )?same|persist\w*|continu\w+)\b[^.;]{0,25}$"
)
_LESS_NOW = Rare(
    r"^(?: \d[\d.]*(?: ?m?c?g)?| dose| was| is| has been| got)* (?:cut|lowered|reduced|decreased|halved|stopped|held|"
    r"off|d/c'?d?|reduction|decrease|down|tapered)\b"
)
_STILL = re.compile(r"\bstill (?:(?:has|having|is|gets|getting|feels|very|so|some|the|c/o) )*$")
_OFF_NOW = re.compile(rf"(?: (?:even|when|while|after|since|now))* {_OFF_IT}")


def not_its(line: Line, one: Found, drugs: list[Drug]) -> bool:
    """Whether the line doubts that the drugs are to blame, or the symptom goes on without them."""
    for drug in drugs:
        if drug.start < one.end:
            if _STARTED_AFTER.match(line.low[drug.end : one.start], line.lacks):
                return True  # "Lipitor was started after the cramps began"
            if _NOT_BEHIND.match(line.low[drug.end : one.start], line.lacks) and _DOUBTED.search(
                line.low, line.lacks, 0, drug.start
            ):
                return True  # "doesn't think lisinopril is the cause of the cough"
            continue
        gap = line.low[one.end : drug.start]
        if _IS_ITS.fullmatch(gap) and _DOUBTED.search(line.low[: one.start], line.lacks):
            return True
        if _GOES_ON_OFF.match(gap, line.lacks) or _EITHER_WAY.match(gap, line.lacks):
            return True
        if _UNCHANGED.match(gap, line.lacks) and _LESS_NOW.match(line.low[drug.end :], line.lacks):
            return True  # "edema unchanged w/ amlodipine cut to 5"
        if _OFF_NOW.fullmatch(gap) and _STILL.search(line.low, 0, one.start):
            return True  # "still dizzy off lisinopril"
    return False


def there_before(line: Line, one: Found) -> bool:
    """Whether the line says behind a symptom that it was there before the drug."""
    return _HAD_BEFORE.match(line.low[one.end :], line.lacks) is not None


def another_blamed(line: Line, one: Found, drugs: list[Drug], cues: list[Cue]) -> bool:
    """Whether the line says what else is to blame: no drug, and no word that could stand for one. What tells of cause
    by itself ("from", "gives") outweighs it."""
    said = _BLAMES_OTHER.match(line.low[one.end :], line.lacks)
    if said is None or _DRUG_WORDS.search(said["what"]) or any(_TELLS_CAUSE.match(cue.text.lower()) for cue in cues):
        return False
    start, stop = one.end + said.start("what"), one.end + said.end()
    return not any(start <= drug.start < stop for drug in drugs)


def only_warned(line: Line, one: Found, said: Cue) -> bool:
    """Whether the line only warns of the symptom, and the cue of blame does not itself tell of cause."""
    before = line.low[max(0, one.start - 90) : one.start]
    told = _TOLD_OF.search(before, line.lacks) or _IF_IT_COMES.search(before, line.lacks)
    if told is None and _IF.search(before, line.lacks):
        told = _THEN_DO.match(line.low[one.end :], line.lacks)
    if told is None:
        return False
    return not _SAYS_WHY.search(said.text.lower(), line.lacks)


def of_another_cause(line: Line, one: Found, drug: Drug, said: Cue) -> bool:
    """Whether something else stands between a drug and the verb that blames: "the heat made her dizzy"."""
    if drug.end > one.start:
        return False
    if said.start <= one.start and _FROM_OTHER.match(line.low[one.end :], line.lacks):
        return True
    start = said.start if said.start <= one.start else one.start
    if said.start > one.start and not _IT_GAVE.match(said.text.lower(), line.lacks):
        return False
    other = _OTHER_CAUSE.match(line.low[drug.end : start], line.lacks) if start > drug.end else None
    return other is not None and not _OF_TIME.search(other["before"])
