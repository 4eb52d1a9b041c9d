"""Denied, possible or past: the qualifiers of a symptom, each with the words that set it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from consult.domain.mention import Cue
from consult.nlp.drug.find import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import clause, hard_breaks, listed, same_sentence, sentence
from consult.nlp.qualifier.cue_words import Hit, cue, effect_cues

_STRONG = (
    "den",
    "neg",
    "no complaint",
    "no c/o",
    "no sign",
    "no s/",
    "no evidence",
    "no report",
    "nil",
    "free of",
    "none of",
    "dneies",
)
_GOES_ON = re.compile(
    r"^\s*(?:\d|x ?\d|daily|every|since|worse|again|most|lately|all (?:day|night|the time)|at night|in (?:the )?"
    r"(?:am|morning|pm)|when|after|today|x ?\d|a lot|often|sometimes|from|due to|d/t|w/|with|on |for \d)"
)
_MINUS = Rare(r"(?:^|[\s(,;])-$|\(-\) ?$|(?:^|\s)\(?-\)? ?ve ?$")
_LISTED_MINUS = Rare(r"(?:^|[:,;.]) ?- ?$")
_SIGNED = re.compile(r"(?:^|[:,;.]) ?[-+] ?[a-z]")  # "ROS: - CP, - SOB, + edema"
_MINUS_AFTER = Rare(r"^ ?(?:\(-\)|\(neg\)|-ve\b)")
_PLUS_AFTER = Rare(r"^ ?(?:\(\+\)|\+(?=\s*(?:$|[,;.]))|\+ve\b)")
_SIGN_AFTER = Rare(r"^ ?(?:\([-+]\)|[-+]ve\b|[-+](?=\s*(?:$|[,;.])))")
_NEXT_SIGN = re.compile(r"^ ?\([-+]\)(?= ?[a-z])")  # the sign of the next symptom
_PLUS = Rare(r"(?:^|[\s(,;])\+ ?$|\(\+\) ?$")
_BEFORE_JOIN = re.compile(
    r"^[\s:=?,(\"”–-]*(?:(?:is|are|was|were|all|both|sx|symptoms|currently|now|has|have|has been|have been|"
    r"since|it|then|which|while|taking|that|have all|after a week|after a few days)\s+){0,3}$"
)
_NO_JOIN = re.compile(r"^\s*(?:[:=?]|-|–)\s*$")
_ASK_BEFORE = re.compile(
    r"(?:^|[\s(,;.:-])\?{1,3} ?(?:new |possible |maybe |early |mild |some |from |having |has |cause of |"
    r"causing |due to |d/t |2/2 |[a-z]+ )?$|\(\?\) ?$"
)
_ANSWER = re.compile(
    r"^\s*[\"”]?\s*[-–>]*\s*(?:(?:pt |she |he )?(?:says|said|states|reports|answers) )?(no|none|denies|denied|deny|"
    r"neg|negative|nope|nah|never|nil|n)\b(?! (?:longer|more))"
)
_STRAIGHT_ON = re.compile(r"^(?: (?!not\b|just\b|but\b|only\b)[\w/]+){0,3} $")
_AFFIRM = re.compile(
    r"^\s*[\"”]?\s*-? ?(?:yes|yep|yup|y|yeah|positive|only|sometimes|occasional(?:ly)?|occ|a (?:little|bit|lot)|"
    r"some|at times|"
    r"mild(?:ly)?|always|constant(?:ly)?|daily|nightly|every|often|lately|slight(?:ly)?|"
    r"x ?\d)\b"
)
_YEAR = Rare(
    r"(?<!since )(?<![\d/])(?:\b\d{1,2}/(?:\d{1,2}/)?20[0-2]\d\b|"
    r"\b(?:in |back in |circa |around |~)?(?:19[5-9]\d|20[0-3]\d)\b|"
    r"\bin (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b)(?! ?(?:mg|steps|units|cal))"
)
_LASTING = re.compile(r"\b(?:since|started|began|start|onset|ongoing|still|dx'?d|diagnosed|going on|every)\b")
_DURATION_BEFORE = re.compile(
    r"(?:\d/(?:7|52|12)|\d ?-?(?:d|day|days|wk|wks|week|weeks|mo|month|months|yr|year|years)) ?$"
)
_EVENT_VERB = re.compile(
    r"\b(?:had|got|passed|fell|made|gave|caused|developed|experienced|broke|felt|was|were|went|couldn't)\b"
)
_OVER = ("back to normal", "fine now", "ok now", "okay now", "settled", "resolved", "went away", "gone", "cleared")
_ITSELF = re.compile(
    r"^ ?(?:$|[.,;)]|(?:after|when|once|on its own|by itself|in|with|as soon as|within|now|last|since)\b)"
)
_LONG_GAP = 60  # characters over which ", back to normal now" still speaks of a symptom
_LIST_REACH = 120  # characters
_TURNS_ONLY = frozenset(("but", "however", "except", "so", "because", "bc", "has", "since", "just", "only"))
_TURNS_ONLY |= {"other", "besides", "aside", "apart"}
_ALONE_AFTER = re.compile(r"\s*(?:$|[,.;/)])")
_FEARED = Rare(r"^(?: (?:will|may|might|could|can|would)(?!'| be\b| have\b| not\b)|'ll)\b[^.;,]{0,40}$")
_ONLY = re.compile(r"\b(?:except|unless|other than|only)\b")
_WORDS_AWAY = 5
_NO_WORDS_AWAY = 3


@dataclass
class Qualities:
    """What is said of one symptom."""

    negated: bool = False
    uncertain: bool = False
    historical: bool = False
    cues: list[Cue] = field(default_factory=list)


def read_qualities(line: Line, effects: list[Found], drugs: list[Drug]) -> list[Qualities]:
    """One a symptom, in order."""
    out = [Qualities() for _ in effects]
    blocked = [(one.start, one.end) for one in effects] + [(drug.start, drug.end) for drug in drugs]
    hits = effect_cues().find(line, blocked)
    stops = {hit.first for hit in hits if hit.side("turn") is not None or hit.side("claim") is not None}
    breaks = hard_breaks(line)
    denials = {hit.first for hit in hits if hit.side("negated") == "after"}
    for hit in hits:
        for what in ("negated", "uncertain", "historical"):
            if (what, "after") in hit.says and not _lasting(line, hit):
                ends = stops | denials if what == "historical" else stops
                for index in _forward(line, breaks, effects, drugs, hit, ends):
                    _set(out[index], line, what, hit.start, hit.end)
        if hit.side("hypothetical") is not None:
            _, stop = sentence(line, breaks, hit.end)
            for index, one in enumerate(effects):
                over = _turned(line, hits, hit.end, one.start) or _said_after(line, hit, one)
                if hit.end <= one.start < stop and not over:
                    _set(out[index], line, "uncertain", hit.start, hit.end)
        for what in ("negated", "historical"):
            if (what, "before") in hit.says:
                for index in _behind(line, breaks, effects, hits, hit, what):
                    _set(out[index], line, what, hit.start, hit.end)
    dated = _YEAR.search(line.low, line.lacks) is not None
    nones = [hit for hit in hits if hit.side("none") is not None]
    leads = _signs_lead(line, effects)
    for index, one in enumerate(effects):
        _marks(line, one, out[index], leads)
        _question(line, one, effects, out[index])
        if feared := _feared(line, one, drugs):
            _set(out[index], line, "uncertain", *feared)
        if dated:
            _dated(line, breaks, one, drugs, out[index])
        if out[index].negated and _ONLY.search(line.low, one.start, one.end):
            out[index].negated = False  # "no dizziness except when she stands up"
            out[index].cues = [known for known in out[index].cues if known.sets != "negated"]
        if none := [hit for hit in nones if one.end <= hit.start and same_sentence(breaks, one.end, hit.start)]:
            _none_since(line, one, effects, none[0], out[index])
        if out[index].negated and out[index].historical:
            _only_one(out[index])
    return out


def _lasting(line: Line, hit: Hit) -> bool:
    """ "3/7 hx of cough", "2 wk history of rash": a duration in front means now."""
    return "h" in hit.low[:2] and bool(_DURATION_BEFORE.search(line.low[max(0, hit.start - 15) : hit.start]))


def _set(qualities: Qualities, line: Line, what: str, start: int, end: int) -> None:
    setattr(qualities, what, True)
    qualities.cues.append(cue(line, what, start, end))


def _only_one(qualities: Qualities) -> None:
    """ "no longer dizzy", "never again": what is denied now is not also told as past unless both were said apart."""
    spans = {(one.start, one.end) for one in qualities.cues if one.sets == "negated"}
    if all((one.start, one.end) in spans for one in qualities.cues if one.sets == "historical"):
        qualities.historical = False


def _turned(line: Line, hits: list[Hit], start: int, end: int) -> bool:
    return any(start <= hit.start < end and hit.low in ("but", "however", "currently has", "still has") for hit in hits)


_IN_PASSING = re.compile(r"\w[^.;]{0,80}\b(?:only )?$")
_GOES_ON_TO_SAY = re.compile(r"[,–-] ?(?:it|she|he|i|this|that|which|they|makes?|gives?|leaves?|but|now)\b")


def _said_after(line: Line, hit: Hit, one: Found) -> bool:
    """ "25 mg only if the pollen is bad, it leaves me groggy": the condition ended at the comma."""
    if hit.low not in ("if", "in case", "when") or not _GOES_ON_TO_SAY.search(line.low, hit.end, one.start):
        return False
    return bool(_IN_PASSING.search(line.low[: hit.start]))


def _forward(
    line: Line, breaks: list[int], effects: list[Found], drugs: list[Drug], hit: Hit, stops: set[int]
) -> list[int]:
    """Indexes of the symptoms in the scope of a cue that stands before them."""
    at = {line.at(one.start): index for index, one in enumerate(effects)}
    if hit.low == "0" and not line.low[hit.end : hit.end + 2].strip().isalpha():
        return []
    inside = {line.at(drug.start): drug for drug in drugs}
    strong = hit.low.startswith(_STRONG)
    reach = _NO_WORDS_AWAY if hit.low == "no" else _WORDS_AWAY
    out: list[int] = []
    pending, away, past_drug = "", 0, False
    i = hit.last
    while i < len(line.words):
        token = line.words[i]
        if not same_sentence(breaks, hit.end, token.end) and token.start >= hit.end:
            break
        if i in at:
            one = effects[at[i]]
            if out and pending and not _goes_with(line, effects, out[0], one, pending, strong):
                break
            out.append(at[i])
            pending, away = "", 0
            i = max(i + 1, line.at(one.end))
            continue
        if i in inside:
            if (not out and away == 0) or line.words[i - 1].low not in (
                "from",
                "with",
                "on",
                "w",
                "/",
                "the",
                "her",
                "his",
                "w/",
            ):
                break
            i, past_drug = line.at(inside[i].end), True
            continue
        low = token.low
        if low == ":" and i == hit.last and strong:
            i += 1  # "denies all: CP, SOB"
            continue
        if low in (":", "+", "=", ">", "—") or low == ")" or (low in ("-", "–", "(") and out):
            break
        if low == ",":
            if out and past_drug and not strong:
                break  # "no dizziness on lisinopril, headache"
            if not out:
                if not _or_list(line, hit, effects, strong):
                    break
                away = 0
            else:
                pending = ","
        elif low in ("and", "&", "n"):
            pending = pending or "and"
        elif low in ("or", "nor", "/"):
            pending = ""
        elif i in stops and (out or low in _TURNS_ONLY):
            break
        elif token.is_word:
            away += 1
            if away > reach or (pending == "," and away > 2):
                break
        i += 1
    return out


_OR_LIST = re.compile(r"^\s+(?:[\w'-]+\s+){0,3}[\w'-]+(?:,\s*(?:[\w'-]+\s+){0,3}[\w'-]+){0,6},?\s+(?:or|nor)\s")
_PLAIN_LIST = re.compile(r"^\s+(?:any\s+)?(?:[\w'-]+\s+){0,2}[\w'-]+,\s*$")


def _or_list(line: Line, hit: Hit, effects: list[Found], strong: bool) -> bool:
    """ "no murmurs, rubs or gallops": a list that ends in "or" is denied whole, whatever its first items are.

    After "denies" the "or" may be missing ("denies alcohol, tobacco").
    """
    rest = line.low[hit.end : hit.end + _LIST_REACH]
    if _OR_LIST.match(rest):
        return True
    first = next((one.start for one in effects if one.start >= hit.end), None)
    return strong and first is not None and bool(_PLAIN_LIST.match(line.low[hit.end : first]))


def _goes_with(line: Line, effects: list[Found], first: int, one: Found, pending: str, strong: bool) -> bool:
    """Whether a symptom after a comma or "and" is still denied: "no rash, hives" but not "no rash, tired all day"."""
    rest = line.low[one.end :]
    if _GOES_ON.match(rest):
        return False
    if one.form == "clause":
        return False
    if one.form == "adjective":
        return effects[first].form == "adjective" or (strong and pending == "and")
    return True


def _behind(line: Line, breaks: list[int], effects: list[Found], hits: list[Hit], hit: Hit, what: str) -> list[int]:
    """Indexes of the symptoms that a cue after them speaks of ("SOB: none", "hives, resolved")."""
    before = [i for i, one in enumerate(effects) if one.end <= hit.start and same_sentence(breaks, one.end, hit.start)]
    asked = [i for i, one in enumerate(effects) if one.end <= hit.start and "?" in line.low[one.end : hit.start]]
    if not before and what == "negated":
        before = asked
    if not before:
        return []
    last = before[-1]
    gap = line.low[effects[last].end : hit.start]
    if what == "negated":
        followed = any(
            0 <= one.start - hit.end <= 12 and not re.search(r"[.;,]", line.low[hit.end : one.start]) for one in effects
        )
        if hit.low in ("no", "denies", "neg", "nil", "denied") and followed:
            return []
        told = _NO_JOIN.match(gap) or (not gap.strip() and _ALONE_AFTER.match(line.low[hit.end :]))
        if hit.low == "no" and (not told or re.match(r"\s*[a-z]", line.low[hit.end :])):
            return []
        if hit.low in ("free", "-free") and gap not in ("", " ", "-", "- "):
            return []
        if not _BEFORE_JOIN.match(gap):
            return []
    else:
        if hit.low.startswith(_OVER):
            gap = gap.rpartition(",")[2] if len(gap) < _LONG_GAP else gap
        time = hit.low[-3:] == "ago" or "last" in hit.low or hit.low.startswith(("in ", "as ", "during"))
        words = re.findall(r"[a-z']+", gap)
        if (
            _LASTING.search(gap)
            or len(words) > (6 if time or words[-1:] == ["then"] else 4)
            or not (time or _BEFORE_JOIN.match(gap) or len(words) <= 3 or words[-1] == "then")
        ):
            return []
        if re.search(r"\b(?:no|not|never|un|hasn't|isn't)\W*$", line.low[: hit.start]) or re.search(r" - | -> |;", gap):
            return []
        if hit.low in ("stopped", "quit") and (gap.strip(' "”') or not _ITSELF.match(line.low[hit.end :])):
            return []  # "nausea, stopped metformin": what stopped is the drug
        if hit.low in ("in the past", "in past") and re.match(
            r"\s*(?:\d|few|several|week|wk|month|mo\b|year|yr|couple)", line.low[hit.end :]
        ):
            return []
        if "," in gap and time:
            return []
        if hit.low == "gone" and gap.strip() and not re.search(r"\b(?:is|are|all|now|has|have|,|and)?\s*$", gap):
            return []
    out = [last]
    own = what == "negated" and (hit.low == "-ve" or _claimed(line, breaks, hits, effects[last].start))
    for i in reversed(before[:-1]):
        joint = line.low[effects[i].end : effects[out[-1]].start]
        if not listed(line, effects[i].end, effects[out[-1]].start) or (own and "," in joint):
            break
        out.append(i)
    return out


def _claimed(line: Line, breaks: list[int], hits: list[Hit], before: int) -> bool:
    """ "c/o cough, fever none": where a list begins with what is there, the denial holds for its last item."""
    return any(
        hit.side("claim") is not None and hit.end <= before and same_sentence(breaks, hit.end, before) for hit in hits
    )


_THEN_CALL = Rare(
    r"^[^.;!\n]{0,60}?(?:(?:->|-->|→|=>|=|:|\bthen|\bshould|(?<!told )(?<!advised )(?<!asked )(?<!going )\bto) ?"
    r"(?:stop and |hold and |please )?(call|ring|phone|page|go to (?:the )?(?:er|ed)|er\b|911|seek|notify|report to|"
    r"contact|come in|let us know|tell us)|(?:, ?| - ?|: ?)(call|ring|phone|seek|go to|let us know|tell us|contact|"
    r"come in|see (?:a |the |your )?(?:dr|doctor|pcp|gp)))\b"
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


def _none_since(line: Line, one: Found, effects: list[Found], hit: Hit, qualities: Qualities) -> None:
    """ "falls: none since May" denies; "had a fall in May, none since" tells of the past."""
    gap = line.low[one.end : hit.start]
    if len(gap) > _LONG_GAP or any(one.end <= other.start < hit.start for other in effects):
        return
    told = re.search(r"[,.;]| but | - ", gap)
    _set(qualities, line, "historical" if told else "negated", hit.start, hit.end)


def _signs_lead(line: Line, effects: list[Found]) -> bool:
    """Whether signs stand before their symptoms ("(+) fatigue (-) rash") and not behind ("fatigue (+), rash (-)")."""
    if not any(sign in line.low for sign in "+-") or not effects:
        return True
    first = line.low[max(0, effects[0].start - 8) : effects[0].start]
    if _PLUS.search(first, line.lacks) or _MINUS.search(first, line.lacks):
        return True
    return not _SIGN_AFTER.match(line.low[effects[0].end :], line.lacks)


def _marks(line: Line, one: Found, qualities: Qualities, leads: bool) -> None:
    before, after = line.low[max(0, one.start - 8) : one.start], line.low[one.end : one.end + 8]
    before, after = (before, _NEXT_SIGN.sub("", after) if "(" in after else after) if leads else ("", after)
    lacks = line.lacks
    if _MINUS.search(before, lacks) or (_LISTED_MINUS.search(before, lacks) and len(_SIGNED.findall(line.low)) > 1):
        _set(qualities, line, "negated", max(0, one.start - 1), one.start)
    elif _MINUS_AFTER.match(after, lacks):
        _set(qualities, line, "negated", one.end, min(len(line.text), one.end + 4))
    elif not qualities.negated and (calls := _then_call(line, one)):
        group = 1 if calls[1] else 2
        _set(qualities, line, "uncertain", one.end + calls.start(group), one.end + calls.end(group))
    elif _PLUS.search(before, lacks) or _PLUS_AFTER.match(after, lacks):
        qualities.negated = False
        qualities.cues = [known for known in qualities.cues if known.sets != "negated"]


def _question(line: Line, one: Found, effects: list[Found], qualities: Qualities) -> None:
    if "?" not in line.low:
        return
    before = line.low[: one.start]
    match = _ASK_BEFORE.search(before)
    if match and not re.search(r"\w\? ?$", before):
        place = before.rindex("?")
        _set(qualities, line, "uncertain", place, place + 1)
        return
    if re.match(r"^ ?\(\?\)", line.low[one.end :]):
        place = line.low.index("?", one.end)
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
    drug = next((drug for drug in reversed(drugs) if drug.end <= one.start), None)
    found = _FEARED.match(line.low[drug.end : one.start], line.lacks) if drug else None
    return (drug.end + 1, drug.end + 1 + len(found.group().split()[0])) if drug and found else None


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
        if match.start() >= one.end:
            gap = line.low[one.end : match.start()]
            if (
                not _LASTING.search(gap)
                and len(gap.split()) <= 6
                and not any(one.end <= drug.start < match.start() for drug in drugs)
            ):
                _set(qualities, line, "historical", match.start(), match.end())
                return
        elif match.end() <= one.start and not any(match.end() <= drug.start < one.start for drug in drugs):
            gap = line.low[match.end() : one.start]
            if _EVENT_VERB.search(gap) or gap.strip() in ("", ":"):
                _set(qualities, line, "historical", match.start(), match.end())
                return
