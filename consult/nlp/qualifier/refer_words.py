"""The words by which a line speaks of a drug that it does not name (see `referred`)."""

from __future__ import annotations

import re

from consult.domain.mention import Status
from consult.nlp import wordlist

_BECAME = (  # what "it was" may be followed by
    r"(?:(?:just|since|then|recently|already|now|never|later|only|also|not) )*(?:stopp|d/?c|discontinu|held|on hold|"
    r"paused|start|restart|resum|increas|decreas|lower|rais|bump|dropp|chang|switch|replac|prescribed|fill|refill|"
    r"denied|added|taken off|cut|doubl|halv|taper)"
)
_THEN = (  # what may follow words that leave the drug out, or "both" where it means drugs
    r"(?= ?(?:$|[.,;(–-]| (?:in (?!w/|with|to |for |at |and )|"
    r"on (?:\d|mon|tue|wed|thu|fri|sat|sun|the |h(?:er|is) own)|"
    r"(?:last|this|by|per|due|d/t|bc|b/c|because|after|since|when|until|x|~|yesterday|today|early|mid|late|around|over|"
    r"two|three|months?|years?|ago|now|(?:a|about a) (?:few|couple|week|month|year|while)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|d\d|\d\S*)\b)))"
)
_SEVERAL = (
    r"(?<=\w )(?:them both|both of (?:them|those)|both|either(?: one)?|neither(?: one)?|"
    rf"all (?:three|3|four|4)(?: of them)?){_THEN}"
)
OF_SEVERAL = re.compile(  # what "both" follows where it means drugs
    r"\b(?:stop\w*|quit|d/?c'?d|discontinued|held|hold(?:ing)?|off|off of|out of|on|tak\w+|took|us(?:es|ed|ing)|"
    r"restarted|resumed|started|filled|picked up|dropped|tapered|doubled|cut|increased|decreased) $"
)
PRONOUN = re.compile(
    rf"\b(?:(?P<several>{_SEVERAL})|that one|this one|the (?:other|last|first) one|the same one|same one|"
    r"that (?:med|pill|drug|medicine|rx|inhaler|shot)|the (?:med|pill|rx)|it|them|same)\b"
    r"(?! (?:is|was|has been|got|rains|seems|looks|hurts|burns|started|happens|happened|comes|goes|depends|all)\b"
    rf"(?! {_BECAME}))|"
    rf"^(?:that|this)(?= (?:is|was|has been|got) {_BECAME})|"
    r"^(?:both(?: of (?:them|those))?|all (?:three|3)(?: of them)?)(?= (?:(?:are|were|have been|got|put) )?"
    rf"{_BECAME})|"
    r"(?<=\bon )that(?= ?(?:$|[.,;)]| (?:any ?more|since|in|for)\b))|"
    r"(?<=ed )that(?= ?(?:$|[.,;)]| (?:in|last|on|since|when|bc|because|d/t|due)\b))|"
    r"(?<=c'd )that\b|(?<=quit )that\b"
)
THINGS = wordlist.words("qualifier", "things.txt")

_WHO = (
    r"(?:(?:she|he|pt|i|they|we|pcp|md|np|dr|doc|doctor|cards|cardio|endo|psych|neuro|gi|renal|rheum|her|his|the)"
    r"(?:'s)? )"
)
_WHEN = (
    r"(?:(?:but|and|so|then|just|recently|since|was|is|been|has|had|have|got|also|finally|later|self|actually|now) )"
)
BEGIN = rf"^{_WHO}?{_WHEN}*"
_LEFT: tuple[tuple[Status, str], ...] = (
    ("not-taken", r"never (?:started|filled|took|tried|got|picked up)"),
    ("completed", r"finished|completed"),
    ("not-taken", r"not (?:taking|started|filled|using)|(?:did ?n'?t|did not) (?:start|fill|get|pick up)"),
    ("on-hold", r"on hold|held|paused|holding"),
    (
        "stopped",
        r"stopped(?: taking)?|discontinued|off|no longer (?:taking|takes|on)|quit taking|tapered off|weaned off",
    ),
    ("stopped", r"(?:d/?c'?d|d/c)(?=(?: (?:in|on|last))?(?: \S{1,9})?[.,;]?$| (?:by|per|due|d/t|bc|because)\b)"),
    ("active", r"restarted|resumed|back on|started back|taking again"),
)
LEFT_OUT = tuple((status, re.compile(rf"{BEGIN}(?P<said>{said}){_THEN}")) for status, said in _LEFT)

TAKEN_AGAIN = re.compile(r"\b(?:then|and|but|now|since)(?: she| he| then)? (?:restarted|resumed|back on)\b")

_ONE = r"(it|that one|that|them)"
_AROUND: tuple[tuple[Status, str], ...] = (
    ("not-taken", rf"(?:never|did ?n'?t|did not|hasn'?t|has not|not|refus\w+ to) (?:even )?pick(?:ed|ing)? {_ONE} up"),
    ("not-taken", r"(?:takes?|taking|uses?|using|on) (neither(?: one)?|none of them)"),
    ("stopped", r"so (?:she|he|pt|i|they|pcp|md) (?:just )?(quit|stopped|d/c'?d)(?=$|[,.;]| (?:after|in|last|by)\b)"),
    ("stopped", rf"(?:gave|given|giving) {_ONE} up|(?:threw|tossed|put) {_ONE} (?:out|away|aside)"),
    ("on-hold", rf"(?:holding|pausing) {_ONE}|(?:holds?|put|held) {_ONE} (?:on hold|for now|till|until|while)"),
    ("active", rf"(?:got|has|have|takes?|taking|on) {_ONE} (?:again|back)"),
)
AROUND = tuple((status, re.compile(rf"\b(?:{said})\b")) for status, said in _AROUND)

ITEM = re.compile(r"[\s•*>–-]*(?:\d{1,2}[.)]\s+)?")  # what an item of a list begins with
AROUND_A_LINE = " \t\"“”'"
_OOPS = (
    r"(?:correction|correct that|wait|oops|sorry|i mean|i meant|scratch that|strike that|my mistake|typo|make that|"
    r"should be|should say|actually|no wait|misheard)"
)
CORRECTS = re.compile(
    rf"^{_OOPS}\b(?:[ ,:;.–-]+(?:{_OOPS}|no|it'?s|that'?s|she'?s on|he'?s on|takes|taking)\b)*[ ,:;.–-]*|"
    r"^(?:no,?|(?:pt|wife|husband|daughter|son|she|he)(?: says)?:? no,?) (?:it'?s|its|that'?s)\b[ ,:]*"
)
SAYS = re.compile(r"^(?:the )?(?:bottle|label|rx)(?: label)? says\b[ ,:]*")  # "bottle says 10 mg"
IS_ACTUALLY = re.compile(
    r"^(?:no,? )?(?:it'?s|that'?s|it is|that is|it was) (?:actually|really|supposed to be) (?:the )?"
)
SOMEBODYS = re.compile(
    rf"^(?:{_OOPS}[ ,:;.–-]*)*(?:no[, ]+)?(?:wait[, ]+)?(?:that'?s|that one'?s|that one is|it'?s|those are|that is|"
    r"that was|it belongs to|that belongs to)(?: actually| really)?(?: for)? (?:her|his|my|the)? ?"
    r"(?P<whose>\w+?)(?:'s|s')?(?= ?(?:$|[.,;!]|meds?\b|pills?\b|rx\b|not\b))"
)
_SAYS_SO = (
    r"(?:reports?|reporting|call(?:s|ed|ing)|speak(?:s|ing)|spoke|answer(?:s|ing)?|help(?:s|ing)|interpret(?:s|ing)|translat(?:es|ing)|"
    r"here|on (?:the )?(?:phone|line|video|call)|(?:gives|giving|gave) (?:the )?(?:history|hx|info)|is historian|"
    r"historian)"
)
_OF = r"(?:for|re|regarding|about|on behalf of|w/|with|and)(?: (?:her|his|the|their))?"
_ELDER = (
    r"mom|mother|mum|mommy|mama|dad|father|daddy|papa|grandma|grandmother|grandpa|grandfather|aunt|uncle|mother-in-law|"
    r"father-in-law|mil|fil"
)
SPEAKS_FOR = re.compile(  # "daughter Meg calling for her mom", "pt is her mother"
    r"\b(?:daughter|son|dtr|dgtr|granddaughter|grandson|niece|nephew|dil|sil|daughter-in-law|son-in-law|caregiver|poa|hcpoa)"
    rf"(?: \(?[a-z]+\)?)?,? (?:(?:is |was )?{_SAYS_SO} {_OF}|on behalf of(?: (?:her|"
    rf"his))?) (?P<whom>{_ELDER})\b(?! (?:and|who)\b)|"
    rf"\b(?:wife|husband|spouse|partner)(?: \(?[a-z]+\)?)?,? (?:(?:is |was )?{_SAYS_SO} {_OF}|"
    rf"on behalf of(?: (?:her|his))?) "
    r"(?P<spouse>husband|wife|spouse|partner|hubby)\b|"
    rf"\b(?:pt|patient)(?: is|:| =|=)? ?\(?(?:(?:her|his|the|caller'?s|(?:the )?(?:daughter|son|dtr|wife|"
    rf"husband)'?s) )?"
    rf"(?P<patient>{_ELDER})\)?(?=$|[ ,.;]*$)"
)
_CHANGES = (
    r"(?:cut|went|goes|going|gone|down|back|up|increas\w+|decreas\w+|rais\w+|lower\w+|reduc\w+|dropp\w+|bump\w+|upp\w+|"
    r"titrat\w+|chang\w+|adjusted|doubled|halved|takes|taking|uses|using|now)"
)
CHANGED = re.compile(
    rf"{BEGIN}(?P<said>{_CHANGES}(?: (?:it|this|that|back|down|up|dose|the dose))*(?: from [\d.]+(?: ?\w+)?)? to|"
    r"now(?: on| at| takes| taking| is)?|takes|taking|uses|using)(?= )"
)
TO_NUMBER = re.compile(  # "that was increased to 300 on 5/10"
    rf"(?: (?:is|was|has been|got|just|then))* {_CHANGES}(?: (?:up|down|back))? to (\d+(?:\.\d+)?)"
    r"(?=$|[,.;]| (?:on|in|by|per|last|this|since|and|but|now|bc|because|after|when|today|yesterday)\b)"
)
CHANGES_IT = re.compile(  # before "it to 40"
    r"\b(?:cut|cutting|dropp?\w*|lower\w*|decreas\w+|reduc\w+|increas\w+|rais\w+|bump\w*|upp?ed|titrat\w+|doubled|halved|chang\w+|"
    r"adjust\w+|tak\w+|took|put|brought|backed|went|mov\w+) $"
)
AFTER_IT = re.compile(
    r" (?:(?:back|down|up) )?(?:to|at) (\d+(?:\.\d+)?)(?! ?(?:am|pm|a\.m|p\.m|[/:%x]|\d|tabs?|pills?|times|days?|"
    r"weeks?|months?))"
)
MOVES_IT = re.compile(r"\b(?:moved?|moves|moving|switch\w*|chang\w+|shift\w*) $")  # before "it to am"
TAKES_COUNTED = re.compile(  # "upsets her stomach so only takes 1 tab bid now"
    rf"(?:[;,] ?|\b(?:so|and|but) ){_WHO}?{_WHEN}*(?:only |just )?(?P<said>takes?|taking|uses?|using|"
    rf"now)(?: (?:only|just|about|like))? "
    r"(?=(?:[\d.½-]+|one|two|three|half(?: an?)?|1/2) ?(?:mg|mcg|meq|units?|tabs?|tablets?|caps?|capsules?|"
    r"pills?|puffs?|sprays?|"
    r"drops?)\b)"
)
COUNTS = re.compile(r"down to|up to|now(?: at| is)?|takes|taking|uses|using")  # a bare number behind may be anything
_NUMBER = r"^[ :,~]*(?:only |just )?"
BARE_NUMBER = re.compile(
    rf"{_NUMBER}(\d+(?:\.\d+)?)(?=[ ,.;]*$| (?:not|instead|now|since|on (?:the )?\d\S*|on (?:mon|tue|wed|thu|fri|"
    rf"sat|sun)|last|"
    r"this (?:week|month|visit|time)|by (?:pcp|md|dr|cards|endo|the)|per|yesterday|today|a (?:week|month) ago|"
    r"in (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the hosp\w*)|after|when|because|bc|d/t|due|for)\b)"
)
WITH_UNIT = re.compile(
    rf"{_NUMBER}[\d.½-]+ ?(?:mg|mcg|ug|g|gm|meq|units?|u|ml|tabs?|tablets?|caps?|capsules?|pills?|puffs?|sprays?|"
    r"drops?|patch(?:es)?|bid|tid|qid|qd|qhs|hs|daily|nightly|a day|times|x)\b"
)
_PLACES = r"(?:changed|switched|swapped|moved|transitioned|converted)"
TOOK_PLACE = re.compile(
    rf"{BEGIN}(?P<said>{_PLACES}(?: (?:(?P<it>it|that one|that)|her|him|me|pt|over|out))* (?:to|for|over to)|"
    r"replaced(?: (?P<its>it|that))? (?:w/|with|by))(?: (?:the|a|generic|new))* $"
)
STOPPED_IT = re.compile(
    r"\b(?P<said>(?:stopped|stopping|d/?c'?d|discontinued|dc'?d|quit|held|dropped|tapered|weaned|"
    r"no longer (?:on|taking)|off(?: of)?) (?P<it>it|that one|that|them)) ?"
    r"(?:[,;] ?(?=put|start|chang|switch|went|now|on |gave|then|and)|->|→|and|&|then|"
    r"so|in favor of)[^.]{0,45}$"
)
TAKEN_OFF = re.compile(  # "MD tapered her off, now lexapro 10"
    r"\b(?P<said>(?:tapered|weaned|took|taken) (?:her|him|me|pt) off) ?(?:[,;]|and|->|→) "
    r"?(?:now |then |on |put on |started )+(?:on )?$"
)
INSTEAD = re.compile(r"^[\w\s./-]{0,25}\b(?P<said>(?:instead|in place) of (?P<it>it|that one|that|them))\b")
MEANWHILE = re.compile(  # "holding it while on the Cipro": the drug of the line is not the one that is spoken of
    r"\b(?:while (?:on|taking|using)|when on|until|till|during|"
    r"until (?:she|he|pt)? ?(?:is )?(?:done|finished) (?:with|w/))(?: (?:the|her|his|an?))? $"
)
CAUSE = re.compile(  # the words before a drug that a symptom of the line above is laid to
    r"^(?:(?:she|he|pt|i|they|wife|husband|daughter|son|dtr) )?(?:also )?"
    r"(?P<said>(?:thinks?|believes?|feels|suspects?|blames|figures|says|wonders|asks|sure|convinced|likely|"
    r"prob(?:ably)?|maybe|poss(?:ibly)?|\?)(?: (?:if|that|it|its|it'?s|is|was|due|to|from|d/t|about))*|"
    r"from|due to|d/t|caused by|(?:since|after) (?:starting|taking))(?: (?:starting|the|her|his|new))* $"
)
MAY_BEGIN = re.compile(  # a quick look: what a line begins with that leaves the drug out
    rf"(?:{_WHO}|{_WHEN})*(?:{_OOPS}|{_CHANGES}|{_PLACES}|replaced|{'|'.join(said for _, said in _LEFT)}|"
    r"it'?s|that'?s|those|no\b|tapered|weaned|took|taken|bottle|label|thinks?|believes?|wonders|likely|"
    r"prob|from|due|(?:since|after) (?:starting|taking)|makes?|made|gives?|gave|causes?)"
)
