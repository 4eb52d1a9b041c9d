"""Words by which a drug is taken as needed."""

from __future__ import annotations

import re

from consult.nlp.expressions import DIRECTIONS, Rare, any_of
from consult.nlp.sig.amount import COUNT, UNIT
from consult.nlp.sig.frequency import read_frequency

# "asks if she needs it" is no direction
_NOT_ASKED = (
    r"(?<!asks )(?<!asked )(?<!asking )(?<!ask )(?<!wonders )(?<!wondering )(?<!wondered )(?<!sure )(?<!know )"
    r"(?<!knows )(?<!see )(?<!questions )(?<!questioning )(?<!doubts )(?<!clarify )(?<!assess )(?<!discuss )(?<!check )"
)
PRN = Rare(
    r"(?<![a-z])(?<!not )(?<!than )p\.?r\.?n\b|(?<=[a-z\d])prn\b|prn(?=as needed)|"
    r"\bas[- ]needed\b|\bas necessary\b|\bif needed\b|\bwhen needed\b|\bwhen necessary\b|\bif necessary\b|"
    rf"{_NOT_ASKED}\b(?:when|if|only when|only if|as) (?:i|she|he|they|pt|patient|you) (?:really )?"
    r"(?:needs?|needed)\b|"
    r"\b(?:when|if|whenever|only) needs it\b|\bas need\b|\b(?:as|when|if)[- ]required\b|"
    r"\b(?:hasn't|has not|hasnt|rarely|seldom) need(?:s|ed)?\b"
    r"(?!(?: it| them| any)? (?:in|for) (?:years|months|ages|a long time|a while|forever))|"
    r"\bonly (?:if|when|as needed|for(?! (?:\d|an?\b|the first|one|two|three|six))|on bad)\b|"
    r"\bonly (?:in|with|w/|during) (?:an? |the |her |his )?(?:\w+ )?"
    r"(?:\x00|attacks?\b|flares?\b|flare-?ups?\b|spells?\b|episodes?\b|emergenc\w+)|"
    r"\bwhen(?:ever)? (?:(?:my|her|his|the|an?) )?\w+ (?:flares?(?: up)?|acts? up|kicks? up|hurts?|aches?|"
    r"gets? (?:bad|worse|sore|stiff))\b|"
    r"\bonly (?:before|after|during) (?!bed|meals?|food|eating|breakfast|lunch|dinner|supper)|"
    r"\b(?:when(?:ever)?|if) (?:(?:my|her|his|the|an?) )?(?:\w+ )?(?:pain|backs?|knees?|hips?|feet|foot|legs?|"
    r"shoulders?|neck|head|hands?|joints?|arthritis|gout|migraines?|stomach|tummy|belly|gut|reflux|heartburn|allergies|"
    r"sinus(?:es)?|nose|eyes|cough|breathing|asthma|chest|nerves|anxiety|sciatica|spasms?|cramps|"
    r"itch|itching|rash|eczema|psoriasis|pollen) "
    r"(?:flares?|hurts?|aches?|bothers? (?:her|him|me)|kills? (?:her|him|me)|(?:is|are|'s|gets?|goes?|feels?)"
    r"(?: (?:really|so|too|real|pretty|extra|super))* "
    r"(?:bad|awful|terrible|sore|stiff|bothersome|killing|acting|hurting|aching|flaring|flared|high|rough|worse|tight|"
    r"itchy|runny|stuffy|out))\b|"
    r"\b(?:if|when|whenever) in (?:\w+ )?(?:\x00|pain\b)|"
    r"(?:\bhrs?|\bhours?|\dh|\bbid|\btid|\bqid|\bdaily|\ba day) if (?:in |having )?\x00(?![^;.]*\b(?:hold|call|stop|"
    r"skip))|"
    r"\bwhen (?:bad|anxious|itchy|in pain|wheezing|it hurts|it'?s bad)\b|"
    r"\bat (?:the |her |his )?(?:first|1st) (?:sign|twinge|hint|inkling|tickle|ache)s?\b|"
    r"\bat (?:the )?(?:start|onset) of (?:an? |the |her |his |every |each )?(?:\x00|migraine|headache|attack|flare|"
    r"spell|aura)|"
    r"\b(?:when|whenever) (?:(?:he|she|i|pt)(?: is| feels| gets| has)? )?\x00|"
    r"(?:\ba day|/ ?day|\bdaily|\bbedtime|\bhs|\bat night|\bbid|\btid|\bqid|\bhrs?|\bhours?|\dh|\bthem,?|\btabs?,?|"
    r"\bpills?,?) "
    r"(?:when|whenever) (?:the|her|his|my) \x00|"
    r"\b(?:tabs?|tablets?|caps?|capsules?|pills?|scoops?|puffs?|mg|ml|sprays?) if "
    r"(?!he\b|she\b|pt\b|you\b|they\b|i\b|the\b|s?bp\b|hr\b)[a-z]|"
    r"\b(?:if|when|whenever|only when|only if) (?:i|she|he|pt)(?:'m|'s| am| is| gets?| feels?| has| have)\b"
    r"(?! (?:good|better|fine|well|great|like|up to|ok|okay|home|out|away|here|there|at|in town|asleep|awake|up|done|"
    r"back|not home|with|on|around to|(?:his|her|my|up the) nerve|(?:a|the) chance|paid|time|there))|"
    r"\b(?:if|when|whenever) (?:i|she|he|pt|they) (?:don'?t|do not|doesn'?t|does not|can'?t|cannot|no) "
    r"(?:go|sleep|poop)\b|"
    r"\b(?:when|if|whenever) it (?:acts up|flares?|gets (?:bad|worse|really bad)|bothers \w+|comes on|hits|kicks up)\b|"
    r"\bwhen (?:an?|the) \w+ (?:comes? on|hits?|starts?|flares?)\b|"
    r"\b(?:on|for|during|w/|with) (?:the |her |his |my |really |a )*(?:bad|rough|worse|worst) "
    r"(?:days?|nights?|spells?|weeks?|stretch\w*|mornings?)\b|"
    r"(?<!except )\bon days (?:when |that )?(?:my|her|his|i|she|he|it)\b|"
    r"\b(?:for|w/|with|during) (?:\w+ )?breakthrough\b|"
    r"\b(?:when|if|whenever) (?:one|they|an attack|a spell|another one) (?:hits?|starts?|comes?|is coming|flares?)\b|"
    r"\b(?:flights?|flying|travel|trips?|dental|dentist|mri|procedures?|flares?|flare-?ups|panic attacks?|"
    r"emergenc\w+|bad days?|"
    r"bad nights?|migraines?|attacks) only\b|"
    r"\b(?:when|if|whenever) (?:it'?s|things are) (?:really )?(?:acting up|flaring|bad enough)\b|"
    r"(?:\b(?:[1-4]|one|two|half|only|tabs?|tablets?|caps?|capsules?|pills?|puffs?|sprays?)|mg|mcg) "
    r"(?:when|whenever|if) (?:she|he|they|i|pt) (?:eats?|drinks?|flies|drives|travels?|overdoes|overdid|over-does|"
    r"goes out|mows|golfs?|lifts?|works out|exercises|walks|runs|feels (?!fine|good|ok|well|great)\w+)"
    r"(?! (?:breakfast|bfast|lunch|dinner|supper|a meal|meals|first|each))\b|"
    r"\b(?:for|w/|with|during) (?:\w+ ){0,2}flare(?:s|-?ups?| ups?)\b|\b(?:before|b4) (?:speeches|presentations?|"
    r"performances?|flights?|flying|exercis\w+|sex|intercourse|travel\w*|dental \w+|public speaking)\b",
    DIRECTIONS,
)

_JOIN = (
    r"(?:[,;(+&]|\b(?:and|plus|with|w/|(?:may|can|ok to|okay to) (?:take|use|have|repeat)|takes?|uses?))"
    r"(?: (?:and|plus|also|may|can|takes?|uses?|take|with|w/|then|up to)){0,3}"
)
_NEEDED = r"(?:prn|as needed|(?:if|when) needed|if|when(?:ever)?|on bad days|for (?:breakthrough|flares?))(?![a-z])"
_EXTRA = Rare(  # "40 mg daily, extra tab prn wt gain", "15 mg q12h plus 15 mg IR q4h prn"
    rf"{_JOIN} ?(?:an? |one |1 |1/2 |half )?(?:extra|additional|another)\b[^;.]{{0,40}}?\b{_NEEDED}|"
    rf"(?:[+&]|\b(?:and|plus|with|w/))(?: (?:also|may|can|takes?|uses?)){{0,3}} ?(?:an? )?{COUNT}(?: ?(?:-|to|"
    rf"or) ?{COUNT})? ?"
    rf"(?:{UNIT}|puffs?|tabs?|tablets?|caps?|capsules?|pills?|sprays?|drops?)?"
    rf"(?: (?:ir|po|more|tabs?|tablets?))*(?: (?:q ?\d{{1,2}}(?: ?- ?\d{{1,2}})? ?h\w*|daily|bid|tid|qid|hs|qhs))? ?"
    r"(?:prn|as needed)(?![a-z])|"
    rf"[;,] ?(?:(?:up to|takes?|uses?|goes to|can take|may take) )?(?:{COUNT} ?(?:{UNIT}|puffs?|tabs?|tablets?|"
    rf"caps?|capsules?|"
    r"pills?)? ?)?(?:[bt]id|qid|twice(?: a day)?|three times(?: a day)?|q ?\d{1,2} ?h\w*|2x|3x) (?:on (?:the |"
    r"her |his )?(?:bad|worse|rough) "
    r"(?:days?|nights?)|(?:if|when|for|w/|with|during)(?: (?:a|it|her|his|the))* (?:flar\w+|bad)(?: ups?)?)(?![a-z])",
    DIRECTIONS,
)
ADDED = any_of(_EXTRA)


def without_added(text: str, lacks: int) -> str:
    """The lower-case text up to an amount that is taken as needed on top of what is taken all the time."""
    added = _EXTRA.search(text, lacks)
    if added is None or PRN.search(text, lacks, 0, added.start()):
        return text
    often = read_frequency(text[: added.start()], lacks)
    return text if often is None else text[: added.start()]


_NOW_AND_THEN = re.compile(
    r"\b(?:once in a (?:while|great while|blue moon)|(?:every )?now (?:and|&|n) (?:then|again)|here (?:and|&|n) there|"
    r"occ(?:asional(?:ly)?)?|every so often|at times|sometimes|off (?:and|&|n) on|on (?:and|&|n) off|"
    r"(?:most|some) (?:days|nights|nites|mornings|evenings))\b"
)


def now_and_then(words: str) -> bool:
    """Whether lower-case words say that a drug is taken, but not how often."""
    return _NOW_AND_THEN.search(words) is not None
