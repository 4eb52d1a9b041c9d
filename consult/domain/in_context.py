"""The analysed lines in order, each as the lines before it let it be understood.

Each line is read alone; what it takes from others (the heading over it, the drug that "it" stands for) is worked out
here from all lines, so that an edited line changes only itself and what it governs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from consult.domain import sections
from consult.domain.mention import EffectMention, LineContext, MedicationMention
from consult.domain.state import Consult, NoteLine

REACH = 3  # lines after which "it" speaks of nothing named before
NEAR = 2  # the same for words that leave "it" out ("stopped last month"), which are told by their confidence:
_LEFT_OUT = 0.5
LONGEST = 20  # lines that a heading holds for where none follows
_AMOUNTS = ("strength", "likely_strength", "dose")
_DIRECTIONS = ("strength", "likely_strength", "dose", "route", "frequency", "as_needed", "timing")
_COUNTS = (("all four", 4), ("all 4", 4), ("all three", 3), ("all 3", 3), ("both", 2), ("either", 2), ("neither", 2))
_THEM = ("them", "those")


@dataclass(frozen=True, slots=True)
class LineInContext:
    line: NoteLine
    medications: tuple[MedicationMention, ...]
    effects: tuple[EffectMention, ...]


@dataclass(slots=True)
class _Named:
    """A drug that was named, and where."""

    mention: MedicationMention
    row: int  # of the lines in context
    at: int  # lines so far


@dataclass(slots=True)
class _Before:
    """What was named so far, newest last; a drug that is named again stands once."""

    named: dict[tuple[str, ...], _Named] = field(default_factory=dict)
    at: int = 0  # the line that was last

    def add(self, mentions: tuple[MedicationMention, ...], row: int, at: int) -> None:
        self.at = at
        for one in mentions:
            known = self.named.pop(one.ingredients, None)
            if known is not None and not (one.strength or one.likely_strength or one.dose):
                one = replace(one, **{name: getattr(known.mention, name) for name in _AMOUNTS})
            self.named[one.ingredients] = _Named(one, row, at)

    def is_new(self, mention: MedicationMention, wrong: MedicationMention) -> bool:
        """Whether a correction gives another name for `wrong`, and no other dose of a drug that was named."""
        if mention.ingredients == wrong.ingredients:
            return mention.text.lower() != wrong.text.lower()
        return mention.ingredients not in self.named

    def meant(self, words: str, reach: int, at: int) -> list[_Named]:
        """Whom the words of a line speak of, [] where nothing was named in the `reach` lines before it."""
        last = next(reversed(self.named.values()), None)
        if last is None or at - last.at > reach:
            return []
        if last.mention.subject == "other":
            return [last]
        own = [one for one in self.named.values() if one.mention.subject == "patient" and at - one.at <= reach + 1]
        count = next((number for word, number in _COUNTS if word in words), 1)
        if words in _THEM:
            count = max(1, sum(one.row == last.row for one in own))
        if "other one" in words:
            return own[-2:-1]
        if "first one" in words:
            return [one for one in own if one.row == last.row][:1]
        return own[-count:] if len(own) >= count else []


def lines_in_context(consult: Consult) -> Iterator[LineInContext]:
    """Lines that were analysed at their newest revision. A line that waits or failed ends the section it stands in."""
    section, before, rows = LineContext(), _Before(), list[LineInContext]()
    allergic: dict[tuple[str, ...], MedicationMention] = {}  # drugs that are told as allergies, by their ingredients
    under = at = 0
    patient = ""  # who that is to the relative who speaks
    for line_id in consult.order:
        line = consult.lines[line_id]
        at += 1
        if line.analysed != line.rev or line.failed:
            section = LineContext()
            continue
        own, blank = line.context, not line.text.strip()
        patient = own.tells.removeprefix("for ") if own.tells.startswith("for ") else patient
        if patient:
            line = _of_patient(line, patient)
        if (own.section and not sections.stands_within(own, section)) or (blank and under > 0):
            section, under = own, -1
        under += not blank
        if under > LONGEST or sections.begins_anew(section, line):
            section = LineContext()
        medications = tuple(sections.under(section, one) for one in line.medications)
        effects = sections.told(section, line, medications)
        medications, effects = _of_allergies(section, line, medications, effects, before, allergic)
        if own.tells == "cause" and medications:
            _blame_above(rows, medications[0])
        if own.tells in ("name", "person"):
            medications = _corrected(own, medications, before, rows, at)
        for reference in own.referred:
            reach = REACH if reference.confidence > _LEFT_OUT else NEAR
            meant = before.meant(reference.text.lower(), reach, at)
            said = [_meant(reference, one.mention) for one in meant if not _same_drug(one.mention, medications)]
            medications = (*said, *medications)
            for one in meant:
                one.at = at
                if one.mention.subject == "other":  # "mom was on warfarin", "she stopped it after a bleed"
                    effects = tuple(replace(effect, subject="other") for effect in effects)
        if not line.medications:
            effects = tuple(_blamed(one, before, at) for one in effects)
        if own.tells == "thing":
            before = _Before()
        before.add(medications if section.effects == "other" else line.medications, len(rows), at)
        rows.append(LineInContext(line, medications, effects))
    return iter(rows)


def _of_patient(line: NoteLine, whom: str) -> NoteLine:
    """The line where a relative speaks for the patient: "mom's on Eliquis" is told of her."""
    return replace(
        line,
        medications=tuple(
            replace(one, subject="patient") if sections.is_patient(whom, one) else one for one in line.medications
        ),
        effects=tuple(
            replace(one, subject="patient") if sections.is_patient(whom, one) else one for one in line.effects
        ),
    )


def _of_allergies(
    section: LineContext,
    line: NoteLine,
    medications: tuple[MedicationMention, ...],
    effects: tuple[EffectMention, ...],
    before: _Before,
    allergic: dict[tuple[str, ...], MedicationMention],
) -> tuple[tuple[MedicationMention, ...], tuple[EffectMention, ...]]:
    """A drug that was told as an allergy stays one where a later line only tells what it did ("PCN gave hives"); a
    line of mere symptoms under "Allergies:" is the reaction of the one above."""
    medications = tuple(
        replace(one, status="allergy") if one.ingredients in allergic and _says_no_use(one) else one
        for one in medications
    )
    for one in medications:
        if one.status == "allergy" and one.subject == "patient":
            allergic[one.ingredients or (one.text.lower(),)] = one
    last = next(reversed(allergic.values()), None)
    if section.status != "allergy" or line.medications or not line.effects or last is None:
        return medications, effects
    named = before.meant("", 1, before.at + 1)
    if not named or named[0].mention.ingredients != last.ingredients:
        return medications, effects
    first = line.effects[0]
    effects = tuple(one if one.suspected else replace(one, suspected=last.ingredients) for one in effects)
    return (replace(last, start=first.start, end=first.end),), effects


def _says_no_use(mention: MedicationMention) -> bool:
    said = mention.strength or mention.dose or mention.frequency or mention.as_needed or sections.takes(mention)
    return mention.subject == "patient" and not said and mention.status not in ("on-hold", "completed")


def _blame_above(rows: list[LineInContext], drug: MedicationMention) -> None:
    """ "thinks it's the glipizide" below a line of symptoms that nothing is blamed for."""
    for place in range(len(rows) - 1, max(-1, len(rows) - 1 - NEAR), -1):
        told = [one for one in rows[place].effects if not (one.negated or one.suspected or one.subject == "other")]
        if told and not rows[place].medications and drug.ingredients:
            blamed = tuple(
                replace(one, suspected=drug.ingredients) if one in told else one for one in rows[place].effects
            )
            rows[place] = replace(rows[place], effects=blamed)
        if rows[place].effects:
            return


def _corrected(
    said: LineContext,
    medications: tuple[MedicationMention, ...],
    before: _Before,
    rows: list[LineInContext],
    at: int,
) -> tuple[MedicationMention, ...]:
    """The line's mentions where it corrects the line above: the wrong name is taken back, or is somebody else's."""
    meant = before.meant("", 1, at)
    if not meant:
        return medications
    wrong, row = meant[0].mention, rows[meant[0].row]
    if said.tells == "person":
        other = replace(wrong, subject="other")
        kept = tuple(other if one.start == wrong.start else one for one in row.medications)
        meant[0].mention = other
    elif medications and before.is_new(medications[0], wrong):
        kept = tuple(one for one in row.medications if one.start != wrong.start)
        del before.named[wrong.ingredients]
        first = medications[0]
        if not (first.strength or first.likely_strength or first.dose or first.frequency):
            first = replace(first, **{name: getattr(wrong, name) for name in _DIRECTIONS})
        medications = (replace(first, previous=first.previous or wrong.text), *medications[1:])
    else:
        return medications
    rows[meant[0].row] = replace(row, medications=kept)
    return medications


def _meant(reference: MedicationMention, named: MedicationMention) -> MedicationMention:
    """The reference as a mention of the drug: "now on 100" takes the unit of what was said of it before."""
    whole = replace(
        reference,
        text=named.text,
        ingredients=named.ingredients,
        match=named.match,
        subject=named.subject,
        candidates=named.candidates,
    )
    if not whole.strength:
        return whole
    number, _, unit = whole.strength.partition(" ")
    dosed = " ".join((named.dose or "").split(" ")[1:]) if not named.strength else ""
    if unit and unit == dosed:  # units of insulin
        return replace(whole, strength=None, dose=whole.strength)
    if unit:
        return whole
    known = (named.strength or named.likely_strength or "").partition(" ")[2]
    if known:
        return replace(whole, strength=f"{number} {known}")
    return replace(whole, strength=None, dose=f"{number} {dosed}" if dosed else None)


def _same_drug(named: MedicationMention, medications: tuple[MedicationMention, ...]) -> bool:
    """ "changed to metformin ER": the line names the drug itself."""
    return bool(named.ingredients) and any(one.ingredients == named.ingredients for one in medications)


def _blamed(effect: EffectMention, before: _Before, at: int) -> EffectMention:
    """ "It makes me dizzy" under a line about lisinopril: words that blame and no drug in the line itself."""
    said = next((one for one in effect.cues if one.sets == "suspected"), None)
    if effect.suspected or effect.subject != "patient" or said is None:
        return effect
    meant = before.meant("other one" if "other one" in said.text.lower() else "", REACH, at)
    if not meant or meant[-1].mention.subject != "patient":
        return effect
    return replace(effect, suspected=meant[-1].mention.ingredients)
