"""Whose drug or symptom it is."""

from __future__ import annotations

import re
from functools import cache

from consult.nlp import wordlist
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.lists import LISTS
from consult.nlp.qualifier.clauses import hard_breaks, listed, sentence
from consult.nlp.qualifier.others import feels, in_a_list, not_patient, of_theirs, tells_more, told_of

Scopes = list[tuple[int, int, int, int]]  # start, end, cue start, cue end
_MALE = frozenset(
    [
        "husband",
        "father",
        "dad",
        "daddy",
        "papa",
        "brother",
        "bro",
        "son",
        "grandson",
        "grandpa",
        "grandfather",
        "uncle",
        "nephew",
        "boyfriend",
        "fil",
        "hubby",
        "husb",
    ]
)
_FEMALE = frozenset(
    [
        "wife",
        "mother",
        "mom",
        "mum",
        "mommy",
        "mama",
        "sister",
        "sis",
        "daughter",
        "granddaughter",
        "grandma",
        "grandmother",
        "aunt",
        "niece",
        "girlfriend",
        "mil",
        "dtr",
        "dgtr",
    ]
)
_SEVERAL = frozenset(("kids", "children", "parents", "friends", "neighbors", "siblings", "grandkids", "grandchildren"))
_OFFSPRING = frozenset(("boy", "girl", "boys", "girls", "boss"))
_WHOSE = frozenset(("his", "her", "my", "their", "our"))
_OF_PRODUCTS = frozenset(("children's", "childrens", "childrens'", "child's", "kids'", "kid's", "infant's", "infants'"))
_SINCE = re.compile(r"\b(?:since|after|when|bc|because|from)(?: (?:her|his|my|the))? $")
_PARTED = re.compile(
    r"(?:'s (?:death|passing|funeral)| (?:just |recently )?(?:died|passed|passed away|left (?:her|him)|moved out))\b"
)
_CARES_FOR = re.compile(
    r"\b(?:lift\w*|carry\w*|carried|hold(?:s|ing)|babysit\w*|babysat|watching|chas\w+|visit\w*|rais\w+|"
    r"feeding|"
    r"car(?:es|ing|ed) for|"
    r"(?:tak(?:es|ing)|took) care of|play\w* with|hugg\w+|bury\w*|burying|los(?:ing|t)|walking|moving|bath\w+|"
    r"fight\w* with|fought with|"
    r"forg[eo]t\w*|hit(?:s|ting)?|punch\w*|kick\w*|(?:yell|snap|scream|curs|lash)\w* (?:out )?at|w[ao]k(?:es?|ing)|"
    r"scar(?:es|ed|ing)|"
    r"argu\w+ with|worr\w+ about|grieving|mourning|stress\w* (?:about|over|from)|misses|missing|around|"
    r"caught (?:\w+ ){1,3}from|(?:bug|cold|flu|covid) from|interest in)"
    r"(?: (?:her|his|my|the|a|an|new|little|sick|baby|old|young|own|their|both|two|late|elderly)){0,3} $"
)
_SEEN = re.compile(  # "sees little kids in the hallway", "hears her dead husband": who is not there
    r"\b(?:see(?:s|ing|n)?|saw|hear(?:s|ing|d)?|hallucinat\w+|imagin\w+|dream\w*(?: of| about)?|talk\w* to)"
    r"(?:(?: (?:little|small|young|tiny|strange|other|some|a|the)){0,3}|(?: (?:her|his|my))?(?P<dead> (?:dead|late|"
    r"deceased))) $"
)
_CHILDREN = ("kid", "kids", "child", "children")
_THINGS = re.compile(
    r"^ (?:pill ?(?:box|splitter|cutter|crusher|minder|organizer)|(?:bp )?cuff|meter|"
    r"glucometer|insurance|pharmacy|phone)\b|"
    r"^ (?:\w+ )?(?:cats?|dogs?|bird|pets?|house|home|place|apartment|basement|yard|garden|farm|wedding|funeral|"
    r"death|passing|birthday|bday|"
    r"party|graduation|divorce|car|truck|baby|shower|school|cooking|kitchen|pool|game|soccer|visit|anniversary|"
    r"christening|store|"
    r"cigarettes|smoke|smoking|perfume|pillow|couch|bed|job|move|deployment|arrest|trial|accident|stroke|illness|"
    r"surgery|cancer|"
    r"diagnosis|dx|overdose|suicide|drinking)\b(?! (?:meds?|pills?|medicines?|drugs?|rx|scripts?)\b)"
)
_TURN = frozenset({",", "so", "but", "and", ";", "-", "however"})
_OF_THEIRS = re.compile(r", ?(?:was|had|used|took|he|she)\b")
_KEEPS_LIST = re.compile(  # "son has schedule": who only helps
    r"^ (?:has|have|holds|keeps|runs|made) (?:(?:the|her|his|a|all|of|this|that|full|written|new|copy) )*(?:schedule|"
    r"list|bottles?|(?:pill ?)?box|calendar|keys?|copy|log|chart|notebook|sheet|phone|tablet|app|bag|labels?|mar|"
    r"spreadsheet|alarms?|paper|packet|paperwork)\b"
)
_JOINS = frozenset(("and", "&", "but", "not", "or", "plus", "+", "as", "then"))
_ONE_WIFE = frozenset(("wife", "husband", "hubby"))
_SHE_TAKES = re.compile(  # "wife smokes too, she's on Chantix"
    r"^(?: is| was| has been)?(?: (?:also|now|already))* (?:on|tak(?:es|ing)|took|us(?:es|ed|ing)|gets|got|has an?|"
    r"the one (?:on|with|who))\b"
)
_REACH = 4
_AFTERWARDS = re.compile(
    r"^(?: (?:was|is|belongs|rx|script|bottle))? ?(?:for|from|belongs to|belonging to|of) (?:her |his |my |the |"
    r"a |their )?(\w+)"
)


_FOR_CHILD = Rare(  # "asks if Zyrtec is ok for a 6 yr old"
    r"^(?: (?:is|would be|be|are|was|ok|okay|safe|alright|fine|good|dose|dosing|also|too))* (?:for|in|"
    r"to give) (?:a|an|her|his|my|the|their) "
    r"(\d{1,2}[ -]?(?:yr|year|yo|y/o|mo|month|wk|week)s?(?:[ -]?old)?|toddler|newborn|infant|baby|teen(?:ager)?)\b"
)
_OF_CHILD = any_of(_FOR_CHILD)
_GIVES = re.compile(
    r"^ (?:(?:has|had|have|is|was|been|keeps?|kept|also|just|sometimes|usually|always|\w+) ){0,3}(?:gave|gives?|"
    r"giving|slips?|slipped|sneaks?|sneaked|snuck|lent|shared|shares|sharing|handed|offered|puts?|putting|"
    r"injects?) (?:her|him|me|pt|the pt|patient|"
    r"the patient|(?:\w+ ){0,3}(?:with|to) (?:her|him|me|pt|patient))\b|"
    r"^ (?:\w+ )?(?:started|put|keeps|has|got|had) (?:her|him|pt) (?:back )?on |"
    r"^ (?:\w+ )?(?:makes?|made|has|had|got|gets|forces|begs|nags|lets) (?:her|him|me|pt)(?: to| into)? "
    r"(?:tak(?:e|ing)|us(?:e|ing)|try(?:ing)?) |"
    r"^ (?:will |'ll )?lets? (?:the|it|that|this) |"
    r"^ (?:\w+ )?(?:sneaks?|sneaked|snuck|smuggles?|brings?|brought) in \w|"
    r"^ (?:\w+ )?gives (?:it|them|these|those)\b(?! (?:up|away|out|back|to|a )\b)|"
    r"^ (?:\w+ )?(?:gives|giving|hands|doles|crushes) (?!(?:\w+ ){0,6}to (?:the |her |his |their |a )?(?:dogs?|cats?|"
    r"baby|kids?|child|children|friends?|husband|wife|mother|father|brother|sister|neighbors?)\b)(?!it\b|away\b|up\b)|"
    r"^ (?:\w+ )?(?:pull(?:s|ed)|takes?|took) (?:me|us|rph) aside\b|"
    r"^ (?:is |'s )?(?:the one )?(?:who|that) "
    r"(?:gives?|puts?|injects?|fills?|manages?|handles?)\b|"
    r"^ (?:(?:is|has been|keeps|was) )?(?:holding|giving|hiding|crushing|splitting|stopping|skipping|cutting|halving|"
    r"tapering|weaning|rationing|locking up|withholding) (?:her|his|pt's|mom's|dad's|the pt's|patient's) |"
    r"^ (?:has )?(?:moved|took(?: away)?|takes away|locked up|"
    r"stopped|switched|changed|lowered|cut|halved|tossed|hid|weaned|held|doubled|split|"
    r"flushed|threw out|refilled|picked up|gives|sneaks|slips|sorts|fills|counts|sets (?:up|out)|lays out|measures|"
    r"opens|crush(?:es|ed)|hides|mix(?:es|ed)|stirs|dissolves|sprinkles) (?:her|his|pt's|mom's|dad's|the pt's|"
    r"patient's) |"
    r"^ (?:\w+ )?(?:crush(?:es|ed)|hides|hid|sneaks|slips|mix(?:es|ed)|stirs|stirred|dissolves|sprinkles|puts|opens)"
    r"(?: (?:the|a|some))? [\w -]{3,30}? (?:in|into|on|over|w/|with) (?:her|his|pt's|mom's|dad's) (?:oj|juice|water|"
    r"milk|coffee|tea|food|pudding|applesauce|yogurt|oatmeal|cereal|ice cream|drink|eggs|soup|meals?|breakfast|"
    r"supper|dinner|lunch|ensure|smoothie|jelly|jam)\b|"
    r"^ (?:has |had |have |hasn'?t |hadn'?t |haven'?t |never |did ?n'?t |doesn'?t )?(?:not |never )?(?:seen|saw|sees?|"
    r"notic\w+|caught|heard|found|watched) (?:her|him|pt|mom|dad) |"
    r"^ (?:will|'ll|is going to|gonna|plans to|can|has to|had to|wants to|helps(?: to)?|is|was) (?:\w+ )?"
    r"(?:swap|sort|switch|fill|refill|pick|bring|toss|throw|set|remov|call|order|buy|drop|manag|split|crush|hid|lock|"
    r"count|"
    r"check|send|mail|return|give|put|pack|lay)\w* (?:it|them|this|that|the|her|his|pt's|out|in|up|over|off|away|all|"
    r"these|"
    r"those)\b"
)
_ON_THE_LINE = re.compile(r"^ (?:is |was |also )*on (?:the )?(?:line|phone|call|speaker|speakerphone|zoom|video)\b")
_ONLY_TELLS = re.compile(  # "daughter is concerned about her falls", "dtr Ruth (HCPOA):": who only tells
    r"^(?: (?:is|was|are|were|seems|sounds))?(?: (?:also|very|really|quite|so|too|still))* (?:concerned|"
    r"worried|anxious|afraid|scared|upset|frustrated|convinced|insistent|adamant|suspicious) "
    r"(?:about|of|that|by|over|for|with)\b|"
    r"^(?:'s)?(?: (?:has|have|is|was))? (?:agreed|agrees|agreeable|ok|okay|willing|wants|prefers|plans|decided|asked|"
    r"offered|hopes|planning|would like)(?: (?:with|per) \w+)? to (?:try|start|put|get|keep|have|restart|switch|let|"
    r"give|hold|stop|take) (?:her|him|mom|mama|mother|dad|daddy|father|them|pt)\b|"
    r"^ would (?:like|rather|prefer) (?:her|his|him|mom|mama|dad|daddy|pt|the|that)\b|"
    r"^ (?:finds?|found|sees|saw|caught|catches|hears?|heard|watched|describes?|notices|wakes) (?:her|him|mom|mama|dad|"
    r"daddy|them|pt)\b|"
    r"^(?: \w+)? \((?:hcp|hcpoa|poa|mpoa|dpoa|proxy|guardian|caregiver|on phone|by phone)\):"
)
_CALLED = re.compile(r" [A-Z][a-z]+(?: \([^()]{1,20}\))?:")  # "dtr Ruth: ..."
_I_GAVE = re.compile(r"^(?:i|i've|we)(?: (?:just|also))? (?:gave|give|given|put|started) (?:him|her|them|it)\b")


@cache
def _words(part: str) -> frozenset[str]:
    for row in wordlist.lines("qualifier", "people.txt"):
        name, _, rest = row.partition(": ")
        if name == part:
            return frozenset(rest.split())
    raise KeyError(part)


def is_person(word: str) -> bool:
    """Whether a lower-case word names somebody near to the patient: "husband"."""
    return word in _words("person")


@cache
def _named() -> int:
    """The number of the list of other people and pets."""
    named = _words("person") | _words("pet")
    return LISTS.add(lambda word: _bare(word) in named)


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("s'")


_PERSON = Rare(rf"\b(?:{'|'.join(sorted({*_words('person'), *_words('pet')}))})")


def other_scopes(line: Line, mentions: list[tuple[int, int]]) -> Scopes | None:
    """The stretches of a line that speak of somebody else; None where it names nobody else."""
    out: Scopes = not_patient(line, mentions)
    if not _PERSON.possible(line.lacks):
        return out or None
    breaks = hard_breaks(line)
    lows = line.lows
    speakers: list[str] = []
    people, pets = _words("person"), _words("pet")
    for i in line.where(_named()):
        low = lows[i]
        bare = _bare(low)
        start, end = line.starts[i], line.ends[i]
        given = _GIVES_PET.search(line.low[:start]) if bare in pets else None
        if bare in pets and (given or low.endswith("'s") or _FOR_PET.match(line.low[end:])):
            stop = sentence(line, breaks, start)[1]
            stop = of_theirs(line, mentions, end, stop) if given else stop
            out.append((end, _end(line, i, stop, bare), start, end))
            continue
        if _PARTED.match(line.low[end:]) and _SINCE.search(line.low[:start]):
            continue  # "low since husband died, on Lexapro"
        if (seen := _SEEN.search(line.low[:start])) and (seen["dead"] or bare in _CHILDREN):
            continue
        if bare in people and not low.endswith("'s") and (told := told_of(line, i)):
            use, pronoun = told
            if not pronoun or bare not in (_FEMALE if pronoun == "he" else _MALE):
                stop = _end(line, i + 2 if pronoun else i, sentence(line, breaks, start)[1], bare)
                out.append((start, of_theirs(line, mentions, use, stop), start, end))
                continue
        if (theirs := _GIVES_THEM.match(line.low[end:])) and _CARES_FOR.search(line.low[:start]):
            out.append((end + theirs.end(), sentence(line, breaks, start)[1], start, end))
            continue  # "takes care of grandson, gives him Zyrtec"
        if _CARES_FOR.search(line.low[:start]) or (low.endswith("'s") and _THINGS.match(line.low[end:])):
            continue  # "back pain since lifting grandson", "wheezes around sister's cat"
        if low in _OF_PRODUCTS and _next_is_mention(line, i, mentions):
            continue  # "children's Motrin"
        if bare not in people or any(a <= start < b for a, b in mentions):
            continue
        if bare in _OFFSPRING and not (i and lows[i - 1] in _WHOSE):
            continue  # "his boy takes Adderall XR", but "a good boy"
        if i and (lows[i - 1] == "as" or (i > 1 and lows[i - 2 : i] == ["as", "a"])):
            continue  # "as a child" is the patient's own past
        if not low.endswith("'s") and (_gives_patient(line, i) or _told_by_child(line, i)):
            continue
        if bare in _PARENTS and not low.endswith("'s") and _NAMED_TELLS.search(line.text[:start]):
            continue  # "Karen: Mom gets up at night", "Bri thinks mom is gaining weight"
        if bare in _ELDERS and _NAMED_TELLS_OF.search(line.text[:start]) and _NOW_SO.match(line.low[start:]):
            continue  # "Marisol says her father gets winded"
        if bare in _PARENTS and not low.endswith("'s") and _CHILD_TELLS.search(line.low[end:], line.lacks):
            continue  # "dad on Aricept 10, dtr suspicious it makes him dizzy"
        if i and lows[i - 1] == "the" and bare in _PARENTS and _UNINFLECTED.match(line.low[end:]):
            continue
        owns = low.endswith("'s") or (bare + "s" == low.replace("'", "") and _next_is_mention(line, i, mentions))
        if any(bare in _spoken_of(speaker) for speaker in speakers):
            continue  # "daughter reports mom stopped it": mom is the patient
        owner = _BELONGS.search(line.low[:start]) is not None
        if in_a_list(line, bare, start, end):
            out.append((start, sentence(line, breaks, start)[1], start, end))
            continue
        if not owns and (felt := feels(line, end)) > end:
            out.append((end, felt, start, end))
            if tells_more(line, felt):
                speakers.append(bare)
                continue
        # "son anxious about mom's meds"
        if not owns and not owner and (_reports(line, i, mentions) or _beside(line, i)):
            speakers.append(bare)
            continue
        named = any(end <= start for _, end in mentions)
        if (owns or (owner and named)) and (whole := _owner_said_after(line, breaks, i, owns)):
            out.append((*whole, start, end))
            continue
        if owns and (whole := _own_use(line, mentions, start, end)):
            out.append((*whole, start, end))
            continue
        _, stop = sentence(line, breaks, start)
        comma = line.low.find(",", end, stop) if _PARTED.match(line.low[end:]) else -1
        if comma >= 0 and not _OF_THEIRS.match(line.low, comma):
            stop = comma  # "husband passed in May, on Lexapro since"; but "dad died of MI, was on warfarin"
        out.append((start, _end(line, i, stop, bare), start, end))
    return out


_GIVES_THEM = re.compile(r"^,? (?:[\w']+ ){0,3}?(?:gives?|gave|giving|dos(?:es|ed|ing)) (?:him|her|them)\b")
_GIVES_PET = re.compile(  # "gives her cat methimazole", "vet put the dog on prednisone"
    r"\b(?:gives?|gave|giving|feeds?|feeding|pill(?:s|ed|ing)|inject\w*|dos(?:es|ed|ing)|medicat\w+|put|started|treat\w*)"
    r"(?: (?:her|his|my|the|our|their|a|old|sick|diabetic|poor|little)){0,3} $"
)
_FOR_PET = re.compile(
    r"^(?:'s\b|s'|,(?= (?:that|who|which)\b))? ?(?:that |who |which |also |now )?"
    r"(?:takes?|gets?|needs?|is on|on|has|was on|eats)\b"
)
_IS_THEIRS = re.compile(
    r"(?:\b(?:is|are|was|were|belongs? to|(?:turns?|turned|turning) out(?: to be)?|'s)|[=:])(?: (?:of|from|my|her|"
    r"his|the|their|actually|really|"
    r"also|late|ex))* $"
)
_UNDER_NAME = re.compile(r"\b(?:in|w/|with|has|under|says)(?: (?:her|his|the|my))* $")  # "bottle w/ son's name on it"
_NAMED = re.compile(r"^ name\b")
_BELONGS = re.compile(
    r"\b(?:belong(?:s|ing)? to|prescribed (?:to|for)|script for|left ?-?over from|(?:is|are|was) (?:of|for)|=)"
    r"(?: (?:her|his|my|the|their|late|ex))* $"
)
_AFTER_OWNER = re.compile(
    r"^ ?(?:$|[.,;:)\"”]|\b(?:not|but|and|so)\b)|^ (?:\w+ )?(?:meds?|rx|pills?|prep|bottle|script|supply|refill|"
    r"inhaler|pens?|insulin|prescription)\b"
)


def _owner_said_after(line: Line, breaks: list[int], i: int, owns: bool) -> tuple[int, int] | None:
    """ "the Adderall is my boyfriend's, mine is Vyvanse", "Biktarvy belongs to his partner": what stands before belongs
    to the other person."""
    start, end = line.starts[i], line.ends[i]
    theirs = _IS_THEIRS if owns else _BELONGS
    named = owns and _NAMED.match(line.low[end:]) and _UNDER_NAME.search(line.low[:start])
    if named or (theirs.search(line.low[:start]) and _AFTER_OWNER.match(line.low[end:])):
        return sentence(line, breaks, start)[0], end
    return None


_USED = re.compile(  # "took her husband's Cipro": whose drug it is, and not who takes it
    r"(?:^|[.;,] ?|\b(?:she|he|pt|i|and|but|then|admits|has|been|is|also|patient) )(?:took|takes?|taking|tried|tries|"
    r"us(?:es|ed|ing)|borrow\w*|bummed|swiped|stole|snuck|popp?ed|pops)"
    r"(?: (?:an?|one|two|three|half|some|\d|of|from|few|out)){0,4}(?: (?:her|his|my|the|an?|some|from)){0,2}(?: \w+)? $"
)


def _own_use(line: Line, mentions: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """ "took sister's Valium, felt loopy": only the drugs right behind are another's."""
    behind = [one for one in mentions if one[0] >= end]
    if not behind or not _CLOSE_OWN.match(line.low[end : behind[0][0]]) or not _USED.search(line.low[:start]):
        return None
    stop = behind[0][1]
    for first, last in behind[1:]:
        if not listed(line, stop, first):
            break
        stop = last
    return end, stop


_CLOSE_OWN = re.compile(r"^(?: \w+)?(?: [\d.]+(?: ?mg)?)? $")


def _spoken_of(speaker: str) -> frozenset[str]:
    """The words by which somebody who reports speaks of the patient."""
    pairs = (("children", "parents"), ("parents", "children"), ("husbands", "wives"), ("wives", "husbands"))
    return frozenset(word for who, whom in pairs if speaker in _words(who) for word in _words(whom))


def _gives_patient(line: Line, i: int) -> bool:
    """ "neighbor gave her a Percocet": the patient is the one who takes it."""
    return bool(_GIVES.match(line.low[line.ends[i] :]))


_CHILD_SAYS = re.compile(
    r"\b(?:dtr|dgtr|daughter|son|granddaughter|grandson|niece|nephew|kids|family)\b[^,;.]{0,20}\b(?:says?|said|"
    r"states?|reports?|reported|notes?|noticed|thinks?|feels|worried|concerned|calls?|called|"
    r"calling)\b(?: \w+)?(?: that| about)?(?: her| his| my)? $"
)
_CHILD_TELLS = Rare(
    r"^(?!.*\b(?:pt|patient|pt's)\b).*[,;.] (?:his |her |the )?(?:dtr|dgtr|daughter|son|granddaughter|grandson|"
    r"dil|caregiver|aide) (?:is |was |feels |very )?"
    r"(?:suspicious|suspects|says|states|reports|thinks|worried|concerned|notes|notices|noticed|wonders|asks|blames|"
    r"believes|calls|called|convinced|"
    r"sure|wants)\b"
)
_NAMED_TELLS = re.compile(
    r"(?:^|[.;] )[A-Z][a-z]+(?: \([\w ]+\))?(?:: ?[\"“']?| (?:says?|said|states?|reports?|thinks?|wants?|feels?|"
    r"worries|notes?|"
    r"noticed|notices|told|tells|called|calls|asks?|asked|believes|mentions?|mentioned|"
    r"adds)\b[^.;]{0,40})(?<!her )(?<!his )$"
)
_NAMED_TELLS_OF = re.compile(
    r"(?:^|[.;] )(?!(?:Pt|Patient|Member|Client|She|He|They|Who|It|That|This|I|We|Wife|Husband|Mom|Dad|Mother|Father|"
    r"Sister|Brother|Aunt|Uncle|Friend|Neighbor)\b)[A-Z][a-z]+ (?:says|said|reports|thinks|notes|mentions|worries|"
    r"believes|tells (?:me|us)|told (?:me|us)) (?:that )?(?:her|his) $"
)
_NOW_SO = re.compile(
    r"^\w+(?:'s\b| (?:is|has|gets|takes|keeps|seems|can|cannot|can't|sleeps|eats|still|needs|feels|does|doesn't|"
    r"won't)\b)"
    r"(?!.*\b(?:too|also|as well)\b)"  # of her own mother
)
_PARENTS = frozenset(("mom", "mum", "mother", "mama", "dad", "father", "daddy", "grandma", "grandpa", "aunt", "uncle"))
_ELDERS = _PARENTS | {"grandmother", "grandfather"}


# "the mother take losartan": so speaks who cares for her; of another family's mother it is "her mother takes"
_UNINFLECTED = re.compile(
    r"^ (?:take|use|have|don't|need|get|feel|want|sleep|eat|put|no|not|suffer|complain|stop|leave)\b"
)


def _told_by_child(line: Line, i: int) -> bool:
    """ "daughter says mom is confused": the parent is the patient."""
    return line.lows[i].removesuffix("'s") in _PARENTS and bool(_CHILD_SAYS.search(line.low[: line.starts[i]]))


def _next_is_mention(line: Line, i: int, mentions: list[tuple[int, int]]) -> bool:
    return i + 1 < len(line.lows) and any(a == line.starts[i + 1] for a, _ in mentions)


def _reports(line: Line, i: int, mentions: list[tuple[int, int]]) -> bool:
    rest = line.low[line.ends[i] :]
    if (
        _ON_THE_LINE.match(rest)
        or _KEEPS_LIST.match(rest)
        or _ONLY_TELLS.match(rest)
        or _CALLED.match(line.text, line.ends[i])
    ):
        return True
    for start, low in zip(line.starts[i + 1 : i + 1 + _REACH], line.lows[i + 1 :], strict=False):
        if any(a <= start < b for a, b in mentions) or low in (",", ";", "."):
            return False
        if low in _words("reports"):
            return low != "swears" or " swears by " not in line.low
        if low in ("has", "had", "takes", "is", "on", "was", "uses", "got", "gets", "took"):
            return False
    return False


def _beside(line: Line, i: int) -> bool:
    """ "per wife", "lives with her son", "w/ husband"."""
    before = line.lows[max(0, i - 3) : i]
    if before and before[-1] in ("her", "his", "my", "the", "their", "a", "pt's", "patient's"):
        before = before[:-1]
    return bool(before) and (before[-1] in _words("before") or (before[-1] == "/" and before[-2:-1] == ["w"]))


def _end(line: Line, i: int, stop: int, person: str) -> int:
    for j in range(i + 1, len(line.lows)):
        low, before, start = line.lows[j], line.lows[j - 1], line.starts[j]
        if start >= stop:
            break
        if before in _JOINS and low in ("his", "her") and person in (_FEMALE if low == "his" else _MALE):
            return start  # "wife's Eliquis and his Xarelto"
        if before in _JOINS and low in _WHOSE and line.lows[j + 1 : j + 2] == ["own"]:
            return start  # "pays for grandma's Lantus and her own Tresiba"
        if low not in _words("patient"):
            continue
        several = person in _SEVERAL
        same = low in ("she", "she's", "he", "he's") and person not in (_MALE if low[0] == "s" else _FEMALE)
        on = person in _ONE_WIFE and _SHE_TAKES.match(line.low[line.ends[j] :])
        if same and not several and (before not in _TURN or on):
            continue
        if low == "pt" and line.lows[j - 2 : j] in (["also", "our"], ["also", "a"]):
            continue  # "husband (also our pt) on Tikosyn"
        if before in ("not", "than", "isn't", "by"):
            continue  # "belongs to spouse NOT pt"
        if _I_GAVE.match(line.low[start:]):
            continue  # "my son had a fever so I gave him Motrin"
        if low in ("herself", "himself", "self") and before not in ("pt", "patient", "she", "he"):
            continue
        return start
    return stop


def whose(line: Line, start: int, end: int, scopes: Scopes | None) -> tuple[int, int] | None:
    """The span of the word for the other person, None for the patient."""
    if not line.lacks & _OF_CHILD and (child := _FOR_CHILD.match(line.low[end : end + 60], line.lacks)):
        return end + child.start(1), end + child.end(1)
    if scopes is None:
        return None
    for left, right, cue_start, cue_end in scopes:
        if left <= start < right:
            return cue_start, cue_end
    match = _AFTERWARDS.match(line.low[end : end + 40])
    if match and match[1].removesuffix("s") in _words("person"):
        return end + match.start(1), end + match.end(1)
    return None
