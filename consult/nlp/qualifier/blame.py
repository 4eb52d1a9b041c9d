"""Which drugs a line itself blames for a symptom; a neighbour without a cue is never blamed."""

from __future__ import annotations

import re
from collections.abc import Collection

from consult.domain.mention import Cue
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.antecedent import by_antecedent
from consult.nlp.qualifier.blame_lists import all_meant, all_of_them, goes_on, since_it, timed_list, told_until
from consult.nlp.qualifier.blame_wordings import (
    OF_CHANGE,
    around,
    blames_not,
    changed,
    cleared,
    left_behind,
    left_out,
    less_taken,
    none_since,
    reaction_first,
    told_of,
    treated,
)
from consult.nlp.qualifier.clauses import hard_breaks, listed, same_sentence
from consult.nlp.qualifier.cue_words import Hit, blame_cues, cue
from consult.nlp.qualifier.drug_list import bracketed, chain, with_listed
from consult.nlp.qualifier.known import given_for, headed, known_for, likely_its
from consult.nlp.qualifier.likely_cause import likely_cause
from consult.nlp.qualifier.paired import paired
from consult.nlp.qualifier.shape import told
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.warned import of_another_cause, only_warned
from consult.nlp.qualifier.without import came_without, new_one, purpose_back

_OF_VERB = re.compile(
    r"^(?: (?:just|really|always|also|can|will|would|does|did|may|must|sometimes|usually|often|totally|has|still|now|"
    r"kinda|is|was|together|both|combined|combo|pills?|tabs?|tablets?|caps?|capsules?|gumm(?:y|ies)|drops|powder|"
    r"supplements?|liquid|syrup|shots?|cream|patch|inhaler|"
    r"\d[\d./-]*|mg|mcg|meq|g|ml|units?|u|iu|gtts?|puffs?|sprays?|daily|bid|tid|qd|qid|qhs|qam|qpm|qod|hs|prn|po|ou|"
    r"weekly|monthly|nightly|er|xr|xl|sr|ir|cr|every|each|other|day|night|morning|evening|am|pm|wk|week|month|"
    r"hours?|hrs?|"
    r"h|q|q\d+h|at|in|the|a|an|one|two|half|once|twice|times|before|after|w/|with|food|meals?|breakfast|lunch|dinner|"
    r"three|four|supper|bed|bedtime|both|eyes?|mon|wed|fri|sun)){0,9} $|"
    r"^[^.;]{0,60} (?:because|bc|b/c|cuz|as|but) it $|"
    r"^[^.;]{0,25}, (?:(?:she |he )?(?:says|said|states|"
    r"reports|feels) )?it $"
)
_TO_IT = re.compile(
    r"^\s*(?:it(?! (?:got|gets|is|was|turned|became) (?:so |too |really )?(?:cold|hot|warm|humid|dark|wet|chilly|"
    r"late))|"
    r"that|this|them|then|starting|started|dose|dosing|the (?:med|drug|pill|dose|shot|new|increase|change|"
    r"switch|last)|each|every dose|(?:\w+ ){1,2}dose|taking|increase|increased|incr|change|up\b|going up|added|adding|"
    r"raised|first|his dose|her dose|dose up|shot|injection|new (?:med|dose))\b"
)
_AT_END = re.compile(r"^\s*(?:$|[.;,)\"”!])")
_BACKWARD_OK = (
    "on starting",
    "shortly after",
    "soon after",
    "right after",
    "since",
    "after",
    "when",
    "following",
    "upon",
    "while on",
    "whenever",
    "ever since",
    "every time",
    "each time",
    "any time",
)
_INTO_IT = re.compile(  # "a month into Topamax", "night 2 of Chantix", "by the second week of Wellbutrin"
    r"\b(?:days?|d|nights?|morning|weeks?|wks?|months?|mos?|doses?|shots?|injection|infusion|cycle|pill|round)\b"
)
_ALLERGY_GAP = re.compile(
    r"^[\s(:=>,\"“–-]*(?:(?:causes|caused|gives|gave|allergy|allergies|intolerance|intolerances|intol|sensitivity|"
    r"gets|got|bad|severe|mild|terrible|her|"
    r"him|me|a|an|the|reaction|rxn|was|of|on|list|listed|as|where|she|he|i|makes|get)\b[\s(:=>,–-]*){0,5}$"
)
_ENDED = ("stopped", "on-hold", "not-taken", "completed", "allergy")
_LEFT = ("stopped", "on-hold", "not-taken")
_GIVEN_UP = ("off", "stop", "held", "hold", "paus", "quit", "came off", "d/c", "dc", "discontinu")
_BARE_SINCE = ("since", "ever since", "after")
_FAR = 8
_FURTHER = 18  # words, where the line says that the symptom came on then
_LEAD = 6  # words between "since" and the drug: "ever since they bumped up her"
_SWITCHED = re.compile(r"\b(?:switch\w*|chang\w+|swapp\w+|swap|replac\w+)\b")
_SWITCHED_TO = re.compile(rf"{_SWITCHED.pattern}|->|→|=>")
_AFTERWARDS = 25
_FROM_OLD = re.compile(
    r"since (?:(?:the|her|his|my) )?(?:switch|chang)\w* from$"
)  # "Biktarvy, gained since switch from Atripla"
_SINCE_IT = Rare(  # "takes losartan, ever since I started that pill I cough"
    r"\b((?:ever )?(?:since|after) (?:(?:she|he|i|pt|we|they)(?:'ve|'s)? )?(?:started|began|starting|beginning|went on|"
    r"going on|got on|been on|being on|taking)(?: (?:on|taking|using))? (?:it|(?:that|this|the) (?:new )?(?:pill|"
    r"med|drug|"
    r"medicine|medication|one|stuff|shot|tablet|patch|inhaler)s?))(?:,| -|:)?"
    r"(?: (?!no\b|not\b|less\b|better\b|never\b|but\b|doesn|hasn|isn)[\w']+){0,4} $"
)
_EASED = Rare(
    r"\b(?:settled|settling|resolved|resolving|better|gone|improved|improving|easing|easier|less|eased|went away|"
    r"cleared|fine|fewer|calm\w*|quiet\w*|tamed|steadier|controlled|relieved|helped|decreased|subsided|stopped|"
    r"went down|gone down|disappeared|let up|"
    r"wore off|vanished|faded|quit|(?<!up and )down(?! (?:there|below|her|his|my|the|both|one)\b))\b"
)
_LEFT_OUT = Rare(
    r"(?:ever )?(?:since|after|when|whenever|if|from|once)\b(?: \w+){0,2}? (?:stopp\w+|d/c'?d?|quit\w*|coming off|"
    r"came off|going off|went off|off|missed|misses|missing|skips|skipped|skipping|ran out|runs out|running out|"
    r"out of|without|weaning|tapering)\b"
)
_LOWERED = Rare(
    r"(?:ever )?(?:since|after|when|with)\b(?: \w+){0,2}? (?:cut\w*|lower\w*|reduc\w+|decreas\w+|halv\w+|went down|"
    r"going down|backing off|backed off|taper\w*|wean\w*)\b"
)
_TURNED = Rare(r"\b(?:but|though|although|however|still|yet|except)\b")
_CAME_ON = Rare(r"\b(?:began|begun|started|appeared|developed|came on|came up|showed up|first noticed|set in)\b")
VERBS = wordlist.words("qualifier", "blame_verbs.txt")
_DOES_TO = re.compile(r"\w{3,} (?:him|her|his|me|my|them|pt)\b")  # "Zestril swelled his lip"
_STINGS = frozenset(("sting", "stings", "stung", "burns", "burn", "burned"))
_WHERE_IT_STINGS = ("irritation", "site reaction")
_TO_WHOM = re.compile(r" (?:him|her|me|them|pt)(?=$|[.,;)]| (?:up|out|and|so|but|too|bad|every|all)\b)")
_WIDE = 120  # characters within which a cue may speak of a symptom
_BESIDE = 2
_APART_FROM_CUE = frozenset((",", "(", ")", "-", "not"))
_DOUBTED = Rare(r"^ ?\?+ ?(?:(?:maybe|poss\w*|perhaps|is it|could be|likely|prob\w*) ?)*$")
_OF_ANOTHER = Rare(  # "sore from football, takes Advil" without its comma
    r"^(?:from|due to|d/t|2/2|because of|bc of|b/c of) (?:the |her |his |my |all )?(?!the\b|her\b|his\b|my\b|when\b|"
    r"while\b|being\b|just\b|start\w*|first\b)\w+ (?:\w+ ){0,2}(?:takes?|taking|took|uses?|using|tried|tries)"
    r"(?: (?:some|an|the|a))? $"
)
_NAMED_IN_BRACKETS = re.compile(r"^ (?:(?:the|her|his|my|new|a) )*[a-z]+ \($")  # "from the antibiotic (amox)"
_LASTED = re.compile(
    r"\b(?:x|for|times)? ?(?:the )?(?:(?:past|last) )?(?:~|about )?(?:(?:\d{1,3}|a|one|two|three|four|six|few|"
    r"several) ?-?(?:few )?|(?<=past )|(?<=last ))(?:d|days?|wks?|weeks?|mos?|months?|yrs?|years?)\b(?: now)?"
)
_APART = frozenset(
    (
        "and",
        "but",
        "so",
        "better",
        "gone",
        "resolved",
        "helped",
        "improved",
        "controlled",
        "relieved",
        "takes",
        "is",
        "no",
        "treated",
        "managed",
        "even",
    )
)


def blamed(
    line: Line, effects: list[Found], drugs: list[Drug], standings: list[Standing], denied: Collection[int] = ()
) -> list[tuple[list[int], list[Cue]]]:
    """For each symptom the indexes of the drugs that the line blames, and the words that do.

    Those at the indexes `denied` are not asked about.
    """
    if not drugs or not effects:
        return [([], []) for _ in effects]
    breaks = hard_breaks(line)
    spans = [(one.start, one.end) for one in effects] + [(drug.start, drug.end) for drug in drugs]
    hits = [hit for hit in blame_cues().find(line, spans) if not blames_not(line, hit)]
    direct = [_kept(line, one, drugs, _direct(line, breaks, one, drugs, standings, hits, effects)) for one in effects]
    alone = [one for i, one in enumerate(effects) if not direct[i][0] and i not in denied]
    near = any(same_sentence(breaks, one.start, drug.start) for one in alone for drug in drugs)
    if near or (alone and any(mark in line.low for mark in "?;.")):
        _by_shape(line, effects, drugs, direct)
        for i, (source, mark) in paired(line, effects, drugs).items():
            if not direct[i][0] and i not in denied:
                direct[i] = [source], [cue(line, "suspected", *mark)]
    for i, one in enumerate(effects):  # a list of symptoms shares what its last or first member has
        if direct[i][0]:
            continue
        for j in (i + 1, i - 1):
            if 0 <= j < len(effects) and direct[j][0]:
                if effects[j].concept == one.concept:
                    direct[i] = direct[j]
                    break
                refused = effects[j].form == "diagnosis" or _DENIED.search(line.low[: effects[j].start], line.lacks)
                if j < i and not refused and (told := _beyond_drug(line, effects[j], one, drugs, direct[j])):
                    direct[i] = told
                    break
                if j < i and not refused and goes_on(line, effects[j], one, drugs, direct[j]):
                    direct[i] = direct[j]
                    break
                first, second = (one, effects[j]) if j > i else (effects[j], one)
                joint = line.low[first.end : second.start]
                if (
                    _AND_HAS.match(joint)
                    or (j < i and _VALUE_BETWEEN.match(joint))
                    or (j > i and (_AND_MORE.match(joint) or timed_list(line, first, second)))
                    or (
                        listed(line, first.end, second.start)
                        and _AND_OR_COMMA.search(line.low[first.end : second.start])
                    )
                ):
                    direct[i] = direct[j]
                    break
    shared = {**since_it(line, effects, drugs, direct, denied), **all_of_them(line, effects, drugs, direct, denied)}
    for i, (target, said) in shared.items():
        direct[i] = _kept(line, effects[i], drugs, (with_listed(line, drugs, target), [said]))
    meant = [all_meant(line, one, drugs, link) for one, link in zip(effects, direct, strict=True)]
    return [([bracketed(line, drugs, i) for i in sources], cues) for sources, cues in meant]


def _by_shape(line: Line, effects: list[Found], drugs: list[Drug], links: list[tuple[list[int], list[Cue]]]) -> None:
    """Links of the symptoms without one, by what stands around drug and symptom as a whole."""
    for told_so in told(line, [(one.start, one.end) for one in drugs], [(one.start, one.end) for one in effects]):
        said = cue(line, "suspected", told_so.start, told_so.end)
        for i in told_so.effects:
            if not told_so.known and purpose_back(line, drugs[told_so.drugs[-1]], effects[i], said):
                continue
            if told_so.known and not (
                any(
                    known_for(drugs[j], effects[i].concept) and not given_for(drugs[j], effects[i].concept)
                    for j in told_so.drugs
                )
                and likely_its(line, effects[i])
            ):
                continue
            eased = _EASED_BEFORE.search(
                line.low[max(0, effects[i].start - _AFTERWARDS) : effects[i].start], line.lacks
            )
            listed_only = _LESS_BUT.match(line.low[drugs[told_so.drugs[-1]].end : effects[i].start], line.lacks)
            if not links[i][0] and not eased and not (told_so.known and listed_only):
                links[i] = _kept(line, effects[i], drugs, ([*told_so.drugs], [said]))


_LESS_BUT = Rare(r"^[^,.;:]*, (?:less|fewer) [^.;]*\bbut\b")  # "fluoxetine daily, less crying but libido is gone"
_DENIED = Rare(r"\b(?:no|denies|denied|without|not|nil|neg|negative)(?: \w+){0,2} $")
_EASED_BEFORE = Rare(
    r"\b(?:less|fewer|improved|better|reduced|decreased|no more|not as|resolved|lower)(?: (?:of the|of her|of his|and "
    r"less))? $|\b(?:relief|help)(?: (?:of|from|for|with|the|her|his|my))+ $"
)
_DOES = re.compile(r"(?:it )?(?:makes|gives|leaves|causes|upsets|keeps)|because|bc|b/c|cuz|due|d/t|as it|since it")
_STILL = Rare(r"\bstill (?:(?:has|having|is|feels|so|very|some|the|with|c/o|reports) )*$")
_EASED_AFTER = Rare(
    r"^ (?:(?:is|are|has|have|been|much|a lot|way|so much|now|got|getting|went|all|really|somewhat|a bit) )*"
    r"(?:better|improved|improving|gone|resolved|less|eased|controlled|under control|cleared|away)\b"
)


def _kept(line: Line, one: Found, drugs: list[Drug], link: tuple[list[int], list[Cue]]) -> tuple[list[int], list[Cue]]:
    """The blame, unless other words clear the drug of it or the symptom eased by it."""
    if not link[0] or not link[1] or link[1][0].sets != "suspected":
        return link
    if len(link[0]) == 1 and (left := left_behind(line, one, drugs, link[0][0])) != link[0][0]:
        link = [left], link[1]
    drug, said = drugs[link[0][-1]], link[1][0]
    if treated(line, one, drug, said) or only_warned(line, one, said) or of_another_cause(line, one, drug, said):
        return [], []
    if said.start >= one.end and said.text.lower() == "after" and _STILL.search(line.low[: one.start], line.lacks):
        return [], []  # "still itchy after Benadryl"
    eased = said.end <= one.start and (
        _EASED_BEFORE.search(line.low[max(0, one.start - 25) : one.start], line.lacks)
        or _EASED_AFTER.match(line.low[one.end :], line.lacks)
    )
    rest = line.low[said.start :]
    ended = (
        _LEFT_OUT.match(rest, line.lacks)
        or _LOWERED.match(rest, line.lacks)
        or _SWITCHED.match(rest)
        or rest.startswith(_GIVEN_UP)
    )
    if (eased and not ended) or came_without(line, one, drug):
        return [], []
    does = _DOES.match(said.text.lower())  # "skips metformin as it leaves her gassy"
    missed = not does and drug.end <= one.start and drug.end <= said.start and left_out(line, drug)
    return ([], []) if missed or cleared(line, one, drug, said.start, said.end) else link


_GOES_ON = re.compile(
    r"^(?: \d[\d.]*(?: ?mg| ?mcg)?)?(?:, ?| and |, and | \+ | & )(?:(?:her|his|my|the|also|now|gets|has) ){0,2}$"
)
_AND_MORE = re.compile(
    r"^(?: (?!but|no|not|denies|from|since|due|after)[a-z']+){0,3},? (?:and|&|\+)(?: (?!no|not|denies)[a-z']+){0,2} $"
)
_POINTING = (
    *(" it", " one", " em", "them", "that", "this", "these", "those", "stuff", "dose", "shot", "shots", "injection"),
    "inj",
    *("injections", "doses", "started", "starting", "takes it", "increased", "raised", "dose up"),
)
_THEM_KIDS = re.compile(  # "headache from them kids"
    r"^ (?!and\b|but\b|so\b|per\b|when|too\b|now\b|at\b|in\b|every|each|she\b|he\b|til|until|all\b|since|for\b|or\b|"
    r"if\b|by\b|as\b|again|sometimes|often|still|bad|the\b)[a-z]+"
)
_POINTS = Rare(
    r"\b(?:it|dose) (?:(?:was|got|went) )?(?:doubled|raised|increased|upped|bumped|changed|started|added|cut|lowered|"
    r"reduced|up)(?: up)?$"
)
_VALUE_BETWEEN = re.compile(r"^ ?\([^()]{1,25}\)(?:,|,? and| &| \+|/) ?$")  # "bradycardia (HR 46), presyncope"
_AND_OR_COMMA = re.compile(r"and|or|&|/|\bn\b|,|\+")
_AND_HAS = re.compile(
    r"^[\s\"”]*(?:,? ?and|&|\+|,)[\s\"“]+(?:(?:has|have|had|feels?|felt|is|are|gets?|got|am|was|also|now|with|"
    r"she is|he is|she has|he has|I have)\s+){0,2}$"
)


def _beyond_drug(
    line: Line, before: Found, one: Found, drugs: list[Drug], link: tuple[list[int], list[Cue]]
) -> tuple[list[int], list[Cue]] | None:
    """ "vision blurry on the oxybutynin, mouth like cotton": the list of symptoms goes on behind the drug."""
    last = drugs[link[0][-1]]
    inside = before.end <= last.start and last.end <= one.start
    return link if inside and _GOES_ON.match(line.low[last.end : one.start]) else None


def _direct(
    line: Line,
    breaks: list[int],
    one: Found,
    drugs: list[Drug],
    standings: list[Standing],
    hits: list[Hit],
    effects: list[Found],
) -> tuple[list[int], list[Cue]]:
    earlier = [i for i, drug in enumerate(drugs) if drug.end <= one.start]
    later = [i for i, drug in enumerate(drugs) if drug.start >= one.end]
    edge = told_until(line, one, effects)
    for hit in hits:
        if hit.start - one.end > _WIDE:
            break
        if hit.start < one.end or not (
            same_sentence(breaks, edge, hit.start) or _DOUBTED.match(line.low[one.end : hit.start], line.lacks)
        ):
            continue
        if any(edge <= other.start < hit.start and not listed(line, one.end, other.start) for other in effects):
            continue
        orders = {order for order, _ in hit.says}
        if "drug-blamed" not in orders and any(one.end <= drugs[i].start < hit.start for i in later):
            continue
        if "drug-blamed" in orders:
            target = next((i for i in reversed(later) if drugs[i].end <= hit.start), None)
            if target is not None and hit.first - line.at(drugs[target].end) <= _BESIDE:
                return chain(line, drugs, target), [cue(line, "suspected", hit.start, hit.end)]
            continue
        eased = bool(
            _EASED.search(line.low[one.end : hit.start], line.lacks)
            or none_since(line.low[one.end : hit.start], line.lacks)
            or _EASED_BEFORE.search(line.low[max(0, one.start - _AFTERWARDS) : one.start], line.lacks)
        )
        rest_of = line.low[hit.start : hit.end + _AFTERWARDS]
        lowered = eased and bool(_LOWERED.match(rest_of, line.lacks))
        if not eased and _LOWERED.match(rest_of.removeprefix("worse "), line.lacks):
            continue  # "pain worse since they cut her Norco"
        if eased != bool(_LEFT_OUT.match(rest_of.removeprefix("worse "), line.lacks)) and not lowered:
            continue  # "better since starting it", "after a missed dose"; but "gone since stopping it" blames
        near = "effect-drug-near" in orders
        behind = line.at(edge)
        far = _FURTHER if _CAME_ON.search(line.low[one.end : hit.start], line.lacks) else _FAR
        if (near and not _right_beside(line, behind, hit.first)) or hit.first - behind > far:
            continue
        if orders & {"effect-drug", "effect-drug-near"} and not (earlier and _FROM_OLD.match(hit.low)):
            target = next((i for i in later if drugs[i].start >= hit.end), None)
            if target is not None and same_sentence(breaks, hit.end, drugs[target].start):
                between = line.lows[hit.last : line.at(drugs[target].start)]
                bracketed = _NAMED_IN_BRACKETS.match(line.low[hit.end : drugs[target].start])
                plain = _APART_FROM_CUE.isdisjoint(between)
                if _OF_ANOTHER.match(line.low[hit.start : drugs[target].start], line.lacks):
                    continue
                if len(between) <= (2 if near else 4) and (plain or bracketed):
                    target = new_one(line, one, drugs, target, hit)
                    return with_listed(line, drugs, target), [cue(line, "suspected", hit.start, hit.end)]
        rest = line.low[hit.end :]
        points = hit.low.endswith(_POINTING) or bool(_POINTS.search(hit.low, line.lacks))
        if hit.low.endswith("em") and _THEM_KIDS.match(rest):
            points = False
        back = (
            points
            or ("effect-drug" in orders and _TO_IT.match(rest))
            or ("end" in orders and _AT_END.match(rest))
            or "line" in orders
        )
        if hit.low in _BARE_SINCE and earlier and standings[earlier[-1]].status in _LEFT:
            continue  # "came off omeprazole, heartburn back since": since it is not taken
        if back and earlier and (not near or points):
            source = changed(line, drugs, earlier, one.start) if OF_CHANGE.search(hit.low) else earlier[-1]
            return chain(line, drugs, source), [cue(line, "suspected", hit.start, hit.end)]
    stings = _first(line, one) in _STINGS and one.concept.endswith(_WHERE_IT_STINGS)
    if earlier and (stings or _first(line, one) in VERBS or _DOES_TO.match(line.low, one.start)):
        joint = line.low[drugs[earlier[-1]].end : one.start]
        if stings or (_first(line, one) in VERBS and _TO_WHOM.match(line.low, one.end)):
            joint = joint.replace(",", "")  # "Alphagan tid, stings going in", "iron QOD, constipates her"
        if _OF_VERB.match(joint):
            return chain(line, drugs, earlier[-1]), [
                cue(line, "suspected", one.start, one.start + len(_first(line, one)))
            ]
    for hit in reversed([hit for hit in hits if 0 <= one.start - hit.end <= _WIDE]):
        found = _from_before(line, breaks, one, drugs, standings, hit, earlier, effects)
        if found is not None:
            return [*found], [cue(line, "suspected", hit.start, hit.end)]
    for i in (*earlier[-1:], *later[:1]):
        ended = standings[i].status in _ENDED
        last = not line.low[drugs[i].end :].strip(' .?!)"”')
        together = i in later or same_sentence(breaks, drugs[i].end, one.start)
        if together and (named := around(line, one, drugs[i], ended, last)):
            targets = with_listed(line, drugs, i) if i in later else chain(line, drugs, i)
            return targets, [cue(line, "suspected", *named)]
    if earlier and (since := _SINCE_IT.search(line.low[drugs[earlier[-1]].end : one.start], line.lacks)):
        start = drugs[earlier[-1]].end
        return chain(line, drugs, earlier[-1]), [cue(line, "suspected", start + since.start(1), start + since.end(1))]
    if earlier and (told := told_of(line, drugs[earlier[-1]], one)):
        return chain(line, drugs, earlier[-1]), [cue(line, "suspected", *told)]
    if later and standings[later[0]].status == "allergy" and reaction_first(line, one, effects[0], drugs, later[0]):
        return with_listed(line, drugs, later[0]), list(standings[later[0]].cues[:1])
    if earlier and standings[earlier[-1]].status == "allergy":
        previous = max([drugs[earlier[-1]].end, *(e.end for e in effects if e.end <= one.start)])
        joint = line.low[previous : one.start]
        if _ALLERGY_GAP.match(joint) or (previous != drugs[earlier[-1]].end and listed(line, previous, one.start)):
            return chain(line, drugs, earlier[-1]), list(standings[earlier[-1]].cues[:1])
    ended = bool(earlier) and standings[earlier[-1]].status in _ENDED
    if ended and (mark := headed(line, drugs[earlier[-1]], one, effects)):
        return [earlier[-1]], [cue(line, "suspected", *mark)]
    if likely := likely_cause(line, one, drugs):
        target, place = likely
        return [target], [cue(line, "suspected", *place)]
    if meant := by_antecedent(line, one, drugs):
        targets, place = meant
        return targets, [cue(line, "suspected", *place)]
    return [], []


def _first(line: Line, one: Found) -> str:
    return line.low[one.start : one.end].split()[0]


def _right_beside(line: Line, first: int, last: int) -> bool:
    """At most two words and no mark but a quote between a symptom and "on DRUG", beside how long it has lasted."""
    lasted = _LASTED.search(line.low, line.starts[first], line.ends[last - 1]) if first < last else None
    span = lasted.span() if lasted else (0, 0)
    at = [i for i in range(first, last) if line.lows[i] not in "\"”“'" and not span[0] <= line.starts[i] < span[1]]
    return len(at) <= _BESIDE and all(line.are_words[i] and line.lows[i] not in _APART for i in at)


def _from_before(
    line: Line,
    breaks: list[int],
    one: Found,
    drugs: list[Drug],
    standings: list[Standing],
    hit: Hit,
    earlier: list[int],
    effects: list[Found],
) -> list[int] | None:
    """ "DRUG makes her EFFECT", "stopped DRUG because of EFFECT", "since starting DRUG she is EFFECT"."""
    orders = {order for order, _ in hit.says}
    if orders & {"drug-effect", "drug-effect-near", "drug-effect-stop"}:
        source = next((i for i in reversed(earlier) if drugs[i].end <= hit.start), None)
        follows = source is not None and not any(drugs[i].start >= hit.end for i in earlier)
        near = [e for e in effects if hit.end <= e.start <= one.start]
        at = range(hit.last, line.at(one.start)) if follows else ()
        inner = [line.lows[i] for i in at if not any(e.start <= line.starts[i] < e.end for e in near)]
        if source is not None and follows and len(inner) <= 5 and same_sentence(breaks, hit.end, one.start):
            apart = hit.first - line.at(drugs[source].end)
            clear = (
                not any(drugs[source].end <= e.start < hit.start and e is not one for e in effects)
                or "drug-effect" in orders
            )
            if "drug-effect" in orders and apart <= 14 and clear:
                return chain(line, drugs, source)
            if "drug-effect-near" in orders and apart <= 1 and clear and "," not in inner:
                return chain(line, drugs, source)
            if "drug-effect-stop" in orders and _SWITCHED_TO.search(line.low[: hit.start]):
                source = next((i for i in reversed(earlier) if standings[i].status in _ENDED), source)
            if (
                "drug-effect-stop" in orders
                and "," not in inner
                and (standings[source].status in _ENDED or less_taken(line, drugs[source], hit))
                and same_sentence(breaks, drugs[source].end, hit.start)
            ):
                return chain(line, drugs, source)
    if "effect-drug" in orders and (hit.low.startswith(_BACKWARD_OK) or _INTO_IT.search(hit.low)):
        source = next((i for i in earlier if drugs[i].start >= hit.end), None)
        if source is not None and same_sentence(breaks, hit.end, one.start):
            lead = line.lows[hit.last : line.at(drugs[source].start)]
            told = bool(_TURNED.search(line.low[drugs[source].end : one.start], line.lacks)) and any(
                e.end <= hit.start and same_sentence(breaks, e.end, hit.start) for e in effects
            )
            if len(lead) <= _LEAD and not told and "," not in lead:
                return with_listed(line, drugs, new_one(line, one, drugs, source, hit))
        if source is None and hit.low.startswith("since") and earlier and _TO_IT.match(line.low[hit.end - 8 : hit.end]):
            return None
    return None
