"""The analysed lines in order, each as the lines before it let it be understood.

Each line is read alone; what it takes from others (the heading over it, the drug that "it" stands for) is worked out
here from all lines, so that an edited line changes only itself and what it governs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consult.domain.mention import EffectMention, LineContext, MedicationMention
from consult.domain.state import Consult, NoteLine

REACH = 3  # lines after which "it" speaks of nothing named before
LONGEST = 20  # lines that a heading holds for where none follows


@dataclass(frozen=True, slots=True)
class LineInContext:
    line: NoteLine
    medications: tuple[MedicationMention, ...]
    effects: tuple[EffectMention, ...]


def lines_in_context(consult: Consult) -> Iterator[LineInContext]:
    """Lines that were analysed at their newest revision. A line that waits or failed ends the section it stands in."""
    section = LineContext()
    last: MedicationMention | None = None
    since = under = 0
    for line_id in consult.order:
        line = consult.lines[line_id]
        since += 1
        if line.analysed != line.rev or line.failed:
            section = LineContext()
            continue
        if line.context.section or not line.text.strip():
            section, under = line.context, 0
        medications = tuple(_under(section, one) for one in line.medications)
        under += 1
        if under > LONGEST or _begins_anew(section, line):
            section, medications = LineContext(), line.medications
        if last is not None and since <= REACH:
            medications = (*medications, *(_meant(one, last) for one in line.context.referred))
        effects = _told(section, line.effects)
        if last is not None and since <= REACH and not line.medications:
            effects = tuple(_blamed(one, last) for one in effects)
        named = [one for one in line.medications if one.subject == "patient"]
        if named:
            last, since = named[-1], 0
        elif line.context.referred and last is not None:
            since = 0
        yield LineInContext(line, medications, effects)


def _under(section: LineContext, mention: MedicationMention) -> MedicationMention:
    """The mention with the status of the heading, where the line itself says nothing of it."""
    subject = "other" if section.effects == "other" else mention.subject
    said = any(cue.sets == "status" for cue in mention.cues)
    if said or mention.status != "active" or section.status in ("", "active"):
        return replace(mention, subject=subject) if subject != mention.subject else mention
    return replace(mention, subject=subject, status=section.status)  # type: ignore[arg-type]


def _begins_anew(section: LineContext, line: NoteLine) -> bool:
    """Directions for use under "Allergies:", a denial under "PMH:": another thought has begun without a heading."""
    if section.status != "allergy" and not section.effects:
        return False
    if any(one.dose or one.frequency or one.as_needed for one in line.medications):
        return True
    return section.effects == "drop" and any(one.negated or one.suspected for one in line.effects)


def _meant(reference: MedicationMention, named: MedicationMention) -> MedicationMention:
    return replace(reference, text=named.text, ingredients=named.ingredients, match=named.match)


def _blamed(effect: EffectMention, named: MedicationMention) -> EffectMention:
    """ "It makes me dizzy" under a line about lisinopril: words that blame and no drug in the line itself."""
    if effect.suspected or effect.subject != "patient" or all(one.sets != "suspected" for one in effect.cues):
        return effect
    return replace(effect, suspected=named.ingredients)


def _told(section: LineContext, effects: tuple[EffectMention, ...]) -> tuple[EffectMention, ...]:
    if section.effects == "drop":
        return ()
    if section.effects == "other":
        return tuple(replace(one, subject="other") for one in effects)
    return effects
