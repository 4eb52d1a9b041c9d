"""Blame that a list shares: symptoms of which one is blamed, drugs of which all are meant."""

from __future__ import annotations

import re
from collections.abc import Collection

from consult.domain.mention import Cue
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.drug_list import loosely_listed
from consult.nlp.qualifier.known import given_for, known_for

Link = tuple[list[int], list[Cue]]

_AND_TIMED = Rare(  # "hot flashes 6x/d + achy joints since letrozole"
    r"^ (?:x ?)?\d[\d-]* ?(?:x|times|d|days?|nights?|w(?:ee)?ks?)?(?: ?/ ?| a | per | )?(?:d|day|night|wk|week|"
    r"mo)?s?,? (?:and|&|\+)(?: (?!no\b|not\b|denies\b|some\b)[a-z']+){0,2} $"
)
_THEN_AND = Rare(  # "queasy for two days after each dose and burps"
    r"^(?: [\w']+){0,2}?,? ?(?:and|&|\+|plus)(?: (?:also|now|then|she|he|her|his|has|gets|is|are|a|some|more|the|with|"
    r"lots|of|feels|bad|so|very))* $"
)
_ALL = Rare(  # "Zocor, Lipitor, Pravachol yrs ago - all gave her muscle aches"
    r"^[^.;]{0,40}?(?:^|[ ,:–-])(?:both|all|all (?:three|four|\d)|each|every (?:single )?one|either|either one|any|"
    r"each one|they|they all|they both|the (?:two|three))(?: (?:of (?:them|those|these)|just|really|also|always|would|"
    r"have|has|had|combined|together))* (?:g[ai]v(?:e|en|es|ing)|ma[kd](?:e|es|ing)|caus\w+|left|leav(?:e|es)|upset|"
    r"brought|bring|trigger\w*|did|do|does|bother\w*|tore|tear|kept|keep|put|sent|send|turned|mess\w*|got|knock\w*|"
    r"mak\w*|tor[en]|constipat\w+|nauseat\w+|bloat\w*|sedat\w+|swell\w*|dr(?:y|ie[ds])|wir(?:e|ed)|zap\w*|bound|hurt)\b"
)
_ALL_FROM = Rare(  # "puffy ankles by dinner time, socks leave a ring, all started after Norvasc"
    r"(?:^|[ ,;:.(–-])(?P<all>all|both|everything|each|every bit|the (?:whole )?(?:lot|mess|bunch)|the two|"
    r"all (?:three|"
    r"four|five|\d))(?: of (?:it|this|that|them|these|those|which))?(?: (?:this|that|it|these|things|symptoms?|sx|"
    r"problems|complaints|new))?(?: (?:is|are|was|were|came|come|comes|start(?:ed|ing|s)?|began|begins?|showed|cropped|"
    r"appeared|developed|worse|new|only|on|up|down|right|just|shortly|soon|coming|seems?|likely|prob\w*|thought|"
    r"squarely|"
    r"all|about|a|few|\d+|days?|wks?|weeks?|months?|mos?|hours?|hrs?|back|over))*"
    r" (?:since|after|from|with|w/|w|on|to|due to|d/t|r/t|related to|2/2|because of|bc of|b/c of|thanks to|when)"
    r"(?: (?:she|he|i|pt|they|we|md|dr|pcp|start(?:ed|ing)?|adding|added|beginning|began|tak(?:ing|es)|took|going|went|"
    r"being|put|getting|got|up|on|increas\w+|rais\w+|bump\w*|doubl\w+|her|him|the|his|my|that|this|new|first|"
    r"dose|of))* $"
)
_SAID_OF_ALL = Rare(  # "says both are the Depakote"
    r"(?:^|[ ,;:.(–-])(?:thinks?|says?|feels?|believes?|suspects?|figures|swears|reckons|sure|convinced|"
    r"wonders if|blames)"
    r"(?: that)? (?P<all>all|both|everything)(?: of (?:it|this|that|them|these|those))?"
    r"(?: (?:is|are|come|comes|came|due|to|from|because|of|on|the|her|his|my|that|this|new))* $"
)
_BEGAN = r"(?:started|starting|starts|added|begun|increased|raised|doubled|upped|bumped(?: up)?|changed|went up)"
_THE_ONE = r"(?:it|this|that|(?:this|that|the new|the) (?:one|pill|drug|med|medicine|stuff|dose|patch|shot))"
_SINCE_IT = Rare(  # 'Dry mouth. Forgetful. All of it since this was started.', '"Ever since they put me on that one."'
    r"(?:[.;!?]|[-–] )[\s\"”“']*(?P<said>"
    r"(?P<all>(?:all|both|every ?thing|each)(?: (?:of )?(?:it|this|that|them|these))?(?= ))?"
    r"(?: ?(?:it|this|that|they|these|has been|have been|is|are|was|only|all|new|noticed|worse|started|began|begun|"
    r"came on|goes back|there|been|going on|ever)(?= ))* ?(?:since|after|when|once|with) "
    r"(?:(?:they|he|she|i|we|pt|dr|doc|the doctor|doctor|pcp|md) (?:(?:has|have|was|were|been|first|just) )*"
    rf"(?:put|{_BEGAN}|began|got|went|had|took|switched)(?: (?:me|her|him|pt))?(?: (?:back )?(?:on|up on|to|taking))?"
    rf"(?: {_THE_ONE})?|(?:{_THE_ONE}|the dose|dose) (?:(?:was|got|has|been|is) )*{_BEGAN}|"
    rf"(?:{_BEGAN}|going on|being on|taking|adding) (?:on |with )?{_THE_ONE}|{_THE_ONE}))"
    r"(?=\s*(?:$|[.,;!?\"”)]|in |last |about |\d|two|three|a |and |over ))"
)
_ASKED_TOO = re.compile(r"^(?: \d[\d.]*(?: ?mg)?)?\?+ ?(?:(?:or|maybe|the|her|his) )*\w$")  # "metoprolol? gabapentin?"
_SENTENCE = 110  # characters
_ENDS = re.compile(r"[.!?](?=\s)|\n|\|")
_OF_TWO = Rare(  # "on metformin and Januvia, the former upsets her stomach"
    r"\b(?:former|(?P<last>latter|the (?:second|2nd))|the (?:first|1st))(?: (?:one|pill|drug|med|of (?:them|those)))?"
    r"(?! (?:dose|day|week|wk|month|few|time|night|shot|\d))\b"
)
_THAT_OR = Rare(r"\b(?:that|it|this)(?: one)?,? (?:or|and/or|and|&) (?:(?:maybe|the|her|his|old|new|possibly) )*$")


def all_of_them(
    line: Line, effects: list[Found], drugs: list[Drug], links: list[Link], denied: Collection[int]
) -> dict[int, tuple[int, Cue]]:
    """By the index of a symptom without a link, the drug that "all" or "both" before its name blames, and the cue."""
    out: dict[int, tuple[int, Cue]] = {}
    for j, drug in enumerate(drugs):
        before = line.low[: drug.start]
        near = max(0, drug.start - _SENTENCE)
        found = _ALL_FROM.search(before, line.lacks, near) or _SAID_OF_ALL.search(before, line.lacks, near)
        if found is None:
            continue
        begins = max([found.start() - _SENTENCE, *(other.end for other in drugs[:j])])
        begins = max([begins, *(match.end() for match in _ENDS.finditer(before, 0, max(0, found.start() - 2)))])
        meant = [i for i, one in enumerate(effects) if begins <= one.start and one.end <= found.start() + 1]
        if found["all"] == "both":
            meant = meant[-2:]
        said = cue(line, "suspected", found.start("all"), len(found.group().rstrip()) + found.start())
        for i in meant:
            if not links[i][0] and i not in denied and not given_for(drug, effects[i].concept):
                out[i] = j, said
    return out


def since_it(
    line: Line, effects: list[Found], drugs: list[Drug], links: list[Link], denied: Collection[int]
) -> dict[int, tuple[int, Cue]]:
    """By the index of a symptom without a link, the drug that a sentence behind it blames as "it", and the cue."""
    out: dict[int, tuple[int, Cue]] = {}
    found = _SINCE_IT.search(line.low, line.lacks, effects[0].end) if effects else None
    if found is None or any(found.start() <= drug.start < found.end() for drug in drugs):
        return out
    before = [i for i, one in enumerate(effects) if one.end <= found.start() + 1]
    drug = max((i for i, one in enumerate(drugs) if before and one.end <= effects[before[-1]].start), default=-1)
    if drug < 0:
        return out
    said = cue(line, "suspected", *found.span("said"))
    meant = before if found["all"] else before[-1:]
    for i in meant:
        told = links[i][0] or i in denied or effects[i].start < drugs[drug].end
        if not told and not given_for(drugs[drug], effects[i].concept):
            out[i] = drug, said
    return out


def timed_list(line: Line, first: Found, second: Found) -> bool:
    """Whether only how often the first comes and an "and" stand between two symptoms."""
    return _AND_TIMED.match(line.low[first.end : second.start], line.lacks) is not None


def goes_on(line: Line, before: Found, one: Found, drugs: list[Drug], link: Link) -> bool:
    """Whether a symptom behind the words of blame goes on a list: one that the drug is known for."""
    sources, cues = link
    if not cues or not before.end <= cues[0].start < cues[0].end <= one.start:
        return False
    if not any(known_for(drugs[i], one.concept) and not given_for(drugs[i], one.concept) for i in sources):
        return False
    return _THEN_AND.match(line.low[cues[0].end : one.start], line.lacks) is not None


def all_meant(line: Line, one: Found, drugs: list[Drug], link: Link) -> Link:
    """The link with the other drugs that words like "both" or "that or" mean with it."""
    sources, cues = link
    if not sources or not cues or len(drugs) < 2:
        return link
    first, last = sources[0], sources[-1]
    if drugs[last].end <= one.start:
        which = _OF_TWO.search(line.low, line.lacks, drugs[last].end, one.start)
        if which and len(listed := loosely_listed(line, drugs, last)) > 1:
            return [last if which["last"] else listed[0]], cues
        first_word = line.low[one.start : one.end].split()[0]  # "both tore up her stomach"
        said = line.low[drugs[last].end : max(one.start + len(first_word), cues[0].end)]
        if last and _ALL.match(said + " ", line.lacks):
            return sorted({*sources, *loosely_listed(line, drugs, last)}), cues
        return link
    after = drugs[first].start >= one.end and last + 1 < len(drugs) and line.low.startswith("?", drugs[last + 1].end)
    if after and _ASKED_TOO.match(line.low[drugs[last].end : drugs[last + 1].start + 1]):
        return [*sources, last + 1], cues
    before = bool(first) and drugs[first - 1].end <= one.start and drugs[first].start >= one.end
    if before and _THAT_OR.search(line.low[one.end : drugs[first].start], line.lacks):
        return [first - 1, *sources], cues
    return link


_AND_NOT = re.compile(r",? (?:without|w/o|w/out|but no|but not) (?:any )?")
_ANSWERED = Rare(  # "constipation - yes, w/ oxycodone", "nausea? some w/ metformin"
    r"^ ?[-–:?(]+ ?(?:yes|yep|yup|yeah|some|a (?:bit|little|lot)|a few|mild|occ\w*|sometimes|"
    r"pos(?:itive)?|a lot),?(?= )"
)


def told_until(line: Line, one: Found, effects: list[Found]) -> int:
    """Where a symptom ends with its answer, or with the one denied beside it ("nausea w/o vomiting on Ozempic")."""
    if answered := _ANSWERED.match(line.low[one.end :], line.lacks):
        return one.end + answered.end()
    other = next((other for other in effects if other.start >= one.end), None)
    return other.end if other and _AND_NOT.fullmatch(line.low, one.end, other.start) else one.end
