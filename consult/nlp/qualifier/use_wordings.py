"""The wordings of `use_told`: clauses behind and before a drug that tell of its use."""

from __future__ import annotations

from collections.abc import Callable

from consult.domain.mention import Status
from consult.nlp.drug.find import Drug
from consult.nlp.qualifier.when_taken import usual_course

_WHO = r"(?:he|she|pt|they|i|patient|mom|dad)"
# "2 weeks", "a few doses", "like a month"
_A_WHILE = (
    r"(?:about |only |maybe |like |all of )?(?:\d+|an?|one|two|three|four|few|a few|a couple(?: of)?) ?"
    r"(?:d|days?|wks?|weeks?|months?|mos?|doses?|nights?|pills?)"
)
_BEGINS = r"(?:begins|beginning|starts|to begin|to start|will begin|will start)"
_SOON = (
    r"(?:(?:\d+|a|one|two) (?:days?|wks?|weeks?) (?:before|prior|after)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)day|next \w+|on (?:his|her) birthday|on (?:the )?(?:\d+|first|new year)|tonight|tomorrow)"
)


def _any(drug: Drug) -> bool:
    return True


# Behind the drug: the status, the expression (group 1: the words that tell it), and which drugs it holds of.
BEHIND: tuple[tuple[Status, str, Callable[[Drug], bool]], ...] = (
    (
        "unknown",
        (
            r"\b((?:not (?:clear|sure)|unclear|unsure|uncertain|(?:don'?t|doesn'?t|didn'?t) know|no idea|can'?t tell|"
            r"cannot tell|"
            r"don'?t think)(?: if| whether)? (?:she|he|pt|they|i) (?:ever |still |actually |really |even |has |had )*"
            r"(?:picked (?:it|this|that) up|takes?|took|taken|filled|started|uses?|is (?:on|taking|using)|got|been on|"
            r"was on))\b"
        ),
        _any,
    ),
    (
        "intended",
        (r"^(?: [\w./%-]+){0,6}? (to be (?:requested|ordered|started|sent|called in|prescribed|added|begun))\b"),
        _any,
    ),
    (
        "intended",
        (
            r"\b((?:suggested|proposed|recommended) to (?:the |her |his )?(?:pcp|md|dr|doctor|provider|cards|"
            r"cardiology|neuro\w*|endo\w*|"
            r"psych\w*|prescriber)|awaiting (?:answer|approval|response|reply|ok|decision)(?! (?:for|of|on|to)\b))\b"
        ),
        _any,
    ),
    (
        "not-taken",
        (
            rf"\b(before {_WHO} (?:ever |even )?(?:took|used|filled|started|opened|tried|picked up|got to)"
            r"(?: (?:taking|using|try|take))? (?:any|it|one|them|the first|a single|that))\b"
        ),
        _any,
    ),
    (
        "stopped",
        (
            rf"^(?: [\w.,/%-]+){{0,3}}? (?:that |which )?{_WHO} (?:has |had |finally |just )?"
            r"((?:came|come|went|gone|got|gotten|weaned|was taken|was weaned|were taken|"
            r"tapered) off)(?: of)?"
            r"(?=$|[,.;)]| (?:in|last|when|after|because|bc|d/t|years?|a|\d+|since|for|ago|this)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"\b((?:never|won'?t|will not|refuses to|doesn'?t)(?: ever)? (?:wants?|take|taking|touch|touching|try|"
            r"go back on|want)"
            r"(?: to (?:take|touch|try|see|use|be on))?(?: (?:that|this|it|them|any))?(?: (?:one|stuff|drug|med|pill))?"
            r"(?: ever)? again)\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "astelin dropped d/t bitter taste", but "dropped to 5 mg"
            r"^(?: [\w.,/%-]+){0,3}? ((?:was |got |been |were )?(?:dropped|nixed|axed|scrapped|ditched|yanked|cut out))"
            r"(?=$|[.;)]|,(?! \d)| (?:d/t|due|because|bc|b/c|for|after|by|in (?!half)|last|when|since|at|on|as|over|"
            r"this)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "Xarelto before that", "Lipitor before this one"
            r"^(?: [\w./%-]+){0,3}? ((?:was |were |came )?(?:before|prior to) (?:that|this|then)(?: one)?)"
            r"(?=$|[.,;:)]| (?:but|and|made|gave|caused|was|didn'?t|did|because|bc)\b)"
        ),
        _any,
    ),
    (
        "intended",
        (
            r"^(?: pa)?(?: (?:was|is|just|finally|got|has been))* (approved)\b[^.;]{0,20}?\b(?:coming|ship\w*|mail\w*|"
            r"deliver\w*|arriv\w*|on its way|waiting|will start|to start|hasn't|not yet)\b"
        ),
        _any,
    ),
    (
        "not-taken",
        (r"^(?: pa| prior auth)?(?: (?:was|got|has been|is))? (denied|rejected|turned down)\b(?! again)"),
        _any,
    ),
    (
        "on-hold",
        (r"^(?: [\w.,/%-]+){0,3}? ((?:was |is |been )?(?:deferred|postponed|put off))(?! (?:taking|starting|to)\b)"),
        _any,
    ),
    (
        "allergy",
        (
            r"^[^.;]{0,60}?\b((?:to|on|as|in) (?:the |her |his |an? |pt )?(?:allerg(?:y|ies|en|ic)|intolerances?|adr)\b"
            r"(?: (?:list|profile|section|file))?)(?=$|[.,;)])"
        ),
        _any,
    ),
    (
        "allergy",
        (  # "codeine makes her throw up, put on profile"
            r"^[^.;]{0,12}?\b(?:makes?|made|gives?|gave|causes?d?)\b[^.;]{0,40}?[,-] ?((?:(?:will|to) )?(?:put|added|"
            r"add|noted|note|listed|charted|documented|entered|flagged|flag)(?: (?:it|this|that))? (?:on|to|in) "
            r"(?:the |her |his |pt )?(?:profile|chart|record|file))\b"
        ),
        _any,
    ),
    (
        "completed",
        (
            r"\b(was (?:just |only )?an? (?:\d+|one|two|three|five|seven|ten)[ -]?(?:day|d|wk|week) (?:course|burst|"
            r"rx|script|thing))\b"
        ),
        _any,
    ),
    (
        "completed",
        (
            r"\b(took (?:(?:the|her|his|my|their) )?(?:very )?last (?:one|pill|dose|tab(?:let)?|cap(?:sule)?|of (?:it|"
            r"them)|bit))\b"
        ),
        usual_course,
    ),
    (
        "intended",
        (  # "Basaglar 10 units qhs if A1c still over 9 in 3 mo": a plan that waits for a result
            r"\b(if (?:her |his |the )?(?:a1c|bp|ldl|tsh|k|potassium|inr|sugars?|glucose|pain|labs?|numbers|levels?|"
            r"scan|dexa|cough|rash|mood|phq-?9?)\b[^.;,]{0,30} (?:in (?:another )?\d+ ?(?:wks?|weeks?|mos?|months?)|"
            r"at (?:the )?(?:next|f/u|follow)|next (?:visit|check|labs?|time|month|wk|week)|on re-?check|"
            r"by (?:then|next)))\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "Celebrex, GI doc took me off", "Norvasc: pcp took her off due to swelling"
            r"\b((?:took|taken|pulled|yanked|weaned|tapered|got|switched|swapped|moved) (?:her|him|me|them|pt|us) "
            r"(?:right |back )?off(?: of)?)(?=$|[.,;)]| (?:in|last|when|after|because|bc|b/c|d/t|due|years?|a|\d+|"
            r"since|is|are|for|ago|this|and|but|over|back|at)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "Tramadol he threw out in March", "the Symbicort she gave up when the Breo came"
            rf"^(?: [\w.,/%-]+){{0,3}}? (?:that |which )?{_WHO} (?:has |had |finally |just )?"
            r"((?:threw|tossed|chucked|pitched|dumped|poured|flushed) (?:out|away|down the \w+)|gave up|ditched|"
            r"abandoned)\b"
        ),
        _any,
    ),
    (
        "stopped",
        (r"^(?: [\w.,/%-]+){0,3}? ((?:was |got |is |been )?(?:crossed|struck|scratched) (?:off|out))\b"),
        _any,
    ),
    (
        "stopped",
        (
            r"\b((?:was|were|been|got|gotten) (?:taken|pulled|weaned|tapered) off)(?=$|[.,;)]| (?:for good|after|"
            r"because|"
            r"bc|d/t|due|in|last|when|by|since)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"\b((?:(?:has|had|have|'s) given|gave) (?:it|them|that) up|took (?:it|them|that|those) away|"
            r"went (?:in|into|out with|down) the (?:trash|garbage|bin|toilet))\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "propranolol I had years ago"
            rf"^,? (?:that |which )?{_WHO} ((?:had|took|used|was on|were on) (?:it )?(?:many |some |a few |two |ten |"
            rf"\d+ )?"
            r"(?:years|yrs|decades|a long time|ages) (?:ago|back))\b"
        ),
        _any,
    ),
    ("on-hold", (r"^ ((?:aside|to (?:the|one) side))(?= (?:while|until|till|til|for now)\b)"), _any),
    (
        "not-taken",
        (
            r"\b((?:nobody|no one) (?:ever )?(?:went and got|picked up|picked|got|went to get|went for) (?:it|them)|"
            r"no doses (?:taken|used|given)(?: (?:as )?yet)?)\b"
        ),
        _any,
    ),
    (
        "completed",
        (  # "took colchicine till it calmed down"
            r"^ ((?:until|till|til) (?:it|they|she|he|that|(?:the|her|his) \w+) (?:calmed|cleared|went away|settled|"
            r"was gone|"
            r"got better|eased|healed|resolved))\b"
        ),
        _any,
    ),
    ("completed", (r"\b(used (?:it|them) (?:all )?up)\b"), usual_course),
    ("intended", (r"\b(is what (?:she|he|they|pt) should (?:use|take|try))\b"), _any),
    (
        "allergy",
        (r"^[\"”]?,? ((?:don'?t|do not) (?:ever )?(?:give|let them give) (?:me|him|her|us) (?:that|it|any))\b"),
        _any,
    ),
    (
        "unknown",
        (
            r"\b((?:was |were )?(?:talked about|brought up|discussed|mentioned)) (?:[\w.]+ ){0,4}?but (?:nobody|"
            r"no one|nothing)\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "had clots from Yaz, is off it"
            r"[,;–-] ?(?:(?:and|now|so|she's|he's|is|was|been|has been) )*(off (?:of )?(?:it|that))"
            r"(?=$|[.,;)]| (?:now|since|as of|for good|due|because|bc)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"^[\s,]*(?:[\d./-]+ ?(?:mg|mcg|units?|years?|yrs?|mos?|months?|wks?|weeks?|days?)?[\s,]*|"
            r"(?:course|trial|rx|script|was|that|it|which) )*(ended)(?= (?:in|when|after|last|because|bc|due|d/t|back|"
            r"by|since|over)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"\b((?:tossed|threw out|threw away|trashed|pitched|chucked|dumped) (?:(?:the|her|his|that|whole|rest of|"
            r"of) )*"
            r"(?:bottle|pills|box|script|rx|pens?))\b"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"\b(?:so|then) ((?:was |got |we |they |md |pcp |dr )?(?:switched|swapped))(?=, (?:now|is|takes|on)\b|"
            r"[.;]|$)"
        ),
        _any,
    ),
    (
        "unknown",
        (
            r"^[^.;]{0,30}? ((?:he|she|pt|they) (?:isn'?t|is not|wasn'?t|'s not) (?:sure|certain) "
            r"(?:(?:of|about)(?=$|[.,;)'\"’]| it\b)|(?:whether|if) (?:he|she|pt|they) (?:takes?|uses?|has|is on)\b))"
        ),
        _any,
    ),
    (
        "unknown",
        (
            r"^[^.;]{0,40}?\b(no decision(?: yet| made)?|undecided|still deciding|(?:hasn'?t|has not|"
            r"haven'?t) decided)\b(?! (?:on|about|re|to|whether|regarding|if|when)\b)"
        ),
        _any,
    ),
    (
        "unknown",
        (r"\b(has (?:he|she|pt) (?:ever |even )?(?:taken|used|tried|started) (?:any|it|them)(?: yet)?) ?\?"),
        _any,
    ),
    (
        "completed",
        (
            r"^ ((?:course|burst|taper|pack|dose ?pack) (?:back )?(?:in|last|from) (?:the )?(?:jan\w*|feb\w*|"
            r"mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*|"
            r"week|month|year|yr|spring|summer|fall|winter|\w+day|20\d\d|hospital))\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "made him cough so that got swapped"
            r"\b((?:that|it|that one|they|those) (?:then )?(?:got|was|were|had to be|has been|had been) (?:swapped|"
            r"switched|changed|replaced|exchanged|traded|pulled|nixed|axed)(?: out| over)?)"
            r"(?=$|[.;)]|,(?! \d)| (?:for|with|by|bc|because|d/t|last|in) (?!\d))"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "gave him bad dreams, lasted 9 days on it"
            rf"\b((?:he|she|pt|i|they) (?:only |just |barely )?lasted {_A_WHILE}|"
            rf"lasted {_A_WHILE} on (?:it|that|them))(?![a-z])"
        ),
        _any,
    ),
    (
        "not-taken",
        (  # "was offered for the weight, no thank you he said"
            r"\b((?:was |been |were |got )?offered)\b[^.;]{0,50}\b(?:no thank|no,? thanks|passed(?! away)|declined|"
            r"not interested|not filled|said no|turned (?:it|them|that) down|would rather not|wasn'?t interested|"
            r"wants? no part)\b"
        ),
        _any,
    ),
    (
        "not-taken",
        (  # "family told staff not to put it on her"
            r"\b(told (?:the |her |his )?(?:staff|nurses?|rns?|facility|aides?|caregivers?|home|hospital|hospice|team) "
            r"not to (?:put|give|use|apply|start|administer)(?: (?:it|that|this|them|any))?)\b"
            r"(?! (?:with|before|after|at|until|more|if|when|late|unless|too)\b)"
        ),
        _any,
    ),
    (
        "stopped",
        (
            r"\b((?:md|dr\.?(?: \w+)?|doctor|doc|pcp|np|prescriber|office|clinic|psych\w*|\w+ologist|they) (?:won'?t|"
            r"wouldn'?t|will not|would not|refuses to|refused to) (?:renew|refill|re-?order)(?: (?:it|them|that))?)\b"
            r"(?! (?:early|until|till|unless|without)\b)"
        ),
        _any,
    ),
    (
        "intended",
        (  # "picked up, quit date 11/16, begins it 1 wk before"
            rf"\b({_BEGINS} (?:it|them|taking it) {_SOON})\b|^(?: [\w./%-]+){{0,7}}? ({_BEGINS} {_SOON})\b"
        ),
        _any,
    ),
    (
        "stopped",
        (  # "comes off with Xarelto on board", not a patch that "comes off when he showers"
            r"^(?: [\w./%-]+){0,3}? ((?:comes?|came|coming) off) (?:with|once|when|now that) "
            r"(?:the )?$"
        ),
        _any,
    ),
    ("unknown", (r"^,? (maybe)(?=$|[,.;)?]| (?:later|next|down the road|instead)\b)"), _any),
    (
        "completed",
        (  # "has had amox since w/o trouble"
            r"^ ((?:since|before|after) ?,? (?:w/o|without|w/out|with no|no|fine|ok|okay)"
            r"(?: (?:trouble|problems?|issues?|rxn|reaction|incident|any \w+))?)(?=$|[.,;)])"
        ),
        usual_course,
    ),
    (
        "unknown",
        (r"^[^.;]{0,14}?\b((?:was |were |been )?told no)\b(?! (?:more|longer|change|issue|problem))"),
        _any,
    ),
)
BEFORE: tuple[tuple[Status, str], ...] = (
    (
        "unknown",
        (
            r"\b(wants|would like|asking for|requests|requesting|interested in|hoping for|begging for)"
            r"(?: (?:some|an?|to get))? $"
        ),
    ),
    (
        "stopped",
        (  # "only lasted 2 weeks on the Wellbutrin"
            rf"\b(lasted {_A_WHILE} on) (?:(?:the|her|his|my) )?$"
        ),
    ),
    (
        "stopped",
        (
            r"(?:^|[.;] ?|- )((?:before|prior to) (?:that|this|then|it|which)(?:,| it was| was| she was on|"
            r" he was on)?) (?:the )?$"
        ),
    ),
    ("stopped", (r"\b(was once on) (?:(?:the|some) )?$")),
    (
        "intended",
        (  # "okay w/ trying melatonin", "up for adding Zetia"
            r"\b((?:(?:ok|okay|fine|cool|good|happy|on board|game) (?:w/|with|to)|up for|agreed on|game for|"
            r"ready (?:for|to)|willing to) (?:try|trying|start|starting|add|adding|begin|beginning|a trial of|"
            r"giving|give))"
            r"(?: (?:the|some|a|an|low|dose|otc|daily))* $"
        ),
    ),
    (
        "intended",
        (r"\b((?:calling|phoning|sending|faxing) in|e-?scribing) (?:(?:the|an?|new|some|rx|script|for|of) )*$"),
    ),
    (
        "allergy",
        (r"\b(react(?:ed|s) (?:badly |terribly |bad |severely |horribly )?(?:to|with)) (?:(?:the|her|his|some) )?$"),
    ),
    (
        "stopped",
        (r"\b((?:took|taken|takes) over for|took the place of|takes the place of) (?:(?:the|her|his|my|old) )*$"),
    ),
    (
        "intended",
        (
            r"\b(?:agreed|will|plans?|going|wants|ready|willing|agrees|'ll)(?: to)? [^.;]{0,60}\b(?:and|then|,) "
            r"((?:try|start|begin|add|switch to))(?: (?:some|the|a|taking|using))? $"
        ),
    ),
    (
        "intended",
        (
            r"\b((?:he|she|they|pt|we|i)'ll (?:be )?(?:try|start|begin|add|do|get on|go on|switch to|change to|trying|"
            r"starting|adding))"
            r"(?: (?:with|the|a|some|taking|using|out|on))* $"
        ),
    ),
    (
        "completed",
        (
            r"(?<!to )\b((?:quit|stopped) (?:smoking|dipping|chewing|tobacco|cigarettes|cigs?))(?: \w+){0,2}? "
            r"(?:with|w/|using|on|thanks to) ?(?:the )?$"
        ),
    ),
    (
        "intended",
        (r"(?:(?:^|[.;:,] ?|- )|\b(?:i|we|will|md|pcp|np|team|hospitalist) )(ordered) (?:(?:new|a|the|some) )*$"),
    ),
    (
        "intended",
        (
            r"\b(ask(?:ing)? (?:the |her |his )?(?:pcp|md|dr|doctor|doc|prescriber|provider|cards|cardiology|neuro\w*|"
            r"endo\w*|psych\w*|np|team)(?: [\w'.]+)? for)(?: (?:an?|the|some|rx|script|new|of))* $"
        ),
    ),
    ("intended", (r"\b(new (?:rx|script|prescription)(?: (?:today|sent|in|written))? for)(?: (?:the|an?))? $")),
    ("intended", (r"\b((?:picking up|picks up|to pick up)) (?:(?:her|his|the|new) )*$")),
    ("completed", (r"\b(bridged)(?: (?:him|her|pt))? (?:with|w/|on|using) ?(?:a |the )?$")),
    ("intended", (r"\b(bridge)(?: (?:him|her|pt))? (?:with|w/|on|using) ?(?:a |the )?$")),
    (
        "intended",
        (
            r"\b((?:will|'ll|going to|gonna|agreed to|is to|plans to) (?:(?:just|go ahead and) )?(?:send|call|phone|"
            r"fax|e-?scribe)"
            r"(?: (?:it|in|over|out))*)(?: (?:an? |the )?(?:new )?(?:rx|script|order|prescription)(?: for|"
            r" of)?)?(?: (?:in|over))?"
            r"(?: (?:some|the|her|him|a|for))* $"
        ),
    ),
    (
        "intended",
        (
            r"\b((?:plan|recs?|recommendation|rec'd) (?:per|from|by|of|w/|with) [\w.' /]{2,24}) ?[:=-] ?(?:to |start |"
            r"trial |add )?$"
        ),
    ),
    ("intended", (r"(?:^|[.;:] ?|- )(try|trial|ok'?d|okayed)(?: (?:some|an?|otc|the|taking|using))* $")),
    (
        "intended",
        (
            r"\b((?:told|advised|suggested|encouraged|instructed|asked) (?:her|him|pt|them|wife|husband|dtr|daughter|"
            r"son) (?:to )?(?:get|try|buy|pick up|start|add|begin))(?: (?:some|an?|otc|the|taking|using))* $"
        ),
    ),
)
