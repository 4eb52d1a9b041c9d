"""Blame by what is told beside a symptom, where no single cue blames: when it comes after a dose, whose opinion it
is, that it came back with the drug, what the drug does to somebody.

Words that point to the drug itself ("within an hour of each dose", "says it's the drug") blame any drug that is not
given for the symptom; weaker ones ("20 min later like clockwork", "Reglan tremor") only one that is known for it.
"""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.known import given_for, known_for, likely_its

_REACH = 90  # characters
_DOSE = (
    r"(?:dos(?:e|es|ing)|pills?|tab(?:let)?s?|cap(?:sule)?s?|shots?|inj(?:ection)?s?|puffs?|patch(?:es)?|infusions?|"
    r"drops?|"
    r"tak(?:es|ing) it|taking (?:one|them)|it kicks in|it's kicked in)\b"
)
_EACH = r"(?:each|every|any|the|her|his|my|a|an|that|am|pm|morning|evening|night|bedtime|last|first|next|weekly|daily)"
_A_TIME = r"(?:\d+(?: ?- ?\d+)?|an?|half an?|a few|a couple(?: of)?|couple|few|one|two|three)"
_UNIT = r"(?:min(?:ute)?s?|h(?:ou)?rs?|h|days?|d|w(?:ee)?ks?)"
_AFTER_DOSE = Rare(
    rf"^[^.;]{{0,30}}?\b(?:(?:with)?in|about|around|~|by|for)? ?(?:{_A_TIME} ?{_UNIT}|minutes|hours|days|weeks|shortly|"
    rf"soon|right|just|immediately|directly|the day|the night|the morning)? ?(?:after|post|past|following|of|into|from|"
    rf"with|w/|behind) ?-?(?:(?:{_EACH} ){{1,3}}{_DOSE}|(?:re-?)?(?:start\w*|beginning|going on|getting on) (?:it|"
    rf"this|that)\b)"
)
_POST_DOSE = Rare(
    rf"^[^.;]{{0,30}}?\b(?:post-? ?{_DOSE}|after dosing|after (?:taking|using) (?:it|one|them|hers|his)\b|"
    r"(?:after|with|w/) (?:each |every )?use\b|as a (?:result|side effect|consequence)\b)"
)
_IN_TIME = Rare(
    rf"^[^.;]{{0,30}}?\b(?:like clockwork|(?:about |~ ?)?{_A_TIME} ?{_UNIT} (?:later|after|afterwards?|post|in)\b|"
    rf"(?:with)?in (?:about |~ ?)?{_A_TIME} ?{_UNIT}\b|every time|each time)"
)
_SAYS = (
    r"\b(?:says?|said|saying|thinks?|thought|feels?|felt|told (?:her|him|me|them|us|pt)|tells (?:her|him|me|them|pt)|"
    r"suspects?|convinced|sure|certain|swears|agrees?|figures|reckons|believes?|blames?|per [\w/.]+|decided|confirmed|"
    r"knows?|calls? it|chalks it up)"
)
_ITS_THAT = Rare(
    rf"{_SAYS},?(?: that)?,? (?:(?:it'?s|its|it is|that'?s|thats|that is|this is|it was|that was|it has to be|"
    rf"it must be|"
    r"to|it) (?:(?:all|prob\w*|likely|most likely|definitely|just|from|due to|d/t|bc of|because of|gotta be|only|"
    r"really|"
    r"a|an) )*(?:(?:the|her|his|my|that|this|new) )*(?:drug|meds?|medications?|medicines?|pills?|shots?|patch|inhaler|"
    r"drops|why|reason|cause|culprit|side effects?|se\b|adr\b|reaction|normal with (?:it|this)|expected with (?:it|"
    r"this))\b|(?:[\w']+ )?(?:on )?too much(?: of it)?\b|(?:the |her |his )?dose (?:is |was )?(?:\w+ )?too (?:high|"
    r"strong|big)\b)"
)
_RESUMED = Rare(
    r"\b(?:back on|restart(?:ed|ing)|re-?start(?:ed|ing)?|resum(?:ed|ing)|(?:went|goes|going) back (?:on|to)|"
    r"re-?challeng\w*(?: with| w/)?|retried|re-?tried|tried again|tried)(?: (?:the|her|his|my|taking))* $"
)
_BACK_TOO = Rare(
    r"^[^.;]{0,25}?\b(?:is|are|was|were|has|have|came|come|comes|'s|right|&|and|now)? ?(?:right )?(?:back(?! (?:pain|"
    r"ache|spasm))|returned|returns|again|recurred|came back|started (?:up|back))\b"
)
_CAME_BACK = Rare(
    r"^[^.;]{0,60}?\b(?:came (?:right )?back|comes (?:right )?back|returned|returns|recurred|back|"
    r"again)\b[^.;]{0,30}?\b"
    r"(?:resum\w+|restart\w*|re-?start\w*|re-?challeng\w*|retr(?:ied|y\w*)|(?:going|went|goes|got|being|put) back on|"
    r"back on|tried (?:it )?again|took it again|takes it again)\b"
)
_NTH = (
    r"(?:the |her |his |my |just |only |after |with |on |w/ )*(?:\d(?:st|nd|rd|th)|first|second|third|one|single|a|1|2|"
    r"half an?)"
)
_NTH_DOSE = Rare(  # "hives 2nd dose Augmentin", "one Bactrim tab -> lips tingling"
    rf"^,? (?:{_NTH}) (?:dose|pill|tab(?:let)?|cap(?:sule)?|shot|injection|infusion|day)s?(?: of)?(?: (?:the|her|his|"
    rf"my))? $"
)
_AT_NTH_DOSE = Rare(rf"^,? (?:{_NTH}) (?:dose|pill|tab(?:let)?|cap(?:sule)?|shot|injection|infusion)s?\b")
_TOOK_ONE = Rare(
    r"\b(?:took|tried|takes|had|after|swallowed|popped|got) (?:just |only |like )?(?:one|a|1|2|two|three|half an?|"
    r"a single|"
    r"(?:his|her|my|the) (?:1st|first|second|2nd|last))(?: (?:dose|pill|tab\w*|cap\w*|shot|day|night)s?(?: of)?)?"
    r"(?: (?:the|her|his|my))? $"
)
_AND_THEN = re.compile(
    r"^(?: (?:tab\w*|pill|cap\w*|shot|dose|er|xr))?,? ?(?:and|&|then|->|-->|→|=>|=|[-–:,]) ?(?:(?:then|was|got|had|"
    r"felt|started|"
    r"she|he|i|immediately|right away|ended up|spent the night|up all night|all night|within \w+ ?\w*) )*$"
)
_STARTED = Rare(
    r"\b(?:start(?:ed|ing)?|began|rx'?d|prescribed|put on|placed on|given|added|bump\w*(?: up)?|increased|inc'?d?|"
    r"raised|upped|"
    r"doubled|switched to|changed to|new(?: rx)?(?: of| for)?|got|getting|went (?:up )?on)(?: (?:the|her|his|my|a|"
    r"some|on))* $"
)
_AND_NOW = re.compile(
    r"^[^.;]{0,40}?(?:[,;.&–>-]|\band\b|\bbut\b)[ -]*(?:(?:and|&|but|then|since|with) )*(?:now|next day|days? later|"
    r"since then|"
    r"ever since|suddenly|that night|right away|all of a sudden|a week later|immediately)\b(?:[ ,]+(?:he|she|i|pt|"
    r"has|have|is|"
    r"gets?|got|with|feels?|having|having some|she's|he's|i'm|i've|can't stop|complains of|c/o|the|her|his|my|some|"
    r"bad|new))* $"
)
_PUT_ON = Rare(  # "ever since the urologist put her on Ditropan", "each time he puts in the pilocarpine"
    r"^[^.;]{0,40}?\b(?:(?:ever )?(?:since|after|when|once) (?:[\w.']+ ){1,4}?(?:put|started|placed|got|switched|"
    r"moved|tried|"
    r"gave|prescribed|rx'?d|added|doubled|raised|bumped|upped|increased|resumed|restarted)(?: (?:her|him|them|me|pt|"
    r"mom|dad|us))?"
    r"|(?:each|every|any) time (?:he|she|i|pt|they)(?:'s)?(?: \w+)?|when(?:ever)? (?:he|she|i|pt|they) (?:takes?|"
    r"uses?|puts?|"
    r"applies|injects?|inhales?|doses))(?: (?:up|back|in))?(?: (?:on|to|onto|with))?(?: (?:the|her|his|my|a|this|"
    r"that|new|some))* $"
)
_SIDE_EFFECT = re.compile(
    r"(?:^|[ ,;(-])(?:s/?es?|aes?|adrs?|side[- ]?effects?|rxn|reaction)\b(?: (?:are|is|of|include|incl))? ?[:=-]? ?"
    r"(?:(?!no\b|none\b|denies\b|not\b)[\w'-]+ ){0,2}$"
)
_NOT_ANY = re.compile(r"\b(?:no|denies|without|w/o|zero|nil|any|for|about|of)(?: \w+)? $")
_ITS_PLACE = re.compile(
    r"^ ?(?:(?:right|all) )?(?:underneath|beneath|(?:under|around|below) (?:it|the|her|his|there)|where (?:it|the|he|"
    r"she)|"
    r"at (?:the )?(?:site|patch|inj\w*))\b(?! (?:eye|nose|breast|arm|watch|mouth|tape|adhesive|bandage|dressing|"
    r"tegaderm))"
)
_OF_A_DRUG = re.compile(r"(?:constipat|sedat|nauseat|dehydrat|irritat|upsett|dry|numb|bloat)ing$")
_WHY = re.compile(
    r"\b(?:(?:thinks?|says?|believes?|figures?|suspects?|feels) )?(?:it'?s|it is|that'?s|thats|that is|this is|"
    r"which is|is) "
    r"(?:prob\w* |likely |maybe )?why (?:(?:her|his|my|the|she|he|i|she's|he's|i'm|has|have|is|so|always|gets) )*$"
)
_BY_IT = re.compile(r"\bit (?:was|is|'s|kept|keeps|has been|had been|had|has) (?:(?:her|him|me|them) )?$")
_ING = re.compile(r"\w+ing (?:my|his|her|their|the|him|me|them)\b|\w+ing\b")
_THEN = Rare(
    r"^(?:[^.;]|\.(?=\d)){0,70}?(?:[,;.&–>-]|\band\b) ?(?:and )?(?:since then|ever since|from then on|after that)\b,?"
    r"(?: (?:he|she|i|pt|has|have|is|been|gets?|got|with|feels?|having|some|she's|he's|i'm|i've|the|her|his|my|more|"
    r"very|so))* $"
)
_DOES = re.compile(
    r"(?:(?:has|have|had|'s|is|just|really|always|totally|completely) )*(?:dr(?:y|ies|ied|ying)|keeps?|kept|makes?|"
    r"made|"
    r"upsets?|burn(?:s|ed|t)?|tears?|tore|knocks?|knocked|wipes?|wiped|turns?|turned|mess(?:es|ed)|swell(?:s|ed)|"
    r"numbs?|"
    r"binds?|bound|plugs?|plugged|stops? up|stopped up|backs?|backed|gives?|gave|given|irritat(?:es|ed)|bothers?|"
    r"bothered|"
    r"kill(?:s|ed)|took|takes|taken|taking|puts?|rais(?:es|ed)|dropp?(?:s|ed)|sends?|sent|leaves?|left|gets?|got|"
    r"ruins?|"
    r"ruined|wreck(?:s|ed)|zap(?:s|ped)|drain(?:s|ed)|sap(?:s|ped)|robb?(?:s|ed)|cost|cloud(?:s|ed)|fogs?|fogged|"
    r"spins?|slow(?:s|ed)|sped|speeds|weaken(?:s|ed)|lower(?:s|ed)|loosen(?:s|ed)|block(?:s|ed)|"
    r"hits?|eats?|ate|thins?|thinned|puff(?:s|ed)|blow(?:s)?|blew|blows)\b"
)
_DONE_TO = re.compile(
    r" (?:(?:up|out|away|off|all|all of) )?(?:me|him|her|my|his|their|them|us|pt|pt's|both of|\d+ ?(?:lbs?|pounds|kg|"
    r"#) on)\b"
)
_VERB_LAST = re.compile(
    r"\b(?:(?:has|have|had|is|just|really|always) )*\w+ (?:(?:away|him|her|me|them|my|his|the|their|up|out|all|of|"
    r"off) )+$"
)
_ITSELF = re.compile(
    r"(?:^|[,:;“\"(–—-]|\b(?:it|(?:that|this)(?: one| stuff)?|the stuff|which|and|but|because it|bc it|since it|as it))"
    r"[ \"“'‘]*(?:(?:has|have|had|is|was|been|kept|keeps|really|always|just) )*$"
)
_SIDE_BY_SIDE = re.compile(
    r"^ (?:(?:-?(?:induced|related|caused|associated)|some|mild|bad|severe|awful|terrible|horrible|the|usual|real|more|"
    r"worse|crazy|vivid|nasty|wicked|constant|daily|chronic|bit of|lots of) )*$"
)
_ASIDE = re.compile(r"(?:,|/|\band|\bor|&|\+) ?$")
_OWN_TIME = re.compile(
    r"^,? (?:x ?\d|for (?:\d|years|yrs|months)|since\b|\d+ (?:yrs?|years|mos?|months)\b|before|b4|at baseline|chronic)"
)
_EASED = Rare(
    r"\b(?:better|improv\w+|gone|resolv\w+|eas\w+|reliev\w+|relief|helps?|helped|less|controlled|settl\w+|calm\w*|"
    r"wears off|wore off|stops?|went (?:away|down)|clear\w+|let up|quit|disappear\w+|subsid\w+|fad(?:ed|es)|"
    r"vanish\w+)\b"
)
_WHILE_NOT = Rare(
    r"\b(?:miss\w*|skip\w*|without|w/o|wears? off|wearing off|before|b4|until|till|due for|late|back (?:by|in|at)|"
    r"returns?)\b"
)

_PUT_HER_ON = (
    r"(?: (?:they|she|he|i|we|dr|the dr|md|pcp|my doctor|the doctor))?(?: (?:ever )?(?:put|started|gave|got|added|"
    r"began|begun|upped|raised|doubled|changed|switched|took|tried))?(?: (?:me|her|him|pt))?(?: (?:on|to|with|taking))?"
)
_NEVER_BEFORE = (
    r"\b((?:never|didn'?t|hadn'?t|wasn'?t|weren'?t) (?:[\w']+ ){0,4}?(?:before|until|till?|prior to)|"
    r"(?:was|were|felt|did|slept|been|is|i'm) (?:[\w']+ ){0,2}?(?:fine|ok|okay|good|regular|normal|great|well|"
    r"all ?right) (?:before|until|till?))"
)
_NEVER_BEFORE_DRUG = Rare(  # "Calves ache. Never had that before Lipitor"
    rf"^[^;]{{0,50}}?{_NEVER_BEFORE}{_PUT_HER_ON}(?: (?:the|her|his|my|this|that|these|new))* $"
)
_NEVER_BEFORE_IT = Rare(  # "cold hands, was fine till they put her on it"
    rf"^[^;]{{0,50}}?{_NEVER_BEFORE}{_PUT_HER_ON} (?:it|that|this|them|this one|that one|"
    r"(?:this|that|the new) (?:med|drug|pill|stuff|medicine|shot))\b"
)
_IS_IT = re.compile(  # "breasts leaking + no libido: ?risperdal"
    r"^(?: ?[+&/,] ?(?:and )?[\w' ]{2,25})?(?: ?[:;–,-])? \?(?:maybe |poss\w* |prob\w* |from |2/2 |d/t |due to )?$"
)


def likely_cause(line: Line, one: Found, drugs: list[Drug]) -> tuple[int, tuple[int, int]] | None:
    """The index of the drug and the span of the words that blame it."""
    earlier = [i for i, drug in enumerate(drugs) if drug.end <= one.start and one.start - drug.end <= _REACH]
    later = [i for i, drug in enumerate(drugs) if drug.start >= one.end and drug.start - one.end <= _REACH]
    after = line.low[one.end :]
    if earlier:
        i = earlier[-1]
        drug = drugs[i]
        if given_for(drug, one.concept):
            return None
        gap, known = line.low[drug.end : one.start], known_for(drug, one.concept)
        if place := _beside(line, one, drug, gap, after, known):
            return i, place
        if "\n" not in gap and (place := _told_behind(line, one, after, known)):
            return i, place
    if later and not given_for(drugs[later[0]], one.concept):
        drug = drugs[later[0]]
        gap = line.low[one.end : drug.start]
        put = _PUT_ON.match(gap, line.lacks)
        if put and not _EASED.search(put.group(), line.lacks):
            return later[0], (one.end + 1, drug.start)
        if never := _NEVER_BEFORE_DRUG.match(gap, line.lacks):
            return later[0], (one.end + never.start(1), one.end + never.end(1))
        if "?" in gap and (asked := _IS_IT.match(gap)):
            return later[0], (one.end + asked.end() - 1, drug.start)
        if found := _NTH_DOSE.match(gap, line.lacks):
            return later[0], (one.end + 1, one.end + found.end() - 1)
        if (found := _CAME_BACK.match(gap, line.lacks)) and not _EASED.search(found.group(), line.lacks):
            return later[0], (one.end + found.start() + 1, one.end + found.end())
    return None


def _beside(line: Line, one: Found, drug: Drug, gap: str, after: str, known: bool) -> tuple[int, int] | None:
    """ "Reglan tremor", "back on Zestril & the cough is back too", "Alphagan gtts bid, dries my mouth out"."""
    before = line.low[: drug.start]
    if known and one.form == "noun" and _SIDE_BY_SIDE.match(gap) and not _ASIDE.search(before):
        return drug.start, one.end
    if _TOOK_ONE.search(before, line.lacks) and _AND_THEN.match(gap):
        return drug.start, drug.end
    if nth := _AT_NTH_DOSE.match(after, line.lacks):
        return one.end + 1, one.end + nth.end()
    if why := _WHY.search(gap):
        return drug.end + why.start(), drug.end + why.end() - 1
    if (it := _BY_IT.search(gap)) and (
        _ING.match(line.low, one.start) or it.group().endswith(("her ", "him ", "me ", "them "))
    ):
        return drug.end + it.start(), drug.end + it.end() - 1
    if (said := _SIDE_EFFECT.search(gap)) and not _NOT_ANY.search(gap[: said.start() + 1]):
        return drug.end + said.start(), one.start
    if _OF_A_DRUG.search(line.low, one.start, one.end) or (
        "patch" in line.low[drug.start : one.start] and _ITS_PLACE.match(after)
    ):
        return one.start, one.end
    if _STARTED.search(before, line.lacks):
        if since := _THEN.match(gap, line.lacks):
            return drug.end + since.start(), drug.end + since.end()
        if known and _AND_NOW.match(gap) and likely_its(line, one) and not _OWN_TIME.match(after):
            return drug.end, one.start
    resumed = _RESUMED.search(before, line.lacks)
    if resumed and (again := _BACK_TOO.match(after, line.lacks)):
        return one.end + again.start(), one.end + again.end()
    verb = _VERB_LAST.search(gap)  # of which the symptom is the object or a part: "kept him up"
    begins = drug.end + verb.start() if verb else one.start
    does = _DOES.match(line.low, begins) if " " in line.low[begins : one.end] else None
    if does and _DONE_TO.match(line.low, does.end()) and _ITSELF.search(line.low[drug.end : begins]):
        return does.span()
    return None


def _told_behind(line: Line, one: Found, after: str, known: bool) -> tuple[int, int] | None:
    """What is told behind a symptom: "within an hr of every dose", "urology says that's why"."""
    found = _AFTER_DOSE.match(after, line.lacks) or _POST_DOSE.match(after, line.lacks)
    if found is None and known:
        found = _IN_TIME.match(after, line.lacks)
    if found is not None:
        words = found.group()
        if not _EASED.search(words, line.lacks) and not _WHILE_NOT.search(words, line.lacks):
            return one.end + found.start() + 1, one.end + found.end()
    if (opinion := _ITS_THAT.search(after[:_REACH], line.lacks)) is not None:
        return one.end + opinion.start(), one.end + opinion.end()
    if never := _NEVER_BEFORE_IT.match(after, line.lacks):
        return one.end + never.start(1), one.end + never.end(1)
    again = _CAME_BACK.match(after, line.lacks)
    return (one.end + again.start() + 1, one.end + again.end()) if again else None
