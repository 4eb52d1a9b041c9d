"""Denied, possible or past: the qualifiers of a symptom, each with the words that set it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from consult.domain.mention import Cue
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.advised import advice, went
from consult.nlp.qualifier.answered import answers
from consult.nlp.qualifier.clauses import clause, hard_breaks, listed, same_sentence, sentence
from consult.nlp.qualifier.cue_words import Hit, cue, effect_cues
from consult.nlp.qualifier.effect_scope import LASTING, LONG_GAP, behind, forward
from consult.nlp.qualifier.supposed import said_after, turned
from consult.nlp.qualifier.ticked import ticked
from consult.nlp.qualifier.told_past import came_only_then, past_words

_MINUS = Rare(r"(?:^|[\s(,;])-$|[,;/] ?- $|\(-\) ?$|(?:^|\s)\(?-\)? ?ve ?$")
_LISTED_MINUS = Rare(r"(?:^|[:,;.]) ?- ?$")
_SIGNED = re.compile(r"(?:^|[:,;.]) ?[-+] ?[a-z]")  # "ROS: - CP, - SOB, + edema"
_APART_SIGN = Rare(r"(?:^|\s)([-+]) ?$")
_MINUS_AFTER = Rare(  # "nausea 0", "fatigue gr 0", "pain 0/10"
    r"^ ?(?:\(-\)|\(neg\)|-ve\b|\(no?\))|^:? ?0(?=\s*(?:$|[,;.)]))|"
    r"^ ?[:=(-]? ?(?:gr(?:ade)?\.?|g|score|level|is|at|ctcae) ?(?:gr(?:ade)? ?)?(?:0|zero)(?![-–.]\d|\d|/[^1]| ?to\b)|"
    r"^ ?[:=(-]? ?0 ?(?:/ ?(?:10|5|4)|(?:out )?of (?:10|ten))\b"
)
_A_ZERO = Rare(
    r"\b(?:gr|grade|g|score|level|is|at|ctcae)?(?:0|zero)|\((?:-|neg|no?)\)|-ve\b"
)  # what any of these holds
_LISTED_MINUS_AFTER = Rare(r"^-(?=\s*(?:$|[,;]))")
_SIGNED_AFTER = re.compile(r"[a-z][-+](?=\s*(?:$|[,;]))")  # "CP-, SOB-, edema+"
_SIGN_REACH = 24  # characters behind a symptom in which its sign or its grade stands
_SIGN_BEFORE = re.compile(r"(?:^|[\s(,;:.])(\(?[-+]\)?) ?$")
_PLUS_AFTER = Rare(r"^ ?(?:\(\+\)|\(y(?:es)?\)|\+(?=\s*(?:$|[,;.]))|\+ve\b)")
_SIGN_AFTER = Rare(r"^ ?(?:\([-+]\)|[-+]ve\b|[-+](?=\s*(?:$|[,;.])))")
_NEXT_SIGN = re.compile(r"^ ?\([-+]\)(?= ?[a-z])")  # the sign of the next symptom
_PLUS = Rare(r"(?:^|[\s(,;])\+ ?$|\(\+\) ?$")
_ASK_BEFORE = re.compile(
    r"(?:^|[\s(,;.:-])\?{1,3} ?(?:new |possible |maybe |early |mild |some |from |having |has |cause of |"
    r"causing |due to |d/t |2/2 |[a-z]+ )?$|\(\?\) ?$"
)
_ANSWER = re.compile(
    r"^\s*[\"”]?\s*[-–>]*\s*(?:(?:pt |she |he )?(?:says|said|states|reports|answers) )?(no|none|denies|denied|deny|"
    r"neg|negative|nope|nah|never|nil|n)\b(?! (?:longer|more))"
)
# "leg cramps, ? from Lipitor"
_CAUSE_ASKED = Rare(
    r"^ ?(?:[,;(–-] ?)?(\?)\?* ?(?:from|due to|d/t|2/2|related|r/t|caused|cause|secondary|because|b/c|bc|s/e|se\b|"
    r"side effect|with|w/)"
)
_STRAIGHT_ON = re.compile(r"^(?: (?!not\b|just\b|but\b|only\b)[\w/]+){0,3} $")
_AFFIRM = re.compile(
    r"^\s*[\"”]?\s*-? ?(?:ye[sp]|yup|aye|y|yeah|positive|only|sometimes|occasional(?:ly)?|occ|a (?:little|bit|"
    r"lot)|some|"
    r"at times|(?:\d{1,2}|one|two|three|several|a few|a couple)(?: (?:times?|x))? (?:in|since|last|this|over|yesterday|"
    r"today|so far)\b|mild(?:ly)?|always|constant(?:ly)?|daily|nightly|every|often|lately|slight(?:ly)?|x ?\d)\b"
)
_YEAR = Rare(
    r"(?<!since )(?<!than )(?<![\d/])(?:\b\d{1,2}/(?:\d{1,2}/)?20[0-2]\d\b|"
    r"\b(?:in |back in |circa |around |~)?(?:19[5-9]\d|20[0-3]\d)(?:'?s)?\b|"
    r"\b(?:back )?in '?[6-9]\d(?=[\"”]?(?:$|[,.;)]))|(?<!\w)'[6-9]\d\b|"
    r"\b(?:in|during) (?:the )?(?:early |late |mid |mid-)?'?[5-9]0'?s\b|\btowards? the end(?= "
    r"?(?:$|[.;,]| of (?:her|his) life))|\b(?:at|@|when) age \d{1,2}\b|\bat "
    r"(?:1[0-9]|age)(?=$|[,.;)])|\bwhen (?:she|he|i) was \d{1,2}\b|\bin (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|"
    r"oct|nov|dec)[a-z]*\b)(?! ?(?:mg|steps|units|cal))"
)
_NO_CENTURY = re.compile(r"(?<!\d)[6-9]\d$|(?<!\d\d)\d0s$")  # "in 98", "in the 80s"
_DURATION_BEFORE = re.compile(
    r"(?:\d/(?:7|52|12)|\d ?-?(?:d|day|days|wk|wks|week|weeks|mo|month|months|yr|year|years)) ?$"
)
_SPAN_OF_TIME = re.compile(
    r" (?:~ ?)?(?:\d|few|couple|several|two|three|four|five|six|ten|day|night|weekend|wk|week|mos?\b|month|yr|year|"
    r"noon|midnight|lunch|supper)"
)
_EVENT_VERB = re.compile(
    r"\b(?:had|got|passed|fell|made|gave|caused|developed|experienced|broke|felt|was|were|went|couldn't)\b"
)
_FEARED = Rare(r"^(?: (?:will|may|might|could|can|would)(?!'| be\b| have\b| not\b)|'ll)\b[^.;,]{0,40}$")
_HEARD = Rare(  # "was told farxiga causes UTIs"
    r"\b((?:was|were|been|being) told|heard|reads?|saw|seen|googled|(?:friend|neighbou?r|someone|somebody|tv|ad|"
    r"internet|facebook|news|article|leaflet|handout)s? (?:says?|said|told (?:her|him|me)))\b[^.;]{0,30}$"
)
_CAUSES = Rare(
    r"^ (?:causes?|can cause|leads? to|gives? (?:you|people|everyone|folks)|makes? (?:you|people|everyone|folks)|"
    r"ruins?|damages?|destroys?|hurts? (?:the|your|people)|is bad for|raises?|lowers?)\b[^.;,]{0,30}$"
)
_EVER_SINCE = Rare(r"\b(?:ever since|since then|since|still|to this day)\b(?: ?(?:$|[.,;]))|\bever since\b")
_OF_FEAR = any_of(_FEARED, _HEARD)
_IN_YEARS = re.compile(
    r"^ (?:in|for|x) ?(?:over |about |almost |(?:the )?(?:past|last) |~ ?)?(?:\d+\+?|an?|one|two|three|four|five|six|"
    r"ten|many|several|a few|a couple(?: of)?) ?(?:d|days|wks?|weeks?|mos?|months?|y|yrs?|years?|decades?)\b"
)
_VITAL = re.compile(r"\b(?:[sd]?bps?|systolic|hr|pulse|heart rate|sugars?|bgs?|fbg|glucose|o2|sats?|spo2|pressures?)\b")
_TWICE = re.compile(
    r"\b(?:ain|don|doesn|didn|hasn|haven|hadn|isn|can)['’]?t (?:(?:got|have|had|gotten|get|really|even) )*$"
)
_ONLY = re.compile(r"\b(?:except|unless|other than|only)\b")


@dataclass
class Qualities:
    """What is said of one symptom."""

    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    cues: list[Cue] = field(default_factory=list)


def read_qualities(line: Line, effects: list[Found], drugs: list[Drug]) -> list[Qualities]:
    """One a symptom, in order."""
    if not effects:
        return []
    out = [Qualities() for _ in effects]
    blocked = [(one.start, one.end) for one in effects] + [(drug.start, drug.end) for drug in drugs]
    hits = effect_cues().find(line, blocked)
    breaks = hard_breaks(line)
    nones = _cued(line, breaks, effects, drugs, hits, out) if hits else []
    dated = _YEAR.search(line.low, line.lacks) is not None
    calls = _THEN_CALL.possible(line.lacks) and _CALLS.search(line.low, line.lacks) is not None
    if not line.lacks & _SIGNS:
        _signed(line, effects, out, calls)
    elif calls:
        for index, one in enumerate(effects):
            if not out[index].negated:
                _called(line, one, out[index])
    advised = advice(line)
    told_more = not line.lacks & _MORE or "?" in line.low
    for index, one in enumerate(effects):
        if told_more:
            _more(line, one, effects, drugs, out[index])
        for first, last, begin, stop in advised:
            if begin <= one.start < stop and not out[index].negated:
                _set(out[index], line, "uncertain", first, last)
        if not out[index].negated and (past := past_words(line, one)):
            _set(out[index], line, "historical", *past)
        if not out[index].negated and (does_not := _does_not(line, one)):
            _set(out[index], line, "negated", *does_not)
        if dated:
            _dated(line, breaks, one, drugs, out[index])
        if out[index].negated and (_ONLY.search(line.low, one.start, one.end) or came_only_then(line, one)):
            _unset(out[index], "negated")  # "no dizziness except when she stands up"
        if out[index].negated and line.low.startswith("no ", one.start) and _TWICE.search(line.low, 0, one.start):
            _unset(out[index], "negated")  # "ain't got no appetite"
        none = next((hit for hit in nones if one.end <= hit.start and same_sentence(breaks, one.end, hit.start)), None)
        if none is not None:
            _none_since(line, one, effects, none, out[index])
        if out[index].negated and out[index].historical:
            _only_one(out[index])
    for answer in answers(line, effects):
        for index in answer.places:
            if answer.denied:
                _set(out[index], line, "negated", answer.start, answer.end)
            else:
                _unset(out[index], "uncertain")
    for answer in ticked(line, effects):
        for index in answer.places:
            _unset(out[index], "negated")
            if answer.denied:
                _set(out[index], line, "negated", answer.start, answer.end)
    return out


def _cued(
    line: Line, breaks: list[int], effects: list[Found], drugs: list[Drug], hits: list[Hit], out: list[Qualities]
) -> list[Hit]:
    """Sets what the cues say of the symptoms; gives those that say that there was none since."""
    stops = {hit.first for hit in hits if hit.side("turn") is not None or hit.side("claim") is not None}
    denials = {hit.first for hit in hits if hit.side("negated") == "after"}
    for hit in hits:
        for what in ("negated", "uncertain", "historical"):
            if (what, "after") in hit.says and not _lasting(line, hit):
                ends = stops | denials if what == "historical" else stops
                for index in forward(line, breaks, effects, drugs, hit, ends):
                    _set(out[index], line, what, hit.start, hit.end)
        if hit.side("hypothetical") is not None and not went(line, hit.start, hit.low):
            _, stop = sentence(line, breaks, hit.end)
            for index, one in enumerate(effects):
                over = turned(line, hits, hit.end, one.start) or said_after(line, hit, one)
                if hit.end <= one.start < stop and not over:
                    _set(out[index], line, "uncertain", hit.start, hit.end)
        for what in ("negated", "historical"):
            if (what, "before") in hit.says and not (hit.low == "none" and _IN_YEARS.match(line.low[hit.end :])):
                for index in behind(line, breaks, effects, hits, hit, what):
                    if what == "negated" and out[index].historical and _not_again(line, effects[index], hit):
                        continue  # "hx constipation, none on Miralax"
                    _set(out[index], line, what, hit.start, hit.end)
    return [
        hit
        for hit in hits
        if hit.side("none") is not None or (hit.low == "none" and _IN_YEARS.match(line.low[hit.end :]))
    ]


_NO_MORE = re.compile(r" (?:on|since|with|w/|lately|recently|now|currently|this|so far|in|for|after)\b")


def _not_again(line: Line, one: Found, hit: Hit) -> bool:
    """Whether a denial behind what is past only tells that it has not come again."""
    if not re.search(r"[,;]| but | - ", line.low[one.end : hit.start]):
        return False
    return "recur" in hit.low or (hit.low == "none" and bool(_NO_MORE.match(line.low, hit.end)))


def _more(line: Line, one: Found, effects: list[Found], drugs: list[Drug], qualities: Qualities) -> None:
    """A question or a fear."""
    _question(line, one, effects, qualities)
    if looks := _LOOKS_LIKE.search(line.low, line.lacks, 0, one.start):
        _set(qualities, line, "uncertain", *looks.span(1))
    if feared := _feared(line, one, drugs):
        _set(qualities, line, "uncertain", *feared)


_DOES_NOT = re.compile(
    r"\b(doesn'?t|does not|don'?t|didn'?t|did not|won'?t|never)(?: (?:really|even|ever|seem to|usually))? $"
)
_DOING = ("make", "give", "cause", "upset", "bother", "keep", "knock", "leave", "bind", "back", "put", "tear", "mess")


_NEITHER = Rare(  # "neither Aleve nor Advil upset her stomach"
    r"\b(neither) [^.;,]{2,40} nor (?:(?:the|her|his) )?[\w'-]+"
    r"(?P<does> (?:caus|giv|gave|mak|made|bother|upset)\w*(?: (?:her|him|any|me|the))*)? $"
)


def _does_not(line: Line, one: Found) -> tuple[int, int] | None:
    """ "Claritin doesn't make her sleepy": a denial before a symptom that begins with what the drug does."""
    neither = _NEITHER.search(line.low, line.lacks, 0, one.start)
    if neither and (neither["does"] or line.low.startswith(_DOING, one.start)):
        return neither.span(1)
    if not line.low.startswith(_DOING, one.start):
        return None
    found = _DOES_NOT.search(line.low[max(0, one.start - 25) : one.start])
    return (max(0, one.start - 25) + found.start(1), one.start - 1) if found else None


def _lasting(line: Line, hit: Hit) -> bool:
    """ "3/7 hx of cough", "past few days nausea": a duration in front, or such words, mean now."""
    if hit.low == "past":
        return bool(_SPAN_OF_TIME.match(line.low, hit.end))
    return "h" in hit.low[:2] and bool(_DURATION_BEFORE.search(line.low[max(0, hit.start - 15) : hit.start]))


def _set(qualities: Qualities, line: Line, what: str, start: int, end: int) -> None:
    setattr(qualities, what, True)
    qualities.cues.append(cue(line, what, start, end))


def _unset(qualities: Qualities, what: str) -> None:
    setattr(qualities, what, False)
    qualities.cues = [known for known in qualities.cues if known.sets != what]


def _only_one(qualities: Qualities) -> None:
    """ "no longer dizzy", "never again": what is denied now is not also told as past unless both were said apart."""
    spans = {(one.start, one.end) for one in qualities.cues if one.sets == "negated"}
    if all((one.start, one.end) in spans for one in qualities.cues if one.sets == "historical"):
        qualities.historical = False


_THEN_CALL = Rare(
    r"^[^.;!\n]{0,60}?(?:(?:->|-->|→|=>|=|:|\bthen|\bshould|(?<!told )(?<!advised )(?<!asked )(?<!going )"
    r"(?<!switched )(?<!changed )(?<!converted )(?<!had )\bto) ?"
    r"(?:stop and |hold and |please )?(call|ring|phone|page|go to (?:the )?(?:er|ed)|\ber\b|911|seek|notify|report to|"
    r"contact|come in|let us know|tell us)|(?:, ?| - ?|: ?)(call|ring|phone|seek|go to|let us know|tell us|contact|"
    r"come in|see (?:a |the |your )?(?:dr|doctor|pcp|gp))(?! (?:[\w']+ ){0,2}if\b))\b"
)
_CALLS = Rare(
    r"call|ring|phone|page|go to|\ber\b|911|seek|notify|report|contact|come in|let us|tell us|see (?:an? |the |your )?"
    r"(?:dr|doctor|pcp|gp)"
)
_TOLD_TO = re.compile(
    r"\b(?:told|advised|asked|instructed|encouraged) (?:him|her|pt|them|me|patient|you|wife|"
    r"mom) to "
)
_NOW = re.compile(r"\b(?:now|today|x ?\d|since|sudden|suddenly|last night|this am|this morning|yesterday|sent|on)\b")


def _then_call(line: Line, one: Found) -> re.Match[str] | None:
    """The words that tell what to do if the symptom comes."""
    calls = _THEN_CALL.match(line.low[one.end :], line.lacks)
    if calls is None or _TOLD_TO.search(line.low[one.end : one.end + calls.end()]):
        return None  # "dizzy from his Coreg, told him to call": it has come
    return None if _happens(line, one, calls) else calls


def _happens(line: Line, one: Found, calls: re.Match[str]) -> bool:
    """ "calf swelling x 2d -> ER now": the symptom is there, the call is what is done about it."""
    after = line.low[one.end : one.end + calls.end() + len(" now")]
    return bool(_NOW.search(after)) or line.low[: one.start].rstrip().endswith(("sudden", "has", "having", "c/o"))


def _called(line: Line, one: Found, qualities: Qualities) -> bool:
    """Marks as only possible a symptom for which the line tells what to do if it comes."""
    calls = _then_call(line, one)
    if calls is not None:
        group = 1 if calls[1] else 2
        _set(qualities, line, "uncertain", one.end + calls.start(group), one.end + calls.end(group))
    return calls is not None


def _one_list(line: Line, effects: list[Found]) -> bool:
    return all(listed(line, one.end, other.start) for one, other in pairwise(effects))


_OVER = (" over ", " at ", " about ", " for ")  # "weepy over nothing since the Depo"


def _none_since(line: Line, one: Found, effects: list[Found], hit: Hit, qualities: Qualities) -> None:
    """ "falls: none since May" denies; "had a fall in May, none since" tells of the past."""
    gap = line.low[one.end : hit.start]
    between = [other for other in effects if one.end <= other.start < hit.start]
    if len(gap) > LONG_GAP or (between and not _one_list(line, [one, *between])) or gap.endswith(_OVER):
        return
    told = qualities.historical or re.search(r"[,.;]| but | - ", gap)
    _set(qualities, line, "historical" if told else "negated", hit.start, hit.end)


def _signs_lead(line: Line, effects: list[Found]) -> bool:
    """Whether signs stand before their symptoms ("(+) fatigue (-) rash") and not behind ("fatigue (+), rash (-)")."""
    if not effects or ("+" not in line.low and "-" not in line.low):
        return True
    first = line.low[max(0, effects[0].start - 8) : effects[0].start]
    if _PLUS.search(first, line.lacks) or _MINUS.search(first, line.lacks):
        return True
    return not _SIGN_AFTER.match(line.low[effects[0].end :], line.lacks)


_SIGNS = any_of(_MINUS, _LISTED_MINUS, _A_ZERO, _LISTED_MINUS_AFTER, _PLUS, _PLUS_AFTER)


def _sign(line: Line, one: Found) -> str | None:
    sign = _APART_SIGN.search(line.low[max(0, one.start - 3) : one.start], line.lacks)
    return sign[1] if sign else None


def _signed(line: Line, effects: list[Found], out: list[Qualities], calls: bool) -> None:
    """What the signs of a line tell: "(+) fatigue (-) rash"."""
    leads = _signs_lead(line, effects)
    signs = [_sign(line, one) for one in effects] if "+" in line.low else []
    apart = signs.count("-") > 1 and "+" in signs  # "- fever - chills + cough"
    for one, qualities in zip(effects, out, strict=True):
        _marks(line, one, qualities, leads, apart, calls)
    _share_signs(line, effects, out)


def _marks(line: Line, one: Found, qualities: Qualities, leads: bool, apart: bool, calls: bool) -> None:
    lacks = line.lacks
    before, after = line.low[max(0, one.start - 8) : one.start], line.low[one.end : one.end + _SIGN_REACH]
    before, after = (before, _NEXT_SIGN.sub("", after) if "(" in after else after) if leads else ("", after)
    listed_so = _LISTED_MINUS.search(before, lacks) and len(_SIGNED.findall(line.low)) > 1
    if _MINUS.search(before, lacks) or listed_so or (apart and _sign(line, one) == "-"):
        sign = line.low.rfind("-", 0, one.start)
        _set(qualities, line, "negated", sign, sign + 1)
    elif _MINUS_AFTER.match(after, lacks) or (
        _LISTED_MINUS_AFTER.match(after, lacks) and len(_SIGNED_AFTER.findall(line.low)) > 1
    ):
        _set(qualities, line, "negated", one.end, min(len(line.text), one.end + 4))
    elif calls and not qualities.negated and _called(line, one, qualities):
        return
    elif _PLUS.search(before, lacks) or _PLUS_AFTER.match(after, lacks):
        _unset(qualities, "negated")


def _share_signs(line: Line, effects: list[Found], out: list[Qualities]) -> None:
    """ "-N/V/D", "CP/SOB (-)": what slashes join has one sign; "(-) CP, SOB (+) fatigue": so has a list."""
    places = range(len(effects))
    for i in places:
        if out[i].negated and (sign := _SIGN_BEFORE.search(line.low, 0, effects[i].start)):
            _share(line, effects, out, places[i:], _SIGN_LIST if "(" in sign[1] else _SLASH, sign.span(1))
        if sign := _MINUS_AFTER.match(line.low[effects[i].end :], line.lacks):
            end = effects[i].end
            _share(line, effects, out, places[i::-1], _SLASH, (end, end + sign.end()))


def _share(
    line: Line,
    effects: list[Found],
    out: list[Qualities],
    places: range,
    joint: re.Pattern[str],
    sign: tuple[int, int],
) -> None:
    """Denies one symptom after the other as long as they are joined so."""
    for known, other in pairwise(places):
        first, second = sorted((known, other))
        if not joint.fullmatch(line.low, effects[first].end, effects[second].start):
            break
        if not out[other].negated:
            _set(out[other], line, "negated", *sign)


_SLASH = re.compile(r" ?/ ?")
_SIGN_LIST = re.compile(r" ?/ ?|, ?(?:and |or |& )?| (?:and|or|&) ")
_MAYBE_AFTER = Rare(
    r"^,? ?(maybe|perhaps|possibly|i think|(?:he|she) thinks|(?:(?:is|are|also) )?(?:possible|questionable)|"
    r"not ruled out)"
    r"(?= ?(?:$|[.,;)?]|not sure|unsure|but\b|on (?:his|her|my)\b))"
)
_CAN_IT = Rare(r"(?:^|[.;,] ?)(\?) ?(?:can|could|does|do|will|would)\b[^.;,?]*$")


_LOOKS_LIKE = Rare(  # "looks like thrush on camera"
    r"\b((?:looks?|looked|sounds?|sounded|seems?|seemed|appears?|appeared) (?:(?:a lot|more|most|kinda|very much) )?"
    r"(?:like|to be))(?: (?:an?|some|the|mild|early|bad|classic|another|new|oral|maybe|possible|it'?s|could be)){0,3} $"
)
_MORE = any_of(_MAYBE_AFTER, _FEARED, _HEARD, _LOOKS_LIKE)


def _question(line: Line, one: Found, effects: list[Found], qualities: Qualities) -> None:
    if maybe := _MAYBE_AFTER.match(line.low[one.end :], line.lacks):
        _set(qualities, line, "uncertain", one.end + maybe.start(1), one.end + maybe.end(1))
        return
    if "?" not in line.low:
        return
    before = line.low[: one.start]
    if asks := _CAN_IT.search(before, line.lacks):
        _set(qualities, line, "uncertain", *asks.span(1))
        return
    match = _ASK_BEFORE.search(before)
    if match and not re.search(r"\w\? ?$", before):
        place = before.rindex("?")
        _set(qualities, line, "uncertain", place, place + 1)
        return
    if re.match(r"^ ?\(\?\)", line.low[one.end :]):
        place = line.low.index("?", one.end)
        _set(qualities, line, "uncertain", place, place + 1)
        return
    if cause := _CAUSE_ASKED.match(line.low[one.end :], line.lacks):
        place = one.end + cause.start(1)
        _set(qualities, line, "uncertain", place, place + 1)
        return
    place = line.low.find("?", one.end)
    if place < 0:
        return
    between = line.low[one.end : place]
    if re.search(r"[.;!\n]|, (?!or\b|and\b)| - ", between) and not re.match(
        r"^(?:, [\w ]+){0,4}(?:,? or [\w ]+)?$", between
    ):
        return
    if re.search(r", | - ", between) and not re.search(r"\b(?:any|do you|does|is there|having)\b", before[-60:]):
        return
    rest = line.low[place + 1 :]
    answer = _ANSWER.match(rest)
    if answer and not _of_another(line, one, effects, place + 1 + answer.end()):
        _set(qualities, line, "negated", place + 1 + answer.start(1), place + 1 + answer.end(1))
    elif not _AFFIRM.match(rest):
        _set(qualities, line, "uncertain", place, place + 1)


def _feared(line: Line, one: Found, drugs: list[Drug]) -> tuple[int, int] | None:
    """ "worried Lipitor will hurt her memory": what a drug may do has not come yet."""
    if line.lacks & _OF_FEAR:
        return None
    drug = next((drug for drug in reversed(drugs) if drug.end <= one.start), None)
    if drug is None:
        return None
    if found := _FEARED.match(line.low[drug.end : one.start], line.lacks):
        return drug.end + 1, drug.end + 1 + len(found.group().split()[0])
    heard = _HEARD.search(line.low[: drug.start], line.lacks)
    return heard.span(1) if heard and _CAUSES.match(line.low[drug.end : one.start], line.lacks) else None


def _of_another(line: Line, one: Found, effects: list[Found], end: int) -> bool:
    """ "possible UTI? no fever": the words after the question deny another symptom and answer nothing."""
    following = next((other for other in effects if other.start >= end), None)
    if following is None or following.concept == one.concept:
        return False
    return bool(_STRAIGHT_ON.match(line.low[end : following.start]))


def _dated(line: Line, breaks: list[int], one: Found, drugs: list[Drug], qualities: Qualities) -> None:
    """A year or month in the clause of the symptom."""
    left, right = clause(line, one.start, one.end)
    for match in _YEAR.pattern.finditer(line.low, left, min(right, len(line.low))):
        if _NO_CENTURY.search(match.group()) and _VITAL.search(line.low, left, match.start()):
            continue  # "low BP in the 80s"
        if match.start() >= one.end:
            gap = line.low[one.end : match.start()]
            if (
                not LASTING.search(gap)
                and len(gap.split()) <= 6
                and not any(one.end <= drug.start < match.start() for drug in drugs)
            ):
                _set(qualities, line, "historical", match.start(), match.end())
                return
        elif (
            match.end() <= one.start
            and not _EVER_SINCE.search(line.low, line.lacks, one.end)
            and not any(match.end() <= drug.start < one.start for drug in drugs)
        ):
            gap = line.low[match.end() : one.start]
            if _EVENT_VERB.search(gap) or gap.strip() in ("", ":"):
                _set(qualities, line, "historical", match.start(), match.end())
                return
