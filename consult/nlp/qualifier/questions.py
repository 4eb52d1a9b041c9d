"""Questions about a drug: which are of one that is taken, which were answered, which leave its use unknown."""

from __future__ import annotations

import re

from consult.domain.mention import Cue, Status
from consult.nlp.drug.found import Drug
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier.status_wordings import CHANGE

_CLOSE_BEFORE = 70  # characters before a drug in which it may be asked about
_QUESTION_BEFORE = re.compile(r"(?:^|[\s(,;.-])\?{1,3} ?(?:[\w'/]+ ){0,4}$")
_TO_BLAME = Rare(
    r"^ (?:is |was |may |might |could |would )?(?:(?:be|have|been) )?(?:to blame|the cause|the culprit|the reason|"
    r"caus\w+|doing|responsible|behind|mak(?:e|es|ing)|giv(?:e|es|ing)|mess\w*|hurt\w*|ruin\w*|what'?s|why|"
    r"affect\w*|too (?:much|high|strong|big))\b"
)
_CAUSE = re.compile(
    r"\b(?:if|whether|tell|thinks?|worried|wonders?) (?:it'?s|it is|it could be|it might be|this is|that'?s)"
    r"(?: from| due to)?(?: (?:that|this|the [\w-]+) or)?(?: the| her| his| my)? $|"
    r"\b(?:relate[sd]? to|caused by|from|due to|d/t|because of|effects? (?:of|from|with))(?: the| her| his| my)? $"
)
_STAYS = Rare(
    rf"(?:^|[?,;:.-] ?)(?:(?:can|could|should|may) (?:we|i|he|she|they|pt) )?(?:please )?(?:{CHANGE})"
    r"(?: (?:up|down|back|in|off|on|(?:the )?dose of))* (?:the |my |her |his )?$|"
    r"\b(?:(?:still|do (?:i|we)|does (?:she|he)|do they)(?: really)? (?:need|have)(?: to)?(?: take| be on| stay on)?|"
    r"still take|(?:can|could|should|may) (?:i|he|she|pt|they|we)(?: still| just| ever)? (?:skip|hold|cut|halve|split|"
    r"crush|lower|"
    r"reduce|move|miss|break)(?: (?:back on|down on|doses? of|in half))?|why (?:am|is|are) (?:i|she|he) (?:on|taking)|"
    r"why (?:(?:is|are|am) )?(?:\w+ )?still (?:on|taking|needs?)|"
    r"how long .{0,20}(?:on|take))(?: taking)? "
    r"(?:the |my |her |his |this |that )?$"
)
_BLAMING = re.compile(r"\b(?:from|due to|d/t|2/2|caused by|because of)\b")
_BLAMED = re.compile(
    r"(?:\w ?[,;:-]{0,2} ?\? ?|\b(?:is (?:that|it|this)(?: from)?|(?:from|due to|because of|caused by|2/2|d/t)|"
    r"side effects?\b[^.;?]{0,40} (?:with|of|from|on)) (?:the |my |her |his |that )?)$"
)
_IS = re.compile(r" (?:be|been|have been|is|was)\b")
_SEGMENT = re.compile(r"[,.;!?\n](?=\s|$|[\"”])| - ")
_WHO = r"(?:(?:pt|patient|mbr|member|he|she|i|mom|dad|wife|husband|dtr|daughter|son) )?"
_ANSWERED = Rare(  # "taking Aleve? no", "did they ever start you on Jardiance? states no way"
    rf"^[^.;?]{{0,40}}\?+ ?[-–,:]? ?[\"“]?{_WHO}(?:(?:states?|says|said|reports?|replies|answers|swears|told me|"
    r"told us) )?"
    r"[\"“]?(no way|no|nope|denies|denied|never|none|nah)\b(?! (?:idea|longer|more|clue|issue|problem|change))"
)
_AFFIRMED = Rare(  # "Benadryl? Yes, two most nights"
    rf"^(?: [\d./]+ ?(?:mg|mcg|units?))?[\"”']? ?\? ?[\"'“‘-]? ?{_WHO}(?:says? |said |states |answers )?[\"'“‘]?"
    r"(yes|yep|yeah|yup|uh[ -]huh)\b"
)
_LISTED = re.compile(r"(?:^|[.;,?!(–-] ?|\b(?:taking|takes?|on|using|uses?|still|any|your|the|about|and|or) )$")
_ASKED_LEAVE = re.compile(  # what may be taken is asked, not what is
    r"\b(?:(?:can|could|may|should|would) (?:we|i|he|she|they|pt|mom|dad)(?: (?:just|also|still|ever|please))*|"
    r"(?:ok|okay|safe|alright|all right|fine)(?: for (?:her|him|me|pt))? to|is it (?:ok|okay|safe))"
    r"(?: (?:take|taking|use|using|try|trying|have|add|adding|start|get))?(?: (?:some|an?|the|otc|any))* $"
)
_ASKS = re.compile(
    r"\?|\b(?:ask\w*|wonder\w*|wants? to know|would like to know|questions?|curious|inquir\w+|can|could|does|do|is|are|"
    r"will|would|should)\b"
)
_OWN = re.compile(
    r"(?:^|(?:(?<![\w'/])(?P<verb>[\w'/]+))?\W)(?:her|his|my|their) "
    r"(?:(?:own|current|regular|usual|daily|old|morning|evening|night|am|pm|weekly|monthly) )?$"
)
_BEGINS = frozenset(
    (
        *("start", "started", "starting", "restart", "restarted", "resume", "resumed", "begin", "began"),
        *("on", "off", "up", "fill", "filled", "get", "got", "tried", "try"),
    )
)
_TAKES = frozenset(("take", "takes", "taking", "took", "use", "uses", "using"))
_HOW_TAKEN = re.compile(
    r"\b(?:can|could|may|should|ok(?:ay)? to|safe to|how|when|what time|where|supposed to|best to|need(?:s)? to)\b"
)
_DOUBTED = re.compile(r"\b(?:n'?t|not|unsure|unclear|uncertain|no idea|which)\b")


def asked(line: Line, drug: Drug) -> tuple[int, int] | None:
    """The question mark that belongs to the drug."""
    if _IS.match(line.low, drug.end) and _TO_BLAME.match(line.low[drug.end :], line.lacks):
        return None  # "could the Zocor be causing his aches?"; but "can Eliquis cause hair loss?" asks of any drug
    if _BLAMED.search(line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]):
        return None  # "Na 128 - ? citalopram", "is that the Ditropan?": asked is what it does, and it is taken
    if _STAYS.search(line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start], line.lacks):
        return None  # "do I still need the Eliquis?"
    before = _QUESTION_BEFORE.search(line.low, max(0, drug.start - _CLOSE_BEFORE), drug.start)
    if before and not _BLAMING.search(before.group()):
        place = before.start() + before.group().index("?")
        return place, place + 1
    match = _SEGMENT.search(line.low, drug.end)
    if match and match.group().startswith("?"):
        return match.start(), match.start() + 1
    return None


def answered(line: Line, drug: Drug) -> tuple[Status, int, int] | None:
    """What the answer to a question about a drug tells, and its place: "taking Aleve? no", "can she take Aleve? no"."""
    after = line.low[drug.end :]
    if (yes := _AFFIRMED.match(after, line.lacks)) and _LISTED.search(line.low[: drug.start]):
        return "active", drug.end + yes.start(1), drug.end + yes.end(1)
    found = _ANSWERED.match(after, line.lacks)
    if found is None:
        return None
    leave = _ASKED_LEAVE.search(line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start])
    return "unknown" if leave else "not-taken", drug.end + found.start(1), drug.end + found.end(1)


def of_her_own(line: Line, drug: Drug, said: Cue) -> bool:
    """Whether the question is about a drug the patient has: "asks if her Eliquis can be crushed"."""
    if drug.start < said.start and "?" not in said.text:
        return False
    before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
    own, words = _OWN.search(before), said.text.lower()
    if (
        own is None
        or own["verb"] in _BEGINS
        or _DOUBTED.search(words)
        or not (_ASKS.search(words) or _ASKS.search(before))
    ):
        return False
    return own["verb"] not in _TAKES or bool(_HOW_TAKEN.search(before))  # not "does she take her Eliquis?"


def what_it_does(line: Line, drug: Drug) -> bool:
    """Whether asked is what a drug does, which is taken then: "asks if Synthroid is to blame"."""
    before = line.low[max(0, drug.start - _CLOSE_BEFORE) : drug.start]
    return bool(_TO_BLAME.match(line.low[drug.end :], line.lacks) or _CAUSE.search(before))
