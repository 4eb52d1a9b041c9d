"""Words by which a drug is taken as needed."""

from __future__ import annotations

from consult.nlp.expressions import DIRECTIONS, Rare

PRN = Rare(
    r"(?<![a-z])p\.?r\.?n\b|(?<=[a-z\d])prn\b|prn(?=as needed)|"
    r"\bas[- ]needed\b|\bas necessary\b|\bif needed\b|\bwhen needed\b|\bwhen necessary\b|\bif necessary\b|"
    r"\b(?:when|if|only when|only if|as) (?:i|she|he|they|pt|patient|you) (?:really )?(?:needs?|needed)\b|"
    r"\bneeds it\b|\bas need\b|\bas[- ]required\b|\b(?:hasn't|has not|hasnt|rarely|seldom) need(?:s|ed)?\b"
    r"(?!(?: it| them| any)? (?:in|for) (?:years|months|ages|a long time|a while|forever))|"
    r"\bonly (?:if|when|as needed|for(?! (?:\d|an?\b|the first|one|two|three|six))|on bad)\b|"
    r"\bwhen(?:ever)? (?:(?:my|her|his|the|an?) )?\w+ (?:flares?(?: up)?|acts? up|kicks? up|hurts?|aches?|"
    r"gets? (?:bad|worse|sore|stiff))\b|"
    r"\bonly (?:before|after|during) (?!bed|meals?|food|eating|breakfast|lunch|dinner|supper)|"
    r"\bwhen (?:bad|anxious|itchy|in pain|wheezing|it hurts|it'?s bad)\b|"
    r"\b(?:when|whenever) (?:(?:he|she|i|pt)(?: is| feels| gets| has)? )?\x00|"
    r"\b(?:tabs?|tablets?|caps?|capsules?|pills?|scoops?|puffs?|mg|ml|sprays?) if "
    r"(?!he\b|she\b|pt\b|you\b|they\b|i\b|the\b|s?bp\b|hr\b)[a-z]|"
    r"\b(?:if|when|whenever|only when|only if) (?:i|she|he|pt)(?:'m|'s| am| is| gets?| feels?| has| have)\b"
    r"(?! (?:good|better|fine|well|great|like|up to|ok|okay|home|out|away|here|there|at|in town|asleep|awake|up|done|"
    r"back|not home|with|on))|"
    r"\b(?:if|when|whenever) (?:i|she|he|pt|they) (?:don'?t|do not|doesn'?t|does not|can'?t|cannot|no) "
    r"(?:go|sleep|poop)\b|"
    r"\b(?:when|if|whenever) it (?:acts up|flares?|gets (?:bad|worse|really bad)|bothers \w+|comes on|hits|kicks up)\b|"
    r"\bwhen (?:an?|the) \w+ (?:comes? on|hits?|starts?|flares?)\b|"
    r"\bon bad days\b|\bon days (?:when |that )?(?:my|her|his|i|she|he|it)\b|\bonce in a while\b|"
    r"\bfor (?:\w+ ){0,2}flare(?:s|-?ups?| ups?)\b|\bbefore (?:speeches|presentations?|"
    r"performances?|flights?|flying|exercis\w+|sex|intercourse|travel\w*|dental \w+|public speaking)\b",
    DIRECTIONS,
)
