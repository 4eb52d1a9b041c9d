"""What a cue of status means where the words behind it decide: "had a shot", "dropped to 25 mg"."""

from __future__ import annotations

import re

from consult.nlp.drug.found import Drug
from consult.nlp.line import Line
from consult.nlp.qualifier.clauses import sentence
from consult.nlp.qualifier.cue_words import Hit
from consult.nlp.qualifier.elsewhere import ENDING, speaks_elsewhere
from consult.nlp.qualifier.status_wordings import CHANGE, STOPPING, only_planned

_HAD = re.compile(
    r"^(?: \S+){0,5} (?:shot|injection|course|burst|pack|z-?pak|dose ?pak|infusion|series)\b(?=.*\b(?:ago|last|"
    r"yesterday|in (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|er\b|the er|ed\b|clinic|hospital|office))"
    r"|.*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b)|"
    r"^(?: \S+){1,5} (?:x ?1\b(?! ?(?:d|w|m))|ago|last (?:week|month|year)|"
    r"in (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*)\b"
)
_PAST_USE = re.compile(
    r"\b(?:years?|yrs?|months?|mos?) (?:ago|back)\b|\blast (?:yr|year|month|summer|winter|spring|fall)\b"
    r"|\b(?:19[5-9]\d|20[0-3]\d)\b"
    r"|\bin (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*\b|\bin the past\b"
)
_LATE = re.compile(
    r"\blate (?:husband|wife|spouse|partner|mother|father|mom|dad|brother|sister|son|aunt|uncle)(?: \w+)? $"
)
_PAST_SPAN = re.compile(
    r"^ (?:\d|few|couple|several|two|three|four|six|days?|d\b|w(?:ee)?ks?\b|mos?\b|months?|y(?:ea)?rs?\b)"
)
_LESS = re.compile(r"^[^.;,]{0,40}?\b(?:to \d|dose|down|by \d|in half|from \d|back)")
_AWAY = re.compile(r"^[^.;,]{0,40}?\b(?:away|out|in (?:the |her |his )?(?:trash|garbage|bin|toilet))\b")
_LEFT_OUT_FOR = re.compile(
    r"^[^.;]{0,40}?\b(?:before|b4|until|till|prior|the day of|for now|pending|this (?:week|cycle|month|dose|round)|"
    r"next (?:week|cycle|dose|month|round)|\d+ ?(?:d|days) pre|"
    r"(?:for )?\d+ (?:d|days|wks?|weeks?) (?:before|prior|for))\b"
)
_NEXT_ONE = re.compile(r"^ (?:next|refill|a refill|another|her next|his next|repeat|labs?|check|follow|f/u)\b")
_SEEN_ON = re.compile(r"^[^.;,]{0,40}?\b(?:ads?|commercials?|on (?:tv|the news|facebook|tiktok|youtube|instagram))\b")
_LEFT_BEHIND = re.compile(r"^[^.;,]{0,40}\b(?:at|in|on|behind|out|off|with|by|for) ")
_BY_SELF = re.compile(r"^[^.;,]{0,30} (?:by )?(?:her|him|my)self\b")
_HAS_NOT = ("has", "have", "had", "not ")
_NOT_SINCE = re.compile(
    r"^[^.;,]{0,30}? (?:since|x ?\d|(?:in|for) (?:\d|a |an |the past|over|about|several|two|three|six|many|few|months|"
    r"mos\b|years|yrs|weeks|wks|ages|forever|days))"
)
_IF_AFTER_DRUG = re.compile(
    r"\b(?:if|when|on) (?:\w+ ){0,3}?(?:sick|ill|vomit\w*|not eating|dehydrat\w*|diarrhea|low|dizzy)"
)
_COURSE = re.compile(
    r"\b(?:x|for) ?(?:\d{1,2}|two|three|five|seven|ten) ?(?:-\d+ )?(?:d|days?|wks?|weeks?)\b|\b(?:finished|completed|"
    r"done|all of it|whole (?:course|pack|bottle)|full course)\b"
)
_MAY_SKIP = re.compile(
    r"^(?: (?:if|whether))? (?:i|he|she|pt|they|we) (?:can|could|should|may|needs? to|has to|have to)(?: (?:still|"
    rf"just|ever|please))? (?:{ENDING}|halve|split|crush|move|miss|break|take less|take half)"
)
_MAY_BE_CHANGED = re.compile(
    r"^(?: (?:if|whether))?(?: (?:the|her|his|my))? [\w'-]+ (?:could|can|should|might|may) (?:\w+ )?be "
    r"(?:swapped|stopped|switched|changed|lowered|cut|reduced|dropped|held|split|halved|crushed|replaced|increased|"
    r"raised|moved|taken)\b"
)
_NEGATED = re.compile(r"n'?t\b|\b(?:not|never|refus\w+ to)\b")
_EVER_SINCE = re.compile(
    r"\b(?:since|sinse|after|with|w/|from|before|when|while|upon|by|of|until|till?|once|days|weeks|wks|months|than)"
    r"(?: (?!(?:so|and|but|now)\b)[\w'-]+){0,2} $"
)
_NEEDS_STILL = re.compile(r"\bstill (?:\w+ )?needs?$")
_STILL_NEEDS = re.compile(
    r"^(?: (?:if|whether|why))? (?:i|he|she|pt|they|we|it|this|that|mom|dad|her \w+|his \w+|the \w+)(?:'s| is| are)?"
    r" (?:really )?still (?:really )?(?:needs?|needed|necessary|required|has to|have to|should|must|ought)\b"
)
_AGAIN = re.compile(r"^(?: [\w'/-]+){0,4} again\b(?! (?:tomorrow|today|tonight|next|in|yet|until|for|when|if))")
_LET_GO = re.compile(r"^(?: [\w'/-]+){1,4}? (?:go|lapse|slide|run out|drop|expire)\b")
_AT_PHARMACY = re.compile(
    r"^[^.;,]{0,40}\bat (?:the )?(?:pharmacy|counter|register|store|drive-?thru|cvs|walgreens|walmart)\b"
)
_WORKS = re.compile(
    r"\b(?:work\w*|help\w*|touch\w*|does anything|do anything|cut\w*|effective|enough|control\w*|hold\w*|last\w*|"
    r"cover\w*)(?: (?:it|for|her|him|me|pt|pain|the|as|well|much)){0,3} $"
)
_STAYS_STILL = re.compile(r"\b(?:sit|sat|sitting|stand|standing|stay|stays|hold|holding|keep|lie|lay|be) $")
_PUT_AWAY = re.compile(
    r"^(?: [\w/-]+){1,4}? (?:away|aside|in (?:a |the |his |her )?(?:drawer|cabinet|closet|"
    r"trash))\b"
)
_OF_USE = re.compile(
    r"^(?: [\w/-]+){1,3} (?:use|usage|therapy|tx|treatment|exposure)\b(?! disorder)|"
    # "h/o warfarin, now Eliquis"
    r"^(?: [\w/-]+){1,2}[,;](?: [\w/-]+){0,2}[,;]? ?(?:now|currently|on|switched|changed)\b"
)
KIN = re.compile(
    r"\b(?:wife|husband|hubby|spouse|partner|daughter|dtr|son|mom|mother|dad|father|sister|brother|friend|neighbor|"
    r"neighbour|cousin|aunt|uncle|coworker|niece|nephew|boyfriend|girlfriend|family|kids)\b"
)
_KIN_WANTS = re.compile(KIN.pattern + r" (?:\w+ )?$")
_ONLY_BEFORE = {  # cues that say something only where these words follow
    "let": (_LET_GO, "stopped"),  # "let the Repatha go"
    "putaway": (_PUT_AWAY, "stopped"),  # "has put the naproxen away"
    "leftat": (_AT_PHARMACY, "not-taken"),  # "left the script for Belsomra at the pharmacy"
    "hxof": (_OF_USE, "stopped"),
}
_CHANGING = re.compile(
    rf"\b(?:going|go|goes|drop\w*|step\w*|chang\w+|mov\w+|{CHANGE})"
    r"(?: (?:it|up|down|back|over|her|him|dose|the dose))* "
    r"(?:[\w/-]+ ){0,3}?(?:(?:to|from|by) (?:half|once|twice|every|q|[bt]id|[\d.])|in half|up |down )[^;.]{0,40}$"
)
_OF_TAKING = re.compile(r"^ ?(?:$|[.;)]|taking|use\b|using|it\b|them\b|ever)")
_NOTHING_MORE = re.compile(r"^ ?(?:$|[.;)\"”]| - )")
_TOLD_TO_STOP = re.compile(r"\b(?:stop|d/c|quit|discontinue|hold|come off)\b")
_STOPS = re.compile(r"\b(?:truck|bus|rest|pit|train|gas|metro|subway|bathroom|potty) $")
_UNTIL_THEN = re.compile(r"\b(?:'?till?|until|once|before) (?:(?!she|he|i|they|pt|it)[\w'-]+ ){1,4}$")
_STUCK_ON = re.compile(
    r"\b(?:patch(?:es)?|it|sensor|pod|cap|label|pump|site|dressing|tape|ring|lid)(?: (?:just|"
    r"keeps|that))? $"
)
_TAKEN_SO = re.compile(
    r"^ (?:it|them|this|that) (?:w/|with|at|in the|together|right (?:after|before)|after|before|every|too|the same|"
    r"along)"
)
_CROSS = ("x-", " x ", "cross-", "cross ", "xtaper")
_QUIT_ON = re.compile(r"^ (?:date|day(?! \d)|line|attempt|coach)\b")
_CAUGHT = re.compile(
    r"\b(?:gets?|getting|got|gotten|catches|caught)(?! (?:her|him|me|us|them|it|pt|mom|dad|mother|father|off)\b)"
    r"(?: (?!and|on|when|if|days?|a few)[\w']+){1,4} $"
)
_WHEN_ABLE = re.compile(
    r"^(?: (?:it|them|taking|using|these|the|her|his)){0,3} ?(?:when(?:ever)? (?:she|he|i|pt|they) can|if (?:she|"
    r"he|i|pt|they) can|if (?:at all )?possible|"
    r"as much as|unless|most days|on days|at work|before (?:work|driving|church|bed)|when (?:driving|working|"
    r"possible|out))\b"
)
_SAME_DRUG = re.compile(  # "from Lantus 20 to 24", "from metformin IR to ER": the words behind the drug
    r"^(?: (?:xl|xr|er|sr|la|ir|cr|hct))?(?: [\d./]+(?: ?(?:mg|mcg|units?|u|ml|%))?)?"
    r"(?: (?:qd|daily|bid|tid|hs|qhs|am|pm|tabs?|caps?))* ?(?:to|->|→|up to|down to) (?:(?:the|a|an) )?"
    r"(?:[\d.]|half|once|twice|bid\b|tid\b|qd\b|qhs\b|hs\b|daily|er\b|xr\b|xl\b|ir\b|sr\b|generic|brand|name brand|"
    r"succinate|tartrate|liquid|susp|tabs?\b|tablets?|caps?\b|capsules?|patch|odt|higher|lower|long|extended|immediate|"
    r"am\b|pm\b|nights?|bedtime|mornings?)"
)
_COVERAGE = re.compile(r"\b(?:coverage|insurance|medicaid|medicare|plan|policy|license|membership) (?:has |had )?$")
_HOLDS_NOT = re.compile(r"\b(?:didn'?t|doesn'?t|don'?t|won'?t|not|never|couldn'?t) (?:really )?$")
_HOLDS_UP = re.compile(r"^ (?:(?:it|this|that|things) )?up\b")
_NOT_BACK = re.compile(
    r"\b(?:not|never|\w+n't|refus\w+|declin\w+|reluctant|hesitant|afraid|scared|unwilling|no (?:desire|plans?|"
    r"interest|wish))"
    r"(?: (?:to|want|wants|wanting|ever|be|put|in|on|of|being|going|go|really))* $"
)
_NOW_ANOTHER = re.compile(r"^[^.;]{0,30}?,? (?:but |and )?now (?:on |uses |using |takes |taking |just |only )?$")
_NEVER_BEFORE = re.compile(
    r"\b(?:never|no|not|none|n't|(?:didn|wasn|hadn)'?t)\b[^.;,]{0,40}$|\b(?:fine|ok|okay|well|good) $"
)
_TRIED = re.compile(r"\b(?:tried|attempted)(?: to)? $")
_DID_END = re.compile(
    r"\b(?:and did\b|did (?:fine|ok|well)|(?:been |stayed |now )?off (?:it )?(?:\d|x|since|for|now)|success\w*)"
)
_CAUGHT_AT = 45  # characters
_CLOSE = 8  # characters between "had a" and the drug


def meant(line: Line, breaks: list[int], drugs: list[Drug], hit: Hit, status: str) -> str:
    """The status that a cue of the list stands for here; "nothing" where it speaks of something else."""
    after = line.low[hit.end :]
    if speaks_elsewhere(line, drugs, hit, after):
        return "nothing"
    if hit.low in ("stops", "stop") and _STOPS.search(line.low[: hit.start]):
        return "nothing"  # "buys it at truck stops"
    if hit.low in ("done", "finished", "completed", "complete") and _UNTIL_THEN.search(line.low[: hit.start]):
        return "nothing"  # "holding off on Fosamax til dental work done"
    if hit.low == "fell off" and _STUCK_ON.search(line.low[: hit.start]):
        return "nothing"  # "Butrans patch fell off"
    if hit.low.startswith("was taking") and _TAKEN_SO.match(after):
        return "nothing"  # "was taking it w/ her calcium, fixed that": how, not whether
    if hit.low.startswith("taper") and line.low[: hit.start].endswith(_CROSS):
        return "nothing"  # "x-taper over 2 wk"
    if hit.low == "quit" and _QUIT_ON.match(after):
        return "nothing"  # of smoking: "patch from quit date on"
    if status == "stopped" and hit.low.endswith(" from"):
        drug = next((one for one in drugs if one.start >= hit.end), None)
        if drug is not None and _SAME_DRUG.match(line.low[drug.end :]):
            return "active"
    if hit.low == "before starting" and _NEVER_BEFORE.search(line.low[: hit.start]):
        return "active"  # "never had cramps before starting Lipitor"
    if hit.low.startswith("off") and _CAUGHT.search(line.low[max(0, hit.start - _CAUGHT_AT) : hit.start]):
        return "nothing"  # "gets thrush off the inhaler": from it
    if (
        status == "unknown"
        and hit.low in ("ok w/", "ok with", "is ok with")
        and re.match(r" (?:it|this|that|them)\b", after)
    ):
        return "nothing"  # "tingly fingers, ok w/ it"
    if hit.low in ("adding", "starting") and status == "active" and not _EVER_SINCE.search(line.low[: hit.start]):
        return "intended"
    if status == "unknown" and _NEEDS_STILL.search(hit.low):
        return "active"  # "asks if she still needs it"
    if (
        status == "unknown"
        and hit.low in ("asks if", "asking if", "asked if", "wonders if", "asks")
        and (_MAY_SKIP.match(after) or _STILL_NEEDS.match(after))
    ):
        return "active"  # "asks if he can skip the water pill on bus days"
    if status == "unknown" and hit.low.startswith(("wonder", "ask")) and _MAY_BE_CHANGED.match(after):
        return "active"  # "wonders whether the amlodipine could be swapped"
    if (
        status == "unknown"
        and hit.low == "thinking about"
        and STOPPING.match(after[1:].split(" ", 1)[0] if after else "")
    ):
        return "active"  # "thinking about quitting X": it is taken
    if status == "stopped" and hit.low == "lapsed" and _COVERAGE.search(line.low[: hit.start]):
        return "nothing"
    if hit.low.startswith("hold") and (_HOLDS_NOT.search(line.low[: hit.start]) or _HOLDS_UP.match(after)):
        return "nothing"  # "Nexium didn't hold her", "insurance holding it up"
    if hit.low in ("avoids", "avoiding", "avoid") and _WHEN_ABLE.match(after):
        return "nothing"  # "avoids it when she can": taken at times
    if status == "had":
        close = drugs and any(0 <= drug.start - hit.end <= _CLOSE for drug in drugs)
        status = "completed" if close and _HAD.search(after) else "nothing"
    if status == "took" and hit.low == "took" and (_PAST_USE.search(after) or _LATE.search(line.low[: hit.start])):
        status = "stopped"
    if (
        hit.low == "took"
        and status == "stopped"
        and _COURSE.search(after[: sentence(line, breaks, hit.end)[1] - hit.end])
    ):
        status = "completed"
    if hit.low == "took" and status in ("took", "active") and _another_now(line, drugs, hit):
        return "stopped"  # "took Ambien for years, now trazodone"
    if status in ("active", "intended") and " back on" in f" {hit.low}" and _NOT_BACK.search(line.low[: hit.start]):
        return "stopped"  # "would rather not go back on Effexor"
    if hit.low == "past" and _PAST_SPAN.match(after):
        return "nothing"  # "cough for the past month on lisinopril"
    if status == "not-taken" and _AGAIN.match(after) and _NEGATED.search(hit.low):
        return "stopped"  # "won't go near Ambien again"
    if status in _ONLY_BEFORE:
        words, told = _ONLY_BEFORE[status]
        status = told if words.match(after) else "nothing"
    if hit.low in ("anymore", "any more") and _WORKS.search(line.low[: hit.start]):
        return "nothing"  # "isn't working anymore"
    if hit.low.startswith("still") and _STAYS_STILL.search(line.low[: hit.start]):
        return "nothing"  # "couldn't sit still on it"
    if status == "left" and _AT_PHARMACY.match(after):
        status = "not-taken"
    if status == "intended" and hit.low.startswith(("want", "would like")) and _KIN_WANTS.search(line.low[: hit.start]):
        status = "unknown"  # "wife wants him to try CBD"
    if status == "left":  # as a speaker of Spanish says it; "left the pills at home" is something else
        status = "nothing" if _LEFT_BEHIND.search(after) and not _BY_SELF.match(after) else "stopped"
    if status == "dropped":  # "dropped the glipizide", but "dropped metoprolol to 25"
        status = "nothing" if _LESS.search(after) else "stopped"
    if status == "thrown":
        status = "stopped" if _AWAY.search(after) else "nothing"
    if status == "skip" and _IF_AFTER_DRUG.search(after[: sentence(line, breaks, hit.end)[1] - hit.end]):
        status = "active"  # "sick day plan: skip metformin if vomiting"
    if status == "skip":  # "skip Jardiance 3 days before surgery"; a dose left out now and then is no pause
        status = "on-hold" if _LEFT_OUT_FOR.search(after) else "nothing"
    if status == "due":
        status = "nothing" if _NEXT_ONE.match(after) else "intended"
    if status == "nothad":  # "hasn't had Norvasc in a year"
        status = "stopped" if _NOT_SINCE.match(after) else "nothing"
    if status == "denied":  # "on the list but pt denies", not "but denies dizziness"
        status = "not-taken" if _OF_TAKING.match(after) else "nothing"
    if status == "intended" and hit.low.startswith("starting ") and _CHANGING.search(line.low[: hit.start]):
        status = "nothing"  # "going down to every other day starting monday": it is taken
    if status == "advised":
        status = "unknown"  # only discussed: whether it is taken is not said
    if status == "endsit":  # "supposed to be on it, isn't", "told to stop, hasn't"
        ended = _TOLD_TO_STOP.search(line.low[: hit.start])
        status = "nothing" if not _NOTHING_MORE.match(after) else "active" if ended else "not-taken"
    if status == "seen":
        status = "unknown" if _SEEN_ON.search(after) else "nothing"
    if status == "not-taken" and hit.low.startswith(_HAS_NOT) and _NOT_SINCE.match(after):
        status = "stopped"
    if status in ("stopped", "completed") and only_planned(line, hit.start, hit.low):
        status = "stopped" if _TRIED.search(line.low[: hit.start]) and _DID_END.search(after) else "active"
    return status


def _another_now(line: Line, drugs: list[Drug], hit: Hit) -> bool:
    """Whether behind the drug that was taken another is named that is taken now."""
    behind = [drug for drug in drugs if drug.start >= hit.end][:2]
    return len(behind) > 1 and bool(_NOW_ANOTHER.match(line.low[behind[0].end : behind[1].start]))
