"""What the heading over a line says of it, and where what stands under it ends (see `in_context`)."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.domain.mention import EffectMention, LineContext, MedicationMention
from consult.domain.state import NoteLine

_NOW = re.compile(  # what of a line under "PMH:" or "FH:" is no history
    r"\b(?:c/o|complain\w*|reports?|today|now|currently|feels?|feeling|lately|this (?:week|wk|morning|am|month)|"
    r"(?:since|x|for|past|last) (?:last |the )?(?:\d+ ?|few |couple |a |two |three )*(?:d|days?|wks?|weeks?|nights?))\b"
)
_RELATIVE = re.compile(
    r"\b(?:mom|mother|dad|father|parents?|sis\w*|bro\w*|siblings?|aunts?|uncles?|grand\w+|[mp]g[mf]|sons?|daughters?|"
    r"dtrs?|family|cousins?|children)\b"
)
_PATIENT_AGAIN = re.compile(  # what ends "Husband's meds:"
    r"(?:back to|that'?s all|end of|now (?:for|to) (?:the )?(?:pt|patient)|pt\b|patient\b|(?:a/)?p:|plan\b.*:|"
    r"assessment\b.*:|(?:her|his) own|all(?:erg\w+)?\b.*:|recs?:|bp\b)"
)
_SAME = (  # names of one and the same relative
    ("mom", "mother", "mum", "mommy", "mama"),
    ("dad", "father", "daddy", "papa"),
    ("husband", "hubby", "spouse", "partner"),
    ("wife", "spouse", "partner"),
    ("grandma", "grandmother"),
    ("grandpa", "grandfather"),
    ("mil", "mother-in-law"),
    ("fil", "father-in-law"),
)
_MEASURED = re.compile(r"\d+[/.]\d+|\b(?:bp|hr|a1c|wt|temp|inr|egfr|scr|bmi) ?:?\d")
_AT_START = re.compile(r"[\s\d#*.)•–-]*$")
_JOINED = re.compile(r"[\s:;,(=–/>→?-]*(?:and |& |w/ )?$")


def is_patient(whom: str, mention: MedicationMention | EffectMention) -> bool:
    """Whether a mention that is told of `whom` ("mom") is of the patient, as a relative speaks for that person."""
    if mention.subject != "other":
        return False
    alike = next((names for names in _SAME if whom in names), (whom,))
    said = (cue.text.lower().removesuffix("s").rstrip("'") for cue in mention.cues if cue.sets == "subject")
    return any(one.split()[-1] in alike for one in said if one)


def stands_within(heading: LineContext, section: LineContext) -> bool:
    """ "HTN:" within a plan."""
    return heading.effects == "problem" and section.status == "intended"


def under(section: LineContext, mention: MedicationMention) -> MedicationMention:
    """The mention with the status of the heading, where the line itself says nothing of it."""
    subject = "other" if section.effects == "other" else mention.subject
    said = any(cue.sets == "status" for cue in mention.cues)
    if section.status == "allergy" and mention.status == "unknown" and not (mention.strength or mention.frequency):
        return replace(mention, subject=subject, status="allergy")  # "Bactrim?? hives"
    if mention.status == "allergy" and not said and section.status:  # "amlodipine - swelling" under "Stopped:"
        return replace(mention, subject=subject, status=section.status)  # type: ignore[arg-type]
    if said or mention.status != "active" or section.status in ("", "active"):
        return replace(mention, subject=subject) if subject != mention.subject else mention
    return replace(mention, subject=subject, status=section.status)  # type: ignore[arg-type]


def begins_anew(section: LineContext, line: NoteLine) -> bool:
    """Directions for use or a blood pressure under "Allergies:", a complaint of today under "PMH:": another thought
    has begun without a heading."""
    if section.effects == "other":
        low = line.text.lower()
        if section.status:  # "Husband's meds:"
            return bool(_PATIENT_AGAIN.match(low.strip()))
        if _RELATIVE.search(low):
            return False
        patients = any(one.strength or one.dose or one.frequency for one in line.medications)
        return patients or any(one.negated or _NOW.search(low) for one in line.effects)
    if section.effects == "drop":
        first = next(iter(line.medications), None)
        if first and (first.dose or first.frequency or first.as_needed) and _AT_START.match(line.text[: first.start]):
            return True
        low = line.text.lower()
        return any(one.negated or (one.suspected and not one.historical) or _NOW.search(low) for one in line.effects)
    if section.status != "allergy":
        return False
    if any(one.dose or one.frequency or one.as_needed or takes(one) for one in line.medications):
        return True
    return not line.medications and not line.effects and bool(_MEASURED.search(line.text.lower()))


def takes(mention: MedicationMention) -> bool:
    return mention.status == "active" and any(cue.sets == "status" for cue in mention.cues)


def told(section: LineContext, line: NoteLine, medications: tuple[MedicationMention, ...]) -> tuple[EffectMention, ...]:
    if section.effects == "drop":
        return ()
    if section.effects == "other":
        return tuple(replace(one, subject="other") for one in line.effects)
    if section.status in ("allergy", "stopped"):
        return _reactions(line, medications, section.status)
    return line.effects


def _reactions(line: NoteLine, medications: tuple[MedicationMention, ...], status: str) -> tuple[EffectMention, ...]:
    """Symptoms listed right behind a drug under "Allergies:" or "Stopped:" are what it did: "codeine - N/V"."""
    out, behind = [], None
    for one in line.effects:
        before = max((mention for mention in medications if mention.end <= one.start), key=_end, default=None)
        since = max(before.end if before else 0, behind.end if behind else 0)
        listed = before is not None and before.status == status and _JOINED.match(line.text[since : one.start].lower())
        if before and listed and not one.suspected and not one.negated:
            one = replace(one, suspected=before.ingredients, historical=one.historical or status == "stopped")
        behind = one if listed else behind
        out.append(one)
    return tuple(out)


def _end(mention: MedicationMention) -> int:
    return mention.end
