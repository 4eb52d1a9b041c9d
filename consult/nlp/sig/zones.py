"""Which words of a line are the directions of which drug."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from consult.nlp.expressions import Expressions
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import hard_breaks
from consult.nlp.sig.numbers import DIGITS, WORDED
from consult.nlp.sig.pasted import DISPENSED
from consult.nlp.sig.weekdays import HABIT, NAMED

_UNITS = (
    r"(?:mg|mcg|g|meq|units?|u|iu|ml|%|tabs?|tablets?|caps?|capsules?|puffs?|sprays?|drops?|gtts?|patch|patches|"
    r"pills?|tsp|scoops?|packets?|capfuls?|spoonfuls?|dabs?)"
)
_LEAD = re.compile(
    rf"^(?:\s|(?:takes?|taking|took|uses?|using|used|rubs?|puts?|smears?|dabs?|on|the|her|his|a|an|some|of|old|new|"
    rf"same|also|still|now|"
    rf"just|both|only|baby|low dose|high dose|start|started|add|"
    rf"capfuls?|scoops?|spoonfuls?|tablespoons?|teaspoons?|packets?|squirts?|dabs?|"
    rf"daily|weekly|nightly|monthly|qhs|qam|am|pm|hs|morning|evening|bedtime|bid|tid|"
    rf"prn|once|twice|a day|a week|occasional|otc|generic|"
    rf"(?:{DIGITS}|{WORDED}|1/2|½|half)(?: ?- ?\d+)?(?: ?{_UNITS})?)(?=\s|$))*$"
)
_SPLIT = re.compile(
    r"[,;+&]|\b(?:and|plus|with|w/|then|also|but|takes?|taking|uses?|using|on|from|to|started?|stopped|or)\b|\. | - "
)
_HOW_OFTEN = (
    r"(?:po|by mouth|subq|sq|qd|bid|tid|qid|qhs|qam|qpm|q ?\d{1,2} ?h|(?:once|twice) (?:a day|daily|weekly)|"
    r"(?:daily|nightly|at bedtime|every (?:day|morning|night|evening)|prn|as needed|in the morning|at night)"
    r"(?=\s*(?:$|[,.;)]|with|at|before|after|for|x ?\d|prn|as needed)))(?![a-z])"
)
_WHAT_BECAME = (  # of the dose: "stays on", "cut from", "back down to", "moved to"
    r"(?:(?:she|he|pt|they|we|i|md|pcp|cards|gi|neuro|psych|doc|doctor|dr|so|and|but|now|then|still|just|later|"
    r"dose|has|have|had|is|was|been)(?:'s)? )*"
    r"(?:stay(?:s|ed|ing)?|remain(?:s|ed|ing)?|continu(?:es?|ed|ing)|keeps?|kept|left|back|cut|reduced?|lower(?:ed)?|"
    r"drop(?:ped|s)?|decreased?|halved|backed|went|goes|gone|down|up|increased?|raised?|bumped|titrated|upped|doubled|"
    r"advanced|moved?|shifted|changed?|switched|put|restarted|resumed|tolerat(?:es|ed|ing)|now|tapered|on)"
    r"(?: (?:back|down|up|off|on|to|at|from|over|it|her|him|them|the|his|only|just|again|now|taking))* "
)
_BECAME = rf"{_WHAT_BECAME}(?:{DIGITS}(?: to {DIGITS})? ?{_UNITS}(?![a-z/])|(?!at night|in the morning){_HOW_OFTEN})"
# What the next sentence begins with where it goes on with the directions: "metformin 500 mg; 1 tab bid".
_GOES_ON = re.compile(
    rf"^[\s;.|-]*(?:sig\b|(?:disp|qty|quantity)\b|"
    rf"(?:directions?|instructions?|dose|strength|route|freq(?:uency)?|dispensed?|form) ?[:=]|"
    rf"#\d|t\d(?:-\d)?[tc]\b|(?:{DIGITS}|{WORDED}|1/2|½|half)(?: ?[-–] ?\d)? ?[tc]? (?={_HOW_OFTEN})|"
    rf"(?:takes?|taking|uses?|using)(?: it| them)? (?={DIGITS}|{WORDED}|half|1/2|½|once|twice|every|"
    rf"daily|at |in |before|after|with|qd|bid|tid|prn|as needed|only)|"
    rf"(?:inject|inhale|apply|instill|insert|place)[sd]?\b|"
    rf"(?:(?:maybe|perhaps|could|can|would|try|suggest\w*|rec\w*|thinking|say|like|about|start|do|go|use|if so)"
    rf"(?: (?:at|w/|with|on|to|about|do|try|start|go|use|maybe|her|him|low|,))* )?"
    rf"(?:{DIGITS}|{WORDED}|1/2|½|half)(?: ?[-–] ?\d+| to \d+)? ?(?:a )?{_UNITS}(?![a-z/])|{_HOW_OFTEN}|"
    rf"{_BECAME})"
)
_LATER = re.compile(rf"[\s;.|-]*{_BECAME}")  # "20 mg daily. Dizzy on it. Cut to 10 mg daily."
_JOINS = ("and", "plus", "also")
_HALF_MORE = re.compile(  # "one and a half tablets of"
    r" (?:(?:(?:an?|one)[ -])?(?:half|quarter) (?:tab|pill|cap)|(?:an?|one)[ -](?:half|quarter)|1/2|½)"
)
_COUNTED = re.compile(rf"(?<![\w./])(?:\d|{WORDED}|an?(?: (?:tab|tablet|pill|cap))?|(?:tab|tablet|pill|cap)s?) ?$")
_ON_AMOUNT = (  # "ankle swelling since on 10 mg"
    r"\bsince (?:being |she'?s |he'?s |she |he |pt |the |they )?(?:went |going |been |put |was |is )?(?:on|up to|"
    r"at|to|taking|started on|starting|bump\w*(?: up)? to|inc\w* to|raised to) (?:the |her |his )?"
    rf"(?={DIGITS} ?(?:mg|mcg|units?)\b)"
)
_AFTER_EFFECT = re.compile(
    rf"[,;.!?]|\s-\s|(?<!\d)(?<!\d )(?:[→⇒]|-+>|=>)|\b(?:but|so|takes|taking|uses)\b|{_ON_AMOUNT}"
)
_ASKED_OF = re.compile(rf"[^.;?]{{0,60}}(?:{_ON_AMOUNT}|\b(?:on|at|taking|takes) (?={DIGITS} ?(?:mg|mcg) now\b))")
_OF_EFFECT = re.compile(  # "leg cramps, 3 nights/wk"
    r", ?(?:about |~ ?)?(?:\d+(?: ?- ?\d+)?|few|several|couple|most|some) ?(?:nights?|days?|episodes?|mornings?|times)"
    r"(?: ?(?:/|a|per|each|this|last|in the past) ?(?:d(?:ay)?|n(?:ight)?|w(?:ee)?k|mo(?:nth)?))?\b"
)
_FORM = re.compile(r"(?:patch|inhaler|cream|gel|drops|spray)\b(?= )")
_LEAD_REACH = 60  # characters before a name in which its dose may stand
_BESIDE = (
    r"(?<!with )(?<!w/ )(?<!w/)(?<!w )(?<!in )(?<!of )(?<!after )(?<!before )(?<!with her )(?<!with his )(?<!no )"
    r"(?<!in her )(?<!in his )(?<!in my )(?<!in the )(?<!in a )"
)
_NOT_A_SIG = Expressions(
    (expression, expression)
    for expression in (
        *DISPENSED,
        r"\bbms?\b[^,;.]*",
        r"\bby \d[\d.]* ?(?:units?|u|mg|mcg)? ?(?:every|each|q) ?\d{1,2} ?-?(?:d|days?|wks?|weeks?)\b",
        r"\bfor a (?:day|night)\b(?: or (?:two|so|2))?",
        r"\bon (?:the )?(?:nights|days|mornings|evenings) (?=(?:when|that|if|she|he|they|i)\b)",
        r"\bcold (?:caps?|packs?)\b",
        r"\d[\d.,]* ?(?:mg|gm?|grams?|mcg|units?) (?:daily |a day |/ ?day )?(?:limit|max(?:imum)?|ceiling)\b",
        r"\b(?:days?|nights?|episodes?|attacks?|bouts?|spells?) (?:from |down from )?\d+ ?(?:-+>|→|to|down to) ?\d+"
        r"(?: ?(?:/|a|per) ?\w+)?",
        r"\b(?:a|one|two|three|half a|\d) (?:whole |full |big )?(?:box|bottle|bag|tube|roll|pkg|jar|carton|case|can)"
        r"(?:e?s)? ?(?:an?|per|every|each|/) ?(?:\d |other |few )?(?:days?|d|weeks?|wks?|months?|mo)\b",
        r"\b(?:dates|marks|labels|initials|signs|tapes|numbers|writes on)(?: (?:each|every|it|them|"
        r"the|one|new|patch))+[^,;.]*",
        r"\b(?:one|two|three|\d) (?:more )?(?:pills?|tabs?|tablets?) (?:too many|too much|more|less|fewer)\b",
        r"(?:(?<=\bef )|(?<=\bef of )|(?<=\bef is )|(?<=came back ))\d+(?:-\d+)? ?%",
        r"\b(?:lv)?ef (?:(?:was|is|of|fell|drop\w*|went|down|up|improved|rose|now|from|to|at|about|only) )+"
        r"\d+(?:-\d+)? ?%",
        r"\b(?:one|it|that|dose|pill|half|two|three) drops (?:her|his|my|the|pulse|bp|hr|sugars?|down|too|"
        r"off)\b[^,;.]*",
        r"\b(?:stopp?ed|quit|held|d/c'd|started|began|went off|came off|switched)(?: (?:it|them|this|taking it|"
        r"using it))? "
        r"(?:when|once)\b",
        r"\b\d{1,3} (?:tabs?|tablets?|pills?|caps?|capsules?|doses?|pens?|vials?|patches) (?:left|remaining|on hand|"
        r"to go|"
        r"(?:still )?(?:in|at) (?:the |her |his |a )?(?:drawer|bottle|cabinet|cupboard|closet|purse|house|home|fridge|"
        r"box|bag))\b",
        r"(?:\b(?:down|up|decreas\w+|reduc\w+|drop\w*|increas\w+|taper\w*)|[↓↑])(?: by)? ?\d[\d.]* ?"
        r"(?:mg|mcg|units?|u)? ?(?:q|every) ?\d[^,;.]*",
        r"\b(?:at|to|by) (?:25|33|50|60|66|75|80|90|100) ?%(?: (?:of|dose)\b)*",
        r"\binstead of (?:the )?(?:\d[\d.]*|one|two|half)(?: (?:puffs?|tabs?|pills?|caps?))? "
        r"(?:qd|bid|tid|qid|daily|once|twice|three)\b[^,;.]*",
        r"\bby \d[\d.]* ?(?:mg|mcg|milligrams?|micrograms?) ?(?:q|every|each|per) ?\d?[^,;.]*",
        r"\b(?:wkly|weekly|monthly|daily) (?:drops|steps|decrements|cuts|increments|increases|titration)\b",
        r"\b\d{1,3} ?% ?(?:/|per|every|q|each) ?(?:d\b|day|wk|week|mo|month|\d)[^,;.]*",
        r"\b\d{1,2} ?(?:u|units?) (?:q|every) ?\d ?(?:d|days?|nights?)\b[^,;.]*\b(?:until|till?|goal|fbg)\b[^,;.]*",
        r"\boff (?:it )?(?:x|for) ?\d+ ?\w+",
        r"(?:\bper|/|\b(?:for )?(?:every|each)) ?\d+ ?g(?:m|ms|rams?)?(?: of)? ?carb\w*",
        r"\b(?:call|ring|phone|tell|notify|alert|contact|come in|seek|report|let (?:us|me) know|go to (?:the )?er)\b"
        r"[^,;.]{0,40}\bif (?:he|she|pt|you|they|i|there)\b[^,;.]*",
        r"\b(?:cut|taper\w*|reduce|decrease|wean\w*|drop)(?: by)? \d+ ?%[^,;.]*",
        r"(?<!/)\b(?:bp|hr|pulse|wt|weight|a1c|inr|egfr|crcl|scr|cr|glucose|fbg|bg|fsbg|sugars?|temp|rr|spo2|o2|age|ldl|hdl|"
        r"tsh|k|na|phq-?9|gad-?7|bmi|ef|pain)\b(?! \d+ ?meq\b)[ :=]{0,2}\d[\d./%-]*(?![\d./%-]| ?x ?(?:/|a\b|per\b|"
        r"daily|week|wk|d\b|qd|day))",
        r"\b(?:inhaler|injection|insulin|pen|spacer) (?:technique|training|teaching)\b[^,;.]*",
        r"\bprim(?:es?|ed|ing)(?: (?:it|the|her|his|pen|needle|w|w/|with|first))* \d ?(?:u|units?)\b"
        r"(?: (?:first|each time))?",
        r"\b(?:(?:when|whenever|if) (?:(?:he|she|i|pt) )?)?(?:miss(?:ed|es|ing)?|skip(?:s|ped|ping)?|forgets?|forgot)\b"
        rf"(?!(?: it)?(?: on| every| each)? {HABIT})(?!(?<=skip)(?: on)? {NAMED})(?!(?<=skips)(?: on)? {NAMED})[^,;.]*",
        r"\b(?:refill\w*|last fill\w*|filled|picked up|checks?|walks?|(?<!before )(?<!b4 )exercises?|labs?|a1c|"
        r"drinks?(?! (?:a |one |two |1 |2 |half a? ?)?(?:cap(?:ful)?s?|packets?|pkts?|scoops?|doses?|tsps?|tbsps?|"
        r"mls?|glass(?:es)?(?! of))\b| it\b)|"
        r"inr|bmp|recheck\w*|f/u|follow up|visits?|appt)\b[^,;.]*",
        r"(?<![\d.])\d[\d.,]* ?(?:g|mg|grams?|tabs?|tablets?|doses?|puffs?|units?)"
        r"(?: ?(?:/|per|a|in) ?(?:24 ?h\w*|d|day))?(?: is (?:the|her|his))? max(?:imum)?\b",
        r"\b(?:max(?:imum|\.)?(?: of| dose)?|no more than|not more than|not to exceed|nte|"
        r"limit(?: of| to)?|mdd) [\d.,]+ ?(?:g|mg|grams?|tabs?|tablets?|doses?|puffs?|units?)?(?: ?(?:/|"
        r"per|a|in) ?(?:24 ?h\w*|d|day))?\b",
        r"\b(?:adds? up to|adding up to|comes? to|totals?|totaling|total(?: of)?|sum of|=)(?: about| around|"
        r" ~)? ?[\d.,]+ ?"
        r"(?:g|mg|grams?|mcg)(?: ?(?:/|per|a|in) ?(?:24 ?h\w*|d|day))\b",
        r"\b(?:covers?|allows?|pays? for|qty limit|quantity limit)(?: only| just| up to)* \d[^,;.]*",
        r"\b(?:because|bc|b/c|cuz|since|as) (?:of )?(?:the|an?|her|his) (?:\w+ )?(?:tab\w*|pills?|dose|caps?)\b[^,;.]*",
        rf"{_BESIDE}\b(?:grapefruits?|gfj|coffees?|espresso|sodas?|wine|beers?|etoh|smoothies?|salads?|spinach|"
        r"kale|bananas?|prunes|protein shakes?|energy drinks?|cigs?|cigarettes|naps?|"
        r"skips? (?:breakfast|lunch|supper|dinner)|"
        r"bowels? mov\w+|(?:smokes|vapes|gym|yoga|swims|golfs|snacks)(?! \w+ (?:gumm|cbd|thc|marij)))\b[^,;.]*",
        r"\b(?:off|remov(?:es?|ed|ing)(?: it)?|takes? (?:it|them|the patch|patch) off|taken off) (?:again )?(?:at|q|@|"
        r"every|in the|for|by|before|qhs|hs) ?(?:night\w*|nite|hs|bedtime|bed|sleep|[ap]m\b|evening|supper|"
        r"\d{1,2} ?[ap]m?\b)?",
        r"\b\d(?:\.5)? ?(?:u|units?) ?(?:per|/|(?:for )?(?:every|each)) ?\d{2,3}\b(?! ?(?:g\b|grams?|carb))[^,;]*",
        r"(?:\b\d{2,3} ?[-–] ?\d{2,3}|[<>] ?\d{3}) ?(?:[:=]|->|give|takes?)? ?\d{1,2} ?(?:u|units?)\b",
        r"\b(?:few|several|some|many|most|multiple)(?: of)? ?(?:x|times|days|nights|doses|mornings|evenings)? ?"
        r"(?:/|an?|per|each|every|out of the|of the) ?(?:d(?:ay)?|w(?:ee)?ks?|mo(?:nth)?s?|yr|year)\b",
        r"\b(?:calls?|calling|nicknamed) (?:it|them|this|these|that) [^,;.]*",
        r"\b(?:completed|finished|ended|stopped|started|starting|starts|begins?|due|done|given|got|received|picked up)"
        r"(?: [\w-]+){0,10} on (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
        r"\b(?:rins|check|weigh|eat|drink|sleep|walk|exercis|brush|test|bath|elevat|monitor)(?:e?s|ing|ed) "
        r"(?:\w+ ){0,3}?(?:only|when|whenever|if|unless)\b[^,;.]*",
    )
)
_MISSED = re.compile(r"\b(?:miss|skip|forg)")
_HOW_OFTEN_MISSED = re.compile(  # "misses her metformin about twice a week"
    r"^(?:'?s)?(?: (?:er|xr|xl|sr|doses?|pills?|tabs?|about|around|maybe|up to|like|at least|roughly))* ?~? ?"
    r"(?:(?:\d+(?: ?- ?\d+)?|a few|few|several|some|most|one|two|three|once|twice|a couple(?: of)?|couple)"
    r"(?: ?x| times| days| nights| doses| mornings| evenings)? ?(?:/|a|per|each|every|out of the)? ?"
    r"(?:d(?:ay)?s?|w(?:ee)?k|mo(?:nth)?|weekends?)\b|"
    r"every (?:other (?:day|week)|(?:few|couple(?: of)?) (?:days|weeks)))"
)
_NOT_THIS = re.compile(r"^ ?[,(] ?not (?:the )?$")
_SO_LONG_BEFORE = re.compile(  # "metolazone 2.5 mg 30 min before Lasix on Mon Wed Fri"
    r"\d ?-?(?:min\w*|m|hrs?|hours?|h) (?:before|b4|prior to|after|ahead of)(?: (?:the|her|his|my|each|every|"
    r"taking))* $"
)
_ON_DAYS = re.compile(
    r"^(?: dose)?,? (?:(?:on|every|each|q) ?)?(?:(?:mon|tue|wed|thu|fri|sat|sun)|mwf|daily|bid|qd|qam)"
)
_ON_A_DAY = re.compile(r" on \w+day\b")


def zones(
    line: Line, spans: Sequence[tuple[int, int]], effects: Sequence[tuple[int, int]]
) -> list[tuple[str, str, int, int]]:
    """For each drug: text before it, text after it, their start and end; symptoms and labs are blanked out."""
    text = _blanked(line, effects, spans)
    breaks = hard_breaks(line)
    out: list[tuple[str, str, int, int]] = []
    leads: list[int] = []
    for i, (start, _) in enumerate(spans):
        floor = spans[i - 1][1] if i else 0
        if passed := bisect_right(breaks, start):
            floor = max(floor, breaks[passed - 1])
        cut = floor
        for match in _SPLIT.finditer(text, max(floor, start - _LEAD_REACH), start):
            apart = not match.group()[0].isalpha() or match.group() in _JOINS
            begins = match.end() if apart else match.start()
            more = _HALF_MORE.match(text, begins) and _COUNTED.search(text, floor, match.start())
            if _LEAD.match(text[begins:start]) and not more:
                cut = begins
                break
        else:
            first = i == 0 or floor > spans[i - 1][1]
            cut = floor if first else start
        leads.append(max(cut, start - _LEAD_REACH))
    for i, (start, end) in enumerate(spans):
        stop = leads[i + 1] if i + 1 < len(spans) else len(text)
        goes_on = end  # up to here it is known
        for place in breaks:
            if goes_on < place < stop and not _goes_on(text, place, stop):
                later = next((one for one in breaks if place < one < stop and _LATER.match(text, one, stop)), None)
                if later is None:
                    stop = place
                    break
                text = text[:place] + "\x00" * (later - place) + text[later:]
                goes_on = later
        out.append((text[leads[i] : start], text[end:stop], leads[i], stop))
        if i and text.startswith((")", ","), end) and _NOT_THIS.match(line.low[spans[i - 1][1] : start]):
            # "hydralazine (not hydroxyzine) 25 mg tid"
            out[i - 1] = (out[i - 1][0], text[end + 1 : stop], out[i - 1][2], stop)
            out[i] = ("", "", start, end)
        elif i and _SO_LONG_BEFORE.search(line.low[spans[i - 1][1] : start]) and _ON_DAYS.match(out[i][1]):
            out[i - 1] = (out[i - 1][0], out[i - 1][1] + out[i][1], out[i - 1][2], stop)
            out[i] = ("", "", start, end)
    return out


def _goes_on(text: str, place: int, stop: int) -> bool:
    """Whether the next sentence tells more of the directions, or of the amount that was asked about."""
    if _GOES_ON.match(text[place:stop]):
        return True
    return text[place - 1] == "?" and _ASKED_OF.match(text[place:stop]) is not None


def _blanked(line: Line, effects: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> str:
    text = line.low
    drugs = [start for start, _ in spans]
    for start, end in effects:
        match = _AFTER_EFFECT.search(text, end)
        stop = match.start() if match else len(text)
        if often := _OF_EFFECT.match(text, stop):
            stop = often.end()
        for drug in drugs:
            if end <= drug < stop:
                stop = drug
        if form := _FORM.match(text, start):
            start = form.end()  # "clonidine patch itches"
        text = text[:start] + "\x00" * (stop - start) + text[stop:]
    at, likely = 0, [pattern for _, pattern in _NOT_A_SIG.likely(line.lacks)]
    while likely and (matches := [match for pattern in likely if (match := pattern.search(text, at))]):
        first, at = min(matches, key=lambda match: match.start()).span()
        if any(start < first < end for start, end in spans):
            continue  # "Foe sa max 70 mg": a part of a name
        stop = min([at, *(drug for drug in drugs if first < drug)])  # "refill too soon on zolpidem 5 mg qhs"
        text = text[:first] + "\x00" * (stop - first) + text[stop:]
        if stop < at and (day := _ON_A_DAY.search(line.low, first, at)):
            text = text[: day.start()] + "\x00" * (at - day.start()) + text[at:]
        if stop < at and _MISSED.search(line.low, first, stop):
            text = _unmissed(text, next(end for start, end in spans if start == stop))
    return text


def _unmissed(text: str, end: int) -> str:
    """The text without the words behind a drug that tell how often it is missed."""
    often = _HOW_OFTEN_MISSED.match(text[end:])
    return text if often is None else text[:end] + "\x00" * often.end() + text[end + often.end() :]
