"""Whether a drug is taken, stopped, held, planned, refused, finished, asked about, or an allergy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from consult.domain.mention import Cue, Status
from consult.nlp import wordlist
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare, any_of
from consult.nlp.line import Line
from consult.nlp.qualifier.between_drugs import OF_BOTH, before_another, first_meant, left_for_another, switched
from consult.nlp.qualifier.clauses import hard_breaks, same_sentence, sentence
from consult.nlp.qualifier.cue_words import Hit, cue, status_cues
from consult.nlp.qualifier.headings import Heading
from consult.nlp.qualifier.of_symptom import of_symptom
from consult.nlp.qualifier.questions import answered, asked, of_her_own, what_it_does
from consult.nlp.qualifier.standing import Standing
from consult.nlp.qualifier.status_reach import planned_anew, targets
from consult.nlp.qualifier.status_wordings import (
    LONG_AGO,
    OF_DOUBT,
    OF_JUDGEMENT,
    STOPPING,
    allergy_denied,
    asked_beside,
    beside_it,
    blamed_again,
    long_ago,
    not_known,
)
from consult.nlp.qualifier.use_told import OF_USE, use_told
from consult.nlp.qualifier.when_taken import (
    OF_TIME,
    begins,
    course_over,
    for_a_time,
    given_for_a_time,
    given_once,
    is_vaccine,
    paused_for,
    to_come,
    usual_course,
    vaccination,
)
from consult.nlp.sig.needed import now_and_then
from consult.nlp.sig.read import read_directions

_FORCE = {
    "allergy": 9,
    "stopped": 7,
    "not-taken": 7,
    "on-hold": 7,
    "completed": 7,
    "intended": 5,
    "unknown": 4,
    "active": 2,
}
_AGAIN_TAKEN = (
    *("restarted", "resumed", "rechallenged", "reintroduced", "back on", "went back", "still ", "keeps taking"),
    *("kept taking", "but hasn't", "but has not", "but never did", "never did stop", "takes it regardless"),
    *("continues it anyway", "continued it anyway"),
    *("went right on", "then back on", "taking it again", "takes it again", "using it again", "on it again"),
)
_NOT_BACK = ("never resumed", "never restarted", "not resumed", "not restarted")
_OWN_DOSE = (" dose", " strength")
_NOT_DONE = ("hasn't", "hasn't yet", "hasn't done so", "hasn't stopped yet", "hasn't stopped it")
_INSTEAD = ("instead of", "in place of", "rather than", "in lieu of")
_RESUMED = tuple(wordlist.lines("qualifier", "resumed.txt"))
_BASE_OF_STOP = ("stop", "d/c", "quit", "hold", "discontinue", "come off")
_TO_BE = re.compile(r"\b(?:should|must|to|needs? to|will) be $")
_NOT_KNOWN = ("unsure", "not sure", "unclear", "can't re", "doesn't re", "which one", "pt doesn't", "doesn't know")
_CLOSE_BEFORE = 70  # characters before a drug in which a question mark may ask about it
_DOSED = re.compile(r"^\W{0,3}\d[\d.,/]* ?(?:mg|mcg|units?|u|meq|g|%)\b")
_NONE_KNOWN = re.compile(
    r":?\s*(?:nkd?f?a|none|no known(?: drug)?(?: allergies)?|denies(?: any)?)(?: known)?\s*[.;,]"
    r"(?!\s*(?:except|but|other))"
)
_GIVEN = Rare(
    r"^ ?(?:#\d |\d(?:st|nd|rd|th) (?:dose |shot )?|(?:dose|shot) \d |vaccine |booster )?"
    r"(?:[\d.,/]+ ?(?:mg|mcg|gm?|units?|u|ml)? |(?:po|iv|im|sq|subq|sl|once|x ?1) )*(?:was )?"
    r"(?:given|administered|rec'?d|received)"
    r"(?: (?:on|at|in|x ?1))* ?(?:\d{1,2}/\d|yesterday|yest\b|last|today|"
    r"(?:the )?(?:er|ed|clinic|office|hosp\w*|hospital|jan\w*|"
    r"feb\w*|march|april|may|june?|july?|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b|20\d\d)"
)
_ONE_GIVEN = Rare(r"\b(?:borrowed|gave|took|used|had|tried|got|shared)\b[^.;]*$")
_ONCE = Rare(
    r"\b(?:(?:just|only) )?(?:once|(?:one|1) (?:time|night|nite|day|evening|morning|afternoon))"
    r"(?: only)?(?= ?(?:$|[.;,)]))"
)
_AGAIN = re.compile(r"\b(?:next|due|q ?\d|every|monthly|weekly|daily|again)\b")
_NOT_TAKE = re.compile(r"(?:don't|dont|doesn't|does not|doesnt|not|isn't|won't) (?:take|taking|use|using)|refuses")
_NO_MORE = re.compile(r"(?: (?:it|them|that|those|this|that one|any))? (?:any ?more|any longer)\b")
_AT_TIMES = re.compile(
    r"^ (?:pills? )?(?:when|whenever|if|unless|on (?:\w+ )?(?:weekends?|(?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)?days?)|every (?:day|time)|all the "
    r"time|much|a lot|very often|often|as (?:often|prescribed|directed|rx'?d|ordered|written|told|"
    r"instructed|(?:she|he|they) should)|the way|like (?:i|she|he)|regularly|"
    r"consistently|daily|at (?:the )?right|"
    r"properly|correctly|long enough|with food|enough)\b"
)
_IF_BEFORE = re.compile(
    r"\b(?:if|when|whenever|in case|unless|in the event|should (?:an?|any|he|she|they|pt|there)|were (?:he|she|they|pt|"
    r"there) to)\b(?! (?:needed|told))"
)
_IF_AFTER = re.compile(
    r"^[^,;]{0,40}\b(?:if|when|on|for) (?:you are |you get |she gets |she is |he is |pt is |having )?(?:sick|"
    r"ill|vomiting|diarrhea|not eating|dehydrated)|sick[- ]days?\\b|^[^;]{0,50}\bshould (?:an?|any|she|he|there|you)\b"
)
_SUBJECT = re.compile(r"\b(?:when|once|since|after|until|till?|before) (?:he|she|they|i|pt|patient|we) $")
_IF_NEXT = Rare(r"^[^,;.]{0,40}\bif\b(?! (?:needed|possible|ok|able|not|so))")
_HELD_BELOW = re.compile(
    r"^ (?:it |dose )?(?:if|when|unless)\b|^ (?:it |dose )?(?:for )?(?:sbp|hr|bp|pulse|map|hgb|inr|bs|bg|"
    r"fsbg|rr|sedation|loose stools?|heart rate) ?(?:[<>≤≥]|below|under|less|over|above)"
)
_ASKED_TO = re.compile(
    r"\b(?:can|could|should|may|shall|do|does|is it|ok|okay|safe|time|fine)(?: (?:i|he|she|we|pt|they|ok|okay|safe|"
    r"time|fine))?(?: (?:just|now|ever|have|need|be able))?(?: to)? $"
)
_ASKED_TO_BE = re.compile(
    r"\b(?:should|can|could|does|must|may|shouldn'?t|will)\b[^.;,?]{0,40} be $"
)  # "should her ASA be stopped?"
_ASKED_WHEN = re.compile(
    r"\b(?:if|whether|when) (?:i|he|she|pt|they|we) (?:can|could|should|may|needs? to|has to|have to)(?: just)? $"
)
_ASKED_SO = re.compile(r" ?\?+(?! ?(?:yes|yep|yeah|y\b|correct|right))")
_ASKED_WHY = re.compile(r"\b(?:why|when|who|reason|how long)\b[^.;?]*$")
_ENDED_ITSELF = ("ran out", "never refilled", "quit", "stopped")
_OF_COST = re.compile(r"expensive|afford|cost|copay|price")
_WITH_OWN = re.compile(r"\b(?:with|w/|w|on top of|alongside) ?(?:my|her|his|the|their|this|that) (?:other )?$")
_WAS_ON = ("was on", "was taking", "took", "had been", "tried", "treated", "used", "previously", "prev")
_LONG_OUT = Rare(r"^[^.;,]{0,20}?\b((?:months?|mos?|years?|yrs?|a while|a long time|ages) (?:ago|back))\b")
_FOR_GOOD = Rare(r"^(?: \w+){0,2} (for good|forever|permanently)\b")
_WANTED = Rare(r"^ (started|restarted|added|resumed|ordered|prescribed|sent in)\b")
_NEEDS = re.compile(r"\b(?:needs?|wants?|would like)(?: (?:to get|to have|her|his|the))* $")
_UNTIL = Rare(
    r"^(?: \S+){0,3}? ((?:until|till|'?til|through|thru|up to) (?:(?:\w{3,9} )?(?:19[5-9]\d|20[0-2]\d)|"
    r"(?:just |about |like )?(?:last (?:mon(?:th)?|mo|w(?:ee)?k|y(?:ea)?r|spring|summer|fall|winter|tues?|wed|"
    r"thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|"
    r"(?:an?|one|two|three|four|five|six|(?:a )?few|(?:a )?couple|\d+) (?:\w+ )?ago|recently|yesterday)))\b"
)
_OFF_FOR = Rare(
    r"^(?:(?: \S+){0,2}? ?[,-]? ?|[^.]{0,80}?[;,–-] (?:now |been |has been |she's |he's )*)(off(?: of it|"
    r" it)?(?: now)? (?:x ?\d|for (?:\d|a|the|about|several|two|three)\b|"
    r"~?\d+ ?(?:d|days?|w(?:ee)?ks?|mos?|months?|y(?:ea)?rs?)\b))"
)
_OF_TIME = any_of(
    *OF_TIME, *OF_USE, *OF_BOTH, _GIVEN, _ONCE, _WANTED, _UNTIL, _OFF_FOR, LONG_AGO
)  # what a drug that is taken needs
_LAST_ONE = re.compile(r"took (?:(?:the|her|his|my) )?last$")


def read_status(
    line: Line,
    drugs: list[Drug],
    blocked: list[tuple[int, int]],
    heading: Heading,
    symptoms: Sequence[tuple[int, int]] = (),
) -> list[Standing]:
    """One standing a drug, in order. No cue is read over a `blocked` span or as a part of a symptom ("stopped up")."""
    if not drugs:
        return []
    breaks = hard_breaks(line)
    doubts, judges, asks = not line.lacks & OF_DOUBT, not line.lacks & OF_JUDGEMENT, "?" in line.low
    said: list[list[tuple[int, int, str, Hit]]] = [[] for _ in drugs]
    for hit in status_cues().find(line, blocked):
        if symptoms and of_symptom(line, hit, symptoms):
            continue
        for status, side in hit.says:
            for index, meaning in targets(line, breaks, drugs, hit, status, side):
                if status == "advised" and _taken_so(line.low[drugs[index].end : hit.start]):
                    continue  # "ibuprofen 600 prn, told to avoid by nephro": what is said to take it, is taken
                if _UNUSED.match(hit.low, line.lacks) and _kept_ready(line, drugs[index], hit):
                    continue  # "NTG SL prn, hasn't used": it has not been needed
                distance = abs(line.at(drugs[index].start) - hit.first)
                said[index].append((_force(hit, meaning), -distance, meaning, hit))
    out: list[Standing] = []
    headings = heading
    for index, drug in enumerate(drugs):
        standing, heading = Standing(), headings.over(drug.start)
        told_by_heading = heading.status and drug.start >= heading.end
        if heading.status == "intended" and not planned_anew(line, max(heading.end, 0), drug.start):
            told_by_heading = False
        if told_by_heading:
            standing.status = heading.status  # type: ignore[assignment]
            if heading.start >= 0:
                standing.cues = [cue(line, "status", heading.start, heading.end)]
        apart = bool(heading.status) and not same_sentence(breaks, max(heading.end, 0), drug.start)
        if heading.status == "allergy" and heading.end >= 0 and _NONE_KNOWN.match(line.low, heading.end):
            standing, apart = Standing(), True  # "Allergies: NKDA. On Lipitor"
        elif heading.status == "allergy" and apart and _DOSED.match(line.low[drug.end :]):
            standing = Standing()  # "Allergies: sulfa. Eliquis 5 mg bid": another thought has begun
        here = said[index]
        if heading is not headings:
            here = [one for one in here if one[3].start >= heading.start]
        if here:
            best = _strongest(here)
            weak = bool(heading.status) and not (apart and heading.status == "allergy")
            weak = weak and (heading.status == "allergy" or (best[2] == "active" and best[3].low in ("on", "start")))
            if not weak:
                standing.status = best[2]  # type: ignore[assignment]
                standing.cues = [cue(line, "status", best[3].start, best[3].end)]
        bare = standing.status == "stopped" and standing.cues and _is_told(line, standing.cues[0])
        conditional = bare and _IF_NEXT.match(line.low[standing.cues[0].end :], line.lacks)
        if conditional or ((standing.status == "on-hold" or bare) and _only_if(line, breaks, standing.cues, drug)):
            standing = Standing()  # "if diarrhea, hold the magnesium": still taken today
        standing = _in_time(line, breaks, drugs, index, standing)
        if standing.status == "allergy" and standing.cues and (denied := allergy_denied(line, drug, standing.cues[0])):
            standing = Standing("unknown", [cue(line, "status", *denied)])
        if doubts and standing.status in ("active", "stopped", "unknown") and (doubt := not_known(line, drugs, index)):
            standing = Standing("unknown", [cue(line, "status", *doubt)])
        if standing.status == "not-taken" and _paired(line, drugs, index, out) and standing.cues[0].start >= drug.end:
            standing = Standing()  # "asks if ok to take turmeric w/ Eliquis, advised against"
        if standing.status == "not-taken" and standing.cues and _not_always(line, drug, standing.cues[0]):
            standing = Standing()  # "don't take my water pill when I go out": taken otherwise
        if (
            standing.status == "not-taken"
            and standing.cues
            and (more := _NO_MORE.match(line.low, standing.cues[0].end))
        ):
            standing = Standing("stopped", [cue(line, "status", standing.cues[0].start, more.end())])
        if standing.status == "unknown" and _asked_together(line, drugs, index, out):
            standing = Standing()  # "ok to take Advil with my blood pressure pill?"
        elif judges and standing.status == "active" and (paired := asked_beside(line, drugs, index)):
            standing = Standing("unknown", [cue(line, "status", *paired)])
        if standing.status == "unknown" and what_it_does(line, drug):
            standing = Standing()
        if standing.status in ("stopped", "on-hold", "not-taken") and standing.cues:
            standing = _only_asked(line, breaks, standing)
        mark = None
        if asks and standing.status in ("active", "intended", "not-taken"):
            to_start = standing.status == "intended" and standing.cues and standing.cues[0].start == drug.end
            mark = None if to_start else asked(line, drug)
        if mark and (answer := answered(line, drug)):
            standing = Standing(answer[0], [cue(line, "status", *answer[1:])])
        elif mark and standing.status != "not-taken" and not _asked_together(line, drugs, index, out):
            standing.status = "unknown"
            standing.cues = [cue(line, "status", *mark)]
        if standing.status == "unknown" and standing.cues and of_her_own(line, drug, standing.cues[0]):
            standing = Standing()
        out.append(standing)
    first_meant(line, drugs, out)
    switched(line, drugs, out)
    for before, after in pairwise(out):
        told = before.status in ("intended", "unknown") and after.status == "stopped"
        if told and after.cues[0].text.lower() in _INSTEAD:
            after.status = "active"  # "will try Voltaren in place of Aleve", "Trelegy instead of Breo?": until then
    for again, first in blamed_again(line, drugs):
        told = out[again].status == "active" and all(said.text.lower() == "on" for said in out[again].cues)
        if told and out[first].status in ("stopped", "completed"):
            out[again] = Standing(out[first].status, out[first].cues)
    return out


_UNUSED = Rare(r"(?:ha(?:s|ve)n'?t|has not|have not|not|never)(?: \w+){0,2} (?:used|taken|needed|opened)")


_RESCUE = {"epinephrine", "naloxone", "glucagon", "dasiglucagon", "nitroglycerin", "nalmefene"}


def _kept_ready(line: Line, drug: Drug, hit: Hit) -> bool:
    """Whether a drug is there for when it is needed, so that it is not left off where it is not used."""
    if not _RESCUE.isdisjoint(drug.ingredients):
        return True
    return "opened" not in hit.low and read_directions(line.low[drug.end : hit.start], ()).as_needed


def _taken_so(words: str) -> bool:
    """Whether words behind a drug say how often it is taken."""
    said = read_directions(words, ())
    return said.frequency is not None or said.as_needed or now_and_then(words)


def _in_time(line: Line, breaks: list[int], drugs: list[Drug], index: int, standing: Standing) -> Standing:
    """The standing after what the words around the drug say of the time of its use."""
    drug, lacks = drugs[index], line.lacks
    said = standing.cues[0].text.lower() if standing.cues else ""
    if standing.status == "active" and lacks & _OF_TIME and not (said and begins(said)) and not given_for_a_time(drug):
        return standing
    after = line.low[drug.end : _until_next(line, breaks, drugs, index)]
    before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
    leads = bool(standing.cues) and standing.cues[0].end <= drug.start
    place: tuple[int, int] | None = None
    status: Status = "active"
    if standing.status == "active" and (given := _single(line, drug, after)):
        status, place = "completed", given.span()
    elif standing.status == "active" and (place := to_come(line, before, after, standing.cues)):
        status = "intended"
    elif standing.status in ("active", "stopped") and (paused := paused_for(line, drug, drug.end + len(after))):
        status, place = "on-hold", (paused[0] - drug.end, paused[1] - drug.end)
    elif (
        standing.status == "intended"
        and said.startswith("hold")
        and (place := for_a_time(line, "stopped", after, said))
    ):
        status = "on-hold"  # "hold off on the blood thinner till the biopsy"
    elif (
        standing.status in ("stopped", "not-taken")
        and leads
        and (place := for_a_time(line, standing.status, after, said))
    ):
        status = "on-hold"
    if place:
        return Standing(status, [cue(line, "status", drug.end + place[0], drug.end + place[1])])
    if standing.status == "active" and (told := use_told(line, drug, after)):
        return Standing(told[0], [cue(line, "status", *told[1:])])
    following = drugs[index + 1] if index + 1 < len(drugs) else None
    if standing.status == "active" and not standing.cues and (left := left_for_another(line, drugs, index)):
        return Standing("stopped", [cue(line, "status", *left)])
    if standing.status == "active" and following and (first := before_another(line, drug, following)):
        return Standing("completed" if usual_course(drug) else "stopped", [cue(line, "status", *first)])
    if standing.status == "active" and is_vaccine(drug) and (vaccine := vaccination(before, after)):
        return Standing(vaccine, standing.cues)  # type: ignore[arg-type]
    if standing.status == "active" and given_once(line, drug, after):
        return Standing("completed", standing.cues)
    if (
        standing.status == "completed"
        and _LAST_ONE.match(said)
        and not (usual_course(drug) or after.startswith(" dose"))
    ):
        return Standing("stopped", standing.cues)  # "took her last St. John's wort in Sept"
    if standing.status == "completed" and said in ("had", "had a", "got", "received") and long_ago(line, drug, after):
        return Standing("completed" if usual_course(drug) else "stopped", standing.cues)
    if (standing.status == "active" or said.startswith(_WAS_ON)) and course_over(line, drug, after):
        return Standing("completed", standing.cues)
    plain = standing.status == "active" and (not said or said in ("on", "used", "took", "uses"))
    if said.startswith(("out of", "ran out")) and (gone := _LONG_OUT.match(after, lacks)):
        return Standing("stopped", [cue(line, "status", drug.end + gone.start(1), drug.end + gone.end(1))])
    if said.startswith("done with") and (good := _FOR_GOOD.match(after, lacks)):
        return Standing("stopped", [cue(line, "status", drug.end + good.start(1), drug.end + good.end(1))])
    if standing.status == "active" and (wanted := _WANTED.match(after, lacks)) and _NEEDS.search(before):
        return Standing("intended", [cue(line, "status", drug.end + wanted.start(1), drug.end + wanted.end(1))])
    if plain and (until := _UNTIL.match(after, lacks) or _OFF_FOR.match(after, lacks)):
        return Standing("stopped", [cue(line, "status", drug.end + until.start(1), drug.end + until.end(1))])
    if plain and (past := long_ago(line, drug, after)):
        return Standing("stopped", [cue(line, "status", drug.end + past[0], drug.end + past[1])])
    return standing


def _single(line: Line, drug: Drug, after: str) -> re.Match[str] | None:
    """ "Shingrix #2 given 9/14", "borrowed a Xanax on the plane, once": a dose that is over; none where one is due."""
    given = _GIVEN.match(after, line.lacks)
    if given is None and (once := _ONCE.search(after, line.lacks)):
        before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
        given = once if _ONE_GIVEN.search(before, line.lacks) else None
    return None if given is None or _AGAIN.search(after) else given


def _only_asked(line: Line, breaks: list[int], standing: Standing) -> Standing:
    """ "Can I stop X?" is a question; who "asks when she can stop X" takes it."""
    first = standing.cues[0]
    before = line.low[: first.start]
    stop = sentence(line, breaks, first.end)[1]
    asked = _ASKED_TO.search(before) or _ASKED_TO_BE.search(before)
    if asked and "?" in line.low[first.end : stop + 1]:
        return Standing("unknown", [cue(line, "status", asked.start(), first.end)])
    if when := _ASKED_WHEN.search(before):
        return Standing("active", [cue(line, "status", when.start(), first.end)])
    if not asked and _ASKED_SO.match(line.low, first.end) and not _ASKED_WHY.search(before):
        return Standing("unknown", standing.cues)  # "bupropion stopped?? still filled in March"
    return standing


def _is_told(line: Line, one: Cue) -> bool:
    """ "stop it if ...", "should be stopped if ...": what is to be done, not what was done."""
    if one.text.lower() == "quit" and _SUBJECT.search(line.low[: one.start]):
        return False  # "when he quit the aspirin"
    return one.text.lower().endswith(_BASE_OF_STOP) or bool(_TO_BE.search(line.low[: one.start]))


def _until_next(line: Line, breaks: list[int], drugs: list[Drug], index: int) -> int:
    """Where the words about one drug end: at the next drug or the end of the sentence."""
    stop = sentence(line, breaks, drugs[index].end)[1]
    return min(stop, drugs[index + 1].start) if index + 1 < len(drugs) else stop


def _only_if(line: Line, breaks: list[int], cues: list[Cue], drug: Drug) -> bool:
    start = sentence(line, breaks, cues[0].start)[0] if cues else 0
    stop = sentence(line, breaks, cues[0].start)[1] if cues else 0
    return bool(cues) and bool(
        _IF_BEFORE.search(line.low[start : cues[0].start])
        or _IF_AFTER.search(line.low[cues[0].end : stop])
        or _HELD_BELOW.search(line.low[cues[0].end : stop])
        or (cues[0].text.lower() == "holds" and _HELD_BELOW.search(line.low[drug.end : stop]))
    )


def _asked_together(line: Line, drugs: list[Drug], index: int, before: list[Standing]) -> bool:
    """Whether asked is if another drug goes with this one, which is taken."""
    return bool(_WITH_OWN.search(line.low[: drugs[index].start])) or _paired(line, drugs, index, before)


def _paired(line: Line, drugs: list[Drug], index: int, before: list[Standing]) -> bool:
    """ "is turmeric safe with warfarin?": asked is the first, and the other is taken."""
    return index > 0 and before[index - 1].status == "unknown" and beside_it(line, drugs, index)


def _not_always(line: Line, drug: Drug, one: Cue) -> bool:
    return bool(_NOT_TAKE.match(one.text.lower())) and bool(_AT_TIMES.match(line.low[drug.end :]))


def _force(hit: Hit, status: str) -> int:
    if status == "active" and STOPPING.match(hit.low):
        return 6  # "consider stopping X", "asks about stopping X"
    if status == "active" and hit.side("swap"):
        return 6  # "plan: swap A for B": A is taken until then
    if status == "active" and hit.low.startswith(("but ", "so ", "takes it anyway")):
        return 10  # "allergic to aspirin but takes it"
    if status == "active" and hit.low.startswith(_RESUMED):
        return 6
    if status == "unknown" and (hit.side("unsure") or hit.side("thinks") or hit.low.startswith(_NOT_KNOWN)):
        return 7
    if "holiday" in hit.low or (status == "active" and (hit.low.endswith(_OWN_DOSE) or "supposed to" in hit.low)):
        return 8  # "refuses the pm dose", "hasn't picked up the new dose", "was supposed to stop"
    if hit.side("advised") is not None:
        return 5  # "told to avoid X, still takes it"
    return _FORCE[status]


def _strongest(said: list[tuple[int, int, str, Hit]]) -> tuple[int, int, str, Hit]:
    best = max(said, key=lambda one: (one[0], one[1], one[3].start))
    for one in said:
        if one[2] == "active" and one[3].low.startswith("finish") and best[3].low in ("tomorrow", "tmrw"):
            return one  # "finishing up Keflex tomorrow"
        if one[3].low in _NOT_BACK and best[2] == "on-hold" and one[3].start > best[3].start:
            return one  # "held for the surgery, never resumed"
        left = best[2] == "not-taken" and one[2] == "stopped" and one[3].start > best[3].start
        if left and _OF_COST.search(best[3].low) and one[3].low.startswith(_ENDED_ITSELF):
            return one  # "Spiriva too expensive. Ran out in May."
        resumed = one[2] == "active" and (one[3].low.startswith(_AGAIN_TAKEN) or one[3].low in _NOT_DONE)
        if resumed and best[2] in ("stopped", "on-hold") and one[3].start > best[3].start:
            return one
    return best
