"""Blame that a list shares: symptoms of which one is blamed, drugs of which all are meant."""

from __future__ import annotations

from consult.domain.mention import Cue
from consult.nlp.drug.find import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
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
_THAT_OR = Rare(r"\b(?:that|it|this)(?: one)?,? (?:or|and/or|and|&) (?:(?:maybe|the|her|his|old|new|possibly) )*$")


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
        first_word = line.low[one.start : one.end].split()[0]  # "both tore up her stomach"
        said = line.low[drugs[last].end : max(one.start + len(first_word), cues[0].end)]
        if last and _ALL.match(said + " ", line.lacks):
            return sorted({*sources, *loosely_listed(line, drugs, last)}), cues
        return link
    before = bool(first) and drugs[first - 1].end <= one.start and drugs[first].start >= one.end
    if before and _THAT_OR.search(line.low[one.end : drugs[first].start], line.lacks):
        return [first - 1, *sources], cues
    return link
