"""Which symptoms a cue of denial, doubt or past speaks of: those in its scope behind it or before it."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.effect.lexicon import regions_of_words
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import listed, same_sentence
from consult.nlp.qualifier.cue_words import Hit

LASTING = re.compile(r"\b(?:since|started|began|start|onset|ongoing|still|dx'?d|diagnosed|going on|every)\b")
LONG_GAP = 60  # characters over which ", back to normal now" still speaks of a symptom
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
    "absent",
    "not present",
)
_GOES_ON = re.compile(
    r"^\s*(?:(?:she|he|which) (?:ties|blames|attributes|links|relates)|only\b|"
    r"\d|x ?\d|(?:dai|week|month|hour|constant|frequent|occasional)ly\b|"
    r"now and then\b|every|since|worse|again|most|lately|all (?:day|night|the time)|at night|in (?:the )?"
    r"(?:am|morning|pm)|up (?!to\b)|when|after|today|x ?\d|a lot|often|sometimes|from|due to|d/t|w/|with|on |for \d)"
)
_BEFORE_JOIN = re.compile(
    r"^[\s:=?,(\"”–-]*(?:(?:is|are|was|were|all|both|sx|symptoms|currently|now|has|have|has been|have been|"
    r"since|it|then|which|while|taking|that|have all|after a week|after a few days)\s+){0,3}$"
)
_NO_JOIN = re.compile(r"^\s*(?:[:=?]|-|–)\s*$")
_OVER = (
    *("back to normal", "fine now", "ok now", "okay now", "settled", "resolved", "went away", "gone", "cleared"),
    *("ok since", "okay since", "fine since", "good since", "clear since", "all clear since", "quiet since"),
)
_PASSED = ("passed", "resolved", "gone", "went away", "cleared", "settled", "cleared up", "gone now", "resolved now")
_OPENS = re.compile(
    r"[;.] ?(?:(?:that|this|it|which|has|have|had|since|now|all|both|is|are|was|they|these|sx|symptoms?|"
    r"side effects?|se) )*$"
)
_ITSELF = re.compile(
    r"^ ?(?:$|[.,;)]|(?:after|when|once|on (?:its|their) own|by (?:itself|themselves)|"
    r"in|with|as soon as|within|now|last|since)\b)"
)
_LIST_REACH = 120  # characters
_AT_THE_VISIT = re.compile(r"^\s*(?:today|this (?:visit|morning|am|week)|now|at (?:this|the) (?:time|visit)|on exam)\b")
_SO_LONG = re.compile(r"^\s*(?:x ?)?\d|^ (?:for|over) \d")
_NOT_GONE = re.compile(
    r"[\s,(-]*(?:but|tho|though|just|yet|and|still)?[\s,]*(?:not|isn'?t|aren'?t|hasn'?t|never)(?: \w+)? "
    r"(?:gone|resolved|away|normal|over|cleared)\b"
)
_NEW_CLAUSE = re.compile(r", (?:and|but) (?:the|her|his|my|this|that) $")  # "no rash, and the cough has cleared"
_SHE_HAD = re.compile(  # "the hot flashes she used to have are gone"
    r"^ (?:that |which )?(?:he|she|they|i|pt|the pt|the patient)(?:'d)? (?:(?:always|first|once|also) )?(?:used to "
    r"(?:have|get|feel)|has had|had(?: been having)?|was (?:having|getting)|got|reported|mentioned|complained of)\b"
)
_THERE_IS = re.compile(
    r", (?:and )?(?:(?:possibl[ey]|poss|questionable|maybe|probable|"
    r"mild|some|occ|occasional|occasionally|slight|slightly|minor|constant|intermittent|ongoing|"
    r"trace|tr|minimal|lots(?: of)?|a lot of|a bit of|a little|plenty(?: of)?|tons of|loads of|"
    r"persistent|still|has|having|had|gets|feels|reports|c/o|does|more|"
    r"(?:only |just )?(?:one|two|three|\d|several|a few|(?:a )?couple(?: of)?)"
    r"(?: (?:brief|small|short|bad|minor|mild|single|isolated))?"
    r"(?: (?:episodes?|bouts?|spells?|bits?|spots?|instances?)"
    r"(?: of)?)?) )+$"
)
_HOW_BAD = re.compile(  # "denies nausea, severe constipation", but "denies CP, severe HA, vision changes"
    r", (?:and )?(?:very |really |pretty |so )?(?:severe|significant|marked|moderate|mod|terrible|awful|horrible|bad|"
    r"frequent|much|(?:week|dai|night)ly) $"
)
_TURNS_ONLY = frozenset(
    (
        *("but", "however", "except", "so", "because", "bc", "has", "since", "just", "only"),
        *("other", "besides", "aside", "apart"),
    )
)
_GRADE = re.compile(r"(?:gr|grade|g[1-4])$")  # "gr 0 neuropathy, gr 1 fatigue"
_SENTENCES = frozenset(  # a symptom told by them is a sentence of its own: "no chills, sleeps on 2 pillows"
    (
        *("sleeps", "wakes", "gets", "goes", "has", "feels", "keeps", "needs", "stays", "walks"),
        *("can't", "cannot", "couldn't", "is"),
    )
)
_ALONE_AFTER = re.compile(r"\s*(?:$|[,.;/)])")
_DENIES = frozenset(("denies", "denied", "denying"))
_EMPHATIC = frozenset(("do", "does", "did"))  # "no nosebleeds, she does bruise easy"
_NOT_EMPHATIC = frozenset(("not", "", "so", "well", "ok", "okay", "fine", "deny", "it", "this", "that"))
_ANOTHER_CLAUSE = frozenset(("she", "he", "they", "i", "pt", "hx", "h/o"))  # "no bruising, he bleeds easy"
_CASES = frozenset(("if", "unless"))  # "911 not us if her tongue swells"
_TIMES = frozenset(("when", "whenever", "while", "during"))  # "not to drive when dizzy"
_WORDS_AWAY = 5
_NO_WORDS_AWAY = 3
_STAYS = re.compile(  # "no wheeze, am cough same as always", "no fever, cough persists", "no chills, achy tho"
    r"^(?: (?:is|are|was|has been|stays?|pretty much|much|still|just|about|the|at|a (?:bit|little)))* "
    r"(?:same|as (?:usual|always|ever|before|bad)|like (?:always|usual|before)|usual|unchanged|stable|baseline|b/l|"
    r"persists?|persisting|persistent|continues?|continuing|remains?|lingers?|lingering|comes?|came|goes|heals|healing|"
    r"improv\w+|resolving|better|fading|tolerable|manageable|bearable|controlled|ongoing|bad|tho|though|although|"
    r"(?:mild|moderate|severe|slight|minor)(?=$|[,.;)])|"
    r"off and on|on and off|now and then|at times|(?:couple|few)(?: of)? (?:times|x)|once|twice|several times|nightly|"
    r"most (?:days|nights|mornings)|constant|constantly|yesterday|last (?:night|week)|over the weekend|"
    r"the other (?:day|night)|(?:on )?(?:mon|tues?|wed|weds|wednes|thurs?|fri|satur|sat|sun)(?:day)?|"
    r"(?:down|up) (?:to|from)|less|fewer|milder|lighter|still(?=$|[,.;)]))\b"
    r"|^ (?:is|are|was|were|has|have|keeps?|gets?|got|started|began|bothers?|woke|wakes)\b|"
    r"^(?: [\w/'-]+){1,4},? (?:tho|though|however)\b"
)
_OWN_SUBJECT = re.compile(  # "no SI, mood down most days", "no wheeze, his usual cough"
    r" (?:mood|appetite|sleep|energy|weight|wt|skin|voice|vision|breathing|taste|memory|balance|bowels?|stools?|urine|"
    r"walking|gait|grip|libido|nerves|usual|same|same old|typical|baseline|just|only) "
    r"(?:is |are |was |been |feels? |still )?[\"“'‘]?$"
)
_TOLD_MORE = re.compile(
    r"\w (?:a (?:bit|little|tad)|kinda|kind of|somewhat|still|always) \w|^always \w|"
    r"\w (?:more|less|worse|a lot|too much|poorly|badly)$|^(?:more|less|worse|poor) \w"
)  # "no thrush, voice a bit rough", "denies yeast or UTI, urinating more", "denies SI, poor sleep"
_FOR_ALL = re.compile(
    r"^ (?:w/|(?:today|since|with|on|while|after|lately|at night)\b)"
)  # "no rash, itch, hives since restart"
_STILL_LISTED = re.compile(r"(?:, ?(?:[\w'-]+ ){0,2}[\w'-]+){0,4},? (?:or|nor) ")  # "no rash, skin peeling, or hives"
_LISTED = re.compile(r", (?!but\b|and\b|now\b|still\b|so\b)|,? (?:or|nor)\b")
_OF_NOUN = re.compile(r"\w+ (?:on|when|w|with|upon|while|of|in|at|after)\b")


def forward(
    line: Line, breaks: list[int], effects: list[Found], drugs: list[Drug], hit: Hit, stops: set[int]
) -> list[int]:
    """Indexes of the symptoms in the scope of a cue that stands before them."""
    at = {line.at(one.start): index for index, one in enumerate(effects)}
    if hit.low == "0" and not line.low[hit.end : hit.end + 2].strip().isalpha():
        return []
    inside = {line.at(drug.start): drug for drug in drugs}
    if hit.low == "neither" and not _NOR.match(line.low, hit.end):
        return []  # "neither helps the nausea"
    strong = hit.low.startswith(_STRONG)
    reach = _NO_WORDS_AWAY if hit.low in ("no", "neither") else _WORDS_AWAY
    out: list[int] = []
    pending, away, past_drug = "", 0, False
    i = hit.last
    lows = line.lows
    while i < len(lows):
        if not same_sentence(breaks, hit.end, line.ends[i]) and line.starts[i] >= hit.end:
            break
        if i in at:
            one = effects[at[i]]
            closes = strong and pending == "and" and len(out) > 1 and not _SO_LONG.match(line.low[one.end :])
            apart = pending or (out and _next_sentence(line, effects[out[-1]], one, strong))
            if out and apart and not closes and not _goes_with(line, effects, out, one, pending, strong):
                break
            if out and _NEW_CLAUSE.search(line.low[effects[out[-1]].end : one.start]):
                break
            if pending == "," and (lows[i] in _SENTENCES or _there_is(line, effects, at[i])):
                break  # "no sedation, mild sweats"
            out.append(at[i])
            pending, away = "", 0
            i = max(i + 1, line.at(one.end))
            continue
        if i in inside:
            named = line.low[inside[i].end : inside[i].end + 1] == " " and line.at(inside[i].end) in at
            if not out and away == 0 and named and hit.side("historical") == "after" and hit.low[0] in "hp":
                i = line.at(inside[i].end)  # "h/o lisinopril cough", "prior statin myalgia"
                continue
            if (not out and away == 0) or lows[i - 1] not in (
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
        low = lows[i]
        if _ends_denial(lows, i, bool(out), pending):
            break
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
        elif (
            low == "/"
            and not out
            and line.low[line.starts[i] - 1 : line.ends[i] + 1] == " / "
            and (away or any(one.end + 1 == hit.start for one in effects))
        ):
            break  # "no rinse / tongue sore", "hair shedding nil / still tired"
        elif low in ("or", "nor", "/"):
            pending = ""
        elif (i in stops and (out or low in _TURNS_ONLY)) or (out and _GRADE.match(low)):
            break
        elif line.are_words[i]:
            away += 1
            if away > reach or (pending == "," and away > 2):
                break
        i += 1
    return out


def _there_is(line: Line, effects: list[Found], i: int) -> bool:
    """Whether words of amount or degree begin something that is there; "severe" within a list does not."""
    one = effects[i]
    if _THERE_IS.search(line.low, 0, one.start):
        return True
    if not _HOW_BAD.search(line.low, 0, one.start):
        return False
    return i + 1 == len(effects) or not listed(line, one.end, effects[i + 1].start)


def _ends_denial(lows: list[str], i: int, told: bool, pending: str) -> bool:
    """A case, or where a symptom was `told` a sentence of its own: "she does bruise", not "did so well"."""
    low, after = lows[i], lows[i + 1] if i + 1 < len(lows) else ""
    if low in _CASES or (low in _TIMES and not told):
        return after != "asked"
    if told and low in _DENIES:
        return True  # another denial has a scope of its own
    if told and low in _EMPHATIC:
        return after not in _NOT_EMPHATIC
    return pending == "," and low in _ANOTHER_CLAUSE


_NOR = re.compile(r"(?: [\w'/-]+,?){1,5}? n?or ")
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


def _goes_with(line: Line, effects: list[Found], denied: list[int], one: Found, pending: str, strong: bool) -> bool:
    """Whether a symptom after a comma or "and" is still denied: "no rash, hives" but not "no rash, tired all day"."""
    first, several = denied[0], len(denied) > 1
    rest = line.low[one.end :]
    if _GOES_ON.match(rest):
        if several and pending == "," and one.form == "noun" and _FOR_ALL.match(rest):
            return not _is_sentence(line, one, strong)
        return strong and pending == "and" and bool(_AT_THE_VISIT.match(rest))
    if not _STILL_LISTED.match(rest) and (
        _STAYS.match(rest)
        or _is_sentence(line, one, strong)
        or _OWN_SUBJECT.search(line.low, effects[first].end, one.start)
        or _TOLD_MORE.search(line.low[one.start : one.end])
    ):
        return False
    if pending == "," and not (strong or several or _LISTED.match(rest)) and _part_told(line, one):
        return False
    if one.form == "clause":  # but "denies cough, dizziness on standing"
        return strong and bool(_OF_NOUN.match(line.low[one.start : one.end]))
    if one.form == "adjective":
        words = " " in line.low[one.start : one.end]  # "denies fever, sore throat"
        item = words or pending == "and" or _LISTED.match(rest)  # "denies falls, dizzy, blurry vision"
        return effects[first].form == "adjective" or (strong and bool(item))
    return True


def _next_sentence(line: Line, before: Found, one: Found, strong: bool) -> bool:
    """ "no fever no chills back achy": what no mark parts from the symptom before."""
    return line.low[before.end : one.start] == " " and _is_sentence(line, one, strong)


_OWNER = re.compile(r"(?:^|[ ,])(\w+[st]) $")


def _is_sentence(line: Line, one: Found, strong: bool) -> bool:
    """ "nose bled", "back achy": a part of the body and what it does, or after a mere "no" how it is."""
    part, *rest = line.low[one.start : one.end].split()
    words = _parts_words()
    owner = _OWNER.search(line.low, 0, one.start)
    if owner and part in words["several do"] and owner[1] in regions_of_words():
        return True  # "legs cramp at night"
    if not rest:
        return False
    if part in words["begins"]:
        return True
    if part not in words["of"] and part not in regions_of_words():
        return False
    last = rest[-1]
    does = last in words["does"] or (part.endswith("s") and last in words["several do"])
    return does or not words["within"].isdisjoint(rest) or (not strong and last in words["is"])


def _part_told(line: Line, one: Found) -> bool:
    """ "numb toes", "swollen ankles": how parts of the body are."""
    how, *rest = line.low[one.start : one.end].split()
    return bool(rest) and how in _parts_words()["is"] and rest[-1] in regions_of_words() and rest[-1][-1] in "st"


@cache
def _parts_words() -> dict[str, frozenset[str]]:
    """What parts of the body do and how they are, in words that make a sentence with the part named before."""
    rows = (row.split(": ", 1) for row in wordlist.lines("qualifier", "parts_told.txt"))
    return {name: frozenset(words.split()) for name, words in rows}


def behind(line: Line, breaks: list[int], effects: list[Found], hits: list[Hit], hit: Hit, what: str) -> list[int]:
    """Indexes of the symptoms that a cue after them speaks of ("SOB: none", "hives, resolved")."""
    before = [i for i, one in enumerate(effects) if one.end <= hit.start and same_sentence(breaks, one.end, hit.start)]
    asked = [i for i, one in enumerate(effects) if one.end <= hit.start and "?" in line.low[one.end : hit.start]]
    if not before and what == "negated":
        before = asked
    if not before and what == "historical" and (opens := _OPENS.search(line.low[: hit.start])):
        over = hit.low.endswith(_PASSED) and _ITSELF.match(line.low[hit.end :])
        before = [i for i, one in enumerate(effects) if one.end <= opens.start()] if over else []
        gap = line.low[effects[before[-1]].end : opens.start()] if before else "."
        return before[-1:] if not re.search(r"[.;]", gap) else []  # "queasy for two weeks; that has since passed"
    if not before:
        return []
    last = before[-1]
    gap = line.low[effects[last].end : hit.start]
    if what == "negated":
        followed = _followed(line, effects, hit)
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
        if hit.low in ("no longer", "hx", "h/o") and _followed(line, effects, hit):
            return []  # "no fever, no longer dizzy", "no rash, hx hives"
        if _of_something_else(gap, effects[last]):
            return []  # "cough, BP ok now"
        if had := _SHE_HAD.match(gap):
            gap, before = gap[had.end() :], before[-1:]
        if hit.low.startswith(_OVER):
            gap = gap.rpartition(",")[2] if len(gap) < LONG_GAP else gap
        time = hit.low[-3:] == "ago" or "last" in hit.low or hit.low.startswith(("in ", "as ", "during"))
        words = re.findall(r"[a-z']+", gap)
        if (
            LASTING.search(gap)
            or len(words) > (6 if time or words[-1:] == ["then"] else 4)
            or not (time or _BEFORE_JOIN.match(gap) or len(words) <= 3 or words[-1] == "then")
        ):
            return []
        if re.search(r"\b(?:no|not|never|un|hasn't|isn't)\W*$", line.low[: hit.start]) or re.search(r" - | -> |;", gap):
            return []
        if hit.low in ("stopped", "quit") and (
            gap.strip(' "”') not in ("", "have", "has") or not _ITSELF.match(line.low[hit.end :])
        ):
            return []  # "nausea, stopped metformin": what stopped is the drug
        if _NOT_GONE.match(line.low, hit.end):
            return []  # "better now but not gone"
        if hit.low in ("in the past", "in past") and re.match(
            r"\s*(?:\d|few|several|week|wk|month|mo\b|year|yr|couple)", line.low[hit.end :]
        ):
            return []
        if ("," in gap or words[-1:] == ["than"]) and time:  # "stiffer than last yr"
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


_WELL_OF = re.compile(
    r"[,;] (?:(?:but|and|her|his|the|my|otherwise) )*(bp|sugar|bg|glucose|hr|pulse|wt|weight|appetite|inr|a1c|lab|k|"
    r"tsh|ldl|sleep|mood|energy|pain|breathing|bowel|stool|kidney|scr|sat|level|pressure|memory|balance|mouth|skin|"
    r"vision|eye|lung|chest|urine|head|nose|sinu)(?:e?s)?"
    r"(?: (?:is|are|was|were|been|has|have|all|now|back|running|doing|feels?|looks?))* $"
)
_WELL_MEANS = {
    "bp": "tension",
    "pressure": "tension",
    "sugar": "glyc",
    "bg": "glyc",
    "glucose": "glyc",
    "hr": "cardia",
    "pulse": "cardia",
    "wt": "weight",
    "sleep": "insomnia drowsiness nightmares",
    "mood": "mood irrit anxi emotion",
    "energy": "fatigue",
    "breathing": "breath",
    "bowel": "constipation diarrhea",
    "stool": "constipation diarrhea",
    "k": "kalemia",
    "balance": "unsteady",
    "vision": "vision",
    "eye": "vision eye",
    "skin": "rash hives itch",
    "inr": "bleed",
    "memory": "memory",
    "mouth": "mouth thrush",
    "kidney": "kidney",
    "scr": "kidney",
}


def _of_something_else(gap: str, one: Found) -> bool:
    """Whether what is well again is told of another matter than the symptom."""
    well = _WELL_OF.search(gap)
    if well is None:
        return False
    meant = _WELL_MEANS.get(well[1], well[1]).split()
    return not any(word in one.concept for word in meant)


def _followed(line: Line, effects: list[Found], hit: Hit) -> bool:
    """Whether a symptom stands right behind a cue, which then speaks of that."""
    return any(
        0 <= one.start - hit.end <= 12 and not re.search(r"[.;,]| / ", line.low[hit.end : one.start]) for one in effects
    )


def _claimed(line: Line, breaks: list[int], hits: list[Hit], before: int) -> bool:
    """ "c/o cough, fever none": where a list begins with what is there, the denial holds for its last item."""
    return any(
        hit.side("claim") is not None and hit.end <= before and same_sentence(breaks, hit.end, before) for hit in hits
    )
