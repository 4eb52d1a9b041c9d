"""Cues of status that speak of a symptom and not of a drug: "used to get dizzy on X", "the dreams it gave her quit"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consult.nlp.line import Line
from consult.nlp.qualifier.cue_words import Hit

_HAD = re.compile(
    r"(?:used to (?:get|have|be)|no longer (?:gets?|has|have|having|getting)|stop(?:s|ped) (?:getting|having)|"
    r"(?:never|hasn't|has not|haven't|have not) had(?: any?| a)?)$"
)
_OF_ANYTHING = ("used to", "no longer", "stop", "quit", "never had", "has", "have")  # that _HAD and _CEASES begin with
_ENDED = ("stop", "quit", "gone", "ended")
_THOSE = re.compile(r"\b(?:those|they|these|all of (?:that|it)|that all)(?: (?:have|had|has|all|since|now))* $")
_NEAR = 25  # characters behind a symptom within which "none since" speaks of it
_CLOSE = 6
_SOME = re.compile(r"^ (?:(?:a|an|the|some|bad|awful|really|very|so|her|his|my|lots of|a lot of|more) ){0,3}$")
_CEASES = re.compile(r"(?:stop(?:s|ped)|quits?)(?: (?:after|since|once|with|when))?$")
_WHICH_IT_GAVE = re.compile(
    r"^ (?:(?:that )?(?:it|this|they) (?:gave|caused|brought|was (?:giving|causing)|used to (?:give|cause))(?: (?:her|"
    r"him|me|pt))? )?$"
)
_AT_REST = re.compile(r"^ ?(?:$|[.,;)]|with\b|after\b|since\b|when\b|once\b|now\b|by\b|but\b|and\b)")


def of_symptom(line: Line, hit: Hit, symptoms: Sequence[tuple[int, int]]) -> bool:
    """A part of a symptom; "used to get dizzy on X", "takes Y so the itching stops": what began or ended is that."""
    for start, end in symptoms:
        if start <= hit.start and hit.end <= end:
            return True
    if hit.low.startswith("none since"):  # "nosebleed once in Jan, none since"
        return any(end <= hit.start <= end + _NEAR for _, end in symptoms)
    those = _THOSE.search(line.low[: hit.start]) if hit.low.startswith(_ENDED) else None
    if those and _AT_REST.match(line.low[hit.end :]):  # "dizzy so they stopped lisinopril" is another matter
        return any(end <= those.start() <= end + _CLOSE for _, end in symptoms)  # "nightmares, those have stopped"
    if not hit.low.startswith(_OF_ANYTHING):
        return False
    if _HAD.match(hit.low):
        return any(hit.end <= start and _SOME.match(line.low[hit.end : start]) for start, _ in symptoms)
    if _CEASES.match(hit.low) and (" " in hit.low or _AT_REST.match(line.low[hit.end :])):
        return any(end <= hit.start and _WHICH_IT_GAVE.match(line.low[end : hit.start]) for _, end in symptoms)
    return False
