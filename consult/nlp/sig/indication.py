"""What a drug is said to be for."""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.blame_wordings import for_symptom, switched_for
from consult.nlp.qualifier.clauses import hard_breaks, listed, same_sentence
from consult.nlp.qualifier.known import given_for, known_for

_FOR = Rare(
    r"(?:\bfor|\bprn|\bonly (?:in|with|w/|during)|\bas needed(?: for)?|\bhelps(?: \w+)? (?:with|w/)?|\bhelps|"
    r"\bto (?:help|treat|prevent|control|stop|ease)(?: with)?|"
    r"\b(?:appl(?:y|ies|ied)|crm?|cream|oint(?:ment)?|gel|lotion|powder) to|\bat (?:the "
    r")?(?:very )?(?:first |earliest )?(?:start|onset|sign|signs|beginning|hint) "
    r"of|\bthe (?:minute|moment|instant)|\bwhen|\bif|\bagainst|\bindication:?|"
    r"\bif needed for|\bprn for|\bhelping|\bhelped|"
    r"\bprn:)(?: (?:w/|with|she's|he's|she|he|gets|feels|her|his|my|him|me|them|pt|the|any|some|bad|chronic|severe|"
    r"mild|occ|occasional|acute|wt|weight|low|lower|has|having|"
    r"a|an|much|there|is|breakthrough|mod|moderate|post-?op|allergy|new|old|knee|nerve|seasonal|"
    r"prostate|sinus|tooth|dental|skin|ear|lung|chest|bladder|kidney|toe|foot|wound|eye))* $"
)
_FOR_THAT = Rare(r"\bfor (?:\w+ ){0,2}$")
_SOON = re.compile(r"\b(?:for|when|if)\b[^,;.]{0,20}$")
_NEEDED = re.compile(r"\b(?:takes?|taking|uses?|using|tried|trying|buys|buying|got|pops|popping)\b[^,;.]{0,25}$")
_WORDS = Rare(
    r"\b(?:for|prn) (?:her |his |my |the )?(t[12]dm?|type [12] (?:dm|diabetes)|dm ?[12]|a1c|[a-z][a-z'/ -]{1,40}?)"
    r"(?=$|[,;.()\d\"”]| - | w/| but | and | x ?\d| since | per | by | takes?| as well\b| too(?=$|[,;.])|"
    r" (?:maybe|about|usually|probably|prob|roughly|rarely|seldom|occasionally|sometimes|most(?:ly)?|hardly|almost|"
    r"now and|once|twice|at (?:night|hs|bedtime)|every|daily|nightly)\b)"
)
_ONLY_WHEN = Rare(
    r"\b(?:only (?:takes?|uses?|needs?)|takes? (?:half|one|an? extra|1/2)|(?:takes?|"
    r"uses?)(?: \w+){1,3} only)\b[^,;.]*\b(?:if|when|whenever) "
    r"(?:(?:i|she|he|pt|an?|the|my|her|his)(?:'m|'s)?(?: is| am| gets?| feels?| has| have)? )?$"
)
_WATCHED = Rare(
    r"\b(?:watch\w*|monitor\w*|look\w*|counsel\w*|screen\w*|check\w*|call\w*|evaluat\w*|negative|neg|report\w*|"
    r"return\w*|"
    r"come in|go (?:in|to the er|to er|to the ed|to ed)|seek (?:care|help)|notify|911)(?: (?:us|me|md|dr|pcp|"
    r"office|clinic|the|right|away|asap|"
    r"immediately|back|in|out|ahead|911|promptly|closely))* for $"
)
_CAUSED = Rare(r"^ (?:from|due to|d/t|2/2|caused by|secondary to|because of|bc of) (?:(?:the|her|his|my|all) )?")
_GIVEN_BY = Rare(
    r"^ (?:that|which|she gets from|he gets from|(?:the |her |his |my )?\w+ (?:causes|caused|gives|gave|brings))\b"
)
_DONE_TO = re.compile(  # "prn binds him up"
    r"(?:bind|knock|wipe|wire|keep|make|give|dr(?:ie|y)|zonk|back|plug|leave)s (?:her|him|me|them|pt)\b"
)
_DOES_IT = re.compile(r" (?:causes|caused|gives?|gave|brings?|brought|is causing|is giving|does|did|makes?)\b")
_BLAMED = Rare(r"\bblam(?:es?|ed|ing) (?:the |her |his |my )?$")
_HELD = Rare(
    r"^ (?:(?:is|are|was|stays|remains|now|well|fairly|much|better)\s)*(?:controlled|well-controlled|managed|relieved|"
    r"under control|kept in check) (?:with|by|on|w/)(?= )"
)
_HEADING = Rare(r"^ ?(?::|=|-+>|→) ?(?:(?:uses?|takes?|on|tx|rx|treated with|prn|otc|has) ?)?$")
_LEFT_FOR = Rare(  # "held lisinopril for AKI": why it is not taken, or less of it
    r"\b(?:held|holds?|holding|stop(?:s|ped|ping)?|quit|off|d/c'?d?|dc'?d|skip(?:s|ped|ping)?|missed|paus(?:e|ed|ing)|"
    r"interrupted|delayed|avoid(?:s|ed|ing)?|without|cut(?: back)?(?: on)?|reduc(?:e|ed|ing)|lower(?:ed|ing)?|"
    r"decreas(?:e|ed|ing)|taper(?:ed|ing)?)(?: (?:off|the|her|his|my|taking|of|out|dose|down))* $"
)
_OF_PURPOSE = any_of(_HEADING, _FOR, _ONLY_WHEN, _HELD, _FOR_THAT)
_HAD_STILL = Rare(  # "magnesium for leg cramps, still gets em", "Zantac for heartburn but it is no better"
    r"^,? ?(?:- ?|but |and |yet |though )?(?:(?:she|he|pt|they|it|i)(?:'s|'m)? )?(?:still|keeps?|continues to)"
    r"(?! (?:needs?|tak\w+|us\w+|on\b|works?|working|helps?|helping|ok\b|good\b|fine\b|effective))"
    r"(?: (?:gets?|getting|has|having|have|feels?|sees?|wakes?|bothers?|there|comes?|coming|happens?|bad|"
    r"present|a problem|an issue|some|occ\w*|often|most))+\b"
)
_DOES_ELSE = Rare(  # "Stiolto 2 puffs qam, sips water all day for dry mouth": what is done for it is no drug
    r"[,/] (?!(?:takes?|uses?|gets|needs|prn|wears|puts|applies|rubs|inhales|injects)\b)(?:she |he |pt )?"
    r"[a-z]+(?:s|ing) (?:\w+ ){0,4}(?:all day|at night|often|more|extra|ice|water|gum|candy|mints|prunes?|"
    r"fiber|ginger|tea|crackers|a (?:cane|walker|fan|heating pad|humidifier)|walker|cane|her legs|his legs|"
    r"lotion)\b[^,;]*$"
)
_NO_USE = re.compile(
    r"^(?:\d|about|over|every\b|each\b|the past|"
    r"years|weeks|months|days|now|a (?:while|week|month|year|few)|yrs|wks|one|two|"
    r"three|several|refill|never|not\b|has|hasn't|doesn't|uses?\b|good\b|plain\b|now\b|free\b|cheap|life\b|"
    r"ever\b|left\b|at home\b|only\b|still\b|too\b|if\b|when\b|but\b|the (?:most part|rest|first|next|last)\b|(?:it|"
    r"him|me|us|my|pt|rx|f/u|no|"
    r"ok|an?|the)$)"
)


_CONDITION = Rare(
    r"\b(?:if|when|whenever)(?: (?:the|her|his|my|she|he|i|pt|has|have|there|is|much|any|some|bad|severe|a|an|get|gets|"
    r"in|feel|feels|she's|he's|they're|is|gets really))* $"
)
_DIRECTIONS = re.compile(  # between a drug and the condition on which it is taken
    r"^(?:[\s,]|\d[\d./-]*|mg|mcg|g|ml|po|one|two|half|a|an|tabs?|tablets?|caps?|capsules?|pills?|puffs?|scoops?|"
    r"drops?|"
    r"units?|otc|times?|daily|twice|once|day|the|in|of|q ?\d+ ?h(?:rs?|ours?)?|"
    r"(?:every|each) \d+ ?(?:h|hrs?|hours?)|bid|tid|qid|hs|qhs|at night|it|only)*$"
)
_TAKES_IT = re.compile(r"\b(?:takes?|uses?|taking|using) (?:it|one|some|them|the pill|a pill) $")
_NOT_TO_TAKE = re.compile(
    r"\b(?:hold|holds|held|holding|stop|stops|stopped|d/c|dc|skip|call|avoid|quit|discontinue|reduce|cut|don't|not|no|"
    r"tell|lower|change|switch|watch|decrease|increase|adjust|ok|safe|can|could|should|does|did|may|off|since|on|with|"
    r"from|"
    r"due to|d/t|after|denies|allergic)\b[^;.,]{0,40}$|'s $"
)


def _also_for(line: Line, end: int, start: int) -> bool:
    return listed(line, end, start) and bool(re.search(r"/|&|\+|\bn\b|\band\b|\bor\b", line.low[end:start]))


_NEEDED_THEN = re.compile(
    r"prn|only|as needed|needed|"
    r"\b(?:mg|ml|tabs?|tablets?|caps?|capsules?|pills?|scoops?|puffs?|sprays?) if (?:(?:there is|in|has|any) )?$"
)
_LEFT_OFF = re.compile(
    r"\b(?:stop|hold|d/c|skip|quit|call|avoid|reduce|cut|lower|decrease|discontinue|told|unless|not)\b"
)


def _taken_when(line: Line, drug: Drug, one: Found) -> bool:
    """ "two tablets if pain"; not "hold lisinopril if dizzy"."""
    return bool(_NEEDED_THEN.search(line.low[drug.end : one.start])) and not _LEFT_OFF.search(line.low[: drug.start])


_IS_ASKED = re.compile(r"[^.;:?]{0,30}\?")
_CAME_WITH = Rare(
    r"^ (?:that |which )?(?:has )?(?:started|began|came on|came|showed up|appeared|developed|set in|only)"
    r"(?: right| soon| shortly| up)? (?:with|w/|after|on|since)"
    r"(?: (?:the|her|his|my|starting|adding|taking|new|she|he|started|took|began))* "
)
_SIG_ONLY = re.compile(
    r"^(?:[\s,/.%-]|\d[\d./%-]*(?![\d./%-])|(?:mg|mcg|meq|gm?|ml|units?|iu|u|po|er|xr|xl|sr|cr|dr|ec|la|odt|hfa|"
    r"succinate|tartrate|hcl|tabs?|tablets?|caps?|capsules?|pills?|puffs?|sprays?|drops?|gtts?|patch|gel|cream|pen|ou|"
    r"od|os|qd|bid|tid|qid|hs|qhs|qam|qpm|am|pm|ac|pc|prn|sc|sq|subq|sl|inh|daily|nightly|weekly|monthly|once|twice|at|"
    r"bedtime|night|with|w|meals?|food|breakfast|lunch|dinner|supper|before|after|in|the|morning|evening|every|other|"
    r"day|week|month|hours?|h|q|as needed|one|two|half|an?|times|to|each|eye|otc|up)(?![a-z]))*$"
)
_DASH = re.compile(r" ?[-–—:] (?:(?:[a-z0-9][\w']*(?: [\w']+){0,2}) ?[/&+] ?)*$")
_PURPOSE_ENDS = re.compile(r" ?(?:$|[,.;/(&+]|[-–] )")


def named_as_purpose(line: Line, one: Found, drugs: list[Drug]) -> int | None:
    """ "sertraline 100 mg qam - anxiety, mood ok": the index of the drug whose directions and a dash stand before."""
    drug = next((j for j in range(len(drugs) - 1, -1, -1) if drugs[j].end <= one.start), None)
    if drug is None or not _PURPOSE_ENDS.match(line.low, one.end):
        return None
    gap = line.low[drugs[drug].end : one.start]
    dash = _DASH.search(gap)
    directions = gap[: dash.start()].strip(" ,") if dash is not None else ""
    return drug if directions and _SIG_ONLY.match(directions) else None


def indications(line: Line, effects: list[Found], drugs: list[Drug]) -> dict[int, int]:
    """Indexes of the symptoms that are only what a drug is for, each with the index of that drug."""
    out: dict[int, int] = {}
    dashed = " - " in line.low or " – " in line.low
    if line.lacks & _OF_PURPOSE and not dashed:
        return out
    breaks = hard_breaks(line)
    for i, one in enumerate(effects):
        if dashed and (behind := named_as_purpose(line, one, drugs)) is not None:
            if given_for(drugs[behind], one.concept):
                out[i] = behind
            continue
        headed = next((j for j, drug in enumerate(drugs) if drug.start >= one.end), None)
        begins = line.low[: one.start].rstrip(" -*#")
        first = headed is not None and begins[-1:] in ("", ".", ";", "|")
        joint = line.low[one.end : drugs[headed].start] if first and headed is not None else ""
        if (
            headed is not None
            and joint
            and ("=" in joint or _IS_ASKED.match(line.low, drugs[headed].end))
            and known_for(drugs[headed], one.concept)
        ):
            continue  # "black stools = iron", "swelling: amlodipine or pioglitazone?"
        if headed is not None and joint and _HEADING.match(joint, line.lacks):
            out[i] = headed  # "PAIN: acetaminophen 500 mg"
            continue
        before = line.low[max(0, one.start - 45) : one.start]
        drug = next((j for j in range(len(drugs) - 1, -1, -1) if drugs[j].end <= one.start), None)
        near = drug is not None and same_sentence(breaks, drugs[drug].end, one.start)
        if _WATCHED.search(before, line.lacks):
            continue
        if (
            near
            and drug is not None
            and any(told.search(line.low, line.lacks, 0, drugs[drug].start) for told in (_BLAMED, _LEFT_FOR))
        ):
            continue
        if near and drug is not None and (for_symptom(line, one, drugs[drug]) or switched_for(line, one, drugs, drug)):
            continue
        if _HAD_STILL.match(line.low[one.end :], line.lacks):
            continue
        if near and drug is not None and _DOES_ELSE.search(line.low, line.lacks, drugs[drug].end, one.start):
            continue
        caused = _CAUSED.match(line.low[one.end :], line.lacks)
        if _GIVEN_BY.match(line.low[one.end :], line.lacks) and any(
            one.end < other.start and _DOES_IT.match(line.low, other.end) for other in drugs
        ):
            continue  # "Imodium for the loose stools that metformin causes"
        if caused and any(other.start == one.end + caused.end() for other in drugs):
            continue  # "MiraLAX for constipation from the Norco": it is there, and it is blamed
        came = _CAME_WITH.match(line.low[one.end :], line.lacks)
        if came and any(other.start == one.end + came.end() for other in drugs):
            continue  # "Tums for heartburn that started with the Fosamax"
        cue_word = _FOR.search(before, line.lacks) if near and not _DONE_TO.match(line.low, one.start) else None
        if near and drug is not None and cue_word:
            if _ONLY_WHEN.search(line.low[: one.start], line.lacks):
                out[i] = drug
                continue
            if cue_word.group().startswith(("when", "if")) and not (
                _taken_when(line, drugs[drug], one) or _on_condition(line, drugs[drug], one)
            ):
                continue
            out[i] = drug
        elif near and drug is not None and _ONLY_WHEN.search(line.low[: one.start], line.lacks):
            out[i] = drug
        elif (
            near
            and drug is not None
            and i - 1 in out
            and _also_for(line, effects[i - 1].end, one.start)
            and (given_for(drugs[drug], one.concept) or not known_for(drugs[drug], one.concept))
        ):
            out[i] = out[i - 1]
        elif _HELD.match(line.low[one.end :], line.lacks):
            later = next((j for j, one_drug in enumerate(drugs) if one_drug.start >= one.end), None)
            if later is not None and same_sentence(breaks, one.end, drugs[later].start):
                out[i] = later
        elif _FOR_THAT.search(before, line.lacks) and _SOON.search(before):
            later = next((j for j, one_drug in enumerate(drugs) if one_drug.start >= one.end), None)
            if later is not None and _NEEDED.search(line.low[one.end : drugs[later].start]):
                out[i] = later
    return out


def when_it_comes(line: Line, one: Found) -> bool:
    """ "if pain", "when the knee hurts": the drug is taken for a symptom when that comes."""
    return _CONDITION.search(line.low[: one.start], line.lacks) is not None


def _on_condition(line: Line, drug: Drug, one: Found) -> bool:
    """ "Tylenol 500 mg two tablets if pain"; not "hold the metformin if vomiting"."""
    condition = _CONDITION.search(line.low[: one.start], line.lacks)
    if condition is None:
        return False
    between = line.low[drug.end : condition.start()]
    if not _DIRECTIONS.match(between):
        return _TAKES_IT.search(between) is not None
    return not _NOT_TO_TAKE.search(line.low[: drug.start])


_ONLY_TAKES = Rare(r"\bonly (?:takes?|uses?|needs?)(?: \w+){0,2} $")
_WHENEVER = re.compile(
    r"^[^,;.]{0,30}\b(?:(?:if|when|whenever)(?! (?:she|he|i|they) (?:remembers?|thinks of|can afford|feels like))|"
    r"during|before(?! (?:bed|meals?|breakfast|lunch|dinner|supper)))\b"
)


def only_when(line: Line, drug: Drug) -> bool:
    """ "I only take the Imitrex when ..." says as needed on both sides of the name."""
    return bool(_ONLY_TAKES.search(line.low, line.lacks, 0, drug.start) and _WHENEVER.match(line.low[drug.end :]))


def said_for(line: Line, drug: Drug, zone: str) -> str | None:
    """The words after "for" in a drug's directions (`zone`, behind its name), as typed."""
    match = _WORDS.search(zone.replace("\x00", " "), line.lacks)
    if match is None or _NO_USE.match(match[1]) or _LEFT_FOR.search(line.low, line.lacks, 0, drug.start):
        return None
    words = match[1].strip()
    typed = line.text[drug.end + match.start(1) :][: len(words)]
    return (typed if typed.lower() == words else words) or None
