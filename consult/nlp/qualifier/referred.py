"""What a line says of the drug that was named before it, without its name: "actually stopped it", "cut back to 5 mg".

Which drug that is, the lines before tell (`domain/in_context.py`). Beside a pronoun there are words that leave it out
at the start of a line ("stopped last month", "now 25 mg bid"), a drug that takes the place of the former ("changed to
losartan"), and a correction ("correction: 20 mg not 40", "scratch that, hydroxyzine 25").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from consult.domain.mention import LineContext, MedicationMention, Status
from consult.nlp.drug.found import Drug
from consult.nlp.effect.find import Found
from consult.nlp.expressions import Rare
from consult.nlp.line import Line
from consult.nlp.qualifier import refer_words as words
from consult.nlp.qualifier.blame import VERBS
from consult.nlp.qualifier.cue_words import cue
from consult.nlp.qualifier.headings import Heading
from consult.nlp.qualifier.people import is_person
from consult.nlp.qualifier.status import read_status
from consult.nlp.sig.read import Directions, read_directions
from consult.nlp.sig.zones import zones

_NAMED_SO = r"(?:med|pill|drug|medicine|stuff|inhaler|shot)"
_IT = rf"(?:it|them|that one|this one|that {_NAMED_SO}|this {_NAMED_SO}|the (?:med|pill|rx|new (?:med|pill)))"
_IT_DOES = Rare(
    r"^(?:(?:eso|esa|esta|este) )?(?:le|me) (?:da|dan|causa|provoca|produce) (?:(?:mucha|mucho|un|una|algo de) )?$|"
    rf"(?:(?:^|[.;!\"“] ?|\b(?:says?|states?|reports?|feels?|thinks?|that|but|and|because|bc) ){_IT}(?:'s| is)?|"
    rf"^[\"“']?)"
    r"(?:(?:^| )(?:just|really|also|always|sometimes|still|usually))?(?:^|(?<=[\"“'])| )(?:makes?|made|making|"
    r"gives?|gave|giving|"
    r"causes?|caused|causing|leaves?|left|keeps?|kept)(?: (?:me|her|him|my|pt|his))?"
    r"(?: (?:a|an|the|so|too|very|really|kind of|a little|a bit|bad|some|feel|all|awful|terrible|get|have)){0,3} $"
)
_FROM_IT = Rare(
    r"^(?: (?!better|gone|resolved|improved|less|settled|no)\w+){0,2}? (?:since|ever since|after|from|with|w/|on|"
    r"while on|(?:when|whenever|every time|each time) (?:she|he|i|pt) takes?)(?: starting| taking| using)? "
    rf"{_IT}\b(?! (?:is|was|started|began|happen\w*|rain\w*|got|gets))"
)
_SUSPECTS = Rare(  # "coughs at night, prob the other one", "UTI x 2 since", "rash gone after she stopped it"
    r"^[^.;]{0,15}?,? ?\(?(?:(?:she|he|pt|i) )?(?:thinks?|says|feels|believes|suspects?|blames|probably|prob|likely|"
    r"maybe|\?)(?: (?:it'?s|it is|that it'?s|from|due to))* (?:it|that|that one|this one|the other one)"
    r"(?= ?[.,;)?!]|$)|"
    r"^(?: x ?\d+| (?!no\b|less\b|better\b|gone\b)\w+){0,3}? (?:ever )?since"
    r"(?: then| starting| (?:(?:the|her|his|last) )?(?:increase|change|switch|bump|raise|higher dose)|"
    r" (?:(?:the|her|his) )?dose (?:increase|change|bump)|"
    r" (?:(?:the|her|his) )?(?:last |latest )?(?:increase|bump|change)|"
    r" (?:(?:the|her|his) )?dose (?:(?:was|got) )?(?:went up|went down|increased?|raised|lowered|cut|changed|"
    r"doubled|bumped(?: up)?)|"
    r" (?:(?:she|he|they|pt) )?(?:going|went|moving|moved|bumping|bumped|being bumped)(?: it)? (?:up|down|to \d\S*))"
    r"?(?= ?[.,;)!]|$)|"
    r"^(?: (?:all|completely))? (?:gone|better|resolved|cleared(?: up)?|went away|improved|stopped)(?: \w+){0,2}? "
    r"(?:after|when|once|since|as soon as) (?:(?:she|he|i|pt|they|we) )?(?:stopped|stopping|quit|came off|off|"
    r"d/?c'?d|dropped) (?:it|that|that one|them)\b"
)
_BY_VERB = Rare(rf"(?:^|[.;!\"“] ?|\b(?:says?|but|and) ){_IT} $")
_DOES = frozenset(
    ("makes", "made", "gives", "gave", "causes", "caused", "puts", "knocks", "upsets", "messes", "leaves", "keeps")
)
_LESS = Rare(r"\b(?:less|fewer|better|no|not|never|improved) (?:\w+ )?$")
_TAKEN = re.compile(r"\b(?:takes?|taking|took|uses?|using|gets|inject\w*|on)(?: only)? $")
_WORDS = re.compile(r"[a-z]+")
_LONGEST, _LONGEST_HEADING = 300, 40  # characters
_FIRST = 4  # words in which a line without a pronoun says what it is about
_POINTED, _LEFT = 0.6, 0.5  # confidence of a pronoun, and of words that leave it out
_PLAIN = ("on", "takes", "plan", "plans")  # say nothing of the drug before
_NEAR = 60  # characters beside a symptom in which "it" may be blamed


def may_tell_of_others(text: str, medications: Sequence[MedicationMention]) -> bool:
    """A quick look, whether a line may be a heading or refer to one before; a pasted text of several lines does
    neither."""
    if not text or len(text) > _LONGEST or "\n" in text.strip():
        return False
    if not medications:
        if len(text) <= _LONGEST_HEADING:
            return True
        low = words.ITEM.sub("", text.lower(), count=1).strip(words.AROUND_A_LINE)
        may_tell = words.MAY_BEGIN.match(low) or words.PRONOUN.search(low) or words.TAKES_COUNTED.search(low)
        return bool(may_tell or words.SPEAKS_FOR.search(low)) or _about_a_thing(low)
    before = words.ITEM.sub("", text[: medications[0].start].lower(), count=1).strip()
    if before and (words.PRONOUN.search(before) or words.MAY_BEGIN.match(before)):
        return True
    return " of " in text[medications[0].start :]  # "losartan instead of it"


def context_of(line: Line) -> LineContext:
    """What a line without a drug, and that is no heading, says of other lines."""
    if (whose := words.SOMEBODYS.match(line.low)) and is_person(whose["whose"]):
        return LineContext(tells="person")
    if speaks := words.SPEAKS_FOR.search(line.low):
        return LineContext(tells=f"for {speaks['whom'] or speaks['spouse'] or speaks['patient']}")
    found = _referred(line)
    return LineContext(referred=found, tells="" if found or not _about_a_thing(line.low) else "thing")


def beside_a_drug(line: Line, drugs: Sequence[MedicationMention]) -> LineContext:
    """What a line with drugs says of the one that was named before."""
    start = drugs[0].start
    first = item.end() if (item := words.ITEM.match(line.low, 0, start)) else 0
    before = line.low[first:start]
    oops = words.CORRECTS.match(before) or words.IS_ACTUALLY.match(before)
    if oops and before[oops.end() :] in ("", "the "):
        return LineContext(tells="name")
    alone = len({one.ingredients for one in drugs}) == 1 and drugs[0].status == "active"
    if words.CAUSE.match(before):
        return LineContext(tells="cause")
    told = [words.STOPPED_IT.search(before), words.TAKEN_OFF.search(before)]
    if alone:
        told += [words.TOOK_PLACE.match(before), words.INSTEAD.match(line.low[drugs[-1].end :])]
    for found, base in zip(told, (first, first, first, drugs[-1].end), strict=False):
        if found is None or _names_a_thing(line.low[: base + found.start("said")]):
            continue
        it = next((name for name in ("it", "its") if found.groupdict().get(name)), "")
        span = base + found.start(it or "said"), base + found.end(it or "said")
        cued = base + found.start("said"), base + found.end("said")
        mention = _mention(line, span, "stopped", Directions(), cued)
        return LineContext(referred=(mention if it else replace(mention, confidence=_LEFT),))
    if words.MEANWHILE.search(before):
        return LineContext(referred=tuple(one for one in _referred(line) if one.end < start))
    return LineContext()


def _referred(line: Line) -> tuple[MedicationMention, ...]:
    """At most one mention without a name and ingredients; its span is that of the pronoun, or of the words that leave
    it out."""
    low = line.low
    for status, around in words.AROUND:
        if found := around.search(low):
            span = found.span(next(place for place, part in enumerate(found.groups(), 1) if part))
            told = found.span()
            return () if _names_a_thing(low[: span[0]]) else (_mention(line, span, status, _sig(line, span), told),)
    for match in words.PRONOUN.finditer(low):
        before = low[: match.start()]
        if _names_a_thing(before):
            return ()
        if match["several"] and not words.OF_SEVERAL.search(before):
            continue
        (standing,) = read_status(line, [_drug(match.span())], [match.span()], Heading())
        sig = _sig(line, match.span())
        if not (sig.strength or sig.dose) and (number := _to_number(low, match)):
            changes = words.CHANGES_IT.search(before)
            told = changes.start() if changes else match.start(), number.end()
            return (
                _mention(line, match.span(), "active", Directions(strength=number[1], previous=sig.previous), told),
            )
        if (moving := words.MOVES_IT.search(before)) and (
            to := read_directions(f"moved{low[match.end() :]}", ())
        ).timing:
            told = moving.start(), match.end()
            return (_mention(line, match.span(), "active", Directions(timing=to.timing), told),)
        taken = bool(_TAKEN.search(before))
        told_so = any(one.text.lower() not in _PLAIN for one in standing.cues)
        if told_so or (taken and (sig.frequency or sig.dose or sig.strength)):
            return (replace(_mention(line, match.span(), standing.status, sig), cues=tuple(standing.cues)),)
    found_left_out = _left_out(line)
    return () if found_left_out is None else (replace(found_left_out, confidence=_LEFT),)


def _to_number(low: str, it: re.Match[str]) -> re.Match[str] | None:
    """ "that was increased to 300", "cut it to 40": the amount is a number alone."""
    if found := words.TO_NUMBER.match(low, it.end()):
        return found
    return words.AFTER_IT.match(low, it.end()) if words.CHANGES_IT.search(low[: it.start()]) else None


def _left_out(line: Line) -> MedicationMention | None:
    """ "stopped last month", "now 25 mg bid", "correction: 7.5 mg not 5"."""
    oops = words.CORRECTS.match(line.low) or words.SAYS.match(line.low)
    said = oops or words.CHANGED.match(line.low)
    if said is not None:
        rest = line.low[said.end() :]
        span = (0, len(said[0].rstrip(" ,:;.–-"))) if oops else said.span("said")
        sig = read_directions(rest, ()) if words.WITH_UNIT.match(rest) else Directions()
        bare = words.BARE_NUMBER.match(rest)
        if bare and (oops or not words.COUNTS.fullmatch(said["said"])):
            sig = Directions(strength=bare[1])
        if sig.strength or sig.dose or sig.frequency:
            return _mention(line, span, "active", sig, span)
    for status, pattern in words.LEFT_OUT:
        if found := pattern.match(line.low):
            span = found.span("said")
            if again := words.TAKEN_AGAIN.search(line.low, span[1]):
                status, span = "active", again.span()
            return _mention(line, span, status, _sig(line, span), span)
    if counted := words.TAKES_COUNTED.search(line.low):
        return _mention(line, counted.span("said"), "active", read_directions(line.low[counted.end() :], ()))
    return None


def _about_a_thing(low: str) -> bool:
    """Whether the first words of a line name a thing or a habit: "CPAP at home"."""
    return not words.THINGS.isdisjoint(_WORDS.findall(low)[:_FIRST])


def _names_a_thing(before: str) -> bool:
    """Whether "it" behind these words may stand for a thing or a habit: "smoking: quit it"."""
    return not words.THINGS.isdisjoint(_WORDS.findall(before))


def _drug(span: tuple[int, int]) -> Drug:
    return Drug(*span, (), "class", None, _POINTED)


def _sig(line: Line, span: tuple[int, int]) -> Directions:
    ((before, after, _, _),) = zones(line, [span], [])
    return read_directions(after, ()).filled(read_directions(before, ()))


def blamed_on_it(line: Line, one: Found) -> tuple[int, int] | None:
    """The words by which a line without a drug blames the one named before: "it makes me dizzy"."""
    before = line.low[max(0, one.start - _NEAR) : one.start]
    if len(before) == one.start and (item := words.ITEM.match(before)):
        before = before[item.end() :]  # "  - makes her sleepy"
    if _LESS.search(before, line.lacks):
        return None
    does = _IT_DOES.search(before, line.lacks)
    first = line.low[one.start : one.end].split()[0]
    if does is None and first in VERBS:
        does = _BY_VERB.search(before, line.lacks)
    if does is None and first in _DOES and not before.strip("\"“' "):
        return one.start, one.start + len(first)  # "makes her sleepy": the verb is a part of the wording
    if does is not None:
        return one.start - len(before) + does.start(), one.start
    after = line.low[one.end : one.end + _NEAR]
    since = _FROM_IT.match(after, line.lacks) or _SUSPECTS.match(after, line.lacks)
    return (one.end, one.end + since.end()) if since else None


def _mention(
    line: Line, span: tuple[int, int], status: Status, sig: Directions, told: tuple[int, int] | None = None
) -> MedicationMention:
    before = line.low[: span[0]]
    so_long = bool(before) and (
        _TAKEN.search(before) is None or before.endswith("on ")
    )  # "off it x 1 mo", "back on it x 3 d"
    lasts = status in ("active", "intended") and not so_long
    return MedicationMention(
        *span,
        line.text[slice(*span)],
        (),
        "class",
        sig.strength,
        sig.dose,
        sig.route,
        sig.frequency,
        sig.as_needed,
        sig.duration if lasts else None,
        sig.timing,
        sig.previous,
        status=status,
        confidence=_POINTED,
        cues=(cue(line, "status", *told),) if told else (),
    )
